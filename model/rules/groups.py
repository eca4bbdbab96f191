"""Public courses of people outside enterprises' training: who joins, who ends with what."""

from typing import NamedTuple

from model.codes import Group, Status
from model.decisions import Ceiling
from model.parameters.groups import Params
from model.scalar import scalar

GROUPS = tuple(int(group) for group in Group)
COMPLETED, CERTIFIED, DROPPED, FAILED = 1, 2, 3, 4


class JoinFacts(NamedTuple):
    """Somebody of a key group to whom a course is open."""

    group: int
    price: int  # fen
    subsidy: int  # fen that public money is expected to pay of it
    u_join: float


class Join(NamedTuple):
    """``event`` 1: begins the course."""

    event: int


@scalar
def rate_of(group: int, p: Params) -> float:
    """Monthly chance of a course that costs nothing, before the plan's push."""
    if group == Group.REGISTERED_UNEMPLOYED:
        return p.rate_registered_unemployed
    if group == Group.RURAL_TRANSFEREE:
        return p.rate_rural_transferee
    if group == Group.GRADUATE:
        return p.rate_graduate
    if group == Group.SCHOOL_LEAVER:
        return p.rate_school_leaver
    if group == Group.TRANSFERRED:
        return p.rate_transferred
    return 0.0


@scalar
def join_course(f: JoinFacts, p: Params) -> Join:
    """One threshold on one draw: some come at any price, the others as far as it is paid."""
    paid = 0.0
    if f.price > 0:
        paid = f.subsidy / f.price
    if f.price <= 0 or paid > 1.0:
        paid = 1.0
    rate = rate_of(f.group, p) * (1.0 + p.push) * (p.self_paid + (1.0 - p.self_paid) * paid)
    return Join(1 if f.u_join < rate else 0)


class JoinCeilingFacts(NamedTuple):
    """A status, code of ``model.codes.Status``."""

    status: int


@scalar
def join_ceiling(f: JoinCeilingFacts, p: Params) -> Ceiling:
    """The group that comes most, where the course costs nothing; people without a post here."""
    if f.status != Status.UNEMPLOYED and f.status != Status.INFORMAL:
        return Ceiling(0, 0.0)
    highest = 0.0
    for group in GROUPS:
        rate = rate_of(group, p)
        if rate > highest:
            highest = rate
    return Ceiling(1, highest * (1.0 + p.push))


class FinishFacts(NamedTuple):
    """A course that ends this month."""

    public_level: int
    pass_rate: float
    u_drop: float
    u_pass: float


class Finish(NamedTuple):
    """``event``: 1 completed, 2 with a certificate, 3 dropped, 4 completed, exam failed."""

    event: int


@scalar
def finish_course(f: FinishFacts, p: Params) -> Finish:
    """Dropping out first; a course that teaches a level ends with its exam."""
    if f.u_drop < p.dropout:
        return Finish(DROPPED)
    if f.public_level == 0:
        return Finish(COMPLETED)
    return Finish(CERTIFIED if f.u_pass < f.pass_rate else FAILED)
