"""Results of every shipped scenario stay what they were, or a reason is written down."""

import pytest

from scenarios.scenario import shipped
from tests.golden.digests import (
    PARTS,
    SEEDS,
    Digests,
    combined,
    digests_of,
    kept,
    moved,
    reasons,
)
from tests.lived import Job, begin, lived

HOW = 'if this is meant: python -m tests.golden.digests --because "REASON"'


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_gives_what_it_gave(name: str) -> None:
    found = {f"{name} {seed}": digests_of(lived(Job(name, seed=seed))) for seed in SEEDS}
    standing = {case: parts for case, parts in kept().items() if case in found}
    assert moved(standing, found) == "", HOW


def test_every_shipped_scenario_is_kept_and_no_other() -> None:
    assert set(kept()) == {f"{name} {seed}" for name in shipped() for seed in SEEDS}
    assert all(set(parts) == set(PARTS) for parts in kept().values())


def test_the_last_move_has_a_reason() -> None:
    rows = reasons()
    assert rows
    assert rows[-1][1] == combined(kept()), HOW
    assert all(len(why) >= 10 for *_, why in rows)
    assert len({digest for _, digest, *_ in rows}) == len(rows)


def test_scenarios_that_differ_have_digests_that_differ() -> None:
    # bare against policy_2017 in every part but the schools' own numbers
    of = {name: kept()[f"{name} 1"] for name in ("policy_2017", "bare", "no_policy")}
    assert len({tuple(parts.items()) for parts in of.values()}) == 3


def test_one_fen_and_one_person_move_a_digest() -> None:
    province = begin(Job("policy_2017"))
    province.step()
    before = digests_of(province)
    province.workers["pay"][3] += 1
    assert digests_of(province)["workers"] != before["workers"]
    month, flow, *rest, fen = province.ledger.lines[-1]
    province.ledger.lines[-1] = (month, flow, *rest, fen + 1)
    assert digests_of(province)["ledger"] != before["ledger"]
    province.people.history[-1][1][1, 2] += 1
    assert digests_of(province)["people"] != before["people"]


def test_what_moved_is_said_by_part_and_scenario() -> None:
    before: Digests = {"a 1": dict.fromkeys(PARTS, "x"), "b 1": dict.fromkeys(PARTS, "x")}
    after: Digests = {case: {**parts, "ledger": "y"} for case, parts in before.items()}
    after["a 1"]["people"] = "y"
    assert moved(before, before) == ""
    assert moved(before, after) == "ledger: all; people: a"
