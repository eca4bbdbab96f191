"""Wages, reference pay and premiums of every worker, reckoned one by one."""

from collections import Counter
from itertools import pairwise

import numpy as np

from model.codes import Status
from model.months import parse_month
from tests.lived import STORM, Job, begin

JOB = Job(STORM, seed=1, n=500)


def test_everybody_is_paid_by_the_enterprise_that_employs_them_at_the_month_s_end() -> None:
    # The cut pay of those who are where they were when it was cut, contractual pay of all others.
    province, seen = begin(JOB), Counter[str]()
    while province.month <= parse_month("2019-12"):
        start, month = len(province.ledger.lines), province.month
        province.step()
        w, cut = province.workers, {}
        if province.drops is not None:
            reduced = province.drops.of["paid"].tolist()
            cut = dict(zip(province.drop_rows.tolist(), reduced, strict=True))
        total = 0
        for row in np.flatnonzero(w["status"] == Status.EMPLOYED).tolist():
            moved = int(w["joined"][row]) == month
            seen["poached out of a cut"] += moved and row in cut
            seen["cut"] += not moved and row in cut and cut[row] < int(w["pay"][row])
            total += int(w["pay"][row]) if moved else cut.get(row, int(w["pay"][row]))
        booked = sum(
            line[-1] for line in province.ledger.lines[start:] if line[1].instrument == "wages"
        )
        assert booked == total * province.weight, month
    assert seen["cut"] > 1_000
    assert seen["poached out of a cut"] > 5


def test_reference_pay_is_the_mean_of_the_year_before_the_spell() -> None:
    # Pay as it stood at the end of each month is kept here; who was hired within the year is left
    # out. Pay is revised often: every January and with each appointment.
    province, seen, revised = begin(JOB), Counter[bool](), Counter[int]()
    paid: list[np.ndarray] = []
    while province.month <= parse_month(JOB.until):
        province.step()
        w, e = province.workers, province.enterprises
        if province.drops is not None:
            references = province.drops.of["reference"].tolist()
            for row, reference in zip(province.drop_rows.tolist(), references, strict=True):
                since = int(e["cut_since"][w["enterprise"][row]])
                first = since - 12 - province.start
                if since == 0 or first < 0 or w["joined"][row] > since - 12:
                    continue
                year = [int(page[row]) for page in paid[first : first + 12]]
                seen[reference == sum(year) // 12] += 1
                revised[sum(a != b for a, b in pairwise(year))] += 1
        paid.append(province.workers["pay"].copy())
    assert seen[True] > 10_000
    assert seen[False] == 0
    assert revised[2] > 10
