"""How a life is asked for a number: of whom, where and when."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.observing import YEAR, Lived
from model.codes import BRANCHES, OWNERSHIPS, REGIONS, SECTORS, Level
from model.population.inputs import inputs
from model.population.pay import FORMAL
from model.population.province import Province, Settings, province

Floats = NDArray[np.float64]

PERSONS = 10_000
STATE = ("central_state", "local_state")


class Ask(NamedTuple):
    """What is asked: for which prefecture (or ``province``), years, and of whom."""

    region: str
    years: tuple[int, ...]
    of: str


@lru_cache(maxsize=4)
def shared(base: str) -> Province:
    """What every scale and seed of a base month shares."""
    return province(base, Settings())


def modelled_shares() -> dict[str, float]:
    """Parts of the province's certified that the workers modelled are, at the end of 2016."""
    persons = shared("2016-12").ladder.persons.sum(axis=0) / PERSONS
    certified = inputs().column("levels", "stock")
    return {
        "modelled_skilled": float(persons[1:].sum() / certified[1:].sum()),
        "modelled_technicians": float(
            persons[Level.TECHNICIAN :].sum() / certified[Level.TECHNICIAN :].sum()
        ),
    }


WORKSHOPS = ("manufacturing", "machinery")
OUTSIDE_FARMS = tuple(sector for sector in SECTORS if sector != "farm_forest")
NOT_PRIVATE = tuple(owner for owner in OWNERSHIPS if owner != "private")
WHO: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # sectors and ownerships of a name
    "all": (SECTORS, OWNERSHIPS),
    "state": (OUTSIDE_FARMS, STATE),
    "private": (SECTORS, ("private",)),
    "nonpublic": (SECTORS, ("private", "foreign")),
    "gig": (SECTORS, ("dispatch",)),
    "manufacturing": (WORKSHOPS, OWNERSHIPS),
    "private_manufacturing": (WORKSHOPS, ("private",)),
    "other_manufacturing": (WORKSHOPS, NOT_PRIVATE),
}


def branches(of: str) -> Floats:
    """Weights of branches: 1 for those that a name means, or part of a branch.

    Raises:
        KeyError: no such name.
    """
    if of == "formal_secondary":
        return shared("2016-12").jobs.counted
    if of == "formal":
        return np.isin(inputs().blocks, FORMAL).astype(np.float64)
    sectors, owners = WHO[of]
    return np.array([b.sector in sectors and b.ownership in owners for b in BRANCHES], np.float64)


def total(cube: Floats, ask: Ask, branches: Floats, levels: slice = slice(None)) -> Floats:
    """Totals over time of a cube by prefecture, branch and level."""
    if ask.region != "province":
        at = REGIONS.index(ask.region)
        cube = cube[:, at : at + 1]
    by_branch: Floats = cube[..., levels].sum(axis=(1, 3))
    return by_branch @ branches


def stock(
    lived: Lived, name: str, month: str, ask: Ask, of: str = "all", levels: slice = slice(None)
) -> float:
    """Persons at the end of a month."""
    at = lived.at(month)
    return float(total(lived.stocks[name][at : at + 1], ask, branches(of), levels)[0])


def flow(
    lived: Lived, name: str, year: int, ask: Ask, of: str = "all", levels: slice = slice(None)
) -> float:
    """Persons to whom something happened in a year."""
    if name not in lived.flows:
        return 0.0
    return float(total(lived.flows[name][lived.months(year)], ask, branches(of), levels).sum())


def mean_stock(lived: Lived, name: str, year: int, ask: Ask, of: str = "all") -> float:
    """Mean of the ends of the months of a year, its opening included."""
    months = lived.months(year)
    held = total(lived.stocks[name][months.start : months.stop + 1], ask, branches(of))
    return float(held.mean())


def over(part: float, whole: float) -> float:
    """A ratio; nan where a sample holds nothing to divide by."""
    return part / whole if whole else float("nan")


def december(year: int) -> str:
    """The last month of a year."""
    return f"{year}-{YEAR}"


def mean(ask: Ask, of: Callable[[int], float]) -> float:
    """Mean over the years asked for."""
    return float(np.mean([of(year) for year in ask.years]))
