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
from model.engines.market_loops import GUIDED, SMALLEST_DRAW
from model.instruments.channels import MILLION
from model.markets.rationing import first_of_group
from model.numbers import exps, logs
from model.parameters.hiring import Params

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]  # of enterprises
Open = NDArray[np.bool_]
CELLS = len(REGIONS) * len(BRANCHES)


class Directory(NamedTuple):
    """Enterprises laid end to end by group, with one place for each worker of the base year.

    Groups are cells (region and branch), then regions, then branches: every enterprise stands in
    three. To draw by size is to look up who holds a place.
    """

    holder: NDArray[np.int32]  # enterprise by position
    ends: NDArray[np.int32]  # places up to and with each position
    guide: NDArray[np.int32]  # for each 2**GUIDED places, the position that holds the first
    start: Ints  # first place of each group
    total: Ints  # places of each group

    def at(self, places: Ints) -> NDArray[np.int32]:
        """Who holds given places; any enterprise for places beyond the last."""
        position = np.searchsorted(self.ends, places, side="right")
        found: NDArray[np.int32] = self.holder[np.minimum(position, len(self.holder) - 1)]
        return found


def directories(region: NDArray[Any], branch: NDArray[Any], sizes: NDArray[Any]) -> Directory:
    """The directory of all enterprises by cell, region and branch."""
    region, branch = region.astype(np.int64), branch.astype(np.int64)
    groups = (region * len(BRANCHES) + branch, CELLS + region, CELLS + len(REGIONS) + branch)
    order = [np.argsort(group, kind="stable") for group in groups]
    holder = np.concatenate(order).astype(np.int32)
    sizes = sizes.astype(np.int64)
    ends = np.cumsum(sizes[holder])
    number = CELLS + len(REGIONS) + len(BRANCHES)
    total = np.zeros(number, np.int64)
    for group in groups:
        total += np.bincount(group, weights=sizes, minlength=number).astype(np.int64)
    start = np.r_[0, np.cumsum(total)[:-1]]
    first = np.arange(0, int(total.sum()) + 1, 1 << GUIDED)
    guide = np.searchsorted(ends, first, side="right").astype(np.int32)
    return Directory(holder, ends.astype(np.int32), guide, start, total)


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


def moments_of(p: Params, seed: int, month: int) -> tuple[Keys, Keys]:
    """Moments of the draws of a group, and of a place in it, for each candidate."""
    where = [moment(seed, "hiring.where", month, m) for m in range(p.candidates)]
    which = [moment(seed, "hiring.which", month, m) for m in range(p.candidates)]
    return np.array(where, np.uint64), np.array(which, np.uint64)


def consideration_sets(seekers: Seekers, book: Directory, p: Params, at: tuple[int, int]) -> Rows:
    """Enterprises considered, one row a seeker and one column a candidate; -1 for none.

    Within its group a candidate is drawn with chances in proportion to size; ``at`` are seed and
    month.
    """
    sets = np.empty((len(seekers.rows), p.candidates), np.int32)
    near = seekers.region * len(BRANCHES) + seekers.branch
    local = CELLS + seekers.region
    far = CELLS + len(REGIONS) + seekers.branch
    for m, (at_where, at_which) in enumerate(zip(*moments_of(p, *at), strict=True)):
        where = uniforms_at(seekers.key, at_where)
        which = uniforms_at(seekers.key, at_which)
        group = np.where(where < p.own_branch + p.own_region, local, far)
        group = np.where(where < p.own_branch, near, group)
        total = book.total[group]
        found = book.at(book.start[group] + (which * total).astype(np.int64))
        found[(total == 0) | (found == seekers.employer)] = -1
        sets[:, m] = found
    return sets


def with_posts(sets: Rows, vacancies: Ints) -> Open:
    """Which of the enterprises considered have a post."""
    found: Open = (sets >= 0) & (vacancies[sets] > 0)
    return found


def pair_keys(key: Keys, enterprise_key: Keys) -> Keys:
    """Keys of ordered pairs of seeker and enterprise, for arrays that fit together."""
    return mix_all(mix_all(key) + enterprise_key)


def attractions(premium: NDArray[np.float64], p: Params) -> NDArray[np.float64]:
    """How far pay draws a seeker: the exponential of the weighted log premium."""
    found: NDArray[np.float64] = exps(p.premium_weight * premium)
    return found


def preferences(
    seekers: Seekers,
    sets: Rows,
    possible: Open,
    enterprises: tuple[Keys, NDArray[np.float64]],
    taste: int,
) -> tuple[Rows, Keys]:
    """Candidates in order of preference, one row a round and one column a seeker; -1 for none.

    A race: each candidate arrives after an exponential time over its attraction, which is the
    logit of the log attractions. A candidate that is not possible keeps its round, empty, so that
    a post that opens moves nobody else's rounds. Beside the candidates the keys of the pairs of
    seeker and candidate (any number where there is none).
    """
    enterprise_key, attraction = enterprises
    safe = np.maximum(sets, 0)
    pairs = pair_keys(seekers.key[:, np.newaxis], enterprise_key[safe])
    times = -logs(np.maximum(uniforms_at(pairs, taste), SMALLEST_DRAW)) / attraction[safe]
    times[sets < 0] = np.inf
    order = np.argsort(times, axis=1, kind="stable")
    wished = np.where(possible, sets, -1)
    liked = np.take_along_axis(wished, order, axis=1).T.copy()
    return liked, np.take_along_axis(pairs, order, axis=1).T.copy()


def match(
    seekers: Seekers,
    sets: Rows,
    possible: Open,
    vacancies: Ints,
    enterprises: tuple[Keys, NDArray[np.float64]],
    at: tuple[int, int],
) -> Ints:
    """The enterprise that takes each seeker, or -1.

    Args:
        seekers: who looks.
        sets: consideration sets, as of :func:`consideration_sets`.
        possible: which of them are open to the seeker.
        vacancies: posts by enterprise.
        enterprises: key and attraction by enterprise, as of :func:`attractions`.
        at: seed and month.
    """
    taken = np.full(len(sets), -1, np.int64)
    if len(sets) == 0:
        return taken
    seed, month = at
    rank = moment(seed, "hiring.rank", month)
    taste = moment(seed, "hiring.taste", month)
    liked, pairs = preferences(seekers, sets, possible, enterprises, taste)
    left = vacancies.astype(np.int64).copy()
    for wished, pair in zip(liked, pairs, strict=True):
        proposers = np.flatnonzero((wished >= 0) & (taken < 0))
        proposers = proposers[left[wished[proposers]] > 0]
        wanted = wished[proposers]
        sure = np.bincount(wanted, minlength=len(left)) <= left
        accepted = sure[wanted]
        rivals = np.flatnonzero(~accepted)
        of = proposers[rivals]
        priority = (-seekers.level[of], uniforms_at(pair[of], rank), seekers.rows[of])
        accepted[rivals] = first_of_group(wanted[rivals], left, priority)
        taken[proposers[accepted]] = wanted[accepted]
        left -= np.bincount(wanted[accepted], minlength=len(left))
    return taken
