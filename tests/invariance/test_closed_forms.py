"""Closed forms that need no data: months a pot lasts, months retained, what a cut leaves."""

import math
from typing import Any

import numpy as np
import pytest

from model.draws import keys, uniforms
from model.instruments import unemployment_insurance, wage_drop_subsidy
from model.instruments.channels import PayDropFacts, PotFacts
from model.markets.pot import share_out
from model.months import month
from model.parameters.leaving import Params as Leaving
from model.parameters.plans import Params as Plans
from model.parameters.reader import all_topics
from model.rules.leaving import LeaveFacts, leave
from model.rules.plans import FeltFacts, feel_cut, pressure
from tests.model.rules.given import given

WAGE = 500_000  # fen a month, the mean of the enterprise
RELATIVE = 1.6  # technicians' pay over that mean
STAFF = 8_000


def law(name: str) -> Any:
    return all_topics()[name].at(month(2018, 6))


def premiums_of_a_year(technicians: int) -> int:
    """Premiums of a year at .5 % from the enterprise and .5 % from staff on actual pay."""
    p = law("unemployment_insurance")._replace(declared_share=1_000_000, average_wage=WAGE)
    upper = int(WAGE * RELATIVE)
    others = (STAFF * WAGE - technicians * upper) // (STAFF - technicians)
    total = 0
    for pay, number in ((upper, technicians), (others, STAFF - technicians)):
        base = unemployment_insurance.declared_base(pay, p)
        each = unemployment_insurance.employer_premium(base, p)
        each += unemployment_insurance.employee_premium(base, p)
        total += 12 * each * number
    return total


def months_covered(share: float, drop: float) -> float:
    """Months of full support that one year's pot buys, paid month by month until it is spent."""
    technicians = round(share * STAFF)
    p = law("wage_drop_subsidy")
    reference = int(WAGE * RELATIVE)
    pay = reference - math.ceil(drop * reference)
    facts = PayDropFacts(
        month=month(2018, 6), teacher=0, level=4, senior_title=0, key_post=1,
        reference_pay=reference, pay=pay, insured=1, paid_up=1, distressed=1, owns_school=0,
        mean_drop_ppm=0, months_paid=0,
    )  # fmt: skip
    assert wage_drop_subsidy.eligibility(facts, p) == 0
    each = wage_drop_subsidy.amount(facts, p)
    premiums, drawn, months = premiums_of_a_year(technicians), 0, 0.0
    while True:
        left = wage_drop_subsidy.ceiling(PotFacts(premiums, 0, drawn), p)
        paid = sum(share_out([each] * technicians, left))
        months += paid / (each * technicians)
        drawn += paid
        if paid < each * technicians:
            return months


@pytest.mark.parametrize(
    ("share", "half", "deeper"),
    [(0.005, 30, 21), (0.01, 15, 11), (0.0125, 12, 8.6), (0.02, 7.5, 5.4), (0.03, 5.0, 3.6),
     (0.05, 3.0, 2.1), (0.08, 1.9, 1.3), (0.12, 1.2, 0.9), (0.2, 0.75, 0.54)],
)  # fmt: skip
def test_months_that_a_pot_covers(share: float, half: float, deeper: float) -> None:
    # One year's pot is .5 x 1 % x 12 = .06 mean wages a head; a technician draws 1.6 x .5 x drop.
    for drop, table in ((0.5, half), (0.7, deeper)):
        exact = 0.5 * 0.01 * 12 / (share * RELATIVE * 0.5 * drop)
        found = months_covered(share, drop)
        assert found == pytest.approx(exact, rel=2e-3)  # up to rounding to the fen
        assert found == pytest.approx(table, rel=0.06)  # the table as printed


def test_the_pot_covers_a_whole_year_only_below_one_and_a_quarter_per_cent() -> None:
    assert months_covered(0.0120, 0.5) > 12
    assert months_covered(0.0130, 0.5) < 12


def test_retained_technician_months_follow_the_hazards() -> None:
    # n sum over t of ((1 - h1)^t - (1 - h0)^t), h0 without and h1 with the subsidy.
    plans = given(Plans, horizon_months=9, felt_months=9, cut_exponent=2.0, cut_saturation=20.0)
    leaving = given(Leaving, quit_private_upper=0.01)
    felt = feel_cut(given(FeltFacts, cut_ppm=500_000, relief=0.5), plans)
    h0, h1 = 0.01 * felt.pressure, 0.01 * felt.pressure_supported
    assert (h0, h1) == pytest.approx((0.01 * 4.0, 0.01 * 16 / 9))
    number, months = 20_000, 12
    here = np.ones((2, number), np.bool_)
    gained = 0
    some = keys(6, np.arange(number))
    for t in range(months):
        u = uniforms(some, 6, "leave.quit", t).tolist()
        for supported in (0, 1):
            stay = [
                leave(
                    given(
                        LeaveFacts, level=4, restlessness=1.0, supported=supported,
                        employer_pressure=felt.pressure, employer_cut_since=2, employer_cut_from=4,
                        employer_pressure_supported=felt.pressure_supported, u_quit=x, joined=1,
                    ),
                    leaving,
                ).event == 0
                for x in u
            ]  # fmt: skip
            here[supported] &= stay
        gained += int(here[1].sum()) - int(here[0].sum())
    exact = number * sum((1 - h1) ** t - (1 - h0) ** t for t in range(1, months + 1))
    assert gained == pytest.approx(exact, rel=0.03)
    assert (here[0] <= here[1]).all()  # nobody leaves because of the subsidy


def test_elasticity_of_leaving_to_take_home_pay() -> None:
    # d ln h / d ln W = -exponent: the same between any two depths of cut, whatever the support.
    plans = given(Plans, horizon_months=9, felt_months=9, cut_exponent=1.7, cut_saturation=99.0)
    for cut, deeper in ((0.1, 0.3), (0.25, 0.5), (0.5, 0.8)):
        slope = math.log(pressure(deeper, plans) / pressure(cut, plans))
        slope /= math.log((1 - deeper) / (1 - cut))
        assert slope == pytest.approx(-1.7, rel=1e-9)
