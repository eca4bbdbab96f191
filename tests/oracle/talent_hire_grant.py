"""C9: what the treasury may grant an above-scale enterprise for a hire, read a second time."""

from collections.abc import Mapping
from fractions import Fraction

YUAN = Fraction(100)
SUITABLE = {1: 200_000, 2: 100_000}  # award winner, head of a studio: assumed sums


def talent_hire_grant(f: Mapping[str, int], *, yuan: Mapping[int, int] | None = None) -> int | None:
    """Fen for one full-time hire of a national winner by an above-scale enterprise, once."""
    sums = SUITABLE if yuan is None else yuan
    years, rest = divmod(f["month"], 12)
    if (1900 + years, rest + 1) < (2017, 12) or f["honours"] not in sums:
        return None
    if not (f["above_scale"] and f["full_time"]) or f["received"]:
        return None
    return int(sums[f["honours"]] * YUAN)
