"""Running scenarios beside the page: processes of their own, progress month by month, cancel.

The page's script thread only submits and polls. A seed is one task; a worker process counts the
months it has lived in memory shared with the page, and looks there whether it should stop.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import uuid4

import joblib

from model.months import parse_month
from model.results import ALL, Run
from scenarios.runner import START, Request, fork_months, run_seed
from scenarios.scenario import Scenario

SLOTS = 8  # runs under way or waiting at one time, of all sessions together
ABANDONED = 600.0  # seconds without a look after which a run is stopped: the page was closed
LOG = logging.getLogger(__name__)


class BusyError(RuntimeError):
    """Too many runs under way; try again when one has ended."""


class CancelledError(RuntimeError):
    """Somebody asked this run to stop."""


class Progress(NamedTuple):
    """How far a run is."""

    done: int  # months lived
    total: int
    seconds: float  # since it was asked for


# --- in the worker process -------------------------------------------------------------------

_board: Any = None  # months lived and wish to stop, by slot; set once when the process starts


def enter(board: Any) -> None:
    """Begin life as a worker: share the board, leave Ctrl-C to the page, end with the page."""
    global _board
    _board = board
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def task(slot: int, scenarios: Sequence[Scenario], request: Request, seed: int) -> list[Run]:
    """Live every scenario with one seed and keep what the page shows."""

    def on_month(_: int) -> None:
        with _board.get_lock():
            if _board[2 * slot + 1]:
                raise CancelledError
            _board[2 * slot] += 1

    with _board.get_lock():
        if _board[2 * slot + 1]:
            raise CancelledError
    return [provincial(run) for run in run_seed(scenarios, request, seed, on_month)]


def provincial(run: Run) -> Run:
    """A run without the margins and persons that the page does not show."""
    o, ledger = run.outcomes, run.ledger
    whole = (o["region"] == ALL) & (o["sector"] == ALL) & (o["ownership"] == ALL)
    keys = ["month", "payer", "payee", "instrument", "clause"]
    sums = ledger.groupby(keys, sort=True, as_index=False)[["cases", "amount_fen"]].sum()
    for margin in ("level", "ownership", "sector", "region"):
        sums.insert(len(keys), margin, ALL)
    return replace(
        run,
        outcomes=o[whole].reset_index(drop=True),
        ledger=sums,
        incidence=run.incidence.iloc[:0],
    )


# --- in the page's process -------------------------------------------------------------------


@dataclass
class Job:
    """One run of one session."""

    slot: int
    total: int
    futures: list["Future[list[Run]]"]
    board: Any
    began: float = field(default_factory=time.monotonic)
    looked: float = field(default_factory=time.monotonic)
    cancelled: bool = False
    error: str = ""  # number under which the log holds what went wrong

    def progress(self) -> Progress:
        """Months lived so far, of all."""
        self.looked = time.monotonic()
        done = self.total if self.over else min(int(self.board[2 * self.slot]), self.total)
        return Progress(done, self.total, self.looked - self.began)

    @property
    def over(self) -> bool:
        """Whether nothing of it is still running."""
        return all(future.done() for future in self.futures)

    def cancel(self) -> None:
        """Stop: seeds that wait are dropped, those that run end with their month."""
        self.cancelled = True
        self.board[2 * self.slot + 1] = 1
        for future in self.futures:
            future.cancel()

    def runs(self) -> dict[str, tuple[Run, ...]] | None:
        """Runs by scenario in order of seed; None if it was cancelled or failed.

        A failure is logged with its traceback under ``error``.
        """
        if self.cancelled:
            return None
        try:
            by_seed = [future.result() for future in self.futures]
        except Exception:
            self.error = self.error or uuid4().hex[:8]
            LOG.exception("run failed, error number %s", self.error)
            self.cancel()
            return None
        return {runs[0].scenario: tuple(runs) for runs in zip(*by_seed, strict=True)}


class Desk:
    """The worker processes and the runs under way; one for all sessions of a server."""

    def __init__(self, start: Callable[[], tuple[ProcessPoolExecutor, Any]]) -> None:
        """``start`` makes the processes and the board they share with us."""
        self._start = start
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._board: Any = None
        self._jobs: dict[int, Job] = {}

    def submit(self, scenarios: Sequence[Scenario], request: Request) -> Job:
        """Begin a run.

        Raises:
            BusyError: all slots are taken.
            RequestError: it cannot be run as asked.
        """
        request.check()
        with self._lock:
            self._tidy()
            slot = next((s for s in range(SLOTS) if s not in self._jobs), None)
            if slot is None:
                raise BusyError
            seeds = range(request.seed, request.seed + request.seeds)
            total = months_to_live(scenarios, request) * len(seeds)
            futures = self._submitted(slot, scenarios, request, seeds)
            job = Job(slot, total, futures, self._board)
            self._jobs[slot] = job
            return job

    def stop(self) -> None:
        """End every run and all processes."""
        with self._lock:
            for job in self._jobs.values():
                job.cancel()
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
            self._jobs.clear()

    def _submitted(
        self, slot: int, scenarios: Sequence[Scenario], request: Request, seeds: range
    ) -> list["Future[list[Run]]"]:
        for _ in range(2):  # a pool whose process died takes nothing more: one new pool
            if self._pool is None:
                self._pool, self._board = self._start()
            self._board[2 * slot] = self._board[2 * slot + 1] = 0
            try:
                return [self._pool.submit(task, slot, scenarios, request, s) for s in seeds]
            except BrokenProcessPool:
                self._pool = None
        raise BusyError

    def _tidy(self) -> None:
        """Free the slots of runs that have ended; stop those nobody looks at any more."""
        now = time.monotonic()
        for slot, job in list(self._jobs.items()):
            if not job.over and now - job.looked > ABANDONED:
                job.cancel()
            if job.over:
                del self._jobs[slot]


def months_to_live(scenarios: Sequence[Scenario], request: Request) -> int:
    """Months that one seed of all scenarios takes; those before a fork count once."""
    last = parse_month(request.until)
    whole = last - START + 1
    forks = fork_months(scenarios, request, last)
    return whole + sum(whole if fork is None else last - fork + 1 for fork in forks[1:])


def start_processes() -> tuple[ProcessPoolExecutor, Any]:
    """Worker processes, one for each core, and the board they share with the page."""
    context = multiprocessing.get_context("spawn")
    board = context.Array("q", 2 * SLOTS)
    pool = ProcessPoolExecutor(joblib.cpu_count(), context, enter, (board,))
    return pool, board


DESK = Desk(start_processes)

# Runs end with the server. The executor's own hook, called after this one, would wait for every
# seed still queued; atexit comes too late, and there is no public place in between.
threading._register_atexit(DESK.stop)  # type: ignore[attr-defined]
