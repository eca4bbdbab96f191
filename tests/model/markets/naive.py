"""The markets a second time: loops, dictionaries and sorted lists, as one would do it by hand."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from model.draws import moment, pair_key, uniform
from model.numbers import ln


def first_of_group(
    groups: Sequence[int], quota: Sequence[int], priority: Sequence[Sequence[Any]]
) -> list[bool]:
    """Queue up the members of each group and serve from the front."""
    queues: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for member, group in enumerate(groups):
        queues[int(group)].append((*(float(column[member]) for column in priority), member))
    served = [False] * len(groups)
    for group, queue in queues.items():
        for one in sorted(queue)[: max(0, int(quota[group]))]:
            served[one[-1]] = True
    return served


def settle(fen: Sequence[int], available: int | None, dates: Sequence[int], ids: Any) -> list[bool]:
    """Serve the queue by date and identity until the first claim that cash does not cover."""
    if available is None:
        return [True] * len(fen)
    paid = [False] * len(fen)
    for claim in sorted(range(len(fen)), key=lambda i: (dates[i], ids[i])):
        if fen[claim] > available:
            break
        paid[claim] = True
        available -= fen[claim]
    return paid


class House(NamedTuple):
    """An enterprise as a seeker sees it."""

    row: int
    region: int
    branch: int
    size: int


def candidate(houses: Sequence[House], u: float) -> int:
    """The house at the share ``u`` of all sizes laid end to end; -1 if there is none."""
    total = sum(house.size for house in houses)
    target = int(u * total)
    for house in houses:
        if target < house.size:
            return house.row
        target -= house.size
    return -1


def consider(seeker: Any, houses: Sequence[House], p: Any, at: tuple[int, int]) -> list[int]:
    """The enterprises that one seeker looks at."""
    seed, month = at
    found = []
    for m in range(p.candidates):
        where = uniform(seeker.key, moment(seed, "hiring.where", month, m))
        which = uniform(seeker.key, moment(seed, "hiring.which", month, m))
        if where < p.own_branch:
            near = [h for h in houses if (h.region, h.branch) == (seeker.region, seeker.branch)]
        elif where < p.own_branch + p.own_region:
            near = [h for h in houses if h.region == seeker.region]
        else:
            near = [h for h in houses if h.branch == seeker.branch]
        one = candidate(near, which)
        found.append(-1 if one == seeker.employer else one)
    return found


class Seeker(NamedTuple):
    """Somebody who looks for a post, and the enterprises looked at."""

    row: int
    key: int
    region: int
    branch: int
    level: int
    employer: int
    looks_at: list[int]
    possible: list[bool]  # which of them the seeker could be taken by


def match(
    seekers: Sequence[Seeker],
    posts: dict[int, int],
    house_keys: Sequence[int],
    attraction: Sequence[float],
    at: tuple[int, int],
) -> dict[int, int]:
    """Rounds of proposals; the enterprise of each seeker who is taken, by row."""
    taste, rank = moment(at[0], "hiring.taste", at[1]), moment(at[0], "hiring.rank", at[1])
    lists = {}
    for s in seekers:
        scored = []
        for place, house in enumerate(s.looks_at):
            if house >= 0:
                u = uniform(pair_key(s.key, house_keys[house]), taste)
                time = -ln(max(u, 2.0**-53)) / attraction[house]
                scored.append((time, place, house if s.possible[place] else -1))
        lists[s.row] = [house for _, _, house in sorted(scored)]
    posts = dict(posts)
    taken: dict[int, int] = {}
    for r in range(max((len(s.looks_at) for s in seekers), default=0)):
        proposals: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
        for s in seekers:
            if s.row not in taken and r < len(lists[s.row]):
                house = lists[s.row][r]
                if posts.get(house, 0) > 0:
                    u = uniform(pair_key(s.key, house_keys[house]), rank)
                    proposals[house].append((-s.level, u, s.row))
        for house, queue in proposals.items():
            for _, _, row in sorted(queue)[: posts[house]]:
                taken[row] = house
            posts[house] -= min(posts[house], len(queue))
    return taken


def seekers_of(columns: Any, sets: Any, possible: Any = None) -> list[Seeker]:
    """Seekers from their columns, consideration sets and what is open to them of these."""
    row, key, region, branch, level, employer = (ints(column) for column in columns)
    looks = [[]] * len(row) if sets is None else ints(sets)
    may = [[]] * len(row) if possible is None else ints(possible)
    every = zip(row, key, region, branch, level, employer, looks, may, strict=True)
    return [Seeker(*one) for one in every]


def ints(values: Any) -> list[Any]:
    """A column as Python integers."""
    found: list[Any] = np.asarray(values).tolist()
    return found
