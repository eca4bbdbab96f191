"""Fitting tables to their margins, and whole numbers that keep a total."""

import numpy as np
from numpy.typing import NDArray

from model.numbers import exps

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 2000
TOLERANCE = 1e-10
GRID = 2.0**40  # shares are compared on a grid, so that the last bit decides no remainder


class NotFittedError(ValueError):
    """Margins that no table of the given pattern has."""


def proportional(
    prior: Floats, rows: Floats, columns: Floats, counted: Floats | None = None
) -> Floats:
    """Scale a pattern by rows and columns until both margins hold (iterative proportional fitting).

    Args:
        prior: pattern, not negative; a zero stays zero.
        rows: total of each row.
        columns: total of each column, of which a row counts with its share ``counted``.
        counted: share of each row that the column totals count; all of it if not given.

    Raises:
        NotFittedError: totals disagree, or the zeros of the pattern leave no room.
    """
    share = np.ones(len(rows)) if counted is None else counted
    if abs((rows * share).sum() - columns.sum()) > 1e-6 * columns.sum():
        raise NotFittedError(
            f"rows sum to {(rows * share).sum():.6g} and columns to {columns.sum():.6g}"
        )
    table = prior.astype(np.float64)
    for _ in range(ROUNDS):
        table = table * _ratio(columns, (table * share[:, None]).sum(axis=0))[None, :]
        table = table * _ratio(rows, table.sum(axis=1))[:, None]
        gap = np.abs((table * share[:, None]).sum(axis=0) - columns).max()
        if gap <= TOLERANCE * columns.max():
            return table
    raise NotFittedError(f"after {ROUNDS} rounds a column is still {gap:.3g} off its total")


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0)


def apportion(weights: Floats | Ints, total: int, priority: Floats | None = None) -> Ints:
    """Whole numbers proportional to weights that sum to a total (largest remainder).

    Equal remainders go by ``priority`` (highest first), then to the first.

    Raises:
        NotFittedError: a positive total over weights that are all zero.
    """
    weights = np.asarray(weights, np.float64)
    mass = weights.sum()
    if mass <= 0:
        if total:
            raise NotFittedError("no weight to share a total by")
        return np.zeros(len(weights), np.int64)
    exact = np.floor(weights / mass * total * GRID + 0.5) / GRID
    whole: Ints = np.floor(exact).astype(np.int64)
    remainder = np.where(weights > 0, exact - whole, -1.0)
    order = np.lexsort(
        (-(priority if priority is not None else np.zeros(len(weights))), -remainder)
    )
    left = total - int(whole.sum())
    whole[order[:left]] += 1
    return whole


def shared_odds(odds: Floats, weights: Floats, mean: float) -> Floats:
    """Shares whose odds are proportional to ``odds`` and whose weighted mean is ``mean``.

    Newton's method from below: the mean is concave in the factor, so no step overshoots.
    """
    if mean <= 0.0:
        return np.zeros_like(odds)
    if mean >= 1.0:
        raise NotFittedError(f"a mean share of {mean:g} has no odds")
    mass = weights / weights.sum()
    factor = mean / (odds * mass).sum()
    for _ in range(ROUNDS):
        held = 1.0 + odds * factor
        gap = mean - (odds * factor / held * mass).sum()
        if gap <= 1e-12:
            shares: Floats = odds * factor / held
            return shares
        factor += gap / (odds / (held * held) * mass).sum()
    raise NotFittedError(f"no factor gives a mean share of {mean:g}")


def tilted(weights: Floats, at: Floats, tilt: float) -> Floats:
    """A distribution multiplied by ``exp(tilt x at)`` and scaled back to one."""
    scaled = weights * exps(tilt * (at - at.mean()))
    share: Floats = scaled / scaled.sum()
    return share


def quantiles(distribution: Floats, at: NDArray[np.int64], steps: int) -> NDArray[np.int16]:
    """The values whose ranks are the middles of ``steps`` equal parts of a distribution."""
    edges = np.cumsum(distribution)
    middles = (np.arange(steps) + 0.5) / steps * edges[-1]
    found: NDArray[np.int16] = at[np.searchsorted(edges, middles, side="left")].astype(np.int16)
    return found
