"""Compiled loops of the ladder: arrays cross a function's border once for each block."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from benchmarks.ladder.luck import CHOOSING, EXAM, FINDING, LEAVING, STEP, TRAINING, WAGE
from benchmarks.ladder.rules import (
    RULED_OUT,
    WorkFacts,
    choose,
    finds,
    first_wage,
    train_probability,
    work,
)
from benchmarks.ladder.spec import (
    BASE,
    CERTIFICATES,
    EMPLOYED,
    ENTRY,
    HORIZON,
    LEAVE,
    LEAVERS,
    LEVELS,
    NEED,
    OUTLAY,
    RETIRE,
    RETIRED,
    SUBSIDY,
)
from model.draws import mix, uniform

BETWEEN = np.uint64(STEP)
UP = np.float32(1 + 1e-6)  # a bound in float32 may be rounded down by less than this
LEAST = np.float32(2.0**-24)  # of the 53 bits of a draw the filter reads 24, rounded down
FACTORS = tuple(float(np.float32(factor) * UP) for factor in LEAVE)
NEVER = -1
STRIP, STRIPS = 256, 128  # yuan in a strip of wages; the last strip is open


@intrinsic
def lowest(_: Any, bits: Any) -> Any:
    """The place of the lowest bit that is set (numba has no word for it)."""

    def generate(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(bits), generate


def training_bounds() -> Any:
    """``[level, wage // STRIP]``: no probability of training in the strip is higher (float32)."""
    bounds = np.zeros((LEVELS, STRIPS), np.float32)
    for level in range(LEVELS - 1):
        tops = [train_probability(level, STRIP * (k + 1), HORIZON) for k in range(STRIPS - 1)]
        bounds[level] = np.array([*tops, 1.0], np.float32) * UP
    return bounds


@njit(error_model="numpy", nogil=True)
def bound_of(bounds, level, wage):
    """An upper bound of the probability of training in any month at this level and wage."""
    return bounds[level, min(int(wage) // STRIP, STRIPS - 1)]


@njit(error_model="numpy", nogil=True)
def load_block(
    lo, hi, firms, bounds,
    g_age, g_level, g_experience, g_wage, g_enterprise, g_employed, g_insured, g_training,
    enterprise, factor, bound, due, level, wage, retire, exam, experience, insured, counts,
):  # fmt: skip
    """Fill the columns of workers ``lo`` to ``hi`` from the given ones and count them."""
    for i in range(lo, hi):
        rung = int(g_level[i])
        level[i] = rung
        wage[i] = g_wage[i]
        retire[i] = RETIRE - 1 - g_age[i]
        exam[i] = g_training[i] - 1
        due[i] = min(retire[i], exam[i]) if exam[i] >= 0 else retire[i]
        if g_employed[i]:
            enterprise[i] = g_enterprise[i]
            factor[i] = FACTORS[rung]
            experience[i] = -g_experience[i]
            insured[i] = -g_insured[i]
            bound[i] = np.float32(0)
            if g_training[i] == 0:
                ready = int(experience[i]) + NEED[rung] - 1
                if ready > 0:
                    due[i] = min(int(retire[i]), ready)
                else:
                    bound[i] = bound_of(bounds, rung, wage[i])
        else:
            enterprise[i] = firms
            factor[i] = UP
            experience[i] = g_experience[i]
            insured[i] = g_insured[i]
            bound[i] = np.float32(0)
        counts[rung] += 1
        counts[EMPLOYED] += g_employed[i]


@njit(error_model="numpy", nogil=True)
def month_block(
    lo, hi, month, key, at, firms, bounds,
    enterprise, factor, bound, due, level, wage, retire, exam, experience, insured,
    hazard, thresholds, others, counts,
):  # fmt: skip
    """Live one month of workers ``lo`` to ``hi``; whoever has no post is at enterprise ``firms``.

    ``hazard[firms]`` is the probability of finding a post. Adds to ``counts``, whose levels and
    employment are carried from month to month.
    """
    leaving, finding, training = at[LEAVING], at[FINDING], at[TRAINING]
    for first in range(lo, hi, 64):
        last = min(hi, first + 64)
        firm, by, most, when = (
            enterprise[first:last],
            factor[first:last],
            bound[first:last],
            due[first:last],
        )
        flags = np.uint64(0)
        for j in range(last - first):
            mine = key + np.uint64(first + j) * BETWEEN
            moves = mix(mine + (finding if firm[j] == firms else leaving)) >> np.uint64(40)
            trains = mix(mine + training) >> np.uint64(40)
            u_moves = np.float32(np.int32(moves)) * LEAST
            u_trains = np.float32(np.int32(trains)) * LEAST
            touched = (
                (u_moves < hazard[np.uint64(firm[j])] * by[j])
                | (u_trains < most[j])
                | (when[j] <= month)
            )
            flags |= np.uint64(touched) << np.uint64(j)
        while flags:
            i = first + lowest(flags)
            flags &= flags - np.uint64(1)
            mine = key + np.uint64(i) * BETWEEN
            old = int(level[i])
            if retire[i] == month:
                counts[old] -= 1
                counts[0] += 1
                counts[EMPLOYED] -= enterprise[i] != firms
                counts[RETIRED] += 1
                level[i] = 0
                wage[i] = BASE[0]
                enterprise[i] = firms
                factor[i] = UP
                bound[i] = np.float32(0)
                retire[i] = month + RETIRE - ENTRY
                due[i] = retire[i]
                exam[i] = NEVER
                experience[i] = 0
                insured[i] = 0
            elif enterprise[i] != firms:
                u_train = uniform(mine, at[TRAINING])
                if u_train >= bound_of(bounds, old, wage[i]):
                    u_train = RULED_OUT
                left = exam[i] - month + 1 if exam[i] >= 0 else 0
                done = work(
                    WorkFacts(
                        month + RETIRE - int(retire[i]),
                        old,
                        month - int(experience[i]),
                        int(wage[i]),
                        month - int(insured[i]),
                        int(left),
                        np.float64(hazard[enterprise[i]]),
                        u_train,
                        uniform(mine, at[EXAM]),
                        uniform(mine, at[LEAVING]),
                    )
                )
                if done.paid >= 0:
                    counts[OUTLAY] += SUBSIDY[done.paid]
                if done.level != old:
                    counts[old] -= 1
                    counts[done.level] += 1
                    counts[CERTIFICATES + old] += 1
                    level[i] = done.level
                    wage[i] = done.wage
                if done.stays:
                    experience[i] = month + 1 - done.experience
                    factor[i] = FACTORS[done.level]
                    if done.training > 0:
                        exam[i] = month + done.training
                        due[i] = min(retire[i], exam[i])
                        bound[i] = np.float32(0)
                    else:
                        exam[i] = NEVER
                        ready = int(experience[i]) + NEED[done.level] - 1
                        if ready > month + 1:
                            due[i] = min(int(retire[i]), ready)
                            bound[i] = np.float32(0)
                        else:
                            due[i] = retire[i]
                            if bound[i] == 0:
                                bound[i] = bound_of(bounds, done.level, done.wage)
                else:
                    counts[EMPLOYED] -= 1
                    counts[LEAVERS] += 1
                    experience[i] = done.experience
                    insured[i] = done.insured
                    exam[i] = NEVER
                    due[i] = retire[i]
                    enterprise[i] = firms
                    factor[i] = UP
                    bound[i] = np.float32(0)
            elif finds(uniform(mine, at[FINDING])):
                counts[EMPLOYED] += 1
                enterprise[i] = choose(uniform(mine, at[CHOOSING]), thresholds, others)
                wage[i] = first_wage(old, uniform(mine, at[WAGE]))
                factor[i] = FACTORS[old]
                experience[i] = month + 1 - experience[i]
                insured[i] = month + 1 - insured[i]
                ready = int(experience[i]) + NEED[old] - 1
                if ready > month + 1:
                    due[i] = min(int(retire[i]), ready)
                else:
                    bound[i] = bound_of(bounds, old, wage[i])
