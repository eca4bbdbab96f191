"""Provincial prizes for winners of national awards (C19): China Skills Award, National Expert.

The text states the prizes, not how many of the province win; that number is an assumption.
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

    CHINA_SKILLS_AWARD = 0
    NATIONAL_EXPERT = 1


@unique
class Reason(IntEnum):
    """Why no prize is paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_EMPLOYED = 2
    LEVEL_TOO_LOW = 3
    ALREADY_HELD = 4


class Params(NamedTuple):
    """Values, units and sources: national_awards.yaml."""

    in_force: int
    skills_award_prize: int  # fen
    skills_award_winners: int
    expert_prize: int  # fen
    expert_winners: int
    least_level: int
    every_years: int
    first_round_year: int
    round_month: int


@scalar
def eligibility(facts: AwardFacts, p: Params) -> int:
    """0 if the prize is paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    if facts.level < p.least_level:
        return Reason.LEVEL_TOO_LOW.value
    if facts.held == 1:
        return Reason.ALREADY_HELD.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: AwardFacts, p: Params) -> int:
    """Fen that the province adds to the national award."""
    if facts.event == Title.CHINA_SKILLS_AWARD:
        return p.skills_award_prize
    return p.expert_prize if facts.event == Title.NATIONAL_EXPERT else 0


@scalar
def winners(facts: AwardFacts, p: Params) -> int:
    """How many of the province win in this month."""
    if facts.place != 1:
        return 0
    if is_round(facts.month, p.first_round_year, p.every_years, p.round_month) == 0:
        return 0
    if facts.event == Title.CHINA_SKILLS_AWARD:
        return p.skills_award_winners
    return p.expert_winners if facts.event == Title.NATIONAL_EXPERT else 0


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
