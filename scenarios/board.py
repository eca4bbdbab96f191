"""The target board: what the document promises for 2020, beside what a run gives.

Bases and studios are counted under each reading of the text: what stands, those of 2016 included;
what is granted or stands; what stands and is new. What was announced is shown beside them.
Person-times are shown under every definition that the text allows: training of industrial workers
as modelled, scaled to all groups by the share of industrial workers, with the other groups that a
run trains, or only what public money subsidised; from 2016, 2017 or 2018. The year 2016 lies before
a run and is a stated figure. Persons stand beside, counted once a year, and since 2017 also once in
all, however many years they were trained in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.instruments.training_bases import Plan
from model.months import format_month, month, year_of
from model.results import Run
from scenarios.effects import FEW, band, check_pairs, judged
from scenarios.totals import measured, path, totals

DUE = month(2020, 12)  # "by 2020"
FIRST = month(2017, 1)
SINCE = (month(2016, 1), FIRST, month(2018, 1))  # ways to begin counting
CLAUSES = {"contest_bases": "C21"}  # C9 sets the other goals
ANNOUNCED = "announced"
COUNTED = ("finished", "approved", "new")  # readings of "built"
BUILT = {"finished": "", "approved": "_approved", "new": "_new"}  # measures of a kind of project
GROUPS = "group_person_times"  # training of groups outside the industrial workers
OUTSIDE = "group_person_times_outside"  # the same, people who are not in the model


class Aim(NamedTuple):
    """A goal for a kind of project, and how many stand if what was announced is built."""

    measure: str
    goal: int
    announced: int | None = None


class Goals(NamedTuple):
    """What the document aims at, and the figures by which its definitions differ."""

    projects: Mapping[str, Aim]  # by target
    person_times: int
    industrial_share: float
    person_times_2016: int  # of all groups


class Level(NamedTuple):
    """One row of one scenario: values by run and month; flows summed up."""

    months: tuple[int, ...]
    values: Any  # runs by months


@dataclass(frozen=True)
class Row:
    """One target under one definition.

    ``values`` and ``against`` hold one number a run, at the due month or the last month lived;
    ``goal`` is None where the row only informs; ``simulated`` is false for what was announced.
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
        """Years counted, one alone where they are the same; empty for bases and studios."""
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
                    "clause": CLAUSES.get(row.target, "C9"),
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


def goals_of(law: Any) -> Goals:
    """Goals and figures of the rules in force."""
    projects = {}
    for target, name in (("bases", "training_bases"), ("studios", "master_studios")):
        p = law[name]
        stood = p.standing_national + p.standing_provincial
        announced = stood + p.announced if p.plan != Plan.NONE else None
        projects[target] = Aim(name, p.goal, announced)
    contest = law["contest_training_bases"]
    projects["contest_bases"] = Aim("contest_training_bases", contest.fewest)
    t = law["targets"]
    return Goals(projects, t.goal_person_times, t.industrial_share, t.person_times_2016)


def board(runs: Sequence[Run], against: Sequence[Run] | None, goals: Goals) -> Board:
    """The board of a scenario.

    Args:
        runs: its runs.
        against: runs of what it is compared with that share luck, or None.
        goals: what the document aims at.

    Raises:
        PairError: the two were not run alike.
    """
    if against is not None:
        check_pairs(runs, against)
    last = min(DUE, runs[0].end)
    rows: list[Row] = []
    for target, aim in goals.projects.items():
        rows += _projects(runs, against, (target, aim), last)
    for since in SINCE:
        if since <= last:
            rows += _training(runs, against, goals, (since, last))
    compared = None if against is None else against[0].scenario
    return Board(runs[0].scenario, compared, format_month(last), len(runs), tuple(rows))


def _projects(
    runs: Sequence[Run], against: Sequence[Run] | None, kind: tuple[str, Aim], last: int
) -> Iterator[Row]:
    """A kind of base or studio under every reading of "built", and what was announced."""
    target, aim = kind
    for reading in COUNTED:
        of = _metric(aim.measure + BUILT[reading])
        mine = _stock(runs, of, last)
        theirs = None if against is None else _stock(against, of, last)
        yield _row((target, reading, "count"), aim.goal, mine, theirs)
    if aim.announced is not None:
        planned = (float(aim.announced),)
        yield Row(target, ANNOUNCED, "count", None, False, planned, None, None)


def _row(names: tuple[str, str, str], goal: int | None, mine: Level, theirs: Level | None) -> Row:
    target, definition, unit = names
    against = None if theirs is None else tuple(theirs.values[:, -1].tolist())
    ends = tuple(mine.values[:, -1].tolist())
    return Row(target, definition, unit, goal, True, ends, against, _reached(mine, goal))


def _training(
    runs: Sequence[Run], against: Sequence[Run] | None, goals: Goals, span: tuple[int, int]
) -> Iterator[Row]:
    since = span[0]
    scaled = 1.0 / goals.industrial_share
    found: list[tuple[str, Any, float, float]] = []  # name, measure, factor, what came before
    if since < runs[0].start:
        found.append(("all_groups", _metric("person_times"), scaled, goals.person_times_2016))
    else:
        found.append(("industrial", _metric("person_times"), 1.0, 0.0))
        found.append(("all_groups", _metric("person_times"), scaled, 0.0))
        if all(measured(run, GROUPS) for run in (*runs, *(against or ()))):
            found.append(("groups_modelled", _with_groups, 1.0, 0.0))
        found.append(("subsidised", subsidised, 1.0, 0.0))
        found.append(("persons", _metric("persons_trained"), 1.0, 0.0))
    if since == runs[0].start:  # who was trained before is known since the run began
        found.append(("persons_ever", _metric("persons_ever_trained"), 1.0, 0.0))
    years = f"{year_of(since)}_{year_of(span[1])}"
    for name, of, factor, before in found:
        persons = name.startswith("persons")
        unit = "persons" if persons else "person-times"
        target = "persons_trained" if persons else "person_times"
        mine = _level(runs, of, span, (factor, before))
        theirs = None if against is None else _level(against, of, span, (factor, before))
        aim = None if persons else goals.person_times
        yield _row((target, f"{name}_{years}", unit), aim, mine, theirs)


def _with_groups(run: Run) -> Any:
    found = path(run, "person_times") + path(run, GROUPS)
    return found + path(run, OUTSIDE) if measured(run, OUTSIDE) else found


def _metric(name: str) -> Any:
    def of(run: Run) -> Any:
        return path(run, name)

    return of


def subsidised(run: Run) -> Any:
    """Cases that public money paid for a certificate, a course or an apprentice, by month."""
    return totals(run).subsidised


def _level(
    runs: Sequence[Run], of: Any, span: tuple[int, int], reckoned: tuple[float, float]
) -> Level:
    """Flows of the months since the start of a run, times a factor, on top of what came before."""
    factor, before = reckoned
    first = runs[0].start
    begin = max(span[0], first)
    months = tuple(range(begin, span[1] + 1))
    flows = np.array([of(run)[begin - first : span[1] - first + 1] for run in runs], float)
    return Level(months, before + flows.cumsum(axis=1) * factor)


def _stock(runs: Sequence[Run], of: Any, last: int) -> Level:
    first = runs[0].start
    months = tuple(range(first, last + 1))
    return Level(months, np.array([of(run)[: last - first + 1] for run in runs], float))


def _reached(level: Level, goal: int | None) -> str | None:
    if goal is None:
        return None
    above = np.flatnonzero(level.values.mean(axis=0) >= goal)
    return format_month(level.months[int(above[0])]) if len(above) else None


__all__ = ["ANNOUNCED", "DUE", "Aim", "Board", "Goals", "Row", "board", "goals_of", "subsidised"]
