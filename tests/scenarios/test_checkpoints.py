"""Worlds at the eve of the document: the same bits as straight through, never a stale one."""

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from model.results import Run
from scenarios import checkpoints, runner
from scenarios.checkpoints import SWITCH, find, folder, key_of, tidy
from scenarios.runner import START, Request, make_engine, run_seed
from scenarios.scenario import Scenario, load

REQUEST = Request(Fraction(1, 2000), 1, 1, until="2018-06", jobs=1)
NAMES = ("policy_2017", "no_policy", "text_literal")
WORLD = {"extends": "policy_2017", "world": {"background": {"premium_cuts": "off"}}}


KEPT = pytest.mark.usefixtures("kept")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A cache folder of its own with checkpoints on; kernels stay where they are."""
    monkeypatch.setenv(SWITCH, "on")
    monkeypatch.setattr(checkpoints, "cache_folder", lambda: tmp_path / "缓存 with blanks")
    yield folder()


def same(one: Run, other: Run) -> bool:
    """Equal in everything but time."""
    return (
        one.ledger.equals(other.ledger)
        and one.outcomes.equals(other.outcomes)
        and one.funds.equals(other.funds)
    )


def lived(names: tuple[str, ...] = NAMES) -> list[Run]:
    return run_seed([load(name) for name in names], REQUEST, 1)


def test_kept_forked_and_straight_through_are_the_same(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lived()
    assert [path.suffix for path in kept.iterdir()] == [".world"]
    again = lived()
    monkeypatch.setenv(SWITCH, "off")
    straight = lived()
    for one, two, three in zip(first, again, straight, strict=True):
        assert same(one, three), one.scenario
        assert same(two, three), two.scenario


def test_a_kept_world_is_used_and_a_run_does_not_change_it(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(("policy_2017",))
    before = next(kept.iterdir()).read_bytes()

    def unasked(*_: Any) -> Any:
        raise AssertionError("the population was made again")

    monkeypatch.setattr(runner, "people_of", unasked)
    lived(("policy_2017",))
    assert next(kept.iterdir()).read_bytes() == before


@KEPT
def test_every_thing_that_shapes_the_months_before_has_a_key_of_its_own() -> None:
    policy = load("policy_2017").policy()
    base = key_of(policy, REQUEST, 1, START)
    others = [
        key_of(policy, REQUEST, 2, START),
        key_of(policy, REQUEST, 1, START - 1),
        key_of(policy, Request(Fraction(1, 1000), 1, 1), 1, START),
        key_of(Scenario.from_mapping(WORLD, name="w").policy(), REQUEST, 1, START),
    ]
    assert len({base, *others}) == 1 + len(others)
    # what differs only from the eve on shares the world
    assert key_of(load("no_policy").policy(), REQUEST, 1, START) == base


@KEPT
def test_another_source_of_the_model_has_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = load("policy_2017").policy()
    base = key_of(policy, REQUEST, 1, START)
    monkeypatch.setattr(checkpoints, "model_digest", lambda: "edited")
    assert key_of(policy, REQUEST, 1, START) != base


@pytest.mark.parametrize("cut", [0, 10, 1000, -1])
def test_a_damaged_file_is_no_world(kept: Path, cut: int) -> None:
    lived(("policy_2017",))
    path = next(kept.iterdir())
    path.write_bytes(path.read_bytes()[:cut])
    assert find(load("policy_2017"), REQUEST, 1, START, make_engine(REQUEST)) is None
    assert len(lived(("policy_2017",))) == 1  # made again


def test_a_folder_without_room_is_no_error(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("a file where the folder should be", encoding="utf-8")
    assert len(lived(("policy_2017",))) == 1


def test_the_longest_unused_go_first(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.mkdir(parents=True)
    for age, name in enumerate(("new", "middle", "old")):
        path = kept / f"{name}.world"
        path.write_bytes(b"\0" * 100)
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(checkpoints, "BUDGET", 250)
    tidy(kept)
    assert sorted(path.stem for path in kept.iterdir()) == ["middle", "new"]


@KEPT
def test_replaced_rules_and_agents_are_not_kept() -> None:
    changed = Request(Fraction(1, 2000), 1, 1, until="2018-01", jobs=1, rules={"leave": print})
    assert not checkpoints.usable(changed)
    assert not checkpoints.usable(Request(Fraction(1, 2000), 1, 1, "mesa"))
    assert checkpoints.usable(REQUEST)
