"""The storm that other tests live in has work for C12; a control: hardly any with another seed."""

import pytest

from model.months import parse_month
from tests.lived import PAYING, STORM, Job, begin

INSTRUMENT = "wage_drop_subsidy"


def paid(n: int, seed: int, until: str = "2020-12") -> tuple[int, int]:
    """Months in which C12 pays, and sampled person-months that it pays."""
    province = begin(Job(STORM, seed=seed, n=n))
    province.run(parse_month(until))
    lines = [line for line in province.ledger.lines if line[1].instrument == INSTRUMENT]
    return len({line[0] for line in lines}), sum(line[5] for line in lines) // n


@pytest.mark.parametrize("n", PAYING)
def test_c12_pays_in_most_months_of_the_storm(n: int) -> None:
    months, cases = paid(n, PAYING[n])
    assert months > 20  # of 37
    assert cases > 60


def test_c12_pays_before_tests_that_end_early_do() -> None:
    assert paid(2000, PAYING[2000], "2018-06")[1] > 10
    assert paid(1000, PAYING[1000], "2018-10")[1] > 50


def test_a_control_with_another_seed_it_pays_hardly_anybody() -> None:
    months, cases = paid(2000, 1)
    assert months < 5
    assert cases < 20
