"""Pay a month by branch, prefecture and appointment, fitted to two sets of means.

The mean of each branch is that of its table; the mean of each prefecture over formal branches is
proportional to the published wage of on-post employees. Steps between levels are those of
Shanghai enterprises, compressed. Pay follows appointment, not the certificate.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import REGIONS
from model.numbers import exps, logs, normals_of, root
from model.population.inputs import Inputs
from model.population.jobs import BASE_YEAR, Jobs
from model.population.ladder import Ladder
from model.population.lives import STEPS

Floats = NDArray[np.float64]

COARSE = 256
FEN = 100
THOUSAND = 1000
YEAR = 12
HARBIN = REGIONS.index("harbin")
FORMAL = ("formal_secondary", "formal_services")


class Pay(NamedTuple):
    """Tables of pay.

    Attributes:
        base: fen a month by branch, prefecture and appointed level, before spread and floor.
        spread: factor by appointed level and draw; its mean is one.
        floor: minimum wage by prefecture, fen a month.
        spreads: standard deviation of log pay between persons of one employer, by level.
        regions: pay of a prefecture relative to the branch mean.
    """

    base: Floats
    spread: Floats
    floor: NDArray[np.int64]
    spreads: Floats
    regions: Floats


def appointed_shares(given: Inputs, ladder: Ladder) -> Floats:
    """Persons by branch and level of appointment, as shares of the branch."""
    certified = ladder.shares()
    full = given.column("branches", "appointed")[:, None]
    shares = certified.copy()
    shares[:, 1:] = certified[:, 1:] * full
    shares[:, :-1] += certified[:, 1:] * (1.0 - full)
    return shares


def branch_pay(given: Inputs, year: int) -> Floats:
    """Mean pay by branch, fen a month."""
    pay = given.column("branches", "pay") * THOUSAND * FEN / YEAR
    if year != BASE_YEAR:
        pay = pay * given.figure("B0133") / given.figure("B0136")
    return pay


def minimum_wages(given: Inputs, year: int) -> NDArray[np.int64]:
    """Minimum wage by prefecture, fen a month."""
    floor = np.full(len(REGIONS), given.values[f"minimum_wage_other_{year}"] * FEN)
    floor[HARBIN] = given.values[f"minimum_wage_harbin_{year}"] * FEN
    return floor.astype(np.int64)


def pay(given: Inputs, jobs: Jobs, ladder: Ladder) -> Pay:
    """Fit the tables of pay for a year."""
    appointed = appointed_shares(given, ladder)
    steps = exps(np.cumsum(given.column("levels", "wage_step")) * given.values["step_compression"])
    wanted = branch_pay(given, jobs.year)
    workers = jobs.workers.astype(np.float64)
    means, regions = _means(given, jobs, wanted, workers)
    cell = means / (appointed * steps).sum(axis=1)[:, None]
    spreads = _spreads(given, workers, appointed, logs(cell))
    floor = minimum_wages(given, jobs.year)
    cell = _above_floor(given, cell, steps, appointed, workers, spreads, floor, wanted)
    return Pay(cell[:, :, None] * steps, _factors(spreads, STEPS), floor, spreads, regions)


def _means(given: Inputs, jobs: Jobs, wanted: Floats, workers: Floats) -> tuple[Floats, Floats]:
    """Mean pay by branch and prefecture: branch means exact, formal prefecture means in ratio."""
    formal = np.isin(given.blocks, FORMAL)
    published = given.by_region("wage_on_post", jobs.year)
    jobs_there = workers[formal].sum(axis=0)
    base, regions = wanted.copy(), np.ones(len(REGIONS))
    for _ in range(200):
        paid = (workers[formal] * base[formal, None] * regions).sum(axis=0) / jobs_there
        scale = (paid * jobs_there).sum() / (published * jobs_there).sum()
        regions = regions * published * scale / paid
        base = wanted * workers.sum(axis=1) / (workers * regions).sum(axis=1)
    means: Floats = base[:, None] * regions
    return means, regions


def _spreads(given: Inputs, workers: Floats, appointed: Floats, cell: Floats) -> Floats:
    """What remains of the published spread once branch, prefecture and employer are taken off."""
    premium = given.values["premium_spread"] ** 2
    spreads = []
    for level, published in enumerate(given.column("levels", "wage_spread")):
        weight = workers * appointed[:, level][:, None]
        weight = weight / weight.sum()
        between = (weight * cell * cell).sum() - (weight * cell).sum() ** 2
        spreads.append(root(float(published * published - between - premium)))
    held: Floats = np.maximum(np.array(spreads), given.values["spread_floor"])
    return held


def _factors(spreads: Floats, steps: int) -> Floats:
    """Lognormal factors by level and draw, scaled to a mean of one."""
    z = normals_of((np.arange(steps) + 0.5) / steps)
    factors = exps(spreads[:, None] * z[None, :])
    scaled: Floats = factors / factors.mean(axis=1)[:, None]
    return scaled


def _above_floor(
    given: Inputs,
    cell: Floats,
    steps: Floats,
    appointed: Floats,
    workers: Floats,
    spreads: Floats,
    floor: NDArray[np.int64],
    wanted: Floats,
) -> Floats:
    """Lower the base of each branch until the mean with a minimum wage is the mean wanted."""
    premium = given.values["premium_spread"]
    both = np.array([root(float(s * s + premium * premium)) for s in spreads])
    factors = _factors(both, COARSE)
    weight = workers[:, :, None] * appointed[:, None, :]
    for _ in range(20):
        paid = np.maximum(
            cell[:, :, None, None] * steps[:, None] * factors, floor[:, None, None]
        ).mean(axis=3)
        found = (paid * weight).sum(axis=(1, 2)) / weight.sum(axis=(1, 2))
        cell = cell * (wanted / found)[:, None]
    return cell
