"""What a long pass keeps: it goes on where it stopped, and never takes a part for the whole."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from calibration import readings
from calibration.kept import PARTIAL, Clock, Kept, put
from calibration.readings import Reading, main, read
from scenarios.effects import Effect
from scenarios.runner import Request

SMALL = Request(Fraction(1, 2000), 2, until="2018-01", jobs=1)
FIRST = Reading("wage_drop_subsidy.payee", "enterprise", "person")
LATE = Reading("plans.supervision", "0", "0.05", "not said")


def effects(mean: float) -> dict[str, Effect]:
    one = Effect(
        "a", "b", "certificates", "persons", "2018-01", mean, 0.1, 0.2, 0.1, 0.2, float("nan"),
        1.0, 2, "few",
    )  # fmt: skip
    return {"certificates": one}


def test_what_is_kept_comes_back_to_the_bit(tmp_path: Path) -> None:
    file = tmp_path / PARTIAL
    Kept(file, SMALL).add(FIRST, effects(0.1 + 0.2))
    again = Kept(file, SMALL)

    found = again.of(FIRST)
    assert found is not None
    assert repr(found) == repr(effects(0.1 + 0.2))
    assert again.of(LATE) is None


@pytest.mark.parametrize(
    "other",
    [
        Request(Fraction(1, 1000), 2, until="2018-01", jobs=1),
        Request(Fraction(1, 2000), 3, until="2018-01", jobs=1),
        Request(Fraction(1, 2000), 2, 7, until="2018-01", jobs=1),
        Request(Fraction(1, 2000), 2, until="2018-02", jobs=1),
    ],
)
def test_another_request_starts_anew(tmp_path: Path, other: Request) -> None:
    file = tmp_path / PARTIAL
    Kept(file, SMALL).add(FIRST, effects(1.0))
    fresh = Kept(file, other)
    assert fresh.of(FIRST) is None
    fresh.add(FIRST, effects(2.0))
    assert Kept(file, SMALL).of(FIRST) is None  # what no longer counts is dropped


def test_changed_code_starts_anew_and_the_number_of_processes_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / PARTIAL
    Kept(file, SMALL).add(FIRST, effects(1.0))
    two = Request(SMALL.scale, SMALL.seeds, until=SMALL.until, jobs=2)
    assert Kept(file, two).of(FIRST) is not None
    monkeypatch.setattr("calibration.kept.code_digest", lambda: "changed")
    assert Kept(file, SMALL).of(FIRST) is None


def test_a_torn_line_is_lived_again(tmp_path: Path) -> None:
    file = tmp_path / PARTIAL
    Kept(file, SMALL).add(FIRST, effects(1.0))
    said = file.read_text(encoding="utf-8")
    file.write_text(said + said[: len(said) // 2] + "\n7\n{}\n", encoding="utf-8")
    assert Kept(file, SMALL).of(FIRST) is not None
    file.write_text(said[:-9], encoding="utf-8")
    assert Kept(file, SMALL).of(FIRST) is None


def test_a_file_is_the_old_one_until_it_is_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "readings.csv"
    put(file, "old")
    monkeypatch.setattr("os.fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        put(file, "new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["readings.csv"]


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_stopped_pass_goes_on_and_gives_what_one_pass_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(readings, "open_readings", lambda: iter([FIRST, LATE]))
    asked = ["--scale", "1/2000", "--seeds", "2", "--until", "2018-01", "--jobs", "1", "--docs"]
    halfway, whole = tmp_path / "halfway", tmp_path / "whole"
    for folder in (halfway, whole):
        folder.mkdir()
    lived, live = [], readings.run_scenarios

    def twice(given: list[object], *more: object) -> object:
        lived.append(len(given))
        if len(lived) == 2:
            raise KeyboardInterrupt
        return live(given, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "run_scenarios", twice)
    with pytest.raises(KeyboardInterrupt):
        main([*asked, str(halfway)])
    assert [path.name for path in halfway.iterdir()] == [PARTIAL]  # no table of a part
    assert len((halfway / PARTIAL).read_text(encoding="utf-8").splitlines()) == 1
    main([*asked, str(halfway)])
    assert "1/2 kept from before" in capsys.readouterr().err
    assert lived == [2, 1, 1, 1]  # policy with LATE; FIRST stopped; policy, FIRST
    main([*asked, str(whole)])
    for name in ("readings.csv", "readings.md"):
        assert (halfway / name).read_bytes() == (whole / name).read_bytes()
    assert {path.name for path in halfway.iterdir()} == {"readings.csv", "readings.md"}


def test_rows_keep_the_order_of_the_readings() -> None:
    assert list(read([FIRST, LATE], SMALL)) == [FIRST, LATE]


def test_no_time_left_is_told_before_anything_was_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    clock = Clock(10, 3, 2)  # three readings and the policy, two seeds: eight runs
    assert clock.left(0) is None
    now[0] += 6
    assert clock.left(2) == 18
    clock.batch(2)
    clock.ended(1, "one")
    assert clock.left(0) == 6
    assert clock.done == 8


def test_lines_are_json(tmp_path: Path) -> None:
    file = tmp_path / PARTIAL
    Kept(file, SMALL).add(FIRST, effects(1.0))
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"key", "effects"}
