"""Start-up grant (C27): once, to hard-to-employ people and graduates who run a business.

The text encourages localities to give such grants and names no amount; amount, months of running
and limit of time are settings of the parameter file.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Group
from model.instruments.channels import Channel, Instrument, VentureFacts
from model.ledger import Account
from model.scalar import scalar


@unique
class Reason(IntEnum):
    """Why a business is not paid for."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    STILL_IN_POST = 2
    NOT_COVERED = 3
    TOO_EARLY = 4
    TOO_LATE = 5
    ALREADY_RECEIVED = 6


class Params(NamedTuple):
    """Values, units and sources: startup_grant.yaml."""

    in_force: int
    take_up: float
    grant: int
    least_months: int
    window: int


@scalar
def eligibility(facts: VentureFacts, p: Params) -> int:
    """0 if the business is paid for, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.in_post == 1:
        return Reason.STILL_IN_POST.value
    if facts.hard_to_employ == 0 and facts.group != Group.GRADUATE:
        return Reason.NOT_COVERED.value
    if facts.months_since < p.least_months:
        return Reason.TOO_EARLY.value
    if facts.months_since > p.window:
        return Reason.TOO_LATE.value
    if facts.received > 0:
        return Reason.ALREADY_RECEIVED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: VentureFacts, p: Params) -> int:
    """Fen, once."""
    return p.grant if facts.received == 0 else 0


INSTRUMENT = Instrument(
    clause="C27",
    channel=Channel.VENTURE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
)
