"""Specifications: plain data, bands always, the order and colours that were given."""

import json
from typing import Any

import pytest

from app.charts import (
    BLUE,
    RED,
    SERIES,
    Labels,
    Part,
    Point,
    difference,
    fan,
    rung_differences,
    rungs,
    stacked_years,
)

LABELS = Labels("month", "persons", "mean", "low", "high")
POINTS = [
    Point("2017-01", "policy", 5.0, 4.0, 6.0),
    Point("2017-01", "none", 4.0, 3.0, 5.0),
    Point("2017-02", "policy", 6.0, 5.0, 8.0),
    Point("2017-02", "none", 4.0, 3.0, 5.0),
]
PARTS = [Part("2017", "policy", "C9", 2.0, "C9"), Part("2017", "none", "C9", 0.0, "C9")]
SPECS = {
    "fan": fan(POINTS, LABELS, ["policy", "none"]),
    "difference": difference(POINTS[::2], LABELS),
    "rungs": rungs(POINTS, LABELS, ["policy", "none"]),
    "rung_differences": rung_differences(POINTS[::2], LABELS),
    "stacked_years": stacked_years(PARTS, POINTS[:2], LABELS, {"C9": SERIES[0]}),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_is_plain_data_and_names_no_address(name: str) -> None:
    written = json.dumps(SPECS[name])

    assert "http" not in written
    assert "url" not in written


@pytest.mark.parametrize("name", SPECS)
def test_every_chart_draws_the_band_of_its_runs(name: str) -> None:
    bands = [
        layer["mark"]["type"]
        for layer in SPECS[name]["layer"]
        for axis in ("x", "y")
        if (layer["encoding"].get(axis) or {}).get("field") == "low"
        and (layer["encoding"].get(f"{axis}2") or {}).get("field") == "high"
    ]

    assert bands in (["area"], ["rule"])


@pytest.mark.parametrize("name", ["difference", "rung_differences"])
def test_differences_show_zero(name: str) -> None:
    zero = SPECS[name]["layer"][0]

    assert zero["mark"]["type"] == "rule"
    assert 0 in [axis.get("datum") for axis in zero["encoding"].values() if axis]


def test_worlds_keep_their_colour_and_dash_whatever_comes_first() -> None:
    spec = fan(POINTS[::-1], LABELS, ["policy", "none"])

    assert spec["encoding"]["color"]["scale"] == {
        "domain": ["policy", "none"],
        "range": [BLUE, RED],
    }
    dash: dict[str, Any] = spec["layer"][1]["encoding"]["strokeDash"]["scale"]
    assert dash["range"][0] != dash["range"][1]


def test_levels_stand_in_the_order_given() -> None:
    points = [Point(at, "policy", 1.0, 1.0, 1.0) for at in ("junior", "senior", "intermediate")]

    assert rungs(points, LABELS, ["policy"])["encoding"]["y"]["sort"] == [
        "junior",
        "senior",
        "intermediate",
    ]


def test_all_points_are_in_the_chart() -> None:
    assert SPECS["fan"]["data"]["values"][0] == {
        "at": "2017-01",
        "world": "policy",
        "mean": 5.0,
        "low": 4.0,
        "high": 6.0,
    }
    assert len(SPECS["fan"]["data"]["values"]) == len(POINTS)
