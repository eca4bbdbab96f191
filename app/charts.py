"""Charts as Vega-Lite specifications: plain dictionaries made from results, nothing else.

Colours are Okabe and Ito's, which colour-blind people can tell apart; dashes and shapes repeat
what colours say. A line never stands without the band of its runs.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from model.instruments.registry import instruments

BLUE, RED, GREY = "#0072B2", "#D55E00", "#666666"
SERIES = (  # Okabe and Ito's, then two of Tol's
    "#E69F00", "#56B4E9", "#009E73", "#CC79A7", "#F0E442", "#0072B2", "#D55E00",
    "#332288", "#882255",
)  # fmt: skip
OTHER = "#C8C8C8"  # all measures together that have no colour of their own in a figure
USUAL = (  # measures that usually pay most, or make most of the difference: SERIES is theirs
    "unemployment_insurance",
    "stay_job_subsidy",
    "group_training_subsidy",
    "distressed_firm_rebate",
    "skill_upgrade_subsidy",
    "skills_action_subsidy",
    "promotion_training_subsidy",
    "training_bases",
    "performance_grants",
)
# All others, each chosen as the colour farthest from those before it as colour-blind eyes see them.
SPARE = (
    "#9600FF", "#3C2D00", "#2DFF87", "#9669FF", "#E1004B", "#5A0F5A", "#4B693C", "#C3E1FF",
    "#B4A54B", "#784B00", "#002D1E", "#5A00B4", "#96F0B4", "#A54B87", "#D200B4", "#96C378",
    "#8796FF", "#FF7896", "#693C87", "#F0C35A", "#783CE1", "#0F0FD2", "#5A003C", "#1E4B2D",
)  # fmt: skip
DASH = ([1, 0], [6, 4])
BAND_OPACITY = 0.18
Spec = dict[str, Any]


class Point(NamedTuple):
    """A mean with the ends of its band over runs; ``at`` is a month, year or category."""

    at: str
    world: str
    mean: float
    low: float
    high: float


class Part(NamedTuple):
    """A piece of a stacked bar: ``kind`` has the colour, ``name`` says what it is."""

    at: str
    world: str
    kind: str
    value: float
    name: str


def colour_of(instrument: str) -> str:
    """The colour of an instrument, the same on the page and in every figure."""
    return _colours()[instrument]


@cache
def _colours() -> dict[str, str]:
    """A colour for each instrument, none for two: those of ``USUAL`` first."""
    rest = [name for name in instruments() if name not in USUAL]
    return dict(zip(USUAL, SERIES, strict=True)) | dict(zip(rest, SPARE, strict=False))


class Labels(NamedTuple):
    """Words on a chart."""

    x: str
    y: str
    mean: str
    low: str
    high: str


def _values(points: Sequence[NamedTuple]) -> Spec:
    return {"values": [point._asdict() for point in points]}


def _worlds(worlds: Sequence[str]) -> tuple[Spec, Spec]:
    """Scales of colour and dash for the scenario and what it is held against."""
    domain = list(worlds)
    colour = {"domain": domain, "range": [BLUE, RED][: len(domain)]}
    return colour, {"domain": domain, "range": list(DASH)[: len(domain)]}


def _legend(symbol: str, columns: int = 1) -> Spec:
    return {
        "orient": "top",
        "title": None,
        "labelLimit": 420,
        "labelFontSize": 12,
        "symbolType": symbol,
        "symbolOpacity": 1,
        "columns": columns,
    }


SIGNED = "(datum.value > 0 ? '+' : '') + format(datum.value, ',.0f')"


def _up(title: str, *, signed: bool = False) -> Spec:
    """A vertical axis whose title lies flat above it, as Chinese wants."""
    return {
        "title": title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": -50,
        "titleY": -14,
        "titleBaseline": "bottom",
        "tickMinStep": 1,
        **({"labelExpr": SIGNED} if signed else {"format": ",.0f"}),
    }


def _tooltip(labels: Labels, form: str) -> list[Spec]:
    numbers = zip(("mean", "low", "high"), (labels.mean, labels.low, labels.high), strict=True)
    fields = [
        {"field": name, "type": "quantitative", "title": title, "format": form}
        for name, title in numbers
    ]
    return [
        {"field": "at", "type": "nominal", "title": labels.x},
        {"field": "world", "type": "nominal", "title": "·"},
        *fields,
    ]


def _time(labels: Labels) -> Spec:
    return {
        "field": "at",
        "type": "temporal",
        "timeUnit": "utcyearmonth",
        "title": labels.x,
        "axis": {"format": "%Y-%m", "tickCount": 8, "labelFlush": True, "grid": False},
    }


def fan(points: Sequence[Point], labels: Labels, worlds: Sequence[str]) -> Spec:
    """Mean and band over months, one line a world."""
    colour, dash = _worlds(worlds)
    y: Spec = {
        "type": "quantitative",
        "scale": {"zero": False},
        "axis": _up(labels.y),
    }
    world: Spec = {"field": "world", "type": "nominal"}
    shade = {**world, "scale": colour, "legend": _legend("stroke")}
    return {
        "data": _values(points),
        "height": 280,
        "encoding": {"x": _time(labels), "color": shade},
        "layer": [
            {
                "mark": {"type": "area", "opacity": BAND_OPACITY},
                "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {
                    "y": {"field": "mean", **y},
                    "strokeDash": {**world, "scale": dash, "legend": _legend("stroke")},
                },
            },
            {
                "mark": {"type": "point", "opacity": 0, "size": 120},
                "encoding": {
                    "y": {"field": "mean", **y},
                    "tooltip": _tooltip(labels, ",.0f"),
                },
            },
        ],
    }


def difference(points: Sequence[Point], labels: Labels) -> Spec:
    """Mean and band of paired differences over months, around a line at zero."""
    y: Spec = {"type": "quantitative", "axis": _up(labels.y, signed=True)}
    return {
        "data": _values(points),
        "height": 180,
        "encoding": {"x": _time(labels)},
        "layer": [
            _zero("y"),
            {
                "mark": {"type": "area", "opacity": BAND_OPACITY, "color": BLUE},
                "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "color": BLUE},
                "encoding": {"y": {"field": "mean", **y}},
            },
            {
                "mark": {"type": "point", "opacity": 0, "size": 120},
                "encoding": {
                    "y": {"field": "mean", **y},
                    "tooltip": _tooltip(labels, "+,.0f"),
                },
            },
        ],
    }


def _zero(channel: str) -> Spec:
    return {
        "mark": {"type": "rule", "color": GREY, "strokeWidth": 1},
        "encoding": {channel: {"datum": 0, "type": "quantitative"}},
    }


def stacked_years(
    parts: Sequence[Part], totals: Sequence[Point], labels: Labels, colours: Mapping[str, str]
) -> Spec:
    """Outlay by year: a stacked bar for each world, with the band of the total."""
    order = list(dict.fromkeys(part.world for part in parts))
    x: Spec = {
        "field": "at",
        "type": "ordinal",
        "title": labels.x,
        "axis": {"labelAngle": 0},
    }
    offset: Spec = {"field": "world", "type": "nominal", "sort": order}
    scale = {"domain": list(colours), "range": list(colours.values())}
    fill = {"field": "world", "type": "nominal", "scale": {"domain": order, "range": [1.0, 0.55]}}
    return {
        "height": 560,
        "encoding": {"x": x, "xOffset": offset},
        "layer": [
            {
                "data": _values(parts),
                "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
                "encoding": {
                    "y": {
                        "field": "value",
                        "type": "quantitative",
                        "axis": _up(labels.y),
                    },
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": scale,
                        "legend": _legend("square", 3),
                    },
                    "detail": {"field": "name", "type": "nominal"},
                    "opacity": {**fill, "legend": {**_legend("square", 2), "orient": "bottom"}},
                    "tooltip": [
                        {"field": "at", "title": labels.x},
                        {"field": "world", "title": "·"},
                        {"field": "name", "title": "▪"},
                        {"field": "value", "title": labels.mean, "format": ",.1f"},
                    ],
                },
            },
            {
                "data": _values(totals),
                "mark": {"type": "rule", "color": "black", "strokeWidth": 1.5},
                "encoding": {
                    "y": {"field": "low", "type": "quantitative"},
                    "y2": {"field": "high"},
                    "tooltip": _tooltip(labels, ",.1f"),
                },
            },
        ],
    }


def _rows(order: list[str]) -> Spec:
    return {
        "field": "at",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelLimit": 220},
    }


def rungs(points: Sequence[Point], labels: Labels, worlds: Sequence[str]) -> Spec:
    """Stocks by level, one dot with its band a world; a square-root scale, for levels differ."""
    colour, _ = _worlds(worlds)
    order = list(dict.fromkeys(point.at for point in points))
    x: Spec = {
        "type": "quantitative",
        "title": labels.x,
        "scale": {"type": "sqrt", "zero": True},
        "axis": {"format": ",.0f", "tickCount": 5, "labelOverlap": "greedy"},
    }
    y = _rows(order)
    legend = {**_legend("circle"), "orient": "bottom"}
    shade = {"field": "world", "type": "nominal", "scale": colour, "legend": legend}
    shape = {"domain": list(worlds), "range": ["circle", "diamond"]}
    return {
        "data": _values(points),
        "height": 420,
        "encoding": {
            "y": y,
            "yOffset": {"field": "world", "type": "nominal", "sort": list(worlds)},
            "color": shade,
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "encoding": {
                    "x": {"field": "mean", **x},
                    "shape": {
                        "field": "world",
                        "type": "nominal",
                        "scale": shape,
                        "legend": legend,
                    },
                    "tooltip": _tooltip(labels, ",.0f"),
                },
            },
        ],
    }


def rung_differences(points: Sequence[Point], labels: Labels) -> Spec:
    """Paired differences by level, one dot with its band a level, around zero."""
    order = list(dict.fromkeys(point.at for point in points))
    x: Spec = {
        "type": "quantitative",
        "title": labels.x,
        "axis": {"labelExpr": SIGNED, "tickMinStep": 1, "labelOverlap": "greedy"},
    }
    return {
        "data": _values(points),
        "height": 290,
        "encoding": {"y": _rows(order)},
        "layer": [
            {**_zero("x"), "encoding": {"x": {"datum": 0, "type": "quantitative"}, "y": None}},
            {
                "mark": {"type": "rule", "strokeWidth": 2, "color": BLUE},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": BLUE, "opacity": 1},
                "encoding": {
                    "x": {"field": "mean", **x},
                    "tooltip": _tooltip(labels, "+,.0f"),
                },
            },
        ],
    }
