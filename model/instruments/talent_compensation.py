"""Compensation for talent hired away (C9): the new employer pays the former one for training.

The Opinion encourages enterprises that bring in a high-skilled worker to pay the former employer
the necessary cost of training. It passes from enterprise to enterprise; no public money is in it,
and the sum is open.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import Channel, HireFacts, Instrument, share_of
from model.ledger import Account
from model.scalar import scalar


@unique
class Covers(IntEnum):
    """Which levels count as high-skilled."""

    TECHNICIANS = 0
    SENIOR_AND_ABOVE = 1


@unique
class Owed(IntEnum):
    """What the necessary cost is."""

    FULL = 0
    UNSERVED = 1


@unique
class Reason(IntEnum):
    """Why nothing is paid to the former employer."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_FROM_ENTERPRISE = 2
    LEVEL_TOO_LOW = 3
    ALREADY_PAID = 4
    NOT_TRAINED_THERE = 5
    SERVED = 6


class Params(NamedTuple):
    """Values, units and sources: talent_compensation.yaml."""

    in_force: int
    take_up: int
    covers: int
    cost: int
    owed: int
    service_term: int


@scalar
def lowest_level(p: Params) -> int:
    """Lowest level that counts as high-skilled."""
    if p.covers == Covers.SENIOR_AND_ABOVE:
        return Level.SENIOR.value
    return Level.TECHNICIAN.value


@scalar
def eligibility(facts: HireFacts, p: Params) -> int:
    """0 if the former employer is to be paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.poached == 0:
        return Reason.NOT_FROM_ENTERPRISE.value
    if facts.level < lowest_level(p):
        return Reason.LEVEL_TOO_LOW.value
    if facts.received == 1:
        return Reason.ALREADY_PAID.value
    if p.owed == Owed.UNSERVED:
        if facts.months_since > facts.months_there:
            return Reason.NOT_TRAINED_THERE.value
        if facts.months_since >= p.service_term:
            return Reason.SERVED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: HireFacts, p: Params) -> int:
    """Fen: so many months of the pay at the former employer, or the part not served of it."""
    whole = share_of(facts.old_pay_fen, p.cost)
    if p.owed == Owed.UNSERVED:
        return whole * (p.service_term - facts.months_since) // p.service_term
    return whole


INSTRUMENT = Instrument(
    clause="C9",
    channel=Channel.HIRE,
    payer=Account.ENTERPRISES,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"covers": Covers, "owed": Owed},
)
