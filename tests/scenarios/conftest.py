"""A small world of topics: two instruments, a background event, demand and a behaviour."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from model.parameters.reader import Topic, read_topic

SOURCE = "source: {grade: assumed, cite: made for tests}"
SAYS = "says: {zh: 一, en: one}"
HEAD = "title: {zh: 题, en: title}\nabout: {zh: 关于, en: about}\n"


def entry(name: str, unit: str, values: str, span: str) -> str:
    """One parameter of a test topic."""
    form = "options" if unit == "option" else "range"
    return f"{name}:\n  unit: {unit}\n  {SAYS}\n  {form}: {span}\n  values: {values}\n  {SOURCE}\n"


SWITCH = entry("in_force", "switch", "{1900-01-01: 0, 2017-11-30: 1}", "[0, 1]")
OPTIONS = "{own_drop: {zh: 一, en: a}, mean_drop: {zh: 二, en: b}}"
WORLDS = "{observed: {zh: 一, en: a}, downturn_2015: {zh: 二, en: b}}"


class Drop(NamedTuple):
    """A subsidy with every kind of value."""

    in_force: int
    rate: int  # ppm
    trigger: int  # option
    amount: int  # fen
    window: int  # months


class Levy(NamedTuple):
    """A second instrument."""

    in_force: int
    share: int  # ppm


class Event(NamedTuple):
    """A background event."""

    in_force: int
    depth: float


class Demand(NamedTuple):
    """The world."""

    path: int  # option


class Moves(NamedTuple):
    """A behaviour."""

    cost: float


TOPICS = {
    "drop": (
        Drop,
        HEAD
        + "clause: C12\n"
        + SWITCH
        + entry("rate", "share of the drop", "{2017-11-30: 0.5}", "[0, 1]")
        + entry("trigger", "option", "{1900-01-01: own_drop}", OPTIONS)
        + entry("amount", "yuan per month", "{2017-11-30: 1000, 2018-05-10: 1500.5}", "[0, 3000]")
        + entry("window", "months", "{1900-01-01: 12}", "[1, 24]"),
    ),
    "levy": (
        Levy,
        HEAD
        + "clause: C7\n"
        + SWITCH.replace("2017-11-30", "2002-09-01")
        + entry("share", "share of payroll", "{2002-09-01: 0.015}", "[0.01, 0.03]"),
    ),
    "epidemic": (
        Event,
        HEAD
        + "background: true\n"
        + SWITCH.replace("2017-11-30", "2020-02-01")
        + entry("depth", "log points", "{1900-01-01: 0.25}", "[0, 1]"),
    ),
    "demand": (Demand, HEAD + entry("path", "option", "{1900-01-01: observed}", WORLDS)),
    "moves": (Moves, HEAD + entry("cost", "months of pay", "{1900-01-01: 3.5}", "[0, 50]")),
}


@pytest.fixture(scope="session")
def topics(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Topic]:
    """The small world, read from files."""
    folder: Path = tmp_path_factory.mktemp("topics")
    found = {}
    for name, (params, text) in TOPICS.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        found[name] = read_topic(path, params)
    return found
