"""Sums and selections over all workers, as loops that an engine compiles.

Each loop covers rows ``lo`` to ``hi`` and adds whole numbers into arrays that the caller made, so
that blocks may be summed in any order and by any number of threads. What they mean, and the same
in numpy, stands in ``model.engines.tallies``.
"""

from typing import Any

from numpy import uint32

from model.draws import uniform
from model.engines.sifting import above, sift
from model.instruments.channels import share_of
from model.instruments.unemployment_insurance import employee_premium, employer_premium
from model.scalar import scalar

EMPLOYED = 1  # model.codes.Status.EMPLOYED
TECHNICIAN = 4  # model.codes.Level.TECHNICIAN


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
    everybody = len(rows) == 0
    for j in range(lo, hi):
        i = j if everybody else rows[j]
        if not everybody:
            if sign < 0:
                changing[i] += 1
                if changing[i] > 1:
                    continue
            else:
                changing[i] -= 1
                if changing[i] > 0:
                    continue
        place = uint32(region[i]) * uint32(branches) + uint32(branch[i])
        cell = place * uint32(levels) + uint32(level[i])
        people[cell, status[i]] += sign
        if insured[i] == 1:
            insured_people[cell] += sign
        if status[i] != EMPLOYED:
            continue
        at = enterprise[i]
        fen = int(pay[i]) * sign
        pay_sum[cell] += fen
        sums[0, at] += sign
        sums[1, at] += fen
        if level[i] > 0:
            sums[2, at] += sign
            sums[3, at] += fen
        upper = level[i] >= TECHNICIAN and appointed[i] >= TECHNICIAN
        if upper and uniform(key[i], key_moment) < key_share:
            sums[4, at] += sign
            sums[5, at] += fen
        if insured[i] == 1:
            declared = int(base[i])
            own = employer_premium(declared, p)
            own = own - share_of(own, waived[at])
            sums[6, at] += sign
            sums[7, at] += sign * declared
            sums[8, at] += sign * own
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


LOOPS = (rolls_loop, levels_loop, near_loop, staff_of_loop)
