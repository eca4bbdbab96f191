"""Who gets what is scarce: the first of each group by a keyed priority, up to the group's quota."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


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
    order = np.lexsort((*reversed(priority), groups))
    ordered = np.asarray(groups)[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    rank[order] = np.arange(len(ordered)) - np.repeat(starts, lengths)
    return rank


def first_of_group(
    groups: NDArray[Any], quota: NDArray[Any], priority: tuple[NDArray[Any], ...]
) -> NDArray[np.bool_]:
    """Mark, in each group, the first ``quota[group]`` members by priority.

    A negative quota counts as none; priority as in :func:`rank_in_group`.
    """
    first: NDArray[np.bool_] = rank_in_group(groups, priority) < np.asarray(quota)[groups]
    return first
