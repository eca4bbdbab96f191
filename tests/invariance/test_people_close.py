"""Every person is somewhere, every month; levels are climbed as the rules say (V2)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.months import parse_month
from model.rules.training import months_required
from tests.lived import STORM, Job, begin, changed

PLAIN = {  # no level is skipped and no condition waived
    **changed(changed(STORM, "training.skip", 0, "2016-01"), "training.waiver", 0, "2016-01"),
    "title": "storm by the book",
    "settings": {"contest_prizes.fast_track": "prizes_only"},
}
JOBS = {
    "policy": Job("policy_2017", seed=4, n=1000),
    "storm": Job(STORM, seed=4, n=1000),
    "by the book": Job(PLAIN, seed=4, n=1000),
}


def months(job: Job, until: str = "2020-12") -> Iterator[tuple[Any, dict[str, np.ndarray]]]:
    """The province after each month, with its workers' columns as they were before it."""
    province = begin(job)
    while province.month <= parse_month(until):
        before = {name: values.copy() for name, values in province.workers.items()}
        province.step()
        yield province, before


@pytest.mark.parametrize("name", JOBS)
def test_people_close_and_everybody_fits_where_they_are(name: str) -> None:
    number = Counter[str]()
    for province, before in months(JOBS[name]):
        w, e = province.workers, province.enterprises
        employed = w["status"] == Status.EMPLOYED
        # Nobody is lost or new, and the book of moves explains the change of every stock.
        assert len(w["id"]) == len(before["id"]) == len(np.unique(w["id"]))
        moves = province.people.history[-1][1]
        net = np.bincount(w["status"], minlength=7) - np.bincount(before["status"], minlength=7)
        assert (moves.sum(axis=0) - moves.sum(axis=1) == net).all()
        # Those with a post, and only they, have an employer, insurance, courses, appointments.
        assert (employed == (w["enterprise"] < province.nobody)).all()
        for column in ("insured", "course", "supported", "apprentice_since", "premium_base"):
            assert (w[column][~employed] == 0).all(), column
        staff = np.bincount(w["enterprise"][employed], minlength=len(e["id"]))
        assert (staff == e["staff"]).all()
        assert (w["region"][employed] == e["region"][w["enterprise"][employed]]).all()
        assert (w["branch"][employed] == e["branch"][w["enterprise"][employed]]).all()
        # Ways that do not exist: back from death and retirement, back to school, school to a post.
        assert moves[Status.DEAD].sum() == moves[Status.RETIRED, : Status.RETIRED].sum() == 0
        assert moves[:, Status.SCHOOL].sum() == 0
        assert moves[Status.SCHOOL].sum() == moves[Status.SCHOOL, Status.UNEMPLOYED]
        # Head count: start + hired - separated = end. A change of enterprise is both.
        at = province.month - 1
        flows = {n: int(province.counts.cells[n, at].sum()) if (n, at) in province.counts.cells
                 else 0 for n in ("hires", "separations")}  # fmt: skip
        was = int((before["status"] == Status.EMPLOYED).sum())
        assert was + flows["hires"] - flows["separations"] == int(employed.sum())
        number.update(flows)
    assert number["hires"] > 100
    assert number["separations"] > 100


@pytest.mark.parametrize("name", JOBS)
def test_levels_are_climbed_one_by_one_and_in_their_time(name: str) -> None:
    number = Counter[int]()
    for province, before in months(JOBS[name]):
        w, now = province.workers, province.month - 1
        rise = w["level"].astype(np.int64) - before["level"]
        assert rise.min() >= 0  # certificates are not lost
        number.update(rise.tolist())
        climbed = np.flatnonzero(rise > 0)
        assert (w["certificate_month"][climbed] == now).all()
        top = w["level"][climbed] == 6
        assert (before["level"][climbed[top]] == 5).all()
        if name != "by the book":
            # C10 lets one level be skipped, a contest (C21) all of them.
            assert rise[w["waived"] == 0].max() <= 2
            assert rise.max() <= 3
            continue
        assert rise.max() <= 1
        # Apprentices come to their exam by the term of C8, everybody else by years.
        by_years = climbed[~top & (before["apprentice_since"][climbed] == 0)]
        for row in by_years.tolist():
            level = int(before["level"][row])
            column = "joined" if level == 0 else "certificate_month"
            laws = (province.policy.at(now - 12), province.law)
            least = min(months_required(level + 1, law["training"]) for law in laws)
            assert now - before[column][row] >= least
    assert number[1] > 50


def test_a_control_levels_are_skipped_where_the_rules_say_so() -> None:
    skipping = changed(STORM, "training.skip", 0.02, "2016-01")
    rises = Counter[int]()
    for province, before in months(Job(skipping, seed=2, n=500)):
        rises.update((province.workers["level"].astype(np.int64) - before["level"]).tolist())
    assert rises[2] > 0


def test_ids_of_agents_of_different_kinds_differ() -> None:
    # Draws are keyed by id: a worker and an enterprise with one id would share their luck.
    province = begin(JOBS["policy"])
    workers, enterprises = province.workers["id"], province.enterprises["id"][:-1]
    assert len(np.unique(workers)) == len(workers)
    assert len(np.unique(enterprises)) == len(enterprises)
    assert not np.isin(enterprises, workers).any()
    keys = np.concatenate([getattr(province, kind)["key"][:-1]
                           for kind in ("workers", "enterprises", "institutions")])  # fmt: skip
    assert len(np.unique(keys)) == len(keys)
