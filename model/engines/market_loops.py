"""Choices of many among many, as loops that an engine compiles: the market and the schools.

What they mean, and the same in numpy, stands in ``model.markets.hiring`` and ``.schools``.
"""

from typing import Any

import numpy as np
from numpy import uint64

from model.draws import mix, pair_key, uniform
from model.numbers import LN2_HIGH, LN2_LOW, SQRT_HALF, ln, series
from model.scalar import scalar

ROUNDED = 1.0 - 1e-9  # far more than what rounding can take from a bound
BLOCK = 64  # seekers looked at together: what they need stays in the nearest cache
HIGHEST = 7  # no level is above it
NEVER = 1e300  # the time of a candidate that is none
GUIDED = 4  # a guide for every 2**4 places of a directory
SMALLEST_DRAW = 2.0**-53  # a draw of zero counts as the least above it


@scalar
def consider_loop(
    lo: int,
    hi: int,
    key: Any,
    region: Any,
    branch: Any,
    employer: Any,
    holder: Any,
    ends: Any,
    guide: Any,
    start: Any,
    total: Any,
    branches: int,
    regions: int,
    own_branch: float,
    own_region: float,
    where: Any,
    which: Any,
    vacancies: Any,
    sets: Any,
    possible: Any,
) -> int:
    """Enterprises considered by seekers ``lo`` to ``hi``, and which have a post.

    See ``markets.hiring``. Places first, then who holds them: reading far memory then waits for
    nothing else.
    """
    cells = regions * branches
    width = len(where)
    group, place_of = np.empty(BLOCK, np.float64), np.empty(BLOCK, np.float64)
    first = lo
    while first < hi:
        end = first + BLOCK
        if end > hi:
            end = hi
        keys = key[first:end]
        for m in range(width):
            for j in range(len(keys)):
                group[j] = uniform(keys[j], where[m])
            for j in range(len(keys)):
                place_of[j] = uniform(keys[j], which[m])
            for j in range(len(keys)):
                i = first + j
                near = int(group[j] < own_branch)
                local = int(group[j] < own_branch + own_region) - near
                far = 1 - near - local
                chosen = near * (region[i] * branches + branch[i])
                chosen += local * (cells + region[i]) + far * (cells + regions + branch[i])
                places = total[chosen]
                place = start[chosen] + int(place_of[j] * places)
                sets[i, m] = place if places > 0 else -1
        for i in range(first, end):
            for m in range(width):
                place = sets[i, m]
                if place < 0:
                    continue
                position = guide[place >> GUIDED]
                while ends[position] <= place:
                    position += 1
                found = holder[position]
                sets[i, m] = -1 if found == employer[i] else found
        for i in range(first, end):
            for m in range(width):
                found = sets[i, m]
                possible[i, m] = found >= 0 and vacancies[found] > 0
        first = end
    return 0


@scalar
def logs_of_draws(number: int, x: Any, bits: Any, powers: Any) -> None:
    """``model.numbers.ln`` of ``number`` draws above 0, in place, without calls or branches.

    ``bits`` is the memory of ``x`` as whole numbers, where the power of two stands apart.
    """
    for j in range(number):
        powers[j] = (bits[j] >> 52) - 1022
        bits[j] = (bits[j] & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000
    for j in range(number):
        small = x[j] < SQRT_HALF
        part = x[j] + x[j] if small else x[j]
        k = powers[j] - int(small)
        f = (part - 1.0) / (part + 1.0)
        x[j] = k * LN2_HIGH + (k * LN2_LOW + 2.0 * f * series(f * f))


@scalar
def prefer_loop(
    lo: int,
    hi: int,
    key: Any,
    sets: Any,
    possible: Any,
    enterprise_key: Any,
    attraction: Any,
    taste: int,
    times: Any,
    bits: Any,
    powers: Any,
    liked: Any,
) -> int:
    """Candidates of seekers ``lo`` to ``hi`` in order of preference, a row a round.

    See ``markets.hiring``. ``times``, ``bits`` (the same memory as whole numbers) and ``powers``
    are room for the candidates of ``BLOCK`` seekers.
    """
    width = sets.shape[1]
    pairs = np.empty(BLOCK * width, np.uint64)
    drawn_by = np.empty(BLOCK * width, np.float64)
    first = lo
    while first < hi:
        end = first + BLOCK
        if end > hi:
            end = hi
        at = 0
        for i in range(first, end):
            seeker = mix(key[i])
            for m in range(width):
                candidate = sets[i, m]
                candidate = candidate if candidate >= 0 else 0
                pairs[at + m] = seeker + enterprise_key[candidate]
                drawn_by[at + m] = attraction[candidate]
            at += width
        for j in range(at):
            luck = uniform(mix(pairs[j]), taste)
            times[j] = luck if luck > SMALLEST_DRAW else SMALLEST_DRAW
        logs_of_draws(at, times, bits, powers)
        at = 0
        for i in range(first, end):
            for m in range(width):
                candidate = sets[i, m]
                time = -times[at + m] / drawn_by[at + m]
                times[at + m] = time if candidate >= 0 else NEVER
            at += width
        at = 0
        for i in range(first, end):
            for m in range(width):
                liked[m, i] = -1
            for m in range(width):
                if not possible[i, m]:
                    continue
                own = times[at + m]
                place = 0  # how many candidates come before, with or without a post
                for k in range(m):
                    place += int(times[at + k] <= own)
                for k in range(m + 1, width):
                    place += int(times[at + k] < own)
                liked[place, i] = sets[i, m]
            at += width
        first = end
    return 0


@scalar
def nth_lowest(values: Any, n: int) -> Any:
    """The ``n``-th of the values in ascending order, from 1; equal ones count each."""
    if n > 1:
        return np.partition(values, n - 1)[n - 1]
    lowest = values[0]
    for j in range(1, len(values)):
        if values[j] < lowest:
            lowest = values[j]
    return lowest


@scalar
def mark_lowest(values: Any, number: int, marks: Any) -> None:
    """Mark the ``number`` lowest of the values, the first among equals."""
    last = nth_lowest(values, number)
    ahead = 0
    for j in range(len(values)):
        ahead += int(values[j] < last)
    for j in range(len(values)):
        chosen = values[j] < last
        if values[j] == last and ahead < number:
            ahead += 1
            chosen = True
        marks[j] = chosen


@scalar
def settle_loop(
    liked: Any,
    key: Any,
    level: Any,
    enterprise_key: Any,
    rank: int,
    left: Any,
    free: Any,
    taken: Any,
    proposers: Any,
    rivals: Any,
    of_rivals: Any,
    asked: Any,
    first: Any,
) -> int:
    """Rounds of proposals; see ``markets.hiring.match``.

    ``liked`` has a row a round, ``left`` holds posts by enterprise, ``free`` whether
    there are any; both are used up. ``taken`` is filled. Room: ``proposers``, ``rivals`` (seekers)
    and ``of_rivals`` (their priorities) a place for each seeker; ``asked`` (zeros) and ``first``
    (-1) one for each enterprise, left so.
    """
    marks = np.empty(len(key), np.bool_)
    for wished in liked:
        number = 0
        for i in range(len(wished)):
            candidate = wished[i]
            proposes = (candidate >= 0) & (taken[i] < 0)
            proposes = proposes & (free[candidate if candidate >= 0 else 0] > 0)
            proposers[number] = i  # written over by the next who does not propose
            number += int(proposes)
        for j in range(number):
            asked[wished[proposers[j]]] += 1
        places = 0
        for j in range(number):
            i = proposers[j]
            candidate = wished[i]
            if asked[candidate] <= left[candidate]:
                taken[i] = candidate
                continue
            if first[candidate] < 0:
                first[candidate] = places
                places += asked[candidate]
            at = first[candidate]
            first[candidate] = at + 1
            pair = pair_key(key[i], enterprise_key[candidate])
            drawn = mix((pair + rank) & 0xFFFFFFFFFFFFFFFF) >> 11
            rivals[at] = i
            of_rivals[at] = (uint64(HIGHEST - level[i]) << uint64(53)) | uint64(drawn)
        begin = 0
        while begin < places:
            candidate = wished[rivals[begin]]
            end = begin + asked[candidate]
            posts = left[candidate]
            mark_lowest(of_rivals[begin:end], posts, marks)
            for at in range(begin, end):
                if marks[at - begin]:
                    taken[rivals[at]] = candidate
            begin = end
        for j in range(number):
            candidate = wished[proposers[j]]
            asked[candidate] = 0
            first[candidate] = -1
        for j in range(number):
            candidate = taken[proposers[j]]
            if candidate >= 0:
                left[candidate] -= 1
                free[candidate] = left[candidate] > 0
    return 0


@scalar
def lowest_loop(
    groups: Any,
    quota: Any,
    level: Any,
    key: Any,
    moment: int,
    asked: Any,
    first: Any,
    members: Any,
    priority: Any,
    lowest: Any,
) -> int:
    """Mark in ``lowest`` the first of each group by level, draw and row, up to its quota.

    Room: ``asked`` (zeros) and ``first`` (-1) one for each group; ``members`` and ``priority`` one
    for each member.
    """
    marks = np.empty(len(groups), np.bool_)
    for i in range(len(groups)):
        asked[groups[i]] += 1
    places = 0
    for i in range(len(groups)):
        group = groups[i]
        if first[group] < 0:
            first[group] = places
            places += asked[group]
        at = first[group]
        first[group] = at + 1
        members[at] = i
        drawn = mix((key[i] + moment) & 0xFFFFFFFFFFFFFFFF) >> 11
        priority[at] = (uint64(level[i]) << uint64(53)) | uint64(drawn)
    begin = 0
    while begin < places:
        group = groups[members[begin]]
        end = begin + asked[group]
        number = quota[group]
        if number >= end - begin:
            for at in range(begin, end):
                lowest[members[at]] = True
        elif number > 0:
            mark_lowest(priority[begin:end], number, marks)
            for at in range(begin, end):
                lowest[members[at]] = marks[at - begin]
        begin = end
    return 0


@scalar
def race_loop(
    lo: int,
    hi: int,
    key: Any,
    place: Any,
    first: Any,
    schools: Any,
    school_key: Any,
    seats: Any,
    at: int,
    chosen: Any,
) -> int:
    """The school of applicants ``lo`` to ``hi`` among those of the place; see ``schools``."""
    for i in range(lo, hi):
        best = -1
        least = 0.0
        for k in range(first[place[i]], first[place[i] + 1]):
            school = schools[k]
            luck = uniform(pair_key(key[i], school_key[school]), at)
            if luck < SMALLEST_DRAW:
                luck = SMALLEST_DRAW
            # -ln(u) is never below 1 - u: who cannot win by that is not reckoned.
            if best >= 0 and (1.0 - luck) * ROUNDED > least * seats[k]:
                continue
            race = -ln(luck) / seats[k]
            if best < 0 or race < least:
                best = school
                least = race
        if best >= 0:
            chosen[i] = best
    return 0


MARKET_LOOPS = (consider_loop, prefer_loop, settle_loop, lowest_loop, race_loop)
