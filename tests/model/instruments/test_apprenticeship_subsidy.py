"""C8 and C25: 4,000 a person and year of term, nothing before November 2018."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.apprenticeship_subsidy import INSTRUMENT, Params, amount, eligibility
from model.instruments.channels import ApprenticeFacts
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["apprenticeship_subsidy"]
P: Params = TOPIC.at(month(2020, 6))
START = month(2019, 1)


def apprentice(served: int, **facts: int) -> ApprenticeFacts:
    known = {
        "month": START + served,
        "start_month": START,
        "certificate_month": START + served,
        "insured": 1,
        "employed": 1,
        "months_paid": 0,
    }
    return ApprenticeFacts(**{**known, **facts})


def test_the_rate_and_the_first_month() -> None:
    assert P.amount_per_year == 400_000
    assert [TOPIC.at(month(2018, m)).in_force for m in (10, 11)] == [0, 1]
    assert INSTRUMENT.accounts(P) == (Account.EMPLOYMENT_SUBSIDY_FUND, Account.ENTERPRISES)


@given(served=st.integers(0, 60))
def test_a_term_pays_by_the_month_from_one_to_three_years(served: int) -> None:
    facts = apprentice(served)
    if served < 12:
        assert eligibility(facts, P) != 0
    else:
        assert eligibility(facts, P) == 0
        assert amount(facts, P) == min(served, 36) * 400_000 // 12


@given(served=st.integers(12, 60))
def test_a_term_paid_in_full_is_not_paid_again(served: int) -> None:
    assert eligibility(apprentice(served, months_paid=min(served, 36)), P) != 0


@given(first=st.integers(12, 59), later=st.integers(1, 24))
def test_yearly_payments_add_up_to_the_payment_at_the_end(first: int, later: int) -> None:
    # Paid each full year while the term runs and the rest with the certificate: the same total.
    p = P._replace(paid_when=1)
    served = first + later
    running = apprentice(first, certificate_month=START + served)
    paid, months = 0, 0
    if eligibility(running, p) == 0:
        paid, months = amount(running, p), min(first, 36) // 12 * 12
    end = apprentice(served, months_paid=months)
    rest = amount(end, p) if eligibility(end, p) == 0 else 0
    assert abs(paid + rest - min(served, 36) * 400_000 // 12) <= 1


def test_an_apprentice_who_left_is_not_paid_for() -> None:
    assert eligibility(apprentice(12, employed=0), P) != 0
