"""Public courses and businesses in a run: who is moved, who is locked in, what no cash does."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.ledger import Account
from model.month import groups
from model.months import format_month, parse_month
from tests.invariance.test_replay_groups import BUSY
from tests.lived import Job, begin, changed, diary, differences, differing_workers, lived

JOB = Job(BUSY, seed=5, until="2018-06", n=2000)
FROM = "2017-12"
LEVERS = {  # levers of behaviour, each to the end of its range where it stands out most
    "groups.push": 0.5,
    "groups.rate_registered_unemployed": 0,
    "groups.junior_share": 0,
    "groups.registered_share": 0.4,
    "hiring.trained_search": 1.8,
    "ventures.attention": 0,
    "ventures.response": 0,
    "ventures.business_share": 0,
    "startup_grant.grant": 30_000,
    "startup_grant.take_up": 0,
    "innovation_loan_interest.take_up": 0,
}


@pytest.fixture(scope="module")
def base() -> Any:
    return lived(JOB)


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_of_behaviour_moves_somebody(lever: str, base: Any) -> None:
    other = lived(replace(JOB, scenario=changed(BUSY, lever, LEVERS[lever], FROM)))
    assert differing_workers(base, other) > 0


def test_without_a_subsidy_some_come_at_their_own_cost() -> None:
    without = {**BUSY, "instruments": {"group_training_subsidy": "off"}}
    none, some = (
        lived(replace(JOB, scenario=changed(without, "groups.self_paid", share, "1990-01")))
        for share in (0, 0.9)
    )
    courses = [
        sum(int(v.sum()) for (name, _), v in p.counts.cells.items() if name == "group_person_times")
        for p in (none, some)
    ]
    assert courses[0] == 0 < courses[1]


def test_nobody_in_a_course_is_hired_before_it_ends() -> None:
    province, hired = begin(JOB), 0
    w = province.workers
    while province.month <= parse_month("2018-06"):
        ends = np.where(w["public_course"] > 0, w["public_ends"], 0)
        idle = w["status"] == Status.UNEMPLOYED
        locked = idle & (ends >= province.month)
        province.step()
        assert not (w["status"][locked] == Status.EMPLOYED).any()
        hired += int((w["status"][idle & ~locked] == Status.EMPLOYED).sum())
    assert hired > 0  # the control: the others of the unemployed are


def off(name: str) -> dict[str, Any]:
    return {**BUSY, "instruments": {name: "off"}}


def zero(*addresses: str) -> dict[str, Any]:
    scenario = BUSY
    for address in addresses:
        scenario = changed(scenario, address, 0, "1990-01")
    return scenario


NOTHING = {
    "group_training_subsidy": [
        f"group_training_subsidy.list_{n}" for n in ("short", "junior", "intermediate", "senior")
    ],
    "placement_bonus": ["placement_bonus.bonus"],
    "startup_grant": ["startup_grant.grant"],
    "innovation_loan_interest": ["innovation_loan_interest.paid_share"],
}


@pytest.mark.parametrize("name", NOTHING)
def test_an_instrument_that_pays_nothing_is_as_good_as_off(name: str) -> None:
    job = replace(JOB, until="2018-12" if name == "placement_bonus" else JOB.until)
    without = diary(replace(job, scenario=off(name)))
    nothing = diary(replace(job, scenario=zero(*NOTHING[name])))
    assert differences(without, nothing) == []


def test_grant_and_interest_are_taken_up_apart() -> None:
    paid = {}
    for name in ("startup_grant", "innovation_loan_interest"):
        none = changed(BUSY, f"{name}.take_up", 0, "2016-01")
        province = lived(replace(JOB, scenario=none, until="2019-12"))
        paid[name] = {line[1].instrument for line in province.ledger.lines if line[-1]}
    assert "innovation_loan_interest" in paid["startup_grant"] - paid["innovation_loan_interest"]
    assert "startup_grant" in paid["innovation_loan_interest"] - paid["startup_grant"]


def test_the_plan_moves_nobody_before_december_2017() -> None:
    plain = Job("policy_2017", seed=5, until="2018-03", n=2000)
    with_plan = diary(plain)
    without = diary(
        replace(plain, scenario=changed({"extends": "policy_2017"}, "groups.push", 0, "2017-12"))
    )
    early = [m for m in with_plan if m < parse_month("2017-12")]
    assert all(with_plan[m] == without[m] for m in early)
    assert differences(with_plan, without) != []


def test_an_empty_fund_pays_late_in_order_trains_few_and_never_overspends() -> None:
    poor = BUSY
    for address in ("employment_opening", "employment_grant", "employment_rest"):
        poor = changed(poor, f"accounts.{address}", 0, "1990-01")
    poor = changed(poor, "accounts.employment_opening", 30_000_000, "1990-01")
    filled = changed(poor, "accounts.employment_grant", 200_000_000, "2017-07")
    province = begin(replace(JOB, scenario=filled))
    w = province.workers
    late, begun, split = 0, {}, 0
    while province.month <= parse_month("2017-12"):
        month = province.month
        running = (w["public_course"] > 0) & (w["public_ends"] <= month)
        unpaid = running & ~paid_for(province, np.arange(len(running)))
        province.step()
        ends = w["public_ends"].copy()
        paid = province.counts.payments.get(("group_training_subsidy", month), [])
        rows = np.concatenate([r for r, _ in paid]) if paid else np.zeros(0, np.int64)
        late += int((ends[rows] < month).sum())
        left = np.flatnonzero(unpaid & (w["public_course"] > 0) & (ends <= month))
        left = left[~paid_for(province, left)]
        if len(rows) and len(left):  # cash ended within the claims of this month
            split += 1
            assert ends[rows].max() <= ends[left].min()
        counted = province.counts.cells.get(("group_person_times", month))
        begun[format_month(month)] = 0 if counted is None else int(counted.sum())
    fund = Account.EMPLOYMENT_SUBSIDY_FUND
    assert all(row[-1] >= 0 for row in province.ledger.history if row[1] == fund)
    assert late > 0 and split > 0
    empty = sum(begun[f"2017-0{m}"] for m in (5, 6))
    full = sum(begun[f"2017-{m}"] for m in ("08", "09"))
    assert 0 < empty < full


def paid_for(province: Any, rows: Any) -> Any:
    """Whether the training subsidy has paid for the course of each row."""
    slot = [name for _, name in groups.slots()].index("group_training_subsidy")
    return province.workers["course_received"][rows] >> (8 * slot) & 1 == 1


def test_a_school_asks_again_for_an_exams_fee_that_the_fund_could_not_pay_and_is_paid_once() -> (
    None
):
    # Nobody knows of it, so that schools alone ask; the fund has a little, then nothing for a time.
    poor = BUSY
    for address in ("claiming.aware_own", "claiming.aware_others", "accounts.employment_grant",
                    "accounts.employment_rest"):  # fmt: skip
        poor = changed(poor, address, 0, "1990-01")
    poor = changed(poor, "accounts.employment_opening", 30_000_000, "1990-01")
    filled = changed(poor, "accounts.employment_grant", 200_000_000, "2018-01")
    province = begin(Job(filled, seed=5, n=1000))
    w, paid = province.workers, {}
    gained_in: dict[int, int] = {}
    while province.month <= parse_month("2018-06"):
        month = province.month
        province.step()
        for row in np.flatnonzero(w["public_gained"] * w["certificate_month"] == month).tolist():
            gained_in[row] = month
        for rows, fen in province.counts.payments.get(("appraisal_subsidy", month), []):
            assert set(fen.tolist()) == {200 * 100}
            for row in rows.tolist():
                assert row not in paid
                paid[row] = month
    late = [row for row, month in paid.items() if month > gained_in[row]]
    assert len(late) >= 3
    fund = Account.EMPLOYMENT_SUBSIDY_FUND
    left = {h[0]: h[-1] // province.weight for h in province.ledger.history if h[1] == fund}
    for line in province.ledger.lines:
        if line[1].instrument == "employment_grant":  # comes after the month's claims
            left[line[0]] -= line[-1] // province.weight
    assert all(left[gained_in[row]] < 200 * 100 for row in late)  # for want of cash
    assert all(paid[row] - gained_in[row] < 12 for row in late)  # while the file was open
