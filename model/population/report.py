"""The margins as a table for people: each beside its source, and which were assumed."""

import unicodedata
from collections import Counter
from fractions import Fraction
from itertools import groupby

from model.population.inputs import inputs
from model.population.margins import Marginal, marginals
from model.population.province import DATES, Population, population
from model.words import has, label, text

NAME_WIDTH, NUMBER_WIDTH, GRADE_WIDTH, SOURCE_WIDTH = 44, 12, 12, 60


def report_text(lang: str, people: Population | None = None) -> str:
    """The report in ``zh`` or ``en``; of the whole province at the end of 2016 if not told."""
    if people is None:
        people = population(DATES[0], scale=Fraction(1), seed=0)
    found = marginals(people)
    said = {key: text(f"population.{key}", lang) for key in ("scale_whole", "compared")}
    scale = said["scale_whole"]
    if people.weight > 1:
        scale = text("population.scale_sample", lang, n=people.weight)
    lines = [text("population.title", lang, date=people.date, scale=scale), ""]
    for group, members in groupby(found, key=lambda margin: margin.group):
        lines += ["", text(f"population.group.{group}", lang), _header(lang)]
        lines += [_line(margin, lang, said["compared"]) for margin in members]
    return "\n".join([*lines, "", *_summary(found, lang)])


def _header(lang: str) -> str:
    names = ("name", "fitted", "source_value", "difference", "grade", "source")
    return _row([text(f"population.column.{name}", lang) for name in names])


def _line(margin: Marginal, lang: str, compared: str) -> str:
    name = _name(margin.name, lang)
    unit = text(f"population.unit.{_unit_key(margin.unit)}", lang)
    if not margin.fitted_to:
        name = f"{name} {compared}"
    return _row(
        [
            f"{name} ({unit})",
            _number(margin.fitted),
            _number(margin.source_value),
            f"{margin.difference:+.1%}",
            text(f"population.grade.{margin.grade}", lang),
            margin.source,
        ]
    )


def _name(name: str, lang: str) -> str:
    if name in inputs().numbers:
        what = inputs().numbers[name]
        return what.zh if lang == "zh" else what.en
    for group in inputs().groups:
        if group.name == name:
            return group.zh if lang == "zh" else group.en
    return text(f"population.name.{name}", lang) if has(f"population.name.{name}") else label(name, lang)


def _unit_key(unit: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in unit)


def _number(value: float) -> str:
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3
    return f"{value:,.{digits}f}"


def _summary(found: list[Marginal], lang: str) -> list[str]:
    fitted = Counter(margin.grade for margin in found if margin.fitted_to)
    given = inputs()
    kinds = Counter(what.grade for what in [*given.numbers.values(), *given.described.values()])
    return [
        text(
            "population.summary.margins",
            lang,
            total=fitted.total(),
            data=fitted["data"],
            assumed=fitted["assumed"],
        ),
        text(
            "population.summary.inputs",
            lang,
            figures=len(given.figures),
            gaps=len(given.gaps),
            total=kinds.total(),
            assumed=kinds["assumed"],
        ),
    ]


def _width(said: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)


def _row(cells: list[str]) -> str:
    widths = (NAME_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH, GRADE_WIDTH)
    padded = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=False)):
        gap = " " * max(0, width - _width(cell))
        padded.append(gap + cell if 1 <= at <= 3 else cell + gap)
    source = cells[-1] if len(cells[-1]) <= SOURCE_WIDTH else cells[-1][: SOURCE_WIDTH - 1] + "…"
    return "  ".join([*padded, source]).rstrip()
