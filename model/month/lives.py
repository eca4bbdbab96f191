"""Heading 2: entrants, retirement, deaths, people without a post; and what leaving a post means."""

from typing import TYPE_CHECKING

import numpy as np

from model.codes import Status
from model.deciding import DELAY_RETIREMENT, PASS_MONTH, TURN
from model.month.rolls import changing
from model.month.schooling import end_courses
from model.month.sums import Ints
from model.rules import leaving
from model.state import GONE, NEVER, TERMS

if TYPE_CHECKING:
    from model.province import Province


AFTER = {
    leaving.TO_SEARCH: Status.UNEMPLOYED,
    leaving.TO_INFORMAL: Status.INFORMAL,
    leaving.TO_AWAY: Status.AWAY,
    leaving.RETIRES: Status.RETIRED,
    leaving.DIES: Status.DEAD,
}


def move(province: "Province", rows: Ints, status: Status) -> None:
    """Give people another status and note the move; a post is given up first."""
    w = province.workers
    employed = rows[w["status"][rows] == Status.EMPLOYED]
    with changing(province, rows):
        if status != Status.EMPLOYED:
            give_up_post(province, employed)
        province.people.move(w["status"][rows], status)
        w["status"][rows] = status
    w["status_since"][rows] = province.month
    w["life_due"][rows] = NEVER if status in GONE else w["retire_month"][rows]


ENDS_WITH_POST = (
    "insured",
    "covered",
    "premium_base",
    "apprentice_since",
    "apprentice_waits",
    *TERMS,
)
SUPPORT = ("supported", "support_months", "supported_last", "pent_up")  # of who was once supported


def end_at_enterprise(province: "Province", rows: Ints) -> None:
    """What ends at an enterprise: insured months are frozen, courses, terms and support end."""
    w = province.workers
    insured = rows[w["insured"][rows] == 1]
    w["insured_months"][insured] += (province.month - w["insured_since"][insured]).astype(np.int16)
    end_courses(province, rows[w["course"][rows] > 0])
    supported = rows[w["supported_last"][rows] > 0]
    for name in SUPPORT:
        w[name][supported] = 0
    for name in ENDS_WITH_POST:
        w[name][rows] = 0


def give_up_post(province: "Province", rows: Ints) -> None:
    """End employment; whoever stayed on by agreement then retires next month."""
    w = province.workers
    end_at_enterprise(province, rows)
    w["enterprise"][rows] = province.nobody
    later = rows[w["stays_on"][rows] == 1]
    w["retire_month"][later] = np.minimum(w["retire_month"][later], province.month)


def depart(province: "Province", rows: Ints, events: Ints, why: str) -> None:
    """Carry out departures of the employed by event code and count them as ``why``."""
    province.counts.flow(province, why, rows)
    province.counts.flow(province, "separations", rows)
    for event, status in AFTER.items():
        going = rows[events == event]
        if len(going):
            move(province, going, status)


def stay_on(province: "Province", rows: Ints) -> Ints:
    """C12: who of those due to retire from a post agrees on a later month; returns them."""
    if len(rows) == 0 or province.law["leaving"].delay_take_up == 0.0:
        return rows[:0]
    w = province.workers
    answers = province.ask_rows(DELAY_RETIREMENT, rows)
    agreed = answers.of["event"] == 1
    rows = rows[agreed]
    w["retire_month"][rows] = province.month + answers.of["months"][agreed]
    w["life_due"][rows] = w["retire_month"][rows]
    w["stays_on"][rows] = 1
    province.counts.flow(province, "retirements_delayed", rows)
    return rows


def pass_month(province: "Province") -> None:
    """Entrants, retirement and death; then those without a post turn elsewhere."""
    w = province.workers
    answers = province.ask(PASS_MONTH)
    rows, events = answers.rows, answers.of["event"]
    due = (events == leaving.RETIRES) & (w["status"][rows] == Status.EMPLOYED)
    staying = np.isin(rows, stay_on(province, rows[due]))
    rows, events = rows[~staying], events[~staying]
    for event, name in (
        (leaving.TO_SEARCH, "entrants"),
        (leaving.RETIRES, "retirements"),
        (leaving.DIES, "deaths"),
    ):
        chosen = rows[events == event]
        province.counts.flow(province, name, chosen)
        employed = chosen[w["status"][chosen] == Status.EMPLOYED]
        province.counts.flow(province, "separations", employed)
        if name == "retirements":
            province.counts.flow(province, "retirements_employed", employed)
        move(province, chosen, AFTER[event])
    answers = province.ask(TURN)
    rows, events = answers.rows, answers.of["event"]
    away = w["status"][rows] == Status.AWAY
    for event, name, mask in (
        (leaving.TO_SEARCH, "returns", away),
        (leaving.TO_SEARCH, "from_informal", ~away),
        (leaving.TO_INFORMAL, "to_informal", ~away),
        (leaving.TO_AWAY, "out_migration", ~away),
    ):
        chosen = rows[(events == event) & mask]
        province.counts.flow(province, name, chosen)
        move(province, chosen, AFTER[event])
