"""The rules of the ladder, written once: plain Python for a worker, compiled code for columns.

Facts in, answer out, luck as an argument: the manner of the model's own rules.
"""

from typing import Any, NamedTuple

from benchmarks.ladder.spec import (
    BASE,
    FIND,
    GAIN,
    GAIN_PER_YUAN,
    HORIZON,
    INSURED,
    LEAVE,
    LEVELS,
    MONTHS,
    NEED,
    PASS,
    PREMIUM,
    RETIRE,
    Z0,
    ZS,
)
from model.numbers import exp
from model.scalar import scalar

RULED_OUT = 1.0  # no draw is as high: whoever knows that training cannot start gives this draw


class WorkFacts(NamedTuple):
    """A worker with a post: months, yuan, the hazard of the enterprise, and three draws."""

    age: int
    level: int
    experience: int
    wage: int
    insured: int
    training: int
    hazard: float
    u_train: float
    u_exam: float
    u_leave: float


class Worked(NamedTuple):
    """The worker after the month; ``paid`` is the level whose subsidy is paid, or -1."""

    level: int
    experience: int
    wage: int
    insured: int
    training: int
    stays: bool
    paid: int


@scalar
def train_probability(level: int, wage: int, horizon: int) -> float:
    """Probability of starting to train, with so many months in which it can pay."""
    gain = GAIN_PER_YUAN[level] * wage * horizon + GAIN[level]
    return 1.0 / (1.0 + exp(-(Z0 + gain / ZS)))


@scalar
def work(w: WorkFacts) -> Worked:
    """A month of a worker with a post: training, exam, and whether the post is kept."""
    level, experience, wage, training = w.level, w.experience + 1, w.wage, w.training
    insured, paid = w.insured + 1, -1
    if training > 0:
        training -= 1
        if training == 0 and w.u_exam < PASS[level]:
            if insured >= INSURED:
                paid = level
            wage = int(wage * (1.0 + PREMIUM[level]))
            level += 1
            experience = 0
    elif w.u_train < RULED_OUT and level < LEVELS - 1 and experience >= NEED[level]:
        horizon = min(HORIZON, RETIRE - w.age)
        if w.u_train < train_probability(level, wage, horizon):
            training = MONTHS[level]
    stays = w.u_leave >= w.hazard * LEAVE[level]
    if not stays:
        training = 0
    return Worked(level, experience, wage, insured, training, stays, paid)


@scalar
def finds(u: float) -> bool:
    """Whether a worker without a post finds one."""
    return u < FIND


@scalar
def first_wage(level: int, u: float) -> int:
    """Yuan a month in a new post."""
    return int(BASE[level] * (0.9 + 0.2 * u))


@scalar
def choose(u: float, thresholds: Any, others: Any) -> int:
    """An enterprise by its weight, from an alias table (lists or arrays)."""
    place = u * len(thresholds)
    bucket = int(place)
    return bucket if place - bucket < thresholds[bucket] else others[bucket]
