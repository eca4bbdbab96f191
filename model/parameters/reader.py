"""Topics: one dated, cited parameter file and one ``Params`` with exactly the same fields.

A value is converted once, when read: yuan to integer fen, switches and options to integer codes,
months, persons, counts and years to integers, other units to integer millionths where ``Params``
says ``int`` and to floats where it says ``float``. A value applies from the first month that
begins on or after its date; the first value also holds before its date.
"""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from model.months import first_month_on_or_after
from model.nodes import Node
from model.reading import Findings, InputError, InputErrors
from model.values import Bounds, choice, number, written

FEN_PER_YUAN = 100
PARTS_PER_MILLION = 1_000_000
FLOAT_DECIMALS = 400  # more than any float has use for
WHOLE_UNITS = ("months", "persons", "count", "years")
GRADES = ("law", "data", "estimate", "assumed")
IN_FORCE = "in_force"
Raw = Decimal | str  # a value as a file states it: a number in the file's unit, or an option
Step = tuple[int, Raw]  # a value and the first month in which it applies

HOUSE = Path(__file__).parents[1]
FOLDERS = (
    (HOUSE / "instruments", "model.instruments"),
    (HOUSE / "parameters", "model.parameters"),
)


class Source(NamedTuple):
    """Where a number comes from; ``id`` names a figure of the project's statistics."""

    grade: str
    cite: Mapping[str, str]
    id: str = ""
    url: str = ""
    note: Mapping[str, str] = {}


class Kind(NamedTuple):
    """What a value looks like in a file."""

    unit: str
    is_float: bool
    bounds: Bounds | None
    options: tuple[str, ...]


@dataclass(frozen=True)
class Parameter:
    """One number, switch or option of a topic, with everything its file says about it."""

    name: str
    unit: str
    says: Mapping[str, str]
    low: Decimal
    high: Decimal
    options: tuple[str, ...]
    option_says: Mapping[str, Mapping[str, str]]
    values: tuple[tuple[date, Raw], ...]
    source: Source
    line: int
    is_float: bool

    @property
    def grade(self) -> str:
        """``law``, ``data``, ``estimate`` or ``assumed``."""
        return self.source.grade

    @property
    def cite(self) -> Mapping[str, str]:
        """The source in words, by language."""
        return self.source.cite

    @property
    def note(self) -> Mapping[str, str]:
        """A remark on the source, by language; may be empty."""
        return self.source.note

    @property
    def kind(self) -> "Kind":
        """What a value of this parameter looks like."""
        return Kind(self.unit, self.is_float, Bounds(self.low, self.high), self.options)

    def inside(self, raw: Raw) -> int | float:
        """``raw`` in the units of the model."""
        if isinstance(raw, str):
            return self.options.index(raw)
        if self.is_float:
            return float(raw)
        return int(raw * factor_of(self.unit))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Values by the first month in which each applies; the first one since ever (month 0)."""
        months = [first_month_on_or_after(day) for day, _ in self.values]
        return canonical(zip([0, *months[1:]], [raw for _, raw in self.values], strict=True))


class Change(NamedTuple):
    """Another value of one field from ``start`` to ``end`` (inclusive; None: for good)."""

    field: str
    start: int
    end: int | None
    value: Raw


@dataclass(frozen=True)
class Topic:
    """One parameter file: an instrument, a background event, behaviour or the economy."""

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    clause: str | None
    background: bool
    parameters: Mapping[str, Parameter]
    params: Any
    path: Path
    freezes: tuple[str, ...] = ()  # addresses that stand still while a background event is off

    @property
    def instrument(self) -> bool:
        """Whether this is a measure that a scenario can switch on and off."""
        return IN_FORCE in self.parameters and not self.background

    def at(self, month: int, changes: Iterable[Change] = ()) -> Any:
        """The ``Params`` in force in ``month``; a later change wins over an earlier one."""
        raws = {name: value_at(one.steps, month) for name, one in self.parameters.items()}
        for change in changes:
            if change.start <= month and (change.end is None or month <= change.end):
                raws[change.field] = change.value
        return self.resolved(raws)

    def resolved(self, raws: Mapping[str, Raw]) -> Any:
        """``Params`` of these values, converted to the units of the model."""
        return self.params(**{n: self.parameters[n].inside(raw) for n, raw in raws.items()})


def raw_value(node: Node, field: str, findings: Findings, kind: Kind) -> Raw | None:
    """A value as a file states it, or None after noting why not.

    An integer of the model keeps two decimals of a yuan, six of a share, none of a count; a
    float is kept as the shortest number that gives it, so that equal values look alike.
    """
    if kind.unit == "option":
        return choice(node, field, findings, kind.options)
    if kind.is_float:
        found = number(node, field, findings, kind.bounds, FLOAT_DECIMALS)
        return None if found is None else Decimal(repr(float(found)))
    return number(node, field, findings, kind.bounds, len(str(factor_of(kind.unit))) - 1)


def factor_of(unit: str) -> int:
    """What a value in ``unit`` is multiplied by to become an integer of the model."""
    if is_money(unit):
        return FEN_PER_YUAN
    return 1 if unit in (*WHOLE_UNITS, "switch", "option") else PARTS_PER_MILLION


def is_money(unit: str) -> bool:
    """Whether ``unit`` counts yuan."""
    return unit == "yuan" or unit.startswith("yuan per ")


def canonical(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in order of month, without those that another replaces or that change nothing."""
    found: list[Step] = []
    for month, raw in sorted(dict(steps).items()):
        if not found or found[-1][1] != raw:
            found.append((month, raw))
    return tuple(found)


def value_at(steps: tuple[Step, ...], month: int) -> Raw:
    """The value that applies in ``month``."""
    return next((raw for start, raw in reversed(steps) if start <= month), steps[0][1])


def shown(raw: Raw) -> str:
    """A value as files write it; equal values have one notation."""
    return raw if isinstance(raw, str) else written(raw)


def fields_of(params: Any) -> dict[str, bool]:
    """Fields of a ``Params`` class and whether each is a float.

    Raises:
        TypeError: an annotation is neither int nor float; ours to mend, not the file's.
    """
    kinds = get_type_hints(params)
    wrong = [name for name in params._fields if kinds.get(name) not in (int, float)]
    if wrong:
        raise TypeError(f"{params.__module__}.{params.__qualname__}: {wrong} must be int or float")
    return {name: kinds[name] is float for name in params._fields}


def read_topic(path: Path, params: Any) -> Topic:
    """Topic of a parameter file, checked against its ``Params`` both ways.

    Raises:
        InputErrors: everything wrong in the file.
    """
    from model.parameters.topic_file import read  # it needs the classes above

    return read(path, params)


@cache
def all_topics() -> Mapping[str, Topic]:
    """Every topic of the model by name: instruments first, each folder in order of names.

    Raises:
        InputErrors: everything wrong in any of the files.
    """
    return topics_in(FOLDERS)


def topics_in(folders: Iterable[tuple[Path, str]]) -> Mapping[str, Topic]:
    """Topics of ``*.yaml`` in folders whose modules of the same name hold ``Params``."""
    topics: dict[str, Topic] = {}
    errors: list[InputError] = []
    for folder, package in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.stem in topics:
                raise ValueError(f"two topics are named {path.stem}")
            try:
                topics[path.stem] = read_topic(path, params_of(package, path.stem))
            except InputErrors as found:
                errors.extend(found.errors)
    if errors:
        raise InputErrors(errors)
    return topics


def params_of(package: str, name: str) -> Any:
    """The ``Params`` class of a topic."""
    return importlib.import_module(f"{package}.{name}").Params


__all__ = ["InputError", "InputErrors", "Parameter", "Topic", "all_topics", "read_topic"]
