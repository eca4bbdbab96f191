"""The small rules all instruments share."""

import pytest

from model.instruments.channels import mean_drop, month_index, share_of, was_received
from model.months import month


@pytest.mark.parametrize(
    ("case", "reference", "pay", "expected"),
    [
        ("half", 800_000, 400_000, 500_000),
        ("a fen less than half", 800_000, 400_001, 499_998),  # 399,999 / 800,000 = 0.49999875
        ("everything", 800_000, 0, 1_000_000),
        ("nothing", 800_000, 800_000, 0),
        ("a rise is no fall", 800_000, 900_000, 0),
        ("nobody", 0, 0, 0),
    ],
)
def test_the_fall_of_mean_pay_is_cut_to_millionths(
    case: str, reference: int, pay: int, expected: int
) -> None:
    assert mean_drop(reference, pay) == expected, case


def test_a_share_is_cut_to_the_fen() -> None:
    assert share_of(400_001, 500_000) == 200_000  # half of 400,001 is 200,000.5
    assert share_of(3, 333_333) == 0


def test_months_given_as_two_parameters_are_those_of_the_calendar() -> None:
    for year in (1999, 2017, 2018):
        for of_year in (1, 11, 12):
            assert month_index(year, of_year) == month(year, of_year)


def test_bits_of_what_was_received() -> None:
    assert [was_received(0b1000_1000, bit) for bit in range(8)] == [0, 0, 0, 1, 0, 0, 0, 1]
