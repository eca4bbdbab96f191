"""Awareness and claiming (4.10): Bass diffusion, and a monthly chance until the claim lapses."""

import math

import pytest

from model.parameters.claiming import Params
from model.rules.claiming import (
    ClaimFacts,
    ask_for_subsidy,
    next_hazard,
    share_aware,
    told_to_workers,
)
from tests.model.rules.given import given


@pytest.mark.parametrize(
    ("hazard", "share"),
    [(0.0, 0.0), (math.log(2), 0.5), (math.log(10), 0.9), (1.0, 1 - 1 / math.e)],
)
def test_share_aware_is_one_less_the_survivors(hazard: float, share: float) -> None:
    assert share_aware(hazard) == pytest.approx(share, abs=1e-14)


@pytest.mark.parametrize(
    ("case", "hazard", "multiple", "expected"),
    [
        # media .01 and nobody who knows: .01
        ("the first month is the media's", 0.0, 1.0, 0.01),
        # half know (hazard ln 2): ln 2 + .01 + .1 x .5 = ln 2 + .06
        ("word of mouth adds", math.log(2), 1.0, math.log(2) + 0.06),
        # an enterprise hears three times as much: ln 2 + 3 x .06
        ("enterprises hear more", math.log(2), 3.0, math.log(2) + 0.18),
        ("nobody tells those who hear nothing", 0.4, 0.0, 0.4),
    ],
)
def test_diffusion(case: str, hazard: float, multiple: float, expected: float) -> None:
    p = given(Params, aware_own=0.01, aware_others=0.1)
    assert next_hazard(hazard, multiple, 0.0, p) == pytest.approx(expected, abs=1e-14), case


def test_the_opinion_s_channels_add_to_the_media() -> None:
    # C14 .001, C16 .002, publicity (part 3) .004: workers hear of all, enterprises of the last
    p = given(
        Params, aware_own=0.01, aware_others=0.1,
        aware_database=0.001, aware_services=0.002, publicity=0.004,
    )  # fmt: skip
    assert told_to_workers(p) == pytest.approx(0.007, abs=1e-15)
    # nobody knows yet: .01 + .007; a small enterprise hears half of .01 + .004
    assert next_hazard(0.0, 1.0, told_to_workers(p), p) == pytest.approx(0.017, abs=1e-15)
    assert next_hazard(0.0, 0.5, p.publicity, p) == pytest.approx(0.007, abs=1e-15)


def gap_from_bass(own: float, others: float, steps: int) -> float:
    """Largest gap over ten years from the closed form, with ``steps`` steps a month.

    In continuous time F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t).
    """
    p = given(Params, aware_own=own / steps, aware_others=others / steps)
    hazard, widest = 0.0, 0.0
    for step in range(1, 120 * steps + 1):
        hazard = next_hazard(hazard, 1.0, 0.0, p)
        fade = math.exp(-(own + others) * step / steps)
        exact = (1 - fade) / (1 + others / own * fade)
        widest = max(widest, abs(share_aware(hazard) - exact))
    return widest


@pytest.mark.parametrize(("own", "others"), [(0.006, 0.08), (0.01, 0.05), (0.02, 0.15)])
def test_awareness_follows_the_logistic_of_bass(own: float, others: float) -> None:
    month, week = gap_from_bass(own, others, 1), gap_from_bass(own, others, 4)
    day = gap_from_bass(own, others, 32)
    assert month < 0.05  # word of mouth lags by part of a month
    assert week == pytest.approx(month / 4, rel=0.15)  # and the lag vanishes with the step
    assert day == pytest.approx(month / 32, rel=0.2)


def test_media_alone_leave_no_lag() -> None:
    assert gap_from_bass(0.01, 0.0, 1) < 1e-13


@pytest.mark.parametrize(
    ("case", "month", "until", "draw", "event"),
    [
        ("within the window and the draw below .15", 1_410, 1_412, 0.149, 1),
        ("the draw at the rate is no claim", 1_410, 1_412, 0.15, 0),
        ("the last month of the window", 1_412, 1_412, 0.0, 1),
        ("the month after it", 1_413, 1_412, 0.0, 0),
        ("nothing to claim", 1_410, 0, 0.0, 0),
    ],
)
def test_claims(case: str, month: int, until: int, draw: float, event: int) -> None:
    f = given(ClaimFacts, month=month, claim_until=until, u_claim=draw)
    assert ask_for_subsidy(f, given(Params, claim=0.15)).event == event, case
