"""The target board: what the document promises for 2020, beside what a run gives.

Bases and studios are not simulated: their rows follow the plan announced, from those that stood
to those planned, in the months in which C9 is in force. Person-times are shown under every
definition that the text allows: training of industrial workers as modelled, scaled to all groups
by the share of industrial workers, from 2017 or from 2018, or only what public money subsidised.
Persons stand beside, counted once a year, and since 2017 also once in all, however many years they
were trained in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.months import format_month, month, year_of
from model.results import Run
from scenarios.effects import FEW, band, check_pairs, judged
from scenarios.totals import path, totals

DUE = month(2020, 12)  # "by 2020"
FIRST = month(2017, 1)
SINCE = (FIRST, month(2018, 1))  # two ways to begin counting
CLAUSE = "C9"
PLANNED = "planned_path"


class Level(NamedTuple):
    """One row of one scenario: values by run and month, cumulative."""

    months: tuple[int, ...]
    values: Any  # runs by months


@dataclass(frozen=True)
class Row:
    """One target under one definition.

    ``values`` and ``against`` hold one number a run, at the due month or the last month lived;
    ``goal`` is None where the row only informs; ``simulated`` is false for a planned path.
    """

    target: str
    definition: str
    unit: str
    goal: int | None
    simulated: bool
    values: tuple[float, ...]
    against: tuple[float, ...] | None
    month_met: str | None

    @property
    def kind(self) -> str:
        """The definition without its years."""
        return self.definition.rstrip("0123456789_")

    @property
    def span(self) -> str:
        """Years counted, one alone where they are the same; empty for a planned path."""
        years = self.definition.removeprefix(self.kind).strip("_").split("_")
        return "-".join(dict.fromkeys(years))

    @property
    def mean(self) -> float:
        """Mean over runs."""
        return float(np.mean(self.values))

    @property
    def band(self) -> tuple[float, float]:
        """Ends of the band over runs."""
        low, high = band(self.values).tolist()
        return low, high

    @property
    def met(self) -> int | None:
        """Runs that meet the goal; None where nothing is simulated or no goal is set."""
        if self.goal is None or not self.simulated:
            return None
        return sum(value >= self.goal for value in self.values)

    @property
    def against_mean(self) -> float | None:
        """Mean over runs of what it is compared with."""
        return None if self.against is None else float(np.mean(self.against))

    @property
    def gap(self) -> float | None:
        """What is missing to the goal; negative where it is passed."""
        return None if self.goal is None else self.goal - self.mean


@dataclass(frozen=True)
class Board:
    """The rows, and the month they stand at."""

    scenario: str
    against: str | None
    month: str
    runs: int
    rows: tuple[Row, ...]

    def frame(self) -> pd.DataFrame:
        """The file ``targets.csv``; no probability and no 5 % points for few runs."""
        enough, points = self.runs >= FEW, judged(self.runs)
        return pd.DataFrame(
            [
                {
                    "target": row.target,
                    "clause": CLAUSE,
                    "unit": row.unit,
                    "goal": row.goal,
                    "mean": row.mean,
                    "p5": row.band[0] if row.simulated and points else None,
                    "p95": row.band[1] if row.simulated and points else None,
                    "probability_met": None
                    if row.met is None or not enough
                    else row.met / self.runs,
                    "month_met": row.month_met,
                    "scenario": self.scenario,
                    "definition": row.definition,
                    "against": self.against,
                    "against_mean": row.against_mean,
                    "gap": row.gap,
                    "runs_met": row.met,
                    "runs": self.runs if row.simulated else None,
                    "smallest": min(row.values) if row.simulated else None,
                    "largest": max(row.values) if row.simulated else None,
                }
                for row in self.rows
            ]
        )


class Plans(NamedTuple):
    """Months in which bases and studios are being added: in the scenario, and in the other one."""

    here: tuple[int, ...]
    there: tuple[int, ...] = ()


def board(runs: Sequence[Run], against: Sequence[Run] | None, targets: Any, plans: Plans) -> Board:
    """The board of a scenario.

    Args:
        runs: its runs.
        against: runs of what it is compared with that share luck, or None.
        targets: parameters of the topic ``targets``.
        plans: months in which C9 is in force.

    Raises:
        PairError: the two were not run alike.
    """
    if against is not None:
        check_pairs(runs, against)
    last = min(DUE, runs[0].end)
    rows = []
    for target, goal, standing, more in (
        ("bases", targets.goal_bases, targets.standing_bases, targets.planned_bases),
        ("studios", targets.goal_studios, targets.standing_studios, targets.planned_studios),
    ):
        line = planned(standing, more, plans.here, last)
        other = None if against is None else planned(standing, more, plans.there, last)
        rows.append(_planned_row(target, goal, line, other))
    for since in SINCE:
        if since <= last:
            rows += _training(runs, against, targets, (since, last))
    compared = None if against is None else against[0].scenario
    return Board(runs[0].scenario, compared, format_month(last), len(runs), tuple(rows))


def planned(standing: int, more: int, months: Sequence[int], last: int) -> tuple[float, ...]:
    """How many stand in every month up to ``last``.

    What is planned is added in equal parts from the first month in which the plan is in force to
    the due month, and only in ``months``, those in which it is; nothing where there are none.
    """
    if not months:
        return (float(standing),) * (last - FIRST + 1)
    whole = DUE - min(months) + 1
    return tuple(
        standing + more * sum(one <= at for one in months) / whole for at in range(FIRST, last + 1)
    )


def _planned_row(
    target: str, goal: int, line: Sequence[float], other: Sequence[float] | None
) -> Row:
    reached = next((FIRST + k for k, value in enumerate(line) if value >= goal), None)
    met = None if reached is None else format_month(reached)
    stood = None if other is None else (other[-1],)
    return Row(target, PLANNED, "count", goal, False, (line[-1],), stood, met)


def _training(
    runs: Sequence[Run], against: Sequence[Run] | None, targets: Any, span: tuple[int, int]
) -> Iterator[Row]:
    years = f"{year_of(span[0])}_{year_of(span[1])}"
    goal, share = targets.goal_person_times, targets.industrial_share
    persons = [("persons", _metric("persons_trained"), 1.0, None)]
    if span[0] == runs[0].start:  # who was trained before is known since the run began
        persons.append(("persons_ever", _metric("persons_ever_trained"), 1.0, None))
    for name, of, factor, aim in (
        ("industrial", _metric("person_times"), 1.0, goal),
        ("all_groups", _metric("person_times"), 1.0 / share, goal),
        ("subsidised", subsidised, 1.0, goal),
        *persons,
    ):
        mine = _level(runs, of, span, factor)
        theirs = None if against is None else _level(against, of, span, factor)
        yield Row(
            "person_times" if aim is not None else "persons_trained",
            f"{name}_{years}",
            "person-times" if aim is not None else "persons",
            aim,
            True,
            tuple(mine.values[:, -1].tolist()),
            None if theirs is None else tuple(theirs.values[:, -1].tolist()),
            _reached(mine, aim),
        )


def _metric(name: str) -> Any:
    def of(run: Run) -> Any:
        return path(run, name)

    return of


def subsidised(run: Run) -> Any:
    """Cases that public money paid for a certificate, a course or an apprentice, by month."""
    return totals(run).subsidised


def _level(runs: Sequence[Run], of: Any, span: tuple[int, int], factor: float) -> Level:
    months = tuple(range(span[0], span[1] + 1))
    first = runs[0].start
    flows = np.array([of(run)[span[0] - first : span[1] - first + 1] for run in runs], float)
    return Level(months, flows.cumsum(axis=1) * factor)


def _reached(level: Level, goal: int | None) -> str | None:
    if goal is None:
        return None
    above = np.flatnonzero(level.values.mean(axis=0) >= goal)
    return format_month(level.months[int(above[0])]) if len(above) else None


__all__ = ["DUE", "FIRST", "PLANNED", "Board", "Plans", "Row", "board", "planned", "subsidised"]
