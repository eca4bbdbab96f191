"""Figures of experiments, fed with series worked by hand."""

import math

import numpy as np
import pytest

from calibration.figures import (
    elasticity,
    log_ratio,
    loop_area,
    over,
    part_gone,
    pays_off,
    ratio_of_rates,
    slope,
    within_cells,
)


def test_ratios_without_a_whole_are_no_figures() -> None:
    assert over(1.0, 4.0) == 0.25
    assert math.isnan(over(1.0, 0.0))
    assert log_ratio(math.e, 1.0) == pytest.approx(1.0)
    assert math.isnan(log_ratio(0.0, 1.0)) and math.isnan(log_ratio(1.0, 0.0))


def test_an_elasticity_is_log_change_over_log_change() -> None:
    # 100 to 400 is two doublings, 10 to 20 is one: elasticity 2.
    assert elasticity((400.0, 100.0), (20.0, 10.0)) == pytest.approx(2.0)
    # Fell by a half while the other doubled.
    assert elasticity((50.0, 100.0), (20.0, 10.0)) == pytest.approx(-1.0)
    assert math.isnan(elasticity((400.0, 100.0), (10.0, 10.0)))
    assert math.isnan(elasticity((400.0, 100.0), (10.2, 10.0), least=0.05))  # log 1.02 is 0.0198


def test_a_slope_is_least_squares() -> None:
    # x - 1 = -1, 0, 1; y - 2 = -1, -1, 2: sum of products 3, of squares 2.
    assert slope([0, 1, 2], [1, 1, 4]) == pytest.approx(1.5)
    # The last point counts three times: as if it stood three times in the list.
    weighted = slope([0, 1, 2], [1, 1, 4], weights=[1, 1, 3])
    assert weighted == pytest.approx(slope([0, 1, 2, 2, 2], [1, 1, 4, 4, 4]))
    assert math.isnan(slope([1, 1, 1], [1, 2, 3]))
    assert math.isnan(slope([], []))


def test_a_slope_within_groups_does_not_see_what_sets_groups_apart() -> None:
    # Each group falls by 1 a step; the second stands to the right and higher, so all rise together.
    x, y, group = [0, 1, 10, 11], [5, 4, 25, 24], [7, 7, 9, 9]

    assert slope(x, y, groups=group) == pytest.approx(-1.0)
    assert slope(x, y) > 0
    assert math.isnan(slope([0, 1], [5, 4], groups=[7, 9]))  # nobody to compare with


def test_a_loop_is_positive_counter_clockwise() -> None:
    # The unit square from the origin: right, up, left is counter-clockwise.
    assert loop_area([0, 1, 1, 0], [0, 0, 1, 1]) == pytest.approx(1.0)
    assert loop_area([0, 0, 1, 1], [0, 1, 1, 0]) == pytest.approx(-1.0)
    # Out and back the same way encloses nothing; two points are no loop.
    assert loop_area([0, 1, 2, 1], [0, -1, -2, -1]) == pytest.approx(0.0)
    assert math.isnan(loop_area([0, 1], [0, 1]))


def test_a_shock_that_cuts_posts_first_and_refills_them_first_goes_round_counter_clockwise() -> (
    None
):
    # Unemployment and vacancies against no shock: posts fall at once, people lose theirs later;
    # posts are offered again while many still search.
    unemployment = [0.0, 0.1, 0.3, 0.3, 0.1]
    vacancies = [-0.3, -0.4, -0.3, 0.1, 0.1]

    assert loop_area(unemployment, vacancies) > 0


def test_the_part_gone_is_of_what_was_there() -> None:
    assert part_gone(40.0, 10.0) == pytest.approx(0.75)
    assert part_gone(40.0, 50.0) == pytest.approx(-0.25)
    assert math.isnan(part_gone(0.0, 0.0)) and math.isnan(part_gone(-5.0, 0.0))


def test_rates_are_compared_over_their_own_exposure() -> None:
    events, months = np.array([6.0, 1.0, 2.0]), np.array([100.0, 50.0, 100.0])

    assert ratio_of_rates(events, months, [0], [2]) == pytest.approx(2.0)  # 6 % against 2 %
    assert ratio_of_rates(events, months, [1, 2], [0]) == pytest.approx(-2 / 3)  # 3/150 against .06
    assert math.isnan(ratio_of_rates(np.zeros(3), months, [0], [2]))


def test_cells_are_compared_within_and_weigh_with_the_smaller_exposure() -> None:
    # First cell: 1 of 10 against 4 of 20, -0.1, weight 10. Second: 3 of 30 against 1 of 10, 0,
    # weight 10. Third: nobody of the other class, says nothing. Mean of -0.1 and 0: -0.05.
    events = np.array([[4.0, 1.0], [1.0, 3.0], [5.0, 0.0]])
    months = np.array([[20.0, 10.0], [10.0, 30.0], [50.0, 0.0]])

    weight, less = within_cells(events, months, 1, 0)
    assert weight == 20.0
    assert less == pytest.approx(-0.05)
    assert within_cells(events[2:], months[2:], 1, 0) == (0.0, 0.0)


def test_what_a_million_brings() -> None:
    assert pays_off(30.0, 2_000_000.0) == pytest.approx(15.0)
    assert pays_off(30.0, 2e8, 1e8) == pytest.approx(15.0)
    assert math.isnan(pays_off(30.0, 0.0))
