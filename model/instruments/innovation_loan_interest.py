"""Innovation and start-up fund (C22): the provincial union pays interest on workers' loans.

For redeployed, in-post and migrant staff, from the unions' own money. Interest is settled for
each full year of the loan; the text's other form, an investment, is a setting. The text names no
amount, rate or term.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Group
from model.instruments.channels import Channel, Instrument, VentureFacts, share_of
from model.ledger import Account
from model.scalar import scalar

YEAR = 12


@unique
class Form(IntEnum):
    """How the fund helps."""

    INTEREST = 0
    INVESTMENT = 1


@unique
class Reason(IntEnum):
    """Why a loan is not helped."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_IN_GROUP = 2
    NO_LOAN = 3
    ALREADY_INVESTED = 4
    TERM_OVER = 5
    NOT_DUE = 6


class Params(NamedTuple):
    """Values, units and sources: innovation_loan_interest.yaml."""

    in_force: int
    take_up: float
    form: int
    interest_rate: int
    largest_loan: int
    paid_share: int
    investment_share: int
    months: int


@scalar
def counted_loan(facts: VentureFacts, p: Params) -> int:
    """Fen of the loan that count."""
    return facts.loan_fen if facts.loan_fen < p.largest_loan else p.largest_loan


@scalar
def eligibility(facts: VentureFacts, p: Params) -> int:
    """0 if a year's interest (or the investment) is due, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    migrant = facts.group == Group.RURAL_TRANSFEREE
    moved = facts.redeployed == 1 or facts.group == Group.TRANSFERRED
    if facts.in_post == 0 and not moved and not migrant:
        return Reason.NOT_IN_GROUP.value
    if facts.loan_fen == 0:
        return Reason.NO_LOAN.value
    if p.form == Form.INVESTMENT:
        if facts.received > 0:
            return Reason.ALREADY_INVESTED.value
        return Reason.ELIGIBLE.value
    due = YEAR * (facts.received + 1)
    if due > p.months:
        return Reason.TERM_OVER.value
    if facts.months_since < due:
        return Reason.NOT_DUE.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: VentureFacts, p: Params) -> int:
    """Fen: the stated part of a year's interest on the loan counted, or the investment, once."""
    loan = counted_loan(facts, p)
    if p.form == Form.INVESTMENT:
        return share_of(loan, p.investment_share)
    return share_of(share_of(loan, p.interest_rate), p.paid_share)


INSTRUMENT = Instrument(
    clause="C22",
    channel=Channel.VENTURE,
    payer=Account.UNION_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"form": Form},
    figures={"counted_loan_fen": counted_loan},
)
