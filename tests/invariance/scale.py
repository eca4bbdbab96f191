"""Rates of a run, and how far two sets of runs lie apart.

``python -m tests.invariance.scale`` prints the tables that ``docs/results/verification.md`` keeps.
"""

import math
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from scenarios.runner import Request, run_scenarios

BASE = {  # flow or stock: what it is divided by
    "quits": "employed",
    "separations": "employed",
    "hires": "employed",
    "layoffs": "employed",
    "restructured": "employed",
    "retirements": "employed",
    "out_migration": "employed",
    "poached": "employed",
    "person_times": "employed",
    "applications": "employed",
    "certificates": "employed",
    "appointments": "employed",
    "insured": "employed",
    "certified": "employed",
    "unemployed": "employed",
    "informal": "employed",
    "from_informal": "informal",
    "returns": "away",
}
OWN = ("mean_pay",)


class Rate(NamedTuple):
    """Mean over seeds, and the standard error of that mean."""

    mean: float
    error: float


def rates_of(run: Any) -> dict[str, float]:
    """Means over all months of monthly rates."""
    found = {
        name: float(run.series(name).sum() / run.series(of).sum()) for name, of in BASE.items()
    }
    return found | {name: float(run.series(name).mean()) for name in OWN}


def runs_at(n: int, seeds: int, first: int = 1, until: str = "2020-12") -> list[dict[str, float]]:
    request = Request(Fraction(1, n), seeds, first, until=until, jobs=1)
    return [rates_of(run) for run in run_scenarios(["policy_2017"], request)["policy_2017"]]


def summed(runs: Sequence[dict[str, float]]) -> dict[str, Rate]:
    found = {}
    for name in runs[0]:
        values = np.array([run[name] for run in runs])
        found[name] = Rate(float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(runs))))
    return found


def apart(one: Rate, other: Rate) -> float:
    """Standard errors between two means."""
    return (one.mean - other.mean) / math.hypot(one.error, other.error)


def scale_table(seeds_20: int, seeds_5: int) -> dict[str, tuple[Rate, Rate, float]]:
    """Each rate at 1/20 and at 1/5, and how far apart they are."""
    small, large = summed(runs_at(20, seeds_20)), summed(runs_at(5, seeds_5))
    return {name: (small[name], large[name], apart(small[name], large[name])) for name in small}


def called_different(groups: int, seeds: int = 8, n: int = 500) -> tuple[int, int]:
    """A/A: the same scenario with other seeds, compared as two arms; how many are called apart.

    Two-sided t test at 5 % with 2 (seeds - 1) degrees of freedom, each rate of each pair of groups.
    """
    from scipy import stats

    limit = float(stats.t.ppf(0.975, 2 * (seeds - 1)))
    different = total = 0
    for group in range(groups):
        first = 1 + 2 * seeds * group
        arms = [summed(runs_at(n, seeds, first + seeds * arm, "2018-06")) for arm in (0, 1)]
        for name in arms[0]:
            if arms[0][name].error or arms[1][name].error:
                total += 1
                different += abs(apart(arms[0][name], arms[1][name])) > limit
    return different, total


def main() -> None:
    print("| rate, a month | 1/20 | 1/5 | SE 1/20, % | SE 1/5, % | apart, SE |")
    print("|---|---|---|---|---|---|")
    for name, (small, large, z) in scale_table(36, 18).items():
        errors = [100 * r.error / r.mean for r in (small, large)]
        print(f"| {name} | {small.mean:.6g} | {large.mean:.6g} | {errors[0]:.2f} | {errors[1]:.2f} "
              f"| {z:+.2f} |")  # fmt: skip
    sys.stdout.flush()
    different, total = called_different(55)
    share = 100 * different / total
    print(f"\nA/A: {different} of {total} comparisons called different, {share:.1f} %")


if __name__ == "__main__":
    main()
