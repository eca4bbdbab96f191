"""Levers of C4, C9, C12, C13, C18 and C23: each moves somebody, at its neutral value nobody."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.instruments.registry import instruments
from model.month.hires import complies, offered_less
from model.months import month, parse_month
from tests.lived import diary, differences, differing_workers
from tests.staying import BUSY, JOB, masters, masters_lived

RANGE = {  # lever: its neutral value and the other end of its range
    "plans.consent": (0, 1),
    "hiring.compensation_weight": (0, 1),
    "hiring.migrant_coverage": (0, 0.5),
    "hiring.information": (0, 0.3),
    "hiring.mobility": (0, 0.5),
    "hiring.poach_share": (0, 1),
    "leaving.annuity_holds": (1, 0.5),
    "leaving.delay_take_up": (0, 0.5),
    "leaving.delay_months": (0, 60),
    "leaving.wage_guarantee": (0, 1),
    "leaving.pent_up": (0, 1),
    "leaving.pent_up_months": (3, 36),
    "leaving.mobility": (0, 0.5),
    "leaving.labour_cooperation": (0, 0.005),
}

LONGER = {"leaving.pent_up_months": "2019-12"}  # support stops and begins again


@pytest.mark.parametrize("lever", RANGE)
def test_across_its_range_a_lever_moves_somebody(lever: str) -> None:
    job = replace(JOB, until=LONGER.get(lever, JOB.until))
    neutral, far = (masters_lived(lever, value, job) for value in RANGE[lever])
    assert differing_workers(neutral, far) > 0


def test_sums_of_zero_are_the_world_without_the_instruments() -> None:
    names = ("talent_compensation", "talent_hire_grant", "supplementary_insurance")
    zero = [
        {"parameter": lever, "from": "2016-01", "value": 0, "because": "to test"}
        for lever in (
            "talent_compensation.cost",
            "talent_hire_grant.amount_award",
            "talent_hire_grant.amount_studio",
            "supplementary_insurance.annuity_rate",
            "supplementary_insurance.medical_rate",
        )
    ]
    off = {**BUSY, "instruments": dict.fromkeys(names, "off")}
    idle = {**BUSY, "change": [*BUSY["change"], *zero]}
    pages = [
        diary(job, masters(job=job)) for job in (replace(JOB, scenario=one) for one in (off, idle))
    ]
    assert differences(*pages) == []
    paid = diary(JOB, masters())  # the control
    assert differences(pages[0], paid) != []


def test_without_the_opinion_nobody_stays_on_or_is_covered() -> None:
    job = replace(JOB, scenario={**BUSY, "extends": "no_policy"})
    change = [one for one in BUSY["change"] if not one["parameter"].startswith("leaving.")]
    province = masters_lived(job=replace(job, scenario={**job.scenario, "change": change}))  # type: ignore[dict-item]
    assert province.workers["stays_on"].sum() == 0
    assert province.workers["covered"].sum() == 0


def test_leaving_is_put_off_by_those_who_drew_support_in_their_post_and_nobody_else() -> None:
    province = masters()
    drew = np.zeros(len(province.workers["id"]), np.bool_)
    seen = 0
    while province.month <= parse_month(JOB.until):
        before = {n: province.workers[n].copy() for n in ("pent_up", "supported_last")}
        province.step()
        w = province.workers
        now = w["supported_last"] == province.month - 1
        assert ((w["supported"] == 1) <= now).all()
        drew |= now
        still = ~now & (w["supported_last"] > 0)
        for name, values in before.items():  # nothing is written in a month without support
            assert (w[name][still] == values[still]).all()
        assert (w["pent_up"][w["supported_last"] == 0] == 0.0).all()
        assert (w["pent_up"] >= 0.0).all()
        seen += int(still.sum())
    assert drew.any() and seen > 0
    assert (province.workers["pent_up"][~drew] == 0.0).all()


MANY = replace(JOB, n=1000)


@pytest.fixture(scope="module")
def before() -> Any:
    return masters(job=MANY).workers["retire_month"].copy()


@pytest.fixture(scope="module")
def staying() -> Any:
    return masters_lived(job=MANY)


def test_those_who_stay_on_keep_their_post_beyond_the_month_of_retirement(
    staying: Any, before: Any
) -> None:
    w = staying.workers
    moved = np.flatnonzero(w["stays_on"] == 1)
    assert len(moved) >= 10
    assert (before[moved] >= month(2017, 12)).all()  # first month of the clause
    on = moved[w["status"][moved] == Status.EMPLOYED]
    assert len(on) >= 5
    later = w["retire_month"][on] - before[on]
    assert ((later >= 1) & (later <= 36)).all()
    assert (w["retire_month"][on] >= staying.month).all()  # nobody past the new month
    others = np.flatnonzero(w["stays_on"] == 0)
    assert (w["retire_month"][others] == before[others]).all()


def test_who_stays_on_and_loses_the_post_retires(staying: Any) -> None:
    w = staying.workers
    idle = (w["stays_on"] == 1) & np.isin(w["status"], (Status.UNEMPLOYED, Status.INFORMAL))
    assert (w["status_since"][idle] == staying.month - 1).all()  # next month at the latest


def test_the_covered_are_senior_technicians_of_able_enterprises(staying: Any) -> None:
    w, e = staying.workers, staying.enterprises
    rows = np.flatnonzero(w["covered"] == 1)
    assert len(rows) >= 20
    assert (w["level"][rows] >= 5).all()
    assert (w["status"][rows] == Status.EMPLOYED).all()
    assert (w["insured"][rows] == 1).all()
    assert (e["cut_since"][w["enterprise"][rows]] == 0).all()
    assert (e["paid_up"][w["enterprise"][rows]] == 1).all()


def test_an_enterprise_that_pays_the_former_one_offers_less() -> None:
    # Two months of pay over sixty months, borne in full by the worker: 2 / 60 = 3.33 % of pay, of
    # a premium of 10 %; a fen of pay less makes it less by rounding at most.
    province = masters()
    province.run(parse_month("2018-03"))
    w, e = province.workers, province.enterprises
    rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] == 5))[:40]
    sets = np.tile(np.arange(len(e["id"]) - 1), (len(rows), 1))
    less = offered_less(province, rows, sets)
    assert less is not None
    pays = complies(province, instruments()["talent_compensation"])[:-1]
    assert pays.any()
    assert not pays.all()
    assert set(less[:, pays].ravel().tolist()) <= {33_332, 33_333}
    assert (less[:, ~pays] == 0).all()
    w["level"][rows] = 3  # below the line of C9
    lower = offered_less(province, rows, sets)
    assert lower is not None
    assert (lower == 0).all()


def test_a_dear_compensation_takes_the_whole_premium_and_no_more() -> None:
    # Six months over twelve: half of pay, more than the premium of 10 %.
    change = [
        {"parameter": lever, "from": "2017-12", "value": value, "because": "to test"}
        for lever, value in (("talent_compensation.cost", 6), ("hiring.compensation_months", 12))
    ]
    dear = replace(JOB, scenario={**BUSY, "change": [*BUSY["change"], *change]})
    province = masters(job=dear)
    province.run(parse_month("2018-02"))
    rows = np.flatnonzero(province.workers["status"] == Status.EMPLOYED)[:5]
    sets = np.tile(np.arange(province.nobody), (len(rows), 1))
    less = offered_less(province, rows, sets)
    assert less is not None
    assert less.max() == province.law["hiring"].poach_premium


def test_both_engines_agree_where_people_are_held_and_hired_away() -> None:
    job = replace(JOB, until="2018-03")
    one, other = (diary(each, masters(job=each)) for each in (job, replace(job, engine="mesa")))
    assert differences(one, other) == []
