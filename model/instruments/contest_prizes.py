"""Prizes of skill contests (C21), and the certificates that a provincial contest brings.

Forty provincial class-1 contests with the same prizes stood in April 2017 and stay in both worlds;
the text adds ten. Prizes of national contests and of WorldSkills are the text's. Certificates
follow the provincial contest rules: the first three become senior technicians, places four to ten
technicians, others who pass senior workers, whatever their years in the trade.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import MILLION, AwardFacts, Channel, Instrument, is_round
from model.ledger import Account
from model.scalar import scalar

PRIZES = 3  # places with a prize


@unique
class Title(IntEnum):
    """The contests."""

    CONTEST_PROVINCIAL = 0
    CONTEST_NATIONAL = 1
    WORLDSKILLS = 2


@unique
class FastTrack(IntEnum):
    """Whether provincial contests bring certificates."""

    CERTIFICATES = 0
    PRIZES_ONLY = 1


@unique
class Reason(IntEnum):
    """Why no prize is paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NATIONAL_NOT_IN_FORCE = 2
    NO_PRIZE = 3


class Params(NamedTuple):
    """Values, units and sources: contest_prizes.yaml."""

    in_force: int
    events: int
    events_before: int
    first_prize: int  # fen
    second_prize: int
    third_prize: int
    national_in_force: int
    national_first_prize: int
    national_second_prize: int
    national_third_prize: int
    gold_prize: int
    silver_prize: int
    bronze_prize: int
    national_first: int  # winners a year
    national_second: int
    national_third: int
    gold: int  # winners a meeting
    silver: int
    bronze: int
    contest_month: int
    worldskills_year: int
    worldskills_every: int
    worldskills_month: int
    least_level: int
    level_weight: int  # millionths
    fast_track: int
    papers: int  # millionths
    last_technician_place: int
    other_passers: int


@scalar
def eligibility(facts: AwardFacts, p: Params) -> int:
    """0 if the place is paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.event != Title.CONTEST_PROVINCIAL and p.national_in_force == 0:
        return Reason.NATIONAL_NOT_IN_FORCE.value
    if facts.place < 1 or facts.place > PRIZES:
        return Reason.NO_PRIZE.value
    return Reason.ELIGIBLE.value


@scalar
def by_place(place: int, first: int, second: int, third: int) -> int:
    """What belongs to a place; nothing beyond the third."""
    if place == 1:
        return first
    if place == 2:
        return second
    return third if place == 3 else 0


@scalar
def amount(facts: AwardFacts, p: Params) -> int:
    """Fen for the place."""
    if facts.event == Title.CONTEST_PROVINCIAL:
        return by_place(facts.place, p.first_prize, p.second_prize, p.third_prize)
    if facts.event == Title.CONTEST_NATIONAL:
        return by_place(
            facts.place, p.national_first_prize, p.national_second_prize, p.national_third_prize
        )
    return by_place(facts.place, p.gold_prize, p.silver_prize, p.bronze_prize)


@scalar
def winners(facts: AwardFacts, p: Params) -> int:
    """How many of the province win this place in this month."""
    if facts.event == Title.WORLDSKILLS:
        return meeting(facts, p)
    if facts.month % 12 + 1 != p.contest_month:
        return 0
    if facts.event == Title.CONTEST_PROVINCIAL:
        return by_place(facts.place, p.events, p.events, p.events)
    if facts.event != Title.CONTEST_NATIONAL or p.national_in_force == 0:
        return 0
    return by_place(facts.place, p.national_first, p.national_second, p.national_third)


@scalar
def meeting(facts: AwardFacts, p: Params) -> int:
    """Winners at a meeting of WorldSkills, in its month."""
    held = is_round(facts.month, p.worldskills_year, p.worldskills_every, p.worldskills_month)
    if held == 0 or p.national_in_force == 0:
        return 0
    return by_place(facts.place, p.gold, p.silver, p.bronze)


@scalar
def weight(facts: AwardFacts, p: Params) -> int:
    """Relative chance of winning, in millionths; 0 for those below the least level."""
    if facts.level < p.least_level:
        return 0
    return MILLION + p.level_weight * (facts.level - p.least_level)


INSTRUMENT = Instrument(
    clause="C21",
    channel=Channel.AWARD,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"least_level": Level, "fast_track": FastTrack},
    figures={"winners": winners, "weight": weight},
    titles=Title,
)
