"""Notebooks on people: pay on moving, courses and search, leaving the province, what is known."""

from typing import Any

import numpy as np

from calibration.experiments import settled
from calibration.figures import within_cells
from calibration.watching import Ints, listen, quit_hazards
from model.codes import BRANCHES, LEVELS, REGIONS, Level, Status
from model.numbers import exp, ln
from model.rules.leaving import away_rate

HERE = (Status.EMPLOYED, Status.UNEMPLOYED, Status.INFORMAL)
YOUNG, OLD = 35 * 12, 50 * 12  # months of age
BY = ("age", "level", "private", "schooling")
SPELLS = (3, 6, 12)  # months out of a post at which longer classes begin


class Begun:
    """What people were before the first month."""

    def __init__(self) -> None:
        self.level: Any = None

    def begin(self, province: Any) -> None:
        """Keep the levels."""
        self.level = province.workers["level"].copy()

    def month(self, province: Any) -> None:
        """Nothing to note."""


class Knowing:
    """Share of workers who know of an instrument, mean over the months after the warm-up."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.shares: list[float] = []

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        if settled(province.month - 1):
            self.shares.append(province.awareness.share(self.instrument))

    @property
    def share(self) -> float:
        """Mean share."""
        return float(np.mean(self.shares)) if self.shares else float("nan")


class Moves:
    """Pay of the poached before and after, and months that workers stay who were trained there."""

    def __init__(self) -> None:
        self.gains: list[float] = []
        self.certificates = 0
        self.months_kept = 0
        self._pay: Any = None
        self._trained_at: Any = None  # employer at the last certificate, -1 none
        self._poached: list[Ints] = []

    def begin(self, province: Any) -> None:
        """Listen to the counts of the province."""
        w = province.workers
        self._pay = w["pay"].astype(np.float64)
        self._trained_at = np.full(len(w["id"]), -1, np.int64)
        listen(province, "certificates", self._certified)
        listen(province, "poached", lambda _, rows: self._poached.append(rows))

    def _certified(self, province: Any, rows: Ints) -> None:
        if settled(province.month):
            employed = rows[province.workers["status"][rows] == Status.EMPLOYED]
            self._trained_at[employed] = province.workers["enterprise"][employed]
            self.certificates += len(employed)

    def month(self, province: Any) -> None:
        """Compare pay, and count who stayed; who left once is trained there no more."""
        w = province.workers
        pay = w["pay"].astype(np.float64)
        if settled(province.month - 1):
            rows = np.concatenate([np.zeros(0, np.int64), *self._poached])
            rows = rows[(w["status"][rows] == Status.EMPLOYED) & (self._pay[rows] > 0)]
            self.gains += np.log(pay[rows] / self._pay[rows]).tolist()
            here = (w["status"] == Status.EMPLOYED) & (w["enterprise"] == self._trained_at)
            self._trained_at[~here] = -1
            self.months_kept += int(here.sum())
        self._poached.clear()
        self._pay = pay


class Going:
    """Out-migration by age, level, schooling: person-months here, and moves; expected technicians.

    Age: 0 below 35, 1 between, 2 from 50 on. Level: 0 below senior worker, 1 senior, 2 above.
    Schooling: 0 lower secondary, 1 upper secondary, 2 college.
    """

    def __init__(self) -> None:
        self.months = {name: np.zeros(3) for name in BY}
        self.moves = {name: np.zeros(3) for name in BY}
        self.expected = 0.0  # technicians who quit for another province, or drift there

    def begin(self, province: Any) -> None:
        """Listen to the counts of the province."""
        listen(province, "out_migration", self._went)

    def _went(self, province: Any, rows: Ints) -> None:
        if settled(province.month):
            _tally(self.moves, province, rows, province.month)

    def month(self, province: Any) -> None:
        """Add a month of everybody here."""
        month = province.month - 1
        if not settled(month):
            return
        w, p = province.workers, province.law["leaving"]
        rows = np.flatnonzero(np.isin(w["status"], HERE))
        _tally(self.months, province, rows, month)
        upper = rows[w["level"][rows] >= Level.TECHNICIAN]
        posts = upper[w["status"][upper] == Status.EMPLOYED]
        quits = quit_hazards(province, posts) * away_chance(w, posts, month, p)
        idle = float((w["status"][upper] == Status.UNEMPLOYED).sum()) * away_rate(p)
        self.expected += float(province.weight) * (float(quits.sum()) + idle)


def _tally(into: dict[str, Any], province: Any, rows: Ints, month: int) -> None:
    w = province.workers
    age = month - w["birth_month"][rows].astype(np.int64)
    ages = (age >= YOUNG).astype(np.int64) + (age >= OLD)
    levels = np.maximum(w["level"][rows].astype(np.int64) - 2, 0).clip(0, 2)
    private = np.isin(w["branch"][rows], PRIVATE)
    into["age"] += np.bincount(ages, minlength=3)
    into["level"] += np.bincount(levels, minlength=3)
    into["private"] += np.bincount(levels[private], minlength=3)
    into["schooling"] += np.bincount(w["schooling"][rows], minlength=3)


PRIVATE = np.array([k for k, b in enumerate(BRANCHES) if b.ownership == "private"])


def away_chance(w: Any, rows: Ints, month: int, p: Any) -> Any:
    """Chance that one who quits leaves the province: the logit behind the Gumbel maximum.

    As :func:`model.rules.leaving.choose_destination` has it.
    """
    decades = np.maximum(0.0, (month - w["birth_month"][rows].astype(np.int64) - 360) / 120.0)
    utility = (
        p.away_constant
        + p.outside_weight * ln(p.outside_ratio)
        + p.away_age * decades
        + p.away_schooling * w["schooling"][rows]
        + p.away_level * w["level"][rows]
        + p.mobility
    )
    away = np.exp(utility)
    return away / (away + 1.0 + exp(p.informal_constant))


class Searching:
    """The unemployed by cell and by months without a post: months of search, and posts found.

    ``found`` and ``months`` have one place a class of duration: below 3, 6 and 12 months, and
    longer. A cell is one prefecture, branch and level.
    """

    def __init__(self) -> None:
        self.months = np.zeros(len(SPELLS) + 1)
        self.found = np.zeros(len(SPELLS) + 1)
        self.seen = self.less = 0.0
        self._before: Any = None

    @property
    def alike(self) -> float:
        """Chance of the longest without a post less that of the shortest, of one cell and month."""
        return self.less / self.seen if self.seen else float("nan")

    def begin(self, province: Any) -> None:
        """Who searches before the first month."""
        self._look(province)

    def _look(self, province: Any) -> None:
        w = province.workers
        rows = np.flatnonzero(w["status"] == Status.UNEMPLOYED)
        spell = province.month - w["status_since"][rows].astype(np.int64)
        duration = np.searchsorted(np.array(SPELLS), spell, side="right")
        cell = w["region"][rows].astype(np.int64) * len(BRANCHES) + w["branch"][rows]
        cell = cell * len(LEVELS) + w["level"][rows]
        self._before = rows, cell, duration

    def month(self, province: Any) -> None:
        """Add a month of those who searched at its start."""
        month = province.month - 1
        if settled(month):
            w = province.workers
            rows, cell, duration = self._before
            shape = len(REGIONS) * len(BRANCHES) * len(LEVELS), len(SPELLS) + 1
            hit = (w["status"][rows] == Status.EMPLOYED) & (w["joined"][rows] == month)
            months, found = np.zeros(shape), np.zeros(shape)
            np.add.at(months, (cell, duration), 1.0)
            np.add.at(found, (cell[hit], duration[hit]), 1.0)
            self.months += months.sum(axis=0)
            self.found += found.sum(axis=0)
            weight, less = within_cells(found, months, len(SPELLS), 0)
            self.seen += weight
            self.less += weight * less
        self._look(province)


class Courses:
    """Unemployed who begin a subsidised course, and who finds a post in each month."""

    def __init__(self) -> None:
        self.trained: dict[int, Ints] = {}
        self.idle: dict[int, Ints] = {}
        self.found: dict[int, Ints] = {}

    def begin(self, province: Any) -> None:
        """Listen to the counts of the province."""
        listen(province, "group_person_times", self._in_course)

    def _in_course(self, province: Any, rows: Ints) -> None:
        idle = rows[province.workers["status"][rows] == Status.UNEMPLOYED]
        before = self.trained.get(province.month, np.zeros(0, np.int64))
        self.trained[province.month] = np.union1d(before, idle)

    def month(self, province: Any) -> None:
        """Note who is without a post, and who took one up."""
        w, month = province.workers, province.month - 1
        self.idle[month] = np.flatnonzero(w["status"] == Status.UNEMPLOYED)
        posts = (w["status"] == Status.EMPLOYED) & (w["joined"] == month)
        self.found[month] = np.flatnonzero(posts)


def finding_in_course(on: Courses, off: Courses) -> tuple[float, float, int]:
    """Chance to find a post in the month after a course began, with and without the course.

    Of the same people: those without a post at the end of that month in both worlds.
    """
    with_it = without = number = 0
    for month, rows in on.trained.items():
        if not settled(month) or month + 1 not in on.found or month + 1 not in off.found:
            continue
        both = np.intersect1d(np.intersect1d(rows, on.idle[month]), off.idle[month])
        number += len(both)
        with_it += len(np.intersect1d(both, on.found[month + 1]))
        without += len(np.intersect1d(both, off.found[month + 1]))
    if number == 0:
        return float("nan"), float("nan"), 0
    return with_it / number, without / number, number
