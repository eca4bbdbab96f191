import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.population.fitting import NotFittedError, apportion, proportional, quantiles, shared_odds

positive = st.floats(0.01, 100)


def test_a_flat_pattern_is_the_product_of_its_margins():
    # Rows 3 and 1, columns 2 and 2 of a total of 4: 3 x 2 / 4 = 1.5 and 1 x 2 / 4 = 0.5.
    fitted = proportional(np.ones((2, 2)), np.array([3.0, 1.0]), np.array([2.0, 2.0]))
    assert np.allclose(fitted, [[1.5, 1.5], [0.5, 0.5]])


def test_a_zero_stays_zero():
    prior = np.array([[1.0, 0.0], [1.0, 1.0]])
    fitted = proportional(prior, np.array([1.0, 3.0]), np.array([2.0, 2.0]))
    # Column 2 has only row 2, so row 2 gives it 2 and column 1 the 1 that is left.
    assert np.allclose(fitted, [[1.0, 0.0], [1.0, 2.0]])


def test_a_row_counts_in_the_columns_with_its_share():
    # Of row 1 (10) half is counted, of row 2 (5) all: 10 in the columns.
    counted = np.array([0.5, 1.0])
    rows, columns = np.array([10.0, 5.0]), np.array([6.0, 4.0])
    fitted = proportional(np.ones((2, 2)), rows, columns, counted)
    assert np.allclose(fitted.sum(axis=1), rows)
    assert np.allclose((fitted * counted[:, None]).sum(axis=0), columns)


def test_margins_that_no_table_has_are_refused():
    with pytest.raises(NotFittedError, match="rows sum to 2 and columns to 3"):
        proportional(np.ones((2, 2)), np.ones(2), np.array([1.0, 2.0]))
    with pytest.raises(NotFittedError, match="off its total"):
        proportional(np.eye(2), np.array([1.0, 3.0]), np.array([2.0, 2.0]))


@given(
    st.lists(st.lists(positive, min_size=3, max_size=3), min_size=2, max_size=4),
    st.lists(positive, min_size=3, max_size=3),
)
def test_both_margins_hold(pattern, columns):
    prior = np.array(pattern)
    rows = prior.sum(axis=1)
    wanted = np.array(columns) / np.sum(columns) * rows.sum()
    fitted = proportional(prior, rows, wanted)
    assert np.allclose(fitted.sum(axis=1), rows)
    assert np.allclose(fitted.sum(axis=0), wanted)


@pytest.mark.parametrize(
    ("case", "weights", "total", "expected"),
    [
        ("3.5, 2.1, 1.4: the largest remainder takes the one left", [5, 3, 2], 7, [4, 2, 1]),
        ("equal remainders: the first", [1, 1, 1], 4, [2, 1, 1]),
        ("no weight, no share", [0, 1], 3, [0, 3]),
        ("nothing to share", [1, 2], 0, [0, 0]),
    ],
)
def test_apportion(case, weights, total, expected):
    assert apportion(np.array(weights, float), total).tolist() == expected, case


def test_equal_remainders_go_by_priority():
    assert apportion(np.ones(3), 4, np.array([0.1, 0.9, 0.5])).tolist() == [1, 2, 1]


def test_a_total_needs_a_weight():
    with pytest.raises(NotFittedError):
        apportion(np.zeros(2), 1)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30), st.integers(0, 10**6))
def test_apportioned_numbers_keep_total_and_share(weights, total):
    if sum(weights) == 0:
        total = 0
    whole = apportion(np.array(weights), total)
    assert whole.sum() == total
    if total:
        exact = np.array(weights) / np.sum(weights) * total
        assert (np.abs(whole - exact) < 1 + 1e-6).all()
        assert (whole >= 0).all()


def test_odds_are_shared_by_one_factor():
    # Odds 1 and 3 with mean one half: factor 1/sqrt(3), shares 0.366 and 0.634.
    shares = shared_odds(np.array([1.0, 3.0]), np.ones(2), 0.5)
    assert np.allclose(shares, [0.36602540, 0.63397460])


@given(st.lists(positive, min_size=1, max_size=20), st.floats(0.001, 0.98))
def test_shared_odds_meet_the_mean_and_stay_shares(odds, mean):
    weights = np.arange(1.0, len(odds) + 1)
    shares = shared_odds(np.array(odds), weights, mean)
    assert (shares * weights).sum() / weights.sum() == pytest.approx(mean, abs=1e-9)
    assert ((shares > 0) & (shares < 1)).all()


def test_quantiles_have_the_distribution():
    # A tenth, four tenths and half, in ten steps: once, four times, five times.
    found = quantiles(np.array([0.1, 0.4, 0.5]), np.array([7, 8, 9]), 10)
    assert found.tolist() == [7] + [8] * 4 + [9] * 5
