"""Every establishment of the province: where, which branch, how many staff, of what kind.

The list is made for the whole province and depends on the date alone. Staff of a branch in a
prefecture are shared out by size class; within a class sizes follow a truncated Pareto law,
scaled so that they add up. An enterprise with more staff than the largest establishment is a
group of establishments.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import SIZE_CLASSES
from model.draws import keys, uniforms
from model.numbers import exps, logs
from model.population.fitting import apportion
from model.population.inputs import Inputs
from model.population.jobs import Jobs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PROVINCE = 0  # the seed of everything that no run's seed may change
LARGE = SIZE_CLASSES.index("large")
POSITION_BITS = 13  # an establishment has fewer than 8,192 staff
INDEX_BITS = 20
ROUNDS = 60
_ONLY_LARGE = np.eye(len(SIZE_CLASSES))[LARGE]


class Strata(NamedTuple):
    """Cells of establishments alike: one entry per group, prefecture, branch and size class."""

    group: Ints
    region: Ints
    branch: Ints
    size_class: Ints
    staff: Ints
    houses: Ints
    low: Ints
    high: Ints


class Establishments(NamedTuple):
    """Establishments of the province, in the order of their ids."""

    id: Ints
    group: Ints
    region: Ints
    branch: Ints
    size_class: Ints
    staff: Ints


def cell_code(group: Ints, region: Ints, branch: Ints, size_class: Ints) -> Ints:
    """The leading part of the id of an establishment."""
    return ((group * 16 + region) * 32 + branch) * 4 + size_class


def establishment_id(cell: Ints, index: Ints) -> Ints:
    """Id of the ``index``-th establishment of a cell."""
    return (cell << INDEX_BITS) | index


def worker_id(establishment: Ints, position: Ints) -> Ints:
    """Id of the worker at a position of an establishment."""
    return (establishment << POSITION_BITS) | position


def group_staff(given: Inputs, jobs: Jobs) -> Ints:
    """Staff by group, branch and prefecture; a group is spread like its branch."""
    staff = np.zeros((len(given.groups) + 1, *jobs.workers.shape), np.int64)
    for code, group in enumerate(given.groups, start=1):
        regions = np.array(group.regions)
        there = jobs.workers[group.branch, regions]
        staff[code, group.branch, regions] = apportion(there, group.persons[jobs.year])
    outside = jobs.workers - staff.sum(axis=0)
    if (outside < 0).any():
        raise ValueError("a group has more staff than its branch in a prefecture")
    staff[0] = outside
    return staff


def strata(given: Inputs, jobs: Jobs) -> Strata:
    """Staff and number of establishments of every cell.

    A class whose staff are too few for one establishment gives them to the class below.
    """
    low, high, mean = (given.column("classes", c) for c in ("low", "high", "mean"))
    high = np.minimum(high, given.values["largest"])
    shares = np.column_stack([given.column("branches", c) for c in ("small", "medium", "large")])
    shares = np.column_stack([1.0 - shares.sum(axis=1), shares])
    rows = []
    staff = group_staff(given, jobs)
    for group, branch, region in np.argwhere(staff > 0):
        total = int(staff[group, branch, region])
        by_class = apportion(_ONLY_LARGE if group else shares[branch], total)
        for size in range(LARGE, -1, -1):
            if by_class[size] < low[size] and size > 0:
                by_class[size - 1] += by_class[size]
                continue
            if by_class[size]:
                typical = given.values["group_mean"] if group else mean[size]
                count = _count(int(by_class[size]), int(low[size]), int(high[size]), typical)
                rows.append(
                    (group, region, branch, size, by_class[size], count, low[size], high[size])
                )
    table = np.array(rows, np.int64)
    table = table[np.lexsort(table.T[3::-1])]
    return Strata(*table.T)


def _count(staff: int, low: int, high: int, mean: float) -> int:
    """Establishments of mean size that can hold exactly these staff."""
    return min(max(round(staff / mean), -(-staff // high)), staff // low)


def establishments(given: Inputs, jobs: Jobs) -> Establishments:
    """Every establishment, largest first within its cell."""
    cells = strata(given, jobs)
    owner = np.repeat(np.arange(len(cells.houses)), cells.houses)
    first = np.concatenate([[0], np.cumsum(cells.houses)[:-1]])
    index = np.arange(len(owner)) - first[owner]
    code = cell_code(cells.group, cells.region, cells.branch, cells.size_class)
    ids = establishment_id(code[owner], index)
    order = np.argsort(ids, kind="stable")
    if not (order == np.arange(len(ids))).all():
        raise AssertionError("strata are not in the order of their ids")
    raw = _pareto(cells, owner, ids, given.values["tail"])
    raw = raw[np.lexsort((-raw, owner))]
    staff = _whole(cells, owner, first, _scaled(cells, owner, first, raw))
    return Establishments(
        ids,
        cells.group[owner],
        cells.region[owner],
        cells.branch[owner],
        cells.size_class[owner],
        staff,
    )


def _pareto(cells: Strata, owner: Ints, ids: Ints, tail: float) -> Floats:
    low = cells.low.astype(np.float64)
    kept = 1.0 - exps(tail * logs(low / cells.high))
    u = uniforms(keys(PROVINCE, ids), PROVINCE, "population.size")
    sizes: Floats = low[owner] * exps(-logs(1.0 - u * kept[owner]) / tail)
    return sizes


def _scaled(cells: Strata, owner: Ints, first: Ints, raw: Floats) -> Floats:
    """Stretch the part of each size above the lower bound until a cell's staff are met."""
    low, high = cells.low[owner].astype(np.float64), cells.high[owner].astype(np.float64)
    above = raw - low
    least, most = np.zeros(len(first)), np.full(len(first), 2.0**20)
    for _ in range(ROUNDS):
        factor = 0.5 * (least + most)
        total = np.add.reduceat(np.minimum(high, low + above * factor[owner]), first)
        under = total < cells.staff
        least, most = np.where(under, factor, least), np.where(under, most, factor)
    sizes: Floats = np.minimum(high, low + above * most[owner])
    return sizes


def _whole(cells: Strata, owner: Ints, first: Ints, sizes: Floats) -> Ints:
    """Whole sizes that add up: differences of rounded running totals."""
    running = np.cumsum(sizes)
    before = np.concatenate([[0.0], running])[first]
    upto = np.floor(running - before[owner] + 0.5).astype(np.int64)
    last = first + cells.houses - 1
    upto[last] = cells.staff
    start = np.concatenate([[0], upto[:-1]])
    start[first] = 0
    whole: Ints = upto - start
    return whole
