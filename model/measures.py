"""Counting what happens, by region, branch and level, as integers."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS, Status
from model.engines.rolls import CELLS, PLACES, Rolls, cells_of
from model.ledger import Account

SHAPE = (len(REGIONS), len(BRANCHES), len(LEVELS))
Cells = NDArray[np.int64]
NOTHING: Cells = np.zeros(CELLS, np.int64)  # of what happens to nobody
NOTHING.setflags(write=False)


def places_of(columns: Any, rows: Any) -> NDArray[np.int64]:
    """Place number (region and branch) of given workers or enterprises."""
    places: NDArray[np.int64] = columns["region"][rows].astype(np.int64)
    places *= SHAPE[1]
    places += columns["branch"][rows]
    return places


def keys_of_places() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Region, branch and level (none) of every place, as the ledger wants them."""
    region, branch = np.divmod(np.arange(PLACES), SHAPE[1])
    return region, branch, np.full(PLACES, -1)


class Counts:
    """Counts of one run, unweighted: one array of cells by measure and month."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, int], Cells] = {}
        self.scalars: dict[tuple[str, int], int] = {}
        self.payments: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self.places: list[tuple[int, str, int, Any, Any]] = []  # month, award, title, who, place
        self.fixed: dict[tuple[str, int], tuple[int, int]] = {}  # cases and fen to nobody sampled
        self.cuts: list[tuple[int, int, int]] = []  # month, cut in ppm, state enterprise
        self.passes: list[tuple[int, int, int, int]] = []  # month, level before, after, persons

    def add(self, name: str, month: int, cells: NDArray[np.int64], weights: Any = None) -> None:
        """Add one to (or a weight to) each named cell."""
        if len(cells) == 0:
            self.cells.setdefault((name, month), NOTHING)
            return
        counted = np.bincount(cells, weights=weights, minlength=CELLS)
        self.keep(name, month, counted.astype(np.int64, copy=False))

    def keep(self, name: str, month: int, counted: Cells) -> None:
        """Add what was counted in every cell."""
        found = self.cells.get((name, month))
        self.cells[name, month] = counted if found is None else found + counted

    def flow(self, province: Any, name: str, rows: NDArray[np.int64]) -> None:
        """Count workers to whom something happened this month."""
        self.add(name, province.month, cells_of(province.workers, rows))

    def enterprises(self, province: Any, name: str, rows: NDArray[np.int64]) -> None:
        """Count enterprises to which something happened this month."""
        self.add(name, province.month, places_of(province.enterprises, rows) * SHAPE[2])

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

    def placed(
        self, province: Any, award: tuple[str, int], rows: NDArray[np.int64], places: Cells
    ) -> None:
        """Keep which place of an award (instrument and title) sampled winners took."""
        if len(rows):
            self.places.append((province.month, *award, rows.copy(), places.copy()))

    def awarded(self, province: Any, name: str, cases: int, fen: int) -> None:
        """Keep what a fixed number paid to winners who are not in the sample.

        It also marks the payments of the month under ``name`` as made at weight 1.
        """
        before = self.fixed.get((name, province.month), (0, 0))
        self.fixed[name, province.month] = (before[0] + cases, before[1] + fen)

    def wages(self, month: int, persons: Cells, fen: Cells) -> tuple[Cells, Cells]:
        """Keep pay by cell, for mean pay; returns persons and fen by place."""
        self.keep("pay_sum", month, fen)
        return persons.reshape(PLACES, -1).sum(axis=1), fen.reshape(PLACES, -1).sum(axis=1)

    def close(self, province: Any, rolls: Rolls) -> None:
        """Stocks at the end of the month."""
        w = province.workers
        month = province.month
        by_status = rolls.people  # the stocks are sums of this table
        for status, name in (
            (Status.EMPLOYED, "employed"),
            (Status.UNEMPLOYED, "unemployed"),
            (Status.INFORMAL, "informal"),
            (Status.AWAY, "away"),
            (Status.RETIRED, "retired"),
        ):
            self.keep(name, month, by_status[:, status].copy())
        certified = by_status[:, (Status.EMPLOYED, Status.UNEMPLOYED, Status.INFORMAL)].sum(axis=1)
        certified[:: SHAPE[2]] = 0  # level none, first of every place
        self.keep("certified", month, certified)
        self.keep("insured", month, rolls.insured.copy())
        cut, standby = np.zeros(0, np.int64), np.zeros(0, np.int64)
        if province.drops is not None:
            employed = w["status"][province.drop_rows] == Status.EMPLOYED.value
            stayed = w["joined"][province.drop_rows] < month
            was_cut = (province.drops.of["event"] == 1) & employed & stayed
            cut = province.drop_rows[was_cut]
            minimum = province.enterprises["minimum"][w["enterprise"][cut]]
            standby = cut[province.drops.of["paid"][was_cut] < minimum]
        self.add("cut_staff", month, cells_of(w, cut))
        self.add("standby", month, cells_of(w, standby))


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
