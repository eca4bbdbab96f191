"""Heading 6: titles and prizes by fixed numbers (C19, C21).

Numbers of winners are those of the province at every scale, and each prize is posted once. Winners
are persons of the run, drawn by a keyed priority; a sample that holds fewer who qualify leaves the
rest to winners outside it, so that the treasury pays the same at every scale.
"""

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import LEVELS, Status
from model.deciding import INSTRUMENTS
from model.draws import uniforms
from model.instruments.channels import AwardFacts, Channel, Instrument
from model.instruments.registry import instruments, on_channel, titles
from model.month.paying import eligibility, pay_fixed
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

PLACES = (1, 2, 3)
CONTESTS = "contest_prizes"  # held with the exams, under heading 5
NOBODY = np.zeros(0, np.int64)


def give(province: "Province") -> None:
    """Every instrument of the channel but contests, by name."""
    for one in sorted(on_channel(Channel.AWARD), key=lambda found: found.name):
        if one.name != CONTESTS and award(province, one.name):
            province.awarded = province.month


def award(province: "Province", name: str, among: Ints | None = None) -> dict[int, Ints]:
    """Draw and pay the winners of an instrument this month; winners by title, in order of places.

    Args:
        province: the province.
        name: the instrument.
        among: rows of those who may win; by default everybody certified and in a post.
    """
    if not due(province, name):
        return {}
    found, p = instruments()[name], province.law[name]
    if among is None:
        among = candidates(province)
    given: dict[int, Ints] = {}
    for title in found.titles or ():
        places = places_of(found, title, province.month, p)
        if len(places) == 0:
            continue
        drawn = draw(province, found, title, among, len(places))
        hand_out(province, found, title, drawn, places)
        among = without(among, drawn)  # nobody wins two titles of one instrument at once
        given[int(title)] = drawn
    return given


def due(province: "Province", name: str) -> bool:
    """Whether an instrument gives any title this month."""
    found, p = instruments()[name], province.law[name]
    if not p.in_force or found.titles is None:
        return False
    return any(len(places_of(found, title, province.month, p)) for title in found.titles)


def candidates(province: "Province") -> Ints:
    """Rows of workers in a post who hold a certificate."""
    w = province.workers
    return np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] > 0))


def places_of(found: Instrument, title: IntEnum, month: int, p: Any) -> Ints:
    """Places of all prizes of a title this month: first, second, third of each contest in turn."""
    rule = found.figures["winners"]
    numbers = [rule(AwardFacts(month, int(title), place, 0, 1, 0), p) for place in PLACES]
    turns = range(max(numbers))
    every = [place for k in turns for place, n in zip(PLACES, numbers, strict=True) if k < n]
    return np.array(every, np.int64)


def bit_of(found: Instrument, title: IntEnum) -> int:
    """Place of a title in the mask ``honours``."""
    return [(one, code) for one, code, _ in titles()].index((found.name, int(title)))


def is_held(province: "Province", found: Instrument, title: IntEnum, rows: Ints) -> Ints:
    """1 for those who hold a title: for good, or while its term lasts."""
    w = province.workers
    if hasattr(province.law[found.name], "term_years"):
        return (w["chief_until"][rows] >= province.month).astype(np.int64)
    held: Ints = (w["honours"][rows] >> bit_of(found, title) & 1).astype(np.int64)
    return held


def draw(
    province: "Province",
    found: Instrument,
    title: IntEnum,
    among: Ints,
    number: int,
    purpose: str = "drawn",
) -> Ints:
    """At most so many of ``among`` who may win, in the order of a keyed draw over their weight."""
    if number == 0 or len(among) == 0:
        return NOBODY
    w = province.workers
    level = w["level"][among].astype(np.int64)
    may_win = chances(province, found, title)
    weight = may_win[level, is_held(province, found, title, among)]
    kept = np.flatnonzero(weight > 0)
    rows, weight = among[kept], weight[kept]
    what = f"{found.name}.{title.name.lower()}.{purpose}"
    luck = uniforms(w["key"][rows], province.seed, what, province.month)
    total = float(weight.sum())
    winners: Ints = rows[first(luck / weight, w["id"][rows], number, total)]
    return winners


def chances(province: "Province", found: Instrument, title: IntEnum) -> NDArray[np.float64]:
    """Relative chance of winning by level and by whether the title is held; 0 where refused."""
    levels, held = (one.ravel() for one in np.indices((len(LEVELS), 2)))
    facts = {
        "month": province.month,
        "event": int(title),
        "place": 1,
        "level": levels,
        "employed": 1,
        "held": held,
    }
    anybody = np.zeros(len(levels), np.int64)  # every fact is given
    reasons = eligibility(province, found.name, anybody, facts)
    weights = weights_of(found, title, province.month, province.law[found.name])
    chance: NDArray[np.float64] = np.where(reasons == 0, weights[levels], 0.0).reshape(-1, 2)
    return chance


def without(among: Ints, some: Ints) -> Ints:
    """Rows in ascending order but for some, who need not all be among them."""
    if len(some) == 0:
        return among
    at = np.searchsorted(among, np.sort(some, kind="stable"))
    at = at[at < len(among)]
    return np.delete(among, at[np.isin(among[at], some)])


def first(priority: NDArray[np.float64], identity: Any, number: int, total: float) -> Ints:
    """Positions of the lowest priorities in order, at most ``number``; ties by identity.

    ``total`` is the sum of weights: only those below a bound that about twice as many reach are
    sorted, and everybody where fewer do.
    """
    near = np.flatnonzero(priority * total <= 2 * number + 50)
    if len(near) < number:
        near = np.arange(len(priority))
    ranked: Ints = near[np.lexsort((identity[near], priority[near]))]
    return ranked[:number]


def weights_of(found: Instrument, title: IntEnum, month: int, p: Any) -> NDArray[np.float64]:
    """Relative chance of winning by level; the same for all where an instrument names none."""
    rule = found.figures.get("weight")
    if rule is None:
        return np.ones(len(LEVELS))
    facts = AwardFacts(month, int(title), 1, 0, 1, 0)
    weights = [rule(facts._replace(level=level), p) for level in range(len(LEVELS))]
    return np.array(weights, np.float64)


def hand_out(
    province: "Province", found: Instrument, title: IntEnum, drawn: Ints, places: Ints
) -> None:
    """Pay each place, and note the title of those whom the treasury could pay."""
    w, name = province.workers, found.name
    named = len(drawn)
    rows = np.r_[drawn, np.zeros(len(places) - named, np.int64)]  # nobody's own facts are read
    fen = province.ask_rows(
        INSTRUMENTS[f"{name}_amount"],
        rows,
        month=province.month,
        event=int(title),
        place=places,
        level=np.where(np.arange(len(rows)) < named, w["level"][rows], 0),
        employed=1,
        held=0,
    ).of["event"]
    paid = np.zeros(len(rows), np.bool_)
    for k, row in enumerate(rows.tolist()):
        where = (-1, -1, -1)
        if k < named:
            where = (int(w["region"][row]), int(w["branch"][row]), int(w["level"][row]))
        paid[k] = pay_fixed(province, name, int(fen[k]), where)
    outside = fen[named:][paid[named:]]
    province.counts.awarded(province, name, len(outside), int(outside.sum()))
    honoured = drawn[paid[:named]]
    province.counts.paid(province, name, honoured, fen[:named][paid[:named]])
    province.counts.placed(province, (name, int(title)), honoured, places[:named][paid[:named]])
    w["honours"][honoured] |= 1 << bit_of(found, title)
    years = getattr(province.law[name], "term_years", 0)
    if years:
        w["chief_until"][honoured] = province.month + 12 * years - 1
