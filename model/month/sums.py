"""Integer sums of workers by enterprise."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Status


def sum_by(groups: NDArray[Any], values: NDArray[Any], number: int) -> NDArray[np.int64]:
    """Sum integers by group, exactly (sums stay far below 2**53)."""
    return np.bincount(groups, weights=values, minlength=number).astype(np.int64)


def sum_staff(province: Any) -> None:
    """Staff, technicians in key posts and contractual pay of every enterprise."""
    w, e = province.workers, province.enterprises
    number = len(e["id"])
    employed = np.flatnonzero(w["status"] == Status.EMPLOYED)
    employer = w["enterprise"][employed]
    e["staff"][:] = np.bincount(employer, minlength=number)
    e["payroll"][:] = sum_by(employer, w["pay"][employed], number)
    upper = employed[(w["level"][employed] >= 4) & (w["key_post"][employed] == 1)]
    e["upper_staff"][:] = np.bincount(w["enterprise"][upper], minlength=number)
    e["upper_pay"][:] = sum_by(w["enterprise"][upper], w["pay"][upper], number)
