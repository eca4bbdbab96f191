"""Heading 5: short courses, who trains, courses, exams, certificates, appointment."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import TRADES, Level
from model.deciding import (
    APPOINT,
    CHOOSE_CLIMBING,
    CONSIDER_CLIMBING,
    SIT_EXAM,
    TAKE_SHORT_COURSE,
)
from model.instruments.channels import Channel
from model.instruments.registry import on_channel
from model.ledger import Account, Flow
from model.measures import Counts
from model.month.by_skill import gain_of_next
from model.month.enterprises import plan_training, set_pay
from model.month.membership import group_of
from model.month.paid_of_late import reckon
from model.month.paying import Facts, ask_instrument, chosen
from model.month.rolls import changing
from model.month.schooling import (
    band_of,
    broken_off,
    choose_school,
    end_courses,
    fees_of,
    note_certificates,
    quality_of,
    share_seats,
)
from model.month.sums import Ints
from model.months import year_of
from model.rules.training import (
    BY_NOMINATION,
    DROPPED,
    FAILED,
    GAVE_UP,
    PASSED,
    UPGRADE,
    coverage,
)
from model.state import TERMS

if TYPE_CHECKING:
    from model.province import Province


FEE = Flow("course_fee", "", Account.WORKERS, Account.INSTITUTIONS)
FEE_BY_ENTERPRISE = Flow("course_fee", "", Account.ENTERPRISES, Account.INSTITUTIONS)
FEE_BY_FUND = Flow("education_levy", "C7", Account.EDUCATION_FUNDS, Account.INSTITUTIONS)
EVALUATION_BY_FUND = Flow("evaluation", "C10", Account.EDUCATION_FUNDS, Account.INSTITUTIONS)
EVALUATION_BY_ENTERPRISE = Flow("evaluation", "C10", Account.ENTERPRISES, Account.INSTITUTIONS)


def insured_months(province: "Province", rows: Ints) -> Ints:
    """Months of unemployment insurance to date, this month not counted."""
    w = province.workers
    running = np.where(w["insured"][rows] == 1, province.month - w["insured_since"][rows], 0)
    months: Ints = w["insured_months"][rows].astype(np.int64) + running
    return months


def pay_from_fund(
    province: "Province",
    rows: Ints,
    fen: Ints,
    flows: tuple[Flow, Flow] = (FEE_BY_FUND, FEE_BY_ENTERPRISE),
) -> None:
    """What enterprises pay for staff: from the education fund while it lasts, then their own.

    ``flows`` are the posting from the fund and that of the rest.
    """
    if len(rows) == 0:
        return
    w, e = province.workers, province.enterprises
    employer = w["enterprise"][rows]
    number = len(e["id"])
    cost = np.bincount(employer, weights=fen, minlength=number).astype(np.int64)
    cases = np.bincount(employer, minlength=number)
    from_fund = np.minimum(cost, e["education_fund"])
    e["education_fund"] -= from_fund
    e["training_spend_this_year"] += cost
    used = np.flatnonzero(cost > 0)
    level = np.full(len(used), -1)
    where = (e["region"][used], e["branch"][used], level)
    post = province.ledger.post_all
    from_fund = from_fund[used]
    by_fund, by_enterprise = flows
    post(province.month, by_fund, where, from_fund, np.where(from_fund > 0, cases[used], 0))
    rest = cost[used] - from_fund
    post(province.month, by_enterprise, where, rest, np.where(rest > 0, cases[used], 0))


def note_upper(province: "Province", rows: Ints) -> None:
    """Count high-skill training that enterprises carry out: courses to senior worker and above."""
    e = province.enterprises
    employer = province.workers["enterprise"][rows]
    e["trained_upper"] += np.bincount(employer, minlength=len(e["id"]))


def has_standard(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Whose occupation has a certificate in the national catalogue in force."""
    w, p = province.workers, province.law["training"]
    shares = np.array([coverage(trade, p) for trade in range(len(TRADES))])
    listed: NDArray[np.bool_] = w["listed"][rows] < shares[w["trade"][rows]]
    return listed


def take_short_courses(province: "Province") -> None:
    """Short courses count as person-times; the upgrade course of senior technicians begins."""
    w = province.workers
    answers = province.ask(TAKE_SHORT_COURSE)
    rows = answers.rows[answers.of["event"] == 1]
    count_training(province, rows)
    price = province.law["plans"].short_course_cost
    pay_from_fund(province, rows, np.full(len(rows), price, np.int64))
    upgrading = answers.rows[answers.of["event"] == 2]
    p = province.law["training"]
    count_training(province, upgrading)
    province.counts.flow(province, "upgrade_courses", upgrading)
    w["course"][upgrading] = UPGRADE
    w["course_ends"][upgrading] = province.month + p.duration_upgrade
    w["sponsored"][upgrading] = 1
    note_upper(province, upgrading)
    pay_from_fund(province, upgrading, np.full(len(upgrading), p.fee_upgrade, np.int64))


def count_training(province: "Province", rows: Ints) -> None:
    """Person-times, and persons trained for the first time this year and in the run."""
    w, year = province.workers, year_of(province.month)
    last = w["trained_year"][rows]
    province.counts.flow(province, "person_times", rows)
    province.counts.flow(province, "persons_trained", rows[last != year])
    province.counts.flow(province, "persons_ever_trained", rows[last == 0])
    w["trained_year"][rows] = year


def expected_subsidy(province: "Province", rows: Ints, months: int) -> Ints:
    """Fen that workers expect for the next level from every certificate instrument they know.

    Less where the fund left claims unpaid of late.
    """
    w, law = province.workers, province.law
    total = np.zeros(len(rows), np.int64)
    found = [(slot, one) for slot, one in enumerate(on_channel(Channel.CERTIFICATE))]
    asked = [
        (law[one.name].rank, one.name, slot)
        for slot, one in found
        # What the employer draws is not the worker's.
        if law[one.name].in_force and one.accounts(law[one.name])[1] == Account.WORKERS
    ]
    if len(rows) == 0 or not asked:
        return total
    facts: Facts = {
        "month": province.month + months,
        "level": w["level"][rows].astype(np.int64) + 1,
        "certificate_month": province.month + months,
        "insured": w["insured"][rows],
        "insured_months": insured_months(province, rows) + months,
        "employed": 1,
        "in_catalogue": 1,
        "by_course": 1,
        "upgrade_course": 0,
        "received": w["received"][rows],
        "first_certificate": w["level"][rows] == 0,
        "group": group_of(province, rows),
        "apprenticeship": 0,
    }
    for _, name, slot in sorted(asked):
        knows = province.awareness.workers(name, w["key"][rows], province.seed)
        if law[name].stacking == 0:  # one certificate, one subsidy
            knows &= total == 0
        able = np.flatnonzero(knows)
        theirs = chosen(facts, able)
        theirs["received"] = theirs["received"] >> (8 * slot) & 255
        _, fen = ask_instrument(province, name, rows[able], theirs)
        total[able] += reckon(province, name, fen)
    return total


def visibility(province: "Province") -> float:
    """1.0 in the months after a round of titles in which they are still spoken of (C19)."""
    since = province.month - province.awarded
    return 1.0 if since <= province.law["training"].award_memory else 0.0


def apply_for_courses(province: "Province") -> None:
    """Workers who think of it, and workers whom enterprises send, apply at a school."""
    w, j = province.workers, province.institutions
    p = province.law["training"]
    considered = province.ask(CONSIDER_CLIMBING)
    rows, kind = considered.rows, considered.of["event"]
    level = w["level"][rows].astype(np.int64)
    band = band_of(level + 1)
    school = choose_school(province, rows, band)
    upper = band == 1
    fee = np.where(upper, j["fee_upper"][school], j["fee_lower"][school])
    chosen = province.ask_rows(
        CHOOSE_CLIMBING,
        rows,
        kind=kind,
        margin=considered.of["margin"],
        expected_subsidy=expected_subsidy(province, rows, p.duration_lower),
        fee=np.where(kind == BY_NOMINATION, 0, fee),
        wait=np.where(upper, j["wait_upper"][school], j["wait_lower"][school]),
        quality=j["quality"][school],
        gain=gain_of_next(province, rows),
        visibility=visibility(province),
    )
    applies = chosen.of["event"] == 1
    new = rows[applies]
    w["course"][new] = chosen.of["target"][applies]
    w["course_ends"][new] = 0
    w["attempts"][new] = 0
    w["queued"][new] = province.month
    w["school"][new] = school[applies]
    w["sponsored"][new] = kind[applies] == BY_NOMINATION
    province.counts.flow(province, "applications", new)
    province.counts.flow(province, "applications_sponsored", new[kind[applies] == BY_NOMINATION])


def ration_seats(province: "Province") -> None:
    """Seats are shared out and courses begin, with their fees."""
    rows = share_seats(province)
    begin_courses(province, rows)
    count_training(province, rows)
    pay_fees(province, rows)


def begin_courses(province: "Province", rows: Ints) -> None:
    """Those admitted begin; the month of their exam is set."""
    w = province.workers
    p = province.law["training"]
    upper = band_of(w["course"][rows]) == 1
    w["course_ends"][rows] = province.month + np.where(upper, p.duration_upper, p.duration_lower)
    w["queued"][rows] = 0


def pay_fees(province: "Province", rows: Ints) -> None:
    """Fees of courses that begin: by the enterprise for those it sends, else by the worker."""
    w = province.workers
    fee = fees_of(province, rows)
    sent = w["sponsored"][rows] == 1
    note_upper(province, rows[sent & (w["course"][rows] >= Level.SENIOR)])
    pay_from_fund(province, rows[sent], fee[sent])
    own = rows[~sent]
    where = (w["region"][own], w["branch"][own], w["level"][own])
    province.ledger.post_all(province.month, FEE, where, fee[~sent])


def sit_exams(province: "Province") -> None:
    """Courses that end this month: certificates, second tries, dropping out."""
    w = province.workers
    p = province.law["training"]
    rows = province.engine.tallies.between(w["course_ends"], province.month, province.month)
    rows = rows[w["course"][rows] > 0]
    quality = quality_of(province, rows)
    events = province.ask_rows(SIT_EXAM, rows, school_quality=quality).of["event"]
    events = np.where(broken_off(province, rows), DROPPED, events)
    upgrade = w["course"][rows] == UPGRADE
    sat = rows[~upgrade & (events != DROPPED)]
    province.counts.flow(province, "exams", sat)
    pay_for_evaluation(province, sat[w["sponsored"][sat] == 1])
    done = rows[(events == PASSED) & upgrade]
    w["upgrade_month"][done] = province.month
    w["claim_upgrade"][done] = 1
    patience = province.law["claiming"].patience
    w["claim_until"][done] = province.month + patience
    passed = events == PASSED
    learns = np.flatnonzero(w["apprentice_since"][rows] > 0)
    without = learns[~has_standard(province, rows[learns])]
    w["apprentice_finished"][rows[without[passed[without]]]] = province.month
    passed[without] = False
    passed = rows[passed & ~upgrade]
    province.counts.note_passes(province, passed)
    note_certificates(province, passed)
    w["first_certificate"][passed] = w["level"][passed] == 0
    with changing(province, passed):
        w["level"][passed] = w["course"][passed]
    w["certificate_month"][passed] = province.month
    w["waived"][passed] = 0
    w["claim_until"][passed] = province.month + patience
    province.counts.flow(province, "certificates", passed)
    again = rows[events == FAILED]
    w["attempts"][again] += 1
    w["course_ends"][again] = province.month + p.retry_months
    left = (events == DROPPED) | (events == GAVE_UP)
    end_courses(province, rows[(events == PASSED) | left])
    lost = rows[left]
    for name in ("apprentice_since", *TERMS):
        w[name][lost] = 0


def pay_for_evaluation(province: "Province", rows: Ints) -> None:
    """C10: enterprises may pay for the evaluation of staff whom they sent out of their fund."""
    fee = province.law["training"].evaluation_fee
    flows = (EVALUATION_BY_FUND, EVALUATION_BY_ENTERPRISE)
    if fee:
        pay_from_fund(province, rows, np.full(len(rows), fee, np.int64), flows)


def settle_courses(province: "Province") -> None:
    """Live applications and courses alone for some months, so that queues and courses are full.

    The rules are those of each month. Nothing is paid and nobody climbs: the levels of the
    population are those of the start.
    """
    w, start = province.workers, province.start
    for month in range(start - province.law["training"].settling_months, start):
        province.month = month
        province.law = province.policy.at(month)
        plan_training(province)
        apply_for_courses(province)
        begin_courses(province, share_seats(province))
        end_courses(province, np.flatnonzero((w["course"] > 0) & (w["course_ends"] == month)))
    province.month = start
    province.law = province.policy.at(start)
    province.counts = Counts()


def appoint(province: "Province") -> None:
    """Appointment to the grade of the certificate, with its pay; special grade by enterprises."""
    w = province.workers
    answers = province.ask(APPOINT)
    rows, events = answers.rows, answers.of["event"]
    special = rows[events == 2]
    province.counts.flow(province, "special_technicians", special)
    with changing(province, rows):
        w["level"][special] = 6
        w["certificate_month"][special] = province.month
        w["appointed"][rows] = answers.of["grade"]
        province.counts.flow(province, "appointments", rows)
        set_pay(province, rows, -1)
