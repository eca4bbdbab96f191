"""Persons without an employer: the unemployed, and the school leavers of the years to come."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, REGIONS, Level, Status
from model.draws import keys
from model.months import month, year_of
from model.population.employed import even, levels
from model.population.establishments import INDEX_BITS, POSITION_BITS, PROVINCE, cell_code
from model.population.fields import Columns
from model.population.fitting import apportion
from model.population.inputs import Inputs
from model.population.jobs import BASE_YEAR, PERSONS, Jobs
from model.population.ladder import TECHNICIAN, Ladder, Rungs, rungs
from model.population.lives import YEAR
from model.population.persons import (
    Tables,
    appointment,
    draw,
    insured_months,
    pay,
    person,
    sex_and_retirement,
    trade,
)
from model.population.sampling import one_in

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

UNEMPLOYED = 15  # in the place of a group's code, so that ids differ from those of workers
ENTRANTS = 14
SERIAL_BITS = INDEX_BITS + POSITION_BITS
SLOT_BITS = 20
ENTRY_MONTHS = {6: "enter_june", 7: "enter_july", 8: "enter_august", 9: "enter_september"}


class Unemployed(NamedTuple):
    """How many unemployed by last branch and prefecture, and their certificates by branch."""

    persons: Ints
    skilled: Floats
    technicians: Floats
    rungs: Rungs


def unemployed(given: Inputs, jobs: Jobs, ladder: Ladder) -> Unemployed:
    """Size of the pool: registered unemployment as a rate, plus those who do not register."""
    values = given.values
    registered, outside = values["registered_unemployment"], values["unregistered"]
    total = registered * jobs.workers.sum() / (1.0 - outside - registered)
    weights = jobs.workers * given.column("branches", "unemployment")[:, None]
    persons = apportion(weights.ravel(), round(total)).reshape(weights.shape)
    levels_of = ladder.persons
    skilled = levels_of[:, 1:].sum(axis=1)
    top = levels_of[:, TECHNICIAN:].sum(axis=1)
    return Unemployed(
        persons,
        skilled / levels_of.sum(axis=1) * values["unemployed_skilled"],
        top / skilled,
        rungs(ladder),
    )


def unemployed_columns(t: Tables, pool: Unemployed, n: int, seed: int) -> Columns:
    """One row for each unemployed person of a sample."""
    count = pool.persons.ravel()
    places = one_in(n, int(count.sum()), seed, "sample.unemployed")
    before = np.cumsum(count) - count
    cell = np.searchsorted(before + count, places, side="right")
    branch, region = np.divmod(cell, len(REGIONS))
    serial = places - before[cell]
    code = cell_code(np.full(len(cell), UNEMPLOYED), region, branch, np.zeros_like(cell))
    identity = (code << SERIAL_BITS) | serial
    share = pool.skilled[branch]
    level = levels(even(serial), branch, share, pool.technicians[branch], pool.rungs)
    luck = keys(PROVINCE, identity)
    who = person(t, luck, branch, region, level)
    since = t.month - _spell(t, luck)
    columns = dict(who.columns)
    appointed = appointment(t, who)
    values = t.given.values
    insured = draw(luck, "insured") < t.given.column("branches", "insured")[branch]
    none = np.where(insured, values["no_past_insured"], values["no_past_uninsured"])
    return columns | {
        "id": identity,
        "status": np.full(len(cell), Status.UNEMPLOYED),
        "appointed": appointed,
        "previous_pay": pay(t, who, appointed, np.ones(len(cell))),
        "insured_months": insured_months(t, who, since, none),
        "status_since": since,
        "registered": draw(luck, "registered") >= values["unregistered"],
    }


def _spell(t: Tables, luck: NDArray[np.uint64]) -> Ints:
    """Months without work so far: geometric, cut off at the longest spell."""
    values = t.given.values
    u = draw(luck, "spell")
    mean, longest = values["unemployment_spell"], int(values["unemployment_longest"])
    ended = 1.0 - (mean / (1.0 + mean)) ** np.arange(1, longest + 1)
    return np.searchsorted(ended, u, side="right").astype(np.int64).clip(0, longest)


class Entrants(NamedTuple):
    """School leavers: how many a year by route, prefecture and month of the year."""

    persons: Ints
    months: tuple[int, ...]


def entrants(given: Inputs) -> Entrants:
    """School output that becomes industrial workers of the province; every year the same."""
    routes = given.tables["routes"].columns
    total = routes["graduates"] * routes["stay"] * routes["industry"] * PERSONS
    there = given.by_region("population", BASE_YEAR)
    share = np.array([given.values[name] for name in ENTRY_MONTHS.values()])
    weights = (there[:, None] * share).ravel()
    persons = [apportion(weights, round(float(count))) for count in total]
    shape = (len(total), len(REGIONS), len(share))
    return Entrants(np.array(persons).reshape(shape), tuple(ENTRY_MONTHS))


def entrant_columns(t: Tables, leavers: Entrants, jobs: Jobs, n: int, seed: int) -> Columns:
    """One row for each future entrant of a sample, from next year to the last year of entry."""
    first, last = year_of(t.month) + 1, int(t.given.values["last_entry_year"])
    a_year = leavers.persons.ravel()
    count = np.tile(a_year, last - first + 1)
    places = one_in(n, int(count.sum()), seed, "sample.entrants")
    before = np.cumsum(count) - count
    cell = np.searchsorted(before + count, places, side="right")
    year, within = np.divmod(cell, len(a_year))
    route, region, when = np.unravel_index(within, leavers.persons.shape)
    month_of_year = np.array(leavers.months)[when]
    entry = (first + year) * YEAR + month_of_year - 1 + month(0, 1)
    code = cell_code(np.full(len(cell), ENTRANTS), region, route, np.zeros_like(cell))
    identity = (code << SERIAL_BITS) | (entry << SLOT_BITS) | (places - before[cell])
    return _leaver(t, jobs, identity, route, region, entry)


def _leaver(
    t: Tables, jobs: Jobs, identity: Ints, route: Ints, region: Ints, entry: Ints
) -> Columns:
    routes = t.given.tables["routes"].columns
    luck = keys(PROVINCE, identity)
    mix = np.cumsum(jobs.workers, axis=0) / jobs.workers.sum(axis=0)
    u = draw(luck, "branch")
    branch = np.zeros(len(u), np.int64)
    for b in range(len(BRANCHES) - 1):
        branch += u >= mix[b, region]
    u = draw(luck, "leaves_with")
    level = np.zeros(len(u), np.int64)
    for rung, name in enumerate(("senior", "intermediate", "junior")):
        share = routes[name][route]
        level = np.where((level == 0) & (u < share), Level.SENIOR - rung, level)
        u = np.where(level == 0, u - share, u)
    youngest, oldest = routes["youngest"][route], routes["oldest"][route]
    age = ((youngest + draw(luck, "age") * (oldest - youngest + 1)) * YEAR).astype(np.int64)
    woman, kind = sex_and_retirement(t, luck, branch, level)
    return {
        "id": identity,
        "birth_month": entry - age,
        "female": woman,
        "rural": draw(luck, "rural") < t.lives.rural[branch],
        "schooling": routes["schooling"][route].astype(np.int64),
        "region": region,
        "branch": branch,
        "status": np.full(len(u), Status.SCHOOL),
        "level": level,
        "appointed": np.zeros(len(u), np.int64),
        "certificate_month": np.where(level > 0, entry, 0),
        "trade": trade(t, luck, branch),
        "retire_month": entry - age + t.lives.retirement[kind],
        "entry_month": entry,
    }
