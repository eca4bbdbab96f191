import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from app import doctor
from app.doctor import GIB, State


def test_the_report_names_every_topic_once_in_both_languages() -> None:
    checks = doctor.report()

    assert [check.topic for check in checks] == [
        "python", "packages", "compiler", "cores", "memory", "cache", "fonts", "screen",
    ]  # fmt: skip
    for lang in ("zh", "en"):
        lines = doctor.render(checks, lang).splitlines()
        assert len(lines) == 2 + len(checks) + sum(check.remedy is not None for check in checks)


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ((3, 10), State.FAILURE),
        ((3, 11), State.GOOD),
        ((3, 13), State.GOOD),
        ((3, 14), State.FAILURE),
    ],
)
def test_only_versions_of_the_lock_are_good(version: tuple[int, int], state: State) -> None:
    assert doctor.check_python(version).state == state


def test_a_missing_package_and_a_wrong_version_are_named() -> None:
    needs = [Requirement("numpy>=1"), Requirement("numpy<1"), Requirement("longjiang-nowhere>=1")]

    found = doctor.unmet(needs)

    assert len(found) == 2
    assert found[0].startswith("numpy ")
    assert found[1] == "longjiang-nowhere>=1"


def test_versions_other_than_the_locks_are_a_warning(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("numpy==1.0.0 \\\n    --hash=sha256:0\n# a comment\n", encoding="utf-8")

    check = doctor.check_packages(lock)

    assert check.state == State.WARNING
    assert "numpy" in check.finding["en"]


def test_pins_of_other_systems_are_not_asked_for(tmp_path: Path) -> None:
    other = "linux" if sys.platform == "win32" else "win32"
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"nowhere==1.0 ; sys_platform == '{other}' \\\n", encoding="utf-8")

    assert doctor.pins(lock) == []


@pytest.mark.parametrize(
    ("available", "state"),
    [(4 * GIB, State.GOOD), (4 * GIB - 1, State.WARNING), (None, State.GOOD)],
)
def test_too_little_memory_is_a_warning(available: int | None, state: State) -> None:
    assert doctor.check_memory(available).state == state


def test_the_cache_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    check = doctor.check_cache(tmp_path / "not" / "there")

    assert check.state == State.GOOD
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_cache_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")

    check = doctor.check_cache(tmp_path / "taken")

    assert check.state == State.WARNING
    assert check.remedy is not None


def test_a_font_without_chinese_does_not_count() -> None:
    import matplotlib

    latin = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"

    assert doctor.shows(str(latin), "Ladder")
    assert not doctor.shows(str(latin), "龙江工匠")
    assert doctor.check_fonts(None).state == State.WARNING
    assert not (doctor.chinese_font() or "").startswith("Last Resort")


def test_a_broken_compiler_is_a_failure_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)  # an import of it now fails

    assert doctor.check_compiler().state == State.FAILURE


@pytest.mark.parametrize(
    ("encoding", "state"),
    [("utf-8", State.GOOD), ("gbk", State.GOOD), ("ascii", State.WARNING), ("", State.WARNING)],
)
def test_a_screen_without_chinese_is_a_warning(encoding: str, state: State) -> None:
    assert doctor.check_screen(encoding).state == state


def test_the_worst_finding_decides() -> None:
    good = doctor.check_cores(2, 2)
    bad = doctor.check_python((3, 10))

    assert doctor.worst([good]) == State.GOOD
    assert doctor.worst([good, bad]) == State.FAILURE
