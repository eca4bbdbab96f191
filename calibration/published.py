"""Published figures carried into the project, and sums over them that a file may state.

``statistics.csv`` holds one figure a row with its id, source and grade. A target names what it
compares with as a formula over these ids, so that no figure is typed twice: ``D0009 * E0014 /
E0016``. In a formula a topic with a year, ``wage_on_post[2017]``, is the figure of that topic
and year for the prefecture at hand, and further names are values handed in by the caller.
"""

import ast
import csv
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "statistics.csv"
GRADES = ("data", "assumed")
WHOLE = "province"
_SIGNS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class PublishedError(ValueError):
    """A figure or formula that cannot be read; the message says which and why."""


class NotPublishedError(LookupError):
    """There is no such figure for this prefecture and year."""


class Statistic(NamedTuple):
    """One published figure."""

    id: str
    topic: str
    region: str
    year: str
    value: float
    unit: str
    title: str
    url: str
    grade: str
    note: str


class Sum(NamedTuple):
    """The value of a formula and the ids of the figures in it."""

    value: float
    ids: tuple[str, ...]


@lru_cache(maxsize=1)
def statistics() -> dict[str, Statistic]:
    """Every figure by id.

    Raises:
        PublishedError: a row without number, grade, title or a unique id.
    """
    found: dict[str, Statistic] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                one = Statistic(
                    **{f: row[f] for f in Statistic._fields if f != "value"},
                    value=float(row["value"]),
                )
            except (KeyError, ValueError) as error:
                raise PublishedError(f"{FILE.name}:{number}: {error}") from error
            if one.grade not in GRADES or not one.title or one.id in found:
                raise PublishedError(f"{FILE.name}:{number}: grade, title or id of {one.id}")
            found[one.id] = one
    return found


@lru_cache(maxsize=1)
def _by_place() -> dict[tuple[str, str, str], Statistic]:
    return {(s.topic, s.region, s.year): s for s in statistics().values()}


def figure(topic: str, region: str, year: int) -> Statistic:
    """The figure of a topic for a prefecture and year.

    Raises:
        NotPublishedError: there is none.
    """
    try:
        return _by_place()[topic, region, str(year)]
    except KeyError:
        raise NotPublishedError(f"{topic} of {region} in {year}") from None


def total(formula: str, region: str, given: Mapping[str, float]) -> Sum:
    """Work out a formula for one prefecture.

    Raises:
        PublishedError: not a sum, difference, product or quotient of known names.
        NotPublishedError: a topic has no figure for this prefecture and year.
    """
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise PublishedError(f"{formula!r} is not a formula") from error
    ids: dict[str, None] = {}

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            return _SIGNS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return float(node.value)  # type: ignore[arg-type]  # checked in the line above
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            year = ast.literal_eval(node.slice)
            one = figure(node.value.id, region, year)
            ids[one.id] = None
            return one.value
        if isinstance(node, ast.Name) and node.id in statistics():
            ids[node.id] = None
            return statistics()[node.id].value
        if isinstance(node, ast.Name) and node.id in given:
            return given[node.id]
        raise PublishedError(f"{formula!r}: {ast.unparse(node)!r} is not a figure or a value given")

    return Sum(value(tree), tuple(ids))
