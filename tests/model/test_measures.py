"""What is counted at the end of a month, against a walk through all people."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np

from model.codes import BRANCHES, LEVELS, REGIONS, Status
from model.engines.rolls import CELLS, PLACES, Rolls, Terms, counted
from model.measures import SHAPE, Counts, keys_of_places, places_of
from scenarios.scenario import load

MONTH = 1_410
HERE = (Status.EMPLOYED, Status.UNEMPLOYED, Status.INFORMAL)
STOCKS = ("employed", "unemployed", "informal", "away", "retired")


def people(number: int) -> dict[str, Any]:
    draw = np.random.default_rng(3)
    return {
        "id": np.arange(number),
        "region": draw.integers(0, len(REGIONS), number).astype(np.uint8),
        "branch": draw.integers(0, len(BRANCHES), number).astype(np.uint8),
        "level": draw.integers(0, len(LEVELS), number).astype(np.uint8),
        "status": draw.integers(0, len(Status), number).astype(np.uint8),
        "insured": draw.integers(0, 2, number).astype(np.uint8),
        "pay": draw.integers(0, 3_000_000, number).astype(np.int64),
        "appointed": np.zeros(number, np.uint8),
        "premium_base": np.zeros(number, np.int32),
        "enterprise": np.zeros(number, np.int32),
        "key": np.arange(number).astype(np.uint64),
    }


def rolls_of(w: dict[str, Any]) -> Rolls:
    p = load("policy_2017").policy().at(MONTH)["unemployment_insurance"]
    return counted(w, 1, Terms(p, np.zeros(1, np.int64), 0.0, 0))


def cell(w: dict[str, Any], row: int) -> int:
    place = int(w["region"][row]) * len(BRANCHES) + int(w["branch"][row])
    return place * len(LEVELS) + int(w["level"][row])


def test_stocks_are_those_of_a_walk_through_all_people() -> None:
    w = people(5_000)
    counts = Counts()
    province: Any = SimpleNamespace(workers=w, month=MONTH, drops=None)
    counts.close(province, rolls_of(w))
    by_hand: dict[str, Counter[int]] = {
        name: Counter() for name in (*STOCKS, "certified", "insured", "cut_staff", "standby")
    }
    for row in range(5_000):
        status = Status(w["status"][row])
        if status.name.lower() in STOCKS:
            by_hand[status.name.lower()][cell(w, row)] += 1
        if status in HERE and w["level"][row] > 0:
            by_hand["certified"][cell(w, row)] += 1
        if w["insured"][row]:
            by_hand["insured"][cell(w, row)] += 1
    for name, cells in by_hand.items():
        assert counts.cells[name, MONTH].tolist() == [cells[k] for k in range(CELLS)]
        assert counts.cells[name, MONTH].dtype == np.int64


def test_wages_are_summed_by_cell_and_handed_on_by_place() -> None:
    w = people(2_000)
    rows = np.flatnonzero(w["status"] == Status.EMPLOYED)
    counts = Counts()
    of = rolls_of(w)
    persons, fen = counts.wages(MONTH, of.people[:, Status.EMPLOYED], of.pay)
    by_cell: Counter[int] = Counter()
    by_place: Counter[int] = Counter()
    for row in rows.tolist():
        by_cell[cell(w, row)] += int(w["pay"][row])
        by_place[cell(w, row) // len(LEVELS)] += 1
    assert counts.cells["pay_sum", MONTH].tolist() == [by_cell[k] for k in range(CELLS)]
    assert persons.tolist() == [by_place[k] for k in range(PLACES)]
    assert fen.tolist() == counts.cells["pay_sum", MONTH].reshape(PLACES, -1).sum(axis=1).tolist()


def test_every_place_is_named_by_its_region_and_branch() -> None:
    region, branch, level = keys_of_places()
    columns = {"region": region.astype(np.uint8), "branch": branch.astype(np.uint8)}
    assert places_of(columns, slice(None)).tolist() == list(range(PLACES))
    assert (len(region), set(level.tolist())) == (SHAPE[0] * SHAPE[1], {-1})
