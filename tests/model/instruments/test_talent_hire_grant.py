"""C9: grants for honoured hires against a second reading."""

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import HireFacts
from model.instruments.registry import instruments
from model.instruments.talent_hire_grant import amount, eligibility
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.talent_hire_grant import talent_hire_grant

TOPIC = all_topics()["talent_hire_grant"]
MOSTLY = st.sampled_from((1, 1, 1, 0))
HIRES = st.builds(
    HireFacts,
    month=st.integers(month(2017, 10), month(2018, 3)),
    level=st.integers(0, 6),
    poached=st.integers(0, 1),
    months_there=st.integers(0, 80),
    months_since=st.integers(0, 80),
    old_pay_fen=st.integers(0, 3_000_000),
    above_scale=MOSTLY,
    full_time=MOSTLY,
    honours=st.integers(0, 3),
    received=st.sampled_from((0, 0, 0, 1)),
)


@settings(max_examples=500)
@given(HIRES, st.integers(0, 10**6), st.integers(0, 10**6))
def test_rule_and_second_reading_agree(facts: HireFacts, award: int, studio: int) -> None:
    p = TOPIC.at(facts.month)._replace(amount_award=100 * award, amount_studio=100 * studio)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == talent_hire_grant(facts._asdict(), yuan={1: award, 2: studio})


def test_the_sums_as_shipped_and_who_pays() -> None:
    p = TOPIC.at(month(2018, 6))
    winner = HireFacts(p.in_force and month(2018, 6), 5, 0, 0, 0, 0, 1, 1, 1, 0)
    assert amount(winner, p) == talent_hire_grant(winner._asdict()) == 200_000 * 100
    head = winner._replace(honours=2)
    assert amount(head, p) == talent_hire_grant(head._asdict()) == 100_000 * 100
    one = instruments()["talent_hire_grant"]
    assert (one.payer, one.payee) == (Account.PROVINCIAL_TREASURY, Account.ENTERPRISES)
