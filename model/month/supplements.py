"""Heading 6: what able enterprises pay for workers beyond pay, month by month (C12)."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.codes import Level, Status
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION, Channel
from model.instruments.registry import on_channel
from model.month.files import nobody
from model.month.paying import ask_instrument, pay_workers
from model.month.sums import Ints, sum_by

if TYPE_CHECKING:
    from model.province import Province


def settle(province: "Province") -> None:
    """Every instrument of the channel; whom one pays for is covered until the next month."""
    w = province.workers
    paid = [
        pay_for(province, one.name)
        for one in on_channel(Channel.SUPPLEMENT)
        if province.law[one.name].in_force
    ]
    w["covered"][province.files.covered] = 0
    province.files.covered = np.unique(np.concatenate(paid)) if paid else nobody()
    w["covered"][province.files.covered] = 1


def pay_for(province: "Province", name: str) -> Ints:
    """Pay for senior technicians of the enterprises that provide; returns for whom."""
    w = province.workers
    provides = providing(province, name)
    senior = w["level"] >= Level.SENIOR_TECHNICIAN.value
    senior &= w["status"] == Status.EMPLOYED.value
    able: Ints = np.flatnonzero(senior)
    able = able[provides[w["enterprise"][able]]]
    if len(able) == 0:
        return able
    _, fen = ask_instrument(province, name, able, facts_of(province, able))
    due = fen > 0
    rows, fen = able[due], fen[due]
    paid: Ints = rows[pay_workers(province, name, rows, fen, np.zeros(len(rows), np.int64))]
    return paid


def providing(province: "Province", name: str) -> NDArray[np.bool_]:
    """Enterprises that know of an instrument and set it up: a lasting draw."""
    e = province.enterprises
    draw = uniforms_at(e["key"], moment(province.seed, f"{name}.take_up"))
    provides: NDArray[np.bool_] = draw < province.law[name].take_up / MILLION
    return provides & province.awareness.enterprises(name, e, province.seed)


def facts_of(province: "Province", rows: Ints) -> dict[str, Any]:
    """Facts of the SUPPLEMENT channel for senior technicians in enterprises that provide."""
    w, e = province.workers, province.enterprises
    employer = w["enterprise"][rows]
    pay = w["pay"][rows].astype(np.int64)
    distressed = (e["distress"] >= province.law["plans"].distress_end) | (e["cut_since"] > 0)
    number = len(e["id"])
    covered = sum_by(employer, pay, number)
    payroll = np.maximum(e["payroll"], covered)  # staff and pay of the month's start, and joiners
    return {
        "month": province.month,
        "level": w["level"][rows],
        "insured": w["insured"][rows],
        "paid_up": e["paid_up"][employer],
        "distressed": distressed[employer],
        "pay": pay,
        "covered_pay": covered[employer],
        "payroll": payroll[employer],
    }
