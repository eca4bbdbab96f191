"""Provincial chief technicians (C19): fifty every two years for a term of four, paid once each."""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import AwardFacts, Channel, Instrument, is_round
from model.ledger import Account
from model.scalar import scalar


@unique
class Title(IntEnum):
    """The title."""

    CHIEF_TECHNICIAN = 0


@unique
class Reason(IntEnum):
    """Why somebody is not named."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_ROUND = 2
    NOT_EMPLOYED = 3
    LEVEL_TOO_LOW = 4
    STILL_SERVING = 5


class Params(NamedTuple):
    """Values, units and sources: chief_technicians.yaml."""

    in_force: int
    prize: int  # fen
    chiefs: int
    term_years: int
    least_level: int
    every_years: int
    first_round_year: int
    round_month: int


@scalar
def eligibility(facts: AwardFacts, p: Params) -> int:
    """0 if the person may be named this year, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if is_round(facts.month, p.first_round_year, p.every_years, facts.month % 12 + 1) == 0:
        return Reason.NO_ROUND.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    if facts.level < p.least_level:
        return Reason.LEVEL_TOO_LOW.value
    if facts.held == 1:
        return Reason.STILL_SERVING.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: AwardFacts, p: Params) -> int:
    """Fen, once for the term."""
    return p.prize if facts.event == Title.CHIEF_TECHNICIAN else 0


@scalar
def winners(facts: AwardFacts, p: Params) -> int:
    """How many are named in this month."""
    if facts.event != Title.CHIEF_TECHNICIAN or facts.place != 1:
        return 0
    if is_round(facts.month, p.first_round_year, p.every_years, p.round_month) == 0:
        return 0
    return p.chiefs


INSTRUMENT = Instrument(
    clause="C19",
    channel=Channel.AWARD,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"least_level": Level},
    figures={"winners": winners},
    titles=Title,
)
