"""The account of people: everybody is somewhere, every month."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import STATUSES, Status
from model.months import format_month


class PeopleError(Exception):
    """Somebody is lost, counted twice, or came from nowhere."""


@dataclass
class People:
    """Moves between statuses, closed each month against a recount."""

    stock: NDArray[np.int64]
    moves: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((len(Status), len(Status)), np.int64)
    )
    history: list[tuple[int, NDArray[np.int64]]] = field(default_factory=list)

    def move(self, before: NDArray[Any], after: int) -> None:
        """Note that people of the given statuses now have status ``after``."""
        self.moves[:, after] += np.bincount(before, minlength=len(Status))

    def close(self, month: int, counted: NDArray[np.int64]) -> None:
        """Compare last month's stock and this month's moves with a recount by status.

        Raises:
            PeopleError: names the month, the status and the difference.
        """
        expected = self.stock + self.moves.sum(axis=0) - self.moves.sum(axis=1)
        for code in Status:
            if expected[code] != counted[code]:
                raise PeopleError(
                    f"{format_month(month)}: {STATUSES[code]} does not close, "
                    f"{int(counted[code] - expected[code])} persons apart"
                )
        self.history.append((month, self.moves))
        self.stock = counted
        self.moves = np.zeros_like(self.moves)
