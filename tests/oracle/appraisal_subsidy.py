"""C25: once, for the first certificate of somebody in a key group."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

Facts = Mapping[str, int]
FIVE, NINE = range(1, 6), range(1, 9)  # numbers of the groups besides staff of enterprises
PLAN, RULE = 12 * 117 + 11, 12 * 117 + 9  # December and October 2017


def appraisal(f: Facts, *, raised: Fraction = Fraction(0)) -> int | None:
    """Fen, or None."""
    # The national rule lists five groups, which are numbered 1 to 5; the plan adds three.
    groups = NINE if f["month"] >= PLAN else FIVE
    age = f["month"] - f["certificate_month"]
    met = (
        f["month"] >= RULE,
        f["upgrade_course"] == 0,
        f["level"] > 0,
        f["first_certificate"] == 1,
        f["group"] in groups,
        0 <= age <= 12,
        not f["received"] & 2 ** f["level"],
    )
    return floor(20_000 * (1 + raised)) if all(met) else None
