"""Reasons in words: what a rule answered, with the facts and figures it rests on."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

from model.codes import LEVELS
from model.instruments.channels import Channel, Instrument
from model.ledger import Account
from model.months import format_month
from model.parameters.reader import Topic, is_money
from model.values import written
from model.words import LANGUAGES, has, label, text

Worded = dict[str, str]  # by language
_MONEY = ("reference_pay", "pay", "premiums_last_year", "payroll_last_year")
_WHOLE = ("switch", "option", "months", "persons", "count", "years")


class Yuan(int):
    """Fen that are written as yuan with two decimals."""

    __slots__ = ()

    def __str__(self) -> str:
        """As JSON shows it."""
        return f"{self // 100}.{self % 100:02d}"

    def grouped(self) -> str:
        """With separators of thousands, as on a slip."""
        return f"{self // 100:,}.{self % 100:02d}"


class Asked(NamedTuple):
    """One instrument asked with one set of facts; ``code`` 0 means eligible."""

    instrument: Instrument
    topic: Topic
    p: Any
    facts: Any
    code: int
    entitled: int
    when: Worded  # where it is not in force: since when, or from when

    @property
    def reason_code(self) -> str:
        """Name of the reason."""
        return self.instrument.reasons(self.code).name.lower()


class Paid(NamedTuple):
    """Fen paid of what is entitled, and fen that were left in the pot before."""

    fen: int
    left: int


def reason(asked: Iterable[Asked], paid: Paid) -> Worded:
    """Why somebody is paid or not, with what the pot and the parties add to it."""
    questions = list(asked)
    found, *rest = [_said(one) for one in questions]
    for more in rest:
        found = said("case.joined", {x: {"first": found[x], "second": more[x]} for x in LANGUAGES})
    one = next((a for a in questions if a.code == 0), None)
    if one is None:
        return found
    entitled = sum(a.entitled for a in questions)
    if one.instrument.ceiling is not None and paid.fen < entitled:
        found = _short(found, one, paid.left)
    return _moved(found, one)


def _said(asked: Asked) -> Worded:
    return said(_key(asked), words_of(asked))


def _key(asked: Asked) -> str:
    """Message of an answer; where a setting has words of its own (``…_<option>``), those."""
    if getattr(asked.facts, "upgrade_course", 0) == 1 and asked.code == 0:
        return course_key(asked.instrument)
    key = f"reason.{asked.instrument.name}.{asked.reason_code}"
    payer = asked.instrument.paid_by(asked.facts, asked.p)
    if payer != asked.instrument.accounts(asked.p)[0]:  # the case decides it, not the setting
        key = f"{key}_{payer.name.lower()}" if asked.code == 0 else key
    for setting, kind in asked.instrument.settings.items():
        own = f"{key}_{kind(getattr(asked.p, setting)).name.lower()}"
        if has(own):
            return own
    return key


def course_key(instrument: Instrument) -> str:
    """Message for a paid upgrade course; an instrument without it knows no courses."""
    return f"reason.{instrument.name}.eligible_course"


def knows_courses(instrument: Instrument) -> bool:
    """Whether an instrument pays for upgrade courses."""
    return has(course_key(instrument))


def _short(found: Worded, one: Asked, left: int) -> Worded:
    """Add that the pot was too small, and how it was shared."""
    words: dict[str, dict[str, str]] = {x: {"reason": found[x]} for x in LANGUAGES}
    if left == 0:
        return said("case.spent", words)
    sharing = one.topic.parameters.get("rationing")
    for lang in LANGUAGES:
        words[lang]["left"] = Yuan(left).grouped()
        if sharing is not None:
            words[lang]["rationing"] = list(sharing.option_says.values())[one.p.rationing][lang]
    return said("case.left" if sharing is None else "case.capped", words)


def _moved(found: Worded, one: Asked) -> Worded:
    """Say it where a setting moves the money from its usual hands."""
    payer, payee = one.instrument.accounts(one.p)
    words = {lang: {"reason": found[lang]} for lang in LANGUAGES}
    if payer == Account.ENTERPRISES != one.instrument.payer:
        return said("case.from_enterprise", words)
    its_own = one.instrument.channel == Channel.ENTERPRISE_YEAR or payer == Account.ENTERPRISES
    if payee == Account.ENTERPRISES and not its_own:
        return said("case.to_enterprise", words)
    return found


def said(key: str, words: Mapping[str, Mapping[str, str]]) -> Worded:
    """A message in every language, its places filled by language."""
    return {lang: text(key, lang, **words[lang]) for lang in LANGUAGES}


def words_of(asked: Asked) -> dict[str, dict[str, str]]:
    """Every fact, figure and parameter as a reason may quote it, by language."""
    figures = {
        name: int(rule(asked.facts, asked.p)) for name, rule in asked.instrument.figures.items()
    }
    numbers = {**asked.facts._asdict(), **figures}
    parameters = {
        name: _parameter(one.unit, getattr(asked.p, name))
        for name, one in asked.topic.parameters.items()
    }
    return {
        lang: {
            **parameters,
            **{name: _figure(name, n, lang, asked.p) for name, n in numbers.items()},
            "when": asked.when.get(lang, ""),
        }
        for lang in LANGUAGES
    }


def _figure(name: str, value: int, lang: str, p: Any) -> str:
    """A fact or figure, its unit told by its name; a drop is held against its threshold."""
    if name == "level":
        return code_label(LEVELS[value], lang)
    if name.endswith("drop_ppm"):
        return told_from(value, p.threshold)
    if name.endswith("_ppm"):
        return per_cent(value)
    if name == "month" or name.endswith("_month"):
        return format_month(value)
    if name in _MONEY or name.endswith(("_fen", "_drawn")):
        return Yuan(value).grouped()
    return str(value)


def _parameter(unit: str, value: int) -> str:
    if is_money(unit):
        return Yuan(value).grouped().removesuffix(".00")
    return str(value) if unit in _WHOLE else per_cent(value)


def per_cent(ppm: int) -> str:
    """Millionths as per cent, exactly."""
    return written(Decimal(ppm).scaleb(-4)) + "%"


def told_from(ppm: int, threshold_ppm: int) -> str:
    """Millionths as per cent with one decimal, or as many as tell them from a threshold."""
    exact, threshold = Decimal(ppm).scaleb(-4), Decimal(threshold_ppm).scaleb(-4)
    for decimals in (1, 2, 3):
        found = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
        if (found > threshold, found < threshold) == (exact > threshold, exact < threshold):
            return written(found) + "%"
    return per_cent(ppm)


def code_label(code: str, lang: str) -> str:
    """Name of a code for people."""
    return label(code, lang) if has(f"code.{code}") else code
