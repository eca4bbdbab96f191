"""Innovation and start-up fund: by hand, and against a second reading."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import VentureFacts
from model.instruments.innovation_loan_interest import INSTRUMENT, Form, Reason, amount, eligibility
from model.ledger import PUBLIC, Account
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.innovation_loan_interest import interest

TOPIC = all_topics()["innovation_loan_interest"]
JUNE = month(2018, 12)
FLAG = st.integers(0, 1)
BUSINESSES = st.builds(
    VentureFacts,
    month=st.integers(month(2017, 9), month(2018, 3)), group=st.integers(0, 8),
    hard_to_employ=FLAG, redeployed=FLAG, in_post=st.sampled_from([0, 0, 1]),
    months_since=st.sampled_from([0, 1, 5, 6, 11, 12, 13, 23, 24, 25, 35, 36, 37]),
    loan_fen=st.sampled_from([0, 1, 33_333, 5_000_000, 10_000_000, 10_000_001, 50_000_000]),
    received=st.sampled_from([0, 0, 1, 2]),
)  # fmt: skip


def loan(**known: int) -> VentureFacts:
    facts = {**dict.fromkeys(VentureFacts._fields, 0), "month": JUNE, "redeployed": 1}
    return VentureFacts(**{**facts, "months_since": 12, "loan_fen": 50_000 * 100, **known})


def test_a_year_of_interest_is_paid_when_it_is_full() -> None:
    p = TOPIC.at(JUNE)
    assert eligibility(loan(), p) == Reason.ELIGIBLE
    assert amount(loan(), p) == 2_175 * 100  # 50,000 at 4.35 %
    assert eligibility(loan(months_since=11), p) == Reason.NOT_DUE
    assert eligibility(loan(received=1), p) == Reason.NOT_DUE
    assert eligibility(loan(received=2, months_since=40), p) == Reason.TERM_OVER


def test_a_year_that_the_fund_could_not_pay_is_still_due_later() -> None:
    assert eligibility(loan(months_since=15), TOPIC.at(JUNE)) == Reason.ELIGIBLE


def test_the_unions_pay_and_no_public_fund() -> None:
    payer, payee = INSTRUMENT.accounts(TOPIC.at(JUNE))
    assert (payer, payee) == (Account.UNION_FUND, Account.WORKERS)
    assert payer not in PUBLIC


@given(BUSINESSES, st.sampled_from(Form), st.integers(0, 10**6), st.integers(0, 60))
def test_rule_and_second_reading_agree(
    facts: VentureFacts, form: Form, share: int, months: int
) -> None:
    p = TOPIC.at(facts.month)._replace(form=int(form), paid_share=share, months=months)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    second = interest(
        facts._asdict(), form=form.name.lower(), share=Fraction(share, 10**6), months=months
    )
    assert ours == second
