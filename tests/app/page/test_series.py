"""Runs as points, worked by hand."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from app import series
from model.results import Run
from scenarios.effects import PairError
from scenarios.outlay import outlay

EMPTY = pd.DataFrame()
LEVELS = series.RUNGS


def run_of(seed: int, technicians: list[int], paid: dict[str, int] | None = None) -> Run:
    """A run of January and February 2017 with so many technicians and so much paid under C9."""
    rows = [
        (month, "all", "all", "all", level, "certified", "persons", "stock", float(value))
        for k, month in enumerate(("2017-01", "2017-02"))
        for level in ("all", *LEVELS)
        for value in [technicians[k] if level == "technician" else 10]
    ]
    names = ["month", "region", "sector", "ownership", "level", "metric", "unit", "kind", "value"]
    lines = [
        (month, "employment_subsidy_fund", "workers", "promotion_training_subsidy", "C9", 1, fen)
        for month, fen in (paid or {}).items()
    ]
    heads = ["month", "payer", "payee", "instrument", "clause", "cases", "amount_fen"]
    frames: dict[str, Any] = {
        "outcomes": pd.DataFrame(rows, columns=names),
        "ledger": pd.DataFrame(lines, columns=heads).astype({"cases": int, "amount_fen": int}),
    }
    return Run(
        "x", "d", seed, 0, 1, "columns", 1404, 1405, funds=EMPTY, people=EMPTY, incidence=EMPTY,
        seconds=0.0, **frames,
    )  # fmt: skip


def test_a_point_is_the_mean_with_the_ends_of_its_band() -> None:
    # of 0, 10 ... 40: 5 % lies a fifth of the way from 0 to 10, 95 % four fifths from 30 to 40
    of_five = series.point("t", "w", [0.0, 20.0, 10.0, 40.0, 30.0])
    assert of_five == pytest.approx(("t", "w", 20.0, 2.0, 38.0))
    # of fewer than five the smallest and the largest
    assert series.point("t", "w", [0.0, 20.0, 10.0]) == ("t", "w", 10.0, 0.0, 20.0)


def test_paths_add_levels_by_month() -> None:
    runs = [run_of(1, [100, 104]), run_of(2, [102, 110])]

    found = series.paths(runs, ("technician", "senior_technician"), "policy")

    assert [(p.at, p.mean) for p in found] == [("2017-01", 111.0), ("2017-02", 117.0)]


def test_differences_are_taken_run_by_run() -> None:
    # unpaired, the spread between seeds (100 against 200) would swamp the difference of 1 and 3
    mine = [run_of(1, [101, 101]), run_of(2, [203, 203])]
    theirs = [run_of(1, [100, 100]), run_of(2, [200, 200])]

    found = series.path_differences(mine, theirs, ("technician",), "difference")

    assert found[0].mean == 2.0
    assert (found[0].low, found[0].high) == (1.0, 3.0)
    rungs = series.rung_differences(mine, theirs, "difference", str)
    assert {p.at: p.mean for p in rungs} == {**dict.fromkeys(LEVELS, 0.0), "technician": 2.0}


def test_runs_of_other_seeds_cannot_be_subtracted() -> None:
    with pytest.raises(PairError):
        series.path_differences([run_of(1, [1, 1])], [run_of(2, [1, 1])], ("technician",), "d")
    with pytest.raises(PairError):
        series.rung_differences([run_of(1, [1, 1])], [run_of(2, [1, 1])], "d", str)


def test_outlay_is_in_ten_thousand_yuan_and_differences_are_paired() -> None:
    # 2,000,000 and 6,000,000 fen are 20,000 and 60,000 yuan: 2 and 6 万元
    mine = outlay(
        [run_of(1, [1, 1], {"2017-01": 2_000_000}), run_of(2, [1, 1], {"2017-02": 6_000_000})]
    )
    theirs = outlay(
        [run_of(1, [1, 1]), run_of(2, [1, 1], {"2017-01": 1_000_000})], list(mine.by_key)
    )

    parts = series.outlay_parts(mine, "policy", str, str)
    assert [p.value for p in parts if p.kind == "promotion_training_subsidy"] == [4.0]
    rest = series.outlay_parts(mine, "policy", str, lambda _: "rest")
    assert [(p.kind, p.name, p.value) for p in rest] == [
        ("rest", "promotion_training_subsidy", 4.0)
    ], "the tooltip still names what stands among the rest, and nothing that paid nothing"
    assert series.outlay_totals(mine, "policy")[0].mean == 4.0
    rows = series.outlay_differences(mine, theirs)
    c9 = rows["employment_subsidy_fund", "promotion_training_subsidy"]
    # run by run 2 - 0 = 2 and 6 - 1 = 5 万元
    assert [p.mean for p in c9] == [3.5, 3.5]
    assert (c9[0].low, c9[0].high) == (2.0, 5.0)
    assert list(rows)[-1] == ("", "")
    assert rows["", ""] == c9, "nothing else was paid"


def test_a_run_keeps_only_what_the_page_shows() -> None:
    from app.background import provincial

    run = run_of(1, [100, 100], {"2017-01": 500, "2017-02": 700})
    regional = run.outcomes.assign(region="harbin")
    whole = replace(run, outcomes=pd.concat([run.outcomes, regional], ignore_index=True))

    kept = provincial(whole)

    assert len(kept.outcomes) == len(run.outcomes)
    assert kept.ledger["amount_fen"].sum() == 1200
