"""Every payment for hires (C9) and for supplements (C12), made a second time by the oracles."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.draws import moment, uniforms_at
from model.ledger import PUBLIC, Account
from model.month import hires, moving, supplements
from model.months import format_month, month, parse_month, year_of
from tests.lived import Job, changed, lived
from tests.oracle.supplementary_insurance import limits, supplementary_insurance
from tests.oracle.talent_compensation import talent_compensation
from tests.oracle.talent_hire_grant import talent_hire_grant
from tests.staying import BUSY, JOB, masters

C9, GRANT, C12 = "talent_compensation", "talent_hire_grant", "supplementary_insurance"


class Auditor:
    """Watches who changes enterprise and who is covered, and pays again beside the model."""

    def __init__(self, province: Any) -> None:
        self.province = province
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.left: dict[str, Any] = {}

    def hire(self, stage: Any) -> None:
        names = ("status", "enterprise", "joined", "pay", "level", "certificate_month")
        self.left = {name: self.province.workers[name].copy() for name in names}
        stage(self.province)

    def settle(self, stage: Any) -> None:
        province, before = self.province, self.left
        w, e = province.workers, province.enterprises
        moved = (before["status"] == Status.EMPLOYED) & (w["status"] == Status.EMPLOYED)
        moved &= before["enterprise"] != w["enterprise"]
        at = moment(province.seed, f"{C9}.take_up", year_of(province.month))
        asks = uniforms_at(e["key"], at) < province.law[C9].take_up / 1_000_000
        asks &= province.awareness.enterprises(C9, e, province.seed)
        expected: dict[int, int] = {}
        places: Counter[tuple[int, int]] = Counter()
        for row in np.flatnonzero(moved).tolist():
            fen = talent_compensation({
                "month": province.month,
                "level": int(before["level"][row]),
                "poached": 1,
                "months_there": province.month - int(before["joined"][row]),
                "months_since": province.month - int(before["certificate_month"][row]),
                "old_pay_fen": int(before["pay"][row]),
                "received": 0,
            })  # fmt: skip
            self.seen["poached"] += 1
            if fen and asks[w["enterprise"][row]]:
                expected[row] = fen
                house = int(before["enterprise"][row])
                places[int(e["region"][house]), int(e["branch"][house])] += fen * province.weight
        start = len(province.ledger.lines)
        stage(province)
        self.compare(C9, expected)
        booked: Counter[tuple[int, int]] = Counter()
        for line in province.ledger.lines[start:]:
            if line[1].instrument == C9:
                assert line[1].payer == line[1].payee == Account.ENTERPRISES
                booked[line[2], line[3]] += line[-1]
        if booked != places:
            self.wrong.append(f"{C9} {province.month}: booked {booked}, due {places}")

    def supplement(self, stage: Any) -> None:
        province = self.province
        w, e = province.workers, province.enterprises
        draw = uniforms_at(e["key"], moment(province.seed, f"{C12}.take_up"))
        provides = draw < province.law[C12].take_up / 1_000_000
        provides &= province.awareness.enterprises(C12, e, province.seed)
        of: dict[int, list[int]] = {}
        for row in np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] >= 5)).tolist():
            of.setdefault(int(w["enterprise"][row]), []).append(row)
        expected: dict[int, int] = {}
        for house, rows in of.items():
            if not provides[house]:
                continue
            covered = sum(int(w["pay"][row]) for row in rows)
            payroll = max(int(e["payroll"][house]), covered)
            here = {}
            for row in rows:
                trouble = e["distress"][house] >= province.law["plans"].distress_end
                fen = supplementary_insurance({
                    "month": province.month,
                    "level": int(w["level"][row]),
                    "insured": int(w["insured"][row]),
                    "paid_up": int(e["paid_up"][house]),
                    "distressed": int(trouble or e["cut_since"][house] > 0),
                    "pay": int(w["pay"][row]),
                    "covered_pay": covered,
                    "payroll": payroll,
                })  # fmt: skip
                if fen:
                    here[row] = fen
            medical = sum(int(w["pay"][row]) // 100 for row in here)
            assert sum(here.values()) - medical <= limits(province.month)[0] * payroll
            expected |= here
        stage(province)
        self.compare(C12, expected)
        assert set(np.flatnonzero(w["covered"]).tolist()) == set(expected)

    def compare(self, name: str, expected: dict[int, int]) -> None:
        paid: dict[int, int] = {}
        for rows, fen in self.province.counts.payments.get((name, self.province.month), []):
            for row, amount in zip(rows.tolist(), fen.tolist(), strict=True):
                assert row not in paid, "twice in one month"
                paid[row] = amount
        self.seen[name] += len(expected)
        if paid != expected:
            self.wrong.append(f"{name} {format_month(self.province.month)}: {paid} for {expected}")


def audited(job: Job = JOB, rules: Any = None) -> Auditor:
    job = replace(job, rules=rules or {})
    province = masters(job=job)
    auditor = Auditor(province)
    watched = (
        (moving, "hire", auditor.hire),
        (hires, "settle", auditor.settle),
        (supplements, "settle", auditor.supplement),
    )
    with pytest.MonkeyPatch.context() as patch:
        for module, name, watch in watched:
            stage = getattr(module, name)
            patch.setattr(module, name, lambda _p, watch=watch, stage=stage: watch(stage))
        province.run(parse_month(job.until))
    return auditor


@pytest.fixture(scope="module")
def audit() -> Auditor:
    return audited(replace(JOB, n=1000))


def test_every_payment_is_the_one_that_is_due(audit: Auditor) -> None:
    assert audit.wrong == []
    print(dict(audit.seen))
    assert audit.seen[C9] >= 10
    assert audit.seen["poached"] > audit.seen[C9]
    assert audit.seen[C12] >= 100


def test_nothing_is_paid_before_the_opinion_and_nothing_from_public_funds(audit: Auditor) -> None:
    lines = [x for x in audit.province.ledger.lines if x[1].instrument in (C9, C12)]
    assert min(line[0] for line in lines) >= month(2017, 12)
    assert not {line[1].payer for line in lines} & set(PUBLIC)


def test_the_ledger_holds_what_was_paid_for_people(audit: Auditor) -> None:
    paid: Counter[tuple[str, int]] = Counter()
    for (name, when), parts in audit.province.counts.payments.items():
        paid[name, when] += sum(int(fen.sum()) for _, fen in parts) * audit.province.weight
    booked: Counter[tuple[str, int]] = Counter()
    for line in audit.province.ledger.lines:
        booked[line[1].instrument, line[0]] += line[-1]
    for (name, when), fen in paid.items():
        if name in (C9, C12):
            assert booked[name, when] == fen


def test_a_control_a_rule_that_pays_a_fen_more_is_found() -> None:
    from model.instruments import talent_compensation as rule
    from model.instruments.channels import HireFacts
    from model.scalar import scalar

    @scalar
    def a_fen_more(f: HireFacts, p: Any) -> int:
        return rule.amount(f, p) + 1

    assert audited(rules={f"{C9}_amount": a_fen_more}).wrong != []


def granted(n: int, awards: int = 3, studios: int = 4, **values: float) -> list[tuple[Any, ...]]:
    given: Any = BUSY
    levers = {
        "hiring.award_hires": awards,
        "hiring.studio_hires": studios,
        "talent_hire_grant.take_up": 1,
        **{name.replace("__", "."): value for name, value in values.items()},
    }
    for lever, value in levers.items():
        given = changed(given, lever, value, "2016-01")
    province = lived(Job(given, seed=3, n=n, until="2019-12"))
    assert province.balance(Account.PROVINCIAL_TREASURY) >= 0
    return [line for line in province.ledger.lines if line[1].instrument == GRANT]


def test_grants_are_a_fixed_number_a_year_whatever_the_scale() -> None:
    lines = granted(2000)
    honour = {"level": 5, "above_scale": 1, "full_time": 1, "received": 0}
    sums = {
        kind: talent_hire_grant({**honour, "month": month(2018, 6), "honours": kind})
        for kind in (1, 2)
    }
    for year in (2018, 2019):  # whole years: each hire once
        of_year = Counter(line[-1] for line in lines if year_of(line[0]) == year)
        assert of_year == {sums[1]: 3, sums[2]: 4}
        assert sum(line[-2] for line in lines if year_of(line[0]) == year) == 7
    assert {line[0] for line in lines if year_of(line[0]) == 2017} <= {month(2017, 12)}
    assert {(line[1].payer, line[1].payee) for line in lines} == {
        (Account.PROVINCIAL_TREASURY, Account.ENTERPRISES)
    }
    assert granted(1000) == lines  # weight 1


def test_one_award_winner_more_moves_no_other_hire() -> None:
    fewer, more = Counter(granted(2000, awards=2)), Counter(granted(2000, awards=3))
    assert not fewer - more
    assert {line[-1] for line in more - fewer} == {200_000 * 100}


def test_without_cash_or_without_discretion_nothing_is_granted() -> None:
    poor = {"accounts__treasury_opening": 0.0, "accounts__treasury_budget": 0.0}
    assert granted(2000, **poor) == []
    assert granted(2000, talent_hire_grant__take_up=0) == []
