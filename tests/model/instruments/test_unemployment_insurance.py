"""Unemployment insurance: rates by date, the declared base, benefits by place, date and years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import SocialInsuranceFacts
from model.instruments.unemployment_insurance import (
    benefit_months,
    declared_base,
    eligibility,
    employee_premium,
    employer_premium,
)
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["unemployment_insurance"]


@pytest.mark.parametrize(
    ("year", "month_of_year", "employer", "employee"),
    [
        (2015, 2, 20_000, 10_000),
        (2015, 3, 15_000, 5_000),
        (2016, 4, 15_000, 5_000),
        (2016, 5, 10_000, 5_000),
        (2016, 12, 10_000, 5_000),
        (2017, 1, 5_000, 5_000),
        (2020, 12, 5_000, 5_000),
    ],
)
def test_rates_by_date(year: int, month_of_year: int, employer: int, employee: int) -> None:
    p = TOPIC.at(month(year, month_of_year))
    assert (p.employer_rate, p.employee_rate) == (employer, employee)


@given(pay=st.integers(0, 10**8), more=st.integers(0, 10**7), now=st.integers(1_380, 1_451))
def test_the_base_rises_with_pay_between_its_floor_and_its_ceiling(
    pay: int, more: int, now: int
) -> None:
    p = TOPIC.at(now)
    base = declared_base(pay, p)
    assert p.average_wage * 6 // 10 <= base <= p.average_wage * 3
    assert base <= declared_base(pay + more, p)
    assert employer_premium(base, p) + employee_premium(base, p) <= base * 3 // 100


def test_a_whole_base_of_the_mean_wage_pays_one_per_cent_from_2017() -> None:
    p = TOPIC.at(month(2018, 6))._replace(declared_share=1_000_000)
    base = declared_base(500_000, p)
    assert employer_premium(base, p) + employee_premium(base, p) == 5_000


@given(months=st.integers(0, 600))
def test_longer_records_never_shorten_the_benefit(months: int) -> None:
    p = TOPIC.at(month(2018, 6))
    assert benefit_months(months, p) <= benefit_months(months + 1, p) <= 24
    drawn = benefit_months(months, p)
    facts = SocialInsuranceFacts(month(2018, 6), months, 1, 1, drawn)
    assert eligibility(facts, p) != 0
    if drawn:
        assert eligibility(facts._replace(months_drawn=drawn - 1), p) == 0


def test_employers_premiums_are_waived_in_2020_by_size() -> None:
    # half a per cent each; from February 2020 small ones pay nothing and large ones a half
    from model.ledger import Account
    from tests.lived import Job, lived

    def of_month(given: object, at: int, who: Account) -> int:
        province = lived(Job(given, until="2020-03"))  # type: ignore[arg-type]
        return sum(
            line[-1]
            for line in province.ledger.lines
            if line[0] == at
            and line[1].payer == who
            and line[1].payee == Account.UNEMPLOYMENT_INSURANCE_FUND
        )

    off = {
        "title": "no waiver",
        "extends": "policy_2017",
        "world": {"background": {"premium_waiver_2020": "off", "epidemic_2020": "off"}},
    }
    march = month(2020, 3)
    persons = of_month("policy_2017", march, Account.WORKERS)
    assert persons > 2 * of_month("policy_2017", march, Account.ENTERPRISES) >= 0
    assert of_month(off, march, Account.ENTERPRISES) >= of_month(off, march, Account.WORKERS) > 0
