"""Queues for seats: with constant demand and seats they follow the closed form."""

import numpy as np
import pytest

from model.markets.rationing import first_of_group


def waiting_list(
    demand: int, seats: int, months: int, leave: float = 0.0
) -> tuple[list[int], list[float]]:
    """People still waiting after each month, and the mean wait of those admitted in it."""
    joined = np.zeros(0, np.int64)
    left_over, waits = [], []
    carried = 0.0
    for month in range(months):
        joined = np.r_[joined, np.full(demand, month)]
        who = np.arange(len(joined))
        served = first_of_group(np.zeros(len(joined), np.int64), np.array([seats]), (joined, who))
        waits.append(float((month - joined[served]).mean()))
        joined = joined[~served]
        carried += leave * len(joined)
        gone, carried = int(carried), carried - int(carried)
        joined = joined[gone:] if gone else joined
        left_over.append(len(joined))
    return left_over, waits


def test_a_queue_grows_by_what_demand_exceeds_seats() -> None:
    # Q_t = Q_0 + (D - C) t = 20 t; who comes first waits Q / C months: after 60 months 1,200 / 100.
    queue, waits = waiting_list(demand=120, seats=100, months=60)
    assert queue == [20 * t for t in range(1, 61)]
    assert waits[-1] == pytest.approx(queue[-2] / 120, abs=1.0)


def test_enough_seats_leave_nobody_waiting() -> None:
    assert waiting_list(demand=100, seats=100, months=24)[0] == [0] * 24


def test_dropping_out_bounds_the_queue() -> None:
    # In the long run 20 more come than are served and 5 % of those left give up: Q = 20 x .95 / .05
    queue, _ = waiting_list(demand=120, seats=100, months=240, leave=0.05)
    assert queue[-1] == pytest.approx(20 * 0.95 / 0.05, abs=2)
