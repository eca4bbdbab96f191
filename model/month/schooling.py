"""Schools: where applicants go, who gets a seat, how seats and quality follow their use.

Seats are the province's; a sample of 1/n has 1/n of them. A school rations its own seats; seats
that stay free take applicants whom other schools turn away: those of the prefecture for courses
up to senior worker, those of the province for technicians, who are few and examined centrally.
Waiting times are therefore those of a prefecture and of the province. Who still waits for a course
up to senior worker may learn online (C15).
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import INSTITUTION_TYPES, REGIONS, Status
from model.deciding import ADJUST_SEATS
from model.draws import moment, uniforms_at
from model.instruments.channels import Channel, WorkCounted
from model.instruments.registry import on_channel
from model.markets.rationing import sorted_by
from model.markets.schools import Offers
from model.month.sums import Ints
from model.months import month_of_year
from model.rules.schools import PUBLIC_BASE
from model.rules.training import UPGRADE, supply_of_exams

if TYPE_CHECKING:
    from model.province import Province

BANDS = ("lower", "upper")  # courses up to senior worker, and those to technician and above
UPPER_FROM = 4  # first level of the upper band
LONGEST_WAIT = 24.0  # months beyond which nobody looks
TECHNICAL = tuple(INSTITUTION_TYPES.index(n) for n in ("technician_college", "technical_school"))
PROVINCE = len(REGIONS)  # where free seats of the upper band are shared; prefectures come before


def band_of(target: Ints) -> Ints:
    """0 for courses up to senior worker, 1 for those above."""
    return (target >= UPPER_FROM).astype(np.int64)


def choose_school(province: "Province", rows: Ints, band: Ints) -> Ints:
    """One school for each applicant: one of the prefecture, in proportion to seats of the band.

    Prefectures without seats of a band send their applicants elsewhere in the province.
    """
    w, j = province.workers, province.institutions
    at = moment(province.seed, "school.which", province.month)
    schools, seats = [], []
    for name in BANDS:
        room = (j[f"base_{name}"] * j["extension"])[:-1]
        offering = np.flatnonzero(room > 0)
        ends = np.cumsum(np.bincount(j["region"][offering], minlength=len(REGIONS)))[:-1]
        by_region = offering[np.argsort(j["region"][offering], kind="stable")]
        for near in np.split(by_region, ends):
            schools.append(near if len(near) else offering)
            seats.append(room[schools[-1]])
    first = np.cumsum([0, *(len(one) for one in schools)])
    offers = Offers(first, np.concatenate(schools), j["key"], np.concatenate(seats))
    place = band * len(REGIONS) + w["region"][rows]
    applicants = (w["key"][rows], place)
    return province.engine.tallies.race(applicants, offers, at, province.no_school)


def exam_supply(province: "Province") -> float:
    """Supply of exams of the month, less what the epidemic closes."""
    supply: float = supply_of_exams(province.law["training"])
    epidemic = province.law["epidemic_2020"]
    if epidemic.in_force:
        supply = supply * (1.0 - epidemic.seats_closed)
    return supply


def seats_offered(province: "Province") -> tuple[Ints, NDArray[np.float64]]:
    """Seats of this month and the capacity behind them, at ``2 * school + band``.

    The capacity of a sample is not whole; a keyed draw rounds it.
    """
    j = province.institutions
    supply = exam_supply(province)
    capacity = np.empty(2 * len(j["id"]), np.float64)
    seats = np.empty(2 * len(j["id"]), np.int64)
    for band, name in enumerate(BANDS):
        room = j[f"base_{name}"] * j["factor"] * j["extension"]
        exact = room * supply * j["reach"] / province.weight
        at = moment(province.seed, f"seats.{name}", province.month)
        capacity[band::2] = exact
        seats[band::2] = np.floor(exact + uniforms_at(j["key"], at)).astype(np.int64)
        j[f"seats_{name}"][:] = seats[band::2]
    return seats, capacity


def share_seats(province: "Province") -> Ints:
    """Give the month's seats to the sent, then to those who wait longest, ties by keyed draw.

    Some of those who still wait give up.

    Returns:
        Rows of those admitted.
    """
    w, j = province.workers, province.institutions
    open_year(province)
    queue = province.engine.tallies.between(w["course"], 1, UPGRADE)
    queue = queue[w["course_ends"][queue] == 0]
    band = band_of(w["course"][queue])
    seats, capacity = seats_offered(province)
    draw = uniforms_at(w["key"][queue], moment(province.seed, "seats.order", province.month))
    priority = (1 - w["sponsored"][queue], w["queued"][queue], draw, queue)
    line = sorted_by(priority) if len(queue) else queue
    group = w["school"][queue].astype(np.int64) * 2 + band
    applied = j["region"][w["school"][queue]]
    served = places_in_line(line, group) < seats[group]
    left = seats - np.bincount(group[served], minlength=len(seats))
    place_of_seat = np.repeat(j["region"].astype(np.int64), 2)
    place_of_seat[1::2] = PROVINCE
    left[-2:] = 0  # no seats outside schools
    place = place_of_seat[group]
    turn = uniforms_at(j["key"], moment(province.seed, "seats.free", province.month))
    in_turn = np.lexsort((np.repeat(j["id"], 2), np.repeat(turn, 2), place_of_seat))
    free = np.repeat(in_turn, left[in_turn])
    number = np.bincount(place_of_seat[free], minlength=PROVINCE + 1)
    first = np.cumsum(number) - number
    rank = places_in_line(line[~served[line]], place)
    moved = np.flatnonzero(~served & (rank < number[place]))
    w["school"][queue[moved]] = free[first[place[moved]] + rank[moved]] // 2
    served[moved] = True
    taught = queue[served]
    online = seat_online(province, queue, line[~served[line] & (band[line] == 0)])
    served[online] = True
    fresh = w["queued"][queue] == province.month
    applicants = np.bincount(applied[fresh], minlength=len(REGIONS))
    note_demand(province, applicants)
    note_waits(province, (place[~served], place_of_seat, capacity))
    province.counts.scalar("queue", province.month, int((~served).sum()))
    province.counts.scalar("admitted", province.month, int(served.sum()))
    province.counts.scalar("online", province.month, len(online))
    province.counts.scalar("seats", province.month, int(seats[:-2].sum()))
    note_trained(province, taught)
    give_up(province, queue[~served])
    admitted: Ints = queue[served]
    return admitted


def places_in_line(line: Ints, group: Ints) -> Ints:
    """Place of each member of a line within its group, from 0.

    ``line`` are positions in the order of the line, ``group`` the groups by position; 0 for who
    does not stand in the line.
    """
    by_group = line[np.argsort(group[line].astype(np.uint16), kind="stable")]
    size = np.bincount(group[line])
    place = np.zeros(len(group), np.int64)
    place[by_group] = np.arange(len(line)) - np.repeat(np.cumsum(size) - size, size)
    return place


def seat_online(province: "Province", queue: Ints, waiting: Ints) -> Ints:
    """Take those first in line, of those left without a seat, into courses online (C15).

    They need no room; the exam is that of the school at which they applied. ``waiting`` are places
    in ``queue`` in the order of the line; those returned are some of them.
    """
    law, w = province.law["accounts"], province.workers
    exact = law.online_seats / province.weight
    at = moment(province.seed, "seats.online", province.month)
    number = int(exact + uniforms_at(province.institutions["key"][-1:], at)[0])
    taken = waiting[:number]
    w["online"][queue[taken]] = 1
    return taken


def fees_of(province: "Province", rows: Ints) -> Ints:
    """Fees of the courses that given workers begin, fen; online courses have one price."""
    w, j = province.workers, province.institutions
    school = w["school"][rows]
    upper = band_of(w["course"][rows]) == 1
    in_class = np.where(upper, j["fee_upper"][school], j["fee_lower"][school]).astype(np.int64)
    fees: Ints = np.where(w["online"][rows] == 1, province.law["accounts"].online_fee, in_class)
    return fees


def quality_of(province: "Province", rows: Ints) -> NDArray[np.float64]:
    """Quality of the courses of given workers; an online course differs from the class."""
    w = province.workers
    quality: NDArray[np.float64] = province.institutions["quality"][w["school"][rows]]
    online = w["online"][rows] == 1
    return np.where(online, quality + province.law["accounts"].online_quality, quality)


def broken_off(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Which of given workers, whose exam is due, did not stay to the end of an online course."""
    w = province.workers
    ended: NDArray[np.bool_] = (w["online"][rows] == 1) & (w["attempts"][rows] == 0)
    online = np.flatnonzero(ended)
    at = moment(province.seed, "online.finish", province.month)
    draw = uniforms_at(w["key"][rows[online]], at)
    ended[online] = draw >= province.law["accounts"].online_completion
    return ended


def open_year(province: "Province") -> None:
    """In January this year's work of schools, and of enterprises with them, becomes last year's."""
    if month_of_year(province.month) != 1:
        return
    for columns, names in (
        (province.institutions, ("trained", "certificates")),
        (province.enterprises, ("sent",)),
    ):
        for name in names:
            columns[f"{name}_last_year"][:] = columns[f"{name}_this_year"]
            columns[f"{name}_this_year"][:] = 0


def work_counts(province: "Province", channel: Channel) -> bool:
    """Whether this month's work counts for what an instrument of the channel pays next year."""
    laws = [province.law[one.name] for one in on_channel(channel)]
    return any(p.in_force or p.work_counted == WorkCounted.WHOLE_YEAR for p in laws)


def note_trained(province: "Province", rows: Ints) -> None:
    """Courses begun at a school, and workers whom enterprises sent there, in months that count."""
    w, j, e = province.workers, province.institutions, province.enterprises
    if work_counts(province, Channel.INSTITUTION_YEAR):
        j["trained_this_year"] += np.bincount(w["school"][rows], minlength=len(j["id"]))
    if not work_counts(province, Channel.COOPERATION):
        return
    sent = rows[w["sponsored"][rows] == 1]
    e["sent_this_year"] += np.bincount(w["enterprise"][sent], minlength=len(e["id"]))


def note_certificates(province: "Province", rows: Ints) -> None:
    """Certificates gained by learners of a school, in months that count."""
    w, j = province.workers, province.institutions
    if not work_counts(province, Channel.INSTITUTION_YEAR):
        return
    j["certificates_this_year"] += np.bincount(w["school"][rows], minlength=len(j["id"]))


def note_demand(province: "Province", applicants: Ints) -> None:
    """Smooth this month's applicants of each prefecture; a school's part is that of its seats."""
    j = province.institutions
    region = j["region"].astype(np.int64)
    base = np.bincount(region, weights=j["base_seats"], minlength=len(REGIONS))
    part = j["base_seats"] / np.maximum(1.0, base)[region]
    memory = province.law["accounts"].demand_memory
    j["demand"] += memory * (
        part * applicants[region] * province.weight / np.maximum(j["reach"], 1e-9) - j["demand"]
    )


def note_waits(province: "Province", places: tuple[Ints, Ints, NDArray[np.float64]]) -> None:
    """Months a newcomer would wait: those left waiting over the capacity of the place.

    ``places`` holds the place of each who waits, that of each seat group, and the capacity of each
    seat group.
    """
    waits_at, place_of_seat, capacity = places
    j = province.institutions
    waiting = np.bincount(waits_at, minlength=PROVINCE + 1)
    room = np.bincount(place_of_seat, weights=capacity, minlength=PROVINCE + 1)
    longest = np.where(waiting > 0, LONGEST_WAIT, 0.0)
    months = np.minimum(LONGEST_WAIT, np.divide(waiting, room, out=longest, where=room > 0.0))
    j["wait_lower"][:] = months[j["region"]]
    j["wait_upper"][:] = months[PROVINCE]


def give_up(province: "Province", waiting: Ints) -> None:
    """Some of those who wait for a seat give up."""
    w = province.workers
    draw = uniforms_at(w["key"][waiting], moment(province.seed, "queue.leave", province.month))
    end_courses(province, waiting[draw < province.law["training"].queue_leave])


def end_courses(province: "Province", rows: Ints) -> None:
    """Courses and waiting that are over, with a certificate or without."""
    w = province.workers
    for name in ("course", "course_ends", "queued", "attempts", "sponsored", "online"):
        w[name][rows] = 0
    w["school"][rows] = province.no_school


def adjust_schools(province: "Province") -> None:
    """Seats and quality of schools follow their use; enrolment grows; teachers gain titles."""
    j = province.institutions
    extend_schools(province)
    title_teachers(province)
    answers = province.ask(ADJUST_SEATS, supply=supply_of_exams(province.law["training"]))
    j["factor"][answers.rows] = answers.of["factor"]
    j["quality"][answers.rows] = answers.of["quality"]
    rows = province.engine.tallies.between(province.workers["course"], 1, UPGRADE)
    employed = province.workers["status"][rows] == Status.EMPLOYED.value
    province.counts.scalar("in_training", province.month, int(employed.sum()))


def extend_schools(province: "Province") -> None:
    """Seats that technical schools add (C6), and those at public bases that results buy (C7)."""
    j, law = province.institutions, province.law["accounts"]
    if law.enrolment_growth > 0.0:
        j["extension"][np.isin(j["type"][:-1], TECHNICAL).nonzero()] += law.enrolment_growth / 12.0
    public = np.flatnonzero(j["type"][:-1] == PUBLIC_BASE)
    seats = int(j["base_seats"][public].sum())
    if seats > 0:
        j["extension"][public] = 1.0 + law.public_base_seats / seats


def title_teachers(province: "Province") -> None:
    """In January some teachers of enterprise-run schools gain a senior title (C11)."""
    share = province.law["accounts"].teachers_titled
    if month_of_year(province.month) != 1 or share <= 0.0:
        return
    w = province.workers
    rows = np.flatnonzero(w["teacher"] == 1)
    rows = rows[(w["status"][rows] == Status.EMPLOYED) & (w["senior_title"][rows] == 0)]
    draw = uniforms_at(w["key"][rows], moment(province.seed, "teachers.titled", province.month))
    w["senior_title"][rows[draw < share]] = 1
