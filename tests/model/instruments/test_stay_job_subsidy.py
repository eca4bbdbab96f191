"""The earlier national rule: half of last year's premiums, once a year, from one pot with C12."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts, PotFacts
from model.instruments.stay_job_subsidy import (
    Params,
    Reason,
    amount,
    ceiling,
    eligibility,
    layoffs_low,
)
from model.ledger import Account
from model.month import enterprise_years
from model.months import month
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, changed, lived

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
        "reserve_months": 12,
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


def test_in_2020_a_small_enterprise_gets_all_of_it_back() -> None:
    # 60,000 yuan of premiums: half in April, all from May (notice of 2020-04-30), half in 2021
    firm = enterprise(small=1)
    for at, fen in ((month(2020, 4), 3), (month(2020, 5), 6), (month(2021, 1), 3)):
        p = TOPIC.at(at)
        assert amount(firm, p) == fen * 1_000_000
        assert ceiling(PotFacts(6_000_000, 0, 0, 1), p) == fen * 1_000_000
        assert amount(enterprise(), p) == 3_000_000


def test_one_refund_a_year_and_a_fund_that_can_pay() -> None:
    assert eligibility(enterprise(refund_elsewhere=1), P) == Reason.OTHER_REFUND_DRAWN
    assert eligibility(enterprise(reserve_months=11), P) == Reason.RESERVE_TOO_SMALL


def refunds_of_2020(cap: float) -> tuple[int, int]:
    """Refunds paid in 2020 and the fund at the end of 2019, with a cap so low that it binds."""
    given_ = changed(STORM, "refunds_2019.fund_cap", cap, "2020-05")
    given_ = changed(given_, "distressed_firm_rebate.take_up", 1, "2016-01")
    province = lived(Job(given_, seed=1, n=1000))
    fund = Account.UNEMPLOYMENT_INSURANCE_FUND
    (reserve,) = (h[-1] for h in province.ledger.history if h[:2] == (month(2019, 12), fund))
    names = ("stay_job_subsidy", "distressed_firm_rebate")
    lines = [x for x in province.ledger.lines if x[1].instrument in names]
    return sum(x[-1] for x in lines if x[0] >= month(2020, 1)), reserve


def test_where_the_cap_binds_every_claim_of_the_month_is_cut_by_the_same_part() -> None:
    # Not the enterprises that were numbered first: each within a fen of its proportional part.
    within, seen = enterprise_years.within_cap, []

    def watched(province: Any, rows: Any, fen: Any) -> Any:
        left = enterprise_years.under_cap(province)
        paid = within(province, rows, fen)
        seen.append((left, fen.tolist(), paid.tolist()))
        return paid

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enterprise_years, "within_cap", watched)
        refunds_of_2020(0.02)
    bound = [(left, fen, paid) for left, fen, paid in seen if left and left < sum(fen)]
    assert bound and max(len(fen) for _, fen, _ in bound) >= 5
    for left, fen, paid in bound:
        assert sum(paid) == left
        parts = [Fraction(one * left, sum(fen)) for one in fen]
        assert all(abs(one - part) < 1 for one, part in zip(paid, parts, strict=True))


def test_the_refunds_of_a_year_stay_under_their_part_of_last_year_s_reserve() -> None:
    paid, reserve = refunds_of_2020(0.02)
    assert 0 < paid <= reserve * 2 // 100
    assert refunds_of_2020(1)[0] > paid
    assert all_topics()["refunds_2019"].at(month(2020, 5)).fund_cap == 250_000
