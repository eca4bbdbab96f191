"""Hand-written numpy: narrow columns, masks and row numbers, work only on who is concerned."""

from collections.abc import Callable

import numpy as np

from benchmarks.ladder.harness import report
from benchmarks.ladder.spec import (
    BASE,
    COLUMNS,
    ENTRY,
    FIND,
    GAIN,
    GAIN_PER_YUAN,
    HORIZON,
    INSURED,
    LEAVE,
    LEVELS,
    MEASURES,
    MONTHS,
    NEED,
    PASS,
    PREMIUM,
    RETIRE,
    SUBSIDY,
    Z0,
    ZS,
    Case,
    enterprises,
    pick,
    population,
)

TYPES = {
    "age": np.int16,
    "level": np.int8,
    "experience": np.int16,
    "wage": np.int32,
    "enterprise": np.int32,
    "employed": np.bool_,
    "insured": np.int16,
    "training": np.int8,
}
PER_YUAN, FIXED, PASSES, PREMIA, LEAVES, BASES = (
    np.array(each, np.float32) for each in (GAIN_PER_YUAN, GAIN, PASS, PREMIUM, LEAVE, BASE)
)
NEEDS, LENGTHS, SUBSIDIES = np.array(NEED, np.int16), np.array(MONTHS, np.int8), np.array(SUBSIDY)


def month(
    workers: dict[str, np.ndarray],
    hazard: np.ndarray,
    cumulative: np.ndarray,
    luck: np.random.Generator,
) -> list[int]:
    """Live one month of the columns, in place; returns its measures."""
    age, level, experience, wage, enterprise, employed, insured, training = (
        workers[name] for name in COLUMNS
    )

    def draws(rows: np.ndarray) -> np.ndarray:
        return luck.random(len(rows), dtype=np.float32)

    age += 1
    retiring = np.flatnonzero(age >= RETIRE)
    looking = ~employed
    looking[retiring] = False
    age[retiring], level[retiring], experience[retiring] = ENTRY, 0, 0
    wage[retiring], employed[retiring], insured[retiring] = BASE[0], False, 0
    training[retiring] = 0

    experience += employed
    insured += employed
    studying = training > 0  # only those with a post are in training
    ready = np.flatnonzero(employed & ~studying & (experience >= NEEDS[level]))
    rung = level[ready]
    gain = PER_YUAN[rung] * wage[ready] * np.minimum(HORIZON, RETIRE - age[ready]) + FIXED[rung]
    odds = np.float32(Z0) + gain / np.float32(ZS)
    begin = ready[draws(ready) < 1 / (1 + np.exp(-odds))]

    training -= studying
    sitting = np.flatnonzero(studying & (training == 0))
    passed = sitting[draws(sitting) < PASSES[level[sitting]]]
    rung = level[passed]
    outlay = SUBSIDIES[rung[insured[passed] >= INSURED]].sum()
    certificates = np.bincount(rung, minlength=LEVELS - 1)
    wage[passed] = (wage[passed] * (1 + PREMIA[rung])).astype(np.int32)
    level[passed] += 1
    experience[passed] = 0
    training[begin] = LENGTHS[level[begin]]

    at_work = np.flatnonzero(employed)
    risk = hazard[enterprise[at_work]] * LEAVES[level[at_work]]
    leavers = at_work[draws(at_work) < risk]
    employed[leavers] = False
    training[leavers] = 0
    seekers = np.flatnonzero(looking)
    hired = seekers[draws(seekers) < FIND]
    employed[hired] = True
    enterprise[hired] = pick(cumulative, luck.random(len(hired)))
    wage[hired] = (BASES[level[hired]] * (0.9 + 0.2 * luck.random(len(hired)))).astype(np.int32)

    levels = np.bincount(level, minlength=LEVELS)
    posts = np.count_nonzero(employed)
    return [*levels, posts, *certificates, len(leavers), len(retiring), int(outlay)]


def start(case: Case) -> Callable[[], np.ndarray]:
    """Columns and a generator of the case."""
    firms = enterprises(case.agents, case.months)
    people = population(case.agents, firms.cumulative)
    workers: dict[str, np.ndarray] = {name: people[name].astype(TYPES[name]) for name in COLUMNS}
    luck = np.random.default_rng(case.luck)

    def live() -> np.ndarray:
        table = np.empty((case.months, len(MEASURES)), np.int64)
        for row, hazard in zip(table, firms.hazard, strict=True):
            row[:] = month(workers, hazard, firms.cumulative, luck)
        return table

    return live


if __name__ == "__main__":
    report("numpy", start)
