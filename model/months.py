"""Months as integers: months since January 1900, so that ages and spells are differences."""

import re
from datetime import date

ORIGIN_YEAR = 1900
_TEXT = re.compile(r"([0-9]{4})-([0-9]{2})\Z")


def month(year: int, month_of_year: int) -> int:
    """Index of a calendar month; January 1900 is 0."""
    if not 1 <= month_of_year <= 12:
        raise ValueError(f"month of year must be 1 to 12, not {month_of_year}")
    return (year - ORIGIN_YEAR) * 12 + month_of_year - 1


def parse_month(text: str) -> int:
    """Index of ``YYYY-MM``; raises ValueError for anything else."""
    found = _TEXT.match(text)
    if not found:
        raise ValueError(f"a month is written YYYY-MM, not {text!r}")
    return month(int(found[1]), int(found[2]))


def format_month(index: int) -> str:
    """``YYYY-MM`` of a month index."""
    return f"{year_of(index):04d}-{month_of_year(index):02d}"


def year_of(index: int) -> int:
    """Calendar year of a month index."""
    return ORIGIN_YEAR + index // 12


def month_of_year(index: int) -> int:
    """1 for January to 12 for December."""
    return index % 12 + 1


def first_month_on_or_after(day: date) -> int:
    """First month that begins on or after ``day``: the month from which a dated rule applies."""
    index = month(day.year, day.month)
    return index if day.day == 1 else index + 1
