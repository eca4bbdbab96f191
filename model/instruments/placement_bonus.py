"""Placement bonus (C25): to the institution, for a trainee in a post within six months.

A rule of the province of December 2018 beside the training subsidy: a fixed sum for each trainee
of a key group who takes a post in the province within six months of the end of the course. It is
no part of the Opinion and stays in both worlds.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Group
from model.instruments.channels import Channel, CourseFacts, Instrument, month_index
from model.ledger import Account
from model.scalar import scalar


@unique
class Reason(IntEnum):
    """Why a placement is not paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_A_TRAINEE = 2
    NOT_COMPLETED = 3
    NOT_PLACED = 4
    PLACED_TOO_EARLY = 5
    TOO_LATE = 6
    PLACEMENT_ALREADY_PAID = 7


class Params(NamedTuple):
    """Values, units and sources: placement_bonus.yaml."""

    in_force: int
    bonus: int
    window: int
    first_placement_year: int
    first_placement_month: int


@scalar
def earliest(_facts: CourseFacts, p: Params) -> int:
    """Month of the earliest placement that counts."""
    return month_index(p.first_placement_year, p.first_placement_month)


@scalar
def placed_after(facts: CourseFacts, _p: Params) -> int:
    """Months from the end of the course to the post."""
    return facts.placed_month - facts.ended_month


@scalar
def eligibility(facts: CourseFacts, p: Params) -> int:
    """0 if the placement is paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.group == Group.ENTERPRISE_WORKER:
        return Reason.NOT_A_TRAINEE.value
    if facts.completed == 0:
        return Reason.NOT_COMPLETED.value
    if facts.placed_month == 0 or facts.placed_month > facts.month:
        return Reason.NOT_PLACED.value
    if placed_after(facts, p) < 0:
        return Reason.NOT_PLACED.value
    if facts.placed_month < earliest(facts, p):
        return Reason.PLACED_TOO_EARLY.value
    if placed_after(facts, p) > p.window:
        return Reason.TOO_LATE.value
    if facts.placement_paid == 1:
        return Reason.PLACEMENT_ALREADY_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CourseFacts, p: Params) -> int:
    """Fen for a placement after the course, nothing without one."""
    return p.bonus if placed_after(facts, p) >= 0 else 0


INSTRUMENT = Instrument(
    clause="C25",
    channel=Channel.COURSE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    figures={"earliest_month": earliest, "placed_after": placed_after},
)
