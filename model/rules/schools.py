"""Seats and quality of a training institution follow its use (docs/methods.md)."""

from typing import NamedTuple

from model.codes import INSTITUTION_TYPES
from model.parameters.accounts import Params
from model.scalar import scalar

PUBLIC_BASE = INSTITUTION_TYPES.index("public_base")


class SchoolFacts(NamedTuple):
    """Seats and how they were used; ``demand`` counts those admitted and those left waiting."""

    factor: float  # seats over those of the base year
    base_seats: int  # seats a month in the base year
    supply: float  # supply of exams, 1 = base year
    demand: float  # smoothed applicants a month
    quality: float
    base_quality: float
    extension: float  # seats over those of the base year and of projects
    lift: float  # quality that bases and studios add
    type: int


class School(NamedTuple):
    """``factor`` scales the base-year seats of both bands."""

    event: int
    factor: float
    quality: float


@scalar
def adjust_seats(f: SchoolFacts, p: Params) -> School:
    """Full schools grow, idle ones shrink, crowding costs quality.

    Bases and studios (C9), titles of teachers at schools (C11) and review (C25) add to the quality
    to which a school returns.
    """
    if f.base_seats <= 0:
        return School(0, 1.0, f.quality)
    factor = f.factor
    use = f.demand / (f.base_seats * factor * f.extension * f.supply)
    if use > p.seats_full:
        factor = factor * (1.0 + p.seats_response)
    elif use < p.seats_idle and factor > 0.5:
        factor = factor * (1.0 - p.seats_response)
    if factor > 3.0:
        factor = 3.0
    crowd = use - 1.0 if use > 1.0 else 0.0
    if crowd > 1.0:
        crowd = 1.0
    target = f.base_quality + f.lift + p.review_quality - p.crowding * crowd
    if f.type != PUBLIC_BASE:
        target = target + p.teacher_titles
    return School(1, factor, f.quality + p.stocking * (target - f.quality))
