import json
import os
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.cells import cell_len
from typer.testing import Result

from scenarios.effects import BACKGROUND_FLOWS, MEASURES, PUBLIC_NAMES
from scenarios.runner import Request, as_scale, run_scenarios
from scenarios.scenario import Scenario
from tests.app.conftest import SMALL, Command

LITERAL = "policy_2017_c12_literal"  # the same scenario with C12 at its word
ARMS = {"policy_2017", "no_policy", LITERAL}
FILES = {
    "manifest.json",
    "targets.csv",
    "outcomes.parquet",
    "ledger.parquet",
    "funds.csv",
    "incidence.parquet",
    "people.csv",
}


def test_a_run_prints_the_sentence_the_board_outlay_and_both_readings(
    ran: tuple[Path, Result],
) -> None:
    folder, result = ran

    assert result.exit_code == 0, result.output
    said = result.stdout
    assert said.startswith("到2018年12月，与“没有该意见”相比，“2017年意见”")
    for part in (
        "目标板",
        "建成（含原有）",
        "2 次中",
        "公共支出",
        "第12条",
        "样本",
        "种子 1 至 2",
    ):
        assert part in said
    assert str(folder) in said
    assert "开始运行" in result.stderr
    assert "完成 2/2" in result.stderr
    assert "开始运行" not in said


def test_every_line_of_a_table_fits_a_hundred_columns(ran: tuple[Path, Result]) -> None:
    _, result = ran
    wide = [line for line in result.stdout.splitlines() if cell_len(line.rstrip()) > 100]

    assert [line for line in wide if not line.startswith(("重现", "结果文件夹"))] == []


def test_a_run_leaves_every_file_and_nothing_else(ran: tuple[Path, Result]) -> None:
    folder, _ = ran

    assert {p.name for p in folder.iterdir()} == {
        *ARMS,
        "effects.csv",
        "outlay.csv",
        "summary.md",
        "figures",
    }
    for arm in ARMS:
        assert {p.name for p in (folder / arm).iterdir()} == FILES
    assert len(list((folder / "figures").glob("*.png"))) == 5
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_the_manifest_makes_the_run_again(ran: tuple[Path, Result]) -> None:
    folder, _ = ran
    found = json.loads((folder / LITERAL / "manifest.json").read_text("utf-8"))
    again = Scenario.from_mapping(found["scenario"]["content"], name="again")
    request = Request(as_scale(found["scale"]), 1, found["seeds"][0], until=found["last_month"])
    run = run_scenarios([again], request)["again"][0]
    ledger = pd.read_parquet(folder / LITERAL / "ledger.parquet")

    assert again.digest == found["scenario"]["digest"]
    kept = ledger[ledger["seed"] == found["seeds"][0]]
    assert int(kept["amount_fen"].sum()) == int(run.ledger["amount_fen"].sum())
    assert len(kept) == len(run.ledger)
    assert found["command"] == (
        "longjiang run policy_2017 --scale 1/2000 --seeds 2 --seed 1 --engine columns "
        "--until 2018-12"
    )
    assert set(found["files"]) == FILES - {"manifest.json"}
    assert found["inputs"]["model/instruments/wage_drop_subsidy.yaml"]
    assert found["peak_memory_mib"] is None or found["peak_memory_mib"] > 50


def test_the_manifest_names_what_a_scenario_is_compared_with(
    ran: tuple[Path, Result], longjiang: Command, tmp_path: Path
) -> None:
    folder, _ = ran
    words = [*SMALL, "--until", "2017-02", "--seeds", 1, "--lang", "en"]
    other = longjiang("run", "only_education_levy", *words, "--out", tmp_path / "out")

    def read(place: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((place / "manifest.json").read_text("utf-8"))
        return found

    assert read(folder / "policy_2017")["against"] == "no_policy"
    assert read(folder / "no_policy")["against"] is None
    assert "against" not in read(folder / "policy_2017")["scenario"]["content"]
    assert other.stdout.startswith("By February 2017, against “No instrument at all”")
    assert "no opinion" not in other.stdout.lower()
    assert "stand in both worlds" not in other.stdout
    levy = read(tmp_path / "out" / "only_education_levy")
    assert (levy["against"], levy["scenario"]["content"]["against"]) == ("bare", "bare")
    targets = pd.read_csv(
        tmp_path / "out" / "only_education_levy" / "targets.csv", encoding="utf-8-sig"
    )
    assert set(targets["against"]) == {"bare"}
    assert targets["against_mean"].notna().all()


def test_effects_hold_every_arm_and_measure(ran: tuple[Path, Result]) -> None:
    folder, _ = ran
    effects = pd.read_csv(folder / "effects.csv", encoding="utf-8-sig")

    assert set(effects["scenario"]) == ARMS - {"no_policy"}
    assert set(effects["metric"]) == set(MEASURES)
    assert (effects["against"] == "no_policy").all()


def test_the_summary_shows_each_figure_and_the_command(ran: tuple[Path, Result]) -> None:
    folder, _ = ran
    summary = (folder / "summary.md").read_text("utf-8")

    shown = re.findall(r"!\[.*?\]\((.*?)\)", summary)
    assert len(shown) == 5
    assert all((folder / name).is_file() for name in shown)
    assert "longjiang run policy_2017 --scale 1/2000" in summary


def test_outlay_printed_equals_the_ledger_when_a_law_figure_is_changed(
    longjiang: Command, tmp_path: Path
) -> None:
    """Half of each C10 amount: what is printed is what that run's ledger says, to the fen."""
    file = tmp_path / "一半 补贴.yaml"
    changes = "\n".join(
        f"  - {{parameter: skill_upgrade_subsidy.amount_{level}, from: 2017-01, value: {yuan}, "
        "because: test}"
        for level, yuan in (("junior", 500), ("intermediate", 750), ("senior", 1000))
    )
    file.write_text(
        f"title: {{zh: 一半, en: half}}\nextends: policy_2017\nchange:\n{changes}\n"
        "  - {parameter: claiming.claim, from: 2017-01, value: 0.4, because: test}\n",
        encoding="utf-8",
    )
    words = [*SMALL, "--seeds", 1, "--until", "2020-12", "--alone"]
    result = longjiang("run", file, *words, "--out", tmp_path / "half")
    whole = longjiang("run", "policy_2017", *words, "--out", tmp_path / "whole")

    assert result.exit_code == whole.exit_code == 0
    ledger = pd.read_parquet(tmp_path / "half" / "一半 补贴" / "ledger.parquet")
    public = ledger["payer"].isin(PUBLIC_NAMES) & ~ledger["instrument"].isin(BACKGROUND_FLOWS)
    fen = ledger[public].groupby("instrument", observed=True)["amount_fen"].sum()
    printed, written = yuan_by_name(result.stdout), yuan_by_name(summary(tmp_path / "half"))
    assert written["技能提升补贴 C10"] == Decimal(int(fen["skill_upgrade_subsidy"])) / 100 > 0
    assert printed["合计"] == written["合计"] == Decimal(int(fen.sum())) / 100
    other = yuan_by_name(summary(tmp_path / "whole"))
    assert written["技能提升补贴 C10"] != other["技能提升补贴 C10"]
    fund = int(
        ledger[public & (ledger["payer"] == "unemployment_insurance_fund")]["amount_fen"].sum()
    )
    assert printed["失业保险基金"] == Decimal(fund) / 100


def summary(folder: Path) -> str:
    return (folder / "summary.md").read_text("utf-8")


def yuan_by_name(said: str) -> dict[str, Decimal]:
    """The last column of the table of outlay, on the screen or in the report."""
    row = r"^[| ]+([^| ].*?) +\|? *本情景 .* ([0-9,]+\.[0-9]{2}) [ |]*$"
    rows = re.findall(row, said, re.MULTILINE)
    return {name: Decimal(yuan.replace(",", "")) for name, yuan in rows}


def test_an_existing_folder_is_left_alone_without_force(
    longjiang: Command, ran: tuple[Path, Result]
) -> None:
    folder, _ = ran
    before = (folder / "summary.md").read_bytes()
    result = longjiang("run", *SMALL, "--out", folder)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--force" in result.stderr
    assert (folder / "summary.md").read_bytes() == before


def test_force_replaces_results_but_nothing_else(longjiang: Command, tmp_path: Path) -> None:
    words = ["run", "--alone", *SMALL, "--until", "2017-01", "--seeds", 1, "--force"]
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep", encoding="utf-8")
    refused = longjiang(*words, "--out", mine)
    fresh = longjiang(*words, "--out", tmp_path / "out")
    (tmp_path / "out" / "old.txt").write_text("old", encoding="utf-8")
    again = longjiang(*words, "--out", tmp_path / "out", "--lang", "en")

    assert (refused.exit_code, fresh.exit_code, again.exit_code) == (2, 0, 0)
    assert (mine / "letter.txt").read_text("utf-8") == "keep"
    assert not (tmp_path / "out" / "old.txt").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "out"]
    assert again.stdout.startswith("By January 2017")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scale", "1/20.5"], "1/n"),
        (["--scale", "2"], "1/n"),
        (["--scale", "1/100000"], "1/8000"),
        (["--seeds", "0"], "--seeds 0"),
        (["--seeds", "many"], "--seeds"),
        (["--seed", "-1"], "--seed -1"),
        (["--engine", "fast"], "columns"),
        (["--engine", "mesa"], "1/250"),
        (["--scale", "1e-999999999"], "1/n"),
        (["--scale", "1/0"], "1/n"),
        (["--scale", "-1/20"], "1/n"),
        (["--until", "2020-13"], "YYYY-MM"),
        (["--until", "2016-12"], "2017-01"),
        (["--jobs", "0"], "--jobs 0"),
        (["--lang", "fr"], "--lang"),
        (["no_such_scenario"], "no_such_scenario:1:1"),
        (["polcy_2017"], "policy_2017"),
    ],
)
def test_a_wrong_option_is_answered_with_code_two_and_writes_nothing(
    longjiang: Command, tmp_path: Path, words: list[str], said: str
) -> None:
    result = longjiang("run", *words, "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["run", "--scale", "abc"], "--scale abc：比例写成", "--scale abc: write 1/n"),
        (
            ["run", "--seeds", "many"],
            "命令写错了：--seeds 的值不对，应为：整数",
            "write a whole number",
        ),
        (["worker", "x"], "ID 的值不对，应为：整数", "the value of ID is wrong"),
        (["run", "--seeds"], "--seeds 后面要写值", "--seeds needs a value"),
        (["run", "--seds", 3], "没有选项 --seds；是否指 --seeds？", "did you mean --seeds?"),
        (["run", "--force=x"], "--force 是开关", "--force is a switch"),
        (["run", "a", "b"], "多写了 b", "unexpected: b"),
        (["compare"], "缺少 SCENARIO", "SCENARIO... is missing"),
        (["rnu"], "没有命令 rnu；是否指 run？", "there is no command rnu; did you mean run?"),
        (["run", "--until", "soon"], "--until soon：月份写成", "--until soon: write YYYY-MM"),
        (["moments", "--seed", -1], "--seed -1：种子为", "--seed -1: from 0 to"),
    ],
)
def test_a_wrong_command_line_reads_well_in_both_languages(
    longjiang: Command, monkeypatch: pytest.MonkeyPatch, words: list[object], zh: str, en: str
) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        monkeypatch.setenv("LONGJIANG_LANG", lang)
        result = longjiang(*words)

        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stdout == ""
        if lang == "zh":
            assert not re.search(r"Invalid|No such|Missing|Option|Input should", result.stderr)


def test_an_unknown_language_is_answered(longjiang: Command) -> None:
    result = longjiang("run", "--lang", "fr")

    assert result.exit_code == 2
    assert "--lang 的值不对，应为：zh|en" in result.stderr


def test_a_failed_run_says_which_account_and_month_and_leaves_nothing(
    longjiang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model import ledger

    real = ledger.Ledger.close

    def lose_a_fen(self: ledger.Ledger, month: int) -> None:
        self.balances[ledger.Account.PROVINCIAL_TREASURY] += 1
        real(self, month)

    monkeypatch.setattr(ledger.Ledger, "close", lose_a_fen)
    result = longjiang("run", *SMALL, "--seeds", 1, "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert "provincial_treasury" in result.stderr
    assert "2017-01" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_its_own_twin_runs_alone(longjiang: Command, tmp_path: Path) -> None:
    result = longjiang(
        "run", "no_policy", *SMALL, "--until", "2017-02", "--seeds", 1, "--out", tmp_path / "out"
    )

    assert result.exit_code == 0
    assert "没有对照" in result.stdout
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "figures", "no_policy", "outlay.csv", "summary.md",
    ]  # fmt: skip


def test_a_stopped_run_leaves_nothing(
    longjiang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.commands.run.write_results", stop)
    result = longjiang("run", *SMALL, "--until", "2017-12", "--seeds", 1, "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert "已停止" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_run_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app.cli", "run", "--scale", "1/50", "--seeds", "2"]
    with subprocess.Popen(
        [*words, "--jobs", "1", "--out", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as started:
        assert started.stderr is not None
        assert "policy_2017" in started.stderr.readline()
        time.sleep(0.2)
        started.send_signal(signal.SIGKILL)
        started.wait()

    assert not (tmp_path / "out").exists()


def test_results_are_shown_even_where_the_disk_is_full(
    longjiang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.commands.shared.write_scenario", full)
    result = longjiang(
        "run", "--alone", *SMALL, "--until", "2017-01", "--seeds", 1, "--out", tmp_path / "out"
    )

    assert result.exit_code == 1
    assert "目标板" in result.stdout
    assert "磁盘已满" in result.stderr
    assert "Errno" not in result.stderr
    assert list(tmp_path.iterdir()) == []
