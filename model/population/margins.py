"""Margins of a population beside what they were fitted to, or can be compared with."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, INSTITUTION_TYPES, REGIONS, Status
from model.months import year_of
from model.population.fields import Columns
from model.population.inputs import BRANCH_NAMES, CERTIFICATES, Inputs, inputs
from model.population.jobs import BASE_YEAR, formal_secondary, members
from model.population.ladder import TECHNICIAN
from model.population.lives import YEAR
from model.population.pay import FORMAL, branch_pay
from model.population.province import Population, Province, province

Floats = NDArray[np.float64]

PERSONS = 10_000
YUAN_A_YEAR = 12 / 100  # of a fen a month
NON_PUBLIC = ("private", "foreign")
STATE = ("central_state", "local_state")  # of which farm and forest enterprises are left out
INDUSTRY = ("oil_gas", "coal", "machinery", "manufacturing", "power_heat_water")


class Marginal(NamedTuple):
    """One margin.

    Attributes:
        name: what is counted: a code, or a key of the words ``population.name``.
        group: the table it belongs to, a key of the words ``population.group``.
        fitted: its value in the population, weighted to the province.
        source_value: the value it was fitted to or is compared with.
        source: where that value comes from.
        grade: ``data``, ``law`` or ``assumed``.
        unit: unit of both values.
        fitted_to: whether the population was made to meet the value.
    """

    name: str
    group: str
    fitted: float
    source_value: float
    source: str
    grade: str
    unit: str
    fitted_to: bool = True

    @property
    def difference(self) -> float:
        """Fitted value over source value, less one."""
        return self.fitted / self.source_value - 1.0 if self.source_value else 0.0


class _Counted(NamedTuple):
    """A population, with what its margins need more than once."""

    given: Inputs
    whole: Province
    population: Population
    workers: Columns
    employed: NDArray[np.bool_]
    branch: NDArray[np.int64]
    region: NDArray[np.int64]
    year: int

    def by_branch(self, of: NDArray[Any] | None = None) -> Floats:
        """Persons by branch, 10,000; those of whom ``of`` is true."""
        weights = None if of is None else of[self.employed].astype(np.float64)
        counted = np.bincount(self.branch, weights, len(BRANCHES)).astype(np.float64)
        return counted * (self.population.weight / PERSONS)

    def share(self, of: NDArray[Any]) -> float:
        """Share of the employed of whom ``of`` is true."""
        return float(of[self.employed].mean())


def marginals(population: Population) -> list[Marginal]:
    """Every margin of a population beside its source."""
    workers = population.workers
    employed = np.asarray(workers["status"] == Status.EMPLOYED)
    counted = _Counted(
        inputs(),
        province(population.date, population.settings),
        population,
        workers,
        employed,
        workers["branch"][employed].astype(np.int64),
        workers["region"][employed].astype(np.int64),
        year_of(population.month),
    )
    parts = (_totals, _branches, _prefectures, _groups, _levels, _pay, _people, _training)
    return [margin for part in parts for margin in part(counted)]


def _totals(c: _Counted) -> Iterator[Marginal]:
    given, weight = c.given, c.population.weight
    state = np.array([b.ownership in STATE and b.sector != "farm_forest" for b in BRANCHES])
    other = np.array([b.ownership in NON_PUBLIC for b in BRANCHES])
    dispatched = (c.branch == BRANCH_NAMES.index("dispatch")).mean()
    total = c.employed.sum() * weight / PERSONS
    jobs = c.whole.jobs.workers.sum() / PERSONS
    what = given.described["branches", "workers"]
    yield Marginal("employed", "total", total, jobs, what.source, what.grade, "10k persons")
    idle = c.workers["status"] == Status.UNEMPLOYED
    registered = (c.workers["registered"] > 0).sum() / (idle.sum() + c.employed.sum())
    yield _number(c, "registered_unemployment", "total", float(registered))
    later = (c.workers["status"] == Status.SCHOOL).sum() * weight / PERSONS
    years = int(given.values["last_entry_year"]) - c.year
    leavers = c.whole.leavers.persons.sum() / PERSONS
    source = given.described["routes", "industry"]
    yield Marginal(
        "entrants", "total", later / years, leavers, source.source, source.grade, "10k a year"
    )
    compared = (
        ("union_count", total, "A0052", 1.0),
        ("state_share", float(state[c.branch].mean()), "A0057", 0.01),
        ("nonpublic_share", float(other[c.branch].mean()), "A0056", 0.01),
        ("gig_share", float(dispatched), "A0059", 0.01),
    )
    for name, found, identity, unit in compared:
        yield _figure(c, name, "total", found, identity, unit, fitted_to=False)


def _figure(
    c: _Counted,
    name: str,
    group: str,
    found: float,
    identity: str,
    unit: float = 1.0,
    *,
    fitted_to: bool = True,
) -> Marginal:
    figure = c.given.figures[identity]
    label = "share" if figure.unit == "%" else figure.unit
    value = figure.value * unit
    return Marginal(name, group, found, value, identity, figure.grade, label, fitted_to)


def _number(
    c: _Counted, name: str, group: str, found: float, *, fitted_to: bool = True
) -> Marginal:
    what = c.given.numbers[name]
    value = c.given.values[name]
    return Marginal(name, group, found, value, what.source, what.grade, what.unit, fitted_to)


def _branches(c: _Counted) -> Iterator[Marginal]:
    given, workers = c.given, c.workers
    wanted = c.whole.jobs.workers.sum(axis=1) / PERSONS
    level = workers["level"]
    certified = c.whole.ladder.persons[:, 1:].sum(axis=1) / PERSONS
    top = c.whole.ladder.persons[:, TECHNICIAN:].sum(axis=1) / PERSONS
    insured = given.column("branches", "insured") * wanted
    tables = (
        ("workers", c.by_branch(), wanted),
        ("insured", c.by_branch(workers["insured"]), insured),
        ("skilled", c.by_branch(level > 0), certified),
        ("technicians", c.by_branch(level >= TECHNICIAN), top),
    )
    for column, found, values in tables:
        what = given.described["branches", column]
        for name, have, want in zip(BRANCH_NAMES, found, values, strict=True):
            yield Marginal(name, column, have, want, what.source, what.grade, "10k persons")


def _prefectures(c: _Counted) -> Iterator[Marginal]:
    given, jobs = c.given, c.whole.jobs
    series = {
        "formal_secondary": "share_secondary_in_urban_units",
        "formal_services": "employed_urban_units",
        "private": "urban_individual_workers",
    }
    for block, series_name in series.items():
        inside = members(given, block)
        share = jobs.counted[inside] if block == "formal_secondary" else np.ones(len(inside))
        weights = np.zeros(len(BRANCHES))
        weights[inside] = share
        jobs_there = np.bincount(c.region, weights[c.branch], len(REGIONS))
        found = jobs_there * (c.population.weight / PERSONS)
        for row, region in enumerate(REGIONS):
            source, grade = given.origin(series_name, region, jobs.year)
            yield Marginal(
                region, block, found[row], jobs.margins[block][row], source, grade, "10k persons"
            )
    published = "A0558" if jobs.year == BASE_YEAR else "A0552"
    twelve = formal_secondary(given, jobs.year)[:-1].sum()
    yield _figure(c, "formal_secondary_sum", "formal_secondary", twelve, published)


def _groups(c: _Counted) -> Iterator[Marginal]:
    enterprises, weight = c.population.enterprises, c.population.weight
    for code, group in enumerate(c.given.groups, start=1):
        staff = enterprises["staff"][enterprises["group"] == code].sum() * weight
        want = group.persons[c.year]
        yield Marginal(group.name, "groups", staff, want, group.source, group.grade, "persons")
    industrial = np.array([branch.sector in INDUSTRY for branch in BRANCHES])
    rows = industrial[enterprises["branch"]]
    mean = float(enterprises["staff"][rows].mean()) if rows.any() else 0.0
    yield _figure(c, "firm_size", "groups", mean, "A0062", fitted_to=False)


def _levels(c: _Counted) -> Iterator[Marginal]:
    level = c.workers["level"][c.employed]
    found = np.bincount(level, minlength=len(CERTIFICATES)) * c.population.weight / PERSONS
    wanted = c.whole.ladder.persons.sum(axis=0) / PERSONS
    what = c.given.described["levels", c.population.settings.levels]
    for code, name in enumerate(CERTIFICATES):
        source = f"{what.source}; scaled to the workers modelled"
        yield Marginal(name, "levels", found[code], wanted[code], source, "assumed", "10k persons")
    since = c.population.month - c.workers["certificate_month"][c.employed].astype(np.int64)
    fresh = float(((level >= TECHNICIAN) & (since < YEAR)).sum()) * c.population.weight
    share = c.given.figure("E0014") / c.given.figure("E0016")
    value = c.given.figure("D0009") * share * PERSONS
    source = "D0009 x E0014 / E0016: national certificates of 2017 times a share of 2 %"
    yield Marginal("new_technicians", "levels", fresh, value, source, "data", "persons", False)


def _pay(c: _Counted) -> Iterator[Marginal]:
    given = c.given
    paid = c.workers["pay"][c.employed].astype(np.float64)
    total = np.bincount(c.branch, paid, len(BRANCHES))
    persons = np.maximum(np.bincount(c.branch, minlength=len(BRANCHES)), 1)
    want = branch_pay(given, c.year) * YUAN_A_YEAR
    what = given.described["branches", "pay"]
    for row, name in enumerate(BRANCH_NAMES):
        mean = total[row] / persons[row] * YUAN_A_YEAR
        yield Marginal(name, "pay", mean, want[row], what.source, what.grade, "yuan a year")
    formal = np.isin(given.blocks, FORMAL)[c.branch]
    total = np.bincount(c.region[formal], paid[formal], len(REGIONS))
    persons = np.maximum(np.bincount(c.region[formal], minlength=len(REGIONS)), 1)
    means = total / persons * YUAN_A_YEAR
    published = given.by_region("wage_on_post", c.year)
    scale = (means * persons).sum() / (published * persons).sum()
    for row, region in enumerate(REGIONS):
        source, grade = given.origin("wage_on_post", region, c.year)
        value = published[row] * scale
        yield Marginal(region, "pay_region", means[row], value, source, grade, "yuan a year")
    level = c.workers["appointed"][c.employed]
    what = given.described["levels", "wage_spread"]
    for code, name in enumerate(CERTIFICATES):
        some = np.log(paid[level == code])
        spread = float(some.std()) if len(some) else 0.0
        wanted = given.column("levels", "wage_spread")[code]
        yield Marginal(name, "pay_spread", spread, wanted, what.source, what.grade, "log points")
    insured = c.workers["insured"][c.employed] > 0
    base = float(paid[insured].sum()) * c.population.weight * YUAN_A_YEAR / 1e9
    yield _number(c, "premium_payroll", "pay", base, fitted_to=False)


def _people(c: _Counted) -> Iterator[Marginal]:
    given, workers, values = c.given, c.workers, c.given.values
    age = (c.population.month - workers["birth_month"][c.employed].astype(np.int64)) / YEAR
    yield _number(c, "mean_age", "people", float(age.mean()))
    share = c.share(workers["rural"])
    workers_then = given.column("branches", "workers").sum()
    local = c.population.settings.rural == "local"
    yield _number(c, "rural_local", "people", share * workers_then, fitted_to=local)
    yield _number(c, "rural_national", "people", share, fitted_to=not local)
    schooling = np.bincount(workers["schooling"][c.employed], minlength=3) / c.employed.sum()
    years = [values[f"years_{name}"] for name in ("lower", "upper", "college")]
    yield _number(c, "mean_schooling", "people", float((schooling * years).sum()))
    yield _number(c, "upper_and_above", "people", float(schooling[1:].sum()))
    what = given.described["branches", "female"]
    jobs = c.whole.jobs.workers.sum(axis=1)
    wanted = float((given.column("branches", "female") * jobs).sum() / jobs.sum())
    female = c.share(workers["female"])
    yield Marginal("female", "people", female, wanted, what.source, what.grade, "share")


def _training(c: _Counted) -> Iterator[Marginal]:
    given, schools = c.given, c.population.institutions
    what = given.described["institutions", f"count_{c.year}"]
    found = np.bincount(schools["type"], minlength=len(INSTITUTION_TYPES))
    wanted = given.column("institutions", f"count_{c.year}")
    for row, name in enumerate(INSTITUTION_TYPES):
        yield Marginal(
            name, "institutions", found[row], wanted[row], what.source, what.grade, "institutions"
        )
    technical = sum(
        found[INSTITUTION_TYPES.index(name)]
        for name in ("technician_college", "technical_school", "enterprise_school")
    )
    identity = "D0018" if c.year == BASE_YEAR else "D0036"
    yield _figure(c, "technical_schools", "institutions", float(technical), identity)
    for band in ("lower", "upper"):
        seats = float(schools[f"seats_{band}"].sum()) * c.population.weight
        yield _number(c, f"seats_{band}", "institutions", seats)
