"""Heading 3: demand, pay, cuts with the subsidy in view, claims of support, posts, training."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Level, Status
from model.deciding import (
    CUT_PAY,
    DECLARE_BASE,
    DROP_PAY,
    FEEL_CUT,
    INSTRUMENTS,
    NEXT_DEMAND,
    PLAN_STAFF,
    PLAN_TRAINING,
    REVISE,
)
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION, mean_drop
from model.instruments.stay_job_subsidy import layoffs_low
from model.instruments.wage_drop_subsidy import Trigger
from model.markets.support import Claims, share_support
from model.month.paying import pay_workers
from model.month.reference import freeze_reference_pay, note_change
from model.month.sums import Ints, in_key_post, shares_of, sum_staff
from model.months import ORIGIN_YEAR, month_of_year
from model.rules.plans import DEEPEST, GRID

if TYPE_CHECKING:
    from model.province import Province


INSTRUMENT = "wage_drop_subsidy"
ARREARS = 0  # position of the option in plans.deferral
EXAMPLE_PAY = 20 * MILLION  # fen: every cut of the grid and every rate of it is a whole number


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
    p = province.law["plans"]
    behind = (e["arrears_prone"] == 1) & (e["distress"] >= p.arrears_start)
    e["behind"][:] = behind
    e["paid_up"][:] = ~behind if p.deferral == ARREARS else 1


def set_pay(province: "Province", rows: Ints, raise_ppm: Any) -> None:
    """Revise pay of given workers and what hangs on it."""
    if len(rows) == 0:
        return
    w = province.workers
    answers = province.ask_rows(REVISE, rows, raise_ppm=raise_ppm)
    changed = answers.of["event"] == 1
    rows, new = rows[changed], answers.of["pay"][changed]
    note_change(province, rows, new - w["pay"][rows])
    w["pay"][rows] = new
    declare(province, rows)


def declare(province: "Province", rows: Ints) -> None:
    """Declare the premium base of the insured among given workers."""
    w = province.workers
    insured = rows[w["insured"][rows] == 1]
    if len(insured):
        w["premium_base"][insured] = province.ask_rows(DECLARE_BASE, insured).of["event"]


def revise_pay(province: "Province") -> None:
    """Each January, where pay is not cut, pay moves towards its target."""
    if month_of_year(province.month) != 1:
        return
    w, e = province.workers, province.enterprises
    employed = np.flatnonzero(w["status"] == Status.EMPLOYED)
    free = employed[e["cut_since"][w["enterprise"][employed]] == 0]
    set_pay(province, free, 0)


def takes_up(province: "Province") -> NDArray[np.bool_]:
    """Which enterprises ask for C12: one draw a calendar year, kept through a spell."""
    e = province.enterprises
    since = np.where(e["cut_since"] > 0, e["cut_since"], province.month)
    years = ORIGIN_YEAR + since // 12
    asks = np.zeros(len(years), np.bool_)
    rate = province.law["claiming"].wage_drop_take_up
    for year in np.unique(years).tolist():
        at = moment(province.seed, f"{INSTRUMENT}.take_up", year)
        mine = years == year
        asks[mine] = uniforms_at(e["key"][mine], at) < rate
    return asks & province.awareness.enterprises(INSTRUMENT, e, province.seed)


def reckon_with_support(province: "Province") -> None:
    """What each enterprise expects of C12 if it cut pay now: which cuts, share and coverage.

    The instrument's own rules say which cuts of the grid they would pay, how much and for how many
    months.
    """
    e, law = province.enterprises, province.law
    p = law[INSTRUMENT]
    e["trigger_ppm"][:] = 0
    e["asks_support"][:] = 0
    if not p.in_force:
        return
    asks = takes_up(province) & (e["exists"] == 1)
    e["asks_support"][:] = asks
    rows = np.flatnonzero(asks & (e["upper_pay"] > 0))
    standing = standing_of(province, rows)
    asked = technicians_of(province)[rows]
    for cut in range(DEEPEST, 0, -GRID):
        fen = support_if_cut(province, asked, standing, cut)
        paid = rows[fen >= 0]
        e["paid_to_ppm"][paid[e["trigger_ppm"][paid] == 0]] = cut
        e["trigger_ppm"][paid] = cut
        e["support_ppm"][paid] = fen[fen >= 0] * MILLION // (EXAMPLE_PAY // MILLION * cut)
    rows = rows[e["trigger_ppm"][rows] > 0]
    e["supported_share"][rows] = 1.0
    if p.trigger == Trigger.MEAN_DROP:
        certified = np.maximum(1, e["certified_pay"][rows])
        e["supported_share"][rows] = np.minimum(1.0, e["upper_pay"][rows] / certified)
    expect_pots(province, rows, technicians_of(province)[rows])


def technicians_of(province: "Province") -> Ints:
    """A technician in a key post of each enterprise, by worker row; 0 where there is none."""
    w = province.workers
    rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN))
    rows = rows[in_key_post(province, rows)]
    found = np.zeros(len(province.enterprises["id"]), np.int64)
    found[w["enterprise"][rows[::-1]]] = rows[::-1]
    return found


def expect_pots(province: "Province", rows: Ints, asked: Ints) -> None:
    """For how many months given enterprises expect C12 to last, and how far the pots would reach.

    Month by month at the least cut that is paid: what is left in the pot, a full pot each January,
    and nothing once the months already paid reach the limit of duration.
    """
    e = province.enterprises
    cut = e["trigger_ppm"][rows]
    monthly = shares_of(shares_of(e["upper_pay"][rows], cut), e["support_ppm"][rows])
    monthly = np.maximum(1, monthly)
    standing = standing_of(province, rows)
    left, full = pot_left(province, rows), full_pot(province, rows)
    now, later, pots = left / monthly, np.zeros(len(rows), np.float64), np.zeros((2, len(rows)))
    months_paid = np.zeros(len(rows), np.int64)
    new_year = 0
    for month in range(province.month, province.month + province.law["plans"].horizon_months):
        if month > province.month and month_of_year(month) == 1:
            left, new_year = full, 1
            later = later + full / monthly
        lasts = support_if_cut(province, asked, standing, cut, months_paid) >= 0
        fen = np.where(lasts, np.minimum(left, monthly), 0)
        left = left - fen
        pots[new_year] += lasts
        months_paid += fen > 0
    e["months_now"][rows], e["months_later"][rows] = pots.astype(np.int64)
    e["pot_now"][rows], e["pot_later"][rows] = now, later


def support_if_cut(
    province: "Province", asked: Ints, standing: dict[str, Any], cut: Any, months_paid: Any = 0
) -> Ints:
    """Fen that C12 would pay on ``EXAMPLE_PAY`` under a cut; -1 if refused.

    ``asked`` are worker rows, one technician of each enterprise whose ``standing`` is given.
    """
    facts = {
        "month": province.month,
        "teacher": 0,
        "level": Level.TECHNICIAN.value,
        "senior_title": 0,
        "key_post": 1,
        "reference_pay": EXAMPLE_PAY,
        "pay": EXAMPLE_PAY - EXAMPLE_PAY // MILLION * cut,
        "mean_drop_ppm": cut,
        "months_paid": months_paid,
        **standing,
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{INSTRUMENT}_eligibility"], asked, **facts)
    amounts = province.ask_rows(INSTRUMENTS[f"{INSTRUMENT}_amount"], asked, **facts)
    fen: Ints = np.where(reasons.of["event"] == 0, amounts.of["event"], -1)
    return fen


def standing_of(province: "Province", employer: Ints) -> dict[str, Any]:
    """What C12 asks about the enterprise itself, by employer of given staff."""
    e = province.enterprises
    return {
        "insured": e["insures"][employer],
        "paid_up": e["paid_up"][employer],
        "distressed": burdens(province, employer),
        "owns_school": e["owns_school"][employer],
        "layoffs_low": few_layoffs(province, employer),
    }


def pot_left(province: "Province", rows: Ints) -> Ints:
    """Fen that given enterprises may still draw under C12 this year."""
    e = province.enterprises
    return ask_pot(province, rows, e["stay_job_drawn"][rows], e["wage_drop_drawn"][rows])


def full_pot(province: "Province", rows: Ints) -> Ints:
    """Fen that a new year's pot is expected to hold, at last year's premiums."""
    nothing = np.zeros(len(rows), np.int64)
    return ask_pot(province, rows, nothing, nothing)


def ask_pot(province: "Province", rows: Ints, stay_job: Ints, wage_drop: Ints) -> Ints:
    """The instrument's ceiling for given enterprises and amounts already drawn."""
    left: Ints = province.ask_rows(
        INSTRUMENTS[f"{INSTRUMENT}_ceiling"],
        rows,
        premiums_last_year=province.enterprises["premiums_last_year"][rows],
        stay_job_drawn=stay_job,
        wage_drop_drawn=wage_drop,
    ).of["event"]
    return left


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
    if len(begun):
        employed = w["status"] == Status.EMPLOYED
        begins = e["cut_since"] == province.month
        freeze_reference_pay(province, np.flatnonzero(employed & begins[w["enterprise"]]))
    with_upper = begun[e["upper_staff"][begun] > 0]
    province.counts.note_cuts(province.month, e["cut_ppm"][with_upper], e["state"][with_upper])
    if len(ended):
        over = np.isin(w["enterprise"], ended)
        w["support_months"][over] = 0


def claim_support(province: "Province") -> None:
    """C12: who is entitled this month, and what the pot of each enterprise covers."""
    w, e = province.workers, province.enterprises
    w["supported"][w["supported"] == 1] = 0
    relief = np.zeros(len(e["id"]), np.float64)
    employer_cut = e["cut_since"] > 0
    in_spell = np.flatnonzero((w["status"] == Status.EMPLOYED) & employer_cut[w["enterprise"]])
    province.drop_rows = in_spell
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
        rows = claims.rows[drawing[settled]]
        w["supported"][rows] = 1
        w["support_months"][rows] += 1
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


def burdens(province: "Province", employer: Ints) -> Ints:
    """How many of downturn and transformation weigh on the enterprises of given staff.

    A downturn is distress that has not passed; transformation is the loss of posts to
    restructuring, in an enterprise that is in distress.
    """
    e = province.enterprises
    down = e["distress"][employer] >= province.law["plans"].distress_end
    transforming = down & (e["jobs_left"][employer] < 1.0)
    number: Ints = down.astype(np.int64) + transforming
    return number


def few_layoffs(province: "Province", employer: Ints) -> Ints:
    """1 for staff of enterprises that pass the lay-off test of the stay-job subsidy."""
    limit = province.law["stay_job_subsidy"].registered_unemployment
    rates = province.enterprises["layoff_rate_ppm"][employer].tolist()
    return np.array([layoffs_low(rate, limit) for rate in rates], np.int64)


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


def plan_training(province: "Province") -> None:
    """How many workers each enterprise sends to courses, and how many short courses it holds."""
    e = province.enterprises
    answers = province.ask(PLAN_TRAINING)
    for name in ("nomination_rate", "short_rate"):
        e[name][answers.rows] = answers.of[name]
