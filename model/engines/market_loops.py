"""Choices of many among many, as loops that an engine compiles: the market and the schools.

What they mean, and the same in numpy, stands in ``model.markets.hiring`` and ``.schools``.
"""

from typing import Any

from model.draws import pair_key, uniform
from model.numbers import ln
from model.scalar import scalar

ROUNDED = 1.0 - 1e-9  # far more than what rounding can take from a bound
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
    start: Any,
    total: Any,
    branches: int,
    regions: int,
    own_branch: float,
    own_region: float,
    where: Any,
    which: Any,
    sets: Any,
) -> int:
    """Enterprises considered by seekers ``lo`` to ``hi``; see ``markets.hiring``."""
    cells = regions * branches
    for i in range(lo, hi):  # places first: reading far memory then waits for nothing else
        near = region[i] * branches + branch[i]
        local = cells + region[i]
        group = cells + regions + branch[i]
        for m in range(len(where)):
            drawn = uniform(key[i], where[m])
            chosen = local if drawn < own_branch + own_region else group
            chosen = near if drawn < own_branch else chosen
            places = total[chosen]
            place = start[chosen] + int(uniform(key[i], which[m]) * places)
            sets[i, m] = place if places > 0 else -1
    for i in range(lo, hi):
        for m in range(len(where)):
            place = sets[i, m]
            found = holder[place] if place >= 0 else -1
            sets[i, m] = -1 if found == employer[i] else found
    return 0


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
    liked: Any,
    pairs: Any,
    times: Any,
) -> int:
    """Candidates of seekers ``lo`` to ``hi`` in order of preference; see ``markets.hiring``.

    ``times`` is room for the candidates of one seeker.
    """
    width = sets.shape[1]
    for i in range(lo, hi):
        count = 0
        for m in range(width):
            candidate = sets[i, m]
            if candidate < 0:
                continue
            pair = pair_key(key[i], enterprise_key[candidate])
            luck = uniform(pair, taste)
            if luck < SMALLEST_DRAW:
                luck = SMALLEST_DRAW
            time = -ln(luck) / attraction[candidate]
            at = count
            while at > 0 and times[at - 1] > time:
                times[at] = times[at - 1]
                liked[i, at] = liked[i, at - 1]
                pairs[i, at] = pairs[i, at - 1]
                at = at - 1
            times[at] = time
            liked[i, at] = candidate if possible[i, m] else -1
            pairs[i, at] = pair
            count = count + 1
        for at in range(count, width):
            liked[i, at] = -1
            pairs[i, at] = 0
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


MARKET_LOOPS = (consider_loop, prefer_loop, race_loop)
