"""C9, C13, C25: the course of somebody in a key group; actual cost up to the list, in fen."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

Facts = Mapping[str, int]
STAFF, UNEMPLOYED, RURAL, POOR, GRADUATE, LEAVER, VETERAN, DISABLED, TRANSFERRED = range(9)
OF_THE_NATIONAL_RULE = {UNEMPLOYED, RURAL, POOR, GRADUATE, LEAVER}
OF_THE_PLAN = OF_THE_NATIONAL_RULE | {VETERAN, DISABLED, TRANSFERRED}
LIST = {0: 800, 1: 1_200, 2: 1_600, 3: 2_000}  # yuan by level taught


def since(f: Facts, year: int, month: int) -> bool:
    """Whether the claim is made in or after a calendar month."""
    return f["month"] >= 12 * (year - 1900) + month - 1


def groups_covered(f: Facts) -> set[int]:
    """Five groups, and those of the plan from December 2017."""
    return OF_THE_PLAN if since(f, 2017, 12) else OF_THE_NATIONAL_RULE


def training(f: Facts, *, frequency: str = "by_date", raised: Fraction = Fraction(0)) -> int | None:
    """Fen for a course, or None."""
    by_level = frequency == "each_level" or (frequency == "by_date" and since(f, 2018, 12))
    gained = f["level"] > 0 and f["certificate"] == 1
    first_of_its_kind = f["level_paid"] == 0 if by_level and gained else f["paid_this_year"] == 0
    met = (
        since(f, 2012, 6),
        f["group"] in groups_covered(f),
        f["programme"] in range(9),
        f["completed"] == 1,
        f["length"] <= 12,
        f["level"] in LIST,
        f["subsidised"] == 0,
        first_of_its_kind,
    )
    if not all(met):
        return None
    most = floor(100 * LIST[f["level"]] * (1 + raised))
    return min(f["price_fen"], most)
