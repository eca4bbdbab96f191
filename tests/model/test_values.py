"""What a field means: numbers as written, months, switches and keys."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import values
from model.months import month
from model.nodes import compose
from model.reading import Findings
from model.values import Bounds

WIDE = Bounds(Decimal(-1000), Decimal(1000))


def read(reader, text, *rest):
    """The value of the first field of ``text`` and the answers given."""
    findings = Findings("f.yaml")
    ((_, node),) = compose(text).pairs
    return reader(node, "x", findings, *rest), [error.en for error in findings.errors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("0.5", "0.5"),
        ("-3", "-3"),
        ("+3", "3"),
        ("1e3", "1000"),
        ("2.50", "2.5"),
        ("1.5E-3", "0.0015"),
        ("999.9999999999999999999999999999", "999.9999999999999999999999999999"),
    ],
)
def test_a_number_is_exactly_what_is_written(text, expected):
    found, answers = read(values.number, f"x: {text}", WIDE)
    assert answers == []
    assert values.written(found) == expected


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("017", "017 is not how a number is written here; write 17"),
        ("-007.5", "-007.5 is not how a number is written here; write -7.5"),
        ("1_000", "1_000 is not how a number is written here; write 1000"),
        ("1,000", "1,000 is not how a number is written here; write 1000"),
        ("50%", "50% is not how a number is written here; write 0.5"),
        ("50％", "50％ is not how a number is written here; write 0.5"),
        (".5", ".5 is not how a number is written here; write 0.5"),
        ("5.", "5. is not how a number is written here; write 5"),
        ("０．５", "０．５ is not how a number is written here; write 0.5"),
        ("１２", "１２ is not how a number is written here; write 12"),
        ("-0.0", "-0.0 is not how a number is written here; write 0"),
        ("-0", "-0 is not how a number is written here; write 0"),
        ("'0.5'", "0.5 in quotes is a text; write the number without quotes"),
        ("12:30:45", "12:30:45 is not a number; write digits with at most one decimal point"),
        ("0x1F", "0x1F is not a number; write digits with at most one decimal point"),
        ("0o17", "0o17 is not a number; write digits with at most one decimal point"),
        (".nan", ".nan is not a number; write digits with at most one decimal point"),
        (".inf", ".inf is not a number; write digits with at most one decimal point"),
        ("Infinity", "Infinity is not a number; write digits with at most one decimal point"),
        ("on", "on is not a number; write digits with at most one decimal point"),
        ("yes", "yes is not a number; write digits with at most one decimal point"),
        ("五", "五 is not a number; write digits with at most one decimal point"),
        ("", '"" is not a number; write digits with at most one decimal point'),
        ("[1]", "[…] is not a number; write digits with at most one decimal point"),
        ("{a: 1}", "{…} is not a number; write digits with at most one decimal point"),
        ("1000.01", "1000.01 is out of range; choose from -1000 to 1000"),
        ("1e308", "1e308 is out of range; choose from -1000 to 1000"),
        ("-1e999", "-1e999 is out of range; choose from -1000 to 1000"),
        ("1e99999999", "1e99999999 is not a number; write digits with at most one decimal point"),
        ("1" * 41, "1" * 40 + "… has more than 40 digits; write fewer"),
        ("9" * 5000, "9" * 40 + "… has more than 40 digits; write fewer"),
    ],
)
def test_what_only_looks_like_a_number_is_answered(text, answer):
    found, answers = read(values.number, f"x: {text}", WIDE)
    assert found is None
    assert answers == [answer]


@pytest.mark.parametrize(
    ("text", "decimals", "answer"),
    [
        ("12.0", 0, None),
        ("12.5", 0, "12.5 is not a whole number; write one without decimals"),
        ("0.123456", 6, None),
        ("0.1234567", 6, "0.1234567 has more than 6 decimals"),
        ("1e-7", 6, "1e-7 has more than 6 decimals"),
        ("10.250", 2, None),
        ("10.255", 2, "10.255 has more than 2 decimals"),
    ],
)
def test_decimals_that_could_not_be_kept_are_answered(text, decimals, answer):
    found, answers = read(values.number, f"x: {text}", WIDE, decimals)
    assert (found is None) == (answer is not None)
    assert [a.startswith(answer) for a in answers] == ([True] if answer else [])


@given(st.decimals(min_value=-1000, max_value=1000, allow_nan=False, places=8))
def test_a_number_written_is_read_again_and_equal_numbers_are_written_alike(value):
    text = values.written(value)
    found, _ = read(values.number, f"x: {text}", WIDE)
    assert found == value
    assert values.written(Decimal(f"{text}.0") if "." not in text else Decimal(f"{text}0")) == text


@pytest.mark.parametrize(
    ("text", "expected"), [("on", True), ("true", True), ("off", False), ("false", False)]
)
def test_switches(text, expected):
    assert read(values.switch, f"x: {text}") == (expected, [])


@pytest.mark.parametrize("text", ["yes", "On", "1", "", "[on]"])
def test_what_is_no_switch_is_answered(text):
    found, (answer,) = read(values.switch, f"x: {text}")
    assert found is None
    assert answer.endswith("is neither on nor off; write on or off")


BETWEEN = (month(2000, 1), month(2030, 12))


def test_a_month():
    assert read(values.month_index, "x: 2018-01", BETWEEN) == (month(2018, 1), [])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2018", "2018 is not a month; write YYYY-MM, for instance 2018-01"),
        ("2018-1", "2018-1 is not a month; write YYYY-MM, for instance 2018-01"),
        ("2018-13", "2018-13 is not a month; write YYYY-MM, for instance 2018-01"),
        ("2018-00", "2018-00 is not a month; write YYYY-MM, for instance 2018-01"),
        ("2018-01-01", "2018-01-01 is not a month; write YYYY-MM, for instance 2018-01"),
        ("２０１８-01", "２０１８-01 is not a month; write YYYY-MM, for instance 2018-01"),
        ("[2018-01]", "[…] is not a month; write YYYY-MM, for instance 2018-01"),
        ("1999-12", "1999-12 is not between 2000-01 and 2030-12; choose a month between them"),
        ("2031-01", "2031-01 is not between 2000-01 and 2030-12; choose a month between them"),
    ],
)
def test_what_is_no_month_is_answered(text, answer):
    assert read(values.month_index, f"x: {text}", BETWEEN) == (None, [answer])


def test_a_day():
    assert read(values.day, "x: 2017-11-30") == (date(2017, 11, 30), [])


@pytest.mark.parametrize("text", ["2017-02-30", "2017-11", "1899-12-31", "2101-01-01", "today"])
def test_what_is_no_day_is_answered(text):
    found, (answer,) = read(values.day, f"x: {text}")
    assert found is None
    assert "is not a day of 1900 to 2100" in answer


def test_unknown_and_missing_keys_are_answered_together():
    found, answers = read(values.children, "x: {rats: 1, y: 2, 甲: }", ["rate", "y"], ["rate"])
    assert list(found) == ["y"]
    assert sorted(answers) == [
        "rate is missing; add it",
        "there is no rats; did you mean rate?",
        "甲 stands without a value; write key: value, and put a text that holds a comma in quotes",
    ]


def test_a_text_in_both_languages_needs_both():
    assert read(values.worded, "x: {zh: 一, en: one}") == ({"zh": "一", "en": "one"}, [])
    assert read(values.worded, "x: {zh: 一}") == (None, ["en is missing; add it"])
