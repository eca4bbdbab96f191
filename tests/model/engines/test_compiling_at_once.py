"""A first start of several at once: processes and threads may compile side by side."""

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model.deciding import DECISIONS, TURN
from model.engines import kernels
from model.engines.columns import ColumnsEngine
from model.parameters.leaving import Params

ROOT = Path(__file__).parents[3]
N = 1_000
PROGRAM = "from tests.model.engines.test_compiling_at_once import answers; print(answers())"


def answers() -> list[int]:
    """What a new engine answers to a question asked of all and of given rows."""
    kinds = Params.__annotations__.values()
    p = Params(*(1 if kind is int else 0.3 for kind in kinds))
    status = np.tile(np.array([2, 3, 5, 1], np.uint8), N // 4)
    workers = {"id": np.arange(N), "status": status, "key": np.arange(N).astype(np.uint64)}
    state: Any = SimpleNamespace(workers=workers, enterprises={}, seed=1, month=1_400)
    engine = ColumnsEngine((TURN,))
    found = engine.ask(TURN, state, p, {}).of["event"].tolist()
    found += engine.ask_rows(TURN, state, p, np.arange(N), {}).of["event"].tolist()
    return [int(event) for event in found]


def tell(queue: Any) -> None:
    """Send the answers to another process."""
    queue.put(answers())


def files_of(cache: Path) -> set[Path]:
    return {path.relative_to(cache) for path in cache.rglob("*") if path.is_file()}


def test_two_processes_may_start_first_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "LONGJIANG_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)}

    def start() -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    both = [start(), start()]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    expected = f"{answers()}\n"
    assert [out for out, _ in said] == [expected, expected]
    kept = files_of(tmp_path)
    assert any(path.suffix == ".nbc" for path in kept)
    assert not any(path.name.startswith(".") for path in kept)  # nothing half written
    third = start()
    assert third.communicate()[0] == expected
    assert files_of(tmp_path) == kept  # nothing was compiled anew


@pytest.fixture
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder, with nothing loaded from another."""
    monkeypatch.setenv("LONGJIANG_CACHE", str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("longjiang_kernels_")]:
        monkeypatch.delitem(sys.modules, name)
    kernels._loaded.cache_clear()
    return tmp_path


def test_two_threads_may_start_first_at_once(empty_cache: Path) -> None:
    found: list[list[int]] = []
    begin = threading.Barrier(2)

    def run() -> None:
        begin.wait()
        found.append(answers())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1] == answers()
    assert len(set(found[0])) > 2
    assert any(path.suffix == ".nbc" for path in files_of(empty_cache))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_child_process_may_compile_first(method: str, empty_cache: Path) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    context: Any = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=tell, args=(queue,))
    child.start()
    told = queue.get(timeout=120)
    child.join()
    assert child.exitcode == 0
    assert any(path.suffix == ".nbc" for path in files_of(empty_cache))
    assert told == answers()


@pytest.mark.usefixtures("empty_cache")
def test_it_is_known_beforehand_whether_anything_was_compiled() -> None:
    assert not kernels.compiled((TURN,))
    kernels.load((TURN,))
    assert kernels.compiled((TURN,))
    assert not kernels.compiled(DECISIONS)
