"""C12: what an able enterprise pays for a senior technician beyond pay, read a second time.

The limits are those of the national annuity rules: a twelfth of payroll from the enterprise and a
sixth from both until January 2018, 8 and 12 per cent from February 2018; in six decimals.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

SENIOR_TECHNICIAN = 5
SIX = 10**6


def limits(month: int) -> tuple[Fraction, Fraction]:
    """Shares of payroll: of the enterprise alone, and of enterprise and staff together."""
    years, rest = divmod(month, 12)
    if (1900 + years, rest + 1) < (2018, 2):
        return Fraction(83_333, SIX), Fraction(166_667, SIX)
    return Fraction(8, 100), Fraction(12, 100)


def supplementary_insurance(
    f: Mapping[str, int],
    *,
    annuity: Fraction = Fraction(5, 100),
    medical: Fraction = Fraction(1, 100),
    worker_part: Fraction = Fraction(1, 4),
) -> int | None:
    """Fen a month, or None where the enterprise does not or may not cover the worker."""
    able = f["paid_up"] == 1 and f["distressed"] == 0
    covered = f["level"] >= SENIOR_TECHNICIAN and f["insured"] == 1
    years, rest = divmod(f["month"], 12)
    if not (able and covered and (1900 + years, rest + 1) >= (2017, 12)):
        return None
    alone, together = limits(f["month"])
    share = min(alone, Fraction(floor(together / (1 + worker_part) * SIX), SIX))
    room = 0
    if f["covered_pay"] > 0:
        room = floor(Fraction(floor(f["payroll"] * share) * f["pay"], f["covered_pay"]))
    return min(floor(f["pay"] * annuity), room) + floor(f["pay"] * medical)
