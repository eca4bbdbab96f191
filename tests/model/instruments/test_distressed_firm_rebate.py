"""The rebate of 2019 and 2020: worked by hand, and against a second reading."""

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts
from model.instruments.distressed_firm_rebate import Measure, Reason, amount, eligibility
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.distressed_firm_rebate import due

TOPIC = all_topics()["distressed_firm_rebate"]
LAW = TOPIC.at(month(2019, 9))
FIRM = EnterpriseYearFacts(
    **dict.fromkeys(EnterpriseYearFacts._fields, 0)
    | {
        "month": month(2019, 9),
        "insured": 1,
        "paid_up": 1,
        "registered_unemployment_ppm": 45_000,
        "distressed": 1,
        "insured_heads": 100,
        "benefit": 134_400,
        "reserve_months": 12,
    }
)


def test_six_months_of_benefit_for_each_insured_head() -> None:
    # 6 x 1,344 x 100 = 806,400 yuan (State Council 2018 No. 39)
    assert eligibility(FIRM, LAW) == Reason.ELIGIBLE
    assert amount(FIRM, LAW) == 806_400 * 100


def test_by_head_it_is_some_twenty_times_the_ordinary_subsidy() -> None:
    # 8,064 yuan a head against half of 1 % of a base of 62,345 yuan a year, 312 yuan: 26 times
    per_head = amount(FIRM, LAW) // 100
    assert 20 < per_head / (62_345 * 100 * 0.01 / 2) < 30


def test_one_refund_a_year() -> None:
    assert eligibility(FIRM._replace(refund_elsewhere=1), LAW) == Reason.OTHER_REFUND_DRAWN
    assert eligibility(FIRM._replace(drawn=1), LAW) == Reason.ALREADY_DRAWN


def test_the_fund_must_have_held_twelve_months_of_benefits() -> None:
    assert eligibility(FIRM._replace(reserve_months=11), LAW) == Reason.RESERVE_TOO_SMALL


MONTHS = [month(2018, 12), month(2019, 1), month(2020, 2), month(2020, 3), month(2020, 4),
          month(2020, 5), month(2020, 12), month(2021, 1)]  # fmt: skip


@settings(max_examples=500)
@given(
    now=st.sampled_from(MONTHS),
    flags=st.tuples(*[st.integers(0, 1)] * 4),
    rate=st.sampled_from([0, 34_999, 35_000, 44_999, 45_000]),
    heads=st.integers(0, 5_000),
    base=st.integers(0, 10**10),
    reserve=st.sampled_from([11, 12, 40]),
    drawn=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    measure=st.sampled_from([None, "benefit", "dues"]),
)
def test_rule_and_second_reading_agree(now, flags, rate, heads, base, reserve, drawn, measure):
    insured, paid_up, distressed, harbin = flags
    law = all_topics()["unemployment_insurance"].at(now)
    facts = FIRM._replace(
        month=now,
        insured=insured,
        paid_up=paid_up,
        distressed=distressed,
        layoff_rate_ppm=rate,
        registered_unemployment_ppm=(
            all_topics()["stay_job_subsidy"].at(now).registered_unemployment
        ),
        insured_heads=heads,
        premium_base=base,
        benefit=law.benefit_harbin if harbin else law.benefit_elsewhere,
        reserve_months=reserve,
        refund_elsewhere=drawn[0],
        drawn=drawn[1],
    )
    p = TOPIC.at(now)
    if measure:
        p = p._replace(measure=Measure[measure.upper()].value)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == due({**facts._asdict(), "harbin": harbin}, measure=measure)
