"""Tax saved by training, read a second time: a quarter of what may be deducted."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def due(f: Mapping[str, int]) -> int | None:
    """Fen of tax that is not levied; None where there is nothing to deduct or to deduct from."""
    year = 1900 + f["month"] // 12
    if year < 2008 or f["drawn"]:
        return None
    spend, payroll, profit = f["training_spend"], f["payroll_last_year"], f["profit"]
    if min(spend, payroll, profit) <= 0:
        return None
    part = Fraction(8, 100) if year - 1 >= 2018 else Fraction(25, 1000)  # of the year of the spend
    return floor(Fraction(1, 4) * min(spend, floor(part * payroll), profit))
