"""Reference pay under C12: the mean of the twelve months before a spell of cut pay, frozen.

A run keeps every change of pay for as long as a spell can look back on it, so that the mean is
exact however often pay was revised.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

WINDOW = 12  # months


class PayChange(NamedTuple):
    """By how many fen a month the pay of given workers changed in a month.

    Each is named once, in ascending order.
    """

    month: int
    rows: NDArray[np.int32]
    fen: NDArray[np.int32]


def note_change(province: "Province", rows: Ints, fen: Ints) -> None:
    """Keep a change of pay, and forget those on which no spell can look back any more."""
    if len(rows) == 0:
        return
    kept = [c for c in province.pay_changes if c.month > province.month - WINDOW]
    if not (rows[1:] > rows[:-1]).all():
        order = np.argsort(rows, kind="stable")
        rows, fen = rows[order], fen[order]
    change = PayChange(province.month, rows.astype(np.int32), fen.astype(np.int32))
    province.pay_changes = [*kept, change]


def freeze_reference_pay(province: "Province", rows: Ints) -> None:
    """Reference pay of workers whose enterprise begins a spell this month, in fen, rounded down.

    Today's pay, less each change of the last year for the months of the window before it; a change
    in the month of the spell itself is none of the year before. Pay at a hire within the year
    stands for the months before the hire.
    """
    if len(rows) == 0:
        return
    w = province.workers
    total = w["pay"][rows].astype(np.int64) * WINDOW
    named = rows.astype(np.int32)
    for change in province.pay_changes:
        before = change.month - (province.month - WINDOW)
        if before > 0:
            mine, its = in_both(named, change.rows)
            stayed = w["joined"][rows[mine]] < change.month
            mine, its = mine[stayed], its[stayed]
            total[mine] -= change.fen[its].astype(np.int64) * before
    w["reference_pay"][rows] = total // WINDOW


def in_both(one: NDArray[np.int32], other: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Places of the rows that both name, in each; rows ascending, the shorter is looked up."""
    if len(one) > len(other):
        theirs, mine = in_both(other, one)
        return mine, theirs
    at = np.searchsorted(other, one)
    at[at == len(other)] = 0
    mine = np.flatnonzero(other[at] == one) if len(other) else np.zeros(0, np.int64)
    return mine, at[mine]
