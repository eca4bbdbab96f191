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
from model.instruments.channels import MILLION
from model.markets.rationing import first_of_group
from model.numbers import exps, logs
from model.parameters.hiring import Params

Ints = NDArray[np.int64]


class Directory(NamedTuple):
    """Enterprises laid end to end by group, with one place for each worker of the base year.

    To draw by size is to look up who holds a place: no search, however many enterprises.
    """

    holder: NDArray[np.int32]  # the enterprise that holds each place
    start: Ints  # first place of each group
    total: Ints  # places of each group


class Directories(NamedTuple):
    """The three groupings in which seekers look around; ``together`` lays them end to end."""

    cell: Directory
    region: Directory
    branch: Directory
    together: Directory


def directory(groups: Ints, sizes: Ints, number: int) -> Directory:
    """Lay enterprises end to end by group."""
    order = np.argsort(groups, kind="stable").astype(np.int32)
    total = np.bincount(groups, weights=sizes, minlength=number).astype(np.int64)
    start = np.r_[0, np.cumsum(total)[:-1]]
    return Directory(np.repeat(order, sizes[order]), start, total)


def directories(region: NDArray[Any], branch: NDArray[Any], sizes: NDArray[Any]) -> Directories:
    """The directories of all enterprises by cell, region and branch."""
    region, branch = region.astype(np.int64), branch.astype(np.int64)
    sizes = sizes.astype(np.int64)
    cell = region * len(BRANCHES) + branch
    books = (
        directory(cell, sizes, len(REGIONS) * len(BRANCHES)),
        directory(region, sizes, len(REGIONS)),
        directory(branch, sizes, len(BRANCHES)),
    )
    places = int(sizes.sum())
    nobody = np.full(1, -1, np.int32)  # what an empty last group points to
    holder = np.concatenate([*(book.holder for book in books), nobody])
    parts = np.split(holder[:-1], len(books))  # views, so that places are held in memory once
    together = Directory(
        holder,
        np.concatenate([k * places + book.start for k, book in enumerate(books)]),
        np.concatenate([book.total for book in books]),
    )
    cell, in_region, in_branch = (
        book._replace(holder=part) for book, part in zip(books, parts, strict=True)
    )
    return Directories(cell, in_region, in_branch, together)


def multiples_by_rivals(
    region: NDArray[Any], branch: NDArray[Any], sizes: NDArray[Any], exponent: float
) -> NDArray[np.float64]:
    """How many times the usual its staff are approached, by enterprise.

    ``rivals ** exponent``, rivals being the enterprises of the branch in the prefecture, over the
    mean of the branch by staff: rivals shift offers within a branch and leave their number.
    """
    branch = branch.astype(np.int64)
    cell = region.astype(np.int64) * len(BRANCHES) + branch
    rivals = np.bincount(cell, minlength=len(REGIONS) * len(BRANCHES))[cell]
    raw = (exps(exponent * logs(rivals.astype(np.float64))) * MILLION).astype(np.int64)
    staff, weighted = np.zeros(len(BRANCHES), np.int64), np.zeros(len(BRANCHES), np.int64)
    np.add.at(staff, branch, sizes.astype(np.int64))  # whole numbers, so that no order matters
    np.add.at(weighted, branch, sizes.astype(np.int64) * raw)
    found: NDArray[np.float64] = raw * staff[branch] / np.maximum(1, weighted[branch])
    return found


class Seekers(NamedTuple):
    """Those who look for a post this month; ``rows`` are worker rows."""

    rows: Ints
    key: Keys
    region: Ints
    branch: Ints
    level: Ints
    employer: Ints  # present enterprise, or the number of enterprises for none


def consideration_sets(
    seekers: Seekers, books: Directories, p: Params, seed: int, month: int
) -> Ints:
    """Enterprises considered, one row a seeker and one column a candidate; -1 for none.

    Within its group a candidate is drawn with chances in proportion to size.
    """
    sets = np.empty((len(seekers.rows), p.candidates), np.int64)
    near = seekers.region * len(BRANCHES) + seekers.branch
    local = len(books.cell.total) + seekers.region
    far = len(books.cell.total) + len(books.region.total) + seekers.branch
    for m in range(p.candidates):
        where = uniforms_at(seekers.key, moment(seed, "hiring.where", month, m))
        which = uniforms_at(seekers.key, moment(seed, "hiring.which", month, m))
        group = np.where(where < p.own_branch + p.own_region, local, far)
        group = np.where(where < p.own_branch, near, group)
        total = books.together.total[group]
        place = books.together.start[group] + (which * total).astype(np.int64)
        found = books.together.holder[place]
        found[(total == 0) | (found == seekers.employer)] = -1
        sets[:, m] = found
    return sets


def pair_keys(key: Keys, enterprise_key: Keys) -> Keys:
    """Keys of ordered pairs of seeker and enterprise, for arrays that fit together."""
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
    taken = np.full(len(sets), -1, np.int64)
    if len(sets) == 0:
        return taken
    enterprise_key, premium = enterprises
    seed, month = at
    safe = np.maximum(sets, 0)
    pairs = pair_keys(seekers.key[:, np.newaxis], enterprise_key[safe])
    taste = uniforms_at(pairs, moment(seed, "hiring.taste", month))
    score = p.premium_weight * premium[safe]
    score -= logs(-logs(np.maximum(taste, 5.5e-17)))
    score[sets < 0] = -np.inf
    rank = moment(seed, "hiring.rank", month)
    preference = np.argsort(-score, axis=1, kind="stable")
    left = vacancies.astype(np.int64).copy()
    liked = np.take_along_axis(sets, preference, axis=1).T.copy()  # by round, then by seeker
    hopeful = (liked >= 0) & (left[liked] > 0)  # what is not open now is not in any round
    for r, (wished, possible) in enumerate(zip(liked, hopeful, strict=True)):
        proposers = np.flatnonzero(possible & (taken < 0))
        proposers = proposers[left[wished[proposers]] > 0]
        wanted, choice = wished[proposers], preference[proposers, r]
        draw = uniforms_at(pairs[proposers, choice], rank)
        priority = (-seekers.level[proposers], draw, seekers.rows[proposers])
        accepted = first_of_group(wanted, left, priority)
        taken[proposers[accepted]] = wanted[accepted]
        left -= np.bincount(wanted[accepted], minlength=len(left))
    return taken
