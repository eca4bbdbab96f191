"""C19 read a second time: provincial chief technicians, in fen."""

from tests.oracle.craftsman_awards import is_round_year, year_and_month

PRIZE = 20_000 * 100
TERM = 4 * 12
TECHNICIAN = 4


def due(month: int, level: int, employed: int, serving: int) -> int | None:
    """Fen for somebody who is to be named; None where the clause does not reach."""
    in_force = year_and_month(month) >= (2017, 12)
    met = (in_force, is_round_year(month), employed == 1, level >= TECHNICIAN, serving == 0)
    return PRIZE if all(met) else None


def of_month(month: int) -> int:
    """How many are named in a month: 50 in December of odd years."""
    year, of_year = year_and_month(month)
    return 50 if (year, of_year) >= (2017, 12) and of_year == 12 and year % 2 == 1 else 0


def serving(named: list[int], month: int) -> int:
    """How many of those named in the given months serve in ``month``, the first one included."""
    return sum(first <= month < first + TERM for first in named)
