"""Longjiang Great Craftsmen and Longjiang Technical Experts (C19): prizes every two years.

Twenty craftsmen and a hundred experts a round, from the provincial treasury. Who may be chosen is
not said: technicians and above for the one, senior workers and above for the other are assumed.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import AwardFacts, Channel, Instrument, is_round
from model.ledger import Account
from model.scalar import scalar


@unique
class Title(IntEnum):
    """The titles."""

    GREAT_CRAFTSMAN = 0
    TECHNICAL_EXPERT = 1


@unique
class Reason(IntEnum):
    """Why somebody is not given a title."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_ROUND = 2
    NOT_EMPLOYED = 3
    LEVEL_TOO_LOW = 4
    ALREADY_HELD = 5


class Params(NamedTuple):
    """Values, units and sources: craftsman_awards.yaml."""

    in_force: int
    craftsman_prize: int  # fen
    craftsman_winners: int
    craftsman_level: int
    expert_prize: int  # fen
    expert_winners: int
    expert_level: int
    every_years: int
    first_round_year: int
    round_month: int


@scalar
def eligibility(facts: AwardFacts, p: Params) -> int:
    """0 if the person may be given the title this year, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if is_round(facts.month, p.first_round_year, p.every_years, facts.month % 12 + 1) == 0:
        return Reason.NO_ROUND.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    least = p.craftsman_level if facts.event == Title.GREAT_CRAFTSMAN else p.expert_level
    if facts.level < least:
        return Reason.LEVEL_TOO_LOW.value
    if facts.held == 1:
        return Reason.ALREADY_HELD.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: AwardFacts, p: Params) -> int:
    """Fen that comes with the title."""
    if facts.event == Title.GREAT_CRAFTSMAN:
        return p.craftsman_prize
    return p.expert_prize if facts.event == Title.TECHNICAL_EXPERT else 0


@scalar
def winners(facts: AwardFacts, p: Params) -> int:
    """How many are given the title in this month; titles have no places."""
    if facts.place != 1:
        return 0
    if is_round(facts.month, p.first_round_year, p.every_years, p.round_month) == 0:
        return 0
    if facts.event == Title.GREAT_CRAFTSMAN:
        return p.craftsman_winners
    return p.expert_winners if facts.event == Title.TECHNICAL_EXPERT else 0


INSTRUMENT = Instrument(
    clause="C19",
    channel=Channel.AWARD,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"craftsman_level": Level, "expert_level": Level},
    figures={"winners": winners},
    titles=Title,
)
