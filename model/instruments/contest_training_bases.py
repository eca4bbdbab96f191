"""Provincial training bases for national contests (C21): three to five of them, one grant each.

They train contestants. The bid for a national base of WorldSkills is context.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import Channel, Instrument, Parties, ProjectFacts, by_batches
from model.ledger import Account
from model.scalar import scalar


@unique
class Number(IntEnum):
    """How many of the three to five are built."""

    FEWEST = 0
    MIDDLE = 1
    MOST = 2


@unique
class Payer(IntEnum):
    """Whose account is debited."""

    TREASURY = 0
    EMPLOYMENT_SUBSIDY_FUND = 1


@unique
class Reason(IntEnum):
    """Why nothing is paid for a base."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    STOOD_BEFORE = 2
    ALREADY_PAID = 3
    NOT_PROVINCIAL = 4
    BEYOND_PLAN = 5


class Params(NamedTuple):
    """Values, units and sources: contest_training_bases.yaml."""

    in_force: int
    number_built: int
    payer: int
    fewest: int
    most: int
    standing_national: int
    standing_provincial: int
    first_year: int
    last_year: int
    approval_month: int
    build_months: int
    grant: int
    seats_lower: int
    seats_upper: int
    quality: float


@scalar
def planned(facts: ProjectFacts, p: Params) -> int:
    """Bases due by the month, in equal parts to the last year."""
    more = p.fewest
    if p.number_built == Number.MOST:
        more = p.most
    elif p.number_built == Number.MIDDLE:
        more = (p.fewest + p.most) // 2
    return by_batches(facts.month, more, p.approval_month, p.first_year, p.last_year)


@scalar
def eligibility(facts: ProjectFacts, p: Params) -> int:
    """0 if the grant is paid for this base now, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.standing == 1:
        return Reason.STOOD_BEFORE.value
    if facts.national == 1:
        return Reason.NOT_PROVINCIAL.value
    if facts.paid == 1:
        return Reason.ALREADY_PAID.value
    if facts.number > planned(facts, p):
        return Reason.BEYOND_PLAN.value
    return Reason.ELIGIBLE.value


@scalar
def amount(_facts: ProjectFacts, p: Params) -> int:
    """Fen, once for each base."""
    return p.grant


def parties(p: Params) -> Parties:
    """The provincial treasury, as for the clause's prizes, or the employment subsidy fund."""
    if p.payer == Payer.EMPLOYMENT_SUBSIDY_FUND:
        return Account.EMPLOYMENT_SUBSIDY_FUND, Account.INSTITUTIONS
    return Account.PROVINCIAL_TREASURY, Account.INSTITUTIONS


INSTRUMENT = Instrument(
    clause="C21",
    channel=Channel.PROJECT,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"number_built": Number, "payer": Payer},
    parties=parties,
    figures={"planned": planned},
)
