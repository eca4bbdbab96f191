"""Public outlay by fund, instrument and year, read off the ledger of every run.

Payments for people and purposes outside the model are left out. Means over runs stay exact until
somebody shows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.months import format_month, year_of
from model.results import Run
from scenarios.effects import BACKGROUND_FLOWS, PUBLIC_NAMES, band, check_pairs, judged
from scenarios.totals import totals

Fen = tuple[int, ...]  # one amount a run
Key = tuple[str, str]  # fund and instrument
EVERY = "all"  # in ``outlay.csv``: all years, all funds, all instruments
_PER_YUAN = 100


@dataclass(frozen=True, eq=False)
class Line:
    """What one fund paid under one instrument: fen and cases by year, one number a run."""

    fund: str
    instrument: str
    clause: str
    fen: Mapping[int, Fen]
    cases: Mapping[int, Fen]

    @property
    def runs(self) -> Fen:
        """Fen of all years, by run."""
        return tuple(sum(year) for year in zip(*self.fen.values(), strict=True))

    def mean(self, year: int | None = None) -> Fraction:
        """Mean fen over runs, of one year or of all."""
        amounts = self.runs if year is None else self.fen[year]
        return Fraction(sum(amounts), len(amounts))


@dataclass(frozen=True)
class Outlay:
    """Outlay of one scenario. Lines stand in the order of funds and names of instruments."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]

    @cached_property
    def by_key(self) -> Mapping[Key, Line]:
        """Lines by fund and instrument."""
        return {(line.fund, line.instrument): line for line in self.lines}

    @property
    def funds(self) -> tuple[str, ...]:
        """Funds that have a line."""
        return tuple(dict.fromkeys(line.fund for line in self.lines))

    def fen(self, keys: Sequence[Key], year: int | None = None) -> Fen:
        """What several lines paid together, by run, in one year or in all."""
        lines = [self.by_key[key] for key in keys]
        amounts = [line.runs if year is None else line.fen[year] for line in lines]
        return tuple(sum(of_run) for of_run in zip(*amounts, strict=True))


def outlay(runs: Sequence[Run], keep: Sequence[Key] = ()) -> Outlay:
    """Outlay of a scenario; ``keep`` names fund and instrument of lines wanted even if empty."""
    years = tuple(range(year_of(runs[0].start), year_of(runs[0].end) + 1))
    amounts: dict[tuple[str, str], dict[int, list[int]]] = {}
    cases: dict[tuple[str, str], dict[int, list[int]]] = {}
    clauses = {name: found.clause for name, found in instruments().items()}

    def row(
        of: dict[tuple[str, str], dict[int, list[int]]], key: tuple[str, str]
    ) -> dict[int, list[int]]:
        return of.setdefault(key, {year: [0] * len(runs) for year in years})

    for key in (*payers(), *keep):
        row(amounts, key), row(cases, key)
    for number, run in enumerate(runs):
        ledger = run.ledger
        public = ledger["payer"].isin(PUBLIC_NAMES) & ~ledger["instrument"].isin(BACKGROUND_FLOWS)
        paid = ledger[public]
        clauses.update(zip(paid["instrument"], paid["clause"], strict=True))
        of_year = paid["month"].str.slice(0, 4).astype(int)
        sums = paid.groupby(["payer", "instrument", of_year])[["cases", "amount_fen"]].sum()
        for (payer, instrument, year), (count, fen) in zip(
            sums.index.to_list(), sums.to_numpy().tolist(), strict=True
        ):
            row(amounts, (payer, instrument))[year][number] += int(fen)
            row(cases, (payer, instrument))[year][number] += int(count)
    order = [account.name.lower() for account in PUBLIC]
    lines = [
        Line(
            fund,
            name,
            clauses.get(name, ""),
            {year: tuple(found) for year, found in amounts[fund, name].items()},
            {year: tuple(found) for year, found in cases[fund, name].items()},
        )
        for fund, name in sorted(amounts, key=lambda key: (order.index(key[0]), key[1]))
    ]
    return Outlay(years, tuple(lines))


def payers() -> tuple[tuple[str, str], ...]:
    """Fund and name of every instrument that public money pays."""
    return tuple(
        (Account(one.payer).name.lower(), name)
        for name, one in instruments().items()
        if one.payer in PUBLIC
    )


class Books(NamedTuple):
    """How a fund came from its opening to its closing balance, fen, mean over runs.

    ``opening + income - listed - outside = closing``: ``listed`` is what the lines of an outlay
    add up to, ``outside`` what the fund paid for people and purposes that are not in the model;
    ``income_outside`` is the part of the income that comes from them.
    """

    opening: Fraction
    income: Fraction
    income_outside: Fraction
    listed: Fraction
    outside: Fraction
    closing: Fraction


def books(runs: Sequence[Run], fund: str) -> Books:
    """The books of a fund over the whole run."""
    rows = [_books(run, fund) for run in runs]
    return Books(*(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)))


def _books(run: Run, fund: str) -> tuple[int, ...]:
    funds = run.funds[run.funds["account"] == fund]
    out = run.ledger[run.ledger["payer"] == fund]
    into = run.ledger[run.ledger["payee"] == fund]
    background = out["instrument"].isin(BACKGROUND_FLOWS)
    elsewhere = into["payer"] == Account.OUTSIDE.name.lower()
    return (
        int(funds["opening"].iloc[0]),
        int(funds["inflow"].sum()),
        int(into.loc[elsewhere, "amount_fen"].sum()),
        int(out.loc[~background, "amount_fen"].sum()),
        int(out.loc[background, "amount_fen"].sum()),
        int(funds["closing"].iloc[-1]),
    )


def outlay_frame(results: Mapping[str, Sequence[Run]], against: str | None) -> pd.DataFrame:
    """``outlay.csv``: mean and band by fund, instrument and year, and what differs from another.

    ``all`` is the sum over years, and over funds and instruments; bands do not add up.

    Raises:
        PairError: a scenario does not share its luck with the one it is compared with.
    """
    found = {name: outlay(runs) for name, runs in results.items()}
    keys = list(dict.fromkeys(key for one in found.values() for key in one.by_key))
    found = {name: outlay(runs, keys) for name, runs in results.items()}
    rows = []
    for name, one in found.items():
        other = None if against is None or against == name else found[against]
        if against is not None and other is not None:
            check_pairs(results[name], results[against])
        places: list[tuple[Key, str, list[Key]]] = [
            (key, one.by_key[key].clause, [key]) for key in one.by_key
        ]
        places.append(((EVERY, EVERY), EVERY, list(one.by_key)))
        for (fund, instrument), clause, of in places:
            for year in (*one.years, None):
                mine = one.fen(of, year)
                row = {
                    "scenario": name,
                    "fund": fund,
                    "clause": clause,
                    "instrument": instrument,
                    "year": EVERY if year is None else year,
                    **_yuan(mine, "mean_yuan", "low", "high"),
                    "against": None if other is None else against,
                }
                if other is not None:
                    apart = [a - b for a, b in zip(mine, other.fen(of, year), strict=True)]
                    row |= _yuan(apart, "difference_yuan", "difference_low", "difference_high")
                row["band"] = "p5-p95" if judged(len(mine)) else "smallest-largest"
                rows.append({**row, "runs": len(mine)})
    columns = [
        "scenario", "fund", "clause", "instrument", "year", "mean_yuan", "low", "high", "against",
        "difference_yuan", "difference_low", "difference_high", "band", "runs",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _yuan(fen: Sequence[int], mean: str, low: str, high: str) -> dict[str, float]:
    ends = np.asarray(band(fen)) / _PER_YUAN
    return {
        mean: float(Fraction(sum(fen), len(fen) * _PER_YUAN)),
        low: float(ends[0]),
        high: float(ends[1]),
    }


def levy(run: Run) -> tuple[int, int]:
    """Fen that enterprises set aside for training (C7), and fen spent; their own money."""
    found = totals(run)
    return found.set_aside, found.own_money_spent


def closing(run: Run, fund: str, month: int | None = None) -> int:
    """Fen in a fund at the end of a month; of the last one if none is named."""
    funds = run.funds
    at = format_month(run.end if month is None else month)
    row = funds[(funds["account"] == fund) & (funds["month"] == at)]
    return int(row["closing"].iloc[0])


__all__ = [
    "Books",
    "Line",
    "Outlay",
    "books",
    "closing",
    "levy",
    "outlay",
    "outlay_frame",
    "payers",
]
