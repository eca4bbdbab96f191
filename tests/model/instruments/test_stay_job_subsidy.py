"""The earlier national rule: half of last year's premiums, once a year, from one pot with C12."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts, PotFacts
from model.instruments.stay_job_subsidy import Params, amount, ceiling, eligibility, layoffs_low
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["stay_job_subsidy"]
P: Params = TOPIC.at(month(2018, 6))
FEN = st.integers(0, 10**10)


def enterprise(**facts: int) -> EnterpriseYearFacts:
    known = dict.fromkeys(EnterpriseYearFacts._fields, 0) | {
        "month": month(2018, 6),
        "insured": 1,
        "paid_up": 1,
        "premiums_last_year": 6_000_000,
        "registered_unemployment_ppm": 45_000,
    }
    return EnterpriseYearFacts(**{**known, **facts})


def test_the_rate_is_half_and_older_than_the_opinion() -> None:
    assert P.rate == 500_000
    assert TOPIC.at(month(2015, 5)).in_force == 1
    assert TOPIC.clause is None


@given(rate=st.integers(0, 10**6), registered=st.integers(0, 10**6))
def test_lay_offs_must_be_none_or_below_registered_unemployment(rate: int, registered: int) -> None:
    assert layoffs_low(rate, registered) == int(rate == 0 or rate < registered)


@given(premiums=st.integers(1, 10**10), stay_job=FEN, wage_drop=FEN)
def test_both_subsidies_together_never_exceed_half_of_the_premiums(
    premiums: int, stay_job: int, wage_drop: int
) -> None:
    left = ceiling(PotFacts(premiums, stay_job, wage_drop), P)
    paid = min(amount(enterprise(premiums_last_year=premiums), P), left)
    assert paid >= 0
    if stay_job + wage_drop <= premiums // 2:
        assert stay_job + wage_drop + paid == premiums // 2
    else:
        assert paid == 0


def test_once_a_year() -> None:
    assert eligibility(enterprise(), P) == 0
    assert eligibility(enterprise(stay_job_drawn=1), P) != 0
