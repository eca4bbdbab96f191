"""Heading 6: grants by performance to institutions, cooperation costs of enterprises (C25, C6)."""

from typing import TYPE_CHECKING, Any

import numpy as np

from model.deciding import INSTRUMENTS
from model.draws import moment, uniforms_at
from model.instruments.channels import FACTS, Channel, WorkCounted
from model.instruments.registry import instruments, on_channel
from model.month.paying import ask_instrument, pay_fixed, pay_to_enterprises
from model.month.sums import Ints
from model.months import month_of_year

if TYPE_CHECKING:
    from model.province import Province


def settle(province: "Province") -> None:
    """Every instrument of the two channels in its month."""
    month = month_of_year(province.month)
    for one in on_channel(Channel.INSTITUTION_YEAR):
        p = province.law[one.name]
        if p.in_force and p.claim_month == month:
            share_pool(province, one.name)
    for one in on_channel(Channel.COOPERATION):
        p = province.law[one.name]
        if p.in_force and p.claim_month == month:
            compensate(province, one.name)


def share_pool(province: "Province", name: str) -> None:
    """A pool shared by last year's results, to the fen: largest fractions first, then lower ids.

    Of a year in which the instrument was not in force from the start, the months that count give
    the pool and the results (``schooling.note_trained``).
    The pool is the province's at every scale; a sample's results have the same proportions.
    """
    j, p = province.institutions, province.law[name]
    rows = np.flatnonzero(j["exists"] == 1)
    work = {n: j[f"{n}_last_year"][rows] * province.weight for n in ("trained", "certificates")}
    facts: dict[str, Any] = {
        "month": province.month,
        **work,
        **{f"all_{n}": int(values.sum()) for n, values in work.items()},
        "months": months_counted(province, name),
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    rows = rows[reasons == 0]
    if len(rows) == 0:
        return
    facts = {n: v[reasons == 0] if isinstance(v, np.ndarray) else v for n, v in facts.items()}
    fen = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    pool = int(p.pool * facts["months"] // 12)
    fen += odd_fen(fen, pool, remainders(name, facts, p), j["id"][rows])
    for row, part in zip(rows.tolist(), fen.tolist(), strict=True):
        pay_fixed(province, name, part, (int(j["region"][row]), -1, -1))


def months_counted(province: "Province", name: str) -> int:
    """Months of last year whose work counts under an instrument."""
    if province.law[name].work_counted == WorkCounted.WHOLE_YEAR:
        return 12
    january = province.month - month_of_year(province.month) + 1 - 12
    return sum(province.policy.at(m)[name].in_force for m in range(january, january + 12))


def remainders(name: str, facts: dict[str, Any], p: Any) -> list[int]:
    """What rounding down to the fen cuts off each part, in parts of all results."""
    of, kind = instruments()[name].figures, FACTS[Channel.INSTITUTION_YEAR]
    found = []
    for values in zip(*(np.broadcast_to(v, len(facts["trained"])).tolist() for v in facts.values()),
                      strict=True):  # fmt: skip
        one = kind(*values)
        found.append(
            of["pool_fen"](one, p) * of["results"](one, p) % max(1, of["all_results"](one, p))
        )
    return found


def odd_fen(fen: Ints, pool: int, cut_off: list[int], ids: Ints) -> Ints:
    """One fen more for the largest remainders, as many as rounding down left of the pool."""
    more = np.zeros(len(fen), np.int64)
    spare = pool - int(fen.sum())
    if 0 < spare < len(fen):
        order = np.lexsort((ids, -np.array(cut_off, np.int64)))
        more[order[:spare]] = 1
    return more


def compensate(province: "Province", name: str) -> None:
    """Enterprises that know of it, have an agreement with a school and ask."""
    e, p = province.enterprises, province.law[name]
    asks = uniforms_at(e["key"], moment(province.seed, f"{name}.take_up")) < p.take_up
    asks &= (e["exists"] == 1) & province.awareness.enterprises(name, e, province.seed)
    rows = np.flatnonzero(asks)
    facts = {
        "month": province.month,
        "cooperates": 1,
        "trainees": e["sent_last_year"][rows],
        "paid_this_year": 0,
    }
    reasons, fen = ask_instrument(province, name, rows, facts)
    fine = (reasons == 0) & (fen > 0)
    pay_to_enterprises(province, name, rows[fine], fen[fine])
