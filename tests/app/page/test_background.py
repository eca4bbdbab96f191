"""Runs beside the page: slots, cancelling, failing, and how many months there are to live."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from app import background
from app.background import SLOTS, BusyError, Desk, months_to_live
from app.question import Question
from model.results import Run


class Pool:
    """Takes tasks and leaves them waiting."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.futures: list[Future[list[Run]]] = []

    def submit(self, *_: Any) -> "Future[list[Run]]":
        if self.broken:
            raise BrokenProcessPool
        self.futures.append(Future())
        return self.futures[-1]

    def shutdown(self, **_: Any) -> None:
        pass


class Board(list[int]):
    """Shared memory, here a list."""

    def get_lock(self) -> "Board":
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def desk_of(*pools: Pool) -> Desk:
    ready = list(pools)
    return Desk(lambda: (ready.pop(0), Board([0] * (2 * SLOTS))))  # type: ignore[arg-type,return-value]


ARMS = Question(seeds=2).arms().all
REQUEST = Question(seeds=2).request()


def test_months_before_a_fork_are_lived_once() -> None:
    # policy_2017 lives 48 months; no_policy and the literal reading leave it in 2017-12, 37 each
    assert months_to_live(ARMS, REQUEST) == 48 + 37 + 37


def test_one_run_more_than_there_are_slots_is_refused() -> None:
    desk = desk_of(Pool())
    jobs = [desk.submit(ARMS, REQUEST) for _ in range(SLOTS)]

    with pytest.raises(BusyError):
        desk.submit(ARMS, REQUEST)
    jobs[3].cancel()
    assert desk.submit(ARMS, REQUEST).slot == jobs[3].slot


def test_cancelling_drops_what_waits_and_tells_what_runs() -> None:
    pool = Pool()
    desk = desk_of(pool)
    job = desk.submit(ARMS, REQUEST)
    pool.futures[0].set_running_or_notify_cancel()

    job.cancel()

    assert pool.futures[1].cancelled()
    assert job.board[2 * job.slot + 1] == 1
    assert not job.over, "the seed that runs has not ended yet"
    pool.futures[0].set_result([])
    assert job.over
    assert job.runs() is None
    assert job.error == ""


def test_a_worker_stops_at_the_next_month(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board([0] * (2 * SLOTS))
    lived = []

    def run_seed(_s: object, _r: object, _n: int, on_month: Any) -> list[Run]:
        for month in range(10):
            lived.append(month)
            if month == 2:
                board[1] = 1
            on_month(month)
        return []

    monkeypatch.setattr(background, "_board", board)
    monkeypatch.setattr(background, "run_seed", run_seed)

    with pytest.raises(background.CancelledError):
        background.task(0, ARMS, REQUEST, 1)
    assert lived == [0, 1, 2]
    assert board[0] == 2, "two months were counted, the third saw the wish to stop"


def test_a_failure_gets_a_number_and_its_traceback_goes_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = Pool()
    job = desk_of(pool).submit(ARMS, REQUEST)
    pool.futures[0].set_exception(ValueError("secret detail"))
    pool.futures[1].set_result([])

    assert job.runs() is None
    assert len(job.error) == 8
    assert job.error in caplog.text
    assert "secret detail" in caplog.text


def test_a_pool_whose_process_died_is_replaced() -> None:
    good = Pool()
    desk = desk_of(Pool(broken=True), good)

    desk.submit(ARMS, REQUEST)

    assert len(good.futures) == 2


def test_a_run_nobody_looks_at_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(Pool())
    left = desk.submit(ARMS, REQUEST)
    watched = desk.submit(ARMS, REQUEST)
    monkeypatch.setattr(background, "ABANDONED", 1e9)
    desk.submit(ARMS, REQUEST)
    assert not left.cancelled
    monkeypatch.setattr(background, "ABANDONED", -1.0)
    watched.looked = float("inf")

    desk.submit(ARMS, REQUEST)

    assert (left.cancelled, watched.cancelled) == (True, False)


def test_the_end_of_the_server_ends_every_run() -> None:
    desk = desk_of(Pool())
    job = desk.submit(ARMS, REQUEST)

    desk.stop()

    assert job.cancelled
    assert job.over
