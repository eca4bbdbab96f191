"""Heading 4: restructuring, quits, lay-offs, outside offers and the hiring market."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import Level, Status
from model.deciding import CHOOSE_DESTINATION, HEAR_OFFER, LEAVE, RESTRUCTURE
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION
from model.markets.hiring import Seekers, attractions
from model.month.bids import bids_for
from model.month.climbing import count_training, note_upper
from model.month.enterprises import declare, give_pay, set_pay
from model.month.hires import those_who_leave
from model.month.lives import depart, end_at_enterprise, move
from model.month.rolls import changing, up_to_date
from model.month.sums import Ints, sum_staff
from model.months import year_of

if TYPE_CHECKING:
    from model.province import Province


APPRENTICESHIP = "apprenticeship_subsidy"


def restructure(province: "Province") -> None:
    """Formal jobs that disappear, and where their holders go."""
    answers = province.ask(RESTRUCTURE)
    dismiss(province, answers.rows[answers.of["event"] == 1])
    province.counts.flow(province, "out_migration", answers.rows[answers.of["event"] == 4])
    depart(province, answers.rows, answers.of["event"], "restructured")


def dismiss(province: "Province", rows: Ints) -> None:
    """Those put out of work may draw benefit from next month, and count as lay-offs of the year.

    Staff diverted to informal work, early retirement or another province are no lay-offs.
    """
    w, e = province.workers, province.enterprises
    w["benefit_since"][rows] = province.month + 1
    e["layoffs_this_year"] += np.bincount(w["enterprise"][rows], minlength=len(e["id"]))


def quit_posts(province: "Province") -> None:
    """Those who quit, and where they go; enterprises learn from whom they lose."""
    w, e = province.workers, province.enterprises
    rows = province.ask(LEAVE).rows
    w["benefit_since"][rows] = 0
    note_losses(province, rows)
    destinations = province.ask_rows(CHOOSE_DESTINATION, rows).of["event"]
    province.counts.flow(province, "out_migration", rows[destinations == 4])
    depart(province, rows, destinations, "quits")
    number = len(e["id"])
    staff = up_to_date(province).of("certified")
    lost = province.losses
    memory = province.law["plans"].quit_memory
    seen = np.minimum(1.0, lost / np.maximum(1, staff + lost))
    known = (staff + lost) > 0
    e["quits_seen"][known] += memory * (seen - e["quits_seen"])[known]
    province.losses = np.zeros(number, np.int64)


def note_losses(province: "Province", rows: Ints) -> None:
    """Remember by enterprise how many certified workers leave."""
    w = province.workers
    certified = rows[w["level"][rows] > 0]
    province.losses += np.bincount(
        w["enterprise"][certified], minlength=len(province.enterprises["id"])
    )


def lay_off(province: "Province") -> None:
    """The number each enterprise lays off, least skilled first, ties by keyed draw."""
    w, e = province.workers, province.enterprises
    if int(e["layoffs"].sum()) == 0:
        return
    chosen = province.engine.tallies.staff_of(w, e["layoffs"] > 0)
    at = moment(province.seed, "layoff.order", province.month)
    who = (w["level"][chosen], w["key"][chosen])
    lowest = province.engine.tallies.lowest(w["enterprise"][chosen], e["layoffs"], *who, at)
    gone = chosen[lowest]
    dismiss(province, gone)
    depart(province, gone, np.ones(len(gone), np.int64), "layoffs")


def hire(province: "Province") -> None:
    """Seekers and those with an outside offer meet the vacancies."""
    w, e = province.workers, province.enterprises
    p = province.law["hiring"]
    seed, month = province.seed, province.month
    idle = province.engine.tallies.between(w["status"], Status.UNEMPLOYED, Status.UNEMPLOYED)
    chance = search_chance(province, idle)
    looking = idle[uniforms_at(w["key"][idle], moment(seed, "hiring.search", month)) < chance]
    approached = province.ask(HEAR_OFFER).rows
    rows = np.insert(looking, np.searchsorted(looking, approached), approached)  # ascending
    province.counts.scalar("vacancies", month, int(e["vacancies"].sum()))
    province.counts.scalar("seekers", month, len(rows))
    tallies = province.engine.tallies
    afield = p._replace(
        own_branch=p.own_branch * (1.0 - p.mobility), own_region=p.own_region * (1.0 - p.mobility)
    )
    seekers = seekers_at(province, rows)
    at, vacancies = (seed, month), e["vacancies"]
    sets, possible = tallies.consider(seekers, province.directory, afield, at, vacancies)
    here = seekers.employer != province.nobody
    placed = np.flatnonzero(here)  # only they compare: whoever has no post takes any
    bids = bids_for(province, rows[placed], np.where(possible[placed], sets[placed], -1))
    possible[placed] &= bids.better
    firms = (e["key"], attractions(e["premium"], p))
    taken = tallies.match(seekers, sets, possible, vacancies, firms, at)
    hired = taken >= 0
    moves, starts = np.flatnonzero(hired & here), np.flatnonzero(hired & ~here)
    offers = bids.pay[np.searchsorted(placed, moves)]
    pay = np.where(sets[moves] == taken[moves, None], offers, 0).max(axis=1, initial=0)
    province.newcomers = those_who_leave(province, rows[moves])
    join(province, rows[moves], taken[moves], pay)
    join(province, rows[starts], taken[starts])
    retrain(province)
    sum_staff(province)


def seekers_at(province: "Province", rows: Ints) -> Seekers:
    """What the market asks about given workers."""
    w = province.workers
    own = [w[name][rows].astype(np.int64) for name in ("region", "branch", "level", "enterprise")]
    return Seekers(rows, w["key"][rows], *own)


def search_chance(province: "Province", idle: Ints) -> NDArray[np.float64]:
    """Chance that each of the unemployed searches: nobody in a public course does.

    Job information (C18) brings some of those who would not.
    """
    w = province.workers
    p = province.law["hiring"]
    search = p.search + p.information * (1.0 - p.search)
    since = province.month - w["public_ends"][idle].astype(np.int64)
    learning = (w["public_course"][idle] > 0) & (since <= 0)
    trained = (w["public_ends"][idle] > 0) & (since > 0) & (since <= p.trained_months)
    chance = np.where(trained, min(1.0, search * p.trained_search), search)
    return np.where(learning, 0.0, chance)


def join(province: "Province", rows: Ints, employer: Ints, pay: Ints | None = None) -> None:
    """Take up posts: pay, insurance, perhaps an apprenticeship.

    ``pay`` is what each of the poached was offered, fen a month; the others get what the
    enterprise's scale gives.
    """
    if len(rows) == 0:
        return
    w, e = province.workers, province.enterprises
    with changing(province, rows):
        if pay is not None:
            note_losses(province, rows)
            province.counts.flow(province, "separations", rows)  # at the enterprise that is left
            end_at_enterprise(province, rows)
        else:
            move(province, rows, Status.EMPLOYED)
        w["enterprise"][rows] = employer
        w["region"][rows] = e["region"][employer]
        w["branch"][rows] = e["branch"][employer]
        province.counts.flow(province, "hires", rows)  # at the enterprise that is joined
        if pay is not None:
            province.counts.flow(province, "poached", rows)
        w["joined"][rows] = province.month
        w["benefit_since"][rows] = 0
        draw = uniforms_at(w["key"][rows], moment(province.seed, "hiring.insured", province.month))
        insured = rows[draw < insured_chance(province, rows, employer)]
        w["insured"][insured] = 1
        w["insured_since"][insured] = province.month
        if pay is None:
            set_pay(province, rows, MILLION)
        else:
            give_pay(province, rows, pay)
        declare(province, insured)  # also where pay did not change
        apprentice(province, rows)


def insured_chance(province: "Province", rows: Ints, employer: Ints) -> NDArray[np.float64]:
    """Chance that newcomers are insured: the enterprise's share, wider for migrants (C13)."""
    w, e = province.workers, province.enterprises
    chance: NDArray[np.float64] = e["insured_share"][employer]
    wider = province.law["hiring"].migrant_coverage
    if wider == 0.0:
        return chance
    migrant = (w["rural"][rows] == 1) & (e["insures"][employer] == 1)
    return np.where(migrant, chance + wider * (1.0 - chance), chance)


def running(province: "Province") -> NDArray[np.bool_]:
    """Enterprises that run the apprenticeship programme this year: insured, aware, taking part."""
    e, law = province.enterprises, province.law
    knows = province.awareness.enterprises(APPRENTICESHIP, e, province.seed)
    at = moment(province.seed, f"{APPRENTICESHIP}.take_up", year_of(province.month))
    runs: NDArray[np.bool_] = uniforms_at(e["key"], at) < law["claiming"].apprentice_take_up
    runs &= knows & (e["insures"] == 1)
    return runs


def apprentice(province: "Province", rows: Ints) -> None:
    """Some newcomers to enterprises that run the programme become apprentices (C8)."""
    law = province.law
    if not law[APPRENTICESHIP].in_force:
        return
    w = province.workers
    draw = uniforms_at(w["key"][rows], moment(province.seed, "apprentice.begin", province.month))
    chosen = running(province)[w["enterprise"][rows]] & (draw < law["training"].apprentice_rate)
    begin_terms(province, rows[chosen])


def retrain(province: "Province") -> None:
    """Some of the staff whom such enterprises move to other work become apprentices (C8)."""
    law, w = province.law, province.workers
    rate = law["training"].transfer_rate
    if not law[APPRENTICESHIP].in_force or rate <= 0.0:
        return
    rates = np.where(running(province), rate, 0.0)
    at = moment(province.seed, "apprentice.transfer", province.month)
    rows = province.engine.tallies.near(w["key"], at, w["enterprise"], rates)
    begin_terms(province, rows[w["joined"][rows] < province.month])


def begin_terms(province: "Province", rows: Ints) -> None:
    """Begin apprenticeships of those below senior worker who are in no course."""
    w = province.workers
    free = (w["level"][rows] < 3) & (w["course"][rows] == 0) & (w["apprentice_since"][rows] == 0)
    begun = rows[free]
    w["apprentice_since"][begun] = province.month
    w["course"][begun] = w["level"][begun] + 1
    w["course_ends"][begun] = province.month + province.law["training"].apprentice_months
    w["sponsored"][begun] = 1
    province.counts.flow(province, "apprentices", begun)
    count_training(province, begun)
    note_upper(province, begun[w["course"][begun] >= Level.SENIOR.value])
