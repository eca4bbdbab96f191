"""C19 read a second time: Great Craftsmen and Technical Experts, in fen."""

from fractions import Fraction

YUAN = 100
GREAT_CRAFTSMAN, TECHNICAL_EXPERT = 0, 1
SENIOR, TECHNICIAN = 3, 4


def year_and_month(month: int) -> tuple[int, int]:
    """Calendar of a month counted from January 1900."""
    return 1900 + month // 12, month % 12 + 1


def is_round_year(month: int, first: int = 2017) -> bool:
    """Every two years from the first round on."""
    years = Fraction(year_and_month(month)[0] - first, 2)
    return years >= 0 and years.denominator == 1


def due(month: int, event: int, level: int, employed: int, held: int) -> int | None:
    """Fen for somebody who is to be given a title; None where the clause does not reach."""
    least, prize = {
        GREAT_CRAFTSMAN: (TECHNICIAN, 30_000),
        TECHNICAL_EXPERT: (SENIOR, 10_000),
    }[event]
    in_force = year_and_month(month) >= (2017, 12)
    met = (in_force, is_round_year(month), employed == 1, level >= least, held == 0)
    return prize * YUAN if all(met) else None


def of_month(month: int) -> dict[int, int]:
    """Titles given in a month, by event: 20 and 100 in December of odd years."""
    year, of_year = year_and_month(month)
    if (year, of_year) < (2017, 12) or of_year != 12 or not is_round_year(month):
        return {}
    return {GREAT_CRAFTSMAN: 20, TECHNICAL_EXPERT: 100}
