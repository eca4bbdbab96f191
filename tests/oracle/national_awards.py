"""C19 read a second time: what the province adds to national awards, in fen."""

from tests.oracle.craftsman_awards import year_and_month

PRIZES = {0: 200_000 * 100, 1: 100_000 * 100}  # China Skills Award, National Technical Expert
TECHNICIAN = 4


def due(month: int, event: int, level: int, employed: int, held: int) -> int | None:
    """Fen for a winner; None where the clause does not reach."""
    met = (year_and_month(month) >= (2017, 12), employed == 1, level >= TECHNICIAN, held == 0)
    return PRIZES[event] if all(met) else None
