"""C9: compensation of former employers against a second reading."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import HireFacts
from model.instruments.registry import instruments
from model.instruments.talent_compensation import Covers, Owed, Params, amount, eligibility
from model.ledger import PUBLIC
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.talent_compensation import talent_compensation

TOPIC = all_topics()["talent_compensation"]
HIRES = st.builds(
    HireFacts,
    month=st.integers(month(2017, 10), month(2018, 3)),
    level=st.integers(0, 6),
    poached=st.sampled_from((1, 1, 1, 0)),
    months_there=st.integers(0, 80),
    months_since=st.integers(0, 80),
    old_pay_fen=st.integers(0, 3_000_000),
    above_scale=st.integers(0, 1),
    full_time=st.integers(0, 1),
    honours=st.integers(0, 2),
    received=st.sampled_from((0, 0, 0, 1)),
)


def paid(facts: HireFacts, p: Params) -> int | None:
    return amount(facts, p) if eligibility(facts, p) == 0 else None


@settings(max_examples=600)
@given(
    HIRES,
    st.sampled_from(("technicians", "senior_and_above")),
    st.sampled_from(("full", "unserved")),
    st.integers(0, 6_000_000),
    st.integers(12, 70),
)
def test_rule_and_second_reading_agree(
    facts: HireFacts, covers: str, owed: str, cost: int, term: int
) -> None:
    p = TOPIC.at(facts.month)._replace(
        covers=Covers[covers.upper()], owed=Owed[owed.upper()], cost=cost, service_term=term
    )
    second = talent_compensation(
        facts._asdict(), covers=covers, owed=owed, cost=Fraction(cost, 10**6), term=term
    )
    assert paid(facts, p) == second


@given(HIRES, st.integers(0, 80))
def test_what_is_not_served_is_never_more_than_the_whole_and_shrinks(
    facts: HireFacts, longer: int
) -> None:
    p = TOPIC.at(month(2018, 6))
    part = p._replace(owed=Owed.UNSERVED)
    facts = facts._replace(month=month(2018, 6))
    later = facts._replace(
        months_since=facts.months_since + longer, months_there=facts.months_there + longer
    )
    assert (paid(facts, part) or 0) <= (paid(facts, p) or 0)
    assert (paid(later, part) or 0) <= (paid(facts, part) or 0)


def test_no_public_money_and_nothing_before_the_opinion() -> None:
    one = instruments()["talent_compensation"]
    assert not {one.payer, one.payee} & set(PUBLIC)
    assert [TOPIC.at(month(*when)).in_force for when in ((2017, 11), (2017, 12))] == [0, 1]
