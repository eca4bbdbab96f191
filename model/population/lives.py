"""Tables from which lives are drawn: age, sex, schooling, trade, tenure, last certificate.

A table of quantiles turns a uniform draw into a value without a logarithm: the same bits on
every machine, and the mean of a column is the mean of its table.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.numbers import exps, logs
from model.population.fitting import proportional, quantiles, shared_odds, tilted
from model.population.inputs import Inputs
from model.population.ladder import Ladder, Settings

Floats = NDArray[np.float64]
Months = NDArray[np.int16]

STEPS = 4096
YEAR = 12
LONGEST = 1200  # months; a longer spell is no life's
AGE_BANDS = (35, 45)  # schooling differs between those below, between and above these ages
LEVEL_BANDS = np.array([0, 1, 1, 1, 2, 2])  # none, certified, technician and above


class Lives(NamedTuple):
    """Tables by branch, level, retirement age and draw.

    Attributes:
        female: share of women by branch and level.
        hazardous: share in hazardous work by branch.
        cadre: share of women in cadre posts.
        retirement: retirement ages in months, ascending.
        retires: index of the retirement age by woman (0, 1), hazardous (0, 1), cadre (0, 1).
        ages: age in months by level, retirement age and draw.
        minimum_age: lowest age in months by level.
        schooling: cumulative shares by branch, level band, age band and schooling.
        rural: share of rural registration by branch.
        trades: cumulative shares by branch and trade.
        tenure: months with the employer by branch and draw, before the career's limit.
        certified_lately: share certified within the last year, by level.
        since_certificate: further months since the last certificate by level and draw; none if
            certificates are spread evenly.
        appointed: share appointed to their level by branch.
    """

    female: Floats
    hazardous: Floats
    cadre: float
    retirement: Months
    retires: NDArray[np.int64]
    ages: Months
    minimum_age: Months
    schooling: Floats
    rural: Floats
    trades: Floats
    tenure: Months
    certified_lately: Floats
    since_certificate: Months | None
    appointed: Floats


def lives(given: Inputs, ladder: Ladder, settings: Settings) -> Lives:
    """Build the tables for the workers of a year."""
    female = _female(given, ladder)
    hazardous, cadre = given.column("branches", "hazardous"), given.values["cadre_share"]
    retirement, retires = _retirement(given)
    persons = _by_retirement(ladder, female, hazardous, cadre, retires, len(retirement))
    at, chances = _age_distributions(given, retirement, persons.sum(axis=0))
    ages = np.array([[quantiles(chance, at, STEPS) for chance in level] for level in chances])
    recent = settings.certificates == "recent"
    spells = _exponential(given.column("levels", "spell_recent") * YEAR) if recent else None
    return Lives(
        female,
        hazardous,
        cadre,
        retirement,
        retires,
        ages,
        (given.column("levels", "minimum_age") * YEAR).astype(np.int16),
        _schooling(given, persons, at, chances),
        _rural(given, ladder, settings),
        np.cumsum(given.matrix("trades"), axis=1),
        _exponential(given.column("branches", "tenure") * YEAR),
        given.column("levels", f"year_{settings.certificates}"),
        spells,
        given.column("branches", "appointed"),
    )


def _female(given: Inputs, ladder: Ladder) -> Floats:
    tilt = given.column("levels", "female_tilt")
    share, persons = given.column("branches", "female"), ladder.persons
    base = share * persons.sum(axis=1) / (persons * tilt).sum(axis=1)
    by_level: Floats = base[:, None] * tilt
    return by_level


def _retirement(given: Inputs) -> tuple[Months, NDArray[np.int64]]:
    values = given.values
    early = values["retire_early"]
    by_person = np.array(
        [
            [[values["retire_men"]] * 2, [values["retire_men"] - early] * 2],
            [
                [values["retire_women"], values["retire_cadre"]],
                [values["retire_women"] - early] * 2,
            ],
        ]
    )
    ages = np.unique(by_person)
    return (ages * YEAR).astype(np.int16), np.searchsorted(ages, by_person)


def _by_retirement(
    ladder: Ladder,
    female: Floats,
    hazardous: Floats,
    cadre: float,
    retires: NDArray[np.int64],
    kinds: int,
) -> Floats:
    """Persons by branch, level and retirement age."""
    persons = np.zeros((*ladder.persons.shape, kinds))
    for woman in (0, 1):
        sex = female if woman else 1.0 - female
        for danger in (0, 1):
            risk = hazardous if danger else 1.0 - hazardous
            for post in (0, 1):
                share = cadre if post else 1.0 - cadre
                some = ladder.persons * sex * risk[:, None] * share
                persons[:, :, retires[woman, danger, post]] += some
    return persons


def _age_distributions(
    given: Inputs, retirement: Months, persons: Floats
) -> tuple[NDArray[np.int64], list[list[Floats]]]:
    """Chances of each month of age by level and retirement age; the mean age is fitted."""
    table = given.tables["ages"]
    first = np.array([int(age) for age in table.rows]) * YEAR
    last = np.append(first[1:], retirement[-1])
    at = np.arange(first[0], retirement[-1])
    shape = (table.columns["weight"] / (last - first))[np.searchsorted(first, at, side="right") - 1]
    minimum = given.column("levels", "minimum_age") * YEAR
    tilts = given.column("levels", "age_tilt") / YEAR

    def chances(tilt: float) -> list[list[Floats]]:
        return [
            [
                tilted(np.where((at >= youngest) & (at < oldest), shape, 0.0), at, tilt + extra)
                for oldest in retirement
            ]
            for youngest, extra in zip(minimum, tilts, strict=True)
        ]

    def mean(found: list[list[Floats]]) -> float:
        means = np.array([[(chance * at).sum() for chance in level] for level in found])
        return float((means * persons).sum() / persons.sum()) / YEAR

    low, high = -0.02, 0.02
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (
            (middle, high) if mean(chances(middle)) < given.values["mean_age"] else (low, middle)
        )
    return at, chances(0.5 * (low + high))


def age_band(months: NDArray[np.int64] | Months) -> NDArray[np.int64]:
    """0 below 35, 1 below 45, 2 above."""
    return np.searchsorted(np.array(AGE_BANDS) * YEAR, months, side="right")


def _schooling(
    given: Inputs, persons: Floats, at: NDArray[np.int64], chances: list[list[Floats]]
) -> Floats:
    """Cumulative shares of lower, upper and college schooling, fitted to two national figures."""
    values = given.values
    bands = age_band(at)
    inside = np.array(
        [
            [[chance[bands == band].sum() for band in range(3)] for chance in level]
            for level in chances
        ]
    )
    cells = np.einsum("blk,lka->bla", persons, inside)
    grouped = np.zeros((len(persons), 3, 3))
    for level, band in enumerate(LEVEL_BANDS):
        grouped[:, band] += cells[:, level]
    middle = np.array([28.0, 40.0, 50.0]) - values["mean_age"]
    lift = np.array([0.0, 0.0, values["college_technician_tilt"]])
    tilt = given.column("branches", "college")[:, None, None] * exps(
        lift[None, :, None] + values["college_age_tilt"] * middle[None, None, :]
    )
    prior = np.stack([1.0 / tilt, np.ones_like(tilt), tilt], axis=-1).reshape(-1, 3)
    lower = 1.0 - values["upper_and_above"]
    short = values["mean_schooling"] - lower * values["years_lower"]
    short -= (1.0 - lower) * values["years_upper"]
    college = short / (values["years_college"] - values["years_upper"])
    margins = np.array([lower, 1.0 - lower - college, college]) * grouped.sum()
    fitted = proportional(prior, grouped.ravel(), margins).reshape(*grouped.shape, 3)
    total = fitted.sum(axis=-1, keepdims=True)
    return np.cumsum(fitted / np.where(total > 0, total, 1.0), axis=-1)


def _rural(given: Inputs, ladder: Ladder, settings: Settings) -> Floats:
    values = given.values
    share = values["rural_national"]
    if settings.rural == "local":
        share = values["rural_local"] / given.column("branches", "workers").sum()
    prior = given.column("branches", "rural")
    return shared_odds(prior / (1.0 - prior), ladder.persons.sum(axis=1), share)


def _exponential(means: Floats) -> Months:
    """Quantiles of exponential spells in whole months, one row per mean."""
    middles = (np.arange(STEPS) + 0.5) / STEPS
    spells = np.floor(-logs(1.0 - middles)[None, :] * means[:, None])
    found: Months = np.minimum(spells, LONGEST).astype(np.int16)
    return found
