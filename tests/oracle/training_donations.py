"""Tax saved by donations to training, read a second time from C26 and the tax law."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def due(f: Mapping[str, int]) -> int | None:
    """Fen of tax that is not levied; None where nothing is deductible."""
    if f["month"] < 117 * 12 + 11 or f["drawn"]:  # December 2017
        return None
    if f["donation"] <= 0 or f["donation_qualified"] != 1 or f["profit"] <= 0:
        return None
    return floor(Fraction(1, 4) * min(f["donation"], floor(Fraction(12, 100) * f["profit"])))
