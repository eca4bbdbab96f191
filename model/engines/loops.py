"""Sums and selections over all workers, as loops that an engine compiles.

Each loop covers rows ``lo`` to ``hi`` and adds whole numbers into arrays that the caller made, so
that blocks may be summed in any order and by any number of threads. What they mean, and the same
in numpy, stands in ``model.engines.tallies``.
"""

from typing import Any

import numpy as np

from model.draws import uniform
from model.engines.gathering import PART, gather
from model.engines.sifting import CHUNK, above, marked, sift
from model.instruments.channels import share_of
from model.instruments.unemployment_insurance import employee_premium, employer_premium
from model.scalar import scalar

EMPLOYED = 1  # model.codes.Status.EMPLOYED
TECHNICIAN = 4  # model.codes.Level.TECHNICIAN
COLUMNS = 9  # whole numbers that the rolls read of a worker


@scalar
def rolls_loop(
    lo: int,
    hi: int,
    sign: int,
    rows: Any,
    changing: Any,
    status: Any,
    enterprise: Any,
    region: Any,
    branch: Any,
    level: Any,
    pay: Any,
    insured: Any,
    base: Any,
    appointed: Any,
    key: Any,
    p: Any,
    waived: Any,
    key_share: float,
    key_moment: int,
    shape: Any,
    sums: Any,
    people: Any,
    insured_people: Any,
    pay_sum: Any,
) -> int:
    """Put workers on the rolls (``sign`` 1) or take them off (-1); see ``model.engines.rolls``.

    ``lo`` to ``hi`` are places in ``rows``, those of whom no other announced change is under way;
    where ``rows`` is empty, rows themselves. ``shape`` holds numbers of branches and of levels.
    """
    branches, levels = shape
    whole = len(rows) == 0
    chosen = np.empty(PART, np.int64)
    own = np.empty((COLUMNS, PART), np.int64)
    keys = np.empty(PART, np.uint64)
    begin = lo
    while begin < hi:
        end = begin + PART
        if end > hi:
            end = hi
        number = 0
        for j in range(begin, end):
            i = j if whole else rows[j]
            if not whole:
                if sign < 0:
                    changing[i] += 1
                    if changing[i] > 1:
                        continue
                else:
                    changing[i] -= 1
                    if changing[i] > 0:
                        continue
            chosen[number] = i
            number += 1
        begin = end
        who = chosen[:number]
        gather(status, who, own[0])
        gather(enterprise, who, own[1])
        gather(region, who, own[2])
        gather(branch, who, own[3])
        gather(level, who, own[4])
        gather(pay, who, own[5])
        gather(insured, who, own[6])
        gather(base, who, own[7])
        gather(appointed, who, own[8])
        gather(key, who, keys)
        for j in range(number):
            has = own[4, j]
            cell = (own[2, j] * branches + own[3, j]) * levels + has
            people[cell, own[0, j]] += sign
            if own[6, j] == 1:
                insured_people[cell] += sign
            if own[0, j] != EMPLOYED:
                continue
            at = own[1, j]
            fen = own[5, j] * sign
            pay_sum[cell] += fen
            sums[0, at] += sign
            sums[1, at] += fen
            if has > 0:
                sums[2, at] += sign
                sums[3, at] += fen
            upper = has >= TECHNICIAN and own[8, j] >= TECHNICIAN
            if upper and uniform(keys[j], key_moment) < key_share:
                sums[4, at] += sign
                sums[5, at] += fen
            if own[6, j] == 1:
                declared = own[7, j]
                firm = employer_premium(declared, p)
                firm = firm - share_of(firm, waived[at])
                sums[6, at] += sign
                sums[7, at] += sign * declared
                sums[8, at] += sign * firm
                sums[9, at] += sign * employee_premium(declared, p)
    return 0


@scalar
def levels_loop(lo: int, hi: int, status: Any, enterprise: Any, level: Any, sums: Any) -> int:
    """Staff by enterprise and level."""
    for i in range(lo, hi):
        if status[i] == EMPLOYED:
            sums[enterprise[i], level[i]] += 1
    return 0


@scalar
def near_loop(
    lo: int,
    hi: int,
    key: Any,
    moment: int,
    highest: float,
    group: Any,
    ceilings: Any,
    maybe: Any,
    chosen: Any,
) -> int:
    """Rows whose draw lies below the ceiling of their group, into ``chosen``; how many."""
    found = sift(lo, hi, key, moment, highest, maybe, chosen)
    count = 0
    for j in range(found):
        i = chosen[j]
        if not above(key[i], moment, ceilings[group[i]]):
            chosen[count] = i
            count += 1
    return count


@scalar
def staff_of_loop(lo: int, hi: int, enterprise: Any, flags: Any, chosen: Any) -> int:
    """Rows of the staff of flagged enterprises, into ``chosen``; returns how many."""
    found = 0
    for i in range(lo, hi):
        chosen[found] = i  # written over by the next unless it counts
        found += int(flags[enterprise[i]])
    return found


@scalar
def between_loop(
    lo: int, hi: int, column: Any, least: Any, most: Any, maybe: Any, chosen: Any
) -> int:
    """Rows whose value lies from ``least`` to ``most``, into ``chosen``; returns how many."""
    count = 0
    first = lo
    while first < hi:
        number = hi - first
        if number > CHUNK:
            number = CHUNK
        values = column[first : first + number]
        for j in range(number):
            maybe[j] = (values[j] >= least) & (values[j] <= most)
        count = marked(maybe, number, first, chosen, count)
        first = first + number
    return count


LOOPS = (between_loop, rolls_loop, levels_loop, near_loop, staff_of_loop)
