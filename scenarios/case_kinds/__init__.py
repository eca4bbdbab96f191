"""Further lists of a case file, one module each: what its entries hold, and how a rule sees them.

A module here with a ``KIND`` adds a list to the case file (``hires:``, ``awards:`` …) and has every
instrument of its channel answer for each entry; nothing else is edited.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from model.instruments.channels import Channel, Instrument
from model.nodes import Node
from model.reading import Findings
from model.values import under
from scenarios.case_fields import Facts, Field


class Entry(NamedTuple):
    """An entry as the file gives it, for what its fields must be to each other.

    ``values`` hold the defaults too, ``nodes`` only what is given; ``month`` is that of the case.
    """

    values: Facts
    node: Node
    nodes: Mapping[str, Node]
    field: str
    month: int
    findings: Findings

    def refuse(self, name: str, key: str, /, **words: object) -> None:
        """Note an error at the field ``name``, or at the entry where it is not given."""
        at = self.nodes.get(name, self.node)
        self.findings.add(at, under(self.field, name), key, **words)

    def require(self, name: str) -> bool:
        """Whether the field is given; an error is noted where it is not."""
        if name not in self.nodes:
            self.refuse(name, "input.missing", name=name)
        return name in self.nodes

    def at_most(self, name: str, other: str) -> None:
        """Note an error where a number is greater than another that contains it."""
        if self.values[name] > self.values[other]:
            words = {"given": self.values[name], "name": other, "most": self.values[other]}
            self.refuse(name, "case.more_than", **words)


def _no_check(_entry: Entry) -> None:
    """Nothing beyond what each field says."""


@dataclass(frozen=True)
class Kind:
    """A list of a case file.

    Args:
        channel: whose instruments are asked.
        fields: fields of an entry besides ``id``.
        facts: the entry, the enterprise and the month to the facts of the channel.
        per: period of the amount: once, month or year.
        concerns: which instruments an entry is about; every one of the channel by default.
        check: notes what is wrong between fields that are each right.
        key: name of the list, that of the module; filled in here.
    """

    channel: Channel
    fields: Mapping[str, Field]
    facts: Callable[[Facts, Facts, int], Any]
    per: str = "once"
    concerns: Callable[[Facts, Instrument], bool] = lambda _entry, _one: True
    check: Callable[[Entry], None] = _no_check
    key: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by the name of its list, in the order of names."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem == "__init__":
            continue
        one: Kind = importlib.import_module(f"{__name__}.{path.stem}").KIND
        found[path.stem] = replace(one, key=path.stem)
    return MappingProxyType(found)


__all__ = ["Entry", "Kind", "kinds"]
