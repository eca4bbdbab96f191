"""Figures, assumptions and tables from which the province is built, checked on reading.

``inputs/figures.csv`` carries published statistics with their ids, titles and addresses,
``gaps.csv`` the values put where a figure is missing or contradicts itself, ``numbers.csv``
single numbers, the other files tables; ``tables.csv`` describes every column of every table.
Each number has a unit, a range, a grade (data, law or assumed), a source and a sentence in
Chinese and English.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, INSTITUTION_TYPES, LEVELS, REGIONS, SIZE_CLASSES, TRADES

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parent / "inputs"
GRADES = frozenset({"data", "law", "assumed"})
CERTIFICATES = LEVELS[:6]  # nobody is a special-grade technician at the start
BRANCH_NAMES = tuple(branch.name for branch in BRANCHES)
BLOCKS = ("formal_secondary", "formal_services", "private", "farm_forest", "dispatch")
TABLES: dict[str, tuple[str, ...]] = {
    "branches": BRANCH_NAMES,
    "prior": BRANCH_NAMES,
    "trades": BRANCH_NAMES,
    "levels": CERTIFICATES,
    "classes": SIZE_CLASSES,
    "ages": (),
    "routes": ("technical_school", "secondary_vocational", "higher_vocational"),
    "institutions": INSTITUTION_TYPES,
}
WHOLE_HEADER: dict[str, tuple[str, ...]] = {"prior": REGIONS, "trades": TRADES}


class PopulationInputError(ValueError):
    """A figure, assumption or table that the province cannot be built from."""


class Described(NamedTuple):
    """What a number or a column of a table is."""

    low: float
    high: float
    unit: str
    grade: str
    source: str
    zh: str
    en: str


class Figure(NamedTuple):
    """One published figure."""

    id: str
    name: str
    region: str
    year: str
    value: float
    unit: str
    title: str
    url: str
    grade: str

    def of(self, name: str, year: int) -> bool:
        """Whether this is the figure of a series and year."""
        return self.name == name and self.year == str(year)


class Gap(NamedTuple):
    """A value put where a figure is missing or contradicts itself."""

    name: str
    region: str
    year: str
    value: float
    grade: str
    source: str

    def of(self, name: str, year: int) -> bool:
        """Whether this stands for a figure of a series and year."""
        return self.name == name and self.year == str(year)


class Group(NamedTuple):
    """An enterprise larger than any establishment."""

    name: str
    branch: int
    regions: tuple[int, ...]
    persons: Mapping[int, int]
    grade: str
    source: str
    zh: str
    en: str


class Table(NamedTuple):
    """A table of numbers: names of its rows and one array per column."""

    rows: tuple[str, ...]
    columns: Mapping[str, Floats]


@dataclass(frozen=True)
class Inputs:
    """Everything that was read."""

    values: Mapping[str, float]
    numbers: Mapping[str, Described]
    tables: Mapping[str, Table]
    described: Mapping[tuple[str, str], Described]
    figures: Mapping[str, Figure]
    gaps: tuple[Gap, ...]
    groups: tuple[Group, ...]
    blocks: tuple[str, ...]

    def column(self, table: str, name: str) -> Floats:
        """One column of a table, in the order of its rows."""
        return self.tables[table].columns[name]

    def matrix(self, table: str) -> Floats:
        """A whole table, rows by columns."""
        return np.column_stack(list(self.tables[table].columns.values()))

    def figure(self, identity: str) -> float:
        """The value of one published figure."""
        return self.figures[identity].value

    def by_region(self, name: str, year: int) -> Floats:
        """A series by prefecture: gap values first, then the published figure of the year.

        Raises:
            PopulationInputError: a prefecture has neither.
        """
        found = {f.region: f.value for f in self.figures.values() if f.of(name, year)}
        found |= {g.region: g.value for g in self.gaps if g.of(name, year)}
        missing = [region for region in REGIONS if region not in found]
        if missing:
            raise PopulationInputError(f"{name} {year}: no value for {', '.join(missing)}")
        return np.array([found[region] for region in REGIONS])

    def origin(self, name: str, region: str, year: int) -> tuple[str, str]:
        """Where the value of a prefecture comes from, and its grade."""
        gap = self.gap(name, region, year)
        if gap is not None:
            return gap.source, gap.grade
        for figure in self.figures.values():
            if figure.region == region and figure.of(name, year):
                return figure.id, figure.grade
        raise PopulationInputError(f"{name} {year}: no value for {region}")

    def gap(self, name: str, region: str, year: int) -> Gap | None:
        """The gap value of one prefecture and year, if one stands."""
        for gap in self.gaps:
            if gap.region == region and gap.of(name, year):
                return gap
        return None


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _described(row: Mapping[str, str], where: str) -> Described:
    if row["grade"] not in GRADES:
        raise PopulationInputError(
            f"{where}: grade {row['grade']!r} is not one of data, law, assumed"
        )
    for field in ("unit", "source", "zh", "en"):
        if not row[field].strip():
            raise PopulationInputError(f"{where}: {field} is empty")
    return Described(
        float(row["low"]),
        float(row["high"]),
        *(row[f] for f in ("unit", "grade", "source", "zh", "en")),
    )


def _inside(value: float, meaning: Described, where: str) -> float:
    if not meaning.low <= value <= meaning.high:
        limits = f"{meaning.low:g} to {meaning.high:g}"
        raise PopulationInputError(f"{where}: {value:g} is outside {limits} {meaning.unit}")
    return value


def _read_table(folder: Path, name: str, described: Mapping[tuple[str, str], Described]) -> Table:
    rows = _rows(folder, name)
    header = list(rows[0])
    key = header[0]
    names = tuple(row[key] for row in rows)
    if TABLES[name] and names != TABLES[name]:
        raise PopulationInputError(f"{name}.csv: rows must be {', '.join(TABLES[name])}")
    if name in WHOLE_HEADER and tuple(header[1:]) != WHOLE_HEADER[name]:
        raise PopulationInputError(f"{name}.csv: columns must be {', '.join(WHOLE_HEADER[name])}")
    columns = {}
    for column in header[1:]:
        if column == "block":
            continue
        meaning = described.get((name, column)) or described.get((name, "*"))
        if meaning is None:
            raise PopulationInputError(f"tables.csv: {name}.{column} is not described")
        columns[column] = np.array(
            [
                _inside(float(row[column]), meaning, f"{name}.csv {row[key]} {column}")
                for row in rows
            ]
        )
    for file, column in described:
        if file == name and column != "*" and column not in columns:
            raise PopulationInputError(f"tables.csv: {name}.csv has no column {column}")
    return Table(names, columns)


def _read_groups(folder: Path) -> tuple[Group, ...]:
    return tuple(
        Group(
            row["group"],
            BRANCH_NAMES.index(row["branch"]),
            tuple(REGIONS.index(region) for region in row["regions"].split()),
            {int(column[8:]): int(row[column]) for column in row if column.startswith("persons_")},
            *(row[f] for f in ("grade", "source", "zh", "en")),
        )
        for row in _rows(folder, "groups")
    )


def read(folder: Path = FOLDER) -> Inputs:
    """Read and check every file of a folder.

    Raises:
        PopulationInputError: a value out of range, a column or number without its meaning, rows
            that do not match the codes, a grade that does not exist.
    """
    numbers, values = {}, {}
    for row in _rows(folder, "numbers"):
        where = f"numbers.csv {row['name']}"
        if row["name"] in numbers:
            raise PopulationInputError(f"{where}: given twice")
        numbers[row["name"]] = _described(row, where)
        values[row["name"]] = _inside(float(row["value"]), numbers[row["name"]], where)
    described = {
        (row["file"], row["column"]): _described(row, f"tables.csv {row['file']}.{row['column']}")
        for row in _rows(folder, "tables")
    }
    blocks = tuple(row["block"] for row in _rows(folder, "branches"))
    if set(blocks) != set(BLOCKS):
        raise PopulationInputError(f"branches.csv: a block is one of {', '.join(BLOCKS)}")
    figures = [
        Figure(**{**row, "value": float(row["value"])})  # type: ignore[arg-type]
        for row in _rows(folder, "figures")
    ]
    gaps = tuple(
        Gap(**{**row, "value": float(row["value"])})  # type: ignore[arg-type]
        for row in _rows(folder, "gaps")
    )
    return Inputs(
        values,
        numbers,
        {name: _read_table(folder, name, described) for name in TABLES},
        described,
        {figure.id: figure for figure in figures},
        gaps,
        _read_groups(folder),
        blocks,
    )


@lru_cache(maxsize=1)
def inputs() -> Inputs:
    """The inputs of the project, read once."""
    return read()
