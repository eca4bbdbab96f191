"""The hiring market: each seeker considers a few enterprises; nobody else is disturbed.

Candidates are drawn on the sizes of the base year, never on today's vacancies, so that one more
vacancy moves a handful of workers and not thousands (a sort-and-deal rule would move a tenth of
all seekers). Seekers propose in order of preference, round by round; an enterprise takes the most
skilled first, ties by keyed draw.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, REGIONS
from model.draws import Keys, mix_all, moment, uniforms_at
from model.markets.rationing import first_of_group
from model.numbers import logs
from model.parameters.hiring import Params

Ints = NDArray[np.int64]


class Directory(NamedTuple):
    """Enterprises ordered by one grouping, with running base-year sizes for weighted drawing."""

    order: Ints
    running: Ints  # running sum of sizes along ``order``
    start: Ints  # running sum before each group
    total: Ints  # size of each group


class Directories(NamedTuple):
    """The three groupings in which seekers look around."""

    cell: Directory
    region: Directory
    branch: Directory


def directory(groups: Ints, sizes: Ints, number: int) -> Directory:
    """Order enterprises by group and sum their sizes along the way."""
    order = np.argsort(groups, kind="stable")
    running = np.cumsum(sizes[order])
    total = np.bincount(groups, weights=sizes, minlength=number).astype(np.int64)
    start = np.r_[0, np.cumsum(total)[:-1]]
    return Directory(order, running, start, total)


def directories(region: NDArray[Any], branch: NDArray[Any], sizes: NDArray[Any]) -> Directories:
    """The directories of all enterprises by cell, region and branch."""
    region, branch = region.astype(np.int64), branch.astype(np.int64)
    sizes = sizes.astype(np.int64)
    cell = region * len(BRANCHES) + branch
    return Directories(
        directory(cell, sizes, len(REGIONS) * len(BRANCHES)),
        directory(region, sizes, len(REGIONS)),
        directory(branch, sizes, len(BRANCHES)),
    )


class Seekers(NamedTuple):
    """Those who look for a post this month; ``rows`` are worker rows."""

    rows: Ints
    key: Keys
    region: Ints
    branch: Ints
    level: Ints
    employer: Ints  # present enterprise, or the number of enterprises for none


def _draw_from(book: Directory, group: Ints, u: NDArray[np.float64]) -> Ints:
    """One enterprise of each group, with chances in proportion to size; -1 for an empty group."""
    total = book.total[group]
    target = book.start[group] + (u * total).astype(np.int64)
    position = np.searchsorted(book.running, target, side="right")
    found = book.order[np.minimum(position, len(book.order) - 1)]
    return np.where(total > 0, found, -1)


def consideration_sets(
    seekers: Seekers, books: Directories, p: Params, seed: int, month: int
) -> Ints:
    """Enterprises considered, one row a seeker and one column a candidate; -1 for none."""
    sets = np.empty((len(seekers.rows), p.candidates), np.int64)
    cell = seekers.region * len(BRANCHES) + seekers.branch
    for m in range(p.candidates):
        where = uniforms_at(seekers.key, moment(seed, "hiring.where", month, m))
        which = uniforms_at(seekers.key, moment(seed, "hiring.which", month, m))
        near = where < p.own_branch
        local = ~near & (where < p.own_branch + p.own_region)
        for mask, book, group in (
            (near, books.cell, cell),
            (local, books.region, seekers.region),
            (~near & ~local, books.branch, seekers.branch),
        ):
            sets[mask, m] = _draw_from(book, group[mask], which[mask])
        sets[sets[:, m] == seekers.employer, m] = -1
    return sets


def pair_keys(key: Keys, enterprise_key: Keys) -> Keys:
    """Keys of ordered pairs of seeker and enterprise."""
    return mix_all(mix_all(key) + enterprise_key)


def match(
    seekers: Seekers,
    sets: Ints,
    vacancies: Ints,
    enterprises: tuple[Keys, NDArray[np.float64]],
    p: Params,
    at: tuple[int, int],
) -> Ints:
    """The enterprise that takes each seeker, or -1.

    Args:
        seekers: who looks.
        sets: consideration sets, as of :func:`consideration_sets`.
        vacancies: posts by enterprise.
        enterprises: key and log pay premium by enterprise.
        p: parameters of hiring.
        at: seed and month.
    """
    number, width = sets.shape
    taken = np.full(number, -1, np.int64)
    if number == 0:
        return taken
    enterprise_key, premium = enterprises
    seed, month = at
    safe = np.maximum(sets, 0)
    pairs = pair_keys(np.repeat(seekers.key, width), enterprise_key[safe.ravel()])
    taste = uniforms_at(pairs, moment(seed, "hiring.taste", month)).reshape(sets.shape)
    score = p.premium_weight * premium[safe] - logs(-logs(np.maximum(taste, 5.5e-17)))
    score = np.where(sets < 0, -np.inf, score)
    rank = uniforms_at(pairs, moment(seed, "hiring.rank", month)).reshape(sets.shape)
    preference = np.argsort(-score, axis=1, kind="stable")
    left = vacancies.astype(np.int64).copy()
    for r in range(width):
        open_ = np.flatnonzero(taken < 0)
        choice = preference[open_, r]
        wanted = sets[open_, choice]
        valid = (wanted >= 0) & (left[np.maximum(wanted, 0)] > 0)
        proposers, wanted, choice = open_[valid], wanted[valid], choice[valid]
        priority = (-seekers.level[proposers], rank[proposers, choice], seekers.rows[proposers])
        accepted = first_of_group(wanted, left, priority)
        taken[proposers[accepted]] = wanted[accepted]
        left -= np.bincount(wanted[accepted], minlength=len(left))
    return taken
