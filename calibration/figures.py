"""Figures of experiments as pure functions of series: slopes, loops, elasticities, parts gone."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NAN = float("nan")


def over(part: float, whole: float) -> float:
    """A ratio; nan where there is nothing to divide by."""
    return part / whole if whole else NAN


def log_ratio(after: float, before: float) -> float:
    """Log of a ratio; nan where either is not positive."""
    return math.log(after / before) if after > 0 and before > 0 else NAN


def elasticity(of: tuple[float, float], to: tuple[float, float], least: float = 0.0) -> float:
    """Log change of one number for that of another, each ``(after, before)``.

    nan where the second hardly moved: by no more than ``least`` log points.
    """
    moved = log_ratio(*to)
    return log_ratio(*of) / moved if abs(moved) > least else NAN


def slope(x: Any, y: Any, weights: Any = None, groups: Any = None) -> float:
    """Least-squares slope of ``y`` on ``x``, within groups and weighted; nan without variation."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, float)
    group = (
        np.zeros(len(x), np.int64) if groups is None else np.unique(groups, return_inverse=True)[1]
    )
    if len(x) == 0:
        return NAN
    total = np.maximum(np.bincount(group, weights=w), 1e-300)
    x = x - (np.bincount(group, weights=w * x) / total)[group]
    y = y - (np.bincount(group, weights=w * y) / total)[group]
    spread = float((w * x * x).sum())
    return float((w * x * y).sum()) / spread if spread > 1e-12 * float(w.sum()) else NAN


def loop_area(x: Any, y: Any) -> float:
    """Area that a path encloses, closed from its end to its start; positive counter-clockwise."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    if len(x) < 3:
        return NAN
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2.0


def part_gone(then: float, later: float) -> float:
    """Part of an extra stock that is gone later; nan if there was none."""
    return 1.0 - later / then if then > 0 else NAN


def ratio_of_rates(events: Floats, months: Floats, one: list[int], other: list[int]) -> float:
    """Rate of some classes over that of others, less one; events and exposure by class."""
    rate = over(float(events[one].sum()), float(months[one].sum()))
    base = over(float(events[other].sum()), float(months[other].sum()))
    return rate / base - 1.0 if base else NAN


def within_cells(events: Floats, months: Floats, one: int, other: int) -> tuple[float, float]:
    """Rate of one class less that of another within cells, rows of both arrays; weight first.

    Cells weigh with the smaller exposure of the two classes, so that a cell in which one of them
    is missing says nothing.
    """
    weight = np.minimum(months[:, one], months[:, other])
    here = weight > 0
    if not here.any():
        return 0.0, 0.0
    rate = events[here] / np.maximum(months[here], 1e-300)
    less = np.average(rate[:, one] - rate[:, other], weights=weight[here])
    return float(weight.sum()), float(less)


def pays_off(gained: float, paid: float, million: float = 1e6) -> float:
    """What a million yuan brings; nan if nothing was paid."""
    return gained / paid * million if paid > 0 else NAN
