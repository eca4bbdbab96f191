"""Start-up grant: by hand, and against a second reading."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import VentureFacts
from model.instruments.startup_grant import Reason, amount, eligibility
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.startup_grant import grant

TOPIC = all_topics()["startup_grant"]
JUNE = month(2018, 6)
FLAG = st.integers(0, 1)
BUSINESSES = st.builds(
    VentureFacts,
    month=st.integers(month(2017, 9), month(2018, 3)), group=st.integers(0, 8),
    hard_to_employ=FLAG, redeployed=FLAG, in_post=st.sampled_from([0, 0, 1]),
    months_since=st.sampled_from([0, 1, 5, 6, 11, 12, 13, 23, 24, 25, 35, 36, 37]),
    loan_fen=st.sampled_from([0, 1, 33_333, 5_000_000, 10_000_000, 10_000_001, 50_000_000]),
    received=st.sampled_from([0, 0, 1, 2]),
)  # fmt: skip


def business(**known: int) -> VentureFacts:
    facts = {**dict.fromkeys(VentureFacts._fields, 0), "month": JUNE, "group": 1}
    return VentureFacts(**{**facts, "hard_to_employ": 1, "months_since": 6, **known})


def test_once_to_the_hard_to_employ_and_to_graduates() -> None:
    p = TOPIC.at(JUNE)
    assert (eligibility(business(), p), amount(business(), p)) == (Reason.ELIGIBLE, 5_000 * 100)
    assert eligibility(business(hard_to_employ=0, group=4), p) == Reason.ELIGIBLE
    assert eligibility(business(hard_to_employ=0), p) == Reason.NOT_COVERED
    assert eligibility(business(received=1), p) == Reason.ALREADY_RECEIVED
    assert eligibility(business(months_since=5), p) == Reason.TOO_EARLY


def test_it_begins_with_the_document() -> None:
    months = [now for now in range(month(2017, 1), month(2019, 1)) if TOPIC.at(now).in_force]
    assert months[0] == month(2017, 12)
    assert TOPIC.parameters["in_force"].grade == "law"


@given(BUSINESSES, st.integers(0, 30_000), st.integers(0, 24), st.integers(6, 60))
def test_rule_and_second_reading_agree(
    facts: VentureFacts, yuan: int, least: int, window: int
) -> None:
    p = TOPIC.at(facts.month)._replace(grant=100 * yuan, least_months=least, window=window)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == grant(facts._asdict(), yuan=yuan, least=least, window=window)
