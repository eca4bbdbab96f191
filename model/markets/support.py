"""Claims of the wage-drop subsidy under the pots of enterprises (C12)."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.markets.pot import share_out_groups

Ints = NDArray[np.int64]


class Claims(NamedTuple):
    """Entitlements of one month, by worker; ``units`` are the enterprises among them."""

    rows: Ints
    units: Ints
    unit: Ints  # position of each claim's enterprise in ``units``
    fen: Ints
    drop: Ints
    level: Ints
    identity: Ints

    @classmethod
    def of(
        cls, rows: Ints, employer: Ints, fen: Ints, drop: Ints, level: Any, identity: Ints
    ) -> "Claims":
        """Claims with their enterprises numbered."""
        units, unit = np.unique(employer, return_inverse=True)
        return cls(rows, units, unit, fen, drop, level.astype(np.int64), identity)


def share_support(claims: Claims, available: Ints, p: Any) -> Ints:
    """Fen paid to each claim: each enterprise's pot shared out to the fen."""
    if len(claims.rows) == 0:
        return np.zeros(0, np.int64)
    paid: Ints = share_out_groups(
        claims.unit, claims.fen, available, claims.identity, p.rationing, claims.level
    )
    return paid
