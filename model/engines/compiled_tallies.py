"""The tallies of ``model.engines.tallies`` by compiled loops, a block a thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS, STATUSES
from model.engines.sifting import CHUNK
from model.engines.tallies import (
    CELLS,
    PLACES,
    Census,
    Columns,
    Ints,
    Premiums,
    Staff,
    Wages,
    waivers,
)
from model.instruments.unemployment_insurance import Params
from model.markets.hiring import Directories, Seekers, moments_of
from model.markets.schools import Offers


class CompiledTallies:
    """The same by compiled loops, a block a thread.

    Args:
        module: the compiled loops by name.
        pool: threads, or None for one.
        threads: how many.
    """

    def __init__(
        self, module: SimpleNamespace, pool: ThreadPoolExecutor | None, threads: int
    ) -> None:
        self._loops = module
        self._pool = pool
        self._threads = threads

    def _blocks(self, size: int) -> list[tuple[int, int]]:
        length = max(1, -(-size // self._threads))
        blocks = [(lo, min(size, lo + length)) for lo in range(0, size, length)]
        return blocks or [(0, 0)]  # of nobody every sum is 0

    def _each(self, work: Callable[[tuple[int, int]], Any], size: int) -> list[Any]:
        blocks = self._blocks(size)
        if self._pool is None or len(blocks) < 2:
            return [work(block) for block in blocks]
        return list(self._pool.map(work, blocks))

    def near(self, *given: Any) -> Ints:
        """Rows whose draw lies below the ceiling of their group.

        ``given`` are keys, moment, highest ceiling, groups and ceilings of all groups.
        """

        def work(block: tuple[int, int]) -> Ints:
            rows, maybe = np.empty(block[1] - block[0], np.int64), np.empty(CHUNK, np.bool_)
            return rows[: self._loops.near_loop(*block, *given, maybe, rows)]

        return np.concatenate(self._each(work, len(given[0])))

    def staff(self, w: Columns, number: int) -> Staff:
        """Staff of ``number`` enterprises."""

        def work(block: tuple[int, int]) -> tuple[Ints, Ints]:
            sums = np.zeros((number, 4), np.int64)
            rows = np.empty(block[1] - block[0], np.int64)
            columns = (w["status"], w["enterprise"], w["level"], w["pay"])
            found = self._loops.staff_loop(*block, *columns, sums, rows)
            return sums, rows[:found]

        parts = self._each(work, len(w["id"]))
        staff, payroll, certified, pay = np.ascontiguousarray(sum(part[0] for part in parts).T)
        return Staff(staff, payroll, certified, pay, np.concatenate([part[1] for part in parts]))

    def certified(self, w: Columns, number: int) -> Ints:
        """Certified staff of every enterprise."""

        def work(block: tuple[int, int]) -> Ints:
            sums = np.zeros(number, np.int64)
            self._loops.certified_loop(*block, w["status"], w["enterprise"], w["level"], sums)
            return sums

        total: Ints = sum(self._each(work, len(w["id"])))
        return total

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise and level."""

        def work(block: tuple[int, int]) -> Ints:
            sums = np.zeros((number, len(LEVELS)), np.int64)
            self._loops.levels_loop(*block, w["status"], w["enterprise"], w["level"], sums)
            return sums

        total: Ints = sum(self._each(work, len(w["id"])))
        return total

    def insured(self, w: Columns, number: int) -> tuple[Ints, Ints]:
        """Insured staff of every enterprise, and the sum of their declared bases."""
        columns = [w[name] for name in ("status", "insured", "enterprise", "premium_base")]

        def work(block: tuple[int, int]) -> Ints:
            sums = np.zeros((number, 2), np.int64)
            self._loops.insured_loop(*block, *columns, sums)
            return sums

        total: Ints = sum(self._each(work, len(w["id"])))
        heads, base = np.ascontiguousarray(total.T)
        return heads, base

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises."""
        if not flags.any():
            return np.zeros(0, np.int64)

        def work(block: tuple[int, int]) -> Ints:
            rows = np.empty(block[1] - block[0], np.int64)
            found = self._loops.staff_of_loop(*block, w["enterprise"], flags, rows)
            return rows[:found]

        return np.concatenate(self._each(work, len(w["id"])))

    def premiums(self, w: Columns, e: Columns, p: Params) -> Premiums:
        """Premiums of everybody insured and in a post."""
        spared = waivers(e, p)
        names = ("status", "insured", "enterprise", "region", "branch", "premium_base")

        def work(block: tuple[int, int]) -> tuple[Ints, Ints, Ints]:
            by_enterprise = np.zeros((len(spared), 2), np.int64)
            by_place, total = np.zeros((PLACES, 3), np.int64), np.zeros(1, np.int64)
            columns = [w[name] for name in names]
            given = (e["behind"], spared, p, len(BRANCHES))
            self._loops.premiums_loop(*block, *columns, *given, by_enterprise, by_place, total)
            return by_enterprise, by_place, total

        parts = self._each(work, len(w["id"]))
        by_enterprise, by_place, total = (sum(part[k] for part in parts) for k in range(3))
        owed, paid = np.ascontiguousarray(by_enterprise.T)
        return Premiums(int(total[0]), owed, paid, *np.ascontiguousarray(by_place.T))

    def wages(self, w: Columns, number: int) -> Wages:
        """Contractual pay of everybody in a post."""
        names = ("status", "enterprise", "region", "branch", "level", "pay")

        def work(block: tuple[int, int]) -> tuple[Ints, Ints]:
            payroll, by_cell = np.zeros(number, np.int64), np.zeros((CELLS, 2), np.int64)
            columns = [w[name] for name in names]
            self._loops.wages_loop(*block, *columns, len(BRANCHES), len(LEVELS), payroll, by_cell)
            return payroll, by_cell

        parts = self._each(work, len(w["id"]))
        payroll, by_cell = (sum(part[k] for part in parts) for k in range(2))
        return Wages(payroll, *np.ascontiguousarray(by_cell.T))

    def census(self, w: Columns) -> Census:
        """Everybody, counted."""
        names = ("status", "region", "branch", "level", "insured")

        def work(block: tuple[int, int]) -> tuple[Ints, Ints]:
            people = np.zeros((CELLS, len(STATUSES)), np.int64)
            insured = np.zeros(CELLS, np.int64)
            columns = (*(w[name] for name in names), len(BRANCHES), len(LEVELS))
            self._loops.census_loop(*block, *columns, people, insured)
            return people, insured

        parts = self._each(work, len(w["id"]))
        return Census(*(sum(part[k] for part in parts) for k in range(2)))

    def consider(self, seekers: Seekers, books: Directories, p: Any, at: tuple[int, int]) -> Ints:
        """Enterprises that seekers consider."""
        sets = np.empty((len(seekers.rows), p.candidates), np.int64)
        book = books.together
        shape = (len(BRANCHES), len(REGIONS))
        given = (*shape, p.own_branch, p.own_region, *moments_of(p, *at), sets)
        of = (seekers.key, seekers.region, seekers.branch, seekers.employer)

        def work(block: tuple[int, int]) -> None:
            self._loops.consider_loop(*block, *of, book.holder, book.start, book.total, *given)

        self._each(work, len(sets))
        return sets

    def prefer(
        self,
        seekers: Seekers,
        sets: Ints,
        possible: NDArray[np.bool_],
        enterprises: tuple[Any, Any],
        taste: int,
    ) -> tuple[Ints, Any]:
        """Candidates in order of preference."""
        number, width = sets.shape
        liked, pairs = np.empty((number, width), np.int64), np.empty((number, width), np.uint64)
        of = (seekers.key, sets, possible, *enterprises, np.uint64(taste), liked, pairs)

        def work(block: tuple[int, int]) -> None:
            self._loops.prefer_loop(*block, *of, np.empty(width, np.float64))

        self._each(work, number)
        return liked.T, pairs.T

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """One school for each applicant."""
        key, place = applicants
        chosen = np.full(len(key), none, np.int64)

        def work(block: tuple[int, int]) -> None:
            self._loops.race_loop(*block, key, place, *offers, np.uint64(at), chosen)

        self._each(work, len(key))
        return chosen
