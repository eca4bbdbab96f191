"""Keyed luck of the ladder: a draw depends on luck, worker, month and purpose, on nothing else.

The purposes' moments are those of :mod:`model.draws`. A worker's key is linear in the worker's
number, so that the draws of one moment, over workers, are one stream of splitmix64; a column of
mixed keys would double what the filter has to read.
"""

import numpy as np

from model.draws import key, moment

PURPOSES = ("find", "leave", "train", "exam", "choose", "wage")
FINDING, LEAVING, TRAINING, EXAM, CHOOSING, WAGE = range(len(PURPOSES))
STEP = 0x9E3779B97F4A7C15


def first_key(luck: int) -> int:
    """The key of worker 0; that of worker ``i`` is ``STEP * i`` further on, modulo 2**64."""
    return key(luck, 0)


def moments(luck: int, months: int) -> np.ndarray:
    """``[month, purpose]``: what is added to a worker's key."""
    at = [[moment(luck, purpose, month) for purpose in PURPOSES] for month in range(months)]
    return np.array(at, np.uint64)


def alias_table(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Thresholds (float32) and other enterprises (int32): Walker's table for drawing by weight."""
    left = (weights * len(weights)).tolist()
    thresholds, others = [1.0] * len(left), list(range(len(left)))
    small = [i for i, share in enumerate(left) if share < 1]
    large = [i for i, share in enumerate(left) if share >= 1]
    while small and large:
        poor, rich = small.pop(), large[-1]
        thresholds[poor], others[poor] = left[poor], rich
        left[rich] -= 1 - left[poor]
        if left[rich] < 1:
            small.append(large.pop())
    return np.array(thresholds, np.float32), np.array(others, np.int32)
