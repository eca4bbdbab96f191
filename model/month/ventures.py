"""Heading 6: people without a post who start a business (C22, C27)."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Status
from model.deciding import START_BUSINESS, THINK_OF_BUSINESS
from model.draws import moment, uniforms_at
from model.instruments.channels import Channel, VentureFacts
from model.instruments.registry import on_channel
from model.month.files import opened
from model.month.lives import move
from model.month.membership import jobless_group
from model.month.paying import amounts, ask_instrument, chosen, eligibility, pay_workers
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province


def start(province: "Province") -> None:
    """Businesses close, begin by themselves or for the money, and are paid for."""
    open_still = close(province)
    begin_by_themselves(province)
    begin_for_money(province)
    settle(province, open_still)


def in_force(province: "Province") -> list[tuple[int, str]]:
    """Slot and name of the instruments of the channel that are in force."""
    found = enumerate(one.name for one in on_channel(Channel.VENTURE))
    return [(slot, name) for slot, name in found if province.law[name].in_force]


def close(province: "Province") -> Ints:
    """A business ends with informal work, its file with the last month of a claim.

    Returns rows of the businesses whose file stays open.
    """
    w = province.workers
    rows = province.files.ventures
    age = province.month - w["venture_since"][rows].astype(np.int64)
    gone = (w["status"][rows] != Status.INFORMAL) | (age > province.law["ventures"].file_months)
    ended = rows[gone]
    left: Ints = rows[~gone]
    for name in ("venture_since", "venture_group", "venture_loan", "venture_received"):
        w[name][ended] = 0
    province.files.ventures = left
    return left


def begin_by_themselves(province: "Province") -> None:
    """Some of those who turned to informal work this month run a business of their own."""
    w = province.workers
    rows = province.engine.tallies.between(w["status_since"], province.month, province.month)
    rows = rows[w["status"][rows] == Status.INFORMAL.value]
    rows = rows[w["venture_since"][rows] == 0]
    at = moment(province.seed, "ventures.business", province.month)
    share = province.law["ventures"].business_share
    rows = rows[uniforms_at(w["key"][rows], at) < share]
    open_files(province, rows, jobless_group(province, rows))


def begin_for_money(province: "Province") -> None:
    """Unemployed who think of a business and start it for what they expect to be paid."""
    if not in_force(province):
        return
    w = province.workers
    rows = province.ask(THINK_OF_BUSINESS).rows
    rows = rows[(w["public_course"][rows] == 0) | (w["public_ends"][rows] < province.month)]
    group = jobless_group(province, rows)
    expected = expected_money(province, rows, group)
    begins = province.ask_rows(START_BUSINESS, rows, expected=expected).of["event"] == 1
    new = rows[begins]
    province.counts.flow(province, "to_informal", new)
    province.counts.flow(province, "ventures_induced", new)
    move(province, new, Status.INFORMAL)
    open_files(province, new, group[begins])


def open_files(province: "Province", rows: Ints, group: Ints) -> None:
    """Note a business, the group of its owner and what was borrowed for it."""
    w = province.workers
    w["venture_since"][rows] = province.month
    w["venture_group"][rows] = group
    w["venture_loan"][rows] = loans(province, rows)
    province.files.ventures = opened(province.files.ventures, rows)
    province.counts.flow(province, "ventures", rows)


def loans(province: "Province", rows: Ints) -> Ints:
    """Fen borrowed for a business that begins this month; 0 for most."""
    p = province.law["ventures"]
    at = moment(province.seed, "ventures.loan", province.month)
    borrows = uniforms_at(province.workers["key"][rows], at) < p.loan_share
    return np.where(borrows, p.loan, 0).astype(np.int64)


def hard_to_employ(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Men and women from given ages on."""
    w = province.workers
    p = province.law["ventures"]
    limit = 12 * np.where(w["female"][rows] == 1, p.hard_age_women, p.hard_age_men)
    old: NDArray[np.bool_] = province.month - w["birth_month"][rows].astype(np.int64) >= limit
    return old


def venture_facts(province: "Province", rows: Ints, **known: Any) -> dict[str, Any]:
    """Facts of the VENTURE channel for people without a post."""
    return {
        **dict.fromkeys(VentureFacts._fields, 0),
        "month": province.month,
        "hard_to_employ": hard_to_employ(province, rows),
        "redeployed": province.workers["benefit_since"][rows] > 0,
        **known,
    }


def reached(province: "Province", name: str, rows: Ints) -> NDArray[np.bool_]:
    """Who knows of an instrument and lives where it is given: lasting draws."""
    keys = province.workers["key"][rows]
    draw = uniforms_at(keys, moment(province.seed, f"{name}.take_up"))
    knows = province.awareness.workers(name, keys, province.seed)
    found: NDArray[np.bool_] = knows & (draw < province.law[name].take_up)
    return found


def expected_money(province: "Province", rows: Ints, group: Ints) -> Ints:
    """Fen that the instruments would pay in the months reckoned with, for a business begun now."""
    total = np.zeros(len(rows), np.int64)
    borrowed = loans(province, rows)
    for _, name in in_force(province):
        able = np.flatnonzero(reached(province, name, rows))
        if len(able):
            total[able] += payments_ahead(province, name, rows[able], group[able], borrowed[able])
    return total


def payments_ahead(
    province: "Province", name: str, rows: Ints, group: Ints, borrowed: Ints
) -> Ints:
    """Fen that one instrument would pay in the months reckoned with.

    A payment is a fact for the months after it: all months that are left are asked about at once,
    and again after the first of them in which the instrument pays.
    """
    horizon = int(province.law["ventures"].horizon)
    total, received, reckoned = (np.zeros(len(rows), np.int64) for _ in range(3))
    left = np.arange(len(rows))
    while len(left):
        ahead = horizon - reckoned[left]
        who = np.repeat(left, ahead)
        since = reckoned[who] + 1 + np.arange(len(who)) - np.repeat(np.cumsum(ahead) - ahead, ahead)
        facts = venture_facts(
            province,
            rows[who],
            month=province.month + since,
            group=group[who],
            months_since=since,
            loan_fen=borrowed[who],
            received=received[who],
        )
        due = np.flatnonzero(eligibility(province, name, rows[who], facts) == 0)
        left, first = np.unique(who[due], return_index=True)
        pays = due[first]
        total[left] += amounts(province, name, rows[left], chosen(facts, pays))
        received[left] += 1
        reckoned[left] = since[pays]
    return total


def settle(province: "Province", rows: Ints) -> None:
    """Every instrument is asked about every business each month until its file closes.

    ``rows`` are the businesses begun before this month.
    """
    w = province.workers
    for slot, name in in_force(province):
        able = rows[reached(province, name, rows)]
        if len(able) == 0:
            continue
        since = w["venture_since"][able].astype(np.int64)
        facts = venture_facts(
            province,
            able,
            group=w["venture_group"][able],
            months_since=province.month - since,
            loan_fen=w["venture_loan"][able],
            received=w["venture_received"][able] >> (8 * slot) & 255,
        )
        reasons, fen = ask_instrument(province, name, able, facts)
        worth = np.flatnonzero((reasons == 0) & (fen > 0))
        due = able[worth]
        paid = due[pay_workers(province, name, due, fen[worth], w["venture_since"][due])]
        w["venture_received"][paid] += np.left_shift(np.int64(1), 8 * slot)
