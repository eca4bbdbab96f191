"""Sums and selections that the month needs of all workers, by either engine.

:class:`PlainTallies` says in numpy what is meant, and serves the reference engine;
``model.engines.compiled_tallies`` runs the loops of ``model.engines.loops`` and ``market_loops`` on
the columns engine's threads. Both give the same whole numbers.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from model.codes import LEVELS, Status
from model.draws import uniforms_at
from model.engines.rolls import Columns, Rolls, Terms, counted
from model.markets.hiring import (
    Directory,
    Open,
    Rows,
    Seekers,
    consideration_sets,
    match,
    with_posts,
)
from model.markets.rationing import first_of_group
from model.markets.schools import Offers, race

Ints = NDArray[np.int64]


class Tallies(Protocol):
    """What an engine sums and selects; rows are always ascending."""

    def take_off(self, rolls: Rolls, w: Columns, rows: Ints, /) -> None:
        """Take workers off the rolls who are about to change; the same may change in several."""

    def put_on(self, rolls: Rolls, w: Columns, rows: Ints, /) -> None:
        """Put them back on."""

    def count(self, rolls: Rolls, w: Columns, terms: Terms) -> None:
        """Count everybody anew, while no change is under way."""

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise (rows) and level (columns)."""

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises; the row for nobody is never flagged."""

    def consider(
        self, seekers: Seekers, book: Directory, p: Any, at: tuple[int, int], vacancies: Ints
    ) -> tuple[Rows, Open]:
        """:func:`model.markets.hiring.consideration_sets`, and which have a post."""

    def match(
        self,
        seekers: Seekers,
        sets: Rows,
        possible: Open,
        vacancies: Ints,
        enterprises: tuple[Any, Any],
        at: tuple[int, int],
    ) -> Ints:
        """:func:`model.markets.hiring.match`."""

    def between(self, column: Any, least: int, most: int) -> Ints:
        """Rows of a column of whole numbers whose value lies from ``least`` to ``most``."""

    def near(self, key: Any, at: int, group: Any, ceilings: Any) -> Ints:
        """Rows whose draw at a moment lies below the ceiling of their group."""

    def lowest(self, groups: Any, quota: Ints, level: Any, key: Any, at: int) -> Open:
        """The first of each group by level, by draw at a moment and by row, up to its quota."""

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """:func:`model.markets.schools.race`."""


class PlainTallies:
    """In numpy, one sum after the other."""

    def take_off(self, rolls: Rolls, *_: Any) -> None:
        """Nothing is kept: the next who asks has everybody counted."""
        rolls.terms = None

    def put_on(self, rolls: Rolls, *_: Any) -> None:
        """As :meth:`take_off`."""
        rolls.terms = None

    def count(self, rolls: Rolls, w: Columns, terms: Terms) -> None:
        """Count everybody anew."""
        found = counted(w, rolls.sums.shape[1], terms)
        for mine, new in zip(rolls.tables(), found.tables(), strict=True):
            mine[:] = new
        rolls.terms = terms

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise and level."""
        rows, kinds = np.flatnonzero(w["status"] == Status.EMPLOYED.value), len(LEVELS)
        at = w["enterprise"][rows].astype(np.int64) * kinds + w["level"][rows]
        return np.bincount(at, minlength=number * kinds).reshape(number, kinds)

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises."""
        return np.flatnonzero(flags[w["enterprise"]])

    def consider(
        self, seekers: Seekers, book: Directory, p: Any, at: tuple[int, int], vacancies: Ints
    ) -> tuple[Rows, Open]:
        """Enterprises that seekers consider, and which have a post."""
        sets = consideration_sets(seekers, book, p, at)
        return sets, with_posts(sets, vacancies)

    def match(
        self,
        seekers: Seekers,
        sets: Rows,
        possible: Open,
        vacancies: Ints,
        enterprises: tuple[Any, Any],
        at: tuple[int, int],
    ) -> Ints:
        """The enterprise that takes each seeker."""
        return match(seekers, sets, possible, vacancies, enterprises, at)

    def between(self, column: Any, least: int, most: int) -> Ints:
        """Rows whose value lies from ``least`` to ``most``."""
        return np.flatnonzero((column >= least) & (column <= most))

    def near(self, key: Any, at: int, group: Any, ceilings: Any) -> Ints:
        """Rows whose draw lies below the ceiling of their group."""
        return np.flatnonzero(uniforms_at(key, at) < ceilings[group])

    def lowest(self, groups: Any, quota: Ints, level: Any, key: Any, at: int) -> Open:
        """The first of each group, up to its quota."""
        return first_of_group(groups, quota, (level, uniforms_at(key, at), np.arange(len(key))))

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """One school for each applicant."""
        return race(applicants, offers, at, none)
