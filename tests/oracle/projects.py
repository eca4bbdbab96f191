"""Bases and studios, read a second time (C9, C21): how many are due by a month, and what each gets.

Only the standard library; nothing of the model.
"""

from fractions import Fraction

YUAN = 100
STOOD = {"training_bases": 18 + 45, "master_studios": 20 + 43}
ANNOUNCED = {"training_bases": 20, "master_studios": 30}
MONTHS_OF_BUILDING = {"training_bases": 24, "master_studios": 12, "contest_training_bases": 12}
GOAL = 100
BATCH = {"training_bases": (127, 18, 476), "master_studios": (161, 20, 594)}
CONTEST = {"fewest": 3, "middle": 4, "most": 5}


def decembers(first: int, last: int) -> list[tuple[int, int]]:
    return [(year, 12) for year in range(first, last + 1)]


def part(more: int, rounds: list[tuple[int, int]], when: tuple[int, int]) -> int:
    """Equal parts at the given rounds; everything at the first where there is time for none."""
    if not rounds:
        rounds = [(2018, 12)]
    held = sum(one <= when for one in rounds)
    exact = Fraction(more * held, len(rounds))
    return exact.numerator // exact.denominator


def due(kind: str, when: tuple[int, int], *, national: bool, plan: str = "announced") -> int:
    """New projects by a month."""
    if kind == "contest_training_bases":
        return part(CONTEST[plan], decembers(2018, 2019), when)
    if national:
        batch, own, all_of_them = BATCH[kind]
        return round(Fraction(batch * own, all_of_them)) if when >= (2019, 12) else 0
    if plan == "announced":
        return part(ANNOUNCED[kind], decembers(2018, 2020), when)
    if plan == "goal":
        finished_by = 2020 - MONTHS_OF_BUILDING[kind] // 12  # begun then, it stands in 2020
        return part(GOAL - STOOD[kind], decembers(2018, finished_by), when)
    return 0


def grant(
    kind: str,
    month: int,
    number: int,
    *,
    national: int = 0,
    standing: int = 0,
    paid: int = 0,
    plan: str = "announced",
) -> int | None:
    """Fen for one project in a month (months since January 1900); None where nothing is due."""
    when = (1900 + month // 12, month % 12 + 1)
    contest = kind == "contest_training_bases"
    if standing or paid or (contest and (national or when < (2017, 12))):
        return None
    if number > due(kind, when, national=bool(national), plan=plan):
        return None
    if contest:
        return 1_000_000 * YUAN
    if kind == "training_bases":
        return (5_000_000 if national else 2_000_000) * YUAN
    if national:
        return (200_000 if when >= (2019, 1) else 100_000) * YUAN
    return 100_000 * YUAN
