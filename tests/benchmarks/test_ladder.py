"""The ladder: the own engine is exact, who disagrees is shown, and nothing finished is lost."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import __main__ as dispatcher
from benchmarks import guard
from benchmarks.ladder import agreement, own, plain, rounds, table
from benchmarks.ladder.environments import GapError, lock_of
from benchmarks.ladder.luck import alias_table
from benchmarks.ladder.peers import NUMPY, OWN, PEERS, Peer
from benchmarks.ladder.peers.numpy_arrays import start as start_numpy
from benchmarks.ladder.rules import WorkFacts, choose, train_probability, work
from benchmarks.ladder.spec import MEASURES, Case, enterprises, totals

CASE = Case(1500, 30, 4)
INSTALLED = [peer for peer in PEERS if peer.packages]


def facts(**known: float) -> WorkFacts:
    draws = {"u_train": 0.999, "u_exam": 0.999, "u_leave": 0.999}
    usual = {"age": 400, "level": 1, "experience": 5, "wage": 5000, "insured": 20, "training": 0}
    return WorkFacts(**(usual | {"hazard": 0.02} | draws | known))


# The rules


def test_passing_the_exam_raises_level_and_wage_and_pays_the_insured() -> None:
    done = work(facts(training=1, u_exam=0.7))

    assert (done.level, done.wage, done.experience, done.paid) == (2, 5450, 0, 1)


def test_nobody_is_paid_before_a_year_of_insurance() -> None:
    assert work(facts(training=1, u_exam=0.7, insured=10)).paid == -1


def test_who_loses_the_post_loses_the_training() -> None:
    done = work(facts(training=3, u_leave=0.0))

    assert (done.stays, done.training) == (False, 0)


def test_training_pays_less_near_retirement() -> None:
    assert train_probability(2, 6000, 3) < train_probability(2, 6000, 36)


def test_the_alias_table_draws_by_weight() -> None:
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    thresholds, others = alias_table(weights)
    draws = (np.arange(20_000) + 0.5) / 20_000

    found = np.bincount([choose(u, thresholds, others) for u in draws]) / 20_000

    assert found == pytest.approx(weights, abs=1e-3)


# Agreement


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_filter_and_threads_change_no_bit(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "ALONE", 0)
    wanted = plain.live(CASE)
    ladder = own.Ladder(CASE._replace(threads=threads), own.prepared(CASE.agents, CASE.months))

    assert np.array_equal(ladder.live(), wanted.table)
    for name, column in ladder.workers().items():
        assert np.array_equal(column, wanted.workers[name]), name


def test_a_wrong_engine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "FIND", 0.249)  # the filter's bound is then too low

    assert agreement.differences(CASE) != []


def test_numpy_agrees_within_its_luck_and_a_changed_ladder_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = agreement.reference(4000, 24, lucks=24)

    def found() -> np.ndarray:
        cases = (Case(4000, 24, luck) for luck in (1, 2, 3))
        return np.array([totals(start_numpy(case)()) for case in cases])

    assert agreement.judge(found(), known).agrees
    monkeypatch.setattr("benchmarks.ladder.peers.numpy_arrays.FIND", 0.20)
    assert not agreement.judge(found(), known).agrees


def test_what_luck_cannot_move_must_be_equal() -> None:
    known = agreement.Reference(np.array([10.0, 5.0]), np.array([2.0, 0.0]), 10)

    assert agreement.judge(np.array([[11.0, 5.0]]), known).agrees
    assert not agreement.judge(np.array([[10.0, 6.0]]), known).agrees


# The table


def line(peer: str, luck: int, wall: float, total: float) -> dict[str, object]:
    about = {"version": "1", "python": "3", "when": "2026", "set_up": 1.0, "bytes_per_agent": 9.0}
    run = (peer, 100, 10, luck, 2, "digest")
    return about | {"run": run, "wall": wall, "cpu": wall, "totals": [total] * len(MEASURES)}


def test_who_disagrees_gets_no_ratio_and_gaps_give_their_reason() -> None:
    known = agreement.Reference(np.full(len(MEASURES), 50.0), np.full(len(MEASURES), 1.0), 20)
    lines = [line("own", luck, 1.0 * luck, 50.0) for luck in (1, 2)]
    lines += [line("numpy", luck, 9.0 * luck, 50.5) for luck in (1, 2)]
    lines += [line("jax", luck, 3.0, 90.0) for luck in (1, 2)]

    made = {row.peer: row for row in table.rows(lines, PEERS, {100: known}, {"ambr": "no package"})}

    assert made["numpy"].slower_wall == 9.0
    assert (made["jax"].slower_wall, made["jax"].says) == (None, "disagrees")
    assert made["ambr"].says == "gap: no package"
    text = table.markdown(list(made.values()))
    assert "disagrees: " in text and "gap: no package" in text


# Rounds


def test_finished_runs_are_kept_and_a_failing_peer_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []

    def answer(job: rounds.Job, case: Case) -> dict[str, object]:
        asked.append((job.peer.name, case.luck))
        if job.peer == NUMPY:
            raise GapError("failed")
        return {"wall": 1.0}

    monkeypatch.setattr(rounds, "KEPT", tmp_path / "kept.jsonl")
    monkeypatch.setattr(rounds, "run", answer)
    ready = [rounds.Job(peer, 100, Path(sys.executable)) for peer in (OWN, NUMPY)]
    gaps: dict[str, str] = {}

    first = list(rounds.rounds(ready, 10, 2, 2, gaps))
    with rounds.KEPT.open("a") as file:
        file.write('{"run": ["own", 100')  # stopped while writing
    again = list(rounds.rounds(ready, 10, 3, 2, gaps))

    assert gaps == {"numpy": "failed"}
    assert asked == [("own", 1), ("numpy", 1), ("own", 2), ("own", 3)]
    assert (len(first), len(again), len(rounds.kept())) == (2, 3, 3)


def test_the_own_engine_is_run_at_every_size_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "interpreter", lambda _: Path(sys.executable))
    few = Peer("few", "few", "few", most=50)

    ready, _ = rounds.jobs([few, NUMPY], 1000)

    assert [(job.peer.name, job.agents) for job in ready] == [
        ("own", 1000),
        ("own", 50),
        ("few", 50),
        ("numpy", 1000),
    ]


@pytest.mark.parametrize(
    ("case", "wall", "cpu", "code"),
    [
        ("fast enough", 8.1, 8.1, 0),
        ("too slow by the wall", 7.9, 7.9, 1),
        ("a busy machine is judged by CPU seconds alone", 7.9, 4.1, 0),
        ("too slow by CPU seconds, on a busy machine too", 20.0, 3.9, 1),
    ],
)
def test_the_guard_fails_below_its_ratios(
    case: str, wall: float, cpu: float, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {OWN.name: {"wall": 1.0, "cpu": 1.0}, NUMPY.name: {"wall": wall, "cpu": cpu}}
    monkeypatch.setattr(guard, "differences", lambda _: [])
    monkeypatch.setattr(guard.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(guard, "run", lambda job, _: took[job.peer.name])

    assert guard.main([]) == code, case


# Environments and the command


@pytest.mark.parametrize("peer", INSTALLED, ids=lambda peer: peer.name)
def test_every_framework_is_pinned_with_hashes_and_no_place(peer: Peer) -> None:
    text = lock_of(peer).read_text("utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]

    assert all("--hash=sha256:" in block for block in blocks)
    assert {re.split("[=<>]", name)[0] for name in peer.packages} <= set(pins)
    assert all(f"{pin} " in text for pin in peer.packages if "==" in pin)
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links", text)


def test_every_script_exists_and_no_lock_is_left_over() -> None:
    here = Path(table.__file__).parent

    assert all((here / "peers" / f"{peer.script}.py").exists() for peer in PEERS)
    assert {path.stem for path in (here / "requirements").glob("*.txt")} == {
        peer.name for peer in INSTALLED
    }


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["nothing"]) == 2
    assert "unknown: nothing" in capsys.readouterr().err


def test_no_hazard_is_out_of_range() -> None:
    hazard = enterprises(5000, 36).hazard

    assert hazard.min() > 0 and hazard.max() <= 0.5
