"""High-skill training bases (C9): one grant for each, by plan for the province's, by award else.

Eighteen national and 45 provincial bases stood at the end of 2016 and bring no new grant. The text
wants 100 by 2020; what was announced in 2018 is 20 more provincial ones. National bases are named
by a programme that is older than the text and goes on without it; its money is central.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import Channel, Instrument, Parties, ProjectFacts, by_batches
from model.ledger import Account
from model.scalar import scalar

YEAR = 12


@unique
class Plan(IntEnum):
    """What the province plans to add."""

    NONE = 0
    ANNOUNCED = 1
    GOAL = 2


@unique
class Payer(IntEnum):
    """Whose account is debited."""

    EMPLOYMENT_SUBSIDY_FUND = 0
    TREASURY = 1


@unique
class NationalPayer(IntEnum):
    """Whose account is debited for a national project."""

    CENTRAL = 0
    SAME = 1  # as for the province's own


@unique
class Reason(IntEnum):
    """Why nothing is paid for a project."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    STOOD_BEFORE = 2
    ALREADY_PAID = 3
    NOT_AWARDED = 4
    BEYOND_PLAN = 5


class Params(NamedTuple):
    """Values, units and sources: training_bases.yaml."""

    in_force: int
    plan: int
    payer: int
    payer_national: int
    goal: int
    announced: int
    standing_national: int
    standing_provincial: int
    national_awarded: int
    first_year: int
    last_year: int
    approval_month: int
    build_months: int
    grant_national: int
    grant_provincial: int
    seats_lower: int
    seats_upper: int
    quality: float


@scalar
def planned(facts: ProjectFacts, p: Params) -> int:
    """New projects of the kind, national or provincial, due by the month.

    The announced plan is approved in equal parts to its last year; the plan that meets the goal
    early enough to be built by the end of it. The goal counts those that stood.
    """
    if facts.national == 1:
        return p.national_awarded
    if p.plan == Plan.ANNOUNCED:
        return by_batches(facts.month, p.announced, p.approval_month, p.first_year, p.last_year)
    if p.plan == Plan.GOAL:
        more = p.goal - p.standing_national - p.standing_provincial
        if more < 0:
            more = 0
        last = p.last_year - (p.build_months + YEAR - 1) // YEAR
        return by_batches(facts.month, more, p.approval_month, p.first_year, last)
    return 0


@scalar
def eligibility(facts: ProjectFacts, p: Params) -> int:
    """0 if the grant is paid for this project now, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.standing == 1:
        return Reason.STOOD_BEFORE.value
    if facts.paid == 1:
        return Reason.ALREADY_PAID.value
    if facts.number > planned(facts, p):
        return Reason.NOT_AWARDED.value if facts.national == 1 else Reason.BEYOND_PLAN.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: ProjectFacts, p: Params) -> int:
    """Fen, once for each project."""
    return p.grant_national if facts.national == 1 else p.grant_provincial


def parties(p: Params) -> Parties:
    """For provincial ones: the employment subsidy fund, or by setting the treasury."""
    if p.payer == Payer.TREASURY:
        return Account.PROVINCIAL_TREASURY, Account.INSTITUTIONS
    return Account.EMPLOYMENT_SUBSIDY_FUND, Account.INSTITUTIONS


def payer_of(facts: ProjectFacts, p: Params) -> int:
    """Code of the account that pays: central money for national projects, by setting."""
    if facts.national == 1 and p.payer_national == NationalPayer.CENTRAL:
        return Account.CENTRAL_FUNDS.value
    return parties(p)[0].value


INSTRUMENT = Instrument(
    clause="C9",
    channel=Channel.PROJECT,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"plan": Plan, "payer": Payer, "payer_national": NationalPayer},
    parties=parties,
    payer_of=payer_of,
    figures={"planned": planned},
)
