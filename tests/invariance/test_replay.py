"""Every payment of a stormy province, made a second time by the second reading of the clauses.

The oracle reads the law with fractions and imports nothing of the model; what somebody received
before is kept here, not read from the model's mask; who asks and who knows is the model's own.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.deciding import ASK_FOR_SUBSIDY
from model.instruments import skill_upgrade_subsidy
from model.instruments.channels import CertificateFacts, Channel
from model.instruments.registry import on_channel
from model.ledger import PUBLIC, Account
from model.month import claims, enterprise_years, enterprises, money
from model.month.climbing import insured_months
from model.months import format_month, month_of_year, parse_month
from model.scalar import scalar
from tests.lived import STORM, Job, begin, changed
from tests.oracle import clauses, distressed_firm_rebate, skills_action_subsidy

RICH = {
    **changed(
        changed(STORM, "accounts.ui_opening", 50_000_000_000, "2016-01"),
        "distressed_firm_rebate.take_up",
        0.5,
        "2016-01",
    ),
    "title": "a storm that no fund feels",
}
JOB = Job(RICH, seed=1, n=500)
ORACLES: dict[str, Callable[[dict[str, int]], int | None]] = {
    "promotion_training_subsidy": clauses.promotion_training,  # rank 1
    "skill_upgrade_subsidy": clauses.skill_upgrade,  # rank 2
    "skills_action_subsidy": skills_action_subsidy.due,  # rank 3, to the employer
}
EMPLOYER = "skills_action_subsidy"
C12 = "wage_drop_subsidy"
Paid = dict[int, int]


class Auditor:
    """Watches the stages that pay, and pays again beside them."""

    def __init__(self, province: Any) -> None:
        self.province = province
        self.received: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.drawn: Counter[tuple[str, int, int]] = Counter()  # what, enterprise, year
        self.insured = insured_months(province, np.arange(len(province.workers["id"])))
        self.terms: dict[int, tuple[int, int]] = {}  # start of a term, months of it paid for
        self.ended: dict[int, int] = {}  # month of the certificate that ended a paid term
        self.rebates: dict[int, Paid] = {}  # by year
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []

    # C9 and C10

    def certificates(self, stage: Callable[[Any], None]) -> None:
        province = self.province
        asking = province.ask(ASK_FOR_SUBSIDY).rows
        upgrades = province.workers["claim_upgrade"].copy()
        months = self.insured.copy()
        columns = {name: province.workers[name].copy() for name in (
            "level", "certificate_month", "upgrade_month", "insured", "waived",
            "apprentice_since")}  # fmt: skip
        expected: dict[str, Paid] = {name: {} for name in ORACLES}
        for upgrade in (0, 1):
            for name, oracle in ORACLES.items():
                rows = asking
                if name == EMPLOYER:
                    rows = claims.employers_ask(province, name, upgrade)
                for row in rows[claims.knows(province, name, rows)].tolist():
                    if name == EMPLOYER or upgrade == 0 or upgrades[row] == 1:
                        facts = self._certificate(row, upgrade, columns, int(months[row]), name)
                        fen = oracle(facts)
                        if fen is not None:
                            expected[name][row] = expected[name].get(row, 0) + fen
                            bit = 7 if upgrade else facts["level"]
                            assert bit not in self.received[name][row]
                            self.received[name][row].add(bit)
        stage(province)
        for name in ORACLES:
            self.compare(name, expected[name])

    def _certificate(
        self, row: int, upgrade: int, columns: dict[str, Any], months: int, name: str
    ) -> dict[str, int]:
        own = self.received[name][row]
        others = {b for n in ORACLES if n != name for b in self.received[n][row]} - {7}
        return {
            "month": self.province.month,
            "level": int(columns["level"][row]),
            "certificate_month": int(
                columns["upgrade_month" if upgrade else "certificate_month"][row]
            ),
            "insured": int(columns["insured"][row]),
            "insured_months": months,
            "employed": 1,
            "in_catalogue": 1,
            "by_course": 1 - int(columns["waived"][row]),
            "upgrade_course": upgrade,
            "apprenticeship": int(not upgrade and self._apprenticed(row, columns)),
            "received": sum(1 << bit for bit in own | others),
        }

    def _apprenticed(self, row: int, columns: dict[str, Any]) -> bool:
        """Whether the certificate ended a term that was paid for, or that is not settled yet."""
        gained, since = (
            int(columns["certificate_month"][row]),
            int(columns["apprentice_since"][row]),
        )
        found = gained > 0 and (self.ended.get(row) == gained or 0 < since < gained)
        self.seen["certificates of apprentices"] += found
        return found

    def compare(self, name: str, expected: Paid) -> None:
        paid: Paid = defaultdict(int)
        for rows, fen in self.province.counts.payments.get((name, self.province.month), []):
            for row, amount in zip(rows.tolist(), fen.tolist(), strict=True):
                paid[row] += amount
        self.seen[name] += len(expected)
        for row in sorted(set(paid) | set(expected)):
            if paid.get(row) != expected.get(row):
                self.wrong.append(f"{name} {self.province.month} row {row}: "
                                  f"paid {paid.get(row)}, due {expected.get(row)}")  # fmt: skip

    # C12

    def support(self, stage: Callable[[Any], None]) -> None:
        province = self.province
        w, e, year = province.workers, province.enterprises, province.month // 12
        stage(province)
        due: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        limit = province.law["plans"].distress_end
        if province.drops is not None:
            pairs = zip(province.drop_rows.tolist(), province.drops.of["reference"].tolist(),
                        province.drops.of["paid"].tolist(), strict=True)  # fmt: skip
            for row, reference, pay in pairs:
                house = int(w["enterprise"][row])
                if e["trigger_ppm"][house] == 0:
                    continue
                facts = {
                    "month": province.month, "teacher": int(w["teacher"][row]),
                    "level": int(w["level"][row]), "senior_title": int(w["senior_title"][row]),
                    "key_post": int(w["appointed"][row] >= 4), "reference_pay": reference,
                    "pay": pay, "insured": int(e["insures"][house]),
                    "paid_up": int(e["paid_up"][house]),
                    "distressed": int(e["distress"][house] >= limit),
                    "owns_school": int(e["owns_school"][house]), "mean_drop_ppm": 0,
                    "months_paid": 0, "layoffs_low": 1,
                }  # fmt: skip
                fen = clauses.wage_drop(facts)
                if fen:
                    due[house].append((int(w["id"][row]), row, fen))
        expected: Paid = {}
        for house, people in due.items():
            people.sort()
            premiums = int(e["premiums_last_year"][house])
            pot = clauses.wage_drop_pot(
                premiums, self.drawn["stay", house, year], self.drawn[C12, house, year]
            )
            shares = clauses.divide([fen for *_, fen in people], pot)
            expected |= {row: fen for (_, row, _), fen in zip(people, shares, strict=True) if fen}
            self.drawn[C12, house, year] += sum(shares)
            self.seen["pots too small"] += sum(shares) < sum(fen for *_, fen in people)
            total = self.drawn[C12, house, year] + self.drawn["stay", house, year]
            whole = province.month >= parse_month("2020-05") and e["small"][house]
            assert (1 if whole else 2) * total <= premiums  # small ones get all of it in 2020
            assert 2 * self.drawn[C12, house, year] <= premiums
        self.seen[C12] += len(expected)
        self.compare(C12, expected)

    # The stay-job subsidy

    def enterprises(self, stage: Callable[[Any], None]) -> None:
        province, name = self.province, "stay_job_subsidy"
        e, year = province.enterprises, province.month // 12
        before = e["stay_job_drawn"].copy()
        expected: Paid = {}
        if month_of_year(province.month) == province.law[name].claim_month:
            rebates = self._rebates()
            asks = enterprise_years.takes_up(province, name)
            for house in np.flatnonzero(asks).tolist():
                facts = {
                    "refund_elsewhere": rebates.get(house, 0),
                    "small": int(e["small"][house]),
                    "reserve_months": enterprise_years.reserve_months(province),
                    "month": province.month, "insured": int(e["insures"][house]),
                    "paid_up": int(e["paid_up"][house]),
                    "premiums_last_year": int(e["premiums_last_year"][house]),
                    "layoff_rate_ppm": int(e["layoff_rate_ppm"][house]),
                    "registered_unemployment_ppm": province.law[name].registered_unemployment,
                    "stay_job_drawn": self.drawn["stay", house, year],
                }  # fmt: skip
                fen = clauses.stay_job(facts)
                if fen:
                    left = fen - self.drawn[C12, house, year]
                    self.seen["refunds in full"] += fen > facts["premiums_last_year"] // 2 + 1
                    if left > 0:
                        expected[house] = left
                        self.drawn["stay", house, year] += left
        apprentices = self._apprentices()
        stage(province)
        self.compare("apprenticeship_subsidy", apprentices)
        paid = e["stay_job_drawn"] - before
        found = {house: int(paid[house]) for house in np.flatnonzero(paid).tolist()}
        given = e["distressed_firm_rebate_drawn"]
        rebated = {house: int(given[house]) for house in np.flatnonzero(given).tolist()}
        if rebated != self.rebates.get(year, {}):
            self.wrong.append(f"rebate {province.month}: {rebated} paid, {self.rebates} due")
        self.seen["both refunds"] += int(((e["stay_job_drawn"] > 0) & (given > 0)).sum())
        self.seen[name] += len(expected)
        if found != expected:
            self.wrong.append(f"{name} {province.month}: {found} paid, {expected} due")

    def _rebates(self) -> Paid:
        """What enterprises in difficulty are due this year, before the ordinary subsidy."""
        province, name = self.province, "distressed_firm_rebate"
        w, e, year = province.workers, province.enterprises, province.month // 12
        insured = (w["status"] == Status.EMPLOYED) & (w["insured"] == 1)
        limit, expected = province.law["plans"].distress_end, {}
        for house in np.flatnonzero(enterprise_years.takes_up(province, name)).tolist():
            mine = insured & (w["enterprise"] == house)
            facts = {
                "month": province.month, "insured": int(e["insures"][house]),
                "paid_up": int(e["paid_up"][house]),
                "distressed": int(e["distress"][house] >= limit),
                "layoff_rate_ppm": int(e["layoff_rate_ppm"][house]),
                "insured_heads": int(mine.sum()),
                "premium_base": int(w["premium_base"][mine].sum()),
                "reserve_months": enterprise_years.reserve_months(province),
                "refund_elsewhere": self.drawn["stay", house, year],
                "drawn": 0, "harbin": int(e["region"][house] == 0),
            }  # fmt: skip
            fen = distressed_firm_rebate.due(facts)
            if fen:
                expected[house] = fen
        self.rebates[year] = expected
        self.seen[name] += len(expected)
        return expected

    def _apprentices(self) -> Paid:
        """What enterprises are due for the terms of their apprentices (C8)."""
        province = self.province
        w, e, expected = province.workers, province.enterprises, {}
        for row in np.flatnonzero(w["apprentice_since"] > 0).tolist():
            start, gained = int(w["apprentice_since"][row]), int(w["certificate_month"][row])
            since, paid = self.terms.get(row, (start, 0))
            paid = paid if since == start else 0
            facts = {
                "month": province.month,
                "start_month": start,
                "certificate_month": gained if gained > start else 0,
                "insured": int(e["insures"][w["enterprise"][row]]),
                "employed": 1,
                "months_paid": paid,
            }
            done = int(w["apprentice_finished"][row])
            if done > start:
                gained = done
                facts |= {"certificate_month": done, "qualification": 0, "standard": 0}
                self.seen["training certificates"] += 1
            fen = clauses.apprenticeship(facts)
            if fen:
                expected[row] = fen
                self.terms[row] = (start, min(36, gained - start))
                self.ended[row] = gained
        return expected

    # Premiums and benefits

    def insurance(self, stage: Callable[[Any], None]) -> None:
        province = self.province
        w, e = province.workers, province.enterprises
        law = province.law["unemployment_insurance"]
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["insured"] == 1))
        self.insured[rows] += 1
        unpaid = e["behind"][w["enterprise"][rows]] == 1
        due = [clauses.premiums(province.month, int(w["pay"][row])) for row in rows.tolist()]
        based_today = w["premium_base"][rows] == [
            money_base(int(w["pay"][row]), law) for row in rows.tolist()
        ]
        self.seen["bases of another year"] += int((~based_today).sum())
        sums = np.zeros(2, np.int64)
        for (employer, person), late, current in zip(due, unpaid, based_today, strict=True):
            if current and not late:
                sums += (employer, person)
                self.seen["premiums"] += 1
        start = len(province.ledger.lines)
        stage(province)
        flows = Counter[Account]()
        for line in province.ledger.lines[start:]:
            if line[1].payee == Account.UNEMPLOYMENT_INSURANCE_FUND:
                flows[line[1].payer] += line[-1] // province.weight
        if based_today.all() and not (e["premiums_owed"] > 0).any() and not unpaid.any():
            assert flows[Account.WORKERS] == int(sums[1])
            self.seen["months of premiums to the fen"] += 1
        expected: Paid = {}
        since = w["benefit_since"]
        for row in np.flatnonzero(w["status"] == Status.UNEMPLOYED).tolist():
            if 0 < since[row] <= province.month:
                facts = {
                    "month": province.month, "insured_months": int(w["insured_months"][row]),
                    "harbin": int(w["region"][row] == 0), "involuntary": 1,
                    "months_drawn": province.month - int(since[row]),
                }  # fmt: skip
                fen = clauses.benefit(facts)
                if fen:
                    expected[row] = fen
        self.compare("unemployment_insurance", expected)


def money_base(pay: int, law: Any) -> int:
    from model.instruments.unemployment_insurance import declared_base

    base: int = declared_base(pay, law)
    return base


def audited(job: Job, rules: Any = None) -> Auditor:
    """A whole life under the auditor's eyes."""
    province = begin(replace(job, rules=rules or {}))
    auditor = Auditor(province)
    watched = (
        (claims, "pay_certificates", auditor.certificates),
        (claims, "pay_enterprises", auditor.enterprises),
        (enterprises, "claim_support", auditor.support),
        (money, "pay_insurance", auditor.insurance),
    )
    with pytest.MonkeyPatch.context() as patch:
        for module, name, watch in watched:
            stage = getattr(module, name)
            patch.setattr(module, name, lambda _p, watch=watch, stage=stage: watch(stage))
        province.run(parse_month(job.until))
    return auditor


@pytest.fixture(scope="module")
def audit() -> Auditor:
    return audited(JOB)


def test_every_payment_is_the_one_that_is_due(audit: Auditor) -> None:
    assert audit.wrong == []


def test_the_audit_had_something_to_look_at(audit: Auditor) -> None:
    print(dict(audit.seen))
    for name, least in (
        ("skill_upgrade_subsidy", 30),
        ("promotion_training_subsidy", 3),
        (C12, 100),
        ("pots too small", 1),
        ("stay_job_subsidy", 10),
        ("distressed_firm_rebate", 3),
        ("skills_action_subsidy", 10),
        ("certificates of apprentices", 3),
        ("training certificates", 1),
        ("apprenticeship_subsidy", 3),
        ("unemployment_insurance", 100),
        ("premiums", 1_000),
    ):
        assert audit.seen[name] >= least, name


def test_no_enterprise_draws_both_refunds_in_one_year(audit: Auditor) -> None:
    assert audit.seen["both refunds"] == 0


def test_nobody_is_paid_twice_for_one_level(audit: Auditor) -> None:
    by_person: Counter[tuple[int, int]] = Counter()
    for name in ORACLES:
        for row, bits in audit.received[name].items():
            by_person.update((row, bit) for bit in bits)
    assert by_person
    assert max(by_person.values()) == 1  # one certificate draws C9 or C10, never both


def test_months_of_insurance_are_those_for_which_premiums_were_due(audit: Auditor) -> None:
    province = audit.province
    w = province.workers
    rows = np.arange(len(w["id"]))
    assert (audit.insured == insured_months(province, rows)).all()


def test_no_payment_exceeds_the_amounts_of_the_text(audit: Auditor) -> None:
    # C9: at most 3,000, 2,000 and 1,500 yuan; C10: 1,000, 1,500 and 2,000.
    most = {"promotion_training_subsidy": 300_000, "skill_upgrade_subsidy": 200_000}
    for (name, _), paid in audit.province.counts.payments.items():
        if name in most:
            assert all(int(fen.max()) <= most[name] for _, fen in paid if len(fen))


def unmatched(province: Any) -> list[str]:
    """Months in which the ledger and the payments to persons do not say the same.

    Titles and prizes, whose numbers no sample multiplies, are replayed in ``test_awards.py``.
    """
    fixed = {one.name for one in on_channel(Channel.AWARD)}
    paid: Counter[tuple[str, int]] = Counter()
    for (name, month), parts in province.counts.payments.items():
        if name in fixed:
            continue
        paid[name, month] += sum(int(fen.sum()) for _, fen in parts) * province.weight
    booked: Counter[tuple[str, int]] = Counter()
    public = (*PUBLIC, Account.UNION_FUND)
    for line in province.ledger.lines:
        somebody = line[2] >= 0  # people outside the model have no region
        if line[1].payer in public and somebody and line[1].instrument in {n for n, _ in paid}:
            booked[line[1].instrument, line[0]] += line[-1]
    return [
        f"{format_month(month)} {name}: {booked[name, month]} booked, {paid[name, month]} paid"
        for name, month in sorted(set(paid) | set(booked))
        if booked[name, month] != paid[name, month]
    ]


def test_the_ledger_holds_what_people_were_paid(audit: Auditor) -> None:
    assert unmatched(audit.province) == []


def test_a_control_a_payment_booked_twice_is_found_a_hundred_times(audit: Auditor) -> None:
    ledger = audit.province.ledger
    persons = {name for name, _ in audit.province.counts.payments}
    lines = [line for line in ledger.lines if line[1].instrument in persons and line[-1] > 0
             and line[1].payer == Account.UNEMPLOYMENT_INSURANCE_FUND]  # fmt: skip
    luck = random.Random(3)
    for _ in range(100):
        line = luck.choice(lines)
        ledger.post(line[0], line[1], line[2:5], 1, 1, weight=1)
        (found,) = unmatched(audit.province)
        assert found.startswith(f"{format_month(line[0])} {line[1].instrument}")
        ledger.lines.pop()


@scalar
def a_fen_more(f: CertificateFacts, p: Any) -> int:
    """C10 rounded up."""
    return skill_upgrade_subsidy.amount(f, p) + 1


def test_a_control_one_fen_too_much_is_found_and_named() -> None:
    job = replace(JOB, until="2018-12")
    wrong = audited(job, {"skill_upgrade_subsidy_amount": a_fen_more}).wrong
    assert len(wrong) > 5
    assert all(text.startswith("skill_upgrade_subsidy") for text in wrong)
