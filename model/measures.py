"""Counting what happens, by region, branch and level, as integers."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS, Status
from model.ledger import Account

SHAPE = (len(REGIONS), len(BRANCHES), len(LEVELS))
CELLS = SHAPE[0] * SHAPE[1] * SHAPE[2]
Cells = NDArray[np.int64]


def cells_of(columns: Any, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cell number of given workers."""
    region = columns["region"][rows].astype(np.int64)
    branch = columns["branch"][rows].astype(np.int64)
    cells: NDArray[np.int64] = (region * SHAPE[1] + branch) * SHAPE[2] + columns["level"][rows]
    return cells


class Counts:
    """Counts of one run, unweighted: one array of cells by measure and month."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, int], Cells] = {}
        self.scalars: dict[tuple[str, int], int] = {}
        self.payments: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self.fixed: dict[tuple[str, int], tuple[int, int]] = {}  # cases and fen to nobody sampled
        self.cuts: list[tuple[int, int, int]] = []  # month, cut in ppm, state enterprise
        self.passes: list[tuple[int, int, int, int]] = []  # month, level before, after, persons

    def add(self, name: str, month: int, cells: NDArray[np.int64], weights: Any = None) -> None:
        """Add one to (or a weight to) each named cell."""
        counted = np.bincount(cells, weights=weights, minlength=CELLS).astype(np.int64)
        found = self.cells.get((name, month))
        self.cells[name, month] = counted if found is None else found + counted

    def flow(self, province: Any, name: str, rows: NDArray[np.int64]) -> None:
        """Count workers to whom something happened this month."""
        self.add(name, province.month, cells_of(province.workers, rows))

    def enterprises(self, province: Any, name: str, rows: NDArray[np.int64]) -> None:
        """Count enterprises to which something happened this month."""
        e = province.enterprises
        cell = e["region"][rows].astype(np.int64) * SHAPE[1] + e["branch"][rows]
        self.add(name, province.month, cell * SHAPE[2])

    def scalar(self, name: str, month: int, value: int) -> None:
        """Note one number for the province."""
        self.scalars[name, month] = self.scalars.get((name, month), 0) + value

    def money(self, name: str, month: int, fen: int) -> None:
        """Note an amount in fen for the province."""
        self.scalar(name, month, fen)

    def note_cuts(self, month: int, cut: NDArray[np.int64], state: NDArray[Any]) -> None:
        """Note the depth of cuts of technicians' pay that begin."""
        self.cuts += [(month, int(c), int(s)) for c, s in zip(cut, state, strict=True)]

    def note_passes(
        self, province: Any, rows: NDArray[np.int64], gained: int | None = None
    ) -> None:
        """Note levels before and after an exam that was passed; ``gained`` where in a contest."""
        w = province.workers
        after = w["course"][rows] if gained is None else gained
        pairs = w["level"][rows].astype(np.int64) * 16 + after
        for pair, number in zip(*np.unique(pairs, return_counts=True), strict=True):
            self.passes.append((province.month, int(pair) // 16, int(pair) % 16, int(number)))

    def paid(self, province: Any, name: str, rows: NDArray[np.int64], fen: Cells) -> None:
        """Keep who was paid what, for incidence by person."""
        if len(rows):
            self.payments[name, province.month].append((rows.copy(), fen.copy()))

    def awarded(self, province: Any, name: str, cases: int, fen: int) -> None:
        """Keep what a fixed number paid to winners who are not in the sample.

        It also marks the payments of the month under ``name`` as made at weight 1.
        """
        before = self.fixed.get((name, province.month), (0, 0))
        self.fixed[name, province.month] = (before[0] + cases, before[1] + fen)

    def wages(self, province: Any, rows: NDArray[np.int64], fen: Cells) -> None:
        """Sum of pay by cell, for mean pay."""
        self.add("pay_sum", province.month, cells_of(province.workers, rows), fen)

    def close(self, province: Any) -> None:
        """Stocks at the end of the month."""
        w = province.workers
        month = province.month
        cells = cells_of(w, np.arange(len(w["id"])))
        for status, name in (
            (Status.EMPLOYED, "employed"),
            (Status.UNEMPLOYED, "unemployed"),
            (Status.INFORMAL, "informal"),
            (Status.AWAY, "away"),
            (Status.RETIRED, "retired"),
        ):
            self.add(name, month, cells[w["status"] == status])
        here = (
            (w["status"] == Status.EMPLOYED)
            | (w["status"] == Status.UNEMPLOYED)
            | (w["status"] == Status.INFORMAL)
        )
        self.add("certified", month, cells[here & (w["level"] > 0)])
        self.add("insured", month, cells[w["insured"] == 1])
        cut, standby = np.zeros(0, np.int64), np.zeros(0, np.int64)
        if province.drops is not None:
            employed = w["status"][province.drop_rows] == Status.EMPLOYED
            stayed = w["joined"][province.drop_rows] < month
            was_cut = (province.drops.of["event"] == 1) & employed & stayed
            cut = province.drop_rows[was_cut]
            minimum = province.enterprises["minimum"][w["enterprise"][cut]]
            standby = cut[province.drops.of["paid"][was_cut] < minimum]
        self.add("cut_staff", month, cells[cut])
        self.add("standby", month, cells[standby])


def _stock(name: str, least: int = 0) -> Callable[[Any], int]:
    def reporter(province: Any) -> int:
        counted = province.counts.cells.get((name, province.month))
        if counted is None:
            return 0
        return int(counted.reshape(SHAPE)[:, :, least:].sum()) * int(province.weight)

    return reporter


HEADLINES: dict[str, Callable[[Any], int]] = {
    "employed": _stock("employed"),
    "unemployed": _stock("unemployed"),
    "certified": _stock("certified"),
    "high_skilled": _stock("certified", 3),
    "technicians": _stock("certified", 4),
    "person_times": _stock("person_times"),
    "ui_balance_fen": lambda p: p.balance(Account.UNEMPLOYMENT_INSURANCE_FUND),
}
