"""Polars: one data frame, an expression a rule, columns of luck from numpy."""

from collections.abc import Callable

import numpy as np
import polars as pl

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
    pick,
    population,
)

SCHEMA = {
    "age": pl.Int16,
    "level": pl.Int8,
    "experience": pl.Int16,
    "wage": pl.Int32,
    "enterprise": pl.Int32,
    "employed": pl.Boolean,
    "insured": pl.Int16,
    "training": pl.Int8,
}
age, level, experience, wage, enterprise, employed, insured, training = map(pl.col, COLUMNS)
retiring, working, studying, passed = map(pl.col, ("retiring", "working", "studying", "passed"))


def by_level(values: tuple[float, ...], dtype: pl.DataType = pl.Float32) -> pl.Expr:
    """The value of each worker's level."""
    return pl.lit(pl.Series(values, dtype=dtype)).gather(level.cast(pl.UInt32))


def month(
    frame: pl.DataFrame,
    hazard: np.ndarray,
    cumulative: np.ndarray,
    luck: np.random.Generator,
) -> tuple[pl.DataFrame, list[int]]:
    """The frame after a month, and the measures of the month."""

    def draws() -> pl.Series:
        return pl.Series(luck.random(frame.height, dtype=np.float32))

    def entrant(value: int, column: pl.Expr) -> pl.Expr:
        return pl.when(retiring).then(value).otherwise(column).cast(column_type(column))

    def column_type(column: pl.Expr) -> pl.DataType:
        return SCHEMA[column.meta.output_name()]

    frame = frame.with_columns(age + 1).with_columns(retiring=age >= RETIRE)
    frame = frame.with_columns(
        age=entrant(ENTRY, age),
        level=entrant(0, level),
        experience=entrant(0, experience),
        wage=entrant(BASE[0], wage),
        insured=entrant(0, insured),
        training=entrant(0, training),
        working=employed & ~retiring,
        looking=~employed & ~retiring,
    )
    frame = frame.with_columns(
        experience=experience + working.cast(pl.Int16),
        insured=insured + working.cast(pl.Int16),
        studying=working & (training > 0),
    )
    horizon = pl.min_horizontal(pl.lit(HORIZON, pl.Int16), RETIRE - age)
    z = Z0 + (by_level(GAIN_PER_YUAN) * wage * horizon + by_level(GAIN)) / ZS
    ready = working & ~studying & (experience >= by_level(NEED, pl.Int16))
    frame = frame.with_columns(
        begins=ready & (draws() < 1 / (1 + (-z).exp())),
        training=training - studying.cast(pl.Int8),
    )
    frame = frame.with_columns(passed=studying & (training == 0) & (draws() < by_level(PASS)))
    outlay = frame.select(by_level(SUBSIDY, pl.Int32).filter(passed & (insured >= INSURED)).sum())
    certificates = dict(frame.filter(passed).group_by("level").len().iter_rows())
    frame = frame.with_columns(
        wage=pl.when(passed).then(wage * (1 + by_level(PREMIUM))).otherwise(wage).cast(pl.Int32),
        experience=pl.when(passed).then(0).otherwise(experience).cast(pl.Int16),
        training=pl.when("begins").then(by_level(MONTHS, pl.Int8)).otherwise(training),
        level=level + passed.cast(pl.Int8),
    )
    risk = pl.lit(pl.Series(hazard)).gather(enterprise.cast(pl.UInt32)) * by_level(LEAVE)
    frame = frame.with_columns(
        leaves=working & (draws() < risk), hired=pl.col("looking") & (draws() < FIND)
    )
    counts = frame.select(pl.col("leaves").sum(), retiring.sum()).row(0)
    hired = frame["hired"].to_numpy()
    firms = frame["enterprise"].to_numpy(writable=True)
    firms[hired] = pick(cumulative, luck.random(np.count_nonzero(hired)))
    pay = by_level(BASE) * (0.9 + 0.2 * draws())
    frame = frame.with_columns(
        employed=(working & ~pl.col("leaves")) | pl.col("hired"),
        training=pl.when("leaves").then(0).otherwise(training).cast(pl.Int8),
        enterprise=pl.Series(firms),
        wage=pl.when("hired").then(pay).otherwise(wage).cast(pl.Int32),
    ).select(*SCHEMA)
    levels = dict(frame.group_by("level").len().iter_rows())
    measures = [levels.get(k, 0) for k in range(LEVELS)] + [frame["employed"].sum()]
    measures += [certificates.get(k, 0) for k in range(LEVELS - 1)]
    return frame, [*measures, *counts, outlay.item()]


def people_of(case: Case, cumulative: np.ndarray) -> pl.DataFrame:
    """The starting frame."""
    people = population(case.agents, cumulative)
    people["employed"] = people["employed"].astype(bool)
    return pl.DataFrame(people).cast(SCHEMA).select(*SCHEMA)


def start(case: Case) -> Callable[[], np.ndarray]:
    """A frame and a generator of the case."""
    firms = enterprises(case.agents, case.months)
    people = people_of(case, firms.cumulative)
    luck = np.random.default_rng(case.luck)

    def live() -> np.ndarray:
        frame, table = people, []
        for hazard in firms.hazard:
            frame, measures = month(frame, hazard, firms.cumulative, luck)
            table.append(measures)
        return np.array(table)

    return live


if __name__ == "__main__":
    report("polars", start)
