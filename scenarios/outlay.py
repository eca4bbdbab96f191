"""Public outlay by fund, instrument and year, read off the ledger of every run.

Payments for people and purposes outside the model are left out. Means over runs stay exact until
they are rounded, and rounded cells are apportioned so that rows meet their totals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.months import format_month, year_of
from model.results import Run
from scenarios.effects import BACKGROUND_FLOWS, PUBLIC_NAMES

Fen = tuple[int, ...]  # one amount a run
LEVY = "education_levy"


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
    def by_key(self) -> Mapping[tuple[str, str], Line]:
        """Lines by fund and instrument."""
        return {(line.fund, line.instrument): line for line in self.lines}

    @property
    def funds(self) -> tuple[str, ...]:
        """Funds that have a line."""
        return tuple(dict.fromkeys(line.fund for line in self.lines))


Cells = dict[tuple[str, str], dict[int, int]]  # whole units by fund and instrument, and year


def cells(found: Outlay, unit: int) -> Cells:
    """Means as whole multiples of ``unit`` fen that add up to the rounded grand total."""
    means = {line: line.mean() for line in found.lines}
    years = {line: [line.mean(year) for year in found.years] for line in found.lines}
    return _apportioned(found, means, years, unit)


def differences(found: Outlay, other: Outlay, unit: int) -> Cells:
    """Differences of two outlays with the same lines, in whole units that add up likewise."""
    of = other.by_key
    means, years = {}, {}
    for line in found.lines:
        theirs = of[line.fund, line.instrument]
        means[line] = line.mean() - theirs.mean()
        years[line] = [line.mean(year) - theirs.mean(year) for year in found.years]
    return _apportioned(found, means, years, unit)


def _apportioned(
    found: Outlay,
    means: Mapping[Line, Fraction],
    years: Mapping[Line, Sequence[Fraction]],
    unit: int,
) -> Cells:
    total = rounded(sum(means.values(), Fraction(0)), unit)
    rows = apportion(list(means.values()), total, unit)
    return {
        (line.fund, line.instrument): dict(
            zip(found.years, apportion(years[line], row, unit), strict=True)
        )
        for line, row in zip(means, rows, strict=True)
    }


def outlay(runs: Sequence[Run], keep: Sequence[tuple[str, str]] = ()) -> Outlay:
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


def levy(run: Run) -> tuple[int, int]:
    """Fen that enterprises set aside for training (C7), and fen spent; their own money."""
    ledger = run.ledger
    rows = ledger[ledger["instrument"] == LEVY]
    fund = Account.EDUCATION_FUNDS.name.lower()
    into = rows.loc[rows["payee"] == fund, "amount_fen"].sum()
    spent = rows.loc[rows["payer"] == fund, "amount_fen"].sum()
    return int(into), int(spent)


def closing(run: Run, fund: str, month: int | None = None) -> int:
    """Fen in a fund at the end of a month; of the last one if none is named."""
    funds = run.funds
    at = format_month(run.end if month is None else month)
    row = funds[(funds["account"] == fund) & (funds["month"] == at)]
    return int(row["closing"].iloc[0])


def rounded(amount: Fraction, unit: int) -> int:
    """``amount`` in units, to the nearest one."""
    return round(amount / unit)


def apportion(amounts: Sequence[Fraction], total: int, unit: int) -> list[int]:
    """``amounts`` in whole units that sum to ``total``: largest remainders, ties in order."""
    exact = [amount / unit for amount in amounts]
    whole = [amount.__floor__() for amount in exact]
    left = total - sum(whole)
    order = sorted(range(len(exact)), key=lambda k: whole[k] - exact[k])
    for place in range(abs(left)):
        at = order[place % len(order)] if left > 0 else order[-1 - place % len(order)]
        whole[at] += 1 if left > 0 else -1
    return whole


__all__ = [
    "Line",
    "Outlay",
    "apportion",
    "cells",
    "closing",
    "differences",
    "levy",
    "outlay",
    "payers",
    "rounded",
]
