"""Further lists of a case file, one module each: what its entries hold, and how a rule sees them.

A module here with a ``KIND`` adds a list to the case file (``hires:``, ``awards:`` …) and has every
instrument of its channel answer for each entry; nothing else is edited.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model.instruments.channels import Channel, Instrument
from scenarios.case_fields import Facts, Field


@dataclass(frozen=True)
class Kind:
    """A list of a case file.

    Args:
        channel: whose instruments are asked.
        fields: fields of an entry besides ``id``.
        facts: the entry, the enterprise and the month to the facts of the channel.
        per: period of the amount: once, month or year.
        concerns: which instruments an entry is about; every one of the channel by default.
        key: name of the list, that of the module; filled in here.
    """

    channel: Channel
    fields: Mapping[str, Field]
    facts: Callable[[Facts, Facts, int], Any]
    per: str = "once"
    concerns: Callable[[Facts, Instrument], bool] = lambda _entry, _one: True
    key: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by the name of its list, in the order of names."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem == "__init__":
            continue
        one: Kind = importlib.import_module(f"{__name__}.{path.stem}").KIND
        found[path.stem] = Kind(
            one.channel, one.fields, one.facts, one.per, one.concerns, path.stem
        )
    return MappingProxyType(found)


__all__ = ["Kind", "kinds"]
