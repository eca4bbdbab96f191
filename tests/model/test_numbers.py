"""Own functions against decimal arithmetic, the standard library and themselves compiled."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import numbers

SMALLEST = 2.0**-54
ANY = st.floats(-750, 750)
POSITIVE = st.floats(1e-300, 1e300)
DRAW = st.floats(0, 1, exclude_max=True)
SCALARS = (
    numbers.exp,
    numbers.ln,
    numbers.root,
    numbers.logistic,
    numbers.gumbel,
    numbers.normal,
)


def exactly(function: str, x: float) -> Decimal:
    """The function at exactly this float, to 40 digits."""
    with localcontext() as context:
        context.prec = 40
        return Decimal.exp(Decimal(x)) if function == "exp" else Decimal.ln(Decimal(x))


def error(found: float, exact: Decimal) -> float:
    return float(abs(Decimal(found) - exact) / abs(exact))


@given(st.floats(-690, 690))
def test_exp_is_right_to_fifteen_digits(x: float) -> None:
    assert error(numbers.exp(x), exactly("exp", x)) < 4e-15


@given(POSITIVE)
def test_ln_is_right_to_fifteen_digits(x: float) -> None:
    exact = exactly("ln", x)
    assert exact == 0 or error(numbers.ln(x), exact) < 4e-15


def test_the_worst_error_of_exp_and_ln_on_a_grid() -> None:
    grid = [k / 997 for k in range(-20_000, 20_000, 7)]
    assert max(error(numbers.exp(x), exactly("exp", x)) for x in grid) < 4e-15
    above = [1 + k / 1009 for k in range(1, 3_000)] + [k / 1009 for k in range(1, 1009)]
    assert max(error(numbers.ln(x), exactly("ln", x)) for x in above) < 4e-15


@pytest.mark.parametrize(
    ("case", "found", "expected"),
    [
        ("exp 0 is 1", numbers.exp(0.0), 1.0),
        ("far below, exp is nothing", numbers.exp(-700.5), 0.0),
        ("far above, exp stands still", numbers.exp(900.0), numbers.exp(700.0)),
        ("ln 1 is 0", numbers.ln(1.0), 0.0),
        ("no logarithm of 0", numbers.ln(0.0), -800.0),
        ("nor of a negative number", numbers.ln(-3.0), -800.0),
        ("anything to 0 is 1", numbers.power(0.0, 0.0), 1.0),
        ("0 to anything else is 0", numbers.power(0.0, 2.5), 0.0),
        ("half the time at 0", numbers.logistic(0.0), 0.5),
        ("never at minus infinity", numbers.logistic(-701.0), 0.0),
        ("no root of a negative number", numbers.root(-4.0), 0.0),
        ("the middle of the normal", numbers.normal(0.5), 0.0),
        # -ln(-ln(u)) at u = 0 counts as u = 2**-54: -ln(54 ln 2) = -3.6225
        ("the smallest Gumbel", round(numbers.gumbel(0.0), 4), -3.6225),
    ],
)
def test_edges(case: str, found: float, expected: float) -> None:
    assert found == expected, case


@given(st.integers(-1000, 1000))
def test_powers_of_two_are_exact(k: int) -> None:
    assert numbers.two_to(k) == math.ldexp(1.0, k)


@given(st.floats(1e-6, 1e6), st.floats(-3, 3))
def test_powers(x: float, y: float) -> None:
    assert numbers.power(x, y) == pytest.approx(x**y, rel=1e-13)


@given(st.floats(1e-12, 1e12))
def test_roots(x: float) -> None:
    assert numbers.root(x) == pytest.approx(math.sqrt(x), rel=3e-16)


@given(st.floats(-30, 30))
def test_the_two_sides_of_the_logistic_sum_to_one(x: float) -> None:
    assert numbers.logistic(x) + numbers.logistic(-x) == pytest.approx(1.0, abs=1e-15)


def test_normal_quantiles_of_the_tables() -> None:
    for u, z in ((0.975, 1.959963984540054), (0.95, 1.644853626951472), (0.999, 3.090232306167813)):
        assert numbers.normal(u) == pytest.approx(z, abs=1e-14)
        assert numbers.normal(1 - u) == pytest.approx(-z, abs=1e-13)


@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_quantiles_are_the_standard_library_s(u: float) -> None:
    assert numbers.normal(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1e-13, abs=1e-15)


@given(DRAW, DRAW)
def test_quantiles_rise_with_the_draw(u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert numbers.normal(low) <= numbers.normal(high) + 1e-14
    assert numbers.gumbel(low) <= numbers.gumbel(high) + 1e-13


def test_gumbel_deviates_have_the_mean_and_spread_of_the_law() -> None:
    # mean: Euler's constant .57722; variance: pi**2 / 6 = 1.64493; on the midpoints of a grid
    drawn = np.array([numbers.gumbel((k + 0.5) / 200_000) for k in range(200_000)])
    assert drawn.mean() == pytest.approx(0.57722, abs=2e-4)
    assert drawn.var() == pytest.approx(1.64493, abs=2e-3)


@pytest.mark.parametrize(
    ("many", "one", "values"),
    [
        (numbers.exps, numbers.exp, np.linspace(-720, 720, 20_011)),
        (numbers.exps, numbers.exp, np.linspace(-1, 1, 20_011)),
        (numbers.logs, numbers.ln, np.geomspace(1e-30, 1e30, 20_011)),
        (numbers.logs, numbers.ln, np.linspace(0.5, 2, 20_011)),
        (numbers.normals_of, numbers.normal, np.linspace(0, 1, 20_011, endpoint=False)),
        (numbers.normals_of, numbers.normal, np.geomspace(SMALLEST, 0.5, 20_011)),
        (numbers.normals_of, numbers.normal, 1 - np.geomspace(2.0**-53, 0.5, 20_011)),
    ],
)
def test_many_at_once_give_the_bits_of_one_at_a_time(
    many: Callable[[Any], Any], one: Callable[[float], float], values: Any
) -> None:
    alone = np.array([one(float(x)) for x in values])
    assert many(values).tobytes() == alone.tobytes()


@pytest.mark.parametrize("function", SCALARS)
def test_compiled_functions_give_the_bits_of_plain_ones(function: Callable[..., float]) -> None:
    from numba import njit

    compiled = njit(error_model="numpy")(function)
    draws = function in (numbers.gumbel, numbers.normal)
    values = np.linspace(0, 1, 4_001, endpoint=False) if draws else np.linspace(-80, 80, 4_001)
    for x in values.tolist():
        assert compiled(x) == function(x)


def test_a_compiled_power_gives_the_bits_of_a_plain_one() -> None:
    from numba import njit

    compiled = njit(error_model="numpy")(numbers.power)
    for x in np.geomspace(1e-6, 1e6, 301).tolist():
        for y in (-2.5, -1.0, 0.0, 0.3, 1.0, 60.0):
            assert compiled(x, y) == numbers.power(x, y)
