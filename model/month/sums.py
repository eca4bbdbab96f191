"""Integer sums of workers by enterprise."""

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from model.codes import Status
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION, share_of

if TYPE_CHECKING:
    from model.province import Province

Ints = NDArray[np.int64]
STREAMS = 16  # in which spread rows are read side by side


def sum_by(groups: NDArray[Any], values: NDArray[Any], number: int) -> Ints:
    """Sum integers by group, exactly (sums stay far below 2**53)."""
    return np.bincount(groups, weights=values, minlength=number).astype(np.int64)


def spread(rows: Ints) -> Ints:
    """The same rows, far ones side by side: for sums over many rows, which take any order.

    Neighbours work for one enterprise, and adding to one number again and again makes the
    processor wait for the sum that it has just written: three times as slow.
    """
    whole = len(rows) // STREAMS * STREAMS
    return np.concatenate([rows[:whole].reshape(STREAMS, -1).T.ravel(), rows[whole:]])


def shares_of(amounts: NDArray[Any], rates_ppm: Any) -> Ints:
    """The instruments' ``share_of`` for every amount of an array; the same floor."""
    found: Ints = cast(Any, share_of)(amounts.astype(np.int64), rates_ppm)
    return found


def in_key_post(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Which technicians hold a key post: a lasting draw against the share in force (C12)."""
    w = province.workers
    share = province.law["wage_drop_subsidy"].key_post_share / MILLION
    draw = uniforms_at(w["key"][rows], moment(province.seed, "key_post"))
    held: NDArray[np.bool_] = (w["appointed"][rows] >= 4) & (draw < share)
    return held


def sum_staff(province: "Province") -> None:
    """Staff, technicians in key posts and contractual pay of every enterprise."""
    w, e = province.workers, province.enterprises
    number = len(e["id"])
    employed = spread(np.flatnonzero(w["status"] == Status.EMPLOYED.value))
    employer = w["enterprise"][employed].astype(np.intp)  # as sums want them: converted once
    pay = w["pay"][employed].astype(np.float64)
    level = w["level"][employed]
    e["staff"][:] = np.bincount(employer, minlength=number)
    e["payroll"][:] = sum_by(employer, pay, number)
    # Adding nothing for the uncertified is faster than picking out the others.
    e["certified_pay"][:] = sum_by(employer, pay * (level > 0), number)
    technicians = np.flatnonzero(level >= 4)
    upper = technicians[in_key_post(province, employed[technicians])]
    e["upper_staff"][:] = np.bincount(employer[upper], minlength=number)
    e["upper_pay"][:] = sum_by(employer[upper], pay[upper], number)
