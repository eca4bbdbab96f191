"""Pooling of education funds, read a second time from C26."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def due(
    f: Mapping[str, int], *, reach: str = "either", share: Fraction = Fraction(1)
) -> int | None:
    """Fen that may be pooled; None where the fund is out of reach."""
    if f["month"] < 117 * 12 + 11:  # December 2017, months from January 1900
        return None
    unable = f["headcount"] < 20
    idle = f["trained_upper"] == 0 and reach == "either"
    if not (unable or idle) or f["education_fund"] <= 0:
        return None
    return floor(share * f["education_fund"])
