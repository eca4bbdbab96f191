"""The tallies of ``model.engines.tallies`` by compiled loops, a block a thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS
from model.draws import moment
from model.engines.market_loops import BLOCK
from model.engines.rolls import Columns, Ints, Rolls, Terms
from model.engines.sifting import CHUNK
from model.markets.hiring import Directory, Open, Rows, Seekers, moments_of
from model.markets.schools import Offers

FEW = 4  # more than one in so many: counting all is quicker than taking off and putting on
SHAPE = (len(BRANCHES), len(LEVELS))
ROLLED = (
    "status",
    "enterprise",
    "region",
    "branch",
    "level",
    "pay",
    "insured",
    "premium_base",
    "appointed",
    "key",
)


def _terms(terms: Terms) -> tuple[Any, ...]:
    moment = np.uint64(terms.key_moment)
    return terms.insurance, terms.waived, terms.key_share, moment, SHAPE


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

    def between(self, column: Any, least: int, most: int) -> Ints:
        """Rows of a column of whole numbers whose value lies from ``least`` to ``most``."""
        limits = np.iinfo(column.dtype)
        if most < limits.min or least > limits.max:
            return np.zeros(0, np.int64)
        kind = column.dtype.type
        given = (column, kind(max(least, limits.min)), kind(min(most, limits.max)))

        def work(block: tuple[int, int]) -> Ints:
            rows, maybe = np.empty(block[1] - block[0], np.int64), np.empty(CHUNK, np.bool_)
            return rows[: self._loops.between_loop(*block, *given, maybe, rows)]

        return np.concatenate(self._each(work, len(column)))

    def near(self, key: Any, at: int, group: Any, ceilings: Any) -> Ints:
        """Rows whose draw at a moment lies below the ceiling of their group."""
        given = (key, np.uint64(at), float(ceilings.max()), group, ceilings)

        def work(block: tuple[int, int]) -> Ints:
            rows, maybe = np.empty(block[1] - block[0], np.int64), np.empty(CHUNK, np.bool_)
            return rows[: self._loops.near_loop(*block, *given, maybe, rows)]

        return np.concatenate(self._each(work, len(key)))

    def take_off(self, rolls: Rolls, w: Columns, rows: Ints) -> None:
        """Take workers off; where many change, all are counted anew afterwards."""
        if FEW * len(rows) > len(w["id"]):
            rolls.terms = None
        self._post(rolls, w, rows, -1)

    def put_on(self, rolls: Rolls, w: Columns, rows: Ints) -> None:
        """Put them back on."""
        self._post(rolls, w, rows, 1)

    def _post(self, rolls: Rolls, w: Columns, rows: Ints, sign: int) -> None:
        if rolls.terms is None or len(rows) == 0:
            return
        terms, columns = _terms(rolls.terms), [w[name] for name in ROLLED]
        given = (*columns, *terms, *rolls.tables())
        self._loops.rolls_loop(0, len(rows), sign, rows, rolls.changing, *given)

    def count(self, rolls: Rolls, w: Columns, terms: Terms) -> None:
        """Count everybody anew."""
        columns, nobody = [w[name] for name in ROLLED], np.zeros(0, np.int64)

        def work(block: tuple[int, int]) -> Rolls:
            part = Rolls.empty(rolls.sums.shape[1])
            given = (*columns, *_terms(terms), *part.tables())
            self._loops.rolls_loop(*block, 1, nobody, part.changing, *given)
            return part

        parts = [part.tables() for part in self._each(work, len(w["id"]))]
        for mine, *blocks in zip(rolls.tables(), *parts, strict=True):
            mine[:] = blocks[0]
            for block in blocks[1:]:
                mine += block
        rolls.changing = np.zeros(len(w["id"]), np.uint8)
        rolls.terms = terms

    def levels(self, w: Columns, number: int) -> Ints:
        """Staff by enterprise and level."""

        def work(block: tuple[int, int]) -> Ints:
            sums = np.zeros((number, len(LEVELS)), np.int64)
            self._loops.levels_loop(*block, w["status"], w["enterprise"], w["level"], sums)
            return sums

        total: Ints = sum(self._each(work, len(w["id"])))
        return total

    def staff_of(self, w: Columns, flags: NDArray[np.bool_]) -> Ints:
        """Rows of the staff of flagged enterprises."""
        if not flags.any():
            return np.zeros(0, np.int64)

        def work(block: tuple[int, int]) -> Ints:
            rows = np.empty(block[1] - block[0], np.int64)
            found = self._loops.staff_of_loop(*block, w["enterprise"], flags, rows)
            return rows[:found]

        return np.concatenate(self._each(work, len(w["id"])))

    def consider(
        self, seekers: Seekers, book: Directory, p: Any, at: tuple[int, int], vacancies: Ints
    ) -> tuple[Rows, Open]:
        """Enterprises that seekers consider, and which have a post."""
        sets = np.empty((len(seekers.rows), p.candidates), np.int32)
        possible = np.empty(sets.shape, np.bool_)
        looks = (len(BRANCHES), len(REGIONS), p.own_branch, p.own_region, *moments_of(p, *at))
        given = (*book, *looks, vacancies, sets, possible)
        of = (seekers.key, seekers.region, seekers.branch, seekers.employer)

        def work(block: tuple[int, int]) -> None:
            self._loops.consider_loop(*block, *of, *given)

        self._each(work, len(sets))
        return sets, possible

    def prefer(
        self, seekers: Seekers, sets: Rows, possible: Open, enterprises: tuple[Any, Any], taste: int
    ) -> Rows:
        """Candidates in order of preference, as :func:`model.markets.hiring.preferences`."""
        number, width = sets.shape
        liked = np.empty((width, number), np.int32)
        of = (seekers.key, sets, possible, *enterprises, np.uint64(taste))

        def work(block: tuple[int, int]) -> None:
            times, powers = np.empty(BLOCK * width), np.empty(BLOCK * width, np.int64)
            self._loops.prefer_loop(*block, *of, times, times.view(np.int64), powers, liked)

        self._each(work, number)
        return liked

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
        taste, rank = (moment(at[0], f"hiring.{what}", at[1]) for what in ("taste", "rank"))
        liked = self.prefer(seekers, sets, possible, enterprises, taste)
        number, houses = len(sets), len(vacancies)
        taken, left = np.full(number, -1, np.int64), vacancies.astype(np.int64)
        room = (np.empty(number, np.int64), np.empty(number, np.int64), np.empty(number, np.uint64))
        counts = (np.zeros(houses, np.int64), np.full(houses, -1, np.int64))
        posts = (left, (left > 0).astype(np.uint8))
        given = (seekers.key, seekers.level, enterprises[0], np.uint64(rank), *posts, taken)
        self._loops.settle_loop(liked, *given, *room, *counts)
        return taken

    def lowest(self, groups: Any, quota: Ints, level: Any, key: Any, at: int) -> Open:
        """The first of each group by level, by draw at a moment and by row, up to its quota."""
        number, of = len(groups), len(quota)
        lowest = np.zeros(number, np.bool_)
        room = (np.empty(number, np.int64), np.empty(number, np.uint64))
        counts = (np.zeros(of, np.int64), np.full(of, -1, np.int64))
        given = (groups, quota, level, key, np.uint64(at))
        self._loops.lowest_loop(*given, *counts, *room, lowest)
        return lowest

    def race(self, applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
        """One school for each applicant."""
        key, place = applicants
        chosen = np.full(len(key), none, np.int64)

        def work(block: tuple[int, int]) -> None:
            self._loops.race_loop(*block, key, place, *offers, np.uint64(at), chosen)

        self._each(work, len(key))
        return chosen
