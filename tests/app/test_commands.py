import json
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from rich.cells import cell_len

from app import figures
from app.amounts import banded, count, money, wan_yuan, yuan
from app.progress import Clock
from app.wrapping import wrap
from model.words import LANGUAGES, text
from scenarios.effects import MEASURES, measure_name
from scenarios.store import is_result
from scenarios.story import HEADLINES
from tests.app.conftest import SMALL, Command

CASE = """month: 2018-06
enterprise: {ui_premiums_last_year: 60000, distressed: true}
workers:
  - {id: A, level: technician, key_post: true, reference_pay: 8000, pay: 4000, ui_months: 60}
"""
COMMANDS = ("run", "compare", "policy", "check", "case", "worker", "moments", "app", "doctor")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_in_both_languages(longjiang: Command, command: str) -> None:
    chinese, english = longjiang(command, "--help"), longjiang(command, "--lang", "en", "--help")

    assert chinese.exit_code == english.exit_code == 0
    assert f"例：longjiang {command}" in chinese.stdout
    assert f"Example: longjiang {command}" in english.stdout
    assert "help." not in chinese.stdout.replace("--help", "")
    for words, said in ((("用法", "[选项]"), chinese), (("Usage: ", "[OPTIONS]"), english)):
        assert all(word in said.stdout for word in words)
    for word in ("Usage", "[OPTIONS]", "[default", "[env var", "[required]"):
        assert word not in chinese.stdout


def test_help_says_what_happens_to_results_without_a_folder(
    longjiang: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGJIANG_LANG", "en")
    run, compare = (" ".join(longjiang(c, "--help").stdout.split()) for c in ("run", "compare"))

    assert "runs/SCENARIO-DIGEST-TIME" in run
    assert "runs/" not in compare
    assert "without it they are" in compare


def test_all_commands_are_listed_in_the_language_of_the_environment(
    longjiang: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "一个工人的经历" in longjiang("--help").stdout
    monkeypatch.setenv("LONGJIANG_LANG", "en")
    assert "One worker's life" in longjiang("--help").stdout
    assert longjiang("policy", "C28").stdout.startswith("C28  Policy research")
    assert longjiang("policy", "C28", "--lang", "zh").stdout.startswith("第28条")


def test_compare_says_a_sentence_first_and_keeps_what_is_asked(
    longjiang: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = longjiang(
        "compare", "no_policy", "text_literal", *SMALL, "--seeds", 2, "--out", out, "--lang", "en"
    )

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("By December 2018, against “The opinion of 2017”")
    effects = pd.read_csv(out / "effects.csv", encoding="utf-8-sig")
    assert len(effects) == 2 * len(MEASURES)
    assert is_result(out)
    assert {p.name for p in out.iterdir()} == {
        "effects.csv", "outlay.csv", "summary.md", "figures",
        "policy_2017", "no_policy", "text_literal",
    }  # fmt: skip
    summary = (out / "summary.md").read_text("utf-8")
    shown = re.findall(r"!\[.*?\]\((.*?)\)", summary)
    assert len(shown) == len(set(shown)) == 10, "five figures for each scenario"
    assert all((out / name).is_file() for name in shown)
    assert [line for line in summary.splitlines() if line.startswith("# ")] == [
        "# Without the opinion", "# The text at its word",
    ]  # fmt: skip
    assert "no judgement" in result.stdout
    assert "more than 100: a scale below 1/100" in result.stdout


def test_compare_refuses_two_scenarios_of_one_name(longjiang: Command) -> None:
    result = longjiang("compare", "no_policy", "--against", "no_policy")

    assert result.exit_code == 2
    assert "no_policy" in result.stderr


def test_compare_says_that_two_worlds_differ_in_more_than_policy(longjiang: Command) -> None:
    words = [*SMALL, "--until", "2017-02", "--seeds", 1]
    other = longjiang("compare", "downturn_coal_oil_2015", "--against", "policy_2017", *words)
    same = longjiang("compare", "downturn_coal_oil_2015", *words)

    assert text("compare.worlds", "zh")[:8] in other.stdout
    assert text("compare.worlds", "zh")[:8] not in same.stdout


def test_compare_takes_what_the_scenarios_name_and_refuses_where_they_disagree(
    longjiang: Command,
) -> None:
    words = ["--scale", "1/2000", "--until", "2017-02", "--seeds", 1, "--lang", "en"]
    named = longjiang("compare", "only_education_levy", "only_unemployment_insurance", *words)
    said = longjiang("compare", "only_education_levy", "--against", "no_policy", *words)
    apart = longjiang("compare", "only_education_levy", "text_literal", *words)

    assert named.stdout.count("against “No instrument at all”") == 2
    assert "--against bare" in named.stdout
    assert "against “Without the opinion”" in said.stdout
    assert apart.exit_code == 2
    assert "bare, policy_2017" in apart.stderr
    assert apart.stdout == ""


def test_compare_shows_its_results_even_where_the_disk_is_full(
    longjiang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.commands.shared.write_scenario", full)
    words = [*SMALL, "--until", "2017-01", "--seeds", 1, "--out", tmp_path / "out"]
    result = longjiang("compare", "no_policy", *words)

    assert result.exit_code == 1
    assert "技师" in result.stdout
    assert "磁盘已满" in result.stderr
    assert "Errno" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_names_what_each_file_is(longjiang: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: {zh: 题}\n", encoding="utf-8")
    result = longjiang("check", "policy_2017", bad)

    assert result.exit_code == 2
    assert "policy_2017" in result.stdout.splitlines()[0]
    assert result.stdout.splitlines()[1].startswith(f"{bad}:1:")
    assert longjiang("check", "policy_2017").exit_code == 0


def test_case_answers_in_words_and_as_json(longjiang: Command, tmp_path: Path) -> None:
    file = tmp_path / "案例.yaml"
    file.write_text(CASE, encoding="utf-8")
    found = json.loads(longjiang("case", file, "--json").stdout, parse_float=Decimal)
    item = next(i for i in found["items"] if i["instrument"] == "wage_drop_subsidy")

    assert (item["who"], item["eligible"], item["paid_yuan"]) == ("A", True, Decimal("2000.00"))
    assert "实付 2,000.00 元" in longjiang("case", file).stdout


def test_doctor_speaks_both_languages(longjiang: Command) -> None:
    assert longjiang("doctor").stdout.startswith("longjiang 在这台机器上的体检")
    assert "numba" in longjiang("doctor", "--lang", "en").stdout


def test_doctor_shows_the_population_beside_its_sources(longjiang: Command) -> None:
    result = longjiang("doctor", "--population", "--scale", "1/2000", "--lang", "en")

    assert result.exit_code == 0
    assert "1/2000" in result.stdout.splitlines()[0]
    assert len(re.findall(r"assumed", result.stdout)) > 20
    assert "…" not in result.stdout
    told = " ".join(result.stdout.split())
    assert "carried back 3 months for 2013-12, forward 15 months for 2016-12 less" in told
    sources = result.stdout.rpartition("\nSources in full\n")[2].splitlines()
    assert len(sources) > 30
    assert all(cell_len(line) <= 100 for line in sources)
    assert any(line.startswith("A0052: ") for line in sources)


def test_app_and_moments_answer_wrong_options(longjiang: Command, tmp_path: Path) -> None:
    assert longjiang("app", "--port", 70000).exit_code == 2
    assert longjiang("moments", "--scale", "1/0").exit_code == 2
    assert longjiang("moments", "--csv", tmp_path).exit_code == 2


def test_moments_are_a_table_that_lines_up_and_no_markdown(longjiang: Command) -> None:
    said = longjiang("moments", "--scale", "1/2000", "--seeds", 1, "--jobs", 1).stdout
    lines = said.splitlines()
    rule = next(at for at, line in enumerate(lines) if line.startswith("───"))

    assert not re.search(r"^#|\*\*|`|\| ", said, re.MULTILINE)
    ends = {cell_len(line[: line.index("  全省")]) for line in lines[rule + 1 : rule + 15]}
    assert len(ends) == 1
    assert all(cell_len(line) <= cell_len(lines[rule]) for line in lines[rule : rule + 15])


def test_moments_without_calibration_is_a_sentence_and_not_a_traceback(
    longjiang: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "calibration.moments", None)
    result = longjiang("moments", "--scale", "1/2000", "--seeds", 1)

    assert result.exit_code == 1
    assert "make setup" in result.stderr


def test_every_measure_and_unit_has_words() -> None:
    for lang in LANGUAGES:
        for name, (unit, _) in MEASURES.items():
            assert measure_name(name, lang)
            assert text(f"unit.{unit.replace(' ', '_').replace('-', '_')}", lang)
        for name in HEADLINES:
            assert text(f"sentence.{name}.up", lang, amount="1")


@pytest.mark.parametrize(
    ("values", "unit", "lang", "noun", "said"),
    [
        ([180, 162, 198], "persons", "zh", "人", "180 [162, 198] 人"),
        ([1_447_000, 1_232_000, 1_663_000], "x", "zh", "人次", "144.7 [123.2, 166.3] 万人次"),
        ([1_447_000, 1_232_000, 1_663_000], "x", "en", "p", "1.45 [1.23, 1.66] million p"),
        ([-50_000, -140_000, 40_000], "yuan", "zh", "", "\u22125.0 [\u221214.0, 4.0] 万元"),
        ([250_000_000], "yuan", "zh", "", "2.50 亿元"),
        ([-0.3], "persons", "zh", "人", "0 人"),
    ],
)
def test_a_number_and_its_band_share_one_unit(
    values: list[float], unit: str, lang: str, noun: str, said: str
) -> None:
    assert banded(values, unit, lang, noun) == said


def test_numbers_of_tables() -> None:
    assert yuan(-123_456_789) == "\u22121,234,567.89"
    assert yuan(5) == "0.05"
    assert wan_yuan(-1_234_500_000) == "\u22121,234.5"  # 12,345,000 yuan
    assert count(99_999, "zh") == "99,999"
    assert money(5_132, "en") == "5,132 yuan"


def test_lines_break_between_characters_but_not_inside_a_band() -> None:
    lines = wrap("- 培训多 22,920 [17,988, 27,852] 人次，公共支出多 5 万元。", 24, "  ")

    assert lines == ["- 培训多 22,920", "  [17,988, 27,852] 人次，", "  公共支出多 5 万元。"]


def test_the_time_left_counts_runs_side_by_side() -> None:
    clock = Clock(2)
    clock.began -= 10

    assert clock.left(0, 8) is None
    assert clock.left(1, 8) == pytest.approx(30, abs=0.5)  # four batches of ten seconds
    assert clock.left(8, 8) == 0


def test_figures_speak_english_where_no_chinese_font_is_found(
    longjiang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "chinese_font", lambda: None)
    words = ["run", "--alone", *SMALL, "--until", "2017-02", "--seeds", 1]
    result = longjiang(*words, "--out", tmp_path / "out")

    assert result.exit_code == 0
    assert "图中文字用英文" in result.stderr
    assert len(list((tmp_path / "out" / "figures").glob("*.png"))) == 5
