"""Heading 6: each December, training bought with pooled funds, and donations (C26).

What enterprises claim or owe once a year is asked by rank in ``enterprise_years.py``.
"""

from typing import TYPE_CHECKING

import numpy as np

from model.codes import Status
from model.draws import moment, uniforms_at
from model.ledger import Account, Flow
from model.month.climbing import count_training
from model.months import month_of_year
from model.state import drawn_column

if TYPE_CHECKING:
    from model.province import Province

POOLING, DONATIONS = "fund_pooling", "training_donations"
COURSES = Flow(POOLING, "C26", Account.POOLED_EDUCATION_FUND, Account.INSTITUTIONS)
GIVEN = Flow(DONATIONS, "C26", Account.OUTSIDE, Account.INSTITUTIONS)
NOWHERE = (-1, -1, -1)


def settle(province: "Province") -> None:
    """In December the pooled money buys courses and the year's donations are booked."""
    if month_of_year(province.month) != 12:
        return
    if province.law[POOLING].in_force:
        train_from_pool(province)
    p = province.law[DONATIONS]
    if p.in_force and p.given_per_year:
        province.ledger.post(province.month, GIVEN, NOWHERE, 1, int(p.given_per_year), weight=1)


def train_from_pool(province: "Province") -> None:
    """C26: short courses for staff of the enterprises whose funds are pooled, while money lasts.

    One course each at the price of a short course, by keyed draw; what is left waits for the next
    year.
    """
    w, e = province.workers, province.enterprises
    pooled = e[drawn_column(POOLING)] > 0
    rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & pooled[w["enterprise"]])
    price = int(province.law["plans"].short_course_cost)
    places = province.ledger.available(Account.POOLED_EDUCATION_FUND) // price
    draw = uniforms_at(w["key"][rows], moment(province.seed, "fund_pooling.who", province.month))
    taught = rows[np.lexsort((w["id"][rows], draw))[:places]]
    count_training(province, taught)
    where = (w["region"][taught], w["branch"][taught], w["level"][taught])
    fen = np.full(len(taught), price, np.int64)
    province.ledger.post_all(province.month, COURSES, where, fen)
