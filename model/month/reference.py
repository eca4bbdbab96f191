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
    """By how many fen a month the pay of given workers changed in a month (each named once)."""

    month: int
    rows: NDArray[np.int32]
    fen: NDArray[np.int32]


def note_change(province: "Province", rows: Ints, fen: Ints) -> None:
    """Keep a change of pay, and forget those on which no spell can look back any more."""
    kept = [c for c in province.pay_changes if c.month > province.month - WINDOW]
    change = PayChange(province.month, rows.astype(np.int32), fen.astype(np.int32))
    province.pay_changes = [*kept, change]


def freeze_reference_pay(province: "Province", rows: Ints) -> None:
    """Reference pay of workers whose enterprise begins a spell this month, in fen, rounded down.

    Today's pay, less each change of the last year for the months of the window before it; a change
    in the month of the spell itself is none of the year before. Pay at a hire within the year
    stands for the months before the hire.
    """
    w = province.workers
    place = np.full(len(w["id"]), -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    total = w["pay"][rows].astype(np.int64) * WINDOW
    for change in province.pay_changes:
        before = change.month - (province.month - WINDOW)
        if before > 0:
            at = place[change.rows]
            here = np.flatnonzero(at >= 0)
            here = here[w["joined"][change.rows[here]] < change.month]
            total[at[here]] -= change.fen[here].astype(np.int64) * before
    w["reference_pay"][rows] = total // WINDOW
