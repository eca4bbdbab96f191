"""A question as the page asks it: a shipped scenario, levers moved, a scale and seeds.

Levers are parameters of the model. Which ones the page offers stands in ``pages/desk.yaml``;
everything else about them, in the parameter's own file.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from model.months import format_month, parse_month
from model.parameters.reader import IN_FORCE, Parameter, Raw, Topic, value_at
from model.words import both
from scenarios.readings import Arms, arms
from scenarios.runner import Request
from scenarios.scenario import BASE, Scenario, load

DESK = Path(__file__).parent / "pages" / "desk.yaml"
OWN = "my_scenario"  # name and file of a scenario with levers moved
TEST_SCALE = "LONGJIANG_TEST_SCALE"  # a further scale, offered first: for tests


@dataclass(frozen=True)
class Desk:
    """What the page offers."""

    start: int  # first month in which a moved lever applies
    until: int
    scales: tuple[Fraction, ...]
    least_seeds: int
    most_seeds: int
    start_seeds: int
    groups: Mapping[str, tuple[str, ...]]  # addresses of parameters by clause


@cache
def desk() -> Desk:
    """What the page offers, from its file."""
    raw = YAML(typ="safe").load(DESK.read_text(encoding="utf-8"))
    extra = os.environ.get(TEST_SCALE)
    return Desk(
        start=parse_month(raw["from"]),
        until=parse_month(raw["until"]),
        scales=tuple(Fraction(scale) for scale in [*([extra] if extra else []), *raw["scales"]]),
        least_seeds=raw["seeds"]["least"],
        most_seeds=raw["seeds"]["most"],
        start_seeds=raw["seeds"]["start"],
        groups={group["name"]: tuple(group["levers"]) for group in raw["groups"]},
    )


class Lever(NamedTuple):
    """One parameter over months in which the scenario gives it one value."""

    topic: Topic
    parameter: Parameter
    start: int
    end: int | None  # None: for good
    given: Raw  # the scenario's own value
    in_force: bool  # whether the scenario has the measure in force then

    @property
    def address(self) -> str:
        """``topic.field``."""
        return f"{self.topic.name}.{self.parameter.name}"

    @property
    def key(self) -> str:
        """Address and first month: what tells this lever from all others."""
        return f"{self.address}@{format_month(self.start)}"


@dataclass(frozen=True)
class Question:
    """What a user asks. ``moved`` holds only levers that differ from the scenario."""

    base: str = BASE
    moved: tuple[tuple[str, Raw], ...] = ()
    scale: Fraction = field(default_factory=lambda: desk().scales[0])
    seeds: int = field(default_factory=lambda: desk().start_seeds)
    seed: int = 1

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return OWN if self.moved else self.base

    def scenario(self) -> Scenario:
        """The scenario asked about, as its file would be read.

        Raises:
            InputErrors: a value that its parameter does not allow.
        """
        base = load(self.base)
        if not self.moved:
            return base
        return Scenario.from_mapping(self.content(), name=OWN)

    def content(self) -> dict[str, Any]:
        """The scenario's file as plain values."""
        base = load(self.base)
        known = {lever.key: lever for group in levers(self.base).values() for lever in group}
        title = dict(base.title)
        if self.moved:
            title = {k: both("page.moved_title", title=v)[k] for k, v in title.items()}
        change = [_change(known[key], raw) for key, raw in self.moved]
        return {"title": title, "extends": self.base} | ({"change": change} if change else {})

    def arms(self) -> Arms:
        """What to run: the scenario, its twin without the policy, the other reading of C12."""
        return arms(self.scenario(), until())

    def request(self) -> Request:
        """How to run it."""
        return Request(scale=self.scale, seeds=self.seeds, seed=self.seed, until=until())

    def with_lever(self, lever: Lever, raw: Raw) -> "Question":
        """The question with one lever at ``raw``; at the scenario's own value it is not moved."""
        moved = dict(self.moved)
        moved.pop(lever.key, None)
        if raw != lever.given:
            moved[lever.key] = raw
        return replace(self, moved=tuple(sorted(moved.items())))

    def without_levers(self) -> "Question":
        """The question with every lever where the scenario has it."""
        return replace(self, moved=())

    def on(self, base: str) -> "Question":
        """The question about another scenario, no lever moved."""
        return replace(self, base=base, moved=())

    def run_with(self, scale: Fraction, seeds: int) -> "Question":
        """The same question, run more or less thoroughly."""
        return replace(self, scale=scale, seeds=seeds)

    def at(self, lever: Lever) -> Raw:
        """Where a lever stands."""
        return dict(self.moved).get(lever.key, lever.given)


def until() -> str:
    """Last month of a run."""
    return format_month(desk().until)


@cache
def levers(base: str) -> Mapping[str, tuple[Lever, ...]]:
    """Levers of a shipped scenario by clause, one for each span of months with one value."""
    scenario = load(base)
    return {
        name: tuple(lever for address in addresses for lever in spans(scenario, address))
        for name, addresses in desk().groups.items()
    }


def spans(scenario: Scenario, address: str) -> list[Lever]:
    """Levers of one parameter: where the scenario itself changes it, a new one begins."""
    name, _, field = address.partition(".")
    topic = scenario.topics[name]
    steps = scenario.policy().steps
    own = [m for m, _ in steps[address] if desk().start < m <= desk().until]
    starts = [desk().start, *own]
    ends = [*(m - 1 for m in own), None]
    force = steps.get(f"{name}.{IN_FORCE}")
    return [
        Lever(
            topic,
            topic.parameters[field],
            start,
            end,
            value_at(steps[address], start),
            force is None or value_at(force, start) != 0,
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _change(lever: Lever, raw: Raw) -> dict[str, Any]:
    change: dict[str, Any] = {"parameter": lever.address, "from": format_month(lever.start)}
    if lever.end is not None:
        change["to"] = format_month(lever.end)
    return {**change, "value": _plain(raw), "because": both("page.because")}


def _plain(raw: Raw) -> str | int | float:
    if isinstance(raw, str):
        return raw
    return int(raw) if raw == raw.to_integral_value() else float(raw)


def step_of(parameter: Parameter, given: Raw) -> Decimal:
    """By how much one move changes a number: 1, 2 or 5 of some decimal place.

    About a hundredth of the range, and so that the scenario's own value lies on the grid.
    """
    wide = (parameter.high - parameter.low) / 100
    step = Decimal(10) ** (wide.adjusted() + 1)
    shrink = (Decimal(2), Decimal("2.5"), Decimal(2))  # 10, 5, 2, 1
    number = 0
    while step > wide or (Decimal(given) - parameter.low) % step:
        step /= shrink[number % len(shrink)]
        number += 1
        if step < wide / 1000:  # a value off every grid: any step will do
            return wide.normalize()
    return step.normalize()


def yaml_of(question: Question) -> str:
    """The scenario's file; reading it gives the same digest."""
    out = StringIO()
    writer = YAML()
    writer.width = 4096
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(question.content(), out)
    return out.getvalue()
