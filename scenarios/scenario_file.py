"""One scenario file: its words, the scenario it extends and the values it states, by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from model.months import format_month, month
from model.nodes import Node, Text
from model.parameters.reader import IN_FORCE, Parameter, Raw, Topic, raw_value
from model.reading import Findings, Whole, nearest
from model.values import (
    children,
    choice,
    mapping,
    month_index,
    plain,
    sequence,
    switch,
    under,
    words,
)
from scenarios.policy import DEMAND

KEYS = ("title", "question", "extends", "against", "instruments", "settings", "change", "world")
CHANGE_KEYS = ("parameter", "from", "to", "value", "because")
ALL = "all"  # in `instruments`: every one not named
MONTHS = (0, month(2100, 12))
_SWITCHED = {True: Decimal(1), False: Decimal(0)}
Words = Mapping[str, str]

# Addresses of earlier versions, and what stands in their place.
RENAMED = {"ventures.take_up": ("startup_grant.take_up", "innovation_loan_interest.take_up")}


class Stated(NamedTuple):
    """A value that a file states; ``value`` None: as the parameter files say."""

    address: str
    start: int
    end: int | None
    value: Raw | None
    because: Words | None
    at: Node


@dataclass
class Layer:
    """Content of one file."""

    title: Words | None = None
    question: Words | None = None
    extends: Text | None = None
    against: Text | None = None
    stated: list[Stated] = field(default_factory=list)


def read(root: Node, topics: Mapping[str, Topic], findings: Findings) -> Layer:
    """Layer of a file's tree; what is wrong goes to ``findings``."""
    layer = Layer()
    body = mapping(root, "", findings)
    if body is None:
        return layer
    if not body.pairs:
        findings.add(body, "", "file.empty")
    parts = children(body, "", findings, KEYS)
    layer.title = _words(parts, "title", findings)
    layer.question = _words(parts, "question", findings)
    layer.extends = _name(parts, "extends", findings)
    layer.against = _name(parts, "against", findings)
    reader = _Reader(topics, findings, layer.stated)
    if "instruments" in parts:
        reader.instruments(parts["instruments"])
    if "settings" in parts:
        reader.settings(parts["settings"])
    if "change" in parts:
        reader.changes(parts["change"])
    if "world" in parts:
        reader.world(parts["world"])
    _find_conflicts(layer.stated, findings)
    return layer


@dataclass(frozen=True)
class _Reader:
    """Reads the parts of a file that state values."""

    topics: Mapping[str, Topic]
    findings: Findings
    stated: list[Stated]

    def instruments(self, node: Node) -> None:
        """``{name: on|off}``; ``all`` stands for every instrument not named."""
        field = "instruments"
        body = mapping(node, field, self.findings)
        if body is None:
            return
        names = [name for name, topic in self.topics.items() if topic.instrument]
        found = children(body, field, self.findings, [ALL, *names])
        for name, child in found.items():
            turned = switch(child, under(field, name), self.findings)
            if turned is not None:
                rest = [one for one in names if one not in found] if name == ALL else [name]
                for one in rest:
                    self._switch(one, turned, child)

    def settings(self, node: Node) -> None:
        """``{topic.name: option}``."""
        body = mapping(node, "settings", self.findings)
        for key, child in body.pairs if body else ():
            parameter = self._parameter(key, "settings")
            field = under("settings", key.text)
            if parameter is not None and parameter.unit != "option":
                self.findings.add(key, field, "scenario.setting", given=key.text)
            elif parameter is not None:
                raw = choice(child, field, self.findings, parameter.options)
                self._state(key.text, MONTHS[0], None, raw, None, child)

    def changes(self, node: Node) -> None:
        """A list of dated changes."""
        body = sequence(node, "change", self.findings)
        for number, item in enumerate(body.items if body else (), 1):
            self._change(item, f"change[{number}]")

    def world(self, node: Node) -> None:
        """``{demand: option, background: {name: on|off}}``."""
        body = mapping(node, "world", self.findings)
        parts = children(body, "world", self.findings, ("demand", "background")) if body else {}
        if "demand" in parts:
            options = self._options(DEMAND)
            raw = choice(parts["demand"], "world.demand", self.findings, options)
            self._state(DEMAND, MONTHS[0], None, raw, None, parts["demand"])
        if "background" in parts:
            events = [name for name, topic in self.topics.items() if topic.background]
            inner = mapping(parts["background"], "world.background", self.findings)
            found = children(inner, "world.background", self.findings, events) if inner else {}
            for name, child in found.items():
                turned = switch(child, under("world.background", name), self.findings)
                if turned is not None:
                    self._switch(name, turned, child)

    def _change(self, node: Node, field: str) -> None:
        body = mapping(node, field, self.findings)
        if body is None:
            return
        required = [key for key in CHANGE_KEYS if key != "to"]
        parts = children(body, field, self.findings, CHANGE_KEYS, required)
        because = _words(parts, "because", self.findings, field)
        start = self._month(parts, "from", field)
        end = self._month(parts, "to", field)
        if start is not None and end is not None and end < start:
            words = {"start": format_month(start), "end": format_month(end)}
            self.findings.add(parts["to"], under(field, "to"), "scenario.before", **words)
        address = parts.get("parameter")
        if address is None or plain(address, under(field, "parameter"), self.findings) is None:
            return
        assert isinstance(address, Text)
        parameter = self._parameter(address, field, "parameter")
        if parameter is None or "value" not in parts:
            return
        raw = self._value(parts["value"], under(field, "value"), parameter)
        if start is not None and ("to" not in parts or end is not None):
            self._state(address.text, start, end, raw, because, body)

    def _value(self, node: Node, field: str, parameter: Parameter) -> Raw | None:
        if parameter.unit == "switch" and isinstance(node, Text) and node.text not in ("0", "1"):
            turned = switch(node, field, self.findings)
            return None if turned is None else _SWITCHED[turned]
        return raw_value(node, field, self.findings, parameter.kind)

    def _month(self, parts: Mapping[str, Node], name: str, field: str) -> int | None:
        if name not in parts:
            return None
        return month_index(parts[name], under(field, name), self.findings, MONTHS)

    def _switch(self, name: str, turned: bool, node: Node) -> None:
        value = None if turned else _SWITCHED[False]
        self.stated.append(Stated(f"{name}.{IN_FORCE}", MONTHS[0], None, value, None, node))

    def _state(
        self,
        address: str,
        start: int,
        end: int | None,
        raw: Raw | None,
        because: Words | None,
        node: Node,
    ) -> None:
        if raw is not None:
            self.stated.append(Stated(address, start, end, raw, because, node))

    def _options(self, address: str) -> tuple[str, ...]:
        topic, _, name = address.partition(".")
        found = self.topics[topic].parameters.get(name) if topic in self.topics else None
        return found.options if found else ()

    def _parameter(self, at: Text, *path: str) -> Parameter | None:
        """The parameter of an address ``topic.field``; the nearest one is suggested."""
        topic, _, name = at.text.partition(".")
        found = self.topics[topic].parameters.get(name) if topic in self.topics else None
        if found is None:
            field = ".".join(path) if len(path) > 1 else under(path[0], at.text)
            if at.text in RENAMED:
                near = Whole(", ".join(RENAMED[at.text]))
                self.findings.add(at, field, "input.unknown_near", given=at.text, near=near)
                return None
            known = [f"{t.name}.{n}" for t in self.topics.values() for n in t.parameters]
            if topic in self.topics and nearest(at.text, known) is None:
                known = [f"{topic}.{n}" for n in self.topics[topic].parameters]
            if nearest(at.text, known) is None and topic not in self.topics:
                names = Whole(", ".join(self.topics))
                self.findings.add(at, field, "scenario.address", given=at.text, topics=names)
            else:
                self.findings.unknown(at, field, at.text, known)
        return found


def _name(parts: Mapping[str, Node], name: str, findings: Findings) -> Text | None:
    """The text that names a scenario, with its place; None if none is given."""
    node = parts.get(name)
    if node is None or plain(node, name, findings) is None:
        return None
    return node if isinstance(node, Text) else None


def _words(
    parts: Mapping[str, Node], name: str, findings: Findings, field: str = ""
) -> Words | None:
    """A text in both languages, or one text for both."""
    node = parts.get(name)
    return None if node is None else words(node, under(field, name), findings)


def _find_conflicts(stated: list[Stated], findings: Findings) -> None:
    """Two values for one parameter and month in one file."""
    for number, later in enumerate(stated):
        for earlier in stated[:number]:
            if earlier.address == later.address and _overlap(earlier, later):
                words = {
                    "address": Whole(later.address),
                    "month": format_month(max(earlier.start, later.start)),
                    "line": earlier.at.line,
                }
                findings.add(later.at, later.address, "scenario.twice", **words)
                break


def _overlap(one: Stated, other: Stated) -> bool:
    return (one.end is None or other.start <= one.end) and (
        other.end is None or one.start <= other.end
    )
