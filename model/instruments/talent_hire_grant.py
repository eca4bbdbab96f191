"""Grant for talent bought in (C9): the treasury may pay above-scale enterprises a suitable sum.

For full-time hires such as winners of the China Skills Award or heads of national master studios.
The Opinion leaves sum and number open; hires of this kind are a fixed number a year, posted at
weight 1 at every scale.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import Channel, HireFacts, Instrument
from model.ledger import Account
from model.scalar import scalar

AWARD = 1  # codes of ``HireFacts.honours``
STUDIO = 2


@unique
class Reason(IntEnum):
    """Why an enterprise gets no grant for a hire."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_ABOVE_SCALE = 2
    NOT_HONOURED = 3
    NOT_FULL_TIME = 4
    ALREADY_PAID = 5


class Params(NamedTuple):
    """Values, units and sources: talent_hire_grant.yaml."""

    in_force: int
    take_up: int
    amount_award: int
    amount_studio: int


@scalar
def eligibility(facts: HireFacts, p: Params) -> int:
    """0 if the hire may be granted, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.above_scale == 0:
        return Reason.NOT_ABOVE_SCALE.value
    if facts.honours < AWARD or facts.honours > STUDIO:
        return Reason.NOT_HONOURED.value
    if facts.full_time == 0:
        return Reason.NOT_FULL_TIME.value
    if facts.received == 1:
        return Reason.ALREADY_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: HireFacts, p: Params) -> int:
    """Fen for one hire, by what the person is honoured for."""
    return p.amount_award if facts.honours == AWARD else p.amount_studio


INSTRUMENT = Instrument(
    clause="C9",
    channel=Channel.HIRE,
    payer=Account.PROVINCIAL_TREASURY,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
)
