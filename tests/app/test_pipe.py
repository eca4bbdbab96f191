"""Output into a pipe whose reader stops early is no failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("words", [["policy"], ["policy", "C10"], ["policy", "--json"], ["--help"]])
def test_a_reader_that_stops_early_is_no_failure(words: list[str]) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    said = started.stderr.read().decode()
    started.stderr.close()

    assert (started.wait(60), said) == (0, "")
