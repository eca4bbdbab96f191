"""Short courses, the bulk of person-times, and the upgrade course of senior technicians."""

from typing import NamedTuple

from model.decisions import Ceiling
from model.parameters.training import Params
from model.rules.training import TOP, YOUNG
from model.scalar import scalar


class ShortFacts(NamedTuple):
    """Short courses, the bulk of person-times."""

    month: int
    birth_month: int
    level: int
    course: int
    employer_short_rate: float
    u_short: float


class Short(NamedTuple):
    """``event`` 1: a short course this month; 2: the upgrade course of senior technicians."""

    event: int


@scalar
def short_factor(age_months: int, level: int, p: Params) -> float:
    """Relative frequency of short courses; falls with age, rises with level."""
    decades = (age_months - 360) / 120.0
    factor = 1.0 + p.short_level * level
    if decades > 0.0:
        factor = factor * (1.0 + p.short_age * decades)
    return factor if factor > 0.1 else 0.1


@scalar
def take_short_course(f: ShortFacts, p: Params) -> Short:
    """One threshold on one draw."""
    if f.course != 0:
        return Short(0)
    rate = f.employer_short_rate * short_factor(f.month - f.birth_month, f.level, p)
    if f.u_short < rate:
        return Short(1)
    if f.level == 5 and f.u_short < rate + p.upgrade_rate:
        return Short(2)
    return Short(0)


class ShortCeilingFacts(NamedTuple):
    """Short courses of an enterprise, a worker-month."""

    short_rate: float


@scalar
def short_ceiling(f: ShortCeilingFacts, p: Params) -> Ceiling:
    """The rate at thirty and at the level that has most, and the upgrade course."""
    if p.short_age > 0.0:
        return Ceiling(1, 1.0)
    rate = f.short_rate * short_factor(YOUNG, TOP if p.short_level > 0.0 else 0, p)
    return Ceiling(1, rate + p.upgrade_rate)
