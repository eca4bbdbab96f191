"""The synthetic province in one month: ``population(date, scale=..., seed=...)``."""

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES
from model.months import parse_month, year_of
from model.numbers import exps
from model.population.employed import Employers, Staff, fill, insured_shares
from model.population.establishments import Establishments, establishments
from model.population.fields import ENTERPRISES, WORKERS, Columns, room
from model.population.inputs import inputs
from model.population.institutions import institutions
from model.population.jobs import Jobs, jobs
from model.population.ladder import Ladder, Settings, ladder, rungs
from model.population.lives import lives
from model.population.outside import (
    Entrants,
    Unemployed,
    entrant_columns,
    entrants,
    unemployed,
    unemployed_columns,
)
from model.population.pay import appointed_shares, pay
from model.population.persons import Tables
from model.population.sampling import Layer, balance, interval, layers, sample
from model.population.traits import Traits, traits

Ints = NDArray[np.int64]

DATES = ("2016-12", "2013-12")


@dataclass(frozen=True, eq=False)
class Population:
    """Workers, enterprises and institutions in one month. The columns are read-only.

    Attributes:
        workers: columns of persons: the staff of each enterprise in turn, then the unemployed,
            then the school leavers of later years (see :mod:`model.population.fields`).
        enterprises: columns of establishments.
        institutions: columns of training institutions.
        weight: persons and establishments of the province that each row stands for.
        date: the month, ``YYYY-MM``.
        settings: named assumptions chosen.
    """

    workers: Columns
    enterprises: Columns
    institutions: Columns
    weight: int
    date: str
    settings: Settings

    def __post_init__(self) -> None:
        """Guard the columns: a run works on copies (:meth:`copies`)."""
        for columns in (self.workers, self.enterprises, self.institutions):
            for values in columns.values():
                values.flags.writeable = False

    @property
    def month(self) -> int:
        """The month as an index."""
        return parse_month(self.date)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of every column, the weight, the date and the settings."""
        total = hashlib.sha256(f"{self.date} 1/{self.weight} {tuple(self.settings)}".encode())
        for columns in (self.workers, self.enterprises, self.institutions):
            for name, values in columns.items():
                total.update(f"{name} {values.dtype.str} {len(values)}".encode())
                total.update(np.ascontiguousarray(values).data)
        return total.hexdigest()

    def copies(self) -> tuple[Columns, Columns, Columns]:
        """Writable copies of workers, enterprises and institutions."""
        workers, enterprises, schools = (
            {name: values.copy() for name, values in columns.items()}
            for columns in (self.workers, self.enterprises, self.institutions)
        )
        return workers, enterprises, schools


class Province(NamedTuple):
    """What every scale and seed of one date shares."""

    jobs: Jobs
    ladder: Ladder
    houses: Establishments
    traits: Traits
    staff: Staff
    tables: Tables
    pool: Unemployed
    leavers: Entrants
    balance: NDArray[np.float64]


@lru_cache(maxsize=4)
def province(date: str, settings: Settings) -> Province:
    """Fit the margins and list the establishments of a date."""
    if date not in DATES:
        raise ValueError(f"a population exists for {' and '.join(DATES)}, not for {date!r}")
    given, month = inputs(), parse_month(date)
    year = year_of(month)
    work = jobs(given, year)
    climbed = ladder(given, work.workers.sum(axis=1).astype(np.float64), year, settings)
    houses = establishments(given, work)
    kind = traits(given, houses, climbed, year)
    paid = pay(given, work, climbed)
    mean = (paid.base * appointed_shares(given, climbed)[:, None, :]).sum(axis=2)
    mean_pay = mean[houses.branch, houses.region] * exps(kind.premium)
    tables = Tables(given, lives(given, climbed, settings), paid, month)
    return Province(
        work,
        climbed,
        houses,
        kind,
        Staff(rungs(climbed), insured_shares(given, houses, kind)),
        tables,
        unemployed(given, work, climbed),
        entrants(given),
        balance(houses, kind, mean_pay),
    )


def population(
    date: str, *, scale: Fraction, seed: int, settings: Settings | None = None
) -> Population:
    """The province, or a sample of whole establishments of it, in December of a base year.

    Args:
        date: ``2016-12`` or ``2013-12``.
        scale: 1/n; every row of the result stands for n.
        seed: draws the sample; at 1:1 it changes nothing.
        settings: named assumptions, if not the default ones.

    Raises:
        ValueError: another date, a scale that is not 1/n, or one that leaves too few workers.
    """
    settings = settings or Settings()
    whole = province(date, settings)
    given = whole.tables.given
    n = interval(scale, int(whole.houses.staff.sum()), int(given.values["fewest"]))
    rows = np.arange(len(whole.houses.id))
    if n > 1:
        laid = _laid(date, settings)
        rows = sample(laid, whole.balance, n, seed, int(given.values["candidates"]))
    employers = _employers(whole, rows)
    idle = unemployed_columns(whole.tables, whole.pool, n, seed)
    later = entrant_columns(whole.tables, whole.leavers, whole.jobs, n, seed)
    staff = int(employers.staff.sum())
    workers = room(WORKERS, staff + len(idle["id"]) + len(later["id"]))
    fill(workers, whole.tables, employers, whole.staff, staff)
    at = staff
    for part in (idle, later):
        end = at + len(part["id"])
        for name, values in part.items():
            workers[name][at:end] = values
        workers["enterprise"][at:end] = len(rows)
        at = end
    schools, owner = institutions(given, whole.jobs, whole.houses, whole.traits)
    schools["owner"][:] = _rows_of(owner, employers.id)
    return Population(workers, _enterprises(whole, rows, employers), schools, n, date, settings)


@lru_cache(maxsize=1)
def _laid(date: str, settings: Settings) -> list[Layer]:
    """What every sample of a date is drawn from."""
    whole = province(date, settings)
    return layers(whole.houses, whole.balance)


def _employers(whole: Province, rows: Ints) -> Employers:
    houses, kind, values = whole.houses, whole.traits, whole.tables.given.values
    staff = houses.staff[rows]
    limit = np.floor(staff * values["teacher_share_limit"])
    teachers = np.minimum(values["teachers_per_school"], limit) * kind.owns_school[rows]
    return Employers(
        houses.id[rows],
        houses.region[rows],
        houses.branch[rows],
        staff,
        np.cumsum(staff) - staff,
        kind.serial[rows],
        kind.skilled[rows],
        kind.technicians[rows],
        exps(kind.premium[rows]),
        kind.insures[rows],
        teachers.astype(np.int64),
    )


def _enterprises(whole: Province, rows: Ints, employers: Employers) -> Columns:
    houses, kind = whole.houses, whole.traits
    columns = room(ENTERPRISES, len(rows))
    for name in ("id", "region", "branch", "size_class", "group"):
        columns[name][:] = getattr(houses, name)[rows]
    for name in ("premium", "insures", "arrears_prone", "owns_school"):
        columns[name][:] = getattr(kind, name)[rows]
    columns["set_aside_complies"][:] = kind.set_aside_complies[rows]
    columns["set_aside_rate_ppm"][:] = kind.set_aside_rate_ppm[rows]
    columns["first"][:] = employers.first
    columns["staff"][:] = columns["baseline_staff"][:] = employers.staff
    return columns


def _rows_of(owner: Ints, ids: Ints) -> Ints:
    """Row of each owner among the ids of a sample; -1 for none or one not in the sample."""
    row = np.searchsorted(ids, owner).clip(0, len(ids) - 1)
    return np.where(ids[row] == owner, row, -1)


__all__ = ["BRANCHES", "DATES", "Population", "Settings", "population", "province"]
