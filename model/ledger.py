"""Money: double entry, integer fen, closed every month.

Every payment is a posting from one account to another that names month, instrument, clause,
region, branch and level. Balances follow from postings alone. At the end of a month each account
must satisfy opening + in - out = closing, computed a second time from the month's own lines, and
all accounts together must sum to zero; otherwise :class:`LedgerError` names account and month.
"""

from dataclasses import dataclass, field
from enum import IntEnum, unique
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS
from model.months import format_month

MONTH_OF, FLOW_OF, FEN_OF = itemgetter(0), itemgetter(1), itemgetter(-1)  # of a line
WIDTHS = ((len(BRANCHES) + 1) * (len(LEVELS) + 1), len(LEVELS) + 1, 1)  # region, branch, level
OF_NOTHING = sum(WIDTHS)  # number of the cell of neither; -1 takes one width off
LARGEST_EXACT = 2**53  # integers up to here are exact as float64, in which cells are summed


@unique
class Account(IntEnum):
    """Who can pay and be paid."""

    UNEMPLOYMENT_INSURANCE_FUND = 0
    EMPLOYMENT_SUBSIDY_FUND = 1
    PROVINCIAL_TREASURY = 2
    SKILLS_ACTION_ACCOUNT = 3
    EDUCATION_FUNDS = 4  # the enterprises' own restricted money (C7), never public outlay
    WORKERS = 5
    ENTERPRISES = 6
    INSTITUTIONS = 7
    OUTSIDE = 8
    POOLED_EDUCATION_FUND = 9  # set-aside that counties pool (C26): enterprises' money, no outlay
    UNION_FUND = 10  # the unions' own money (C22)
    TAX_OFFICE = 11  # tax not levied (C26); shown apart, never public outlay
    CENTRAL_FUNDS = 12  # central money for national projects (C9); shown apart, not the province's


PUBLIC = (  # the province's own
    Account.UNEMPLOYMENT_INSURANCE_FUND,
    Account.EMPLOYMENT_SUBSIDY_FUND,
    Account.PROVINCIAL_TREASURY,
    Account.SKILLS_ACTION_ACCOUNT,
)
CASH_LIMITED = (  # pay what they hold
    *PUBLIC,
    Account.POOLED_EDUCATION_FUND,
    Account.UNION_FUND,
    Account.CENTRAL_FUNDS,
)


class LedgerError(Exception):
    """An account does not close, or a fund would go negative unasked."""


@dataclass(frozen=True)
class Flow:
    """What a posting is for: who pays whom under which instrument and clause."""

    instrument: str
    clause: str
    payer: Account
    payee: Account


@dataclass
class Ledger:
    """All accounts of one run. ``weight`` multiplies sampled postings (1 at full scale).

    Attributes:
        lines: month, flow, region, branch, level, cases and fen of every posting, in order.
        history: month, account, opening, in, out and closing of every account in closed months.
        flows: fen of every flow in each closed month.
    """

    weight: int = 1
    balances: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(Account), np.int64))
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    history: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    flows: dict[int, dict[Flow, int]] = field(default_factory=dict)
    _opening: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(Account), np.int64))
    _month_start: int = 0

    def open_with(self, account: Account, fen: int) -> None:
        """Give ``account`` an opening balance, owed by the outside world."""
        self.balances[account] += fen
        self.balances[Account.OUTSIDE] -= fen
        self._opening = self.balances.copy()

    def post(
        self,
        month: int,
        flow: Flow,
        keys: tuple[int, int, int],
        cases: int,
        fen: int,
        *,
        weight: int | None = None,
    ) -> None:
        """Move ``fen`` from payer to payee; ``keys`` are region, branch and level (-1: none).

        ``weight`` overrides the sample's weight, as for fixed numbers that are never sampled.
        Raises LedgerError for a negative amount or a negative number of cases.
        """
        if fen < 0 or cases < 0:
            raise LedgerError(
                f"{format_month(month)} {flow.instrument}: negative posting, "
                f"{fen} fen and {cases} cases"
            )
        times = self.weight if weight is None else weight
        amount = int(fen) * times
        if amount == 0 and cases == 0:
            return
        self.balances[flow.payer] -= amount
        self.balances[flow.payee] += amount
        self.lines.append((month, flow, *keys, int(cases) * times, amount))

    def post_all(
        self,
        month: int,
        flow: Flow,
        columns: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
        fen: NDArray[np.int64],
        cases: NDArray[np.int64] | None = None,
    ) -> int:
        """Post many payments of one flow, summed by region, branch and level.

        ``columns`` are the region, branch and level of each payment. Returns the unweighted sum.
        """
        if len(fen) == 0:
            return 0
        if int(fen.min()) < 0:
            raise LedgerError(f"{format_month(month)} {flow.instrument}: a negative payment")
        if int(fen.max()) * len(fen) >= LARGEST_EXACT:
            raise LedgerError(f"{format_month(month)} {flow.instrument}: too large to sum exactly")
        code = np.full(len(fen), OF_NOTHING)
        for column, width in zip(columns, WIDTHS, strict=True):
            code += np.asarray(column, np.int64) * width
        cell_sums = np.bincount(code, weights=fen).astype(np.int64)  # exact below 2**53
        if cases is None:
            numbers = np.bincount(code)
        else:
            numbers = np.bincount(code, weights=cases).astype(np.int64)
        total = int(cell_sums.sum())
        cells = np.flatnonzero((cell_sums > 0) | (numbers > 0))
        self.balances[flow.payer] -= total * self.weight
        self.balances[flow.payee] += total * self.weight
        self.lines.extend(
            zip(
                repeat(month, len(cells)),
                repeat(flow),
                (cells // WIDTHS[0] - 1).tolist(),
                (cells % WIDTHS[0] // WIDTHS[1] - 1).tolist(),
                (cells % WIDTHS[1] - 1).tolist(),
                (numbers[cells] * self.weight).tolist(),
                (cell_sums[cells] * self.weight).tolist(),
                strict=False,
            )
        )
        return total

    def available(self, account: Account) -> int:
        """Fen in ``account`` that sampled agents may still draw, in the sample's own fen."""
        return max(0, int(self.balances[account])) // self.weight

    def close(self, month: int) -> None:
        """Close the month: recompute every account from its lines and compare."""
        inflow = [0] * len(Account)
        outflow = [0] * len(Account)
        flows = self._flows_of(month)
        for flow, fen in flows.items():
            outflow[flow.payer] += fen
            inflow[flow.payee] += fen
        closing = self._opening + np.array(inflow, np.int64) - np.array(outflow, np.int64)
        for account in Account:
            if closing[account] != self.balances[account]:
                gap = int(self.balances[account] - closing[account])
                raise LedgerError(
                    f"{format_month(month)}: account {account.name.lower()} does not close, "
                    f"{gap} fen apart"
                )
            self.history.append(
                (
                    month,
                    int(account),
                    int(self._opening[account]),
                    int(inflow[account]),
                    int(outflow[account]),
                    int(closing[account]),
                )
            )
        if int(self.balances.sum()) != 0:
            raise LedgerError(f"{format_month(month)}: the accounts do not sum to zero")
        self._opening = self.balances.copy()
        self._month_start = len(self.lines)
        self.flows[month] = flows

    def _flows_of(self, month: int) -> dict[Flow, int]:
        """Fen of every flow among the lines since the last close, all of which are of ``month``."""
        lines = self.lines[self._month_start :]
        months = list(map(MONTH_OF, lines))
        if months.count(month) < len(months):
            line = next(one for one in lines if one[0] != month)
            parties = f"{line[1].payer.name.lower()} to {line[1].payee.name.lower()}"
            raise LedgerError(
                f"{format_month(month)}: a line of {format_month(line[0])}, {parties}, "
                "is among them"
            )
        flows: dict[Flow, int] = {}
        for flow, run in groupby(lines, FLOW_OF):
            flows[flow] = flows.get(flow, 0) + sum(map(FEN_OF, run))
        return flows
