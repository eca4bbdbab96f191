"""Sums and selections that the month needs of all workers, by either engine.

:class:`PlainTallies` says in numpy what is meant, and serves the reference engine;
``model.engines.compiled_tallies`` runs the loops of ``model.engines.loops`` and ``market_loops`` on
the columns engine's threads. Both give the same whole numbers.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS, STATUSES, Level, Status
from model.instruments.channels import share_of
from model.instruments.unemployment_insurance import Params, employee_premium, employer_premium
from model.markets.hiring import (
    Directories,
    Seekers,
    consideration_sets,
    preferences,
)
from model.markets.schools import Offers, race

Ints = NDArray[np.int64]
Columns = Mapping[str, NDArray[Any]]
PLACES = len(REGIONS) * len(BRANCHES)
CELLS = PLACES * len(LEVELS)


class Staff(NamedTuple):
    """Staff of every enterprise, contractual pay in fen a month, and rows of technicians."""

    staff: Ints
    payroll: Ints
    certified: Ints
    certified_pay: Ints
    technicians: Ints


class Premiums(NamedTuple):
    """Premiums of a month in fen: by enterprise, and by place what is paid."""

    base: int  # sum of declared bases
    owed: Ints  # by enterprises that are behind
    paid: Ints
    persons: Ints  # by place
    from_enterprises: Ints
    from_workers: Ints


class Wages(NamedTuple):
    """Contractual pay of a month: by enterprise, and persons and fen by cell."""

    payroll: Ints
    persons: Ints
    fen: Ints


class Census(NamedTuple):
    """People by cell and status, and the insured by cell."""

    people: Ints
    insured: Ints


class Tallies(Protocol):
    """What an engine sums and selects; rows are always ascending."""

    def staff(self, w: Columns, number: int) -> Staff:
        """Staff of ``number`` enterprises."""

    def certified(self, w: Columns, number: int) -> Ints:
        """Certified staff of every enterprise."""

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise (rows) and level (columns)."""

    def insured(self, w: Columns, number: int) -> tuple[Ints, Ints]:
        """Insured staff of every enterprise, and the sum of their declared bases, fen a month."""

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises; the row for nobody is never flagged."""

    def premiums(self, w: Columns, e: Columns, p: Params) -> Premiums:
        """Premiums of everybody insured and in a post."""

    def wages(self, w: Columns, number: int) -> Wages:
        """Contractual pay of everybody in a post."""

    def census(self, w: Columns) -> Census:
        """Everybody, counted."""

    def consider(self, seekers: Seekers, books: Directories, p: Any, at: tuple[int, int]) -> Ints:
        """:func:`model.markets.hiring.consideration_sets`."""

    def prefer(
        self,
        seekers: Seekers,
        sets: Ints,
        possible: NDArray[np.bool_],
        enterprises: tuple[Any, Any],
        taste: int,
    ) -> tuple[Ints, Any]:
        """:func:`model.markets.hiring.preferences`."""

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """:func:`model.markets.schools.race`."""


def waivers(e: Columns, p: Params) -> Ints:
    """Millionths of its premiums that each enterprise is spared (2020)."""
    return np.where(e["small"] == 1, p.waived_small, p.waived_large).astype(np.int64)


def cells_of(w: Columns, rows: Any) -> Ints:
    """Cell number (region, branch and level) of given workers."""
    cells: Ints = w["region"][rows].astype(np.int64) * len(BRANCHES)
    cells += w["branch"][rows]
    cells *= len(LEVELS)
    cells += w["level"][rows]
    return cells


def _summed(groups: Any, values: Any, number: int) -> Ints:
    return np.bincount(groups, weights=values, minlength=number).astype(np.int64)


class PlainTallies:
    """In numpy, one sum after the other."""

    def staff(self, w: Columns, number: int) -> Staff:
        """Staff of ``number`` enterprises."""
        rows = np.flatnonzero(w["status"] == Status.EMPLOYED.value)
        employer, level = w["enterprise"][rows], w["level"][rows]
        pay, certified = w["pay"][rows], level > 0
        return Staff(
            np.bincount(employer, minlength=number),
            _summed(employer, pay, number),
            np.bincount(employer[certified], minlength=number),
            _summed(employer[certified], pay[certified], number),
            rows[level >= Level.TECHNICIAN],
        )

    def certified(self, w: Columns, number: int) -> Ints:
        """Certified staff of every enterprise."""
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED.value) & (w["level"] > 0))
        return np.bincount(w["enterprise"][rows], minlength=number)

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise and level."""
        rows, kinds = np.flatnonzero(w["status"] == Status.EMPLOYED.value), len(LEVELS)
        at = w["enterprise"][rows].astype(np.int64) * kinds + w["level"][rows]
        return np.bincount(at, minlength=number * kinds).reshape(number, kinds)

    def insured(self, w: Columns, number: int) -> tuple[Ints, Ints]:
        """Insured staff of every enterprise, and the sum of their declared bases."""
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED.value) & (w["insured"] == 1))
        employer = w["enterprise"][rows]
        heads = np.bincount(employer, minlength=number)
        return heads, _summed(employer, w["premium_base"][rows], number)

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises."""
        return np.flatnonzero(flags[w["enterprise"]])

    def premiums(self, w: Columns, e: Columns, p: Params) -> Premiums:
        """Premiums of everybody insured and in a post."""
        number = len(e["id"])
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED.value) & (w["insured"] == 1))
        base, employer = w["premium_base"][rows].astype(np.int64), w["enterprise"][rows]
        own: Ints = employer_premium(base, p)  # type: ignore[arg-type, assignment]
        own = own - share_of(own, waivers(e, p)[employer])  # type: ignore[arg-type]
        theirs: Ints = employee_premium(base, p)  # type: ignore[arg-type, assignment]
        behind = e["behind"][employer] == 1
        paying = ~behind
        place = cells_of(w, rows[paying]) // len(LEVELS)
        return Premiums(
            int(base.sum()),
            _summed(employer[behind], (own + theirs)[behind], number),
            _summed(employer[paying], (own + theirs)[paying], number),
            np.bincount(place, minlength=PLACES),
            _summed(place, own[paying], PLACES),
            _summed(place, theirs[paying], PLACES),
        )

    def wages(self, w: Columns, number: int) -> Wages:
        """Contractual pay of everybody in a post."""
        rows = np.flatnonzero(w["status"] == Status.EMPLOYED.value)
        cells, pay = cells_of(w, rows), w["pay"][rows]
        return Wages(
            _summed(w["enterprise"][rows], pay, number),
            np.bincount(cells, minlength=CELLS),
            _summed(cells, pay, CELLS),
        )

    def census(self, w: Columns) -> Census:
        """Everybody, counted."""
        cells, number = cells_of(w, slice(None)), len(STATUSES)
        table = np.bincount(cells * number + w["status"], minlength=CELLS * number)
        insured = np.bincount(cells[w["insured"] == 1], minlength=CELLS)
        return Census(table.reshape(CELLS, number), insured)

    def consider(self, seekers: Seekers, books: Directories, p: Any, at: tuple[int, int]) -> Ints:
        """Enterprises that seekers consider."""
        return consideration_sets(seekers, books, p, at)

    def prefer(
        self,
        seekers: Seekers,
        sets: Ints,
        possible: NDArray[np.bool_],
        enterprises: tuple[Any, Any],
        taste: int,
    ) -> tuple[Ints, Any]:
        """Candidates in order of preference."""
        return preferences(seekers, sets, possible, enterprises, taste)

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """One school for each applicant."""
        return race(applicants, offers, at, none)
