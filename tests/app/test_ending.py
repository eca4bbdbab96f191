"""Commands end whole: no process, no pipe and no port outlives what ended them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.conftest import Command

ROOT = Path(__file__).parents[2]
LONGJIANG = [sys.executable, "-m", "app.cli"]
RUN = ["run", "--scale", "1/50", "--seeds", "4", "--jobs", "2"]
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1"}
SOON = 20.0  # seconds; without an end the processes would stay for minutes

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are read from /proc")


def family(session: int) -> set[int]:
    """Processes of a session that still run."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = path.read_text().rpartition(") ")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.add(int(path.parent.name))
    return found


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@only_linux
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_no_process_and_no_open_pipe(
    tmp_path: Path, end: signal.Signals
) -> None:
    started = subprocess.Popen(
        [*LONGJIANG, *RUN, "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=ENVIRONMENT,
        start_new_session=True,
    )
    try:
        assert within(120, lambda: len(family(started.pid)) >= 4)  # two workers, one tracker
        time.sleep(1)
        began = time.monotonic()
        started.send_signal(end)
        said = started.communicate(timeout=SOON)[0].decode()  # waits for the end of the pipe
        assert within(SOON, lambda: not family(started.pid))
        assert time.monotonic() - began < SOON
    finally:
        for one in family(started.pid):
            os.kill(one, signal.SIGKILL)

    assert started.returncode == (-signal.SIGKILL if end == signal.SIGKILL else 1)
    assert ("已停止" in said) == (end != signal.SIGKILL)
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@only_linux
def test_the_page_ends_with_its_command_and_frees_the_port(port: int, tmp_path: Path) -> None:
    started = subprocess.Popen(
        [*LONGJIANG, "app", "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    try:
        assert within(60, lambda: answers(port))
        started.terminate()
        said = started.communicate(timeout=SOON)[0].decode()
        assert within(SOON, lambda: not family(started.pid))
    finally:
        for one in family(started.pid):
            os.kill(one, signal.SIGKILL)

    assert not answers(port)
    assert f"http://localhost:{port}" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_answered_before_anything_else(longjiang: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = longjiang("app", "--no-browser", "--address", "127.0.0.1", "--port", port)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert f"端口 {port} 已被占用" in result.stderr
    assert f"--port {port + 1}" in result.stderr


def test_an_address_of_another_machine_is_answered(longjiang: Command) -> None:
    result = longjiang("app", "--no-browser", "--address", "192.0.2.1", "--lang", "en")

    assert result.exit_code == 2
    assert "--address 192.0.2.1: this machine has no such address" in result.stderr
