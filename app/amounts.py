"""Numbers for people: counts and yuan with the powers of ten that each language uses."""

from collections.abc import Sequence
from fractions import Fraction

FEN_PER_YUAN = 100
WAN = 10_000  # 万
YI = 100_000_000  # 亿
MILLION, BILLION = 1_000_000, 1_000_000_000
LONG = 10 * WAN  # Chinese counts from here on read better in 万
COUNTS = {  # from which size: divisor, decimals, words
    "zh": ((YI, YI, 2, "亿"), (LONG, WAN, 1, "万"), (0, 1, 0, "")),
    "en": ((MILLION, MILLION, 2, "m"), (0, 1, 0, "")),
}
MONEY = {
    "zh": ((YI, YI, 2, "亿元"), (WAN, WAN, 1, "万元"), (0, 1, 0, "元")),
    "en": (
        (BILLION, BILLION, 2, "billion yuan"),
        (MILLION, MILLION, 2, "million yuan"),
        (0, 1, 0, "yuan"),
    ),
}
TENTH_WAN_FEN = WAN * FEN_PER_YUAN // 10  # one last digit of a table in 万元
MINUS = "\N{MINUS SIGN}"


def count(value: float, lang: str) -> str:
    """A count to about three digits where it is long."""
    size = abs(value)
    if lang == "zh":
        if size >= YI:
            return f"{_sign(value)}{size / YI:,.2f} 亿"
        return f"{_sign(value)}{size / WAN:,.1f} 万" if size >= LONG else whole(value)
    return f"{_sign(value)}{size / MILLION:,.2f} million" if size >= MILLION else whole(value)


def money(yuan: float, lang: str) -> str:
    """Yuan to about three or four digits, with the unit."""
    size, sign = abs(yuan), _sign(yuan)
    if lang == "zh":
        if size >= YI:
            return f"{sign}{size / YI:,.2f} 亿元"
        return f"{sign}{size / WAN:,.1f} 万元" if size >= WAN else f"{sign}{size:,.0f} 元"
    if size >= BILLION:
        return f"{sign}{size / BILLION:,.2f} billion yuan"
    if size >= MILLION:
        return f"{sign}{size / MILLION:,.2f} million yuan"
    return f"{sign}{size:,.0f} yuan"


def scale_of(values: Sequence[float], unit: str, lang: str) -> tuple[float, int, str]:
    """Divisor, decimals and words in which numbers of one unit read well side by side."""
    size = max(abs(value) for value in values)
    if unit == "yuan":
        steps = MONEY[lang]
    else:
        steps = COUNTS[lang]
    return next((step[1:] for step in steps if size >= step[0]), steps[-1][1:])


def banded(values: Sequence[float], unit: str, lang: str) -> str:
    """A mean with its band, in one unit: ``144.7 [123.2, 166.3] 万``."""
    divisor, decimals, words = scale_of(values, unit, lang)
    mean, *band = (_fixed(value / divisor, decimals) for value in values)
    found = f"{mean} [{', '.join(band)}]" if band else mean
    return f"{found} {words}" if words else found


def _fixed(value: float, decimals: int) -> str:
    shown = f"{abs(value):,.{decimals}f}"
    return shown if not shown.strip("0.,") else f"{_sign(value)}{shown}"


def whole(value: float) -> str:
    """A whole number with separators."""
    return f"{_sign(round(value))}{abs(round(value)):,}"


def tenths(units: int) -> str:
    """Tenths of something (0.1 万元 in tables) with one decimal."""
    return f"{_sign(units)}{abs(units) // 10:,}.{abs(units) % 10}"


def yuan(fen: int | Fraction) -> str:
    """Exact yuan with two decimals."""
    exact = round(fen)
    return f"{_sign(exact)}{abs(exact) // FEN_PER_YUAN:,}.{abs(exact) % FEN_PER_YUAN:02d}"


def _sign(value: float) -> str:
    return MINUS if value < 0 else ""
