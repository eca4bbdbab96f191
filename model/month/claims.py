"""Heading 6, first part: claims under pots and cash (C8, C9, C10, C12, stay-job subsidy)."""

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from model.codes import Status
from model.deciding import ASK_FOR_SUBSIDY, INSTRUMENTS
from model.draws import moment, uniforms_at
from model.instruments.apprenticeship_subsidy import months_due
from model.instruments.channels import ApprenticeFacts, Channel, PotFacts, counted_as_received
from model.instruments.promotion_training_subsidy import UpgradeFrequency
from model.instruments.registry import on_channel
from model.instruments.wage_drop_subsidy import counted_by_stay_job
from model.month.climbing import insured_months
from model.month.membership import group_of
from model.month.paying import pay_to_enterprises, pay_workers
from model.month.sums import Ints
from model.months import month_of_year, year_of

if TYPE_CHECKING:
    from model.province import Province


def pay_certificates(province: "Province") -> None:
    """Claims for certificates and upgrade courses (C9, C10)."""
    w = province.workers
    renew_yearly_courses(province)
    asking = province.ask(ASK_FOR_SUBSIDY).rows
    for upgrade in (0, 1):
        rows = asking[w["claim_upgrade"][asking] == 1] if upgrade else asking
        for slot, name in by_rank(province):
            if province.law[name].in_force and len(rows):
                pay_claims(province, name, rows, slot, upgrade)


def by_rank(province: "Province") -> list[tuple[int, str]]:
    """Slot and name of the certificate instruments in the order in which they may draw."""
    slots = [(slot, i.name) for slot, i in enumerate(on_channel(Channel.CERTIFICATE))]
    return sorted(slots, key=lambda pair: (province.law[pair[1]].rank, pair[1]))


def renew_yearly_courses(province: "Province") -> None:
    """Where an upgrade course is paid once a year, January opens a new year."""
    if month_of_year(province.month) != 1:
        return
    for slot, instrument in enumerate(on_channel(Channel.CERTIFICATE)):
        frequency = getattr(province.law[instrument.name], "upgrade_frequency", None)
        if frequency == UpgradeFrequency.YEARLY:
            province.workers["received"] &= ~np.left_shift(np.int64(1), 8 * slot + 7)


def pay_first_certificates(province: "Province", rows: Ints) -> None:
    """Claims that a school makes for people without a post who gained a certificate there."""
    for slot, name in by_rank(province):
        if province.law[name].in_force and len(rows):
            pay_claims(province, name, rows, slot, 0, by_school=True)


def pay_claims(
    province: "Province",
    name: str,
    rows: Ints,
    slot: int,
    upgrade: int,
    *,
    by_school: bool = False,
) -> None:
    """Claims of one instrument by those who know of it, or made for them ``by_school``.

    A claim stays open until it lapses, since another instrument may pay for the same certificate
    later; the mask of what was received keeps each from paying twice.
    """
    w = province.workers
    if not by_school:
        rows = rows[province.awareness.workers(name, w["key"][rows], province.seed)]
    if len(rows) == 0:
        return
    facts = certificate_facts(province, name, rows, slot, upgrade)
    reasons = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    fine = reasons == 0
    rows = rows[fine]
    province.counts.flow(province, "claims_made", rows)
    if len(rows) == 0:
        return
    facts = {n: v[fine] if isinstance(v, np.ndarray) else v for n, v in facts.items()}
    amounts = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    worth = amounts > 0  # what pays nothing changes nobody
    rows, amounts, gained = rows[worth], amounts[worth], facts["certificate_month"][worth]
    paid = pay_workers(province, name, rows, amounts, gained)
    done = rows[paid]
    bit = np.full(len(done), 7) if upgrade else w["level"][done].astype(np.int64)
    w["received"][done] |= np.left_shift(np.int64(1), 8 * slot + bit)
    if upgrade:
        w["claim_upgrade"][done] = 0


def certificate_facts(
    province: "Province", name: str, rows: Ints, slot: int, upgrade: int
) -> dict[str, Any]:
    """Facts of the CERTIFICATE channel for given workers."""
    w = province.workers
    own = w["received"][rows] >> (8 * slot) & 255
    other = np.zeros(len(rows), np.int64)
    for k in range(len(on_channel(Channel.CERTIFICATE))):
        if k != slot:
            other |= w["received"][rows] >> (8 * k) & 255
    allowed = province.law[name].stacking
    received = own if allowed == 1 else cast(Any, counted_as_received)(own, other, 0)
    month = w["upgrade_month"] if upgrade else w["certificate_month"]
    return {
        "month": province.month,
        "level": w["level"][rows],
        "certificate_month": month[rows].astype(np.int64),
        "insured": w["insured"][rows],
        "insured_months": insured_months(province, rows),
        "employed": w["status"][rows] == Status.EMPLOYED,
        "in_catalogue": 1,
        "by_course": 1 - w["waived"][rows].astype(np.int64),
        "upgrade_course": upgrade,
        "received": received,
        "first_certificate": w["first_certificate"][rows],
        "group": group_of(province, rows),
    }


def pay_enterprises(province: "Province") -> None:
    """The stay-job subsidy in its month, and apprenticeships as they fall due."""
    if month_of_year(province.month) == province.law["stay_job_subsidy"].claim_month:
        pay_stay_job(province)
    pay_apprenticeships(province)


def pay_stay_job(province: "Province") -> None:
    """Half of last year's premiums to enterprises that hardly lay off, within the pot."""
    name = "stay_job_subsidy"
    e, law = province.enterprises, province.law
    p = law[name]
    at = moment(province.seed, f"{name}.take_up", year_of(province.month))
    asks = uniforms_at(e["key"], at) < law["claiming"].stay_job_take_up
    asks &= e["exists"] == 1
    rows = np.flatnonzero(asks)
    facts = {
        "month": province.month,
        "insured": e["insures"][rows],
        "paid_up": e["paid_up"][rows],
        "premiums_last_year": e["premiums_last_year"][rows],
        "layoff_rate_ppm": e["layoff_rate_ppm"][rows],
        "registered_unemployment_ppm": p.registered_unemployment,
        "stay_job_drawn": e["stay_job_drawn"][rows],
        "wage_drop_drawn": e["wage_drop_drawn"][rows],
        "payroll_last_year": e["payroll_last_year"][rows],
        "set_aside_rate_ppm": e["set_aside_rate_ppm"][rows],
        "frontline_share_ppm": 0,
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    amounts = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    counted = [
        counted_by_stay_job(
            PotFacts(*(int(e[f][r]) for f in PotFacts._fields)), law["wage_drop_subsidy"]
        )
        for r in rows
    ]
    left = province.ask_rows(
        INSTRUMENTS[f"{name}_ceiling"],
        rows,
        premiums_last_year=facts["premiums_last_year"],
        stay_job_drawn=facts["stay_job_drawn"],
        wage_drop_drawn=np.array(counted, np.int64),
    ).of["event"]
    fen = np.where(reasons == 0, np.minimum(amounts, left), 0)
    pay_to_enterprises(province, name, rows[fen > 0], fen[fen > 0], "stay_job_drawn")


def pay_apprenticeships(province: "Province") -> None:
    """C8: the term of apprentices who hold the certificate (or each year, by setting)."""
    name = "apprenticeship_subsidy"
    w, e = province.workers, province.enterprises
    rows = np.flatnonzero(w["apprentice_since"] > 0)
    if len(rows) == 0 or not province.law[name].in_force:
        return
    gained = w["certificate_month"][rows] > w["apprentice_since"][rows]
    facts: dict[str, Any] = {
        "month": province.month,
        "start_month": w["apprentice_since"][rows].astype(np.int64),
        "certificate_month": np.where(gained, w["certificate_month"][rows], 0).astype(np.int64),
        "insured": e["insures"][w["enterprise"][rows]],
        "employed": 1,
        "months_paid": w["apprentice_paid"][rows].astype(np.int64),
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    amounts = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    due = rows[reasons == 0]
    since = w["apprentice_since"][due]
    paid = pay_workers(province, name, due, amounts[reasons == 0], since)
    positions = np.flatnonzero(reasons == 0)[paid]
    for row, position in zip(due[paid].tolist(), positions.tolist(), strict=True):
        values = (v[position] if isinstance(v, np.ndarray) else v for v in facts.values())
        one = ApprenticeFacts(*(int(v) for v in values))
        w["apprentice_paid"][row] += months_due(one, province.law[name])
    ended = rows[gained & ~np.isin(rows, due[~paid])]
    w["apprentice_since"][ended] = 0
    w["apprentice_paid"][ended] = 0
