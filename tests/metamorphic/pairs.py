"""Two provinces that differ in one thing, and who did what in the month in which they part."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.months import format_month, parse_month
from model.parameters.reader import all_topics, value_at
from tests.lived import STORM, Job, begin, changed, scenario
from tests.random_scenarios import random_scenario

Rows = dict[str, set[int]]


@dataclass
class Twin:
    """A province after the month, and the rows of workers behind every flow of that month."""

    province: Any
    rows: Rows = field(default_factory=lambda: defaultdict(set))

    def live_a_month(self) -> "Twin":
        counts, rows = self.province.counts, self.rows
        flow = counts.flow

        def noted(province: Any, name: str, chosen: Any) -> None:
            rows[name] |= set(chosen.tolist())
            flow(province, name, chosen)

        counts.flow = noted
        self.province.step()
        del counts.flow
        return self

    def scalar(self, name: str) -> int:
        found: int = self.province.counts.scalars.get((name, self.province.month - 1), 0)
        return found


def base(number: int) -> Mapping[str, Any]:
    """Even cases are storms of several seeds; the others are random scenarios."""
    return STORM if number % 2 == 0 else random_scenario(number)


def month_of(number: int) -> int:
    """The month in which the pair of a case parts: any of the policy's time."""
    return random.Random(number).randrange(parse_month("2018-02"), parse_month("2020-11"))


def moved_value(given: Mapping[str, Any], lever: str, month: int, up: bool) -> float:
    """A value three fifths of the way to the end of the lever's range."""
    topic, name = lever.split(".")
    parameter = all_topics()[topic].parameters[name]
    now = float(value_at(scenario(given).policy().steps[lever], month))
    end = float(parameter.high if up else parameter.low)
    value = now + 0.6 * (end - now)
    if parameter.unit.split(" ")[0] in ("months", "persons", "count", "years"):
        return round(value) if round(value) != now else int(end)
    return round(value, 2 if parameter.unit.startswith("yuan") else 6)


def trunk_of(number: int, n: int = 500) -> tuple[Any, int]:
    """A province lived up to the month before it parts."""
    month = month_of(number)
    trunk = begin(Job(base(number), seed=1 + number % 7, n=n))
    trunk.run(month - 1)
    return trunk, month


def pair(number: int, levers: tuple[str, ...], *, up: bool, n: int = 500) -> tuple[Twin, Twin]:
    """The same province with and without levers moved from a month on, after that month."""
    trunk, month = trunk_of(number, n)
    given = base(number)
    for lever in levers:
        given = changed(given, lever, moved_value(given, lever, month, up), format_month(month))
    moved = trunk.fork(scenario(given).policy())
    return Twin(trunk).live_a_month(), Twin(moved).live_a_month()
