"""C25 and the rule of December 2018: 200 yuan for a trainee placed within six months."""

from collections.abc import Mapping

Facts = Mapping[str, int]
START = 12 * (2018 - 1900) + 11  # December 2018


def placement(f: Facts) -> int | None:
    """Fen to the institution, or None."""
    began, ended = f["placed_month"], f["ended_month"]
    in_time = began > 0 and ended <= began <= ended + 6 and START <= began <= f["month"]
    trainee = f["group"] != 0 and f["completed"] == 1
    if f["month"] < START or not trainee or not in_time or f["placement_paid"] == 1:
        return None
    return 200 * 100
