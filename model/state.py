"""The columns of a run: those of the population, and those that only a run needs.

Enterprises and institutions carry one more row at the end, for "no employer" and "no school", so
that a worker without one points at a row that exists. Its column ``exists`` is 0.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, OWNERSHIPS, REGIONS, SECTORS, Status
from model.draws import keys, normals, uniforms
from model.instruments.channels import Channel
from model.instruments.registry import on_channel, titles
from model.ledger import Account
from model.markets.hiring import multiples_by_rivals
from model.numbers import exp, exps
from model.parameters import demand as demand_topic
from model.parameters import hiring as hiring_topic
from model.parameters import leaving as leaving_topic
from model.parameters import pay as pay_topic
from model.rules.demand import job_loss_rate
from model.rules.leaving import quit_rate
from model.rules.pay import step_of

Columns = dict[str, NDArray[Any]]

SECTOR_OF = np.array([SECTORS.index(b.sector) for b in BRANCHES], np.uint8)
OWNERSHIP_OF = np.array([OWNERSHIPS.index(b.ownership) for b in BRANCHES], np.uint8)
STATE_OWNED = (OWNERSHIPS.index("central_state"), OWNERSHIPS.index("local_state"))


def mask_kind(bits: int) -> type[np.signedinteger[Any]]:
    """The narrowest integers that hold masks of so many bits, the sign apart."""
    return next(kind for kind in (np.int16, np.int32, np.int64) if bits < np.iinfo(kind).bits)


def received_kind(channel: Channel) -> type[np.signedinteger[Any]]:
    """Integers of eight bits for each instrument of a channel."""
    return mask_kind(8 * len(on_channel(channel)))


WORKER_ZEROS: dict[str, Any] = {
    "course": np.uint8,  # level aimed at while queueing or training; 7 the upgrade course; 0 none
    "course_ends": np.int16,  # month of the exam; 0 while queueing
    "attempts": np.uint8,  # exams failed for this course
    "queued": np.int16,  # month of application; 0 none
    "sponsored": np.uint8,  # 1: sent by the enterprise
    "waived": np.uint8,  # 1: the last certificate came without a course (contest)
    "claim_until": np.int16,  # last month in which the last certificate can be claimed for
    "claim_upgrade": np.uint8,  # 1: the claim is for an upgrade course
    "upgrade_month": np.int16,  # month of the last upgrade course
    "received": received_kind(Channel.CERTIFICATE),  # eight bits an instrument: levels already paid
    "trained_year": np.int16,  # last year in which trained; 0: not yet in this run
    "apprentice_since": np.int16,  # month in which an apprenticeship began; 0 none
    "covered": np.uint8,  # 1: the enterprise pays annuity and medical insurance (C12)
    "stays_on": np.uint8,  # 1: retires later by agreement (C12)
    "apprentice_finished": np.int16,  # month of a certificate of finished training; 0 none
    "apprentice_waits": np.uint8,  # 1: what is due for the term did not reach the fund's cash
    "apprentice_settled": np.int16,  # month of a certificate whose term was paid for; 0 none
    "supported": np.uint8,  # 1: draws the wage-drop subsidy this month
    "support_months": np.int16,  # months drawn in this spell
    "supported_last": np.int16,  # last month in which it was drawn in this post; 0 none
    "pent_up": np.float64,  # leaving that it put off up to then, a sum of monthly chances
    "reference_pay": np.int32,  # fen a month before the last spell of cut pay began
    "benefit_since": np.int16,  # first month of unemployment benefit
    "premium_base": np.int32,  # fen a month on which premiums are paid; 0 uninsured
    "honours": mask_kind(
        len(titles())
    ),  # a bit for each title of `registry.titles` that was ever given
    "chief_until": np.int16,  # last month of the term of a title that has one
    "first_certificate": np.uint8,  # 1: the last certificate was the first one
    "public_course": np.uint8,  # group as which a public course is or was taken; 0: no open file
    "public_level": np.uint8,  # level taught in it; 0 a short course
    "public_ends": np.int16,  # month in which it ends or ended; 0 none, or dropped
    "public_gained": np.uint8,  # 1: it ended with a certificate
    "public_year": np.int16,  # last year in which a public course began; 0 none in this run
    "course_received": received_kind(
        Channel.COURSE
    ),  # eight bits an instrument: this course, levels, this year
    "venture_since": np.int16,  # month in which a business began; 0 none
    "venture_group": np.uint8,  # group when it began
    "venture_loan": np.int32,  # fen borrowed for it
    "venture_received": received_kind(
        Channel.VENTURE
    ),  # eight bits an instrument: how often it was paid for
    "online": np.uint8,  # 1: the present course is taken online (C15)
}
GONE = (Status.RETIRED, Status.DEAD)
NEVER = np.iinfo(np.int16).max  # a month that does not come
# What the population says of pay before its month: pay has stood for a year when a run begins, and
# a run keeps its own record (model/month/reference.py).
BEFORE_THE_RUN = ("previous_pay", "pay_month")
ENTERPRISE_INTS = (
    "staff",
    "upper_staff",
    "upper_pay",
    "payroll",
    "wanted",
    "cut_ppm",
    "cut_others_ppm",
    "cut_since",
    "cut_from",
    "certified_pay",
    "trigger_ppm",
    "paid_to_ppm",
    "support_ppm",
    "asks_support",
    "months_now",
    "months_later",
    "vacancies",
    "layoffs",
    "education_fund",
    "set_aside",
    "premiums_this_year",
    "premiums_last_year",
    "stay_job_drawn",
    "wage_drop_drawn",
    "layoffs_this_year",
    "layoff_rate_ppm",
    "payroll_this_year",
    "payroll_last_year",
    "premiums_owed",
    "sent_this_year",  # workers sent to schools
    "sent_last_year",
    "trained_upper",
    "training_spend_this_year",
    "training_spend_last_year",
    "training_carried",
    "training_subsidy",
    "cash_help",
    "help_month",
)
ENTERPRISE_FLOATS = (
    "demand",
    "distress",
    "sector_demand",
    "pot_now",
    "pot_later",
    "supported_share",
    "nomination_rate",
    "short_rate",
    "scale",
    "skill_tilt",
    "shed_rate",
    "shortfall",
    "succession",
    "successor_rate",
)


INSTITUTION_INTS = (  # work of the calendar year, persons of the sample
    "trained_this_year",
    "trained_last_year",
    "certificates_this_year",
    "certificates_last_year",
)


def drawn_column(name: str) -> str:
    """The column of enterprises that remembers what a yearly instrument paid this year, fen."""
    return "stay_job_drawn" if name == "stay_job_subsidy" else f"{name}_drawn"


def term_column(name: str) -> str:
    """The column of workers with the months of an apprenticeship that an instrument paid for."""
    return "apprentice_paid" if name == "apprenticeship_subsidy" else f"{name}_months"


# A column for each instrument that pays enterprises by the year, or apprentices by the term.
DRAWN = tuple(
    drawn_column(one.name)
    for one in on_channel(Channel.ENTERPRISE_YEAR)
    if one.payee != Account.EDUCATION_FUNDS
)
TERMS = tuple(term_column(one.name) for one in on_channel(Channel.APPRENTICE))


def with_dummy(columns: Columns) -> Columns:
    """The columns with one more row of zeros, and ``exists``."""
    wide = {name: np.r_[column, column.dtype.type(0)] for name, column in columns.items()}
    wide["exists"] = np.ones(len(wide["id"]), np.uint8)
    wide["exists"][-1] = 0
    return wide


def worker_columns(source: Columns, seed: int, leaving: leaving_topic.Params) -> Columns:
    """Columns of workers at the start; ``restlessness`` is a lasting taste with mean 1."""
    w = {name: column.copy() for name, column in source.items() if name not in BEFORE_THE_RUN}
    number = len(w["id"])
    w["key"] = keys(seed, w["id"])
    w["restlessness"] = restlessness(w["key"], seed, leaving.taste_spread)
    w["listed"] = uniforms(w["key"], seed, "trade.listed")
    for name, kind in WORKER_ZEROS.items():
        w[name] = np.zeros(number, kind)
    for name in TERMS:
        w[name] = np.zeros(number, np.int16)
    w["talent"] = np.ones(number, np.float64)
    w["life_due"] = life_due(w)
    return w


def life_due(w: Columns) -> NDArray[np.int16]:
    """Month from which each worker is asked about entry or retirement whatever the draw.

    Whoever changes ``retire_month`` or ``status`` of somebody renews it.
    """
    due = np.where(w["status"] == Status.SCHOOL, w["entry_month"], w["retire_month"])
    due[np.isin(w["status"], GONE)] = NEVER
    return due.astype(np.int16)


def restlessness(key: NDArray[np.uint64], seed: int, spread: float) -> NDArray[np.float64]:
    """Lasting multiple of the separation rate by worker's key, log-normal with mean 1."""
    found: NDArray[np.float64] = exps(
        spread * normals(key, seed, "leaving.taste") - 0.5 * spread * spread
    )
    return found


def quit_rates(state: NDArray[Any], leaving: leaving_topic.Params) -> NDArray[np.float64]:
    """Monthly separations of technicians at full pay, by enterprise."""
    by_kind = np.array([quit_rate(kind, 4, leaving) for kind in (0, 1)])
    rates: NDArray[np.float64] = by_kind[state]
    return rates


def job_losses(e: Columns, demand: demand_topic.Params) -> NDArray[np.float64]:
    """Monthly rate at which posts disappear, by enterprise."""
    table = np.array(
        [[job_loss_rate(r, o, demand) for o in range(len(OWNERSHIPS))] for r in range(len(REGIONS))]
    )
    rates: NDArray[np.float64] = table[e["region"], e["ownership"]]
    return rates


def approached(e: Columns, hiring: hiring_topic.Params) -> NDArray[np.float64]:
    """Multiple of outside offers by enterprise; 1 for "no employer"."""
    region, branch, staff = (e[name][:-1] for name in ("region", "branch", "baseline_staff"))
    return np.append(multiples_by_rivals(region, branch, staff, hiring.density), 1.0)


def enterprise_columns(
    source: Columns,
    seed: int,
    leaving: leaving_topic.Params,
    demand: demand_topic.Params,
    hiring: hiring_topic.Params,
) -> Columns:
    """Columns of enterprises at the start."""
    e = with_dummy(source)
    number = len(e["id"])
    e["key"] = keys(seed, e["id"])
    e["sector"] = SECTOR_OF[e["branch"]]
    e["ownership"] = OWNERSHIP_OF[e["branch"]]
    e["state"] = np.isin(e["ownership"], STATE_OWNED).astype(np.uint8)
    for name in dict.fromkeys((*ENTERPRISE_INTS, *DRAWN)):
        e[name] = np.zeros(number, np.int64)
    for name in ENTERPRISE_FLOATS:
        e[name] = np.zeros(number, np.float64)
    e["jobs_left"] = np.ones(number, np.float64)
    for name in ("pressure", "pressure_supported", "pressure_others"):
        e[name] = np.ones(number, np.float64)
    e["paid_up"] = np.ones(number, np.uint8)
    e["small"] = np.ones(number, np.uint8)
    e["behind"] = np.zeros(number, np.uint8)
    e["quit_rate"] = quit_rates(e["state"], leaving)
    e["job_loss"] = job_losses(e, demand)
    e["approached"] = approached(e, hiring)
    e["quits_seen"] = e["quit_rate"].copy()
    e["minimum"] = np.zeros(number, np.int64)
    return e


def institution_columns(source: Columns, staff: NDArray[np.int64]) -> Columns:
    """Columns of training institutions at the start.

    ``staff`` are the workers of each prefecture that the sample stands for: its seats are those
    of the province per worker, so that a prefecture drawn too large does not queue for seats.
    For every kind of base or studio four columns: how many stand, how many national ones there
    are, how many are being built, and the month in which that one is ready.
    """
    j = with_dummy(source)
    j["reach"] = staff[j["region"]] / np.maximum(1, j["workers"])
    number = len(j["id"])
    j["key"] = keys(0, j["id"])
    j["base_lower"] = j["seats_lower"].astype(np.int64)
    j["base_upper"] = j["seats_upper"].astype(np.int64)
    j["base_seats"] = j["base_lower"] + j["base_upper"]
    j["extension"] = np.ones(number, np.float64)  # seats over those of base year and projects
    j["lift"] = np.zeros(number, np.float64)  # quality that bases and studios add
    for name in INSTITUTION_INTS:
        j[name] = np.zeros(number, np.int64)
    for one in on_channel(Channel.PROJECT):
        for part in ("", "_national", "_building", "_ready"):
            j[one.name + part] = np.zeros(number, np.int64)
    j["factor"] = np.ones(number, np.float64)
    j["base_quality"] = j["quality"].astype(np.float64) - 1.0  # 0 = average
    j["base_quality"][-1] = 0.0  # no school: training at the workplace, of average quality
    j["quality"] = j["base_quality"].copy()
    j["demand"] = 0.9 * j["base_seats"].astype(np.float64)
    j["wait_lower"] = np.zeros(number, np.float64)  # months a newcomer would wait for a seat
    j["wait_upper"] = np.zeros(number, np.float64)
    return j


def set_scales(workers: Columns, enterprises: Columns, p: pay_topic.Params) -> None:
    """Split pay into the enterprise's scale, the grade's step and the worker's own standing.

    ``scale`` is mean pay over steps of an enterprise's staff; ``talent`` is what remains.
    """
    employed = np.flatnonzero(workers["status"] == Status.EMPLOYED)
    step = np.array([exp(step_of(grade, p)) for grade in range(8)])
    own = workers["pay"][employed] / step[workers["appointed"][employed]]
    employer = workers["enterprise"][employed]
    number = len(enterprises["id"])
    staff = np.bincount(employer, minlength=number)
    total = np.bincount(employer, weights=np.floor(own), minlength=number)
    enterprises["scale"] = np.where(staff > 0, total / np.maximum(staff, 1), 0.0)
    typical = total.sum() / max(1, staff.sum())
    enterprises["scale"][enterprises["scale"] == 0.0] = typical
    workers["talent"][employed] = own / enterprises["scale"][employer]
