"""Does an implementation compute the ladder? Exactly, or within the errors of its own luck.

The reference of a size is the own engine with many lucks on the same population and hazards: the
mean and the spread of every total. What luck cannot move (retirements) must be equal. The own
engine itself must equal the plain rules in every count and every column.
"""

from typing import NamedTuple

import numpy as np

from benchmarks.ladder import own, plain
from benchmarks.ladder.spec import MEASURES, Case, totals

FIRST = 1_000_001  # lucks of the reference begin here, those of the rounds at 1
LUCKS = 48
WORST = 4.5  # standard errors: by chance in fewer than one table of 150 comparisons in a hundred


class Reference(NamedTuple):
    """Mean and standard deviation over lucks of each total, and the number of lucks."""

    mean: np.ndarray
    spread: np.ndarray
    lucks: int


class Verdict(NamedTuple):
    """The total that is furthest off, in standard errors (infinite where none is allowed)."""

    measure: str
    errors: float

    @property
    def agrees(self) -> bool:
        """Whether nothing is further off than ``WORST``."""
        return abs(self.errors) <= WORST


def reference(agents: int, months: int, lucks: int = LUCKS) -> Reference:
    """The distribution of the totals for a size."""
    start = own.prepared(agents, months)
    lived = [
        totals(own.Ladder(Case(agents, months, FIRST + k), start).live()) for k in range(lucks)
    ]
    return Reference(np.mean(lived, axis=0), np.std(lived, axis=0, ddof=1), lucks)


def judge(found: np.ndarray, known: Reference) -> Verdict:
    """Compare ``found[round, total]``, each round with a luck of its own."""
    error = known.spread * np.sqrt(1 / len(found) + 1 / known.lucks)
    off = found.mean(axis=0) - known.mean
    certain = np.where(off == 0, 0.0, np.copysign(np.inf, off))
    errors = np.where(error > 0, off / np.where(error > 0, error, 1), certain)
    worst = int(np.abs(errors).argmax())
    return Verdict(MEASURES[worst], float(errors[worst]))


def differences(case: Case) -> list[str]:
    """Names of what differs between the own engine and the plain rules: none, or a fault."""
    wanted = plain.live(case)
    ladder = own.Ladder(case, own.prepared(case.agents, case.months))
    table, workers = ladder.live(), ladder.workers()
    counts = [
        name for name, a, b in zip(MEASURES, table.T, wanted.table.T, strict=True) if (a != b).any()
    ]
    return counts + [name for name in workers if (workers[name] != wanted.workers[name]).any()]
