"""Performance grants, read a second time (C25): a pool of 10 million yuan shared by results.

Only the standard library; nothing of the model.
"""

from fractions import Fraction

POOL = 10_000_000 * 100  # fen
MONTH = 6


def due(month: int) -> bool:
    """Whether grants are paid in a month (months since January 1900)."""
    return month % 12 + 1 == MONTH and (1900 + month // 12, MONTH) >= (2017, 12)


def grant(month: int, own: int, every: int, months: int = 12) -> int | None:
    """Fen of one institution, fen left over apart; None where nothing is due."""
    if not due(month) or own <= 0:
        return None
    exact = Fraction(POOL * months // 12 * own, max(own, every))
    return exact.numerator // exact.denominator


def shared(results: dict[int, int], months: int = 12) -> dict[int, int]:
    """The whole pool by identity, to the fen: largest fractions first, then lower identities."""
    every, pool = sum(results.values()), POOL * months // 12
    exact = {who: Fraction(pool * own, every) for who, own in results.items() if own > 0}
    found = {who: part.numerator // part.denominator for who, part in exact.items()}
    spare = pool - sum(found.values())
    for who in sorted(exact, key=lambda one: (found[one] - exact[one], one))[:spare]:
        found[who] += 1
    return found
