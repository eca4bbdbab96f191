"""Parameter files: conversion, dates, and every error at its line and column."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from model.months import month
from model.parameters.reader import (
    Change,
    InputErrors,
    all_topics,
    canonical,
    read_topic,
    topics_in,
    value_at,
)


class Params(NamedTuple):
    """One field of every kind."""

    in_force: int
    rate: int  # ppm
    trigger: int  # option
    amount: int  # fen
    window: int  # months
    slope: float


FILE = """\
title: {zh: 降薪, en: Pay drop}
about: {zh: 关于, en: about}
clause: C12
in_force:
  unit: switch
  says: {zh: 是否实施, en: whether in force}
  range: [0, 1]
  values: {1900-01-01: 0, 2017-11-30: 1}
  source: {grade: law, cite: Opinion C12}
rate:
  unit: share of the drop
  says: {zh: 比例, en: part}
  range: [0, 1]
  values: {2017-11-30: 0.333333}
  source: {grade: law, cite: Opinion C12, url: "https://example.org", id: s, note: {zh: 注, en: n}}
trigger:
  unit: option
  says: {zh: 触发, en: trigger}
  options: {own_drop: {zh: 本人, en: own}, mean_drop: {zh: 平均, en: mean}}
  values: {1900-01-01: own_drop, 2019-01-01: mean_drop}
  source: {grade: assumed, cite: why}
amount:
  unit: yuan per month
  says: {zh: 金额, en: amount}
  range: [0, 3000]
  values: {2017-11-30: 1000.01, 2018-03-01: 1500}
  source: {grade: law, cite: Opinion C12}
window:
  unit: months
  says: {zh: 期限, en: window}
  range: [1, 24]
  values: {1900-01-01: 12}
  source: {grade: law, cite: Opinion C12}
slope:
  unit: log points
  says: {zh: 斜率, en: slope}
  range: [-1, 1]
  values: {1900-01-01: -0.05}
  source: {grade: assumed, cite: why}
"""


def written(tmp_path, text=FILE):
    path = tmp_path / "drop.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def answers(tmp_path, text, params=Params):
    """Errors of a file as ``LINE:COLUMN field: …``."""
    path = written(tmp_path, text)
    with pytest.raises(InputErrors) as found:
        read_topic(path, params)
    return [str(error).removeprefix(f"{path}:") for error in found.value.errors]


def test_values_are_converted_once_to_the_units_of_the_model(tmp_path):
    topic = read_topic(written(tmp_path), Params)
    # 0.333333 -> 333,333 millionths; 1,000.01 yuan -> 100,001 fen; mean_drop is the second option
    assert topic.at(month(2018, 1)) == Params(1, 333_333, 0, 100_001, 12, -0.05)
    assert topic.at(month(2019, 1)) == Params(1, 333_333, 1, 150_000, 12, -0.05)
    assert [type(value) for value in topic.at(month(2018, 1))] == [int, int, int, int, int, float]
    assert (topic.name, topic.clause, topic.instrument, topic.background) == (
        "drop",
        "C12",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("year", "month_of_year", "in_force", "amount"),
    [
        (1950, 1, 0, 100_001),  # before its first date a value holds already
        (2017, 11, 0, 100_001),  # dated 30 November: not yet the month it falls in
        (2017, 12, 1, 100_001),  # the first month that begins on or after the date
        (2018, 2, 1, 100_001),
        (2018, 3, 1, 150_000),  # dated the first of a month: that month
        (2099, 1, 1, 150_000),
    ],
)
def test_a_value_applies_from_the_first_month_that_begins_on_or_after_its_date(
    tmp_path, year, month_of_year, in_force, amount
):
    found = read_topic(written(tmp_path), Params).at(month(year, month_of_year))
    assert (found.in_force, found.amount) == (in_force, amount)


def test_what_the_file_says_is_kept_with_its_source_and_line(tmp_path):
    rate = read_topic(written(tmp_path), Params).parameters["rate"]
    assert rate.values == ((date(2017, 11, 30), Decimal("0.333333")),)
    assert (rate.unit, rate.low, rate.high, rate.line) == ("share of the drop", 0, 1, 10)
    assert (rate.grade, rate.cite, rate.source.id, rate.source.url) == (
        "law",
        {"zh": "Opinion C12", "en": "Opinion C12"},
        "s",
        "https://example.org",
    )
    assert dict(rate.note) == {"zh": "注", "en": "n"}
    assert dict(rate.says) == {"zh": "比例", "en": "part"}


def test_changes_hold_in_their_months_and_the_later_one_wins(tmp_path):
    topic = read_topic(written(tmp_path), Params)
    changes = [
        Change("rate", month(2018, 1), month(2018, 3), Decimal("0.5")),
        Change("rate", month(2018, 3), None, Decimal("0.75")),
        Change("trigger", month(2018, 1), None, "mean_drop"),
    ]
    rates = [topic.at(month(2017, 12) + k, changes).rate for k in range(5)]
    assert rates == [333_333, 500_000, 500_000, 750_000, 750_000]
    assert topic.at(month(2018, 1), changes).trigger == 1


def test_fields_stand_in_the_order_of_params_whatever_the_file_does(tmp_path):
    head, *entries = FILE.split("\nin_force:")[0], *re.findall(r"(?m)^\w+:\n(?:  .*\n)+", FILE)
    shuffled = head + "\n" + "".join(reversed(entries))
    first = read_topic(written(tmp_path), Params)
    second = read_topic(written(tmp_path, shuffled), Params)
    assert list(second.parameters) == list(Params._fields) == list(first.parameters)
    assert second.at(month(2018, 1)) == first.at(month(2018, 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rate:", "rates:", "10:1 rates: there is no rates; did you mean rate?"),
        ("C12\nin", "C30\nin", "3:9 clause: C30 is not a clause; write C1 to C29"),
        (
            "title: {zh: 降薪, en: Pay drop}",
            "title: 降薪",
            "1:8 title: 降薪 is not a group of fields",
        ),
        (
            "about: {zh: 关于, en: about}",
            "about: {zh: 关于}",
            "2:8 about.en: en is missing; add it",
        ),
        ("unit: months", "unit: month", "29:9 window.unit: month is close to a unit"),
        ("unit: yuan per month", "unit: yuan/month", "23:9 amount.unit: yuan/month is close to"),
        (
            "unit: switch",
            "unit: share",
            "5:9 in_force.unit: in_force is a switch; write unit: switch",
        ),
        ("unit: yuan per month", "unit: yaun per month", "23:9 amount.unit: yaun per month is"),
        ("unit: yuan per month", "unit: fen", "23:9 amount.unit: fen is close to a unit"),
        ("range: [-1, 1]", "range: [1, -1]", "37:10 slope.range: a range is [smallest, largest]"),
        ("range: [-1, 1]", "range: [1]", "37:10 slope.range: a range is [smallest, largest]"),
        ("range: [-1, 1]", "range: 1", "37:10 slope.range: 1 is not a list"),
        (
            "range: [0, 1]\n  values: {1900",
            "range: [0, 2]\n  values: {1900",
            "7:10 in_force.range: ",
        ),
        (
            "0.333333",
            "1.5",
            "14:24 rate.values.2017-11-30: 1.5 is out of range; choose from 0 to 1",
        ),
        ("0.333333", "0.3333333", "14:24 rate.values.2017-11-30: 0.3333333 has more than 6"),
        ("1000.01", "1000.001", "26:24 amount.values.2017-11-30: 1000.001 has more than 2"),
        (
            "1900-01-01: 12}",
            "1900-01-01: 12.5}",
            "32:24 window.values.1900-01-01: 12.5 is not a whole",
        ),
        (
            "own_drop, 2019",
            "own_drip, 2019",
            "20:24 trigger.values.1900-01-01: there is no own_drip;",
        ),
        (
            "2018-03-01: 1500",
            "2017-03-01: 1500",
            "26:33 amount.values.2017-03-01: dates must ascend",
        ),
        (
            "2018-03-01: 1500",
            "2018-02-30: 1500",
            "26:33 amount.values.2018-02-30: 2018-02-30 is not",
        ),
        ("{1900-01-01: 12}", "{}", "32:11 window.values: a parameter needs a value"),
        ("{1900-01-01: 12}", "12", "32:11 window.values: 12 is not a group of fields"),
        (
            ", mean_drop: {zh: 平均, en: mean}",
            "",
            "19:12 trigger.options: a setting needs at least",
        ),
        (
            "grade: assumed, cite: why}\namount",
            "grade: guess, cite: why}\namount",
            "21:19 trigger.source.grade",
        ),
        (", cite: why}\namount", "}\namount", "21:11 trigger.source.cite: cite is missing; add it"),
        (
            "https://example.org",
            "example.org",
            "15:48 rate.source.url: example.org is not an address",
        ),
        ("  unit: log points\n", "", "35:3 slope.unit: unit is missing; add it"),
        (
            "  unit: log points\n",
            "  unit: log points\n  unti: x\n",
            "36:3 slope.unti: there is no unti;",
        ),
    ],
)
def test_an_error_is_answered_at_its_line_and_column(tmp_path, old, new, expected):
    assert old in FILE
    found = answers(tmp_path, FILE.replace(old, new, 1))
    assert any(one.startswith(expected) for one in found), found


def test_all_errors_of_a_file_are_answered_together_in_order(tmp_path):
    text = FILE.replace("0.333333", "7").replace("C12\nin", "12\nin").replace("[1, 24]", "[24, 1]")
    found = answers(tmp_path, text)
    assert [one.split()[0] for one in found] == ["3:9", "14:24", "31:10"]


def test_a_repeated_key_is_refused(tmp_path):
    text = FILE.replace("2018-03-01: 1500", "2017-11-30: 1500")
    (found,) = answers(tmp_path, text)
    assert found.startswith("26:33 amount.values.2017-11-30: the key was already given in line 26")


def test_fields_and_parameters_must_agree_both_ways(tmp_path):
    class More(NamedTuple):
        in_force: int
        rate: int
        trigger: int
        amount: int
        window: int
        slope: float
        bonus: int

    class Fewer(NamedTuple):
        in_force: int
        rate: int
        trigger: int
        amount: int
        window: int

    assert answers(tmp_path, FILE, More) == ["1:1 bonus: bonus is missing; add it"]
    (found,) = answers(tmp_path, FILE, Fewer)
    assert found.startswith("34:1 slope: there is no slope; use one of about, amount,")


def test_money_is_never_a_float(tmp_path):
    class Loose(NamedTuple):
        in_force: int
        rate: int
        trigger: int
        amount: float
        window: int
        slope: float

    (found,) = answers(tmp_path, FILE, Loose)
    assert found.startswith("23:9 amount.unit: yuan are kept as whole fen")


def test_a_measure_says_when_it_is_in_force(tmp_path):
    class Rate(NamedTuple):
        rate: int

    head = "title: {zh: 一, en: a}\nabout: {zh: 一, en: a}\n"
    body = re.search(r"(?m)^rate:\n(?:  .*\n)+", FILE)[0]
    (found,) = answers(tmp_path, head + "clause: C1\n" + body, Rate)
    assert "in_force: a measure or background event must say when" in found
    (found,) = answers(tmp_path, head + "background: true\n" + body, Rate)
    assert "in_force: a measure or background event must say when" in found
    assert not read_topic(written(tmp_path, head + body), Rate).instrument


def test_a_background_event_is_no_instrument(tmp_path):
    text = FILE.replace("clause: C12\n", "background: true\n")
    topic = read_topic(written(tmp_path, text), Params)
    assert topic.background
    assert not topic.instrument


def test_a_file_without_its_class_is_checked_for_form(tmp_path):
    read_topic(written(tmp_path), None)
    found = answers(tmp_path, FILE.replace("[0, 3000]", "[0, 300]"), None)
    assert [one.split()[0] for one in found] == ["26:24", "26:45"]


def test_params_of_another_type_are_our_mistake(tmp_path):
    class Words(NamedTuple):
        rate: str

    with pytest.raises(TypeError, match="must be int or float"):
        read_topic(written(tmp_path), Words)


def test_errors_of_several_topics_come_together(tmp_path, monkeypatch):
    folder = tmp_path / "somewhere"
    folder.mkdir()
    for name in ("one_topic", "two_topic"):
        (folder / f"{name}.py").write_text(
            "from typing import NamedTuple\n\n\nclass Params(NamedTuple):\n    rate: int\n"
        )
        (folder / f"{name}.yaml").write_text("title: 1\n")
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputErrors) as found:
        topics_in([(folder, "somewhere")])
    assert {error.file.rsplit("/", 1)[-1] for error in found.value.errors} == {
        "one_topic.yaml",
        "two_topic.yaml",
    }


def test_steps_keep_only_what_changes():
    steps = canonical([(5, "a"), (0, "a"), (7, "b"), (9, "b"), (12, "a")])
    assert steps == ((0, "a"), (7, "b"), (12, "a"))
    assert [value_at(steps, m) for m in (-3, 0, 6, 7, 11, 12)] == ["a", "a", "a", "b", "b", "a"]


def test_every_shipped_topic_reads_and_resolves():
    topics = all_topics()
    assert len(topics) >= 15
    assert {"wage_drop_subsidy", "skill_upgrade_subsidy", "demand"} <= set(topics)
    for topic in topics.values():
        resolved = topic.at(month(2018, 6))
        assert all(type(value) in (int, float) for value in resolved)
        assert topic.at(month(2018, 6)) == resolved


def test_the_figures_of_clause_12_are_read_as_the_text_gives_them():
    drop = all_topics()["wage_drop_subsidy"]
    assert [drop.at(m).in_force for m in (month(2017, 11), month(2017, 12))] == [0, 1]
    law = drop.at(month(2018, 1))
    assert (law.threshold, law.rate, law.premium_share) == (500_000, 500_000, 500_000)
