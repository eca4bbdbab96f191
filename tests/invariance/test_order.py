"""The order in which instruments are registered changes no bit (ruling on markets)."""

from pathlib import Path

from tests.invariance.elsewhere import diaries_elsewhere
from tests.lived import STORM, Job, diary, differences

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
JOBS = [
    Job("policy_2017", until="2018-12"),
    Job(STORM, seed=2, n=1000, until="2018-12"),
    Job(BOTH_PAY, seed=2, n=500, until="2019-06"),
]
LAID_OUT_BY_ORDER = "workers.received"  # eight bits an instrument; compared by name instead


def test_instruments_registered_in_reverse_change_no_bit(tmp_path: Path) -> None:
    found = diaries_elsewhere(JOBS, tmp_path, "--instruments-reversed")
    for job, other in zip(JOBS, found, strict=True):
        straight = diary(job)
        for pages in (straight, other):
            for one in pages.values():
                one.pop(LAID_OUT_BY_ORDER)
        assert any("received." in part for part in straight[max(straight)])
        assert differences(straight, other) == []


def test_a_control_the_order_was_really_another(tmp_path: Path) -> None:
    job = JOBS[2]
    (other,) = diaries_elsewhere([job], tmp_path, "--instruments-reversed")
    straight = diary(job)
    assert straight[max(straight)][LAID_OUT_BY_ORDER] != other[max(other)][LAID_OUT_BY_ORDER]
