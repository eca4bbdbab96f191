"""Reference pay under C12, against means done by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model.month.reference import freeze_reference_pay, note_change
from model.months import parse_month

SPELL = parse_month("2019-03")  # the year before: March 2018 to February 2019


def province(pay: int, joined: str = "2010-01") -> Any:
    """Two workers paid alike; only the second is asked about."""
    workers = {
        "id": np.arange(2),
        "pay": np.full(2, pay, np.int32),
        "joined": np.full(2, parse_month(joined), np.int16),
        "reference_pay": np.zeros(2, np.int32),
    }
    return SimpleNamespace(workers=workers, pay_changes=[], month=0)


def revise(p: Any, month: str, pay: int) -> None:
    """New pay of both in a month."""
    p.month = parse_month(month)
    note_change(p, np.arange(2), pay - p.workers["pay"].astype(np.int64))
    p.workers["pay"][:] = pay


@pytest.mark.parametrize(
    ("case", "start", "revisions", "expected"),
    [
        ("pay that stood", 800_000, [], 800_000),
        # ten months at 8,000 yuan, two at 9,200: (80,000 + 18,400) / 12 = 8,200
        ("one January", 800_000, [("2019-01", 920_000)], 820_000),
        # three months at 6,000 (to May), seven at 7,200 and two at 8,400:
        # (18,000 + 50,400 + 16,800) / 12 = 7,100
        ("an appointment and a January", 600_000,
         [("2018-06", 720_000), ("2019-01", 840_000)], 710_000),
        # 1 x 6,000, 3 x 6,600, 6 x 7,200, 2 x 6,000: (6,000 + 19,800 + 43,200 + 12,000) / 12
        ("three, the last one downwards", 600_000,
         [("2018-04", 660_000), ("2018-07", 720_000), ("2019-01", 600_000)], 675_000),
        # February 2019 is one month of twelve: (11 x 8,000 + 8,000.13) / 12 = 8,000.0108
        ("rounded down to the fen", 800_000, [("2019-02", 800_013)], 800_001),
        # in force for the whole of the year before
        ("a revision of a year ago", 600_000, [("2018-03", 800_000)], 800_000),
        ("a year and a month ago", 600_000, [("2018-02", 800_000)], 800_000),
        # the month in which the spell begins is none of the twelve
        ("in the month of the cut", 800_000, [("2019-03", 900_000)], 800_000),
        # 10 x 8,000 + 2 x 9,200, as above
        ("in the month of the cut and before", 800_000,
         [("2019-01", 920_000), ("2019-03", 999_999)], 820_000),
        # twice within June: only what stood at its end counts; 3 x 6,000 + 9 x 7,200 = 82,800
        ("twice in a month", 600_000, [("2018-06", 650_000), ("2018-06", 720_000)], 690_000),
    ],
)  # fmt: skip
def test_the_mean_of_the_twelve_months_before(
    case: str, start: int, revisions: list[tuple[str, int]], expected: int
) -> None:
    p = province(start)
    for month, pay in revisions:
        revise(p, month, pay)
    p.month = SPELL
    freeze_reference_pay(p, np.array([1]))
    assert p.workers["reference_pay"].tolist() == [0, expected], case


def test_pay_at_a_hire_stands_for_the_months_before_it() -> None:
    # Hired in October 2018 at 6,000, where 9,000 were paid before; in January 2019 7,200:
    # 10 x 6,000 + 2 x 7,200 = 74,400, a mean of 6,200.
    p = province(900_000, joined="2018-10")
    for month, pay in (("2018-06", 950_000), ("2018-10", 600_000), ("2019-01", 720_000)):
        revise(p, month, pay)
    p.month = SPELL
    freeze_reference_pay(p, np.array([1]))
    assert p.workers["reference_pay"][1] == 620_000


def test_changes_are_forgotten_after_a_year() -> None:
    p = province(600_000)
    for month in ("2017-12", "2018-03", "2018-04", "2019-03"):
        revise(p, month, int(p.workers["pay"][0]) + 1_000)
    assert [c.month for c in p.pay_changes] == [parse_month("2018-04"), SPELL]
