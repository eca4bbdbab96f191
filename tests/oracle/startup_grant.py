"""C27: once, to hard-to-employ people and graduates half a year to three years in business."""

from collections.abc import Mapping

Facts = Mapping[str, int]
GRADUATE = 4


def grant(f: Facts, *, yuan: int = 5_000, least: int = 6, window: int = 36) -> int | None:
    """Fen, or None."""
    person = f["in_post"] == 0 and (f["hard_to_employ"] == 1 or f["group"] == GRADUATE)
    lasting = least <= f["months_since"] <= window
    from_december_2017 = divmod(f["month"], 12) >= (117, 11)
    if from_december_2017 and person and lasting and f["received"] == 0:
        return 100 * yuan
    return None
