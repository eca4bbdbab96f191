"""Who gets what is scarce: the first of each group by a keyed priority, up to the group's quota."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def first_of_group(
    groups: NDArray[Any], quota: NDArray[Any], priority: tuple[NDArray[Any], ...]
) -> NDArray[np.bool_]:
    """Mark, in each group, the first ``quota[group]`` members.

    Args:
        groups: group number of each member.
        quota: places by group number; negative counts as none.
        priority: sort keys, most important first; smaller is served earlier. The last key should
            have no ties (a keyed draw or an identity), so that the outcome does not hang on order.
    """
    served = np.zeros(len(groups), np.bool_)
    if len(groups) == 0:
        return served
    order = np.lexsort((*reversed(priority), groups))
    ordered = np.asarray(groups)[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    rank = np.arange(len(ordered)) - np.repeat(starts, lengths)
    served[order] = rank < np.asarray(quota)[ordered]
    return served
