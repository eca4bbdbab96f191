"""Whom to ask at all: draws below the highest at which a rule lets anything happen.

Nearly everybody asked about a monthly chance answers "nothing". A decision may therefore state a
ceiling (``model.decisions.Screen``). Loops that sift look at everybody and keep the rows whose draw
lies below the highest ceiling of all; loops that narrow look at those rows and keep whose draw
lies below the ceiling of the own group. Only they are asked. A ceiling is a bound of the rule
itself, so who is left out would have answered nothing: results are the same with and without.
"""

from typing import Any

from numpy import int64, uint64

from model.draws import mix, uniform
from model.scalar import scalar

CHUNK = 4096  # rows looked at together: what they need stays in the nearest cache
WORD = 8  # marks in a word
NONE, ONE, SHIFT = uint64(0), uint64(1), uint64(56)
PLACES = uint64(0x0001020304050607)
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
def marked(maybe: Any, number: int, first: int, chosen: Any, count: int) -> int:
    """Put the rows of the first ``number`` marks into ``chosen``; the new count.

    A mark is a byte, 0 or 1. Eight are looked at as one word: few words hold any, and the lowest
    mark of a word, times ``PLACES``, has its place in the highest byte.
    """
    words = maybe.view(uint64)
    whole = (number + WORD - 1) // WORD
    for j in range(number, whole * WORD):
        maybe[j] = False
    for k in range(whole):
        word = words[k]
        while word != NONE:
            rest = word & (word - ONE)
            chosen[count] = first + k * WORD + int64(((word ^ rest) * PLACES) >> SHIFT)
            count = count + 1
            word = rest
    return count


@scalar
def sift(lo: int, hi: int, key: Any, moment: int, highest: float, maybe: Any, chosen: Any) -> int:
    """Rows from ``lo`` to ``hi`` whose draw lies below ``highest``, into ``chosen``; how many.

    ``maybe`` is room for ``CHUNK`` marks.
    """
    limit = uint64(part_of_draws(highest))
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        keys = key[first : first + number]
        for j in range(number):
            maybe[j] = mix((keys[j] + moment) & 0xFFFFFFFFFFFFFFFF) >> 11 < limit
        count = marked(maybe, number, first, chosen, count)
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
    limit = uint64(part_of_draws(highest))
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
        count = marked(maybe, number, first, chosen, count)
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
        count = marked(maybe, number, first, chosen, count)
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
        count = marked(maybe, number, first, chosen, count)
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
        count = marked(maybe, number, first, chosen, count)
        first = first + number
    return count


@scalar
def above(key: int, moment: int, ceiling: float) -> bool:
    """Whether a draw is too high for anything to happen."""
    return uniform(key, moment) >= ceiling


@scalar
def narrow(found: int, chosen: Any, key: Any, moment: int, group: Any, ceilings: Any) -> int:
    """Keep of ``found`` rows in ``chosen`` whose draw lies below the group's ceiling; how many."""
    count = 0
    for j in range(found):
        i = chosen[j]
        chosen[count] = i
        count = count + int(uniform(key[i], moment) < ceilings[group[i]])
    return count


@scalar
def narrow_scaled(
    found: int, chosen: Any, key: Any, moment: int, group: Any, ceilings: Any, scale: Any
) -> int:
    """As :func:`narrow`, with a ceiling that the row's own scale multiplies."""
    count = 0
    for j in range(found):
        i = chosen[j]
        chosen[count] = i
        count = count + int(uniform(key[i], moment) < ceilings[group[i]] * scale[i])
    return count


@scalar
def narrow_kept(
    found: int,
    chosen: Any,
    key: Any,
    moment: int,
    group: Any,
    ceilings: Any,
    scale: Any,
    always: Any,
) -> int:
    """As :func:`narrow_scaled`; who has ``always`` above 0 stays."""
    count = 0
    for j in range(found):
        i = chosen[j]
        chosen[count] = i
        below = uniform(key[i], moment) < ceilings[group[i]] * scale[i]
        count = count + int(below | (always[i] > 0))
    return count


@scalar
def among(found: int, chosen: Any, column: Any, code: int) -> int:
    """Keep of ``found`` rows in ``chosen`` those whose column equals a code; how many."""
    count = 0
    for j in range(found):
        i = chosen[j]
        chosen[count] = i
        count = count + int(column[i] == code)
    return count


SIFTS = (sift, sift_due, sift_until, sift_scaled, sift_kept)
NARROWS = (narrow, narrow_scaled, narrow_kept)
