"""Every clause: what it provides, how it stands in the model, with which parameters and sources.

The words stand in ``clauses.yaml``; values, units, grades and sources are read from the parameter
files, so that both cannot disagree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from model.instruments.registry import instruments
from model.nodes import Mapping as MappingNode
from model.nodes import Node, Sequence, Text, compose
from model.parameters.reader import Parameter, Topic, all_topics, shown
from model.words import LANGUAGES
from scenarios.policy import dated

FILE = Path(__file__).with_name("clauses.yaml")
ROLES = ("instrument", "behaviour", "target", "context")
STATUSES = ("modelled", "partly", "planned", "outside")
CLAUSES = (*(f"C{number}" for number in range(1, 30)), "三")
EARLIER = "earlier"
NEEDED = {"title", "provides", "role", "status", "new"}
FIELDS = {*NEEDED, "modelled", "instruments", "parameters", "missing"}
_NUMBER = re.compile(r"(?:第|c)?\s*([0-9]{1,2})\s*(?:条|條)?", re.IGNORECASE)
_THIRD = ("三", "第三部分", "3rd", "iii", "part 3", "part3", "part three")

Words = Mapping[str, str]


class ClausesError(ValueError):
    """The data file contradicts itself or the model; ours to mend."""


@dataclass(frozen=True)
class Clause:
    """One clause."""

    name: str
    title: Words
    provides: Words
    role: tuple[str, ...]
    status: str
    new: Words
    modelled: Words | None
    missing: Words | None
    instruments: tuple[str, ...]
    parameters: tuple[str, ...]  # addresses, those of its instruments included
    stated: tuple[str, ...] = ()  # addresses as the file states them

    def as_mapping(self) -> dict[str, Any]:
        """As JSON shows it."""
        return {
            "clause": self.name,
            "title": dict(self.title),
            "provides": dict(self.provides),
            "role": list(self.role),
            "status": self.status,
            "new": dict(self.new),
            "modelled": dict(self.modelled) if self.modelled else None,
            "not_modelled": dict(self.missing) if self.missing else None,
            "instruments": [_instrument(name) for name in self.instruments],
            "parameters": [parameter_mapping(address) for address in self.parameters],
        }


def _instrument(name: str) -> dict[str, Any]:
    topic, found = all_topics()[name], instruments()[name]
    return {
        "name": name,
        "title": dict(topic.title),
        "payer": found.payer.name.lower(),
        "payee": found.payee.name.lower(),
        "about": dict(topic.about),
    }


def parameter_mapping(address: str) -> dict[str, Any]:
    """One parameter with its values by month, unit, grade and source."""
    topic, one = parameter(address)
    return {
        "address": address,
        "says": dict(one.says),
        "unit": one.unit,
        "values": [{"from": month, "value": value} for month, value in dated(one.steps)],
        "range": [] if one.options else [shown(one.low), shown(one.high)],
        "options": {name: dict(said) for name, said in one.option_says.items()},
        "grade": one.grade,
        "source": dict(one.cite),
        "note": dict(one.note),
        "file": topic.path.name,
    }


def parameter(address: str) -> tuple[Topic, Parameter]:
    """Topic and parameter of an address."""
    name, _, field = address.partition(".")
    topic = all_topics()[name]
    return topic, topic.parameters[field]


@cache
def clauses() -> Mapping[str, Clause]:
    """Every clause by name, in the order of the document; older rules last.

    Raises:
        ClausesError: a clause, instrument or address that does not exist, or has no answer.
    """
    found = read(FILE.read_text(encoding="utf-8"))
    check(found)
    return found


def read(content: str) -> dict[str, Clause]:
    """Clauses of a data file."""
    root = plain(compose(content))
    found = {}
    for name, given in root.items():
        if unknown := sorted(set(given) - FIELDS):
            raise ClausesError(f"{name}: unknown field {unknown[0]}")
        if missing := sorted(NEEDED - set(given)):
            raise ClausesError(f"{name}: {missing[0]} is missing")
        own = tuple(given.get("instruments", ()))
        addresses = [*own, *given.get("parameters", ())]
        found[name] = Clause(
            name,
            given["title"],
            given["provides"],
            tuple(given["role"]),
            given["status"],
            given["new"],
            given.get("modelled"),
            given.get("missing"),
            own,
            tuple(dict.fromkeys(one for address in addresses for one in expanded(address))),
            tuple(given.get("parameters", ())),
        )
    return found


def expanded(address: str) -> list[str]:
    """An address, all addresses of a topic, or those that begin alike (``topic.field_*``).

    Raises:
        ClausesError: there is none.
    """
    name, _, field = address.partition(".")
    topic = all_topics().get(name)
    fields = [] if topic is None else [f for f in topic.parameters if fnmatch(f, field or "*")]
    if not fields:
        raise ClausesError(f"no parameter {address}")
    return [f"{name}.{one}" for one in fields]


def plain(node: Node) -> Any:
    """Plain values of a tree."""
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, MappingNode)
    return {key.text: plain(child) for key, child in node.pairs}


def check(found: Mapping[str, Clause]) -> None:
    """Every clause has an answer, every instrument a clause, both as its own file says.

    Raises:
        ClausesError: the first thing that does not hold.
    """
    if tuple(found) != (*CLAUSES, EARLIER):
        raise ClausesError("clauses must be C1 to C29, 三 and earlier, in this order")
    for one in found.values():
        words = [one.title, one.provides, one.new, one.modelled, one.missing]
        if any(w is not None and set(w) != set(LANGUAGES) for w in words):
            raise ClausesError(f"{one.name}: words must stand in every language")
        if not set(one.role) <= set(ROLES) or one.status not in STATUSES:
            raise ClausesError(f"{one.name}: unknown role or status")
        says_how = one.modelled is not None
        if not says_how if one.status in ("modelled", "partly") else one.missing is None:
            raise ClausesError(f"{one.name}: {one.status} without saying how or why not")
    of = {name: one.name for one in found.values() for name in one.instruments}
    for name, instrument in instruments().items():
        if of.get(name) != instrument.clause:
            raise ClausesError(f"{name} belongs to {instrument.clause}, not to {of.get(name)}")
    if unknown := sorted(set(of) - set(instruments())):
        raise ClausesError(f"no instrument {unknown[0]}")


def clause_of(address: str) -> str | None:
    """The clause a parameter belongs to.

    Its instrument's; else the first that states it by name; else the first that states its topic
    or names that begin alike.
    """
    topic = all_topics()[address.partition(".")[0]]
    if topic.clause:
        return topic.clause
    every = list(clauses().values())
    exact = (one.name for one in every if address in one.stated)
    alike = (one.name for one in every for said in one.stated if address in expanded(said))
    return next(exact, None) or next(alike, None)


def named(given: str) -> str | None:
    """Name of the clause that somebody means by ``given``, or None."""
    said = given.strip()
    if said.lower() in _THIRD:
        return CLAUSES[-1]
    number = _NUMBER.fullmatch(said)
    if number:
        said = f"C{int(number[1])}"
    return said if said in clauses() else said.lower() if said.lower() in clauses() else None
