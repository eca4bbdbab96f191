"""What an enterprise expects of C12 before it cuts pay, asked of the instrument's own rules."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Level, Status
from model.deciding import INSTRUMENTS
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION, CertificateFacts, Channel
from model.instruments.registry import on_channel
from model.instruments.stay_job_subsidy import layoffs_low
from model.instruments.wage_drop_subsidy import Trigger
from model.ledger import Account
from model.month.paid_of_late import reckon
from model.month.paying import ask_instrument, chosen
from model.month.sums import Ints, in_key_post, shares_of
from model.months import month_of_year, year_of
from model.rules.plans import DEEPEST, GRID

if TYPE_CHECKING:
    from model.province import Province


INSTRUMENT = "wage_drop_subsidy"
EXAMPLE_PAY = 20 * MILLION  # fen: every cut of the grid and every rate of it is a whole number


def takes_up(province: "Province") -> NDArray[np.bool_]:
    """Which enterprises ask for C12: one draw a calendar year, kept through a spell."""
    e = province.enterprises
    rate = province.law["claiming"].wage_drop_take_up
    asks: NDArray[np.bool_] = asks_in(province, e["key"], province.month) < rate
    in_spell = np.flatnonzero(e["cut_since"] > 0)
    for month in np.unique(e["cut_since"][in_spell]).tolist():
        mine = in_spell[e["cut_since"][in_spell] == month]
        asks[mine] = asks_in(province, e["key"][mine], month) < rate
    return asks & province.awareness.enterprises(INSTRUMENT, e, province.seed)


def asks_in(province: "Province", keys: NDArray[np.uint64], month: int) -> NDArray[np.float64]:
    """The draw of the calendar year of a month."""
    return uniforms_at(keys, moment(province.seed, f"{INSTRUMENT}.take_up", year_of(month)))


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
    if len(rows) == 0:
        return
    standing, asked = standing_of(province, rows), technicians_of(province, rows)
    cuts = np.arange(DEEPEST, 0, -GRID)  # asked about all at once: enterprise by enterprise, by cut
    every = {name: np.tile(fact, len(cuts)) for name, fact in standing.items()}
    fens = support_if_cut(province, np.tile(asked, len(cuts)), every, np.repeat(cuts, len(rows)))
    for cut, fen in zip(cuts.tolist(), fens.reshape(len(cuts), len(rows)), strict=True):
        paid = rows[fen >= 0]
        e["paid_to_ppm"][paid[e["trigger_ppm"][paid] == 0]] = cut
        e["trigger_ppm"][paid] = cut
        e["support_ppm"][paid] = fen[fen >= 0] * MILLION // (EXAMPLE_PAY // MILLION * cut)
    pays = e["trigger_ppm"][rows] > 0
    rows, asked, standing = rows[pays], asked[pays], chosen(standing, pays)
    e["supported_share"][rows] = 1.0
    if p.trigger == Trigger.MEAN_DROP:
        certified = np.maximum(1, e["certified_pay"][rows])
        e["supported_share"][rows] = np.minimum(1.0, e["upper_pay"][rows] / certified)
    expect_pots(province, rows, asked, standing)


def technicians_of(province: "Province", enterprises: Ints) -> Ints:
    """A technician in a key post of given enterprises, by worker row; 0 where there is none."""
    w = province.workers
    among = np.zeros(len(province.enterprises["id"]), np.bool_)
    among[enterprises] = True
    rows = province.engine.tallies.between(w["level"], Level.TECHNICIAN, max(Level))
    rows = rows[among[w["enterprise"][rows]]]
    rows = rows[w["status"][rows] == Status.EMPLOYED.value]
    rows = rows[in_key_post(province, rows)]
    found = np.zeros(len(among), np.int64)
    found[w["enterprise"][rows[::-1]]] = rows[::-1]
    return found[enterprises]


def expect_pots(province: "Province", rows: Ints, asked: Ints, standing: dict[str, Any]) -> None:
    """For how many months given enterprises expect C12 to last, and how far the pots would reach.

    Month by month at the least cut that is paid: what is left in the pot, a full pot each January,
    and nothing once the months already paid reach the limit of duration. What the rules say of
    every number of months paid is asked at once.
    """
    if len(rows) == 0:
        return
    e = province.enterprises
    horizon = int(province.law["plans"].horizon_months)
    cut = e["trigger_ppm"][rows]
    monthly = shares_of(shares_of(e["upper_pay"][rows], cut), e["support_ppm"][rows])
    monthly = np.maximum(1, monthly)
    every = {name: np.tile(fact, horizon) for name, fact in standing.items()}
    months = np.repeat(np.arange(horizon), len(rows))
    fens = support_if_cut(province, np.tile(asked, horizon), every, np.tile(cut, horizon), months)
    pays, here = fens.reshape(horizon, len(rows)) >= 0, np.arange(len(rows))
    left, full = pot_left(province, rows), full_pot(province, rows)
    now, later, pots = left / monthly, np.zeros(len(rows), np.float64), np.zeros((2, len(rows)))
    months_paid = np.zeros(len(rows), np.int64)
    new_year = 0
    for month in range(province.month, province.month + horizon):
        if month > province.month and month_of_year(month) == 1:
            left, new_year = full, 1
            later = later + full / monthly
        lasts = pays[months_paid, here]
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
        small=province.enterprises["small"][rows].astype(np.int64),
    ).of["event"]
    return left


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
    rates, which = np.unique(province.enterprises["layoff_rate_ppm"][employer], return_inverse=True)
    return np.array([layoffs_low(rate, limit) for rate in rates.tolist()], np.int64)[which]


def expected_by_employers(province: "Province") -> Ints:
    """Fen that each enterprise counts on for the next level of a member of its staff, on average.

    Of the certificate instruments that pay employers and that it knows; what they would pay for
    each level the instruments' own rules say, less where the fund left claims unpaid of late;
    how far it is counted is ``skills_action_2019.counted_by_enterprises``.
    """
    w, e, law = province.workers, province.enterprises, province.law
    number = len(e["id"])
    total = np.zeros(number, np.int64)
    levels = np.arange(Level.JUNIOR, Level.SENIOR_TECHNICIAN + 1)
    for one in on_channel(Channel.CERTIFICATE):
        p = law[one.name]
        if not p.in_force or one.accounts(p)[1] != Account.ENTERPRISES:
            continue
        _, fen = ask_instrument(
            province,
            one.name,
            np.zeros(len(levels), np.int64),
            {
                **dict.fromkeys(CertificateFacts._fields, 0),
                "month": province.month,
                "level": levels,
                "certificate_month": province.month,
                "employed": 1,
                "in_catalogue": 1,
                "by_course": 1,
            },
        )
        climbing = province.engine.tallies.levels(w, number)[:, : len(levels)]
        mean = climbing @ fen // np.maximum(1, climbing.sum(axis=1))
        known = province.awareness.enterprises(one.name, e, province.seed)
        total += np.where(known, reckon(province, one.name, mean), 0)
    counted: Ints = (total * law["skills_action_2019"].counted_by_enterprises).astype(np.int64)
    return counted
