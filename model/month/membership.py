"""Who belongs to which key group of the training plan (C9, C13, C25)."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, Group, Status
from model.draws import moment, uniforms_at
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

COLLEGE = 2
OVER_CAPACITY = np.array([branch.sector == "coal" for branch in BRANCHES])  # by branch


def registered(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Who registers when out of work: those on benefit, and others by a lasting draw."""
    w = province.workers
    share = province.law["groups"].registered_share
    draw = uniforms_at(w["key"][rows], moment(province.seed, "groups.registered"))
    drawing = (w["registered"][rows] == 1) | (w["benefit_since"][rows] > 0)
    found: NDArray[np.bool_] = drawing | (draw < share)
    return found


def leavers(province: "Province", rows: Ints) -> Ints:
    """Graduates and school leavers of the last months; 0 for all others."""
    w = province.workers
    since = province.month - w["entry_month"][rows].astype(np.int64)
    late = (w["entry_month"][rows] > 0) & (since <= province.law["groups"].leaver_months)
    kind = np.where(w["schooling"][rows] == COLLEGE, Group.GRADUATE, Group.SCHOOL_LEAVER)
    return np.where(late, kind, 0).astype(np.int64)


def jobless_group(province: "Province", rows: Ints) -> Ints:
    """Group of people seeking a post: over-capacity staff, leavers, registered, rural; 0 none."""
    w = province.workers
    if len(rows) == 0:
        return np.zeros(0, np.int64)
    rural = np.where(w["rural"][rows] == 1, Group.RURAL_TRANSFEREE, 0)
    found = np.where(registered(province, rows), Group.REGISTERED_UNEMPLOYED, rural)
    if province.law["group_training_subsidy"].covers_others == 1:
        found[transferred(province, rows)] = Group.TRANSFERRED
    young = leavers(province, rows)
    return np.where(young > 0, young, found).astype(np.int64)


def transferred(province: "Province", rows: Ints) -> NDArray[np.bool_]:
    """Those dismissed of late by a branch that closes over-capacity."""
    w = province.workers
    since = province.month - w["status_since"][rows].astype(np.int64)
    late = since <= province.law["groups"].transferred_months
    dismissed = late & (w["benefit_since"][rows] > 0)
    found: NDArray[np.bool_] = dismissed & OVER_CAPACITY[w["branch"][rows]]
    return found


def group_of(province: "Province", rows: Ints) -> Ints:
    """Group of anybody now; 0 for staff of enterprises and others in no key group.

    Newcomers to a post keep for some months the group in which they sought it; staff with rural
    registration count as rural transferees.
    """
    w = province.workers
    status = w["status"][rows]
    employed = status == Status.EMPLOYED
    came = employed & (w["status_since"][rows] >= province.start)
    since = province.month - w["status_since"][rows].astype(np.int64)
    came &= since <= province.law["groups"].newcomer_months
    here = (w["rural"][rows] == 1) & (employed | (status == Status.INFORMAL))
    found = np.where(here, Group.RURAL_TRANSFEREE, 0).astype(np.int64)
    seeking = np.flatnonzero((status == Status.UNEMPLOYED) | came)
    group = jobless_group(province, rows[seeking])
    found[seeking] = np.where(group > 0, group, found[seeking])
    return found
