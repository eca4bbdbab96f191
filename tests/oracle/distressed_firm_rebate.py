"""Rebate for enterprises in difficulty, read a second time from the rules of 2018 to 2020."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

BENEFIT = {  # yuan a month, at Harbin and elsewhere, before and from April 2020
    (1, False): 1_344, (0, False): 1_015, (1, True): 1_512, (0, True): 1_143,
}  # fmt: skip
LIMIT = {False: Fraction(45, 1000), True: Fraction(35, 1000)}  # registered unemployment, 2020-03


def due(f: Mapping[str, int], *, measure: str | None = None) -> int | None:
    """Fen of the year; None where nothing is due. ``harbin`` is 1 at Harbin."""
    years, rest = divmod(f["month"], 12)
    when = (1900 + years, rest + 1)
    if not (2019, 1) <= when <= (2020, 12):
        return None
    province_rule = when >= (2020, 5)
    lay_offs = Fraction(f["layoff_rate_ppm"], 10**6)
    few = lay_offs == 0 or lay_offs < LIMIT[when >= (2020, 3)]
    if not (f["insured"] and f["paid_up"] and f["distressed"] and few and f["insured_heads"] > 0):
        return None
    if f["reserve_months"] < 12 or f["refund_elsewhere"] or f["drawn"]:
        return None
    counted = measure or ("dues" if province_rule else "benefit")
    months = 3 if province_rule else 6
    if counted == "benefit":
        return 100 * BENEFIT[f["harbin"], when >= (2020, 4)] * f["insured_heads"] * months
    dues = floor(Fraction(35, 100) * f["premium_base"])
    return months * (dues if province_rule else floor(Fraction(1, 2) * dues))
