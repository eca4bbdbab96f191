"""Sums and selections over all workers, as loops that an engine compiles.

Each loop covers rows ``lo`` to ``hi`` and adds whole numbers into arrays that the caller made, so
that blocks may be summed in any order and by any number of threads. What they mean, and the same
in numpy, stands in ``model.engines.tallies``.
"""

from typing import Any

from numpy import uint32

from model.engines.sifting import above, sift
from model.instruments.channels import share_of
from model.instruments.unemployment_insurance import employee_premium, employer_premium
from model.scalar import scalar

EMPLOYED = 1  # model.codes.Status.EMPLOYED
TECHNICIAN = 4  # model.codes.Level.TECHNICIAN


@scalar
def staff_loop(
    lo: int,
    hi: int,
    status: Any,
    enterprise: Any,
    level: Any,
    pay: Any,
    sums: Any,
    technicians: Any,
) -> int:
    """Staff, payroll, certified staff and their pay by enterprise; rows of technicians.

    ``sums`` has a column for each of the four; returns how many ``technicians`` were found.
    """
    found = 0
    at = -1
    staff = certified = payroll = certified_pay = 0
    for i in range(lo, hi):
        if status[i] != EMPLOYED:
            continue
        if enterprise[i] != at:  # neighbours mostly work for one enterprise: added up first
            if at >= 0:
                sums[at, 0] += staff
                sums[at, 1] += payroll
                sums[at, 2] += certified
                sums[at, 3] += certified_pay
            at = enterprise[i]
            staff = certified = payroll = certified_pay = 0
        fen = int(pay[i])
        has = int(level[i] > 0)
        staff += 1
        payroll += fen
        certified += has
        certified_pay += fen * has
        if level[i] >= TECHNICIAN:
            technicians[found] = i
            found += 1
    if at >= 0:
        sums[at, 0] += staff
        sums[at, 1] += payroll
        sums[at, 2] += certified
        sums[at, 3] += certified_pay
    return found


@scalar
def certified_loop(lo: int, hi: int, status: Any, enterprise: Any, level: Any, sums: Any) -> int:
    """Certified staff by enterprise."""
    at = -1
    number = 0
    for i in range(lo, hi):
        if enterprise[i] != at:
            if number > 0:
                sums[at] += number
            at = enterprise[i]
            number = 0
        number += int(status[i] == EMPLOYED and level[i] > 0)
    if number > 0:
        sums[at] += number
    return 0


@scalar
def levels_loop(lo: int, hi: int, status: Any, enterprise: Any, level: Any, sums: Any) -> int:
    """Staff by enterprise and level."""
    for i in range(lo, hi):
        if status[i] == EMPLOYED:
            sums[enterprise[i], level[i]] += 1
    return 0


@scalar
def insured_loop(
    lo: int, hi: int, status: Any, insured: Any, enterprise: Any, base: Any, sums: Any
) -> int:
    """Insured staff by enterprise, and the sum of their declared bases."""
    for i in range(lo, hi):
        if status[i] == EMPLOYED and insured[i] == 1:
            sums[enterprise[i], 0] += 1
            sums[enterprise[i], 1] += int(base[i])
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
        if flags[enterprise[i]]:
            chosen[found] = i
            found += 1
    return found


@scalar
def premiums_loop(
    lo: int,
    hi: int,
    status: Any,
    insured: Any,
    enterprise: Any,
    region: Any,
    branch: Any,
    base: Any,
    behind: Any,
    waived: Any,
    p: Any,
    branches: int,
    by_enterprise: Any,
    by_place: Any,
    total: Any,
) -> int:
    """Premiums of the insured: what each enterprise owes or pays, and what is paid by place.

    ``by_enterprise`` holds owed and paid; ``by_place`` persons, fen of enterprises and of staff
    paid; ``total`` the sum of declared bases. ``waived`` are millionths by enterprise.
    """
    for i in range(lo, hi):
        if status[i] != EMPLOYED or insured[i] != 1:
            continue
        at = enterprise[i]
        fen = int(base[i])
        total[0] += fen
        own = employer_premium(fen, p)
        own = own - share_of(own, waived[at])
        theirs = employee_premium(fen, p)
        if behind[at] == 1:
            by_enterprise[at, 0] += own + theirs
        else:
            by_enterprise[at, 1] += own + theirs
            place = uint32(region[i]) * uint32(branches) + uint32(branch[i])
            by_place[place, 0] += 1
            by_place[place, 1] += own
            by_place[place, 2] += theirs
    return 0


@scalar
def wages_loop(
    lo: int,
    hi: int,
    status: Any,
    enterprise: Any,
    region: Any,
    branch: Any,
    level: Any,
    pay: Any,
    branches: int,
    levels: int,
    payroll: Any,
    by_cell: Any,
) -> int:
    """Contractual pay by enterprise, persons and fen by cell (region, branch and level)."""
    at = -1
    own = 0
    for i in range(lo, hi):
        if status[i] != EMPLOYED:
            continue
        fen = int(pay[i])
        if enterprise[i] != at:
            if at >= 0:
                payroll[at] += own
            at = enterprise[i]
            own = 0
        own += fen
        place = uint32(region[i]) * uint32(branches) + uint32(branch[i])
        cell = place * uint32(levels) + uint32(level[i])
        by_cell[cell, 0] += 1
        by_cell[cell, 1] += fen
    if at >= 0:
        payroll[at] += own
    return 0


@scalar
def census_loop(
    lo: int,
    hi: int,
    status: Any,
    region: Any,
    branch: Any,
    level: Any,
    insured: Any,
    branches: int,
    levels: int,
    people: Any,
    insured_people: Any,
) -> int:
    """Everybody by cell and status, and the insured by cell."""
    for i in range(lo, hi):
        place = uint32(region[i]) * uint32(branches) + uint32(branch[i])
        cell = place * uint32(levels) + uint32(level[i])
        people[cell, status[i]] += 1
        insured_people[cell] += insured[i]
    return 0


LOOPS = (
    staff_loop,
    certified_loop,
    levels_loop,
    insured_loop,
    near_loop,
    staff_of_loop,
    premiums_loop,
    wages_loop,
    census_loop,
)
