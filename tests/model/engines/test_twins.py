"""The two engines: agents of Mesa without a compiler, and compiled loops, give the same bits.

What the twins share (the step, the markets, the ledger) is not tested here but by oracles of its
own. What they do not share is how facts are filled, how rules are run and how answers come back;
every column of every agent and every line of the ledger is held against that, month by month.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.invariance.elsewhere import diaries_elsewhere
from tests.lived import Job, begin, diary, differences
from tests.random_scenarios import random_scenario

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


def apart(jobs: list[Job], folder: Path) -> dict[str, list[str]]:
    """What differs between the engines, by job."""
    plain = [replace(job, engine="mesa") for job in jobs]
    pairs = zip(jobs, diaries_elsewhere(plain, folder, "--no-compiler"), strict=True)
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
    columns = begin(job)

    assert len(pages) == 3  # the base month and two months lived
    for kind in ("workers", "enterprises", "institutions"):
        names = {f"{kind}.{name}" for name in getattr(columns, kind)}
        assert names <= set(pages[max(pages)])
    assert {"ledger.lines", "ledger.balances", "people.moves"} <= set(pages[max(pages)])
