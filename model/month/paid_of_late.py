"""What became of claims of late: the share that an empty fund left unpaid, by instrument."""

from typing import TYPE_CHECKING

import numpy as np

from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

MEMORY = 12  # months: one round of claims of everybody


class PaidOfLate:
    """Fen due and left unpaid under each instrument in each of the last months.

    Only what a payer's cash may limit is noted. A claim that is made again counts again.
    """

    def __init__(self) -> None:
        self.months: dict[str, dict[int, tuple[int, int]]] = {}

    def note(self, name: str, month: int, due: int, unpaid: int) -> None:
        """Add fen due under an instrument this month, and the part that was not paid."""
        if due == 0:
            return
        kept = self.months.setdefault(name, {})
        before = kept.get(month, (0, 0))
        kept[month] = (before[0] + due, before[1] + unpaid)
        for old in [m for m in kept if m < month - MEMORY]:
            del kept[old]

    def unpaid_share(self, name: str, month: int) -> float:
        """Share of the fen due in the twelve months before this one that nobody paid; 0 if none."""
        kept = self.months.get(name, {})
        seen = [pair for m, pair in kept.items() if month - MEMORY <= m < month]
        due = sum(d for d, _ in seen)
        return sum(u for _, u in seen) / due if due else 0.0


def reckon(province: "Province", name: str, fen: Ints) -> Ints:
    """Fen of an instrument that people count on, seeing how far it has paid of late.

    The fen themselves where no claim was left unpaid.
    """
    unpaid = province.paid_of_late.unpaid_share(name, province.month)
    if unpaid == 0.0:
        return fen
    counted: Ints = (fen * (1.0 - province.law["training"].cash_feedback * unpaid)).astype(np.int64)
    return counted
