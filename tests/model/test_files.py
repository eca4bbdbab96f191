"""Rows of open files are those that a look through all workers finds, month by month."""

import numpy as np

from model.month.files import opened
from tests.invariance.test_replay_groups import BUSY
from tests.lived import Job, begin

MONTHS = 18


def test_files_are_those_of_a_look_through_all_workers() -> None:
    province = begin(Job(BUSY, seed=5, n=1000))
    w, seen = province.workers, [0, 0]
    for _ in range(MONTHS):
        province.step()
        files = province.files
        assert files.courses.tolist() == np.flatnonzero(w["public_course"] > 0).tolist()
        assert files.ventures.tolist() == np.flatnonzero(w["venture_since"] > 0).tolist()
        assert set(np.flatnonzero(w["covered"]).tolist()) <= set(files.covered.tolist())
        seen[0] += len(files.courses)
        seen[1] += len(files.ventures)
    assert min(seen) > 0


def test_files_that_open_stand_in_their_place() -> None:
    assert opened(np.array([2, 5, 9]), np.array([1, 6, 7, 11])).tolist() == [1, 2, 5, 6, 7, 9, 11]
