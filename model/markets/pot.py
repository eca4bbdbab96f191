"""Sharing a pot that is too small: exact to the fen, the same for one enterprise and for many.

Pro rata gives everybody the whole fen of the proportional part and the fen left over to the
largest fractions; ties go to the lower key (worker id, or place in a list). What is paid sums to
the smaller of all entitlements and the pot, whatever the rule of sharing.
"""

from collections.abc import Sequence
from enum import IntEnum, unique

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LARGEST = 2**63 - 1


@unique
class Rationing(IntEnum):
    """How a pot that is too small is shared."""

    PRO_RATA = 0
    BY_LEVEL = 1  # highest level first, pro rata within a level
    FIRST_COME = 2  # by key


def share_out(
    entitlements: Sequence[int],
    available: int,
    rationing: int = Rationing.PRO_RATA,
    levels: Sequence[int] | None = None,
    keys: Sequence[int] | None = None,
) -> list[int]:
    """Fen paid to each claimant of one pot, in the order of ``entitlements``.

    Args:
        entitlements: fen of each claim, not negative.
        available: fen in the pot; a negative pot is empty.
        rationing: a :class:`Rationing` code.
        levels: skill levels, needed for ``BY_LEVEL``.
        keys: what breaks ties and orders ``FIRST_COME``; the place in the list if left out.

    Raises:
        ValueError: a negative entitlement, unequal lengths, or levels missing.
    """
    size = len(entitlements)
    keys = range(size) if keys is None else keys
    _check((size, len(keys), size if levels is None else len(levels)), min(entitlements, default=0))
    _check_levels(rationing, levels is not None)
    left = max(0, available)
    paid = [0] * size
    for group in _turns(size, rationing, levels, keys):
        claims = [entitlements[i] for i in group]
        total = sum(claims)
        shares = (
            claims if total <= left else _pro_rata(claims, total, left, [keys[i] for i in group])
        )
        for i, share in zip(group, shares, strict=True):
            paid[i] = share
        left -= min(total, left)
    return paid


def _check(sizes: tuple[int, int, int], least: int) -> None:
    if len(set(sizes)) > 1:
        raise ValueError("entitlements, levels and keys must be equally many")
    if least < 0:
        raise ValueError("an entitlement is negative")


def _check_levels(rationing: int, given: bool) -> None:
    if rationing == Rationing.BY_LEVEL and not given:
        raise ValueError("sharing by level needs levels")


def _turns(
    size: int, rationing: int, levels: Sequence[int] | None, keys: Sequence[int]
) -> list[list[int]]:
    """Places of the claimants who are served together, in the order of serving."""
    if rationing == Rationing.FIRST_COME:
        return [[i] for i in sorted(range(size), key=lambda i: (keys[i], i))]
    if rationing == Rationing.BY_LEVEL and levels is not None:
        served = sorted(set(levels), reverse=True)
        return [[i for i in range(size) if levels[i] == level] for level in served]
    return [list(range(size))]


def _pro_rata(claims: list[int], total: int, left: int, keys: list[int]) -> list[int]:
    """Largest remainder: ``left`` is below ``total``, so nobody gets more than the claim."""
    shares = [claim * left // total for claim in claims]
    spare = left - sum(shares)
    order = sorted(range(len(claims)), key=lambda i: (-(claims[i] * left % total), keys[i], i))
    for i in order[:spare]:
        shares[i] += 1
    return shares


def share_out_groups(
    group_ids: Ints,
    entitlements: Ints,
    available_by_group: Ints,
    tie_keys: Ints,
    rationing: int = Rationing.PRO_RATA,
    levels: Ints | None = None,
) -> Ints:
    """What :func:`share_out` pays in every pot at once; the same fen, in the order given.

    Args:
        group_ids: pot of each claim, an index of ``available_by_group``.
        entitlements: fen of each claim, not negative.
        available_by_group: fen in each pot.
        tie_keys: what breaks ties within a pot; equal keys fall back on the order given.
        rationing: a :class:`Rationing` code, the same for all pots.
        levels: skill levels, needed for ``BY_LEVEL``.
    """
    claims = np.asarray(entitlements, np.int64)
    if claims.size == 0:
        return np.zeros(0, np.int64)
    group = np.asarray(group_ids, np.int64)
    keys = np.asarray(tie_keys, np.int64)
    size = claims.size
    _check((size, keys.size, size if levels is None else levels.size), int(claims.min()))
    _check_levels(rationing, levels is not None)
    turn = np.zeros(claims.size, np.int64)
    if rationing == Rationing.BY_LEVEL and levels is not None:
        turn = -np.asarray(levels, np.int64)
    elif rationing == Rationing.FIRST_COME:
        turn[np.lexsort((keys,))] = np.arange(claims.size)
    served, place = np.unique(np.stack((group, turn)), axis=1, return_inverse=True)
    place = place.reshape(-1)
    total = _sums(place, claims, served.shape[1])
    left = _left(served[0], total, np.maximum(0, np.asarray(available_by_group, np.int64)))
    return _pro_rata_all(place, claims, total, left, keys)


def _sums(place: Ints, values: Ints, size: int) -> Ints:
    """Integer sums by place; exact, unlike a weighted count."""
    found = np.zeros(size, np.int64)
    np.add.at(found, place, values)
    return found


def _left(pot: Ints, total: Ints, available: Ints) -> Ints:
    """What those served together may share: their pot less the claims served before them."""
    before = np.cumsum(total) - total
    first = np.searchsorted(pot, pot, side="left")
    before = before - before[first]
    return np.minimum(total, np.maximum(0, available[pot] - before))


def _pro_rata_all(place: Ints, claims: Ints, total: Ints, left: Ints, keys: Ints) -> Ints:
    scarce = left[place] < total[place]
    rows = np.flatnonzero(scarce)
    paid = claims.copy()
    if rows.size == 0:
        return paid
    pot, claim, key = place[rows], claims[rows], keys[rows]
    if int(claim.max()) * int(left[pot].max()) > LARGEST:
        for one in np.unique(pot):
            mine = rows[pot == one]
            shares = share_out(
                claims[mine].tolist(), int(left[one]), Rationing.PRO_RATA, None, keys[mine].tolist()
            )
            paid[mine] = shares
        return paid
    share, remainder = np.divmod(claim * left[pot], total[pot])
    spare = left - _sums(pot, share, left.size)
    order = np.lexsort((key, -remainder, pot))
    sorted_pot = pot[order]
    rank = np.arange(rows.size) - np.searchsorted(sorted_pot, sorted_pot, side="left")
    share[order] += rank < spare[sorted_pot]
    paid[rows] = share
    return paid
