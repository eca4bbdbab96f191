"""Where numbers come from: every parameter with value, unit, range, grade and source, in words."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from model.months import format_month
from model.parameters.reader import GRADES, Parameter, Raw, Step, Topic, shown
from model.words import has, text
from scenarios.effects import MINUS
from scenarios.scenario import Scenario

COLOURS = {"law": "blue", "data": "green", "estimate": "violet", "assumed": "orange"}
FIRST_YEAR, YEAR = 1900, 12  # from which a number of years is a date; months in a year
UNSAFE = re.compile(r"([\\`*_{}\[\]<>|$~:#])")


class Entry(NamedTuple):
    """One parameter in words."""

    name: str
    address: str
    value: str
    unit: str
    bounds: str
    grade: str
    source: str
    changed: bool


def entries(scenario: Scenario, topic: Topic, lang: str) -> list[Entry]:
    """Every parameter of a topic, with the values of a scenario."""
    steps = scenario.policy().steps
    return [
        Entry(
            parameter.says[lang],
            f"{topic.name}.{name}",
            dated(parameter, steps[f"{topic.name}.{name}"], lang),
            unit_of(parameter, lang),
            bounds(parameter),
            parameter.grade,
            cited(parameter, lang),
            f"{topic.name}.{name}" in scenario.differences,
        )
        for name, parameter in topic.parameters.items()
    ]


def grades(topics: Mapping[str, Topic]) -> dict[str, int]:
    """How many parameters have each grade."""
    found = dict.fromkeys(GRADES, 0)
    for topic in topics.values():
        for parameter in topic.parameters.values():
            found[parameter.grade] += 1
    return found


def dated(parameter: Parameter, steps: tuple[Step, ...], lang: str) -> str:
    """Values with the months from which they hold."""
    words = [value_words(parameter, raw, lang) for _, raw in steps]
    if len(steps) == 1:
        return words[0]
    later = [
        text("page.since", lang, value=said, month=format_month(month))
        for said, (month, _) in zip(words[1:], steps[1:], strict=True)
    ]
    return "; ".join([words[0], *later])


def value_words(parameter: Parameter, raw: Raw, lang: str) -> str:
    """A value for people."""
    if isinstance(raw, str):
        return parameter.option_says[raw][lang]
    if parameter.unit == "switch":
        return text("page.on" if raw else "page.off", lang)
    return shown(raw) if is_year(parameter) else separated(raw)


def is_year(parameter: Parameter) -> bool:
    """Whether a number names a calendar year rather than counting years."""
    return parameter.unit == "years" and parameter.low >= FIRST_YEAR


def is_month(parameter: Parameter) -> bool:
    """Whether a number names a month of the year rather than counting."""
    return (
        parameter.name.endswith("_month") and parameter.unit == "count" and parameter.high <= YEAR
    )


def bounds(parameter: Parameter) -> str:
    """The range of a number."""
    if parameter.options or parameter.unit == "switch":
        return ""
    return " – ".join(
        shown(end) if is_year(parameter) else separated(end)
        for end in (parameter.low, parameter.high)
    )


def separated(value: Decimal) -> str:
    """A number with separators, without needless zeros."""
    whole, point, rest = shown(abs(value)).partition(".")
    sign = MINUS if value < 0 else ""
    return f"{sign}{int(whole):,}{point}{rest}" if whole.isdigit() else shown(value)


def unit(name: str, lang: str) -> str:
    """A unit in words; English where no Chinese one was written."""
    key = "page.unit." + re.sub(r"[^a-z]+", "_", name.lower()).strip("_")
    return text(key, lang) if has(key) else name


def unit_of(parameter: Parameter, lang: str) -> str:
    """The unit of a parameter in words; calendar years and months are no counts."""
    if is_year(parameter):
        return text("page.unit.calendar_year", lang)
    return (
        text("page.unit.calendar_month", lang)
        if is_month(parameter)
        else unit(parameter.unit, lang)
    )


def badge(grade: str, lang: str) -> str:
    """A grade as a coloured mark; assumptions stand out."""
    return f":{COLOURS[grade]}-badge[{text(f'page.grade.{grade}', lang)}]"


def clause_name(topic: Topic, lang: str) -> str:
    """The clause of a measure, or that it is older than the opinion; nothing for other topics."""
    if topic.clause and topic.clause.startswith("C"):
        return text("page.clause", lang, n=topic.clause.removeprefix("C"))
    return text("page.earlier", lang) if topic.instrument else ""


def cited(parameter: Parameter, lang: str) -> str:
    """The source in words, safe inside markdown."""
    said = parameter.cite[lang]
    if parameter.source.id:
        said = f"{said} [{parameter.source.id}]"
    return plain(said)


def plain(said: str) -> str:
    """Text in which markdown finds nothing to act upon."""
    return UNSAFE.sub(r"\\\1", said)
