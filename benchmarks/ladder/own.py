"""The project's technique on the ladder: the same scalar rules behind a conservative filter.

Most workers in most months have nothing to decide. Four narrow columns tell who might: the factor
on the hazard, an upper bound of the probability of training, the next month that is due (exam or
retirement), and the enterprise. A loop over 64 workers without branches compares two draws with
these bounds; only those who may be touched meet the rules, the very functions of
:mod:`benchmarks.ladder.rules`. Bounds are rounded up, so the filter errs on the safe side, and
the result equals that of :mod:`benchmarks.ladder.plain` in every bit. Counters that would change
every month (age, experience, insured months, training left) are kept as the month they refer to,
so that a quiet month writes nothing. Blocks are lived by plain threads that hold no lock.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from benchmarks.ladder import luck as keyed
from benchmarks.ladder.kernels import load_block, month_block, training_bounds
from benchmarks.ladder.spec import (
    EMPLOYED,
    FIND,
    LEVELS,
    MEASURES,
    RETIRE,
    Case,
    Enterprises,
    enterprises,
    population,
)

BLOCK = 64  # workers whose flags fill one integer
ALONE = 200_000  # with fewer workers a second thread costs more than it brings
PIECES = 4  # for each thread, so that nobody waits long for the slowest


class Start(NamedTuple):
    """What does not depend on luck: enterprises, alias table, population."""

    firms: Enterprises
    thresholds: np.ndarray
    others: np.ndarray
    people: dict[str, np.ndarray]


class Hot(NamedTuple):
    """Columns of the workers, in the order of the kernels' arguments."""

    enterprise: np.ndarray
    factor: np.ndarray
    bound: np.ndarray
    due: np.ndarray
    level: np.ndarray
    wage: np.ndarray
    retire: np.ndarray
    exam: np.ndarray
    experience: np.ndarray
    insured: np.ndarray


DTYPES = Hot("i4", "f4", "f4", "i2", "i1", "i4", "i2", "i2", "i2", "i2")  # type: ignore[arg-type]


@cache
def prepared(agents: int, months: int) -> Start:
    """The start of a case, kept for the next luck."""
    firms = enterprises(agents, months)
    return Start(
        firms, *keyed.alias_table(firms.weights), people=population(agents, firms.cumulative)
    )


def spans(agents: int, threads: int) -> list[tuple[int, int]]:
    """Pieces of the population, each a whole number of blocks but for the last."""
    pieces = threads * PIECES if threads > 1 else 1
    cuts = [agents * k // pieces // BLOCK * BLOCK for k in range(pieces)] + [agents]
    return list(pairwise(cuts))


class Ladder:
    """A population ready to live; ``threads`` changes the time and not a bit of the result."""

    def __init__(self, case: Case, start: Start) -> None:
        self.case, self.start = case, start
        self.threads = case.threads if case.agents >= ALONE else 1
        self.spans = spans(case.agents, self.threads)
        self.hot = Hot(*(np.empty(case.agents, dtype) for dtype in DTYPES))
        self.counts = np.zeros((len(self.spans), len(MEASURES)), np.int64)
        self.moments = keyed.moments(case.luck, case.months)
        self.firms = start.firms.hazard.shape[1]
        self.bounds = training_bounds()
        given = [start.people[name] for name in start.people]
        for span, counts in zip(self.spans, self.counts, strict=True):
            load_block(*span, self.firms, self.bounds, *given, *self.hot, counts)

    def live(self) -> np.ndarray:
        """All months; returns ``table[month, measure]``."""
        table = np.zeros((self.case.months, len(MEASURES)), np.int64)
        with ThreadPoolExecutor(self.threads) as pool:
            each: Callable[..., Any] = pool.map if self.threads > 1 else map
            for month, row in enumerate(table):
                self._month(month, each)
                row[:] = self.counts.sum(axis=0)
        return table

    def _month(self, month: int, each: Callable[..., Any]) -> None:
        hazard = np.append(self.start.firms.hazard[month], np.float32(FIND))
        key = np.uint64(keyed.first_key(self.case.luck))
        self.counts[:, EMPLOYED + 1 :] = 0

        def piece(k: int) -> None:
            month_block(
                *self.spans[k],
                month,
                key,
                self.moments[month],
                self.firms,
                self.bounds,
                *self.hot,
                hazard,
                self.start.thresholds,
                self.start.others,
                self.counts[k],
            )

        list(each(piece, range(len(self.spans))))

    def workers(self) -> dict[str, np.ndarray]:
        """The workers' columns after the last month, as the reference has them."""
        hot, months = self.hot, self.case.months
        employed = hot.enterprise != self.firms
        left = np.where(hot.exam >= 0, hot.exam - months + 1, 0)
        return {
            "age": months + RETIRE - 1 - hot.retire.astype(np.int64),
            "level": hot.level,
            "experience": np.where(employed, months - hot.experience, hot.experience),
            "wage": hot.wage,
            "employed": employed.astype(np.int64),
            "insured": np.where(employed, months - hot.insured, hot.insured),
            "training": left,
        }


def start(case: Case) -> Callable[[], np.ndarray]:
    """The case for the harness; compiles at the first call."""
    compiled()
    return Ladder(case, prepared(case.agents, case.months)).live


@cache
def compiled() -> None:
    """Compile the kernels by living a few workers."""
    few = Case(BLOCK * LEVELS, 2, 1)
    Ladder(few, prepared(few.agents, few.months)).live()
