"""Which establishments and persons a sample keeps: each with probability 1/n, so weight is n.

The province is laid out in an order that keeps like beside like and cut into stretches of n; one
of each stretch is drawn. Of several samples so drawn the best balanced is kept, by workers,
technicians, insured staff and insured payroll in all and workers by branch and prefecture. Down
to 1/20 this leaves the chances equal; at 1/100 the largest establishments come too seldom, and a
still smaller sample, which has no room for them, is as near the province as whole establishments
allow.
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, REGIONS, SIZE_CLASSES
from model.draws import keys, uniforms
from model.population.establishments import LARGE, Establishments
from model.population.traits import Traits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST = 4  # a miss of the number of workers counts for so much more than the other misses
WHOLE = 4  # measures of the whole province; those by branch and prefecture follow


def interval(scale: Fraction, workers: int, fewest: int) -> int:
    """The n of a scale 1/n.

    Raises:
        ValueError: the scale is not 1/n, or it leaves fewer workers than the limit.
    """
    share = Fraction(scale)
    if share.numerator != 1 or share <= 0:
        raise ValueError(f"a scale is 1/n with a whole n, as 1/20; not {scale}")
    if workers < fewest * share.denominator:
        left = workers // share.denominator
        raise ValueError(
            f"a scale of {share} leaves {left} workers; at least {fewest} are needed, "
            f"so the smallest scale is 1/{workers // fewest}"
        )
    return share.denominator


def one_in(n: int, size: int, seed: int, purpose: str, attempt: int = 0) -> Ints:
    """Places drawn from 0 to ``size - 1``, one in each stretch of ``n``; each equally likely."""
    stretches = np.arange(-(-size // n))
    u = uniforms(keys(seed, stretches), seed, purpose, 0, attempt)
    places = stretches * n + (u * n).astype(np.int64)
    return places[places < size]


def order(houses: Establishments) -> Ints:
    """Rows of the establishments, like beside like.

    Large ones by branch and size, up in one branch and down in the next, so that neighbours are
    of one size; the others by class, branch, prefecture and size.
    """
    large = houses.size_class == LARGE
    there = np.where(large, 0, houses.region)
    upward = large & (houses.branch % 2 == 1)
    size = np.where(upward, houses.staff, -houses.staff)
    return np.lexsort((size, there, houses.branch, -houses.size_class))


def balance(houses: Establishments, traits: Traits, pay: Floats) -> Floats:
    """What a sample should hold its share of, one row each, one column an establishment.

    Staff, technicians, insured staff and insured payroll, then staff by branch and prefecture.

    Args:
        houses: the establishments.
        traits: what they are like.
        pay: mean pay of each.
    """
    staff = houses.staff.astype(np.float64)
    insured = staff * traits.insures * traits.insured_within[houses.branch]
    whole = [staff, staff * traits.skilled * traits.technicians, insured, insured * pay]
    branches = np.equal(houses.branch, np.arange(len(BRANCHES))[:, None]) * staff
    regions = np.equal(houses.region, np.arange(len(REGIONS))[:, None]) * staff
    return np.concatenate([np.stack(whole), branches, regions])


class Layer(NamedTuple):
    """The establishments of one size class, like beside like.

    Attributes:
        size: the class.
        rows: their rows.
        measured: what a sample should hold its share of (:func:`balance`), a column each.
        wanted: its sums.
    """

    size: int
    rows: Ints
    measured: Floats
    wanted: Floats


def layers(houses: Establishments, measured: Floats) -> list[Layer]:
    """The size classes, largest first; the same for every sample."""
    placed = order(houses)
    found = []
    for size in range(LARGE, -1, -1):
        rows = placed[houses.size_class[placed] == size]
        here = measured[:, rows]
        found.append(Layer(size, rows, here, here.sum(axis=1)))
    return found


def sample(laid: list[Layer], measured: Floats, n: int, seed: int, candidates: int) -> Ints:
    """Rows of the establishments that a sample keeps, ascending; ``n`` above 1.

    Args:
        laid: the establishments of the province (:func:`layers`).
        measured: what the sample should hold 1/n of (:func:`balance`).
        n: one of this many is kept.
        seed: draws the candidates.
        candidates: draws among the large, of which the best is kept.
    """
    total = measured.sum(axis=1)
    total[WHOLE:] = total[0]
    total[0] /= FIRST
    kept, missed = [], np.zeros(len(measured))
    for size, rows, here, wanted in laid:
        best, least, left = rows[:0], np.inf, missed
        # The large decide the balance and are few; among the smallest there is no need to choose.
        for attempt in range(max(1, candidates >> (2 * (LARGE - size)))):
            places = one_in(n, len(rows), seed, f"sample.{SIZE_CLASSES[size]}", attempt)
            miss = missed + here[:, places].sum(axis=1) * n - wanted
            score = float(((miss / total) ** 2).sum())
            if score < least:
                best, least, left = rows[places], score, miss
        kept.append(best)
        missed = left
    return np.sort(np.concatenate(kept), kind="stable")
