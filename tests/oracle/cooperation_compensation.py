"""Cooperation costs, read a second time (C6): 500 yuan a worker sent, 100,000 a year at most.

Only the standard library; nothing of the model.
"""

YUAN = 100


def compensation(month: int, *, agreement: int, trainees: int, paid: int) -> int | None:
    """Fen in a month (months since January 1900); None where nothing is due."""
    march = month % 12 == 2
    in_force = (1900 + month // 12, month % 12 + 1) >= (2017, 12)
    if not (march and in_force and agreement and trainees > 0) or paid:
        return None
    return min(500 * YUAN * trainees, 100_000 * YUAN)
