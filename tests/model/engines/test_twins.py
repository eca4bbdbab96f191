"""The two engines: agents of Mesa without a compiler, and compiled loops, give the same bits.

What the twins share (the step, the markets, the ledger) is not tested here but by oracles of its
own. What they do not share is how facts are filled, how rules are run and how answers come back;
every column of every agent and every line of the ledger is held against that, month by month.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.lived import Diary, Job, Month, diary, differences
from tests.random_scenarios import random_scenario

ROOT = Path(__file__).parents[3]
QUICK = [
    Job("policy_2017", until="2020-12"),
    Job("no_policy", seed=2, until="2018-03"),
    *(Job(random_scenario(k), seed=k, until="2017-06") for k in (1, 2, 3)),
]
FULL = [
    Job("policy_2017", seed=3),
    Job("no_policy", seed=4),
    Job("text_literal", seed=5),
    *(Job(random_scenario(100 + k), seed=k) for k in range(12)),
]


def without_compiler(jobs: list[Job], folder: Path) -> list[Diary]:
    """Diaries of the reference engine in a process in which numba cannot be imported."""
    file = folder / "jobs.json"
    file.write_text(json.dumps([{**asdict(job), "engine": "mesa"} for job in jobs]), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.lived", str(file), "--no-compiler"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Month]] = json.loads(done.stdout)
    return [{int(month): page for month, page in one.items()} for one in found]


def apart(jobs: list[Job], folder: Path) -> dict[str, list[str]]:
    """What differs between the engines, by job."""
    pairs = zip(jobs, without_compiler(jobs, folder), strict=True)
    found = {f"{k} {job.seed}": differences(one, diary(job)) for k, (job, one) in enumerate(pairs)}
    return {name: parts for name, parts in found.items() if parts}


def test_both_engines_give_the_same_bits(tmp_path: Path) -> None:
    assert apart(QUICK, tmp_path) == {}


@pytest.mark.slow
def test_both_engines_give_the_same_bits_in_many_scenarios(tmp_path: Path) -> None:
    assert apart(FULL, tmp_path) == {}


def test_the_diary_covers_every_column_and_every_book() -> None:
    job = Job("policy_2017", until="2017-02")
    pages = diary(job)
    columns: Any = __import__("tests.lived", fromlist=["begin"]).begin(job)

    assert len(pages) == 3  # the base month and two months lived
    for kind in ("workers", "enterprises", "institutions"):
        names = {f"{kind}.{name}" for name in getattr(columns, kind)}
        assert names <= set(pages[max(pages)])
    assert {"ledger.lines", "ledger.balances", "people.moves"} <= set(pages[max(pages)])
