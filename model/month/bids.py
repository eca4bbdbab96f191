"""Heading 4: what enterprises bid for those who look at an outside offer."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.deciding import PRICE_POST, WEIGH_BID
from model.instruments.channels import MILLION
from model.month.by_skill import pays_allowances
from model.month.hires import offered_less
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province


class Bids(NamedTuple):
    """One row a worker, one column a considered enterprise."""

    better: NDArray[np.bool_]  # the worker would come
    pay: Ints  # fen a month for which; own pay where not


def bids_for(province: "Province", rows: Ints, considered: Ints) -> Bids:
    """What each considered enterprise would pay employed workers, and whether they would come.

    ``considered`` holds rows of enterprises, -1 for none. An enterprise bids at most its own scale
    and ``hiring.poach_premium`` of it, less its part of what it owes the former employer (C9).
    """
    w, e = province.workers, province.enterprises
    most_ppm = np.full(considered.shape, MILLION + province.law["hiring"].poach_premium, np.int64)
    less = offered_less(province, rows, considered)
    if less is not None:
        most_ppm -= less
    better = np.zeros(considered.shape, np.bool_)
    pay = np.repeat(w["pay"][rows].astype(np.int64), considered.shape[1]).reshape(considered.shape)
    there = considered >= 0
    who = np.repeat(rows, there.sum(axis=1))
    house = considered[there]
    minimum = e["minimum"][house]
    most = province.ask_rows(
        PRICE_POST,
        who,
        scale=e["scale"][house],
        minimum=minimum,
        tilt=e["skill_tilt"][house],
        allowances=pays_allowances(province)[house],
        most_ppm=most_ppm[there],
    ).of["most"]
    answers = province.ask_rows(WEIGH_BID, who, most=most, minimum=minimum)
    better[there] = answers.of["event"] == 1
    pay[there] = answers.of["pay"]
    return Bids(better, pay)
