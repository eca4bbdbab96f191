"""Sharing a pot: to the fen, without favour, the same for one pot and for many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.markets.pot import Rationing, share_out, share_out_groups
from tests.oracle.clauses import divide

FEN = st.integers(0, 10**7)
CLAIMS = st.lists(FEN, max_size=12)


@pytest.mark.parametrize(
    ("case", "claims", "available", "expected"),
    [
        ("enough for all", [200_000, 150_000], 400_000, [200_000, 150_000]),
        ("exactly enough", [200_000, 150_000], 350_000, [200_000, 150_000]),
        # 349,999 x 4/7 = 199,999.43, x 3/7 = 149,999.57: the fen left over to the larger fraction
        ("one fen short", [200_000, 150_000], 349_999, [199_999, 150_000]),
        # 100 / 3 = 33.33 each: equal fractions, so the first in the list has the odd fen
        ("a tie goes to the first", [100, 100, 100], 100, [34, 33, 33]),
        # 200 / 3 = 66.67 each: two fen over, to the first two
        ("two fen over", [100, 100, 100], 200, [67, 67, 66]),
        ("an empty pot", [100, 100], 0, [0, 0]),
        ("an overdrawn pot is empty", [100, 100], -5, [0, 0]),
        ("nothing claimed", [0, 0], 100, [0, 0]),
        ("nobody", [], 100, []),
    ],
)
def test_pro_rata(case: str, claims: list[int], available: int, expected: list[int]) -> None:
    assert share_out(claims, available) == expected, case


def test_ties_go_by_key_where_keys_are_given() -> None:
    assert share_out([100, 100, 100], 100, keys=[9, 4, 7]) == [33, 34, 33]


def test_by_level_serves_the_highest_level_first_and_shares_within_it() -> None:
    # Level 5 claims 300 of 400; the 100 left are shared 2:1 by the two claims of level 4.
    paid = share_out([200, 300, 100], 400, Rationing.BY_LEVEL, levels=[4, 5, 4])
    assert paid == [67, 300, 33]


def test_first_come_serves_in_order_until_nothing_is_left() -> None:
    assert share_out([200, 300, 100], 400, Rationing.FIRST_COME) == [200, 200, 0]
    assert share_out([200, 300, 100], 400, Rationing.FIRST_COME, keys=[2, 1, 0]) == [0, 300, 100]


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        share_out([1, -1], 10)
    with pytest.raises(ValueError, match="levels"):
        share_out([1, 1], 10, Rationing.BY_LEVEL)
    with pytest.raises(ValueError, match="equally many"):
        share_out([1, 1], 10, keys=[1])


@given(CLAIMS, st.integers(-10, 10**8))
def test_pro_rata_is_the_second_reading_s(claims: list[int], available: int) -> None:
    assert share_out(claims, available) == divide(claims, available)


@given(
    st.lists(st.tuples(FEN, st.integers(0, 6)), max_size=12),
    st.integers(-10, 10**8),
    st.sampled_from(Rationing),
)
def test_shares_sum_exactly_and_nobody_gets_more_than_the_claim(
    people: list[tuple[int, int]], available: int, rationing: Rationing
) -> None:
    claims, levels = [c for c, _ in people], [level for _, level in people]
    paid = share_out(claims, available, rationing, levels)
    assert sum(paid) == min(sum(claims), max(0, available))
    assert all(0 <= p <= c for p, c in zip(paid, claims, strict=True))


@given(CLAIMS, st.integers(0, 10**7))
def test_a_share_is_within_a_fen_of_the_exact_part(claims: list[int], available: int) -> None:
    total = sum(claims)
    for claim, paid in zip(claims, share_out(claims, available), strict=True):
        exact = claim if total <= available else claim * available / total
        assert abs(paid - exact) < 1


@given(
    st.lists(st.tuples(st.integers(0, 4), FEN, st.integers(0, 3), st.integers(0, 6)), max_size=30),
    st.lists(st.integers(-5, 3 * 10**7), min_size=5, max_size=5),
    st.sampled_from(Rationing),
)
def test_many_pots_at_once_pay_what_each_pot_pays_alone(
    rows: list[tuple[int, int, int, int]], available: list[int], rationing: Rationing
) -> None:
    columns = [np.array([row[i] for row in rows], np.int64) for i in range(4)]
    group, claims, keys, levels = columns
    paid = share_out_groups(group, claims, np.array(available, np.int64), keys, rationing, levels)
    for pot, fen in enumerate(available):
        mine = group == pot
        alone = share_out(
            claims[mine].tolist(), fen, rationing, levels[mine].tolist(), keys[mine].tolist()
        )
        assert paid[mine].tolist() == alone


def test_amounts_whose_product_leaves_64_bits_are_shared_exactly() -> None:
    claims = [5 * 10**11, 5 * 10**11, 1]
    available = 7 * 10**11
    many = share_out_groups(
        np.zeros(3, np.int64), np.array(claims), np.array([available]), np.arange(3)
    )
    assert many.tolist() == share_out(claims, available)
    assert int(many.sum()) == available


def test_the_order_of_rows_changes_nobody_s_share() -> None:
    luck = np.random.default_rng(7)
    group = luck.integers(0, 50, 2_000)
    claims = luck.integers(0, 10**6, 2_000)
    pots = luck.integers(0, 3 * 10**7, 50)
    keys = luck.permutation(2_000)
    straight = share_out_groups(group, claims, pots, keys)
    mixed = luck.permutation(2_000)
    shuffled = share_out_groups(group[mixed], claims[mixed], pots, keys[mixed])
    assert (shuffled == straight[mixed]).all()
    assert (straight < claims).any()
