"""C21 read a second time: prizes of contests, in fen, and the certificates they bring."""

from fractions import Fraction
from math import floor

from tests.oracle.craftsman_awards import year_and_month

YUAN = 100
PROVINCIAL, NATIONAL, WORLDSKILLS = 0, 1, 2
PRIZES = {
    PROVINCIAL: (10_000, 5_000, 3_000),
    NATIONAL: (50_000, 30_000, 10_000),
    WORLDSKILLS: (100_000, 50_000, 20_000),
}
BROUGHT = ((3, 5), (7, 4))  # places 1-3: senior technician, places 4-10: technician


def due(month: int, event: int, place: int, *, opinion: bool = True) -> int | None:
    """Fen for a place; provincial prizes from April 2017, the others from the Opinion on."""
    if event == PROVINCIAL:
        in_force = year_and_month(month) >= (2017, 4)
    else:
        in_force = opinion and year_and_month(month) >= (2017, 12)
    if not in_force or place not in (1, 2, 3):
        return None
    return PRIZES[event][place - 1] * YUAN


def contests(year: int, *, opinion: bool = True) -> int:
    """Provincial class-1 contests a year."""
    return 50 if opinion and year >= 2018 else 40


def of_year(year: int, *, opinion: bool = True) -> int:
    """Fen of all provincial prizes of a year."""
    return contests(year, opinion=opinion) * sum(PRIZES[PROVINCIAL]) * YUAN


def between(events: int, places: int, weight: int) -> tuple[int, int]:
    """Fewest and most persons of a sample who stand for the winners of so many places."""
    exact = Fraction(events * places, weight)
    return floor(exact), floor(exact) + (exact.denominator > 1)
