"""What sets two scenarios apart: every parameter that differs in the months of a run."""

from typing import NamedTuple

from model.months import parse_month
from model.parameters.reader import IN_FORCE, Parameter, Raw, Step, Topic, value_at
from scenarios.policy import Steps
from scenarios.runner import START
from scenarios.scenario import Scenario


class Apart(NamedTuple):
    """One parameter that has other values in one scenario than in the other.

    ``mine`` and ``theirs`` are those of the last month in which the two differ.
    """

    topic: Topic
    parameter: Parameter
    mine: Raw
    theirs: Raw

    @property
    def address(self) -> str:
        """``topic.field``."""
        return f"{self.topic.name}.{self.parameter.name}"

    @property
    def is_switch(self) -> bool:
        """Whether it says that a measure is in force."""
        return self.parameter.name == IN_FORCE


def apart(scenario: Scenario, other: Scenario, until: str) -> tuple[Apart, ...]:
    """Parameters that differ in a month of a run to ``until``.

    Those of a measure that is out of force in both are left out: nothing reads them.
    """
    mine, theirs = scenario.policy().steps, other.policy().steps
    found = []
    for name, topic in scenario.topics.items():
        if not any(_in_force(name, steps, until) for steps in (mine, theirs)):
            continue
        for field, parameter in topic.parameters.items():
            address = f"{name}.{field}"
            month = _last_difference(mine[address], theirs[address], parse_month(until))
            if month is not None:
                values = (value_at(steps[address], month) for steps in (mine, theirs))
                found.append(Apart(topic, parameter, *values))
    return tuple(found)


def _last_difference(one: tuple[Step, ...], other: tuple[Step, ...], until: int) -> int | None:
    months = range(until, START - 1, -1) if one != other else ()
    return next((m for m in months if value_at(one, m) != value_at(other, m)), None)


def _in_force(topic: str, steps: Steps, until: str) -> bool:
    switch = steps.get(f"{topic}.{IN_FORCE}")
    months = range(START, parse_month(until) + 1)
    return switch is None or any(value_at(switch, month) != 0 for month in months)
