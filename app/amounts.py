"""Numbers for people: counts and yuan with the powers of ten that each language uses."""

from collections.abc import Sequence
from fractions import Fraction

from scenarios.effects import MINUS

FEN_PER_YUAN = 100
WAN = 10_000  # 万
YI = 100_000_000  # 亿
MILLION, BILLION = 1_000_000, 1_000_000_000
LONG = 10 * WAN  # Chinese counts from here on read better in 万
TENTHS = 10
STEPS = {  # from which size on: divisor, decimals, words
    ("count", "zh"): ((YI, YI, 2, "亿"), (LONG, WAN, 1, "万"), (0, 1, 0, "")),
    ("count", "en"): ((MILLION, MILLION, 2, "million"), (0, 1, 0, "")),
    ("yuan", "zh"): ((YI, YI, 2, "亿元"), (WAN, WAN, 1, "万元"), (0, 1, 0, "元")),
    ("yuan", "en"): (
        (BILLION, BILLION, 2, "billion yuan"),
        (MILLION, MILLION, 2, "million yuan"),
        (0, 1, 0, "yuan"),
    ),
}


def banded(
    values: Sequence[float],
    unit: str,
    lang: str,
    noun: str = "",
    *,
    signed: bool = False,
    beside: float = 0.0,
) -> str:
    """A number, with its band if more than one is given, in one unit: ``14.4 [12.3, 16.6] 万人次``.

    Args:
        values: the number, then the ends of its band.
        unit: ``yuan``, or anything else for a count.
        lang: ``zh`` or ``en``.
        noun: what is counted.
        signed: whether a gain carries a plus.
        beside: a larger number shown beside it, whose unit is used for both.
    """
    size = max(abs(value) for value in (*values, beside))
    steps = STEPS["yuan" if unit == "yuan" else "count", lang]
    divisor, decimals, words = next((s[1:] for s in steps if size >= s[0]), steps[-1][1:])
    mean, *band = (fixed(value / divisor, decimals, signed=signed) for value in values)
    found = f"{mean} [{', '.join(band)}]" if band else mean
    apart = " " if lang == "en" and words and noun else ""
    return f"{found} {words}{apart}{noun}".rstrip()


def count(value: float, lang: str) -> str:
    """A count to about three digits where it is long."""
    return banded([value], "count", lang)


def money(value: float, lang: str) -> str:
    """Yuan to about three or four digits, with the unit."""
    return banded([value], "yuan", lang)


def fixed(value: float, decimals: int, *, signed: bool = False) -> str:
    """A number with so many decimals; what rounds to zero has no sign."""
    shown = f"{abs(value):,.{decimals}f}"
    if not shown.strip("0.,"):
        return shown
    return f"{MINUS if value < 0 else '+' if signed else ''}{shown}"


def whole(value: float) -> str:
    """A whole number with separators."""
    return fixed(value, 0)


def wan_yuan(fen: int | Fraction, *, signed: bool = False) -> str:
    """Exact fen in 万元 with one decimal, half to even; nothing is bent to make a sum."""
    units = round(Fraction(fen) * TENTHS / (WAN * FEN_PER_YUAN))
    whole, tenth = divmod(abs(units), TENTHS)
    sign = MINUS if units < 0 else "+" if signed and units > 0 else ""
    return f"{sign}{whole:,}.{tenth}"


def yuan(fen: int | Fraction) -> str:
    """Exact yuan with two decimals."""
    exact = round(fen)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{abs(exact) // FEN_PER_YUAN:,}.{abs(exact) % FEN_PER_YUAN:02d}"
