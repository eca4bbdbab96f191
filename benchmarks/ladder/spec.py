"""The skill ladder: what every implementation of the workload must compute.

It is a yardstick, not the model: its numbers describe no province. A worker has an age in months,
a level (0 to 5), months of experience at that level, a wage in whole yuan, an enterprise, a post
or none, insured months, and months of training left. In each month, for each worker, in this
order:

1. The worker is a month older. At ``RETIRE`` the worker retires, and the slot becomes an entrant:
   ``ENTRY`` months old, level 0, nothing accumulated, wage ``BASE[0]``, no post. That is all that
   happens to the slot in this month.
2. With a post: experience and insured months grow by one. Then

   - in training, a month of it is done; after the last one the exam is passed with
     ``PASS[level]``. Passing pays ``SUBSIDY[level]`` if at least ``INSURED`` months are insured,
     multiplies the wage by ``1 + PREMIUM[level]`` (rounded down to the yuan), raises the level and
     sets experience to zero;
   - out of training and below level 5, with experience of at least ``NEED[level]``, training of
     ``MONTHS[level]`` starts with probability ``1 / (1 + exp(-z))``, where ``z = Z0 + gain / ZS``,
     ``gain = PASS * (PREMIUM * wage * horizon / 4 + SUBSIDY) - COST`` and ``horizon`` is the
     months to retirement, at most ``HORIZON``;
   - the post is lost, and training with it, with probability ``hazard[month, enterprise] *
     LEAVE[level]``, at the level reached in this month.
3. Without a post at the start of step 2: with probability ``FIND`` a post is found, at an
   enterprise drawn in proportion to its weight; the wage is ``BASE[level] * (0.9 + 0.2 u)``
   rounded down.
4. The measures of the month are counted (``MEASURES``).

The hazards are given from outside: one table, the same for everybody. This file needs numpy alone.
"""

from typing import NamedTuple

import numpy as np

RETIRE, ENTRY, LEVELS, HORIZON, INSURED = 720, 216, 6, 36, 12
NEED = (12, 24, 36, 48, 60, 32767)
MONTHS = (3, 4, 5, 6, 6, 0)
PASS = (0.85, 0.75, 0.65, 0.55, 0.45, 0.0)
PREMIUM = (0.08, 0.09, 0.12, 0.15, 0.18, 0.0)
SUBSIDY = (1000, 1500, 2000, 3000, 4000, 0)
COST = (1500.0, 2500.0, 4000.0, 6000.0, 9000.0, 0.0)
BASE = (4500, 5200, 6000, 7000, 8500, 10500)
LEAVE = (1.2, 1.1, 1.0, 0.9, 0.8, 0.7)
FIND, Z0, ZS = 0.25, -4.0, 4000.0

# ``gain`` is GAIN_PER_YUAN[level] * wage * horizon + GAIN[level].
GAIN_PER_YUAN = tuple(p * q * 0.25 for p, q in zip(PASS, PREMIUM, strict=True))
GAIN = tuple(p * s - c for p, s, c in zip(PASS, SUBSIDY, COST, strict=True))

COLUMNS = ("age", "level", "experience", "wage", "enterprise", "employed", "insured", "training")
MEASURES = (
    *(f"level_{k}" for k in range(LEVELS)),  # workers at the end of the month
    "employed",  # workers with a post at the end of the month
    *(f"certificates_{k}" for k in range(1, LEVELS)),  # exams passed, by the level reached
    "leavers",  # posts lost
    "retired",
    "outlay",  # yuan of subsidy
)
EMPLOYED, CERTIFICATES = LEVELS, LEVELS + 1
LEAVERS, RETIRED, OUTLAY = (MEASURES.index(name) for name in ("leavers", "retired", "outlay"))


class Case(NamedTuple):
    """What to live: workers, months, a number for the luck, and threads for who can use them."""

    agents: int
    months: int
    luck: int
    threads: int = 2


class Enterprises(NamedTuple):
    """Shares of vacancies by enterprise, their running sum, and ``hazard[month, enterprise]``."""

    weights: np.ndarray
    cumulative: np.ndarray
    hazard: np.ndarray


def enterprises(agents: int, months: int) -> Enterprises:
    """One enterprise for fifty workers, fifty at least; the same for every luck."""
    count = max(50, agents // 50)
    luck = np.random.default_rng([7, count])
    weights = np.exp(1.2 * luck.standard_normal(count))
    weights /= weights.sum()
    state = luck.standard_normal(count)
    hazard = np.empty((months, count), np.float32)
    for month in range(months):
        hazard[month] = np.minimum(0.5, 0.02 * np.exp(0.5 * state))
        state = 0.8 * state + 0.6 * luck.standard_normal(count)
    return Enterprises(weights, np.cumsum(weights), hazard)


def population(agents: int, cumulative: np.ndarray) -> dict[str, np.ndarray]:
    """The starting columns (int64; a post is 0 or 1), the same for every luck."""
    luck = np.random.default_rng([1, 99])
    shares = np.cumsum([0.35, 0.25, 0.20, 0.12, 0.06, 0.02])
    level = np.searchsorted(shares, luck.random(agents)).clip(0, LEVELS - 1)
    return {
        "age": luck.integers(ENTRY, RETIRE, agents),
        "level": level,
        "experience": luck.integers(0, 60, agents),
        "wage": (np.array(BASE)[level] * (0.9 + 0.2 * luck.random(agents))).astype(np.int64),
        "enterprise": pick(cumulative, luck.random(agents)),
        "employed": (luck.random(agents) < 0.93).astype(np.int64),
        "insured": luck.integers(0, 120, agents),
        "training": np.zeros(agents, np.int64),
    }


def pick(cumulative: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Enterprises in proportion to their weights, one for each uniform draw."""
    found: np.ndarray = np.searchsorted(cumulative, u).clip(0, len(cumulative) - 1)
    return found


def totals(table: np.ndarray) -> np.ndarray:
    """Of ``table[month, measure]``: last levels, mean employment, and sums of what happened."""
    return np.concatenate(
        [table[-1, :LEVELS], [table[:, EMPLOYED].mean()], table[:, CERTIFICATES:].sum(axis=0)]
    )
