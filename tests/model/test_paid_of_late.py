"""What people count on falls with the claims that a fund left unpaid of late."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.month import paid_of_late
from model.month.climbing import expected_subsidy
from model.month.paid_of_late import PaidOfLate
from tests.lived import STORM, Job, begin, changed, diary, differences, lived

NAME = "promotion_training_subsidy"
FUNDS = (
    *(f"employment_{name}" for name in ("opening", "grant", "rest")),
    *(f"ui_{name}" for name in ("opening", "rest_premiums")),
)


def poor(**levers: float) -> Mapping[str, Any]:
    """A province in which everybody asks and the funds hold next to nothing."""
    world: Mapping[str, Any] = STORM
    for name in FUNDS:
        world = changed(world, f"accounts.{name}", 0, "1990-01")
    for name, value in levers.items():
        world = changed(world, name.replace("__", "."), value, "1990-01")
    return world


def test_nothing_due_counts_as_paid() -> None:
    kept = PaidOfLate()
    kept.note(NAME, 10, 0, 0)
    assert kept.unpaid_share(NAME, 11) == 0.0
    assert kept.unpaid_share("another", 11) == 0.0


def test_the_share_is_that_of_fen_over_the_twelve_months_before() -> None:
    kept = PaidOfLate()
    kept.note(NAME, 10, 300, 300)
    kept.note(NAME, 11, 50, 0)
    kept.note(NAME, 11, 50, 0)
    assert kept.unpaid_share(NAME, 10) == 0.0  # this month's own claims are not known yet
    assert kept.unpaid_share(NAME, 11) == 1.0
    assert kept.unpaid_share(NAME, 12) == 0.75
    assert kept.unpaid_share(NAME, 22) == 0.75
    assert kept.unpaid_share(NAME, 23) == 0.0
    assert kept.unpaid_share(NAME, 24) == 0.0


def test_old_months_are_forgotten() -> None:
    kept = PaidOfLate()
    for month in range(100):
        kept.note(NAME, month, 10, 5)
    assert len(kept.months[NAME]) == paid_of_late.MEMORY + 1


@pytest.mark.parametrize(
    ("feedback", "unpaid", "counted"),
    [(1, 0, 2_000), (1, 50, 1_000), (1, 100, 0), (0.5, 100, 1_000), (0, 100, 2_000)],
)
def test_what_is_counted_on(feedback: float, unpaid: int, counted: int) -> None:
    job = Job(changed(STORM, "training.cash_feedback", feedback, "1990-01"), until="2017-01")
    province = begin(job)
    province.paid_of_late.note(NAME, province.month - 1, 100, unpaid)
    fen = np.array([2_000, 0], np.int64)
    assert paid_of_late.reckon(province, NAME, fen).tolist() == [counted, 0]
    assert paid_of_late.reckon(province, "appraisal_subsidy", fen).tolist() == [2_000, 0]


def test_a_person_expects_less_of_a_fund_that_left_claims_unpaid() -> None:
    province = lived(Job(STORM, seed=3, until="2018-06"))
    rows = np.flatnonzero(province.workers["level"] == 3)
    before = expected_subsidy(province, rows, 3)
    province.paid_of_late = PaidOfLate()
    assert np.array_equal(expected_subsidy(province, rows, 3), before)  # everything was paid
    province.paid_of_late.note(NAME, province.month - 1, 4, 1)
    after = expected_subsidy(province, rows, 3)
    assert before.any()
    assert np.array_equal(after, before * 3 // 4)


def test_without_an_unpaid_claim_the_feedback_changes_no_bit() -> None:
    job = Job(STORM, seed=3, until="2018-12")
    heedless = changed(STORM, "training.cash_feedback", 0, "1990-01")
    assert differences(diary(job), diary(replace(job, scenario=heedless))) == []


def test_with_unpaid_claims_the_engines_agree_and_the_feedback_tells() -> None:
    job = Job(poor(), seed=3, until="2018-12")
    pages = diary(job)
    assert differences(pages, diary(replace(job, engine="mesa"))) == []
    heedless = replace(job, scenario=poor(training__cash_feedback=0))
    assert differences(pages, diary(heedless)) != []
