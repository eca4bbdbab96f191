"""Wrong input through the commands: code 2, every error with its place, nothing written."""

import sys
from pathlib import Path

import pytest

from tests.app.conftest import SMALL, Command

GOOD = "title: {zh: 题, en: title}\nextends: policy_2017\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
WRONG = {
    "empty.yaml": (b"", ":1:1"),
    "wrong type.yaml": (GOOD.encode() + b"change: yes\n", ":3:9 change"),
    "unknown.yaml": (GOOD.encode() + b"chagne: []\n", "change"),
    "拼错.yaml": (
        GOOD.encode()
        + b"change:\n  - {parameter: wage_drop_subsidy.rat, from: 2018-01, value: 1, because: x}\n",
        "wage_drop_subsidy.rate",
    ),
    "order.yaml": (
        GOOD.encode()
        + b"change:\n  - {parameter: wage_drop_subsidy.rate, from: 2019-01, to: 2018-01, value: 1, "
        b"because: x}\n",
        ":4:",
    ),
    "range.yaml": (
        GOOD.encode()
        + b"change:\n  - {parameter: wage_drop_subsidy.rate, from: 2018-01, value: 2, because: y}"
        b"\n",
        ":4:",
    ),
    "twice.yaml": (GOOD.encode() + b"extends: no_policy\n", ":3:1 extends"),
    "binary.yaml": (bytes(range(256)), ":1:1"),
    "bomb.yaml": (BOMB.encode(), ":1:4"),
    "gbk.yaml": ("title: 降薪补助翻倍\n".encode("gb18030"), ":1:1"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", ["run", "compare", "check"])
def test_a_wrong_file_is_answered_with_its_place(
    longjiang: Command, tmp_path: Path, command: str, name: str
) -> None:
    content, place = WRONG[name]
    file = tmp_path / name
    file.write_bytes(content)
    words = [command, file] if command == "check" else [command, file, "--out", tmp_path / "out"]
    result = longjiang(*words, "--lang", "en")
    answer = result.stdout if command == "check" else result.stderr

    assert result.exit_code == 2
    assert answer.startswith(f"{file}:")
    assert place in answer
    assert "Traceback" not in result.output
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", ["run", "compare", "check", "case"])
def test_missing_files_and_folders_are_answered(
    longjiang: Command, tmp_path: Path, command: str
) -> None:
    for path in (tmp_path, tmp_path / "not there.yaml"):
        result = longjiang(command, path)
        assert result.exit_code == 2
        assert f"{path}:1:1" in result.output
    assert list(tmp_path.iterdir()) == []


def test_all_errors_of_a_file_are_answered_at_once(longjiang: Command, tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text(GOOD + "colour: red\nsettings: {no.such: x}\nchange: 3\n", encoding="utf-8")
    result = longjiang("run", file)

    assert result.exit_code == 2
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 3
    assert [int(line.removeprefix(f"{file}:").split(":")[0]) for line in lines] == [3, 4, 5]


def test_a_mark_and_other_line_ends_are_read(longjiang: Command, tmp_path: Path) -> None:
    file = tmp_path / "有 空格 的.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    checked = longjiang("check", file)
    ran = longjiang(
        "run", file, *SMALL, "--until", "2017-01", "--seeds", 1, "--out", tmp_path / "结 果"
    )

    assert checked.exit_code == 0
    assert ran.exit_code == 0
    assert (tmp_path / "结 果" / "有 空格 的" / "manifest.json").is_file()


def test_a_wrong_command_line_is_answered_in_the_language_asked_for(longjiang: Command) -> None:
    assert longjiang("rnu").exit_code == 2
    assert longjiang("rnu").stderr.startswith("命令写错了")
    assert longjiang("check", "--no", "--lang", "en").stderr.startswith("the command is wrong")
    assert longjiang("case").exit_code == 2


def test_a_wrong_case_is_answered_with_its_place(longjiang: Command, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("month: 2018-6\nworkers: [{id: A, levle: technician}]\n", encoding="utf-8")
    result = longjiang("case", file, "--json")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{file}:1:8 month" in result.stderr
    assert "level" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_nowhere_is_called_one(longjiang: Command, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "gone.yaml")
    result = longjiang("case", link)

    assert result.exit_code == 2
    assert f"指向的 {tmp_path / 'gone.yaml'} 不存在" in result.stderr
    assert "是否指" not in result.stderr
