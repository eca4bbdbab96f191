"""Months as integers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.months import (
    first_month_on_or_after,
    format_month,
    month,
    month_of_year,
    parse_month,
    year_of,
)

MONTHS = st.integers(0, 12 * 200)


@pytest.mark.parametrize(
    ("case", "found", "expected"),
    [
        ("the origin", month(1900, 1), 0),
        ("a year later", month(1901, 1), 12),
        ("(2017 - 1900) x 12 + 11", month(2017, 12), 1415),
        ("December stays in its year", year_of(1415), 2017),
        ("December is the twelfth", month_of_year(1415), 12),
        ("January is the first", month_of_year(1416), 1),
        ("one digit months keep their zero", format_month(month(2019, 1)), "2019-01"),
        ("and are read back", parse_month("2019-01"), month(2019, 1)),
    ],
)
def test_months(case: str, found: object, expected: object) -> None:
    assert found == expected, case


@given(MONTHS)
def test_text_and_parts_are_the_same_month(index: int) -> None:
    assert parse_month(format_month(index)) == index
    assert month(year_of(index), month_of_year(index)) == index


@given(MONTHS, st.integers(-500, 500))
def test_a_difference_is_a_number_of_months(index: int, months: int) -> None:
    later = index + months
    years, rest = divmod(month_of_year(index) - 1 + months, 12)
    assert (year_of(later), month_of_year(later)) == (year_of(index) + years, rest + 1)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2017, 11, 30), "2017-12"),  # the Opinion: its first full month
        (date(2017, 12, 1), "2017-12"),
        (date(2017, 12, 2), "2018-01"),
        (date(2016, 12, 31), "2017-01"),
        (date(2016, 2, 29), "2016-03"),
    ],
)
def test_a_dated_rule_applies_from_the_first_month_that_begins_on_or_after_it(
    day: date, text: str
) -> None:
    assert format_month(first_month_on_or_after(day)) == text


@pytest.mark.parametrize(
    "text",
    ["2017", "2017-1", "17-01", "2017-01-01", "2017-13", "2017-00", " 2017-01", "２０１７-01", ""],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        parse_month(text)


@pytest.mark.parametrize("number", [0, 13, -1])
def test_a_year_has_twelve_months(number: int) -> None:
    with pytest.raises(ValueError, match=f"not {number}"):
        month(2017, number)
