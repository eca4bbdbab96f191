"""What is in force when: the values of every topic, month by month, under one scenario."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from model.months import format_month
from model.parameters.reader import IN_FORCE, Raw, Step, Topic, canonical, shown, value_at

DEMAND = "demand.path"  # the address of the demand world
Steps = Mapping[str, tuple[Step, ...]]  # values by month, by address `topic.field`
_OFF = 0


class World(NamedTuple):
    """What happens to everybody, policy or not."""

    demand: str
    background: Mapping[str, bool]


class Law(Mapping[str, Any]):
    """``Params`` of every topic in one month, by name of the topic."""

    __slots__ = ("_params",)

    def __init__(self, params: Mapping[str, Any]) -> None:
        """Keep the values."""
        self._params = params

    def __getitem__(self, topic: str) -> Any:
        """``Params`` of a topic."""
        return self._params[topic]

    def __iter__(self) -> Iterator[str]:
        """Names of the topics."""
        return iter(self._params)

    def __len__(self) -> int:
        """Number of topics."""
        return len(self._params)


class Policy:
    """Values in force in every month. Months with the same values share one :class:`Law`."""

    def __init__(self, topics: Mapping[str, Topic], differences: Steps) -> None:
        """``differences`` replace what the parameter files say, by address."""
        self.topics = topics
        self.steps = frozen(topics, {**steps_of(topics), **differences})
        self._laws: dict[int, Law] = {}
        self._changes = {name: self._months_of(name) for name in topics}
        self._starts = sorted({month for months in self._changes.values() for month in months})
        self._since: dict[tuple[str, int], Any] = {}  # params by topic and number of its change
        self._params: dict[tuple[str, tuple[Raw, ...]], Any] = {}

    def at(self, month: int) -> Law:
        """The law of a month; the same object for all months between two changes."""
        segment = max(bisect_right(self._starts, month) - 1, 0)
        if segment not in self._laws:
            start = self._starts[segment] if self._starts else 0
            self._laws[segment] = Law({name: self._topic_at(name, start) for name in self.topics})
        return self._laws[segment]

    def first_difference(self, other: "Policy") -> int | None:
        """First month in which the two differ; None if they never do.

        What a measure would pay counts also while both have it out of force, since a rule may
        read it: an earlier fork costs time, not truth.
        """
        found = [
            month
            for name in self.topics
            for month in [self._first_difference_of(other, name)]
            if month is not None
        ]
        return min(found, default=None)

    @property
    def world(self) -> World:
        """Demand and background events of this policy's world."""
        demand = str(value_at(self.steps[DEMAND], 0)) if DEMAND in self.steps else ""
        events = [name for name, topic in self.topics.items() if topic.background]
        return World(demand, {name: self._ever_in_force(name) for name in events})

    @property
    def digest(self) -> str:
        """SHA-256 of every value in force, the parameter files' own included."""
        return digest_of(self.steps)

    def _topic_at(self, name: str, month: int) -> Any:
        """``Params`` of a topic, one object for equal values."""
        since = name, bisect_right(self._changes[name], month)
        if since not in self._since:
            self._since[since] = self._read(name, month)
        return self._since[since]

    def _read(self, name: str, month: int) -> Any:
        topic = self.topics[name]
        raws = {field: value_at(self.steps[f"{name}.{field}"], month) for field in topic.parameters}
        key = (name, tuple(raws.values()))
        if key not in self._params:
            self._params[key] = topic.resolved(raws)
        return self._params[key]

    def _months_of(self, name: str) -> list[int]:
        """Months from which a value of a topic is another."""
        addresses = [f"{name}.{field}" for field in self.topics[name].parameters]
        return sorted({month for address in addresses for month, _ in self.steps[address]})

    def _first_difference_of(self, other: "Policy", name: str) -> int | None:
        for month in sorted({*self._changes[name], *other._changes[name]}):
            mine, theirs = self._topic_at(name, month), other._topic_at(name, month)
            if mine != theirs:
                return month
        return None

    def _ever_in_force(self, name: str) -> bool:
        return any(raw != _OFF for _, raw in self.steps[f"{name}.{IN_FORCE}"])


def steps_of(topics: Mapping[str, Topic]) -> dict[str, tuple[Step, ...]]:
    """What the parameter files say, by address."""
    return {
        f"{topic.name}.{field}": parameter.steps
        for topic in topics.values()
        for field, parameter in topic.parameters.items()
    }


def frozen(topics: Mapping[str, Topic], steps: Steps) -> dict[str, tuple[Step, ...]]:
    """``steps`` as they stand where background events are switched off.

    What an event ``freezes`` then keeps, in every month in which the event would be in force, the
    value of the month before the event first came into force.
    """
    found = dict(steps)
    for topic in topics.values():
        if not topic.freezes:
            continue
        meant, switch = topic.parameters[IN_FORCE].steps, steps[f"{topic.name}.{IN_FORCE}"]
        start = next((month for month, raw in meant if raw != _OFF), None)
        if start is None or switch == meant:
            continue
        for address in topic.freezes:
            own = found[address]
            before = value_at(own, max(0, start - 1))
            months = {0, *(month for one in (meant, switch, own) for month, _ in one)}
            found[address] = canonical(
                (month, before if _missing(meant, switch, month) else value_at(own, month))
                for month in months
            )
    return found


def _missing(meant: tuple[Step, ...], switch: tuple[Step, ...], month: int) -> bool:
    """Whether an event that should be in force in a month is switched off."""
    return value_at(meant, month) != _OFF and value_at(switch, month) == _OFF


def overlaid(steps: tuple[Step, ...], start: int, end: int | None, raw: Raw) -> tuple[Step, ...]:
    """``steps`` with another value from ``start`` to ``end`` (inclusive; None: for good)."""
    before = [step for step in steps if step[0] < start]
    if end is None:
        return canonical([*before, (start, raw)])
    after = [step for step in steps if step[0] > end + 1]
    return canonical([*before, (start, raw), (end + 1, value_at(steps, end + 1)), *after])


def canonical_json(steps: Steps) -> str:
    """Addresses with their dated values in one notation, whatever the order or form given."""
    return json.dumps(
        {address: dated(steps[address]) for address in sorted(steps)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def dated(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """Steps as months and values in text."""
    return [(format_month(month), shown(raw)) for month, raw in steps]


def digest_of(steps: Steps) -> str:
    """SHA-256 of :func:`canonical_json`."""
    return hashlib.sha256(canonical_json(steps).encode()).hexdigest()
