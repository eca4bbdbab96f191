"""C9: what the new employer of a high-skilled worker owes the former one, read a second time."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

SENIOR, TECHNICIAN = 3, 4


def calendar(month: int) -> tuple[int, int]:
    """Year and month of the year, from months since January 1900."""
    years, rest = divmod(month, 12)
    return 1900 + years, rest + 1


def talent_compensation(
    f: Mapping[str, int],
    *,
    covers: str = "technicians",
    owed: str = "full",
    cost: Fraction = Fraction(2),
    term: int = 60,
) -> int | None:
    """Fen to the former employer, or None; ``cost`` in months of the pay there.

    For one hire, once, out of another enterprise, from December 2017. Where only what was not
    served is owed, the certificate must have been gained there, and the cost shrinks evenly.
    """
    high_skilled = range({"technicians": TECHNICIAN, "senior_and_above": SENIOR}[covers], 7)
    whole = floor(f["old_pay_fen"] * cost)
    rest = Fraction(1)
    if owed == "unserved":
        trained_there = f["months_since"] <= f["months_there"]
        rest = Fraction(term - f["months_since"], term) if trained_there else Fraction(0)
    met = (
        calendar(f["month"]) >= (2017, 12),
        f["poached"] == 1,
        f["level"] in high_skilled,
        f["received"] == 0,
        rest > 0,
    )
    return floor(whole * rest) if all(met) else None
