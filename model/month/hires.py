"""Heading 4, last part: money that passes when somebody joins an enterprise (C9)."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import Level
from model.draws import key, moment, uniform, uniforms_at
from model.instruments.channels import MILLION, Channel, Instrument
from model.instruments.registry import on_channel
from model.instruments.talent_hire_grant import AWARD, STUDIO
from model.ledger import Account
from model.month.paying import ask_instrument, pay, pay_fixed
from model.month.sums import Ints
from model.months import month_of_year, year_of

if TYPE_CHECKING:
    from model.parameters.hiring import Params
    from model.province import Province

YEAR = 12


class Newcomers(NamedTuple):
    """Those hired away from another enterprise this month, and what they left.

    ``former`` is the row of the enterprise left, ``months_there`` the months in it, ``pay`` fen a
    month there by contract.
    """

    rows: Ints
    former: Ints
    months_there: Ints
    pay: Ints


def those_who_leave(province: "Province", rows: Ints) -> Newcomers:
    """What the employed leave behind, written down before they join another enterprise."""
    w = province.workers
    return Newcomers(
        rows,
        w["enterprise"][rows].astype(np.int64),
        (province.month - w["joined"][rows]).astype(np.int64),
        w["pay"][rows].astype(np.int64),
    )


def facts_of(province: "Province", who: Newcomers) -> dict[str, Any]:
    """Facts of the HIRE channel for people hired away; none of them is a national winner."""
    w = province.workers
    return {
        "month": province.month,
        "level": w["level"][who.rows],
        "poached": 1,
        "months_there": who.months_there,
        "months_since": (province.month - w["certificate_month"][who.rows]).astype(np.int64),
        "old_pay_fen": who.pay,
        "above_scale": 0,
        "full_time": 1,
        "honours": 0,
        "received": 0,
    }


def complies(province: "Province", one: Instrument) -> NDArray[np.bool_]:
    """Enterprises that know of an instrument of the channel and use it this year."""
    e = province.enterprises
    at = moment(province.seed, f"{one.name}.take_up", year_of(province.month))
    asks: NDArray[np.bool_] = uniforms_at(e["key"], at) < province.law[one.name].take_up / MILLION
    return asks & province.awareness.enterprises(one.name, e, province.seed)


def offered_less(
    province: "Province", rows: Ints, sets: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """By how many millionths of pay each considered enterprise offers less to each of the employed.

    An enterprise that pays a former employer takes part of it off the pay it offers, spread over
    the months for which it expects the worker (C9). None where nobody offers less.
    """
    p = province.law["hiring"]
    less = None
    for one in on_channel(Channel.HIRE):
        law = province.law[one.name]
        if not law.in_force or law.take_up == 0 or p.compensation_weight == 0:
            continue
        if one.accounts(law)[0] != Account.ENTERPRISES:
            continue
        who = those_who_leave(province, rows)
        _, fen = ask_instrument(province, one.name, rows, facts_of(province, who))
        part = fen * p.compensation_weight // np.maximum(1, who.pay * p.compensation_months)
        found = np.where(complies(province, one)[np.maximum(sets, 0)], part[:, None], 0)
        less = found if less is None else less + found
    return None if less is None else np.minimum(less, p.poach_premium)


def settle(province: "Province") -> None:
    """Every instrument of the channel, for those hired away and for honoured hires."""
    for one in on_channel(Channel.HIRE):
        if province.law[one.name].in_force:
            pay_for_newcomers(province, one)
            pay_for_honoured(province, one)
    province.newcomers = None


def pay_for_newcomers(province: "Province", one: Instrument) -> None:
    """Enterprises that comply pay, or are paid, for those they hired away from others.

    The posting names place and branch of the enterprise left.
    """
    w, e, who = province.workers, province.enterprises, province.newcomers
    if who is None or len(who.rows) == 0:
        return
    _, fen = ask_instrument(province, one.name, who.rows, facts_of(province, who))
    due = np.flatnonzero((fen > 0) & complies(province, one)[w["enterprise"][who.rows]])
    rows, fen, former = who.rows[due], fen[due], who.former[due]
    order = (np.zeros(len(rows), np.int64), w["id"][rows])
    where = (e["region"][former], e["branch"][former], w["level"][rows])
    paid = pay(province, one.name, fen, order, where)
    province.counts.paid(province, one.name, rows[paid], fen[paid])


def honoured_this_month(province: "Province") -> list[tuple[int, int]]:
    """Hires of national winners from outside the province: number in the year, and honours.

    A fixed number a year, the same at every scale; the month of each is drawn.
    """
    p: Params = province.law["hiring"]
    year, found = year_of(province.month), []
    for kind, number in ((AWARD, p.award_hires), (STUDIO, p.studio_hires)):
        at = moment(province.seed, "hiring.honoured_month", year, kind)
        for place in range(number):
            if int(uniform(key(province.seed, place), at) * YEAR) + 1 == month_of_year(
                province.month
            ):
                found.append((place, kind))
    return found


def pay_for_honoured(province: "Province", one: Instrument) -> None:
    """An instrument asked about the honoured hires of the month, posted at weight 1."""
    anybody = np.zeros(1, np.int64)  # every fact is given; they are no residents of the model
    for place, kind in honoured_this_month(province):
        facts = {
            "month": province.month,
            "level": int(Level.SENIOR_TECHNICIAN),
            "poached": 0,
            "months_there": 0,
            "months_since": 0,
            "old_pay_fen": 0,
            "above_scale": 1,
            "full_time": 1,
            "honours": kind,
            "received": 0,
        }
        _, fen = ask_instrument(province, one.name, anybody, facts)
        at = moment(province.seed, f"{one.name}.honoured", province.month, kind)
        granted = uniform(key(province.seed, place), at) < province.law[one.name].take_up / MILLION
        if granted and fen[0] > 0:
            pay_fixed(province, one.name, int(fen[0]))
