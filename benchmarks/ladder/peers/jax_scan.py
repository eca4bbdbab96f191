"""JAX on the processor: the month as one compiled function, scanned over months."""

import os
from collections.abc import Callable
from functools import cache

import numpy as np

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp

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
    population,
)

TYPES = dict(
    zip(
        COLUMNS,
        (jnp.int16, jnp.int8, jnp.int16, jnp.int32, jnp.int32, bool, jnp.int16, jnp.int8),
        strict=True,
    )
)
PER_YUAN, FIXED, PASSES, PREMIA, LEAVES, BASES = (
    np.array(each, np.float32) for each in (GAIN_PER_YUAN, GAIN, PASS, PREMIUM, LEAVE, BASE)
)
NEEDS, LENGTHS = np.array(NEED, np.int16), np.array(MONTHS, np.int8)
HUNDREDS = np.array(SUBSIDY, np.int32) // 100  # sums of yuan would not fit into 32 bits for long


def month(state, hazard):
    """One month of all workers; returns the state and the month's measures."""
    workers, key, cumulative = state
    age, level, experience, wage, enterprise, employed, insured, training = workers
    key, *keys = jax.random.split(key, 7)
    u_train, u_exam, u_leave, u_find, u_choose, u_wage = (
        jax.random.uniform(each, age.shape, jnp.float32) for each in keys
    )
    age = age + jnp.int16(1)
    retiring = age >= RETIRE
    working, looking = employed & ~retiring, ~employed & ~retiring

    def entrant(value, column):
        return jnp.where(retiring, jnp.asarray(value, column.dtype), column)

    age, wage = entrant(ENTRY, age), entrant(BASE[0], wage)
    level, experience, insured, training = (
        entrant(0, column) for column in (level, experience, insured, training)
    )
    experience, insured = experience + working, insured + working
    studying = working & (training > 0)
    horizon = jnp.minimum(HORIZON, RETIRE - age)
    z = Z0 + (jnp.asarray(PER_YUAN)[level] * wage * horizon + jnp.asarray(FIXED)[level]) / ZS
    ready = working & ~studying & (experience >= jnp.asarray(NEEDS)[level])
    begins = ready & (u_train < 1 / (1 + jnp.exp(-z)))
    training = training - studying
    passed = studying & (training == 0) & (u_exam < jnp.asarray(PASSES)[level])
    paid = passed & (insured >= INSURED)
    outlay = jnp.where(paid, jnp.asarray(HUNDREDS)[level], 0).sum()
    certificates = [(passed & (level == k)).sum() for k in range(LEVELS - 1)]
    raised = (wage * (1 + jnp.asarray(PREMIA)[level])).astype(jnp.int32)
    wage = jnp.where(passed, raised, wage)
    training = jnp.where(begins, jnp.asarray(LENGTHS)[level], training)
    level = level + passed
    experience = jnp.where(passed, jnp.int16(0), experience)
    leaves = working & (u_leave < hazard[enterprise] * jnp.asarray(LEAVES)[level])
    hired = looking & (u_find < FIND)
    found = jnp.searchsorted(cumulative, u_choose).clip(0, len(cumulative) - 1)
    enterprise = jnp.where(hired, found.astype(jnp.int32), enterprise)
    pay = (jnp.asarray(BASES)[level] * (0.9 + 0.2 * u_wage)).astype(jnp.int32)
    wage = jnp.where(hired, pay, wage)
    employed = (working & ~leaves) | hired
    training = jnp.where(leaves, jnp.int8(0), training)
    levels = [(level == k).sum() for k in range(LEVELS)]
    counts = [*levels, employed.sum(), *certificates, leaves.sum(), retiring.sum(), outlay]
    after = (age, level, experience, wage, enterprise, employed, insured, training)
    kept = tuple(a.astype(b.dtype) for a, b in zip(after, workers, strict=True))
    return (kept, key, cumulative), jnp.stack(counts)


@cache
def scanned(agents: int, months: int):
    """The compiled function for so many workers, enterprises and months."""
    firms = enterprises(agents, months)
    state = state_of(Case(agents, months, 0), firms)
    return jax.jit(lambda *s: jax.lax.scan(month, *s)).lower(state, firms.hazard).compile()


def state_of(case: Case, firms):
    """Columns, key and shares at the start."""
    people = population(case.agents, firms.cumulative)
    workers = tuple(jnp.asarray(people[name], TYPES[name]) for name in COLUMNS)
    return workers, jax.random.key(case.luck), jnp.asarray(firms.cumulative, jnp.float32)


def start(case: Case) -> Callable[[], np.ndarray]:
    """A state of the case; compiles at the first call."""
    run = scanned(case.agents, case.months)
    firms = enterprises(case.agents, case.months)
    state = state_of(case, firms)

    def live() -> np.ndarray:
        _, counts = jax.block_until_ready(run(state, firms.hazard))
        table = np.array(counts, np.int64)
        table[:, -1] *= 100
        return table

    return live


if __name__ == "__main__":
    report("jax", start)
