"""Asking an instrument, and paying under it as far as the payer's cash goes."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.deciding import INSTRUMENTS
from model.instruments.registry import instruments
from model.ledger import CASH_LIMITED, Account, Flow
from model.markets.cash import settle, suffices
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

CENTRAL = Flow("central_award", "", Account.OUTSIDE, Account.CENTRAL_FUNDS)


Facts = dict[str, Any]
NOTHING = np.zeros(0, np.int64)


def eligibility(province: "Province", name: str, rows: Ints, facts: Facts) -> Ints:
    """Reason codes of an instrument for given rows, 0 if eligible."""
    if len(rows) == 0:
        return NOTHING
    found: Ints = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    return found


def amounts(province: "Province", name: str, rows: Ints, facts: Facts) -> Ints:
    """Fen that an instrument pays to given rows, all eligible."""
    if len(rows) == 0:
        return NOTHING
    found: Ints = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    return found


def chosen(facts: Facts, places: Any) -> Facts:
    """Facts of some of the rows asked about; a fact that is one for all stays so."""
    return {n: v[places] if isinstance(v, np.ndarray) else v for n, v in facts.items()}


def ask_instrument(province: "Province", name: str, rows: Ints, facts: Facts) -> tuple[Ints, Ints]:
    """Reason codes and fen of an instrument for given rows; 0 fen where it refuses."""
    reasons = eligibility(province, name, rows, facts)
    granted = reasons == 0
    if not granted.any():
        return reasons, np.zeros(len(rows), np.int64)
    return reasons, np.where(granted, amounts(province, name, rows, facts), 0)


def pay_workers(
    province: "Province",
    name: str,
    rows: Ints,
    fen: Ints,
    month_asked: Any,
) -> NDArray[np.bool_]:
    """Pay workers under an instrument as far as the fund's cash goes; returns who was paid."""
    if len(rows) == 0:
        return np.zeros(0, np.bool_)
    w = province.workers
    order = (month_asked, w["id"][rows])
    where = (w["region"][rows], w["branch"][rows], w["level"][rows])
    paid = pay(province, name, fen, order, where)
    province.counts.paid(province, name, rows[paid], fen[paid])
    return paid


def pay_to_enterprises(
    province: "Province",
    name: str,
    rows: Ints,
    fen: Ints,
    drawn: str | None = None,
) -> None:
    """Pay enterprises under an instrument as far as the fund's cash goes.

    ``drawn`` names the column that remembers it.
    """
    if len(rows) == 0:
        return
    e = province.enterprises
    order = (np.zeros(len(rows), np.int64), e["id"][rows])
    where = (e["region"][rows], e["branch"][rows], np.full(len(rows), -1))
    paid = pay(province, name, fen, order, where)
    if drawn:
        e[drawn][rows[paid]] += fen[paid]


def pay(
    province: "Province",
    name: str,
    fen: Ints,
    order: tuple[Any, Any],
    where: tuple[Any, Any, Any],
) -> NDArray[np.bool_]:
    """Post payments of an instrument; returns which the payer's cash reaches.

    ``order`` is claim date and identity, ``where`` region, branch and level of each payment.
    """
    found = instruments()[name]
    payer, payee = found.accounts(province.law[name])
    available = province.ledger.available(payer) if payer in CASH_LIMITED else None
    paid = settle(fen, available, order, province.law["accounts"].exhausted)
    if available is not None:
        unpaid = int(fen[~paid].sum())
        province.paid_of_late.note(name, province.month, int(fen.sum()), unpaid)
    flow = Flow(name, found.clause, payer, payee)
    region, branch, level = (np.asarray(column)[paid] for column in where)
    province.ledger.post_all(province.month, flow, (region, branch, level), fen[paid])
    return paid


def pay_fixed(
    province: "Province",
    name: str,
    fen: int,
    where: tuple[int, int, int] = (-1, -1, -1),
    payer: Account | None = None,
) -> bool:
    """Post one payment of a fixed number at weight 1; returns whether the payer's cash reached.

    For what is never sampled: awards, prizes, bases, studios, grants to institutions. ``payer``
    is named where it hangs on the case; central money arrives with the case that it is for.
    """
    found = instruments()[name]
    usual, payee = found.accounts(province.law[name])
    payer = usual if payer is None else payer
    if payer == Account.CENTRAL_FUNDS:
        province.ledger.post(province.month, CENTRAL, where, 1, fen, weight=1)
    available = province.balance(payer) if payer in CASH_LIMITED else None
    if not suffices(fen, available, province.law["accounts"].exhausted):
        return False
    flow = Flow(name, found.clause, payer, payee)
    province.ledger.post(province.month, flow, where, 1, fen, weight=1)
    return True
