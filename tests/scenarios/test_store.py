import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from model.results import Run
from scenarios.board import Board
from scenarios.effects import BACKGROUND_FLOWS, MEASURES, PUBLIC_NAMES, effects_frame
from scenarios.outlay import books, levy, outlay, payers
from scenarios.runner import Request, as_scale, run_scenarios
from scenarios.scenario import Scenario, load
from scenarios.store import (
    StoreError,
    check_file,
    check_target,
    result_folder,
    write_csv,
    write_effects,
    write_scenario,
)
from scenarios.story import boards_of
from tests.scenarios.results import run_of

REQUEST = Request(as_scale("1/2000"), 1, 1, until="2018-03", jobs=1)
OUTCOMES = [
    "scenario", "draw", "seed", "month", "region", "sector", "ownership", "level", "metric",
    "unit", "kind", "value",
]  # fmt: skip
LEDGER = {
    "scenario", "draw", "seed", "weight", "month", "payer", "payee", "instrument", "clause",
    "region", "sector", "ownership", "level", "cases", "amount_fen",
}  # fmt: skip


def board_of(scenario: Scenario, run: Run) -> Board:
    return boards_of([scenario], {scenario.name: [run]})[scenario.name]


@pytest.fixture(scope="module")
def lived() -> Run:
    return run_scenarios(["policy_2017"], REQUEST)["policy_2017"][0]


@pytest.fixture(scope="module")
def folder(lived: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("store") / "policy_2017"
    scenario = load("policy_2017")
    write_scenario(place, scenario, [lived], REQUEST, board_of(scenario, lived), {})
    return place


def test_outcomes_have_the_columns_that_everybody_reads(folder: Path, lived: Run) -> None:
    table = pq.read_table(folder / "outcomes.parquet")
    months = table["month"].to_pylist()

    assert table.column_names == OUTCOMES
    assert (min(months), max(months)) == (date(2017, 1, 1), date(2018, 3, 1))
    assert table.num_rows == len(lived.outcomes) <= 200_000
    assert sum(v for v in table["value"].to_pylist() if v is not None) == pytest.approx(
        lived.outcomes["value"].sum()
    )


def test_the_ledger_keeps_every_fen_as_an_integer(folder: Path, lived: Run) -> None:
    table = pq.read_table(folder / "ledger.parquet")

    assert set(table.column_names) == LEDGER
    assert str(table.schema.field("amount_fen").type) == "int64"
    assert sum(table["amount_fen"].to_pylist()) == int(lived.ledger["amount_fen"].sum())
    assert set(table["weight"].to_pylist()) == {2000}
    assert "harbin" in table["region"].to_pylist()


def test_incidence_equals_the_ledger(folder: Path) -> None:
    ledger = pd.read_parquet(folder / "ledger.parquet")
    incidence = pd.read_parquet(folder / "incidence.parquet")
    public = ledger[ledger["payer"].isin(PUBLIC_NAMES)]
    year = pd.to_datetime(public["month"]).dt.year
    paid = public.groupby([year, "instrument"], observed=True)["amount_fen"].sum()
    shown = incidence.groupby(["year", "instrument", "dimension"], observed=True)["amount_fen"]
    totals = {key: int(fen) for key, fen in shown.sum().items() if fen}

    assert {dimension for _, _, dimension in totals} >= {"region", "level", "sex", "age"}
    assert {key: int(paid[key[0], key[1]]) for key in totals} == totals


def test_incidence_leaves_out_what_the_funds_pay_for_the_rest_of_the_province(
    folder: Path, lived: Run
) -> None:
    incidence = pd.read_parquet(folder / "incidence.parquet")
    public = lived.ledger[lived.ledger["payer"].isin(PUBLIC_NAMES)]
    fen = public.groupby("instrument")["amount_fen"].sum()

    standing = [name for name in BACKGROUND_FLOWS if "skills_action" not in name]  # from 2019-08
    assert all(fen[name] > 0 for name in standing)  # the funds do pay it
    assert set(incidence["instrument"]) == set(fen[fen > 0].index) - set(BACKGROUND_FLOWS)


def test_funds_close_and_people_are_provincial(folder: Path, lived: Run) -> None:
    funds = pd.read_csv(folder / "funds.csv", encoding="utf-8-sig")
    people = pd.read_csv(folder / "people.csv", encoding="utf-8-sig")
    gap = funds["opening_yuan"] + funds["inflow_yuan"] - funds["outflow_yuan"]

    assert (gap - funds["closing_yuan"]).abs().max() < 0.01
    public = funds["account"] == "unemployment_insurance_fund"
    assert funds.loc[public, "months_of_reserve"].notna().all()
    assert funds.loc[funds["account"] == "workers", "months_of_reserve"].isna().all()
    assert people["persons"].sum() == lived.people["persons"].sum() * 2000


@pytest.mark.parametrize("fund", ["unemployment_insurance_fund", "employment_subsidy_fund"])
def test_the_books_of_a_fund_lead_from_its_outlay_to_its_balance(lived: Run, fund: str) -> None:
    found = books([lived], fund)
    kept = lived.funds[lived.funds["account"] == fund]
    lines = [line for line in outlay([lived]).lines if line.fund == fund]

    assert found.opening + found.income - found.listed - found.outside == found.closing
    assert found.closing == int(kept["closing"].iloc[-1])
    assert found.listed == sum(line.mean() for line in lines)
    assert fund != "unemployment_insurance_fund" or found.listed > 0
    assert 0 < found.income_outside <= found.income


def test_the_measures_of_money_add_up_to_public_outlay(lived: Run) -> None:
    parts = {name: MEASURES[name][1](lived) for _, name in payers()}

    assert parts["unemployment_insurance"] > 0
    assert sum(parts.values()) == pytest.approx(MEASURES["public_outlay"][1](lived), abs=0.001)
    # the enterprises' own money is shown beside, never in it
    into, spent = levy(lived)
    assert MEASURES["education_levy_set_aside"][1](lived) * 100 == into > 0
    assert MEASURES["education_levy_spent"][1](lived) * 100 == spent > 0


def test_numbers_of_a_table_carry_no_dust(tmp_path: Path) -> None:
    frame = pd.DataFrame({"value": [0.1 + 0.2, 5.0, 1e13 / 3, float("nan"), -100.0]})
    write_csv(frame, tmp_path / "x.csv")

    assert (tmp_path / "x.csv").read_text("utf-8-sig").split() == [
        "value", "0.3", "5", "3333333333333.3335", '""', "-100",
    ]  # fmt: skip


def test_effects_of_few_runs_have_no_percent_points(tmp_path: Path) -> None:
    def table(runs: int) -> pd.DataFrame:
        mine = [run_of(seed=s, technicians=110 + s) for s in range(runs)]
        write_effects(
            effects_frame({"mine": mine, "other": [run_of("other", seed=s) for s in range(runs)]},
                          "other"),
            tmp_path / f"{runs}.csv",
        )  # fmt: skip
        return pd.read_csv(tmp_path / f"{runs}.csv", encoding="utf-8-sig").set_index("metric")

    few, enough = table(2), table(5)
    assert few[["p5", "p95"]].isna().all(axis=None)
    assert few.loc["technicians", ["smallest", "largest"]].tolist() == [10, 11]
    assert set(few["verdict"]) == {"few"}
    assert enough.loc["technicians", ["p5", "p95"]].tolist() == pytest.approx([10.2, 13.8])
    assert enough.loc["technicians", "verdict"] == "up"


def test_tables_open_in_excel_and_run_no_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["=1+1", "+x", "-", "@y", "好"], "value": [-1, 2, 3, 4, 5]})
    write_csv(frame, tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n") == [
        "name,value", "'=1+1,-1", "'+x,2", "'-,3", "'@y,4", "好,5", "",
    ]  # fmt: skip


def test_a_formula_in_a_frame_of_a_run_is_escaped_too(tmp_path: Path) -> None:
    scenario, run = load("policy_2017"), run_of()
    place = tmp_path / "x"
    write_scenario(place, scenario, [run], REQUEST, board_of(scenario, run), {})

    assert "'=cmd" in (place / "people.csv").read_text("utf-8-sig")


def test_a_folder_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    with result_folder(tmp_path / "a" / "out") as part:
        (part / "file").write_text("x", encoding="utf-8")
        assert not (tmp_path / "a" / "out").exists()

    assert (tmp_path / "a" / "out" / "file").read_text("utf-8") == "x"
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["out"]


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), result_folder(tmp_path / "out"):
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_replacing_keeps_the_old_results(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old").mkdir()
    (out / "old" / "manifest.json").write_bytes((folder / "manifest.json").read_bytes())
    with pytest.raises(RuntimeError), result_folder(out, force=True):
        raise RuntimeError

    assert (out / "old" / "manifest.json").is_file()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_is_not_ours_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place, force in ((tmp_path, False), (tmp_path, True), (tmp_path / "file", True)):
        with pytest.raises(StoreError):
            check_target(place, force=force)
    empty = tmp_path / "empty"
    empty.mkdir()
    check_target(empty, force=True)
    monkeypatch.chdir(empty)
    with pytest.raises(StoreError):
        check_target(empty, force=True)


def test_a_folder_that_cannot_be_made_is_refused_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    too_long = tmp_path / ("长" * 120)
    for place, said in (
        (tmp_path / "file" / "out", "文件"),
        (too_long, "名字太长"),
        (tmp_path / "a\0b", "不能用的字符"),
    ):
        with pytest.raises(StoreError) as caught:
            check_target(place, force=False)
        assert said in caught.value.said["zh"]
        assert ".part-" not in caught.value.said["zh"]
        assert "Errno" not in caught.value.said["zh"] + caught.value.said["en"]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_in_the_place_of_the_folder_is_called_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(StoreError) as caught:
            check_target(tmp_path / "file", force=force)
        assert "不是文件夹" in caught.value.said["zh"]
        assert "--force" not in caught.value.said["zh"]


def test_looking_whether_a_folder_can_be_made_leaves_nothing(tmp_path: Path) -> None:
    check_target(tmp_path / "a" / "b" / "out", force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_cannot_be_written_is_refused_before_anything_runs(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("old", encoding="utf-8")
    check_file(kept)
    check_file(tmp_path / "new.csv")
    assert kept.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]
    for place in (tmp_path, tmp_path / "no" / "new.csv", kept / "x.csv"):
        with pytest.raises(StoreError):
            check_file(place)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_process_killed_while_writing_leaves_no_folder_of_that_name(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from scenarios.store import result_folder\n"
        "with result_folder(Path(sys.argv[1])) as part:\n"
        "    (part / 'summary.md').write_text('half', encoding='utf-8')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "out")],
        cwd=Path(__file__).parents[2],
        env={**os.environ},
        check=False,
    )

    assert done.returncode == -signal.SIGKILL
    assert [p.name.split(".")[1][:5] for p in tmp_path.iterdir()] == ["part-"]


def test_results_too_large_for_a_file_are_refused(tmp_path: Path) -> None:
    scenario, run = load("policy_2017"), run_of()
    big = pd.concat([run.outcomes] * 5000, ignore_index=True)
    object.__setattr__(run, "outcomes", big)
    with pytest.raises(ValueError, match="200,000"):
        write_scenario(tmp_path / "x", scenario, [run], REQUEST, board_of(scenario, run), {})
