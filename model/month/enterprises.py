"""Heading 3: demand, pay, cuts with the subsidy in view, claims of support, posts, training."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Level, Status
from model.deciding import (
    COUNT_CASH,
    CUT_PAY,
    DECLARE_BASE,
    DROP_PAY,
    FEEL_CUT,
    INSTRUMENTS,
    NEXT_DEMAND,
    PLAN_STAFF,
    PLAN_TRAINING,
    POSTPONE,
    REVISE,
)
from model.instruments.channels import mean_drop
from model.instruments.wage_drop_subsidy import Trigger
from model.markets.support import Claims, share_support
from model.month.by_skill import chief_technicians, pays_allowances
from model.month.expecting import (
    INSTRUMENT,
    expected_by_employers,
    pot_left,
    reckon_with_support,
    standing_of,
)
from model.month.paying import pay_workers
from model.month.reference import freeze_reference_pay, note_change
from model.month.rolls import changing
from model.month.sums import Ints, in_key_post, sum_staff
from model.months import month_of_year

if TYPE_CHECKING:
    from model.province import Province


AT_ONCE = 1 << 18  # workers whose pay is revised together: what they need stays small
ARREARS = 0  # position of the option in plans.deferral


def live_demand(province: "Province") -> None:
    """Demand, distress and wanted staff of every enterprise."""
    e = province.enterprises
    answers = province.ask(NEXT_DEMAND)
    for name in ("demand", "distress", "jobs_left", "wanted", "shed_rate"):
        e[name][answers.rows] = answers.of[name]


def meet_demand(province: "Province") -> None:
    """Sum up staff and pay, then let every enterprise meet its demand."""
    sum_staff(province)
    live_demand(province)
    e = province.enterprises
    cash = province.ask(COUNT_CASH)
    e["shortfall"][cash.rows] = cash.of["shortfall"]
    p = province.law["plans"]
    behind = (e["arrears_prone"] == 1) & (e["distress"] >= p.arrears_start)
    e["behind"][:] = behind
    e["paid_up"][:] = ~behind if p.deferral == ARREARS else 1


def set_pay(province: "Province", rows: Ints, raise_ppm: Any) -> None:
    """Revise pay of given workers and what hangs on it."""
    if len(rows) == 0:
        return
    w = province.workers
    answers = province.ask_rows(
        REVISE,
        rows,
        raise_ppm=raise_ppm,
        allowances=pays_allowances(province)[w["enterprise"][rows]],
        chief=chief_technicians(province, rows),
    )
    changed = answers.of["event"] == 1
    give_pay(province, rows[changed], answers.of["pay"][changed])


def give_pay(province: "Province", rows: Ints, fen: Ints) -> None:
    """Give workers a new pay, fen a month, and what hangs on it."""
    w = province.workers
    note_change(province, rows, fen - w["pay"][rows])
    with changing(province, rows):
        w["pay"][rows] = fen
        declare(province, rows)


def declare(province: "Province", rows: Ints) -> None:
    """Declare the premium base of the insured among given workers."""
    w = province.workers
    insured = rows[w["insured"][rows] == 1]
    if len(insured):
        with changing(province, insured):
            w["premium_base"][insured] = province.ask_rows(DECLARE_BASE, insured).of["event"]


def revise_pay(province: "Province") -> None:
    """Each January, where pay is not cut, pay moves towards its target."""
    if month_of_year(province.month) != 1:
        return
    w, e = province.workers, province.enterprises
    employed = province.engine.tallies.between(w["status"], Status.EMPLOYED, Status.EMPLOYED)
    free = employed[e["cut_since"][w["enterprise"][employed]] == 0]
    with changing(province, free):
        for first in range(0, len(free), AT_ONCE):
            set_pay(province, free[first : first + AT_ONCE], 0)


def cut_pay(province: "Province") -> None:
    """Begin and end spells of cut pay."""
    reckon_with_support(province)
    w, e = province.workers, province.enterprises
    answers = province.ask(CUT_PAY)
    rows, events = answers.rows, answers.of["event"]
    e["cut_ppm"][rows] = answers.of["cut_ppm"]
    e["cut_others_ppm"][rows] = answers.of["cut_others_ppm"]
    e["cut_since"][rows] = np.where(events == 1, province.month, 0)
    group = province.law[INSTRUMENT].trigger == Trigger.MEAN_DROP
    reached = (e["trigger_ppm"][rows] > 0) & (e["cut_ppm"][rows] >= e["trigger_ppm"][rows])
    reached &= e["cut_ppm"][rows] <= e["paid_to_ppm"][rows]
    e["cut_from"][rows] = np.where(group & reached, 1, 4)
    begun, ended = rows[events == 1], rows[events == 2]
    province.counts.enterprises(province, "cuts_begun", begun)
    province.counts.enterprises(province, "cuts_ended", ended)
    in_spell, over = e["cut_since"] > 0, np.zeros(len(e["id"]), np.bool_)
    over[ended] = True
    staff = province.engine.tallies.staff_of(w, in_spell | over)
    employer = w["enterprise"][staff]
    freeze_reference_pay(province, staff[e["cut_since"][employer] == province.month])
    w["support_months"][staff[over[employer]]] = 0
    province.drop_rows = staff[in_spell[employer]]
    with_upper = begun[e["upper_staff"][begun] > 0]
    province.counts.note_cuts(province.month, e["cut_ppm"][with_upper], e["state"][with_upper])


def claim_support(province: "Province") -> None:
    """C12: who is entitled this month, and what the pot of each enterprise covers."""
    w, e = province.workers, province.enterprises
    w["supported"][:] = 0
    drawn = np.zeros(0, np.int64)
    relief = np.zeros(len(e["id"]), np.float64)
    employer_cut = e["cut_since"] > 0
    in_spell = province.drop_rows
    province.drops = None
    if len(in_spell):
        drops = province.ask_rows(DROP_PAY, in_spell)
        province.drops = drops
        claims = entitled(province, in_spell, drops)
        paid = share_support(claims, pot_left(province, claims.units), province.law[INSTRUMENT])
        drawing = np.flatnonzero(paid > 0)
        order = np.zeros(len(drawing), np.int64)
        settled = pay_workers(province, INSTRUMENT, claims.rows[drawing], paid[drawing], order)
        paid[drawing[~settled]] = 0  # what the fund's cash does not reach is not drawn
        drawn = claims.rows[drawing[settled]]
        w["supported"][drawn] = 1
        w["support_months"][drawn] += 1
        asked_fen = int(claims.fen[drawing].sum())
        province.counts.scalar("support_asked", province.month, asked_fen)
        employer = w["enterprise"][claims.rows]
        asked = np.bincount(employer, weights=claims.drop, minlength=len(relief))
        given = np.bincount(employer, weights=paid, minlength=len(relief))
        relief = np.where(asked > 0, given / np.maximum(asked, 1), 0.0)
        e["wage_drop_drawn"] += given.astype(np.int64)
        province.counts.money("wage_drop_entitled", province.month, int(claims.fen.sum()))
    touched = np.flatnonzero(
        (e["exists"] == 1) & (employer_cut | (e["pressure_others"] > 1.0) | (e["pressure"] > 1.0))
    )
    felt = province.ask_rows(FEEL_CUT, touched, relief=relief[touched])
    for name in ("pressure", "pressure_supported", "pressure_others"):
        e[name][touched] = felt.of[name]
    put_off(province, drawn)


def put_off(province: "Province", rows: Ints) -> None:
    """Those who draw support leave later: what it takes off their chance to leave adds up."""
    w = province.workers
    if len(rows):
        w["pent_up"][rows] = province.ask_rows(POSTPONE, rows).of["pent_up"]
        w["supported_last"][rows] = province.month


def entitled(province: "Province", rows: Ints, drops: Any) -> Claims:
    """Claims of C12 in the enterprises that ask for it."""
    w, e = province.workers, province.enterprises
    employer = w["enterprise"][rows].astype(np.int64)
    asks = e["asks_support"][employer] == 1
    rows, employer = rows[asks], employer[asks]
    reference = drops.of["reference"][asks]
    paid = drops.of["paid"][asks]
    means = mean_drops(employer, reference, paid, w["level"][rows] > 0, len(e["id"]))
    facts = {
        "month": province.month,
        "teacher": w["teacher"][rows],
        "level": w["level"][rows],
        "senior_title": w["senior_title"][rows],
        "key_post": in_key_post(province, rows),
        "reference_pay": reference,
        "pay": paid,
        "mean_drop_ppm": means[employer],
        "months_paid": w["support_months"][rows],
        **standing_of(province, employer),
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{INSTRUMENT}_eligibility"], rows, **facts).of["event"]
    fine = np.flatnonzero(reasons == 0)
    facts = {n: v[fine] if isinstance(v, np.ndarray) else v for n, v in facts.items()}
    amounts = province.ask_rows(INSTRUMENTS[f"{INSTRUMENT}_amount"], rows[fine], **facts)
    return Claims.of(
        rows[fine],
        employer[fine],
        amounts.of["event"],
        (reference - paid)[fine],
        w["level"][rows[fine]],
        w["id"][rows[fine]],
    )


def mean_drops(
    employer: Ints,
    reference: Ints,
    paid: Ints,
    certified: NDArray[np.bool_],
    number: int,
) -> Ints:
    """Fall of mean pay of certified staff by enterprise, in millionths."""
    before = np.bincount(employer[certified], weights=reference[certified], minlength=number)
    after = np.bincount(employer[certified], weights=paid[certified], minlength=number)
    means = np.zeros(number, np.int64)
    for row in np.flatnonzero(before > 0):
        means[row] = mean_drop(int(before[row]), int(after[row]))
    return means


def plan(province: "Province") -> None:
    """Posts, lay-offs and training of every enterprise."""
    e = province.enterprises
    answers = province.ask(PLAN_STAFF)
    e["vacancies"][:] = 0
    e["layoffs"][:] = 0
    e["vacancies"][answers.rows] = answers.of["vacancies"]
    e["layoffs"][answers.rows] = answers.of["layoffs"]
    plan_training(province)


def look_ahead(province: "Province") -> None:
    """What share of each enterprise's technicians will retire within the time it looks ahead."""
    w, e = province.workers, province.enterprises
    ahead = province.month + province.law["plans"].succession_months
    rows = np.flatnonzero(
        (w["status"] == Status.EMPLOYED.value) & (w["level"] >= Level.TECHNICIAN.value)
    )
    number = len(e["id"])
    technicians = np.bincount(w["enterprise"][rows], minlength=number)
    leaving = rows[w["retire_month"][rows] <= ahead]
    retire = np.bincount(w["enterprise"][leaving], minlength=number)
    e["succession"][:] = retire / np.maximum(1, technicians)


def plan_training(province: "Province") -> None:
    """How many workers each enterprise sends to courses, and how many short courses it holds.

    Each January it looks ahead to those who will retire.
    """
    e = province.enterprises
    if month_of_year(province.month) == 1:
        look_ahead(province)
    e["training_subsidy"][:] = expected_by_employers(province)
    answers = province.ask(PLAN_TRAINING, compression=province.law["pay"].compression)
    for name in ("nomination_rate", "short_rate", "successor_rate"):
        e[name][answers.rows] = answers.of[name]
