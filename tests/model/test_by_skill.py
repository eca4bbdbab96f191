"""Pay by skill in a province (C19, C27): who gets it, what is expected of the next level."""

from typing import Any

import numpy as np
import pytest

from model.codes import Level, Status
from model.month.by_skill import chief_technicians, gain_of_next, pays_allowances
from model.months import parse_month
from model.rules.pay import step_of
from tests.lived import Job, begin, changed, scenario

PAY = {
    "pay.allowance_take_up": 0.2,
    "pay.chief_share": 0.02,
    "pay.bargaining_tilt": 0.01,
    "pay.allowance_technician": 0.06,
    "pay.allowance_senior": 0.03,
    "pay.tilt_from": "senior",
}


def province(until: str, **values: Any) -> Any:
    """Pay by skill from January 2018 on, lived to the end of a month; ``topic__name`` overrides."""
    given: Any = {"title": "by skill", "extends": "no_policy"}
    stated = {**PAY, **{name.replace("__", "."): value for name, value in values.items()}}
    for address, value in stated.items():
        given = changed(given, address, value, "2018-01")
    found = begin(Job(given, n=1000))
    found.run(parse_month(until))
    return found


def holders(lived: Any, level: Level) -> Any:
    w = lived.workers
    return np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] == level))


@pytest.fixture(scope="module")
def spring() -> Any:
    return province("2018-03")


def test_the_enterprises_that_pay_allowances_are_a_lasting_part_of_all(spring: Any) -> None:
    few, some = pays_allowances(spring), pays_allowances(province("2018-04"))
    assert 0.1 < few.mean() < 0.3  # a fifth of them
    assert (few == some).all()
    more = pays_allowances(province("2018-01", pay__allowance_take_up=0.5))
    assert (few <= more).all() and few.sum() < more.sum()  # those who joined earlier stay


def test_chief_technicians_are_appointed_senior_technicians(spring: Any) -> None:
    everybody = np.arange(len(spring.workers["id"]))
    all_chief = province("2018-01", pay__chief_share=0.02)
    chief = chief_technicians(all_chief, everybody) == 1
    assert (all_chief.workers["appointed"][chief] >= Level.SENIOR_TECHNICIAN).all()
    none = chief_technicians(province("2018-01", pay__chief_share=0), everybody)
    assert none.sum() == 0


def test_what_senior_workers_expect_of_becoming_technician(spring: Any) -> None:
    # C19: the step to technician, and .06 - .03 where allowances are paid; the tilt of C27 reaches
    # both levels and adds nothing.
    rows = holders(spring, Level.SENIOR)
    p = spring.law["pay"]
    step = step_of(4, p) - step_of(3, p)
    paying = pays_allowances(spring)[spring.workers["enterprise"][rows]] == 1
    assert paying.any() and not paying.all()
    assert gain_of_next(spring, rows) == pytest.approx(np.where(paying, step + 0.03, step))


def test_what_intermediate_workers_expect_of_the_tilt(spring: Any) -> None:
    # C27: one January of .01; only from senior worker on, so the step up is worth .01 more.
    rows = holders(spring, Level.INTERMEDIATE)
    p = spring.law["pay"]
    paying = pays_allowances(spring)[spring.workers["enterprise"][rows]] == 1
    step = step_of(3, p) - step_of(2, p) + 0.01
    allowance = p.allowance_senior - p.allowance_intermediate
    assert gain_of_next(spring, rows) == pytest.approx(np.where(paying, step + allowance, step))


def test_technicians_reckon_with_the_chance_of_becoming_chief(spring: Any) -> None:
    # C19: .02 of senior technicians; chief stands step_special + step_chief above, causal part
    rows = holders(spring, Level.TECHNICIAN)
    p = spring.law["pay"]
    paying = pays_allowances(spring)[spring.workers["enterprise"][rows]] == 1
    chief = 0.02 * (p.step_special_technician + p.step_chief) * p.causal * p.compression
    step = step_of(5, p) - step_of(4, p) + chief
    allowance = p.allowance_senior_technician - p.allowance_technician
    assert gain_of_next(spring, rows) == pytest.approx(np.where(paying, step + allowance, step))


def test_allowances_reach_pay_in_january_and_only_where_they_are_paid() -> None:
    # Same luck, 2018-01: pay differs only for the appointed of enterprises that pay allowances.
    one = province("2018-01", pay__bargaining_tilt=0, pay__chief_share=0)
    other = province(
        "2018-01", pay__bargaining_tilt=0, pay__chief_share=0, pay__allowance_take_up=0
    )
    stayed = one.workers["joined"] < parse_month("2018-01")
    stayed &= one.workers["status"] == Status.EMPLOYED
    differ = np.flatnonzero(stayed & (one.workers["pay"] != other.workers["pay"]))
    assert len(differ) > 0
    assert (pays_allowances(one)[one.workers["enterprise"][differ]] == 1).all()
    assert (one.workers["appointed"][differ] > 0).all()
    assert (one.workers["pay"][differ] > other.workers["pay"][differ]).all()


def test_the_tilt_adds_up_each_january() -> None:
    lived = province("2020-02")
    assert lived.enterprises["skill_tilt"] == pytest.approx(0.03)  # 2018, 2019, 2020
    assert scenario("no_policy").policy().at(parse_month("2020-02"))["pay"].bargaining_tilt == 0
