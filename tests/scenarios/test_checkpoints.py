"""Worlds at the eve of the document: the same bits as straight through, never a stale one."""

import gc
import os
import shutil
import weakref
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from model.province import Province
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


@KEPT
def test_a_large_world_is_read_again_in_place_of_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    forked = lived()

    def unforked(*_: Any) -> Any:
        raise AssertionError("a world was copied")

    monkeypatch.setattr(runner, "LARGE", 0)
    monkeypatch.setattr(Province, "fork", unforked)
    for one, two in zip(forked, lived(), strict=True):
        assert same(one, two), one.scenario


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


def key(policy: Any, request: Request = REQUEST, seed: int = 1, start: int = START) -> str:
    return key_of(policy, request, seed, start, "2016-12")


def test_every_thing_that_shapes_the_months_before_has_a_key_of_its_own() -> None:
    policy = load("policy_2017").policy()
    base = key(policy)
    others = [
        key(policy, seed=2),
        key(policy, start=START - 1),
        key(policy, Request(Fraction(1, 1000), 1, 1)),
        key_of(policy, REQUEST, 1, START, "2013-12"),
        key(Scenario.from_mapping(WORLD, name="w").policy()),
    ]
    assert len({base, *others}) == 1 + len(others)
    # what differs only from the eve on shares the world
    assert key(load("no_policy").policy()) == base


@pytest.mark.parametrize("edited", ["model/rules/leaving.py", "model/parameters/leaving.yaml"])
def test_the_digest_sees_every_file(
    edited: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = Path(checkpoints.__file__).parents[1]
    for name in ("model", "scenarios"):
        shutil.copytree(root / name, tmp_path / name)
    monkeypatch.setattr(checkpoints, "ROOTS", (tmp_path / "model", tmp_path / "scenarios"))
    assert checkpoints.sources_digest() == checkpoints.LOADED
    path = tmp_path / edited
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert checkpoints.sources_digest() != checkpoints.LOADED


def test_code_edited_since_it_was_loaded_keeps_nothing(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "sources_digest", lambda: "edited meanwhile")
    assert len(lived(("policy_2017",))) == 1
    assert list(kept.iterdir()) == []


def test_a_world_of_its_own_is_not_kept(kept: Path) -> None:
    run_seed([Scenario.from_mapping(WORLD, name="w")], REQUEST, 1)
    assert not kept.exists()


@pytest.mark.parametrize("place", [0, 40, 2_000, 20_000, 200_000, 400_000])
def test_a_flipped_byte_is_noticed(kept: Path, place: int) -> None:
    straight = lived(("policy_2017",))
    path = next(kept.iterdir())
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 0xFF
    path.write_bytes(damaged)
    again = lived(("policy_2017",))
    assert same(straight[0], again[0])


@pytest.mark.parametrize("cut", [0, 10, 1000, -1])
def test_a_damaged_file_is_no_world(kept: Path, cut: int) -> None:
    lived(("policy_2017",))
    path = next(kept.iterdir())
    path.write_bytes(path.read_bytes()[:cut])
    policy = load("policy_2017").policy()
    assert find(path.stem, make_engine(REQUEST), policy) is None
    assert len(lived(("policy_2017",))) == 1  # made again
    assert find(path.stem, make_engine(REQUEST), policy) is not None


def test_standard_error_says_once_that_a_kept_world_was_damaged(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkpoints, "_told", set())
    policy = load("policy_2017").policy()
    kept.mkdir(parents=True)
    for _ in range(2):
        (kept / "a.world").write_bytes(b"nothing")
        assert find("a", make_engine(REQUEST), policy) is None
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "读不出来" in said[0]
    assert "made anew" in said[1]


def test_no_more_than_two_worlds_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def worlds() -> weakref.WeakSet[Any]:
        every = (one for one in gc.get_objects() if type(one) is Province)
        return weakref.WeakSet(one for one in every if "workers" in vars(one))

    most = 0
    original = runner.finish
    others = worlds()  # those that fixtures of other tests hold

    def count(province: Any, *given: Any) -> Any:
        nonlocal most
        most = max(most, sum(one not in others for one in worlds()))
        return original(province, *given)

    monkeypatch.setattr(runner, "finish", count)
    apart = Scenario.from_mapping(WORLD, name="w")
    names = ("policy_2017", "no_policy", "text_literal", "everybody_asks")
    runs = run_seed([*(load(name) for name in names), apart], REQUEST, 1)
    assert len(runs) == 5
    assert most == 2


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
