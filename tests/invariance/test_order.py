"""The order in which instruments are registered changes no bit (ruling on markets)."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.invariance.elsewhere import diaries_elsewhere
from tests.lived import STORM, Job, diary, differences
from tests.random_scenarios import random_scenario

BOTH_PAY = {  # a technician's certificate could draw C9 and C10: their ranks decide
    **STORM,
    "title": "storm in which C9 and C10 meet",
    "settings": {"promotion_training_subsidy.without_course": "paid"},
    "change": [
        *STORM["change"],  # type: ignore[misc]
        {"parameter": "skill_upgrade_subsidy.includes_technicians", "from": "2016-01", "value": 1,
         "because": "to test"},
    ],
}  # fmt: skip
LAID_OUT_BY_ORDER = "workers.received"  # eight bits an instrument; compared by name instead
SO_TOO = ("workers.course_received", "workers.venture_received")


def parts_apart(jobs: list[Job], folder: Path) -> list[str]:
    """What differs where instruments are registered in reverse, the mask's layout apart."""
    found = []
    for job, other in zip(
        jobs, diaries_elsewhere(jobs, folder, "--instruments-reversed"), strict=True
    ):
        straight = diary(replace(job, engine="columns"))
        last = max(straight)
        # The control: the order was really another, and somebody was paid.
        assert straight[last][LAID_OUT_BY_ORDER] != other[last][LAID_OUT_BY_ORDER]
        for pages in (straight, other):
            for one in pages.values():
                for part in (LAID_OUT_BY_ORDER, *SO_TOO):
                    one.pop(part)
        assert any(part.startswith("received.") for part in straight[last])
        found += differences(straight, other)
    return found


def test_instruments_registered_in_reverse_change_no_bit(tmp_path: Path) -> None:
    # On the reference engine, which has nothing to compile for another order.
    job = Job(BOTH_PAY, seed=4, n=1000, until="2018-10", engine="mesa")
    assert parts_apart([job], tmp_path) == []


@pytest.mark.slow
def test_instruments_registered_in_reverse_change_no_bit_for_long(tmp_path: Path) -> None:
    jobs = [
        Job("policy_2017", n=500),
        Job(STORM, seed=2, n=500),
        Job(BOTH_PAY, seed=2, n=200),
        Job(random_scenario(8), n=500),
    ]
    assert parts_apart(jobs, tmp_path) == []
