"""Integer sums of workers by enterprise."""

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from model.draws import uniforms_at
from model.instruments.channels import share_of
from model.month.rolls import key_posts, up_to_date

if TYPE_CHECKING:
    from model.province import Province

Ints = NDArray[np.int64]


def sum_by(groups: NDArray[Any], values: NDArray[Any], number: int) -> Ints:
    """Sum integers by group, exactly (sums stay far below 2**53)."""
    return np.bincount(groups, weights=values, minlength=number).astype(np.int64)


def shares_of(amounts: NDArray[Any], rates_ppm: Any) -> Ints:
    """The instruments' ``share_of`` for every amount of an array; the same floor."""
    found: Ints = cast(Any, share_of)(amounts.astype(np.int64), rates_ppm)
    return found


def in_key_post(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Which technicians hold a key post: a lasting draw against the share in force (C12)."""
    w = province.workers
    share, at = key_posts(province)
    held: NDArray[np.bool_] = (w["appointed"][rows] >= 4) & (
        uniforms_at(w["key"][rows], at) < share
    )
    return held


def sum_staff(province: "Province") -> None:
    """Staff, technicians in key posts and contractual pay of every enterprise."""
    rolls = up_to_date(province)
    for name in ("staff", "payroll", "certified_pay", "upper_staff", "upper_pay"):
        province.enterprises[name][:] = rolls.of(name)
