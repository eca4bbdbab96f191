"""A fund that cannot pay everybody pays the earliest claims in full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.markets.cash import Exhausted, settle
from tests.model.markets import naive


@pytest.mark.parametrize(
    ("case", "fen", "available", "dates", "expected"),
    [
        ("cash for all", [100, 200], 300, [5, 4], [True, True]),
        # 299 fen: the claim of month 4 (200) is paid, 99 are left for the claim of month 5 (100)
        ("one fen short: the later claim waits", [100, 200], 299, [5, 4], [False, True]),
        # 150 fen: the first in the queue (200) is not covered, so nobody behind it is paid
        ("nobody overtakes", [100, 200], 150, [5, 4], [False, False]),
        ("same month: the lower identity first", [100, 100], 100, [4, 4], [True, False]),
        ("an empty fund", [100, 200], 0, [5, 4], [False, False]),
        ("an overdrawn fund", [100], -1, [5], [False]),
        ("the payer is no fund", [100, 200], None, [5, 4], [True, True]),
        ("nobody claims", [], 0, [], []),
    ],
)
def test_cases(
    case: str, fen: list[int], available: int | None, dates: list[int], expected: list[bool]
) -> None:
    order = (np.array(dates, np.int64), np.arange(len(fen)))
    paid = settle(np.array(fen, np.int64), available, order, Exhausted.QUEUE)
    assert paid.tolist() == expected, case


def test_a_fund_that_may_overdraw_pays_everybody() -> None:
    order = (np.array([1, 2]), np.array([1, 2]))
    assert settle(np.array([100, 200]), 0, order, Exhausted.OVERDRAW).all()


CLAIMS = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(1400, 1405), st.integers(0, 10**9)),
    max_size=30,
    unique_by=lambda claim: claim[2],
)


@given(CLAIMS, st.integers(-5, 10**7))
def test_it_is_what_a_queue_by_hand_gives(
    claims: list[tuple[int, int, int]], available: int
) -> None:
    fen, dates, ids = ([claim[k] for claim in claims] for k in range(3))
    order = (np.array(dates, np.int64), np.array(ids, np.int64))
    paid = settle(np.array(fen, np.int64), available, order, Exhausted.QUEUE)
    assert paid.tolist() == naive.settle(fen, available, dates, ids)


@given(CLAIMS, st.integers(0, 10**7), st.integers(0, 10**6))
def test_never_more_than_there_is_and_more_cash_never_harms_anybody(
    claims: list[tuple[int, int, int]], available: int, more: int
) -> None:
    fen, dates, ids = (np.array([claim[k] for claim in claims], np.int64) for k in range(3))
    paid = settle(fen, available, (dates, ids), Exhausted.QUEUE)
    richer = settle(fen, available + more, (dates, ids), Exhausted.QUEUE)
    assert fen[paid].sum() <= available
    assert (paid <= richer).all()
