"""Donations to training (C26): what is deductible, and the fixed number that is given."""

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts
from model.instruments.training_donations import Reason, amount, eligibility
from model.ledger import Account
from model.months import month, parse_month
from model.parameters.reader import all_topics
from tests.lived import Job, begin, lived
from tests.oracle.training_donations import due

TOPIC = all_topics()["training_donations"]
LAW = TOPIC.at(month(2019, 5))
FIRM = EnterpriseYearFacts(
    **dict.fromkeys(EnterpriseYearFacts._fields, 0)
    | {"month": month(2019, 5), "donation": 1_000_000, "profit": 50_000_000}
)


def test_only_through_a_public_benefit_body() -> None:
    # C26; 10,000 yuan are below 12 % of 500,000: a quarter is 2,500
    assert eligibility(FIRM, LAW) == Reason.GIVEN_DIRECTLY
    qualified = FIRM._replace(donation_qualified=1)
    assert eligibility(qualified, LAW) == Reason.ELIGIBLE
    assert amount(qualified, LAW) == 2_500 * 100


@settings(max_examples=500)
@given(
    now=st.sampled_from([month(2017, 11), month(2017, 12), month(2020, 5)]),
    donation=st.integers(-1, 10**8),
    profit=st.integers(-1, 10**9),
    qualified=st.integers(0, 1),
    drawn=st.integers(0, 1),
)
def test_rule_and_second_reading_agree(now, donation, profit, qualified, drawn) -> None:
    facts = FIRM._replace(
        month=now, donation=donation, profit=profit, donation_qualified=qualified, drawn=drawn
    )
    p = TOPIC.at(now)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == due(facts._asdict())


def test_what_is_given_is_booked_once_a_year_at_weight_1_and_moves_nobody() -> None:
    given_ = {
        "title": "donations",
        "extends": "policy_2017",
        "change": [
            {
                "parameter": "training_donations.given_per_year",
                "from": "2017-01",
                "value": 3_000_000,
                "because": "to test",
            }
        ],
    }
    province = lived(Job(given_, until="2018-12"))
    lines = [x for x in province.ledger.lines if x[1].instrument == "training_donations"]
    # December 2017 (the first month of the Opinion) and December 2018: 3,000,000 yuan each
    assert [(x[0], x[-2], x[-1]) for x in lines] == [
        (parse_month("2017-12"), 1, 300_000_000),
        (parse_month("2018-12"), 1, 300_000_000),
    ]
    assert {(x[1].payer, x[1].payee) for x in lines} == {(Account.OUTSIDE, Account.INSTITUTIONS)}
    assert begin(Job(given_)).weight == 2000  # a sample: the number is not multiplied
