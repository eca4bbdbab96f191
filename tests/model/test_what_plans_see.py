"""Retirements ahead, rivals near and money given back, in provinces lived: L37, L6, L30."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes import BRANCHES, REGIONS, Level, Status
from model.markets.hiring import multiples_by_rivals
from model.month.enterprise_years import note_help
from model.month.enterprises import look_ahead
from tests.lived import STORM, Job, begin, changed, differing_workers, lived


def _busy() -> Mapping[str, Any]:
    """The storm with offers, sending and refunds as frequent as may be."""
    found: Mapping[str, Any] = STORM
    for lever, value in (
        ("hiring.offer_private", 0.02),
        ("hiring.offer_state", 0.01),
        ("hiring.offer_level", 1),
        ("plans.nomination_attention", 0.08),
        ("claiming.stay_job_take_up", 1),
    ):
        found = changed(found, lever, value, "2016-01")
    return found


BUSY = _busy()
JOB = Job(BUSY, seed=3, n=1000, until="2018-12")
RANGE = {  # lever: both ends of its range
    "plans.succession": (0, 4),
    "plans.succession_months": (12, 96),
    "plans.usual_compression": (0.6, 1),
    "plans.liquidity": (0, 1),
    "hiring.density": (0, 1),
}


@pytest.mark.parametrize("lever", RANGE)
def test_across_its_range_a_lever_moves_somebody(lever: str) -> None:
    low, high = (
        lived(replace(JOB, scenario=changed(BUSY, lever, value, "2016-01")))
        for value in RANGE[lever]
    )
    assert differing_workers(low, high) > 0


def test_the_share_who_retire_is_counted_by_enterprise() -> None:
    province = begin(JOB)
    w, e = province.workers, province.enterprises
    look_ahead(province)
    ahead = province.month + province.law["plans"].succession_months
    upper = (w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN)
    some = 0
    for row in range(len(e["id"])):
        here = upper & (w["enterprise"] == row)
        share = float((w["retire_month"][here] <= ahead).mean()) if here.any() else 0.0
        assert e["succession"][row] == share
        some += share > 0
    assert some > 0


def test_it_is_counted_each_january_and_not_between() -> None:
    province = begin(JOB)
    province.step()
    first = province.enterprises["succession"].copy()
    w = province.workers
    w["retire_month"][:] = province.month + 2
    province.run(province.month + 9)
    assert (province.enterprises["succession"] == first).all()
    w["retire_month"][:] = province.month + 3
    province.run(province.month + 1)
    holders = np.unique(
        w["enterprise"][(w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN)]
    )
    assert (province.enterprises["succession"][holders] == 1.0).all()


def test_rivals_shift_offers_within_a_branch() -> None:
    # Branch 2: three enterprises of 10, 20, 30 in prefecture 0, one of 40 in prefecture 1. With
    # exponent 1 three against one: mean (60 x 3 + 40 x 1) / 100 = 2.2, so 3 / 2.2 and 1 / 2.2.
    # Branch 5: one enterprise, whatever its size: 1.
    region, branch = np.array([0, 0, 0, 1, 1]), np.array([2, 2, 2, 2, 5])
    found = multiples_by_rivals(region, branch, np.array([10, 20, 30, 40, 7]), 1.0)
    assert found == pytest.approx([3 / 2.2] * 3 + [1 / 2.2, 1.0], rel=1e-12)
    assert (multiples_by_rivals(region, branch, np.array([10, 20, 30, 40, 7]), 0.0) == 1.0).all()


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(REGIONS) - 1),
            st.integers(0, len(BRANCHES) - 1),
            st.integers(0, 5_000),
        ),
        min_size=1,
        max_size=60,
    ),
    st.floats(0, 1),
)
def test_offers_of_a_branch_keep_their_number(
    firms: list[tuple[int, int, int]], exponent: float
) -> None:
    region, branch, sizes = (np.array(column) for column in zip(*firms, strict=True))
    found = multiples_by_rivals(region, branch, sizes, exponent)
    for b in np.unique(branch):
        mine = branch == b
        if sizes[mine].sum():
            assert np.average(found[mine], weights=sizes[mine]) == pytest.approx(1.0, rel=1e-9)
    # An order of enterprises is no fact of theirs, to the bit.
    back = multiples_by_rivals(region[::-1], branch[::-1], sizes[::-1], exponent)
    assert (back[::-1] == found).all()


def test_a_change_of_the_exponent_is_taken_up_in_its_month() -> None:
    province = begin(replace(JOB, scenario=changed(BUSY, "hiring.density", 0, "2017-03")))
    province.run(province.start + 1)
    assert len(np.unique(province.enterprises["approached"])) > 2
    province.step()
    assert (province.enterprises["approached"] == 1.0).all()


def test_help_not_yet_spent_is_kept_when_more_comes() -> None:
    # Nine months: 900 fen of four months ago leave 900 x 5 // 9 = 500; nine months ago nothing.
    province: Any = begin(JOB)
    e, horizon = province.enterprises, int(province.law["plans"].horizon_months)
    assert horizon == 9
    rows = np.array([0, 1, 2])
    e["cash_help"][rows] = 900
    e["help_month"][rows] = [province.month - 4, province.month - 9, province.month]
    note_help(province, rows, np.array([10, 10, 10]))
    assert e["cash_help"][rows].tolist() == [510, 10, 910]
    assert (e["help_month"][rows] == province.month).all()


def test_refunds_of_the_insurance_fund_are_noted_and_nothing_else() -> None:
    province = lived(replace(JOB, until="2017-12"))
    e = province.enterprises
    refunded = e["stay_job_drawn"] + e["distressed_firm_rebate_drawn"]
    assert (e["cash_help"] == refunded).all()
    assert (refunded > 0).sum() > 3
