"""Workers by branch and prefecture: branch totals, prefecture totals and a pattern, fitted.

Branches fall into blocks by the statistic that counts them: formal jobs in the secondary sector
(urban units, not private), formal jobs in transport and post, private and individual work, farm
and forest enterprises, dispatched and casual work. Each block is fitted to its own totals by
prefecture. For 2013 the branch totals of 2016 are carried back by the published formal-job
series: oil by Daqing's, coal by that of the four coal cities, the rest of the block by what is
left of the province's; other blocks by stated ratios.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import REGIONS
from model.population.fitting import apportion, proportional
from model.population.inputs import BLOCKS, BRANCH_NAMES, Inputs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PERSONS = 10_000  # the statistics count in ten thousands
OIL = BRANCH_NAMES.index("oil_gas_central")
COAL = BRANCH_NAMES.index("coal_state")
DAQING = REGIONS.index("daqing")
COAL_CITIES = [REGIONS.index(r) for r in ("jixi", "hegang", "shuangyashan", "qitaihe")]
HEIHE = REGIONS.index("heihe")
BASE_YEAR = 2016


class Jobs(NamedTuple):
    """Jobs of one year.

    Attributes:
        year: the end of this year.
        workers: persons by branch and prefecture.
        counted: share of each branch that the formal secondary series counts.
        margins: by block, the totals by prefecture in 10,000 persons (blocks that have them).
    """

    year: int
    workers: Ints
    counted: Floats
    margins: dict[str, Floats]


def formal_secondary(given: Inputs, year: int) -> Floats:
    """Formal jobs in the secondary sector by prefecture, 10,000 persons."""
    jobs = given.by_region("employed_urban_units", year)
    return jobs * given.by_region("share_secondary_in_urban_units", year) / 100.0


def formal_services(given: Inputs, year: int) -> Floats:
    """Formal jobs outside the secondary sector by prefecture, 10,000 persons."""
    jobs = given.by_region("employed_urban_units", year) - formal_secondary(given, year)
    for row, region in enumerate(REGIONS):
        gap = given.gap("formal_services", region, year)
        if gap is not None:
            jobs[row] = gap.value
    return jobs


def members(given: Inputs, block: str) -> Ints:
    """Branches of a block."""
    return np.flatnonzero(np.array(given.blocks) == block)


def _counted(given: Inputs) -> Floats:
    """Shares that make the block agree with the published jobs; oil takes up the difference."""
    inside = members(given, "formal_secondary")
    workers = given.column("branches", "workers")
    counted = np.zeros(len(BRANCH_NAMES))
    counted[inside] = 1.0
    others = workers[inside].sum() - workers[OIL]
    counted[OIL] = (formal_secondary(given, BASE_YEAR).sum() - others) / workers[OIL]
    return counted


def branch_totals(given: Inputs, year: int) -> Floats:
    """Workers by branch, 10,000 persons."""
    totals = given.column("branches", "workers").copy()
    if year == BASE_YEAR:
        return totals
    now, then = formal_secondary(given, BASE_YEAR), formal_secondary(given, year)
    inside = members(given, "formal_secondary")
    rest = inside[(inside != OIL) & (inside != COAL)]
    totals[OIL] *= then[DAQING] / now[DAQING]
    totals[COAL] *= then[COAL_CITIES].sum() / now[COAL_CITIES].sum()
    left = then.sum() - _counted(given)[OIL] * totals[OIL] - totals[COAL]
    totals[rest] *= left / totals[rest].sum()
    elsewhere = np.arange(len(REGIONS)) != HEIHE
    services = formal_services(given, year)[elsewhere].sum()
    services /= formal_services(given, BASE_YEAR)[elsewhere].sum()
    totals[members(given, "formal_services")] *= services
    for block in ("private", "farm_forest", "dispatch"):
        name = block.removesuffix("_forest") + f"_{year}"
        totals[members(given, block)] *= given.values[name]
    return totals


def _margins(given: Inputs, year: int, totals: Floats) -> dict[str, Floats]:
    private = given.by_region("urban_individual_workers", year)
    shapes = {
        "formal_services": formal_services(given, year),
        "private": private,
        "dispatch": private + given.by_region("employed_urban_units", year),
    }
    margins = {
        block: shape / shape.sum() * totals[members(given, block)].sum()
        for block, shape in shapes.items()
    }
    margins["formal_secondary"] = formal_secondary(given, year)
    return margins


def jobs(given: Inputs, year: int) -> Jobs:
    """Fit workers by branch and prefecture at the end of a year."""
    totals = branch_totals(given, year)
    counted = _counted(given)
    margins = _margins(given, year, totals)
    prior = given.matrix("prior")
    fitted = np.zeros_like(prior)
    for block in BLOCKS:
        rows = members(given, block)
        if block in margins:
            share = counted[rows] if block == "formal_secondary" else None
            fitted[rows] = proportional(prior[rows], totals[rows], margins[block], share)
        else:
            shape = prior[rows] / prior[rows].sum(axis=1)[:, None]
            fitted[rows] = shape * totals[rows][:, None]
    persons = np.floor(totals * PERSONS + 0.5).astype(np.int64)
    workers = np.array([apportion(fitted[b], int(persons[b])) for b in range(len(persons))])
    return Jobs(year, workers, counted, margins)
