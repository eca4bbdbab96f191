"""Payments to workers under an instrument, as far as the fund's cash goes."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.instruments.registry import instruments
from model.ledger import PUBLIC, Flow
from model.markets.cash import settle
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province


def pay_workers(
    province: "Province",
    name: str,
    rows: Ints,
    fen: Ints,
    month_asked: Any,
) -> NDArray[np.bool_]:
    """Pay workers under an instrument as far as the fund's cash goes; returns who was paid."""
    w = province.workers
    found = instruments()[name]
    payer, payee = found.accounts(province.law[name])
    available = province.ledger.available(payer) if payer in PUBLIC else None
    paid = settle(fen, available, (month_asked, w["id"][rows]), province.law["accounts"].exhausted)
    flow = Flow(name, found.clause, payer, payee)
    done = rows[paid]
    where = (w["region"][done], w["branch"][done], w["level"][done])
    province.ledger.post_all(province.month, flow, where, fen[paid])
    province.counts.paid(province, name, done, fen[paid])
    return paid
