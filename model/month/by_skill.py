"""Pay by skill (C19, C27): who gets an allowance, who is chief technician, what a level brings.

Which enterprises pay allowances, and who is chief technician, are lasting draws against the share
in force, looked up when pay is revised: a changed share moves only those between old and new.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import Level
from model.draws import moment, uniforms_at
from model.month.sums import Ints
from model.rules.pay import allowance_of, chief_step, skill_pay, step_of

if TYPE_CHECKING:
    from model.province import Province

GRADES = range(8)


def pays_allowances(province: "Province") -> NDArray[np.int64]:
    """1 for enterprises that pay skill allowances (C19)."""
    share = province.law["pay"].allowance_take_up
    draw = uniforms_at(province.enterprises["key"], moment(province.seed, "pay.allowances"))
    paying: Ints = (draw < share).astype(np.int64)
    return paying


def chief_technicians(province: "Province", rows: Ints) -> NDArray[np.int64]:
    """1 for chief technicians of their enterprise, appointed senior technicians at least (C19)."""
    w = province.workers
    share = province.law["pay"].chief_share
    draw = uniforms_at(w["key"][rows], moment(province.seed, "pay.chief"))
    senior = w["appointed"][rows] >= Level.SENIOR_TECHNICIAN
    chief: Ints = (senior & (draw < share)).astype(np.int64)
    return chief


def gain_of_next(province: "Province", rows: Ints) -> NDArray[np.float64]:
    """Log pay that given workers expect of the next level where they are employed.

    The step of the grade, the allowance where the enterprise pays one, the tilt of bargaining, and
    from senior technician the chance of becoming chief technician.
    """
    w, p = province.workers, province.law["pay"]
    employer = w["enterprise"][rows]
    level = w["level"][rows].astype(np.int64)
    steps = np.array([step_of(g, p) + p.chief_share * chief_step(g, p) for g in GRADES])
    allowances = np.array([allowance_of(grade, p) for grade in GRADES])
    tilted = np.array([skill_pay(grade, 0, 0, 1.0, p) for grade in GRADES])
    paying = pays_allowances(province)[employer] == 1
    gain: NDArray[np.float64] = steps[level + 1] - steps[level]
    gain += np.where(paying, allowances[level + 1] - allowances[level], 0.0)
    gain += (tilted[level + 1] - tilted[level]) * province.enterprises["skill_tilt"][employer]
    return gain
