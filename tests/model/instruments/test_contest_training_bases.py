"""C21: three to five provincial bases for national contests."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import ProjectFacts
from model.instruments.contest_training_bases import (
    INSTRUMENT,
    Number,
    Payer,
    amount,
    eligibility,
)
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle import projects as oracle

TOPIC = all_topics()["contest_training_bases"]


def test_the_text_says_three_to_five_from_december_2017() -> None:
    p = TOPIC.at(month(2018, 6))
    assert (p.fewest, p.most) == (3, 5)
    assert [TOPIC.at(month(2017, m)).in_force for m in (11, 12)] == [0, 1]


def test_a_setting_decides_which_account_pays() -> None:
    p = TOPIC.at(month(2018, 12))
    assert INSTRUMENT.accounts(p) == (Account.PROVINCIAL_TREASURY, Account.INSTITUTIONS)
    other = p._replace(payer=Payer.EMPLOYMENT_SUBSIDY_FUND)
    assert INSTRUMENT.accounts(other)[0] == Account.EMPLOYMENT_SUBSIDY_FUND


@given(
    chosen=st.sampled_from(Number),
    when=st.integers(month(2017, 6), month(2021, 6)),
    number=st.integers(1, 7),
    flags=st.tuples(*[st.integers(0, 1)] * 3),
)
def test_rule_and_second_reading_agree(
    chosen: Number, when: int, number: int, flags: tuple[int, int, int]
) -> None:
    national, standing, paid = flags
    p = TOPIC.at(when)._replace(number_built=chosen)
    facts = ProjectFacts(when, national, number, standing, paid)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == oracle.grant(
        "contest_training_bases", when, number,
        national=national, standing=standing, paid=paid, plan=chosen.name.lower(),
    )  # fmt: skip
