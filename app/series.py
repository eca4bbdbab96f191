"""Runs as points of a chart: means with their band over runs, by month, year or level."""

from collections.abc import Callable, Sequence

import numpy as np

from app.charts import Part, Point
from model.codes import LEVELS
from model.months import format_month
from model.parameters.reader import FEN_PER_YUAN
from model.results import Run
from scenarios.effects import band, check_pairs
from scenarios.outlay import Line, Outlay

WAN_FEN = 10_000 * FEN_PER_YUAN  # 万元
CERTIFIED = "certified"
RUNGS = LEVELS[1:]
Label = Callable[[str], str]


def point(at: str, world: str, values: Sequence[float]) -> Point:
    """Mean and ends of the band of one number a run."""
    v = np.asarray(values, float)
    low, high = band(v).tolist()
    return Point(at, world, float(v.mean()), float(low), float(high))


def stock(run: Run, levels: Sequence[str]) -> list[float]:
    """Certified people of some levels by month."""
    series = [run.series(CERTIFIED, level=level).to_numpy(float) for level in levels]
    found: list[float] = np.sum(series, axis=0).tolist()
    return found


def months(run: Run) -> list[str]:
    """Months of a run, ``YYYY-MM``."""
    return [format_month(month) for month in range(run.start, run.end + 1)]


def paths(runs: Sequence[Run], levels: Sequence[str], world: str) -> list[Point]:
    """Stock of some levels over months."""
    by_month = zip(*(stock(run, levels) for run in runs), strict=True)
    return [point(m, world, v) for m, v in zip(months(runs[0]), by_month, strict=True)]


def path_differences(
    runs: Sequence[Run], against: Sequence[Run], levels: Sequence[str], world: str
) -> list[Point]:
    """Paired difference of the stock of some levels over months.

    Raises:
        PairError: the runs do not share luck.
    """
    check_pairs(runs, against)
    apart = [
        np.subtract(stock(a, levels), stock(b, levels)).tolist()
        for a, b in zip(runs, against, strict=True)
    ]
    by_month = zip(*apart, strict=True)
    return [point(m, world, v) for m, v in zip(months(runs[0]), by_month, strict=True)]


def rungs(runs: Sequence[Run], world: str, label: Label) -> list[Point]:
    """Stock of every level at the end."""
    return [point(label(at), world, [stock(run, (at,))[-1] for run in runs]) for at in RUNGS]


def rung_differences(
    runs: Sequence[Run], against: Sequence[Run], world: str, label: Label
) -> list[Point]:
    """Paired difference of the stock of every level at the end.

    Raises:
        PairError: the runs do not share luck.
    """
    check_pairs(runs, against)
    return [
        point(
            label(at),
            world,
            [stock(a, (at,))[-1] - stock(b, (at,))[-1] for a, b in zip(runs, against, strict=True)],
        )
        for at in RUNGS
    ]


def outlay_parts(found: Outlay, world: str, label: Label, kind: Label) -> list[Part]:
    """Mean outlay in 万元 by year and instrument; ``kind`` is what an instrument is shown as.

    Pieces of nothing are left out, but for those of a kind that stands for one instrument.
    """
    parts = [
        Part(
            str(year),
            world,
            kind(line.instrument),
            float(line.mean(year) / WAN_FEN),
            label(line.instrument),
        )
        for line in found.lines
        for year in found.years
    ]
    return [part for part in parts if part.value or part.kind == part.name]


def outlay_totals(found: Outlay, world: str) -> list[Point]:
    """Outlay of all funds in 万元 by year, with the band over runs."""
    return [
        point(
            str(year),
            world,
            [
                sum(run) / WAN_FEN
                for run in zip(*(line.fen[year] for line in found.lines), strict=True)
            ],
        )
        for year in found.years
    ]


def outlay_differences(found: Outlay, other: Outlay) -> dict[tuple[str, str], list[Point]]:
    """Paired difference of outlay in 万元 by fund and instrument: each year, then all years.

    The last row, under two empty names, adds up all others run by run.
    """
    apart = {
        key: [
            [(a - b) / WAN_FEN for a, b in zip(mine, theirs, strict=True)]
            for mine, theirs in zip(_amounts(line), _amounts(other.by_key[key]), strict=True)
        ]
        for key, line in found.by_key.items()
    }
    apart["", ""] = np.sum(list(apart.values()), axis=0).tolist()
    heads = [*map(str, found.years), ""]
    return {
        key: [point(at, "", values) for at, values in zip(heads, columns, strict=True)]
        for key, columns in apart.items()
    }


def _amounts(line: Line) -> list[tuple[int, ...]]:
    """Fen by run of each year and of all."""
    return [*line.fen.values(), line.runs]
