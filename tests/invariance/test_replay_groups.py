"""Every payment for courses, first certificates and businesses, made again by a second reading.

The oracles read the clauses with fractions and import nothing of the model. What was paid before,
who began which course when, and what people outside the model cost is kept or computed here.
"""

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.ledger import Account
from model.month import claims, groups, ventures
from model.month.membership import group_of
from model.months import month_of_year, parse_month, year_of
from tests.lived import Job, begin
from tests.oracle.appraisal_subsidy import appraisal
from tests.oracle.group_training_subsidy import training
from tests.oracle.innovation_loan_interest import interest
from tests.oracle.placement_bonus import placement
from tests.oracle.startup_grant import grant

# A province in which many are trained and start businesses, and everybody knows.
BUSY: dict[str, Any] = {
    "title": "busy with courses",
    "extends": "policy_2017",
    "change": [
        {"parameter": name, "from": "2016-01", "value": value, "because": "to test"}
        for name, value in {
            "groups.rate_registered_unemployed": 0.2,
            "groups.rate_rural_transferee": 0.2,
            "groups.rate_graduate": 0.2,
            "groups.rate_school_leaver": 0.2,
            "groups.rate_transferred": 0.2,
            "groups.junior_share": 0.5,
            "groups.file_months": 12,
            "accounts.employment_opening": 10_000_000_000,
            "ventures.attention": 0.2,
            "ventures.response": 1,
            "ventures.business_share": 0.5,
            "ventures.loan_share": 1,
            "startup_grant.take_up": 1,
            "innovation_loan_interest.take_up": 1,
            "claiming.aware_own": 0.02,
            "claiming.aware_others": 0.15,
            "claiming.claim": 0.4,
        }.items()
    ],
}
UNTIL = parse_month("2019-12")
COURSE = {"group_training_subsidy": training, "placement_bonus": placement}
VENTURE = {"startup_grant": grant, "innovation_loan_interest": interest}
COSTS = {0: 700, 1: 1_100}  # yuan, short course and junior level
MONTHS = {0: 1, 1: 2}
OUTSIDE = [30_000, 110_000, 15_000, 25_000, 5_000, 5_000, 5_000, 5_000]  # a year, groups 1 to 8


class Auditor:
    """Own books of courses, businesses and certificates beside a living province."""

    def __init__(self, province: Any) -> None:
        self.province = province
        self.courses: dict[int, dict[str, int]] = {}  # open file by row
        self.done: defaultdict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
        self.years: Counter[tuple[str, int, int]] = Counter()
        self.levels: set[tuple[str, int, int]] = set()
        self.times: Counter[tuple[str, int, int]] = Counter()
        self.certified: set[int] = set()
        self.first: dict[int, int] = {}  # month of the first certificate by row
        self.cells: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []

    def paid(self, name: str) -> dict[int, int]:
        found: Counter[int] = Counter()
        for rows, fen in self.province.counts.payments.get((name, self.province.month), []):
            for row, one in zip(rows.tolist(), fen.tolist(), strict=True):
                assert row not in found, f"{name}: row {row} is paid twice in a month"
                found[row] = one
        return dict(found)

    def compare(self, name: str, expected: dict[int, int]) -> None:
        paid = self.paid(name)
        self.seen[name] += len(paid)
        self.cells[name] += sum(paid.values())
        if paid != expected:
            apart = sorted(set(paid.items()) ^ set(expected.items()))[:3]
            self.wrong.append(f"{name} {self.province.month}: {apart}")

    # Courses

    def train(self, stage: Any) -> None:
        p, w = self.province, self.province.workers
        stage(p)
        for row in list(self.courses):
            file = self.courses[row]
            if file["ends"] == p.month and w["public_ends"][row] != p.month:
                del self.courses[row]  # dropped
        for name, oracle in COURSE.items():
            self.compare(name, self.due(name, oracle))
        for row, file in list(self.courses.items()):
            if p.month - file["ends"] >= 12:
                del self.courses[row]
        for row in np.flatnonzero((w["public_course"] > 0) & (w["public_ends"] > p.month)).tolist():
            if row in self.courses:
                continue
            assert w["status"][row] in (Status.UNEMPLOYED, Status.INFORMAL)
            level = int(w["public_level"][row])
            assert w["public_ends"][row] == p.month + MONTHS[level]
            group = int(w["public_course"][row])
            self.courses[row] = {"group": group, "level": level, "ends": p.month + MONTHS[level]}

    def due(self, name: str, oracle: Any) -> dict[int, int]:
        p, w = self.province, self.province.workers
        expected = {}
        for row, file in self.courses.items():
            if file["ends"] > p.month or (row, file["ends"]) in self.done[name, 0]:
                continue
            posted = w["status"][row] == Status.EMPLOYED and w["joined"][row] > file["ends"]
            level = file["level"]
            fen = oracle({
                "month": p.month, "group": file["group"], "programme": 1, "level": level,
                "length": MONTHS[level], "price_fen": 100 * COSTS[level], "completed": 1,
                "certificate": int(w["public_gained"][row]),
                "paid_this_year": self.years[name, row, year_of(p.month)],
                "level_paid": int((name, row, level) in self.levels),
                "subsidised": 0, "placement_paid": 0, "ended_month": file["ends"],
                "placed_month": int(w["joined"][row]) if posted else 0,
            })  # fmt: skip
            if fen is not None:
                expected[row] = fen
                self.done[name, 0].add((row, file["ends"]))
                self.years[name, row, year_of(p.month)] += 1
                if w["public_gained"][row]:
                    self.levels.add((name, row, level))
        return expected

    # First certificates

    def certificates(self, rows: Any, before: Any) -> None:
        for row in rows.tolist():
            if before[row] == 0:
                self.first[row] = self.province.month

    def appraisals(self, groups_then: Any, asked: set[int]) -> dict[int, int]:
        p, w = self.province, self.province.workers
        expected = {}
        for row in asked:
            if row in self.certified:
                continue
            fen = appraisal({
                "month": p.month, "level": int(w["level"][row]),
                "certificate_month": int(w["certificate_month"][row]), "upgrade_course": 0,
                "first_certificate": int(self.first.get(row) == int(w["certificate_month"][row])),
                "group": int(groups_then[row]), "received": 0,
            })  # fmt: skip
            if fen is not None:
                expected[row] = fen
                self.certified.add(row)
        return expected

    # Businesses

    def start(self, stage: Any) -> None:
        p, w = self.province, self.province.workers
        stage(p)
        for name, oracle in VENTURE.items():
            knows = p.awareness.workers(name, w["key"], p.seed)
            expected = {}
            for row in np.flatnonzero((w["venture_since"] > 0) & knows).tolist():
                began = int(w["venture_since"][row])
                age = p.month - int(w["birth_month"][row])
                fen = oracle({
                    "month": p.month, "group": int(w["venture_group"][row]),
                    "hard_to_employ": int(age >= 12 * (40 if w["female"][row] else 50)),
                    "redeployed": int(w["benefit_since"][row] > 0), "in_post": 0,
                    "months_since": p.month - began, "loan_fen": int(w["venture_loan"][row]),
                    "received": self.times[name, row, began],
                })  # fmt: skip
                if fen and began < p.month:
                    assert w["status"][row] == Status.INFORMAL
                    expected[row] = fen
                    self.times[name, row, began] += 1
            self.compare(name, expected)


@pytest.fixture(scope="module")
def audited() -> Auditor:
    province = begin(Job(BUSY, seed=3, n=1000))
    auditor = Auditor(province)
    patch = pytest.MonkeyPatch()
    train, start = groups.train, ventures.start
    pay_claims = claims.pay_claims
    asked: dict[int, set[int]] = defaultdict(set)
    group: dict[int, Any] = {}

    def watch(p: Any, name: str, who: Any, slot: int, **how: bool) -> None:
        rows = who.rows
        if name == "appraisal_subsidy" and len(rows) and not who.facts["upgrade_course"]:
            knows = p.awareness.workers(name, p.workers["key"][rows], p.seed)
            reached = rows if how.get("by_school") else rows[knows]
            asked[p.month] |= set(reached.tolist())
            for row, one in zip(rows.tolist(), group_of(p, rows).tolist(), strict=True):
                group[row] = one
        pay_claims(p, name, who, slot, **how)

    patch.setattr(groups, "train", lambda _: auditor.train(train))
    patch.setattr(ventures, "start", lambda _: auditor.start(start))
    patch.setattr(claims, "pay_claims", watch)
    with patch.context():
        while province.month <= UNTIL:
            levels = province.workers["level"].copy()
            month = province.month
            province.step()
            climbed = np.flatnonzero(province.workers["certificate_month"] == month)
            province.month = month  # the books are read as of the month that was lived
            auditor.certificates(climbed, levels)
            auditor.compare("appraisal_subsidy", auditor.appraisals(group, asked[month]))
            province.month = month + 1
    patch.undo()
    return auditor


def test_every_payment_is_that_of_the_second_reading(audited: Auditor) -> None:
    assert audited.wrong == []
    assert min(audited.seen[n] for n in (*COURSE, *VENTURE, "appraisal_subsidy")) >= 5, audited.seen


def test_the_ledger_is_what_was_paid_in_the_sample_and_for_people_outside(audited: Auditor) -> None:
    province = audited.province
    for name in (*COURSE, *VENTURE, "appraisal_subsidy"):
        lines = [line for line in province.ledger.lines if line[1].instrument == name]
        inside = sum(line[-1] for line in lines if line[2] >= 0)
        assert inside == audited.cells[name] * province.weight, name
        if name != "group_training_subsidy":
            assert all(line[2] >= 0 for line in lines), name


def test_people_outside_the_model_are_posted_at_weight_one(audited: Auditor) -> None:
    lines = [
        line
        for line in audited.province.ledger.lines
        if line[1].instrument == "group_training_subsidy" and line[2] < 0
    ]
    for month in (parse_month("2017-03"), parse_month("2017-12"), parse_month("2019-12")):
        push = month >= parse_month("2017-12")
        wanted = 0
        for code, a_year in enumerate(OUTSIDE, 1):
            if code >= 6 and not push:  # veterans, disabled and transferred come with the plan
                continue
            yearly = a_year * 105 // 100 if push else a_year
            turn = month_of_year(month)
            wanted += yearly * turn // 12 - yearly * (turn - 1) // 12
        found = [line for line in lines if line[0] == month]
        assert sum(line[-2] for line in found) == wanted
        assert sum(line[-1] for line in found) == wanted * 700 * 100
        told = audited.province.counts.scalars["group_person_times_outside", month]
        assert told == wanted


def test_the_unions_fund_and_the_employment_fund_never_overspend(audited: Auditor) -> None:
    ends = audited.province.ledger.history
    limited = (Account.EMPLOYMENT_SUBSIDY_FUND, Account.UNION_FUND)
    assert all(line[-1] >= 0 for line in ends if line[1] in limited)
