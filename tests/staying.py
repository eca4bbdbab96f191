"""Provinces in which what C9, C12, C13 and C18 say about people who stay or move happens often."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from model.codes import Status
from model.months import parse_month
from tests.lived import STORM, Job, begin, changed


def _busy() -> Mapping[str, Any]:
    found: Mapping[str, Any] = STORM
    for lever, value in (
        ("hiring.offer_private", 0.02),
        ("hiring.offer_state", 0.01),
        ("hiring.offer_level", 1),
        ("talent_compensation.take_up", 1),
        ("supplementary_insurance.take_up", 1),
        ("hiring.compensation_weight", 1),
        ("plans.felt_months", 12),
    ):
        found = changed(found, lever, value, "2016-01")
    return changed(found, "leaving.delay_take_up", 0.5, "2017-12")


BUSY = _busy()
JOB = Job(BUSY, seed=3, n=2000, until="2018-12")


def masters(lever: str = "", value: float = 0, job: Job = JOB) -> Any:
    """A province whose employed are all appointed senior technicians, before its first month."""
    given = changed(BUSY, lever, value, "2017-12") if lever else job.scenario
    province = begin(replace(job, scenario=given))
    w = province.workers
    employed = w["status"] == Status.EMPLOYED
    w["level"][employed] = 5
    w["appointed"][employed] = 5
    w["certificate_month"][employed] = np.maximum(w["joined"][employed], 1)
    return province


def masters_lived(lever: str = "", value: float = 0, job: Job = JOB) -> Any:
    """The same after its last month."""
    province = masters(lever, value, job)
    province.run(parse_month(job.until))
    return province
