"""Heading 6: courses of the key groups outside the enterprises (C9, C13, C25).

A course leaves a file behind (``public_course``): every instrument of the channel is asked about
it each month until it has paid or the file closes, so that a fund without cash pays later and a
placement is paid when it happens.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from model.codes import GROUPS, STATUSES, Group, Level, Status
from model.deciding import FINISH_COURSE, JOIN_COURSE
from model.draws import moment, uniforms_at
from model.instruments.channels import Channel, CourseFacts
from model.instruments.registry import instruments, on_channel
from model.ledger import CASH_LIMITED, Account, Flow
from model.markets.cash import Exhausted
from model.month.claims import pay_first_certificates
from model.month.climbing import has_standard
from model.month.files import opened
from model.month.membership import group_of
from model.month.paying import Facts, ask_instrument, pay_workers
from model.month.rolls import changing
from model.month.sums import Ints
from model.months import month_of_year, year_of
from model.rules.groups import CERTIFIED, DROPPED, FAILED
from model.rules.training import pass_rate

if TYPE_CHECKING:
    from model.province import Province


FEE = Flow("public_course_fee", "", Account.WORKERS, Account.INSTITUTIONS)
THIS_COURSE, THIS_YEAR = 0, 7  # bits of ``course_received``; 1 to 6 are levels
OVER_CAPACITY, OTHER_PROGRAMME = 1, 2
OUTSIDE = tuple(f"outside_{group}" for group in GROUPS[1:])
NOWHERE = (-1, -1, -1)
HERE = np.isin(np.arange(len(STATUSES)), (Status.EMPLOYED, Status.UNEMPLOYED, Status.INFORMAL))


def train(province: "Province") -> None:
    """Courses end, files are settled, courses begin, people outside the model are trained."""
    open_year(province)
    files = province.files.courses
    settle(province, finish(province, files))
    province.files.courses = files[province.workers["public_course"][files] > 0]
    begin(province)
    train_outside(province)


def open_year(province: "Province") -> None:
    """January: courses paid last year count no more."""
    if month_of_year(province.month) == 1:
        for slot, _ in slots():
            province.workers["course_received"] &= ~np.left_shift(np.int64(1), 8 * slot + THIS_YEAR)


def slots() -> list[tuple[int, str]]:
    """Slot and name of the instruments of the channel."""
    return [(slot, one.name) for slot, one in enumerate(on_channel(Channel.COURSE))]


def course_facts(province: "Province", **known: Any) -> Facts:
    """Facts of the COURSE channel for a completed course; what is not said is 0."""
    return {
        **dict.fromkeys(CourseFacts._fields, 0),
        "month": province.month,
        "completed": 1,
        **known,
    }


def terms_of(province: "Province", level: Ints) -> dict[str, Ints]:
    """Level, price and months of courses by the level they teach."""
    p = province.law["groups"]
    certified = level > 0
    return {
        "level": level,
        "price_fen": np.where(certified, p.cost_junior, p.cost_short),
        "length": np.where(certified, p.duration_junior, p.duration_short),
    }


def programme_of(group: Ints) -> Ints:
    """Programme of a course: that of over-capacity staff, or one of those without a known name."""
    return np.where(group == Group.TRANSFERRED, OVER_CAPACITY, OTHER_PROGRAMME)


# Ending


def finish(province: "Province", files: Ints) -> Ints:
    """Courses that end this month; who has a post or is gone by then has left the course.

    Returns those of the open files whose course has ended, this month or before.
    """
    w = province.workers
    ends = w["public_ends"][files]
    rows, ended = files[ends == province.month], files[ends <= province.month]
    status = w["status"][rows]
    here = (status == Status.UNEMPLOYED) | (status == Status.INFORMAL)
    stayed = rows[here]
    chance = pass_rate(Level.JUNIOR, 0.0, province.law["training"])
    events = province.ask_rows(FINISH_COURSE, stayed, pass_rate=chance).of["event"]
    lost = np.concatenate([rows[~here], stayed[events == DROPPED]])
    w["public_course"][lost] = 0
    w["public_ends"][lost] = 0
    province.counts.flow(province, "exams", stayed[(events == CERTIFIED) | (events == FAILED)])
    gained = stayed[events == CERTIFIED]
    w["public_gained"][gained] = 1
    with changing(province, gained):
        w["level"][gained] = w["public_level"][gained]
    w["certificate_month"][gained] = province.month
    w["first_certificate"][gained] = 1
    w["waived"][gained] = 0
    province.counts.flow(province, "certificates", gained)
    province.counts.flow(province, "public_certificates", gained)
    if len(gained):
        province.counts.passes.append((province.month, 0, int(Level.JUNIOR), len(gained)))
    pay_first_certificates(province, gained)
    return ended[w["public_course"][ended] > 0]


# Paying


def settle(province: "Province", rows: Ints) -> None:
    """Ask every instrument about every open file; close what is too old."""
    w = province.workers
    if len(rows) == 0:
        return
    facts = file_facts(province, rows)
    for slot, name in slots():
        if province.law[name].in_force:
            pay_files(province, slot, name, rows, facts)
    ask_fees_again(province, rows)
    late = province.month - w["public_ends"][rows].astype(np.int64)
    late = late >= province.law["groups"].file_months
    w["public_course"][rows[late]] = 0


def ask_fees_again(province: "Province", rows: Ints) -> None:
    """Schools ask again for the exam's fee of former trainees, in the months of the open file.

    Who was paid is refused by the rule, so that a fund without cash pays later and nobody twice.
    """
    w = province.workers
    ends = w["public_ends"][rows]
    rows = rows[(w["public_gained"][rows] == 1) & (ends < province.month)]
    rows = rows[w["certificate_month"][rows] == w["public_ends"][rows]]
    rows = rows[HERE[w["status"][rows]]]
    pay_first_certificates(province, rows, fees_only=True)


def pay_files(province: "Province", slot: int, name: str, rows: Ints, facts: Facts) -> None:
    """What one instrument pays of the open files, told all facts but what it paid before."""
    w = province.workers
    own, level = w["course_received"][rows] >> (8 * slot) & 255, facts["level"]
    before = {
        "paid_this_year": own >> THIS_YEAR & 1,
        "level_paid": np.where(level > 0, own >> level & 1, 0),
        "subsidised": own >> THIS_COURSE & 1,
        "placement_paid": own >> THIS_COURSE & 1,
    }
    reasons, fen = ask_instrument(province, name, rows, facts | before)
    due = np.flatnonzero((reasons == 0) & (fen > 0))
    paid = due[pay_workers(province, name, rows[due], fen[due], w["public_ends"][rows[due]])]
    done = rows[paid]
    bits = (
        (1 << THIS_COURSE)
        | (1 << THIS_YEAR)
        | np.where(
            w["public_gained"][done] == 1,
            np.left_shift(np.int64(1), w["public_level"][done].astype(np.int64)),
            0,
        )
    )
    w["course_received"][done] |= np.left_shift(bits.astype(np.int64), 8 * slot)


def file_facts(province: "Province", rows: Ints) -> Facts:
    """Facts of courses that have ended, the same for every instrument."""
    w = province.workers
    group = w["public_course"][rows].astype(np.int64)
    joined, ended = w["joined"][rows], w["public_ends"][rows]
    placed = (w["status"][rows] == Status.EMPLOYED) & (joined > ended)
    return course_facts(
        province,
        group=group,
        programme=programme_of(group),
        **terms_of(province, w["public_level"][rows].astype(np.int64)),
        certificate=w["public_gained"][rows],
        ended_month=ended,
        placed_month=np.where(placed, joined, 0),
    )


# Beginning


def begin(province: "Province") -> None:
    """People without a post here who join a course, and what they pay of it themselves."""
    w = province.workers
    rows = province.may_concern(JOIN_COURSE)
    rows = rows[w["public_course"][rows] == 0]
    group = group_of(province, rows)
    rows, group = rows[group > 0], group[group > 0]
    terms = terms_of(province, level_taught(province, rows))
    known, drawn_by_school = expected_subsidy(province, rows, group, terms)
    price = terms["price_fen"]
    answers = province.ask_rows(JOIN_COURSE, rows, group=group, price=price, subsidy=known)
    joins = answers.of["event"] == 1
    new = rows[joins]
    w["public_course"][new] = group[joins]
    w["public_level"][new] = terms["level"][joins]
    w["public_ends"][new] = province.month + terms["length"][joins]
    w["public_gained"][new] = 0
    for slot, _ in slots():
        w["course_received"][new] &= ~np.left_shift(np.int64(1), 8 * slot + THIS_COURSE)
    province.files.courses = opened(province.files.courses, new)
    count(province, new, group[joins])
    own = (price - drawn_by_school)[joins]
    where = (w["region"][new], w["branch"][new], w["level"][new])
    province.ledger.post_all(province.month, FEE, where, own, (own > 0).astype(np.int64))


def level_taught(province: "Province", rows: Ints) -> Ints:
    """Junior for some of those without a certificate whose occupation can be examined; else 0."""
    w = province.workers
    p = province.law["groups"]
    at = moment(province.seed, "groups.level", province.month)
    chosen = uniforms_at(w["key"][rows], at) < p.junior_share
    chosen &= (w["level"][rows] == 0) & has_standard(province, rows)
    return np.where(chosen, int(Level.JUNIOR), 0).astype(np.int64)


def expected_subsidy(
    province: "Province", rows: Ints, group: Ints, terms: dict[str, Ints]
) -> tuple[Ints, Ints]:
    """Fen of the price that public money will pay, to whomever; and the part the school draws."""
    w = province.workers
    total, by_school = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    ends = province.month + terms["length"]
    this_year = ends // 12 == province.month // 12
    for slot, name in slots():
        law = province.law[name]
        payer, payee = instruments()[name].accounts(law)
        if not law.in_force or len(rows) == 0 or not solvent(province, payer):
            continue
        own = w["course_received"][rows] >> (8 * slot) & 255
        facts = course_facts(
            province,
            group=group,
            programme=programme_of(group),
            **terms,
            certificate=terms["level"] > 0,
            paid_this_year=np.where(this_year, own >> THIS_YEAR & 1, 0),
            level_paid=np.where(terms["level"] > 0, own >> terms["level"] & 1, 0),
            ended_month=ends,
        )
        _, fen = ask_instrument(province, name, rows, facts)
        fen = np.minimum(fen, terms["price_fen"] - total)
        total += fen
        if payee == Account.INSTITUTIONS:
            by_school += fen
    return total, by_school


def solvent(province: "Province", payer: Account) -> bool:
    """Whether an account can pay anything at all: no course begins on an empty fund."""
    queues = province.law["accounts"].exhausted == Exhausted.QUEUE
    return payer not in CASH_LIMITED or not queues or province.ledger.available(payer) > 0


def count(province: "Province", rows: Ints, group: Ints) -> None:
    """Person-times, persons once a year, and person-times by group for the whole province."""
    w = province.workers
    year = year_of(province.month)
    province.counts.flow(province, "group_person_times", rows)
    first = rows[w["public_year"][rows] != year]
    province.counts.flow(province, "group_persons", first)
    w["public_year"][first] = year
    for code, number in enumerate(np.bincount(group, minlength=len(GROUPS)).tolist()):
        if number:
            note(province, code, number * province.weight)


def note(province: "Province", code: int, persons: int) -> None:
    """Count person-times of a group, provincial."""
    province.counts.scalar(f"trained_{GROUPS[code]}", province.month, persons)


# People outside the model


def train_outside(province: "Province") -> None:
    """Short courses of people outside the model, as far as the fund's cash goes; at weight 1."""
    law = province.law
    p, turn = law["groups"], month_of_year(province.month)
    a_year = np.array([int(getattr(p, name) * (1.0 + p.push)) for name in OUTSIDE], np.int64)
    wanted = a_year * turn // 12 - a_year * (turn - 1) // 12  # twelve months make the year
    group = np.arange(1, len(GROUPS), dtype=np.int64)
    nobody = np.zeros(len(group), np.int64)  # any row will do: every fact is given
    facts = course_facts(
        province,
        group=group,
        programme=programme_of(group),
        **terms_of(province, nobody),
        ended_month=province.month,
    )
    trained = np.zeros(len(group), np.int64)
    for _, name in slots():
        if law[name].in_force:
            _, fen = ask_instrument(province, name, nobody, facts)
            paid = [
                pay_outside(province, name, int(n), int(each))
                for n, each in zip(wanted, fen, strict=True)
            ]
            trained = np.maximum(trained, paid)
    province.counts.scalar("group_person_times_outside", province.month, int(trained.sum()))
    for code, persons in zip(group.tolist(), trained.tolist(), strict=True):
        note(province, code, persons)


def pay_outside(province: "Province", name: str, persons: int, fen: int) -> int:
    """Pay one price for each of some persons; returns for how many the cash reached."""
    if persons == 0 or fen == 0:
        return 0
    found = instruments()[name]
    payer, payee = found.accounts(province.law[name])
    if payer in CASH_LIMITED and province.law["accounts"].exhausted == Exhausted.QUEUE:
        persons = min(persons, max(0, province.balance(payer)) // fen)
    flow = Flow(name, found.clause, payer, payee)
    province.ledger.post(province.month, flow, NOWHERE, persons, persons * fen, weight=1)
    return persons
