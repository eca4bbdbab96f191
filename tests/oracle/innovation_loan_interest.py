"""C22: a full year of interest for redeployed, in-post or migrant staff, or an investment."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

Facts = Mapping[str, int]
RURAL, TRANSFERRED = 2, 8
RATE = Fraction(435, 10_000)


def interest(
    f: Facts, *, form: str = "interest", share: Fraction = Fraction(1), months: int = 24
) -> int | None:
    """Fen, or None."""
    person = f["in_post"] == 1 or f["redeployed"] == 1 or f["group"] in (RURAL, TRANSFERRED)
    if divmod(f["month"], 12) < (117, 11) or not person or f["loan_fen"] == 0:
        return None
    counted = min(f["loan_fen"], 100_000 * 100)
    if form == "investment":
        return floor(Fraction(counted, 10)) if f["received"] == 0 else None
    full_years = min(f["months_since"], months) // 12
    if f["received"] >= full_years:
        return None
    return floor(floor(counted * RATE) * share)
