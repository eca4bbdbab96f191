"""Published figures and the formulas over them."""

import csv
from pathlib import Path

import pytest

from calibration import published
from calibration.published import NotPublishedError, PublishedError, statistics, total

INPUTS = Path(published.__file__).parents[1] / "model" / "population" / "inputs" / "figures.csv"


def test_a_formula_is_worked_out_from_the_figures() -> None:
    # Longmay: 240,000 in September 2015 over 248,000 in March 2014, less one: -8 / 248.
    found = total("F0003 / F0002 - 1", "province", {})

    assert found.value == pytest.approx(-8 / 248)
    assert found.ids == ("F0003", "F0002")


def test_a_topic_with_a_year_is_the_figure_of_the_prefecture() -> None:
    # Harbin's wage on post grew from 62,583 in 2016 to 67,542 yuan in 2017.
    found = total("wage_on_post[2017] / wage_on_post[2016]", "harbin", {})

    assert found.value == pytest.approx(67_542 / 62_583)
    assert len(found.ids) == 2


def test_values_handed_in_can_be_named() -> None:
    assert total("-D0015 * part / 2", "province", {"part": 0.5}).value == pytest.approx(-151.6 / 4)


def test_a_prefecture_without_the_figure_has_no_total() -> None:
    with pytest.raises(NotPublishedError, match="qiqihar in 2017"):
        total("wage_on_post[2017]", "qiqihar", {})


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("F9999 + 1", "F9999"),
        ("F0002 ** 2", r"F0002 \*\* 2"),
        ("F0002 +", "not a formula"),
        ("__import__('os')", "__import__"),
        ("F0002 > 1", "F0002 > 1"),
        ("'text'", "text"),
    ],
)
def test_anything_but_a_sum_of_figures_is_refused(formula: str, said: str) -> None:
    with pytest.raises(PublishedError, match=said):
        total(formula, "province", {})


def test_every_figure_has_a_source() -> None:
    without = [s.id for s in statistics().values() if not s.url]

    assert all(statistics()[i].grade == "assumed" for i in without), without


def test_figures_carried_twice_agree() -> None:
    with INPUTS.open(encoding="utf-8", newline="") as lines:
        inputs = {row["id"]: float(row["value"]) for row in csv.DictReader(lines)}
    both = set(inputs) & set(statistics())

    assert len(both) > 50
    assert {i for i in both if statistics()[i].value != pytest.approx(inputs[i])} == set()


@pytest.mark.parametrize(
    "row",
    [
        "A1,jobs,province,2016,many,,,persons,title,http://x,data,",
        "A1,jobs,province,2016,1,,,persons,title,http://x,hearsay,",
        "A1,jobs,province,2016,1,,,persons,,http://x,data,",
        "A0,jobs,province,2016,1,,,persons,title,http://x,data,",
    ],
)
def test_a_row_that_says_too_little_is_an_error(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "id,topic,region,year,value,low,high,unit,title,url,grade,note"
    good = "A0,jobs,province,2016,1,,,persons,title,http://x,data,"
    file = tmp_path / "statistics.csv"
    file.write_text(f"{head}\n{good}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(published, "FILE", file)

    with pytest.raises(PublishedError, match=r"statistics\.csv:3"):
        statistics.__wrapped__()
