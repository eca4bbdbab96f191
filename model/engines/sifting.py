"""Whom to ask at all: draws below the highest at which a rule lets anything happen.

Nearly everybody asked about a monthly chance answers "nothing". A decision may therefore state a
ceiling (``model.decisions.Screen``); these loops keep the rows whose draw lies below it, and only
they are asked. A ceiling is a bound of the rule itself, so who is sifted out would have answered
nothing: results are the same with and without.
"""

from typing import Any

from model.draws import mix, uniform
from model.scalar import scalar

CHUNK = 4096  # rows looked at together: what they need stays in the nearest cache
DRAWS = 9007199254740992.0  # 2**53: a draw is a whole number of these parts


@scalar
def part_of_draws(ceiling: float) -> int:
    """Least whole number of 2**-53 that is not below a ceiling."""
    if ceiling >= 1.0:
        return 9007199254740992
    if ceiling <= 0.0:
        return 0
    parts = int(ceiling * DRAWS)
    return parts if parts >= ceiling * DRAWS else parts + 1


@scalar
def sift(lo: int, hi: int, key: Any, moment: int, highest: float, maybe: Any, chosen: Any) -> int:
    """Rows from ``lo`` to ``hi`` whose draw lies below ``highest``, into ``chosen``; how many.

    ``maybe`` is room for ``CHUNK`` marks.
    """
    limit = part_of_draws(highest)
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        keys = key[first : first + number]
        for j in range(number):
            maybe[j] = mix((keys[j] + moment) & 0xFFFFFFFFFFFFFFFF) >> 11 < limit
        for j in range(number):
            if maybe[j]:
                chosen[count] = first + j
                count = count + 1
        first = first + number
    return count


@scalar
def sift_due(
    lo: int,
    hi: int,
    key: Any,
    moment: int,
    highest: float,
    due: Any,
    month: int,
    maybe: Any,
    chosen: Any,
) -> int:
    """As :func:`sift`, and rows that are due by ``month`` whatever their draw."""
    limit = part_of_draws(highest)
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        keys = key[first : first + number]
        dues = due[first : first + number]
        for j in range(number):
            drawn = mix((keys[j] + moment) & 0xFFFFFFFFFFFFFFFF) >> 11 < limit
            maybe[j] = drawn | (dues[j] <= month)
        for j in range(number):
            if maybe[j]:
                chosen[count] = first + j
                count = count + 1
        first = first + number
    return count


@scalar
def sift_until(lo: int, hi: int, until: Any, month: int, maybe: Any, chosen: Any) -> int:
    """Rows from ``lo`` to ``hi`` to whom something can happen until ``month`` at least."""
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        ends = until[first : first + number]
        for j in range(number):
            maybe[j] = ends[j] >= month
        for j in range(number):
            if maybe[j]:
                chosen[count] = first + j
                count = count + 1
        first = first + number
    return count


@scalar
def sift_scaled(
    lo: int,
    hi: int,
    key: Any,
    moment: int,
    highest: float,
    scale: Any,
    maybe: Any,
    chosen: Any,
) -> int:
    """As :func:`sift`, where a row's own ``scale`` multiplies the ceiling."""
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        keys = key[first : first + number]
        scales = scale[first : first + number]
        for j in range(number):
            maybe[j] = uniform(keys[j], moment) < highest * scales[j]
        for j in range(number):
            if maybe[j]:
                chosen[count] = first + j
                count = count + 1
        first = first + number
    return count


@scalar
def sift_kept(
    lo: int,
    hi: int,
    key: Any,
    moment: int,
    highest: float,
    scale: Any,
    always: Any,
    maybe: Any,
    chosen: Any,
) -> int:
    """As :func:`sift_scaled`, and rows with ``always`` above 0 whatever their draw."""
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        keys = key[first : first + number]
        scales = scale[first : first + number]
        kept = always[first : first + number]
        for j in range(number):
            maybe[j] = (uniform(keys[j], moment) < highest * scales[j]) | (kept[j] > 0)
        for j in range(number):
            if maybe[j]:
                chosen[count] = first + j
                count = count + 1
        first = first + number
    return count


@scalar
def above(key: int, moment: int, ceiling: float) -> bool:
    """Whether a draw is too high for anything to happen."""
    return uniform(key, moment) >= ceiling


@scalar
def above_scaled(key: int, moment: int, ceiling: float, scale: float) -> bool:
    """As :func:`above`, with a ceiling that the row's own scale multiplies."""
    return uniform(key, moment) >= ceiling * scale


@scalar
def above_kept(key: int, moment: int, ceiling: float, scale: float, always: int) -> bool:
    """As :func:`above_scaled`; never where ``always`` is above 0."""
    return always <= 0 and uniform(key, moment) >= ceiling * scale
