"""Compensation of cooperation costs (C6): once a year to enterprises that train with a school.

The text compensates the costs of enterprises that cooperate and gives no amount; here so much for
each worker whom the enterprise sent to a school in the year before, up to a ceiling.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    Channel,
    CooperationFacts,
    Instrument,
    Parties,
    WorkCounted,
)
from model.ledger import Account
from model.scalar import scalar


@unique
class Payer(IntEnum):
    """Whose account is debited."""

    TREASURY = 0
    EMPLOYMENT_SUBSIDY_FUND = 1


@unique
class Reason(IntEnum):
    """Why an enterprise gets nothing."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_THE_MONTH = 2
    NO_COOPERATION = 3
    NO_TRAINEES = 4
    ALREADY_PAID = 5


class Params(NamedTuple):
    """Values, units and sources: cooperation_compensation.yaml."""

    in_force: int
    per_trainee: int
    most: int
    take_up: float
    payer: int
    work_counted: int
    claim_month: int


@scalar
def eligibility(facts: CooperationFacts, p: Params) -> int:
    """0 if costs are compensated now, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.month % 12 + 1 != p.claim_month:
        return Reason.NOT_THE_MONTH.value
    if facts.cooperates == 0:
        return Reason.NO_COOPERATION.value
    if facts.trainees <= 0:
        return Reason.NO_TRAINEES.value
    if facts.paid_this_year == 1:
        return Reason.ALREADY_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CooperationFacts, p: Params) -> int:
    """Fen for last year's trainees, at most the ceiling of an enterprise and year."""
    costs = p.per_trainee * facts.trainees
    return costs if costs < p.most else p.most


def parties(p: Params) -> Parties:
    """The provincial treasury or the employment subsidy fund."""
    if p.payer == Payer.EMPLOYMENT_SUBSIDY_FUND:
        return Account.EMPLOYMENT_SUBSIDY_FUND, Account.ENTERPRISES
    return Account.PROVINCIAL_TREASURY, Account.ENTERPRISES


INSTRUMENT = Instrument(
    clause="C6",
    channel=Channel.COOPERATION,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"payer": Payer, "work_counted": WorkCounted},
    parties=parties,
)
