"""Certificates by branch: how many at each level, and where in the branch they are.

The table of branches gives the certified and the technicians of each branch; the stock by level
of the province gives the levels. Both are fitted at once, in two parts: junior to senior, and
technician with senior technician.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.population.fitting import proportional
from model.population.inputs import Inputs
from model.population.jobs import BASE_YEAR, PERSONS

Floats = NDArray[np.float64]

TECHNICIAN = 4


class Settings(NamedTuple):
    """Named assumptions of which the evidence allows more than one.

    Attributes:
        levels: ``stock`` takes the published stock of high-skilled workers (31 % of the
            certified), ``structure`` the published structure 55:24:21.
        certificates: months since the last certificate, ``steady`` as if people had always
            climbed at today's pace, ``recent`` as if most had done so in 2012-2016.
        rural: ``local`` counts the rural migrants published for the province, ``national`` takes
            the national share of rural registration.
    """

    levels: Literal["stock", "structure"] = "stock"
    certificates: Literal["steady", "recent"] = "steady"
    rural: Literal["local", "national"] = "local"


class Ladder(NamedTuple):
    """Persons by branch and level; level 0 holds those without a certificate."""

    persons: Floats

    def shares(self) -> Floats:
        """Levels of each branch as shares of its workers."""
        found: Floats = self.persons / self.persons.sum(axis=1)[:, None]
        return found


def stock(given: Inputs, year: int, settings: Settings) -> Floats:
    """Certified in the province by level 1 to 5, 10,000 persons.

    Before 2016 the two parts of the stock are interpolated from the end of 2011.
    """
    levels = given.column("levels", settings.levels)[1:].copy()
    if year == BASE_YEAR:
        return levels
    past = (year - 2011) / (BASE_YEAR - 2011)
    high = given.values["high_skilled_2011"]
    low = given.values["skilled_2011"] - high
    published = given.column("levels", "stock")[1:]
    now_low, now_high = published[:2].sum(), published[2:].sum()
    levels[:2] *= (low + (now_low - low) * past) / now_low
    levels[2:] *= (high + (now_high - high) * past) / now_high
    return levels


def ladder(given: Inputs, workers: Floats, year: int, settings: Settings) -> Ladder:
    """Fit levels by branch.

    Args:
        given: figures and assumptions.
        workers: workers by branch, persons.
        year: the end of this year.
        settings: which reading of the stock.
    """
    base = given.column("branches", "workers") * PERSONS
    skilled = given.column("branches", "skilled") * PERSONS
    technicians = given.column("branches", "technicians") * PERSONS
    modelled = skilled.sum() / given.column("levels", "stock")[1:].sum()
    published = given.column("levels", "stock")[1:]
    now = stock(given, year, settings)
    growth = now.sum() / published.sum()
    top = now[3:].sum() / published[3:].sum()
    skilled = _carried(skilled, workers / base, growth)
    technicians = _carried(technicians, workers / base, top)
    tilt = given.column("branches", "senior_tilt")
    upper = proportional(
        np.column_stack([np.ones_like(tilt), tilt]),
        technicians,
        now[3:] / now[3:].sum() * technicians.sum(),
    )
    lower_total = (skilled - technicians).sum()
    lower = proportional(
        np.column_stack([np.ones_like(tilt), np.ones_like(tilt), tilt]),
        skilled - technicians,
        now[:3] / now[:3].sum() * lower_total,
    )
    if (skilled >= workers).any():
        raise ValueError(f"more certified than workers ({modelled:.2f} of the stock modelled)")
    return Ladder(np.column_stack([workers - skilled, lower, upper]))


def _carried(persons: Floats, growth: Floats, total: float) -> Floats:
    """Persons by branch moved with its workers, scaled to ``total`` times their sum."""
    moved = persons * growth
    scaled: Floats = moved * (persons.sum() * total / moved.sum())
    return scaled


class Rungs(NamedTuple):
    """How the certified of a branch divide into levels.

    Attributes:
        lower: cumulative shares of junior and intermediate among junior to senior, by branch.
        upper: share of senior technicians among technicians, by branch.
    """

    lower: Floats
    upper: Floats


def rungs(ladder: Ladder) -> Rungs:
    """Divide the certified of each branch as the ladder does."""
    lower = np.cumsum(ladder.persons[:, 1:TECHNICIAN], axis=1)
    upper = ladder.persons[:, TECHNICIAN + 1] / ladder.persons[:, TECHNICIAN:].sum(axis=1)
    return Rungs(lower[:, :2] / lower[:, 2:], upper)
