"""Seats and quality of schools follow use (4.11)."""

import pytest

from model.parameters.accounts import Params
from model.rules.schools import SchoolFacts, adjust_seats
from tests.model.rules.given import given

P = given(Params, seats_response=0.1, seats_full=0.95, seats_idle=0.5, crowding=0.2, stocking=0.5)
BASE = {
    "factor": 1.0, "base_seats": 100, "supply": 1.0, "quality": 0.0, "base_quality": 0.0,
    "extension": 1.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "facts", "factor", "quality"),
    [
        # use .8: nothing happens
        ("usual use", {"demand": 80.0}, 1.0, 0.0),
        # use .96 > .95: ten per cent more seats
        ("full", {"demand": 96.0}, 1.1, 0.0),
        ("exactly at the limit is not full", {"demand": 95.0}, 1.0, 0.0),
        # use .4 < .5: ten per cent fewer
        ("idle", {"demand": 40.0}, 0.9, 0.0),
        ("never below half of the base year", {"demand": 1.0, "factor": 0.5}, 0.5, 0.0),
        # factor 2.9 x 1.1 = 3.19, held at 3; use 400 / 290 = 1.379, target -.2 x .379, half way
        ("never above three times", {"demand": 400.0, "factor": 2.9}, 3.0, -0.0379310344827586),
        # use 1.5: crowd .5, target -.1, half way there
        ("crowding costs quality", {"demand": 150.0}, 1.1, -0.05),
        # use 9: crowd counts 1 at most, target -.2, half way there
        ("at most one unit of it", {"demand": 900.0}, 1.1, -0.1),
        # half the supply of exams: 80 applicants for 50 places, use 1.6, target -.12
        ("fewer exams, fuller schools", {"demand": 80.0, "supply": 0.5}, 1.1, -0.06),
        # quality 0 moves half way towards its own .4
        ("quality returns", {"demand": 80.0, "quality": 0.0, "base_quality": 0.4}, 1.0, 0.2),
    ],
)
def test_seats(case: str, facts: dict[str, float], factor: float, quality: float) -> None:
    found = adjust_seats(given(SchoolFacts, **{**BASE, **facts}), P)
    assert found.event == 1
    assert found.factor == pytest.approx(factor, abs=1e-12), case
    assert found.quality == pytest.approx(quality, abs=1e-12), case


def test_a_place_without_seats_is_left_alone() -> None:
    found = adjust_seats(given(SchoolFacts, **{**BASE, "base_seats": 0, "quality": 0.3}), P)
    assert found == (0, 1.0, 0.3)
