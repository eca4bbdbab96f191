"""What a run has to tell: the scenario, what it is held against, C12 under both readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from model.months import format_month
from model.results import Run
from scenarios.board import Board, board, goals_of
from scenarios.effects import BAND, MEASURES, Effect, Titles, effect
from scenarios.outlay import Outlay, outlay
from scenarios.readings import INSTRUMENT, Arms, reading_of
from scenarios.runner import Request
from scenarios.scenario import Scenario

COARSE = 100  # persons a sampled worker stands for, above which few-person cells are biased
HEADLINES = ("technicians", "certificates", "person_times", "public_outlay")
STAYED = "technicians_employed"
YEARS = "technician_years"
CLEAR = ("up", "down")


class Reading(NamedTuple):
    """C12 under one reading: how it is read, what it paid, what became of technicians."""

    scenario: Scenario
    trigger: str
    pot: str
    fen: tuple[int, ...]  # by run
    cases: tuple[int, ...]  # person-months by run, provincial
    stayed: Effect | None  # technicians in work at the end, against the twin


class Cost(NamedTuple):
    """What the dearer reading spends more, and the technician-years it keeps for that.

    The two readings differ in nothing but C12. ``per_year`` is None where the difference in
    technician-years is not clear or does not have the sign of the money: not identified.
    """

    outlay: Effect
    years: Effect
    per_year: float | None  # yuan
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Story:
    """Results of the arms of one run, read together."""

    arms: Arms
    results: Mapping[str, Sequence[Run]]
    request: Request

    @property
    def runs(self) -> Sequence[Run]:
        """Runs of the scenario asked for."""
        return self.results[self.arms.scenario.name]

    @property
    def against(self) -> Sequence[Run] | None:
        """Runs of what the scenario is held against."""
        return self.results[self.arms.against.name] if self.arms.against else None

    @property
    def weight(self) -> int:
        """Persons that one sampled worker stands for."""
        return self.runs[0].weight

    @property
    def coarse(self) -> bool:
        """Whether the sample is so small that upper levels and rare payments are biased."""
        return self.weight > COARSE

    @property
    def month(self) -> str:
        """Last month lived."""
        return format_month(self.runs[0].end)

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """Effects against the twin by measure; empty where the scenario ran alone."""
        if self.against is None:
            return {}
        return {name: effect(self.runs, self.against, name, self.titles) for name in MEASURES}

    @property
    def titles(self) -> Titles | None:
        """The scenario and what it is held against, in words."""
        against = self.arms.against
        return None if against is None else (self.arms.scenario.title, against.title)

    @cached_property
    def boards(self) -> Mapping[str, Board]:
        """The target board of every arm."""
        return boards_of(self.arms.all, self.results, self.arms.against)

    @property
    def board(self) -> Board:
        """The target board of the scenario asked for."""
        return self.boards[self.arms.scenario.name]

    @cached_property
    def outlay(self) -> Outlay:
        """Outlay of the scenario asked for."""
        return outlay(self.runs, self._lines)

    @cached_property
    def outlay_against(self) -> Outlay | None:
        """Outlay of what it is held against, with the same lines."""
        return None if self.against is None else outlay(self.against, self._lines)

    @cached_property
    def _lines(self) -> tuple[tuple[str, str], ...]:
        every = [outlay(runs) for runs in (self.runs, self.against) if runs is not None]
        return tuple(dict.fromkeys(key for one in every for key in one.by_key))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """C12 under the scenario's own reading and under the other one."""
        if self.arms.reading is None:
            return ()
        return tuple(self._reading(arm) for arm in (self.arms.scenario, self.arms.reading))

    def _reading(self, arm: Scenario) -> Reading:
        runs = self.results[arm.name]
        paid = [run.ledger[run.ledger["instrument"] == INSTRUMENT] for run in runs]
        against = self.against
        return Reading(
            arm,
            *reading_of(arm, self.request.until),
            tuple(int(frame["amount_fen"].sum()) for frame in paid),
            tuple(int(frame["cases"].sum()) for frame in paid),
            None if against is None else effect(runs, against, STAYED),
        )

    @cached_property
    def cost(self) -> Cost | None:
        """Yuan for each technician-year kept, from the difference of the two readings."""
        if not self.readings:
            return None
        names = [reading.scenario.name for reading in self.readings]
        means = [sum(reading.fen) for reading in self.readings]
        dear, cheap = names if means[0] >= means[1] else names[::-1]
        return cost_of(self.results[dear], self.results[cheap])


def boards_of(
    scenarios: Sequence[Scenario],
    results: Mapping[str, Sequence[Run]],
    against: Scenario | None = None,
) -> dict[str, Board]:
    """The target board of every scenario by name."""
    others = None if against is None else results[against.name]
    found = {}
    for one in scenarios:
        runs = results[one.name]
        found[one.name] = board(runs, others, goals_of(one.policy().at(runs[0].end)))
    return found


def cost_of(dear: Sequence[Run], cheap: Sequence[Run]) -> Cost:
    """Yuan per technician-year kept by one reading of C12 over another, by run and in the mean."""
    money, years = effect(dear, cheap, INSTRUMENT), effect(dear, cheap, YEARS)
    if years.verdict != "up" or money.mean <= 0:
        return Cost(money, years, None, None, None)
    spent, kept = (
        np.array(
            [MEASURES[name][1](a) - MEASURES[name][1](b) for a, b in zip(dear, cheap, strict=True)]
        )
        for name in (INSTRUMENT, YEARS)
    )
    ratios = spent[kept > 0] / kept[kept > 0]
    low, high = (float(np.quantile(ratios, q)) for q in BAND)
    return Cost(money, years, money.mean / years.mean, low, high)
