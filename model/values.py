"""What a field of an input file means: names, texts, switches, months, days and exact numbers.

Each reader returns the value, or None after noting what is wrong in the :class:`Findings`, so
that one pass over a file finds everything. Numbers are exact decimals as written: no octal, no
sexagesimal, no text that merely looks like a number.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from model.months import format_month, parse_month
from model.nodes import Mapping, Node, Sequence, Text
from model.reading import Findings
from model.words import LANGUAGES

MAX_DIGITS = 40
YEARS = (1900, 2100)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", re.ASCII)
_SEPARATED = re.compile(r"[-+]?[0-9]{1,3}([,_\uff0c ][0-9]{3})+(\.[0-9]+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"([-+]?)0+([0-9].*)", re.ASCII)
_PER_CENT = re.compile(r"([-+]?[0-9]+(\.[0-9]+)?)\s*[%\uff05]", re.ASCII)
_BARE_POINT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.)", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_ON = {"on": True, "true": True, "off": False, "false": False}


class Bounds(NamedTuple):
    """Smallest and largest value accepted."""

    low: Decimal
    high: Decimal


def mapping(node: Node, field: str, findings: Findings) -> Mapping | None:
    """A mapping."""
    if isinstance(node, Mapping):
        return node
    findings.add(node, field, "input.want_mapping", given=_given(node))
    return None


def sequence(node: Node, field: str, findings: Findings) -> Sequence | None:
    """A list."""
    if isinstance(node, Sequence):
        return node
    findings.add(node, field, "input.want_list", given=_given(node))
    return None


def children(
    node: Mapping,
    field: str,
    findings: Findings,
    known: Iterable[str],
    required: Iterable[str] = (),
) -> dict[str, Node]:
    """Values by key; unknown and missing keys are noted, the first of a repeated key counts."""
    names = list(known)
    found: dict[str, Node] = {}
    for key, child in node.pairs:
        if key.text in names:
            found.setdefault(key.text, child)
        elif isinstance(child, Text) and not (child.text or child.quoted):
            findings.add(key, under(field, key.text), "input.comma", given=key.text)
        else:
            findings.unknown(key, under(field, key.text), key.text, names)
    for name in required:
        if name not in found:
            findings.add(node, under(field, name), "input.missing", name=name)
    return found


def under(field: str, name: str) -> str:
    """Path of a field inside another."""
    name = name if len(name) <= MAX_DIGITS else f"{name[:MAX_DIGITS]}…"
    name = " ".join(name.split())
    return f"{field}.{name}" if field else name


def plain(node: Node, field: str, findings: Findings) -> str | None:
    """A text on one or more lines that is not empty."""
    if not isinstance(node, Text):
        findings.add(node, field, "input.want_text", given=_given(node))
    elif not node.text.strip():
        findings.add(node, field, "input.empty")
    else:
        return node.text
    return None


def worded(node: Node, field: str, findings: Findings) -> dict[str, str] | None:
    """A text in every language: ``{zh: …, en: …}``, both given."""
    found = mapping(node, field, findings)
    if found is None:
        return None
    parts = children(found, field, findings, LANGUAGES, LANGUAGES)
    texts = {lang: plain(part, under(field, lang), findings) for lang, part in parts.items()}
    return {lang: texts[lang] or "" for lang in LANGUAGES} if len(texts) == len(LANGUAGES) else None


def words(node: Node, field: str, findings: Findings) -> dict[str, str] | None:
    """A text in every language, or one text for all."""
    if not isinstance(node, Text):
        return worded(node, field, findings)
    said = plain(node, field, findings)
    return dict.fromkeys(LANGUAGES, said) if said else None


def choice(node: Node, field: str, findings: Findings, known: Iterable[str]) -> str | None:
    """One of the names ``known``."""
    names = list(known)
    given = plain(node, field, findings)
    if given is not None and given not in names:
        findings.unknown(node, field, given, names)
        return None
    return given


def switch(node: Node, field: str, findings: Findings) -> bool | None:
    """``on`` or ``off`` (``true`` and ``false`` mean the same)."""
    if isinstance(node, Text) and node.text in _ON:
        return _ON[node.text]
    findings.add(node, field, "input.want_switch", given=_given(node))
    return None


def month_index(node: Node, field: str, findings: Findings, within: tuple[int, int]) -> int | None:
    """Index of a month written ``YYYY-MM`` between two months."""
    try:
        found = parse_month(node.text if isinstance(node, Text) else "")
    except ValueError:
        found = None
    if found is None or not (isinstance(node, Text) and node.text.isascii()):
        findings.add(node, field, "input.want_month", given=_given(node))
        return None
    low, high = within
    if not low <= found <= high:
        words = {"low": format_month(low), "high": format_month(high)}
        findings.add(node, field, "input.month_outside", given=_given(node), **words)
        return None
    return found


def day(node: Node, field: str, findings: Findings) -> date | None:
    """A day of 1900 to 2100 written ``YYYY-MM-DD``."""
    found = _DAY.fullmatch(node.text) if isinstance(node, Text) else None
    try:
        if found and YEARS[0] <= int(found[1]) <= YEARS[1]:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    findings.add(node, field, "input.want_day", given=_given(node))
    return None


def number(
    node: Node, field: str, findings: Findings, bounds: Bounds | None = None, decimals: int = 30
) -> Decimal | None:
    """An exact decimal number within ``bounds`` with at most so many decimals."""
    found = _decimal(node, field, findings)
    if found is None:
        return None
    if bounds is not None and not bounds.low <= found <= bounds.high:
        words = {"low": written(bounds.low), "high": written(bounds.high)}
        findings.add(node, field, "input.outside", given=_given(node), **words)
        return None
    if _decimals(found) > decimals:
        key = "input.want_whole" if decimals == 0 else "input.decimals"
        findings.add(node, field, key, given=_given(node), decimals=decimals)
        return None
    return found


def written(value: Decimal) -> str:
    """Shortest plain notation of a number, the same for equal numbers."""
    digits = format(value, "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


def _decimals(value: Decimal) -> int:
    """Decimals that a number needs."""
    digits = written(value)
    return len(digits) - digits.find(".") - 1 if "." in digits else 0


def _decimal(node: Node, field: str, findings: Findings) -> Decimal | None:
    if not isinstance(node, Text) or not node.text.strip():
        findings.add(node, field, "input.want_number", given=_given(node))
        return None
    text = node.text
    if sum(c.isdigit() for c in text) > MAX_DIGITS:
        findings.add(node, field, "input.digits", given=text, most=MAX_DIGITS)
    elif _NUMBER.fullmatch(text) and node.quoted:
        findings.add(node, field, "input.number_quoted", given=text)
    elif _NUMBER.fullmatch(text):
        found = Decimal(text)
        if found or not text.startswith("-"):
            return found
        findings.add(node, field, "input.number_meant", given=text, meant="0")
    elif meant := _meant(text):
        findings.add(node, field, "input.number_meant", given=text, meant=meant)
    else:
        findings.add(node, field, "input.want_number", given=_given(node))
    return None


def _meant(text: str) -> str | None:
    """The number that a near miss most likely means, written as it would be accepted."""
    half = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    if zero := _LEADING_ZERO.fullmatch(half):
        half = zero[1] + zero[2]
    if _SEPARATED.fullmatch(half):
        half = re.sub("[,_ ]", "", half)
    elif percent := _PER_CENT.fullmatch(half):
        half = written(Decimal(percent[1]).scaleb(-2))
    elif _BARE_POINT.fullmatch(half):
        half = written(Decimal(half))
    return half if half != text and _NUMBER.fullmatch(half) else None


def _given(node: Node) -> str:
    """A wrong value as an answer shows it."""
    if isinstance(node, Text):
        return node.text if node.text.strip() else '""'
    return "{…}" if isinstance(node, Mapping) else "[…]"
