"""Places of a group go to the first by priority, whatever the order of rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.markets.rationing import first_of_group
from tests.model.markets import naive

MEMBERS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.floats(0, 1, exclude_max=True)), max_size=40
)
QUOTA = st.lists(st.integers(-2, 8), min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("case", "groups", "quota", "priority", "expected"),
    [
        # Two places for three: priorities 5, 3, 4; the two smallest are the second and the third.
        ("the smallest first", [0, 0, 0], [2], ([5, 3, 4],), [False, True, True]),
        # Equal first keys are decided by the second.
        ("the second key decides", [0, 0], [1], ([1, 1], [0.7, 0.2]), [False, True]),
        # One place in group 0 (priorities 2 and 3), two in group 1 (1 and 0).
        ("each group has its own places", [1, 0, 1, 0], [1, 2], ([1, 2, 0, 3],),
         [True, True, True, False]),
        ("no places", [0, 0], [0], ([1, 2],), [False, False]),
        ("fewer than none is none", [0, 0], [-3], ([1, 2],), [False, False]),
        ("more places than people", [0], [9], ([1],), [True]),
        ("nobody", [], [3], ([],), []),
    ],
)  # fmt: skip
def test_cases(
    case: str, groups: list[int], quota: list[int], priority: tuple[list[float], ...],
    expected: list[bool],
) -> None:  # fmt: skip
    keys = tuple(np.array(column, np.float64) for column in priority)
    served = first_of_group(np.array(groups, np.int64), np.array(quota), keys)
    assert served.tolist() == expected, case


@given(MEMBERS, QUOTA)
def test_it_is_what_sorting_each_queue_by_hand_gives(
    members: list[tuple[int, int, float]], quota: list[int]
) -> None:
    group = np.array([m[0] for m in members], np.int64)
    keys = (np.array([m[1] for m in members]), np.array([m[2] for m in members]))
    whole = (*keys, np.arange(len(members)))
    found = first_of_group(group, np.array(quota), whole)
    by_hand = naive.first_of_group(group.tolist(), quota, [key.tolist() for key in whole])
    assert found.tolist() == by_hand


@given(MEMBERS, QUOTA, st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(
    members: list[tuple[int, int, float]], quota: list[int], luck: object
) -> None:
    order = list(range(len(members)))
    luck.shuffle(order)  # type: ignore[attr-defined]
    group = np.array([m[0] for m in members], np.int64)
    first, second = np.array([m[1] for m in members]), np.array([m[2] for m in members])
    identity = np.arange(len(members))
    mixed = np.array(order, np.int64)
    straight = first_of_group(group, np.array(quota), (first, second, identity))
    shuffled = first_of_group(
        group[mixed], np.array(quota), (first[mixed], second[mixed], identity[mixed])
    )
    assert shuffled.tolist() == straight[mixed].tolist()


@given(MEMBERS, QUOTA)
def test_one_more_place_serves_one_more_and_moves_nobody_else(
    members: list[tuple[int, int, float]], quota: list[int]
) -> None:
    group = np.array([m[0] for m in members], np.int64)
    keys = (np.array([m[2] for m in members]), np.arange(len(members)))
    before = first_of_group(group, np.array(quota), keys)
    more = np.array(quota)
    more[0] += 1
    after = first_of_group(group, more, keys)
    assert (before <= after).all()
    assert (after != before).sum() <= 1
