"""Who gets what is scarce: the first of each group by a keyed priority, up to the group's quota."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_OF_DRAW = 32  # bits of a draw below which too many would be equal


def rank_in_group(groups: NDArray[Any], priority: tuple[NDArray[Any], ...]) -> NDArray[np.int64]:
    """Place of each member within its group, from 0.

    Args:
        groups: group number of each member.
        priority: sort keys, most important first; smaller is served earlier. The last key should
            have no ties (a keyed draw or an identity), so that the outcome does not hang on order.
    """
    rank = np.zeros(len(groups), np.int64)
    if len(groups) == 0:
        return rank
    order = sorted_by((groups, *priority))
    ordered = np.asarray(groups)[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    rank[order] = np.arange(len(ordered)) - np.repeat(starts, lengths)
    return rank


def sorted_by(keys: tuple[NDArray[Any], ...]) -> NDArray[np.intp]:
    """Positions in the order of the keys, most important first, as ``lexsort`` gives it.

    Whole numbers and a draw below 1 after them fit into one number of 64 bits as a rule; it is
    sorted alone, which is several times as fast. Where two members have the same number, or the
    keys do not fit, all keys are sorted.
    """
    packed = pack(keys)
    if packed is not None:
        order = np.argsort(packed, kind="stable")
        ordered = packed[order]
        if not (ordered[1:] == ordered[:-1]).any():
            return order
    return np.lexsort(tuple(reversed(keys)))


def pack(keys: tuple[NDArray[Any], ...]) -> NDArray[np.uint64] | None:
    """Keys in one number whose order is theirs, as far as the first draw goes; None if too wide."""
    packed = np.zeros(len(keys[0]), np.uint64)
    left = 64
    for key in keys:
        if key.dtype.kind == "f":
            if left < LEAST_OF_DRAW or float(key.min()) < 0.0 or float(key.max()) >= 1.0:
                return None
            bits = min(left, 52)
            draw = (key * float(1 << bits)).astype(np.uint64)
            return (packed << np.uint64(bits)) | draw
        low = int(key.min())
        width = (int(key.max()) - low).bit_length()
        left -= width
        if left < 0:
            return None
        packed = (packed << np.uint64(width)) | (key.astype(np.int64) - low).astype(np.uint64)
    return packed


def first_of_group(
    groups: NDArray[Any], quota: NDArray[Any], priority: tuple[NDArray[Any], ...]
) -> NDArray[np.bool_]:
    """Mark, in each group, the first ``quota[group]`` members by priority.

    A negative quota counts as none; priority as in :func:`rank_in_group`.
    """
    first: NDArray[np.bool_] = rank_in_group(groups, priority) < np.asarray(quota)[groups]
    return first
