"""The employer's subsidy of 2019 to 2021, read a second time from the reported rates."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

PLAIN = {1: 1_000, 2: 1_500, 3: 2_000, 4: 2_500, 5: 3_000}
SHORTAGE = {1: 1_200, 2: 1_800, 3: 2_500, 4: 3_500, 5: 4_500}
FIRST, LAST = 119 * 12 + 7, 121 * 12 + 11  # August 2019, December 2021


def due(
    f: Mapping[str, int], *, shortage: Fraction = Fraction(0), beside_apprenticeship: bool = False
) -> int | None:
    """Fen to the employer; None where nothing is due."""
    if not FIRST <= f["month"] <= LAST or f["upgrade_course"] or f["level"] not in PLAIN:
        return None
    if not FIRST <= f["certificate_month"] <= f["month"]:
        return None
    if f.get("apprenticeship") and not beside_apprenticeship:
        return None
    if not (f["employed"] and f["by_course"]) or f["received"] // 2 ** f["level"] % 2:
        return None
    plain, short = PLAIN[f["level"]] * 100, SHORTAGE[f["level"]] * 100
    return plain + floor(shortage * (short - plain))
