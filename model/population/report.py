"""The margins as a table for people: each beside its source, and which were assumed."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from model.population.inputs import FOLDER, inputs
from model.population.margins import Marginal, marginals
from model.population.province import DATES, Population, population
from model.words import LANGUAGES, has, label, text

COLUMNS = ("name", "unit", "fitted", "source_value", "difference", "grade", "source")
NUMBERS = range(2, 5)  # columns set flush right


def report_text(lang: str, people: Population | None = None) -> str:
    """The report in ``zh`` or ``en``; of the whole province at the end of 2016 if not told.

    A table names a source by the id of a published figure or by a number in brackets; what each
    stands for is told in full at the end.
    """
    if people is None:
        people = population(DATES[0], scale=Fraction(1), seed=0)
    found = marginals(people)
    marks = _marks(found)
    scale = text("population.scale_whole", lang)
    if people.weight > 1:
        scale = text("population.scale_sample", lang, n=people.weight)
    lines = [text("population.title", lang, date=people.date, scale=scale)]
    for group in dict.fromkeys(margin.group for margin in found):
        rows = [[text(f"population.column.{name}", lang) for name in COLUMNS]]
        rows += [_cells(margin, marks, lang) for margin in found if margin.group == group]
        lines += ["", text(f"population.group.{group}", lang), *_table(rows)]
    lines += ["", *_summary(found, lang), "", text("population.sources", lang)]
    return "\n".join([*lines, *_told(marks, lang)])


def _marks(found: list[Marginal]) -> dict[str, str]:
    """How tables name each source: a figure by its id, others by number, in order."""
    sources = dict.fromkeys(margin.source for margin in found)
    derived = [source for source in sources if source not in inputs().figures]
    numbered = {source: f"[{n}]" for n, source in enumerate(derived, 1)}
    figures = sorted(set(sources) - set(derived))
    return numbered | {source: source for source in figures}


@cache
def in_chinese() -> Mapping[str, str]:
    """Sources of margins in Chinese, by their English words (``inputs/sources.csv``)."""
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["zh"] for row in csv.DictReader(file)}


def _told(marks: Mapping[str, str], lang: str) -> list[str]:
    """Sources in full: how a value was derived, or the title of figures published together."""
    figures = inputs().figures
    words = in_chinese() if lang == "zh" else {}
    derived = [source for source in marks if source not in figures]
    lines = [f"{marks[source]} {words.get(source, source)}" for source in derived]
    together: dict[str, list[str]] = {}
    for source in marks:
        if source in figures:
            together.setdefault(figures[source].title, []).append(source)
    return [*lines, *(f"{', '.join(ids)}: {title}" for title, ids in together.items())]


def markdown(people: Population) -> str:
    """The margins as one table for a page of documentation, names in both languages."""
    lines = [
        "| 组 group | 边际 margin | 合成 population | 来源 source | 相差 | 等级 grade |",
        "|---|---|---:|---:|---:|---|",
    ]
    for margin in marginals(people):
        names = [text(f"population.group.{margin.group}", lang) for lang in LANGUAGES]
        said = [_name(margin.name, lang) for lang in LANGUAGES]
        grade = margin.grade if margin.fitted_to else f"{margin.grade}, not fitted"
        cells = [" ".join(names), " ".join(said), _number(margin.fitted)]
        cells += [_number(margin.source_value), f"{margin.difference:+.1%}", grade]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(margin: Marginal, marks: Mapping[str, str], lang: str) -> list[str]:
    name = _name(margin.name, lang)
    if not margin.fitted_to:
        name = f"{name} {text('population.compared', lang)}"
    return [
        name,
        text(f"population.unit.{_unit_key(margin.unit)}", lang),
        _number(margin.fitted),
        _number(margin.source_value),
        f"{margin.difference:+.1%}",
        text(f"population.grade.{margin.grade}", lang),
        marks[margin.source],
    ]


def _name(name: str, lang: str) -> str:
    if name in inputs().numbers:
        what = inputs().numbers[name]
        return what.zh if lang == "zh" else what.en
    for group in inputs().groups:
        if group.name == name:
            return group.zh if lang == "zh" else group.en
    key = f"population.name.{name}"
    return text(key, lang) if has(key) else label(name, lang)


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


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(_width(row[at]) for row in rows) for at in range(len(COLUMNS))]
    lines = []
    for row in rows:
        padded = []
        for at, cell in enumerate(row):
            gap = " " * (widths[at] - _width(cell))
            padded.append(gap + cell if at in NUMBERS else cell + gap)
        lines.append("  ".join(padded).rstrip())
    return lines
