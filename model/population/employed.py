"""The workers of establishments: one row each, in the order of their employers."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, Status
from model.draws import keys
from model.months import month, year_of
from model.population.establishments import PROVINCE, Establishments, worker_id
from model.population.fields import Columns
from model.population.inputs import CERTIFICATES, Inputs
from model.population.ladder import TECHNICIAN, Rungs
from model.population.persons import (
    Person,
    Tables,
    appointment,
    draw,
    insured_months,
    pay,
    person,
    step,
)
from model.population.traits import MILLIONTHS, Traits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BLOCK = 1 << 16
_GOLDEN = np.uint64(
    0x9E3779B97F4A7C15
)  # 2**64 over the golden ratio: the most even steps there are


class Employers(NamedTuple):
    """The establishments of a sample, with what their workers depend on."""

    id: Ints
    region: Ints
    branch: Ints
    staff: Ints
    first: Ints
    serial: Ints
    skilled: Floats
    technicians: Floats
    premium: Floats  # factor of pay
    insures: NDArray[np.uint8]
    teachers: Ints


def insured_shares(given: Inputs, houses: Establishments, traits: Traits) -> Floats:
    """Insured share of the staff of insuring establishments, by branch and level.

    Technicians are all insured, the certified a little more often than the others; the mean of
    the branch is kept.
    """
    staff = houses.staff * traits.insures
    size = len(BRANCHES)
    total = np.bincount(houses.branch, staff, size)
    certified = np.bincount(houses.branch, staff * traits.skilled, size) / total
    top = np.bincount(houses.branch, staff * traits.skilled * traits.technicians, size) / total
    within = traits.insured_within
    middle = np.minimum(1.0, within * given.values["insured_skilled_tilt"])
    shares = np.ones((size, len(CERTIFICATES)))
    shares[:, 0] = (within - top - (certified - top) * middle) / (1.0 - certified)
    shares[:, 1:TECHNICIAN] = middle[:, None]
    return shares


class Staff(NamedTuple):
    """What levels and insurance of the staff are drawn from."""

    rungs: Rungs
    insured: Floats


def fill(columns: Columns, t: Tables, employers: Employers, staff: Staff, rows: int) -> None:
    """Write the first ``rows`` rows of the columns: the workers of the employers in order."""
    columns["enterprise"][:rows] = np.repeat(np.arange(len(employers.id)), employers.staff)
    for low in range(0, rows, BLOCK):
        high = min(rows, low + BLOCK)
        found = _block(t, employers, staff, columns["enterprise"], low, high)
        for name, values in found.items():
            columns[name][low:high] = values


def _block(
    t: Tables,
    employers: Employers,
    staff: Staff,
    enterprise: NDArray[Any],
    low: int,
    high: int,
) -> Columns:
    employer = enterprise[low:high].astype(np.int64)
    position = np.arange(low, high) - employers.first[employer]
    identity = worker_id(employers.id[employer], position)
    branch, region = employers.branch[employer], employers.region[employer]
    level = levels(
        even(employers.serial[employer] + position),
        branch,
        employers.skilled[employer],
        employers.technicians[employer],
        staff.rungs,
    )
    who = person(t, keys(PROVINCE, identity), branch, region, level)
    appointed = appointment(t, who)
    joined = _joined(t, who)
    paid = pay(t, who, appointed, employers.premium[employer])
    values = t.given.values
    teacher = position < employers.teachers[employer]
    key_post = draw(who.luck, "key_post") < values["key_post_share"]
    return {
        **who.columns,
        "id": identity,
        "status": np.full(high - low, Status.EMPLOYED),
        "appointed": appointed,
        "joined": joined,
        "pay": paid,
        "previous_pay": paid * MILLIONTHS // round((1.0 + values["pay_revision"]) * MILLIONTHS),
        "pay_month": np.full(high - low, month(year_of(t.month), 1)),
        **_insurance(t, who, staff, employers.insures[employer] > 0, joined),
        "key_post": (appointed >= TECHNICIAN) & key_post,
        "teacher": teacher,
        "senior_title": teacher & (draw(who.luck, "senior_title") < values["senior_title_share"]),
        "status_since": joined,
    }


def even(serial: Ints) -> Floats:
    """Numbers in [0, 1) that fill it as evenly as can be, in whatever stretch of the sequence."""
    turned = (serial.astype(np.uint64) * _GOLDEN) >> np.uint64(11)
    return turned.astype(np.float64) * 2.0**-53


def levels(u: Floats, branch: Ints, skilled: Floats, technicians: Floats, rung: Rungs) -> Ints:
    """Level of each worker: the highest levels take the lowest draws."""
    top = skilled * technicians
    within = u / np.where(top > 0, top, 1.0)
    upper = TECHNICIAN + (within < rung.upper[branch])
    rest = np.maximum(skilled - top, 1e-300)
    within = (u - top) / rest
    shares = rung.lower[branch]
    lower = 1 + (within >= shares[:, 0]) + (within >= shares[:, 1])
    return np.where(u < top, upper, np.where(u < skilled, lower, 0)).astype(np.int64)


def _joined(t: Tables, who: Person) -> Ints:
    spell = t.lives.tenure[who.branch, step(draw(who.luck, "tenure"))]
    joined: Ints = t.month - np.minimum(spell, who.career)
    return joined


def _insurance(
    t: Tables, who: Person, staff: Staff, insures: NDArray[np.bool_], joined: Ints
) -> Columns:
    values = t.given.values
    insured = insures & (draw(who.luck, "insured") < staff.insured[who.branch, who.level])
    scheme = month(int(values["insurance_start"]), 1)
    none = np.where(insured, values["no_past_insured"], values["no_past_uninsured"])
    return {
        "insured": insured,
        "insured_months": insured_months(t, who, joined, none),
        "insured_since": np.where(insured, np.maximum(joined, scheme), 0),
    }
