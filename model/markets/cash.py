"""What a fund does when claims exceed its cash."""

from enum import IntEnum, unique
from typing import Any

import numpy as np
from numpy.typing import NDArray


@unique
class Exhausted(IntEnum):
    """The setting ``accounts.exhausted``; codes follow the order of its options."""

    QUEUE = 0  # unpaid claims may be made again
    OVERDRAW = 1  # the fund pays and goes negative, openly


def suffices(fen: int, available: int | None, exhausted: int) -> bool:
    """Whether a fund pays all of so much; ``available`` is None where the payer is no fund."""
    return available is None or exhausted == Exhausted.OVERDRAW or fen <= available


def settle(
    fen: NDArray[np.int64],
    available: int | None,
    order: tuple[Any, Any],
    exhausted: int,
) -> NDArray[np.bool_]:
    """Which claims are paid: all if cash suffices, otherwise the earliest in full.

    Args:
        fen: the claims.
        available: cash of the fund; None where the payer is no fund.
        order: claim date and identity; earlier dates first, then lower identities.
        exhausted: an :class:`Exhausted` code.
    """
    if len(fen) == 0 or suffices(int(fen.sum()), available, exhausted):
        return np.ones(len(fen), np.bool_)
    assert available is not None
    date = np.broadcast_to(np.asarray(order[0]), len(fen))
    ranked = np.lexsort((order[1], date))
    paid = np.zeros(len(fen), np.bool_)
    paid[ranked] = np.cumsum(fen[ranked]) <= available
    return paid
