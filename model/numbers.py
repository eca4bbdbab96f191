"""Exponential, logarithm, powers and the normal distribution from + - * / alone.

Library versions differ in their last bit between machines, builds and vector widths; a decision
that compares a draw with a probability must not. These functions give the same bits in plain
Python, in compiled code and on every processor with IEEE arithmetic. Relative error of ``exp``
and ``ln`` is below 4e-15 over the range the model uses; the normal quantile is Wichura's AS 241.

The array versions (``exps``, ``logs``, ``normals_of``) do the same operations on numpy arrays and
give the same bits as the scalar ones.
"""

from math import frexp
from typing import Any

import numpy as np

from model.scalar import elementwise, scalar

LN2_HIGH = 0.693147180369123816490
LN2_LOW = 1.90821492927058770002e-10
INVERSE_LN2 = 1.4426950408889634
SQRT_HALF = 0.7071067811865476


@scalar
def two_to(k: int) -> float:
    """Two to an integer power, exactly; ``k`` between -1000 and 1000."""
    n = -k if k < 0 else k
    base = 0.5 if k < 0 else 2.0
    result = 1.0
    while n > 0:
        if n & 1:
            result = result * base
        base = base * base
        n = n >> 1
    return result


@scalar
def exp(x: float) -> float:
    """The exponential of ``x``; 0 below -700, and ``x`` is taken as 700 above it."""
    if x < -700.0:
        return 0.0
    if x > 700.0:
        x = 700.0
    scaled = x * INVERSE_LN2
    k = int(scaled + 0.5) if scaled >= 0.0 else -int(0.5 - scaled)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    s = 1.0 + r / 13.0
    s = 1.0 + r / 12.0 * s
    s = 1.0 + r / 11.0 * s
    s = 1.0 + r / 10.0 * s
    s = 1.0 + r / 9.0 * s
    s = 1.0 + r / 8.0 * s
    s = 1.0 + r / 7.0 * s
    s = 1.0 + r / 6.0 * s
    s = 1.0 + r / 5.0 * s
    s = 1.0 + r / 4.0 * s
    s = 1.0 + r / 3.0 * s
    s = 1.0 + r / 2.0 * s
    s = 1.0 + r * s
    return s * two_to(k)


@scalar
def ln(x: float) -> float:
    """The natural logarithm; -800 for zero and below, where a logarithm does not exist."""
    if x <= 0.0:
        return -800.0
    x, k = frexp(x)
    if x < SQRT_HALF:
        x = x * 2.0
        k = k - 1
    f = (x - 1.0) / (x + 1.0)
    return k * LN2_HIGH + (k * LN2_LOW + 2.0 * f * series(f * f))


@scalar
def series(g: float) -> float:
    """Half the logarithm of ``(1 + f) / (1 - f)`` over ``f``, for ``g = f * f`` below 0.03."""
    s = 1.0 / 21.0
    s = 1.0 / 19.0 + g * s
    s = 1.0 / 17.0 + g * s
    s = 1.0 / 15.0 + g * s
    s = 1.0 / 13.0 + g * s
    s = 1.0 / 11.0 + g * s
    s = 1.0 / 9.0 + g * s
    s = 1.0 / 7.0 + g * s
    s = 1.0 / 5.0 + g * s
    s = 1.0 / 3.0 + g * s
    return 1.0 + g * s


@scalar
def power(x: float, y: float) -> float:
    """``x`` to the power ``y`` for non-negative ``x``; 0 to any power is 0 (0 to 0 is 1)."""
    if y == 0.0:
        return 1.0
    if x <= 0.0:
        return 0.0
    return exp(y * ln(x))


@scalar
def root(x: float) -> float:
    """The square root; 0 for zero and below."""
    if x <= 0.0:
        return 0.0
    y = exp(0.5 * ln(x))
    y = 0.5 * (y + x / y)
    return 0.5 * (y + x / y)


@scalar
def logistic(x: float) -> float:
    """``1 / (1 + exp(-x))``."""
    if x < -700.0:
        return 0.0
    return 1.0 / (1.0 + exp(-x))


@scalar
def gumbel(u: float) -> float:
    """A standard Gumbel deviate from a uniform one (0 is taken as the smallest draw)."""
    if u < 5.551115123125783e-17:
        u = 5.551115123125783e-17
    return -ln(-ln(u))


@scalar
def normal(u: float) -> float:
    """The standard normal quantile (Wichura 1988, algorithm AS 241, PPND16)."""
    if u < 5.551115123125783e-17:
        u = 5.551115123125783e-17
    q = u - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        return q * _centre_above(r) / _centre_below(r)
    r = u if q < 0.0 else 1.0 - u
    r = root(-ln(r))
    z = _middle(r - 1.6) if r <= 5.0 else _far(r - 5.0)
    return -z if q < 0.0 else z


@scalar
def _centre_above(r: float) -> float:
    s = 2509.0809287301226727
    s = s * r + 33430.575583588128105
    s = s * r + 67265.770927008700853
    s = s * r + 45921.953931549871457
    s = s * r + 13731.693765509461125
    s = s * r + 1971.5909503065514427
    s = s * r + 133.14166789178437745
    return s * r + 3.387132872796366608


@scalar
def _centre_below(r: float) -> float:
    s = 5226.495278852545925
    s = s * r + 28729.085735721942674
    s = s * r + 39307.89580009271061
    s = s * r + 21213.794301586595867
    s = s * r + 5394.1960214247511077
    s = s * r + 687.1870074920579083
    s = s * r + 42.313330701600911252
    return s * r + 1.0


@scalar
def _middle(r: float) -> float:
    a = 7.7454501427834140764e-4
    a = a * r + 0.0227238449892691845833
    a = a * r + 0.24178072517745061177
    a = a * r + 1.27045825245236838258
    a = a * r + 3.64784832476320460504
    a = a * r + 5.7694972214606914055
    a = a * r + 4.6303378461565452959
    a = a * r + 1.42343711074968357734
    b = 1.05075007164441684324e-9
    b = b * r + 5.475938084995344946e-4
    b = b * r + 0.0151986665636164571966
    b = b * r + 0.14810397642748007459
    b = b * r + 0.68976733498510000455
    b = b * r + 1.6763848301838038494
    b = b * r + 2.05319162663775882187
    return a / (b * r + 1.0)


@scalar
def _far(r: float) -> float:
    a = 2.01033439929228813265e-7
    a = a * r + 2.71155556874348757815e-5
    a = a * r + 0.0012426609473880784386
    a = a * r + 0.026532189526576123093
    a = a * r + 0.29656057182850489123
    a = a * r + 1.7848265399172913358
    a = a * r + 5.4637849111641143699
    a = a * r + 6.6579046435011037772
    b = 2.04426310338993978564e-15
    b = b * r + 1.4215117583164458887e-7
    b = b * r + 1.8463183175100546818e-5
    b = b * r + 7.868691311456132591e-4
    b = b * r + 0.0148753612908506148525
    b = b * r + 0.13692988092273580531
    b = b * r + 0.59983220655588793769
    return a / (b * r + 1.0)


@elementwise
def exps(x: Any) -> Any:
    """``exp`` of every element of a float64 array, bit for bit as the scalar function."""
    x = np.minimum(np.asarray(x, np.float64), 700.0)
    scaled = x * INVERSE_LN2
    k = np.where(scaled >= 0.0, np.trunc(scaled + 0.5), -np.trunc(0.5 - scaled))
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    s = 1.0 + r / 13.0
    for divisor in range(12, 1, -1):
        s = 1.0 + r / divisor * s
    s = 1.0 + r * s
    return np.where(x < -700.0, 0.0, np.ldexp(s, np.maximum(k, -1020).astype(np.int64)))


@elementwise
def logs(x: Any) -> Any:
    """``ln`` of every element of a positive float64 array, bit for bit as the scalar function."""
    x = np.asarray(x, np.float64)
    positive = x > 0.0
    mantissa, k = np.frexp(np.where(positive, x, 1.0))
    small = mantissa < SQRT_HALF
    mantissa = np.ldexp(mantissa, small)  # twice what is small: exact
    k = (k - small).astype(np.float64)
    f = mantissa - 1.0
    f /= mantissa + 1.0
    g = f * f
    s = g * (1.0 / 21.0)
    for divisor in range(19, 1, -2):  # in place: the same operations without a copy for each
        s += 1.0 / divisor
        s *= g
    s += 1.0
    f *= 2.0
    f *= s
    f += k * LN2_LOW
    f += k * LN2_HIGH
    return np.where(positive, f, -800.0)


@elementwise
def normals_of(u: Any) -> Any:
    """The standard normal quantile of every element of an array of uniform draws."""
    u = np.maximum(np.asarray(u, np.float64), 5.551115123125783e-17)
    q = u - 0.5
    r = 0.180625 - q * q
    centre = q * _centre_above(r) / _centre_below(r)
    tail = np.minimum(u, 1.0 - u)
    far = -logs(np.where(tail > 0.0, tail, 0.5))
    y = exps(0.5 * logs(far))
    y = 0.5 * (y + far / y)
    y = 0.5 * (y + far / y)
    z = np.where(y <= 5.0, _middle(y - 1.6), _far(y - 5.0))
    return np.where(np.abs(q) <= 0.425, centre, np.where(q < 0.0, -z, z))
