"""The exact reference: the rules, worker by worker, in Python that nobody has compiled."""

from typing import NamedTuple

import numpy as np

from benchmarks.ladder import luck as keyed
from benchmarks.ladder.rules import WorkFacts, choose, finds, first_wage, work
from benchmarks.ladder.spec import (
    BASE,
    CERTIFICATES,
    COLUMNS,
    EMPLOYED,
    ENTRY,
    LEAVERS,
    MEASURES,
    OUTLAY,
    RETIRE,
    RETIRED,
    SUBSIDY,
    Case,
    enterprises,
    population,
)
from model.draws import MASK, uniform


class Lived(NamedTuple):
    """``table[month, measure]`` and the workers' columns after the last month."""

    table: np.ndarray
    workers: dict[str, np.ndarray]


def live(case: Case) -> Lived:
    """Live the case; about five microseconds for a worker and month."""
    firms = enterprises(case.agents, case.months)
    thresholds, others = (each.tolist() for each in keyed.alias_table(firms.weights))
    start = population(case.agents, firms.cumulative)
    workers = [list(row) for row in zip(*(start[c].tolist() for c in COLUMNS), strict=True)]
    moments = keyed.moments(case.luck, case.months).tolist()
    key = keyed.first_key(case.luck)
    table = np.zeros((case.months, len(MEASURES)), np.int64)
    for counts, at, hazards in zip(table, moments, firms.hazard.tolist(), strict=True):
        for i, worker in enumerate(workers):
            mine = (key + i * keyed.STEP) & MASK
            _month(
                worker, [uniform(mine, each) for each in at], hazards, counts, thresholds, others
            )
            counts[worker[1]] += 1
            counts[EMPLOYED] += worker[5]
    ended = np.array(workers, np.int64)
    return Lived(table, {name: ended[:, k] for k, name in enumerate(COLUMNS)})


def _month(
    worker: list[int],
    u: list[float],
    hazards: list[float],
    counts: np.ndarray,
    thresholds: list[float],
    others: list[int],
) -> None:
    age, level, experience, wage, enterprise, employed, insured, training = worker
    worker[0] = age + 1
    if worker[0] >= RETIRE:
        counts[RETIRED] += 1
        worker[:] = ENTRY, 0, 0, BASE[0], enterprise, 0, 0, 0
    elif employed:
        draws = u[keyed.TRAINING], u[keyed.EXAM], u[keyed.LEAVING]
        facts = WorkFacts(
            age + 1, level, experience, wage, insured, training, hazards[enterprise], *draws
        )
        done = work(facts)
        if done.level > level:
            counts[CERTIFICATES + level] += 1
        if done.paid >= 0:
            counts[OUTLAY] += SUBSIDY[done.paid]
        if not done.stays:
            counts[LEAVERS] += 1
        kept = int(done.stays)
        worker[1:4] = done.level, done.experience, done.wage
        worker[5:] = kept, done.insured, done.training
    elif finds(u[keyed.FINDING]):
        worker[3] = first_wage(level, u[keyed.WAGE])
        worker[4] = choose(u[keyed.CHOOSING], thresholds, others)
        worker[5] = 1
