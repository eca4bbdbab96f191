"""How a case is answered: JSON with exact yuan, and a planner's slip in Chinese or English."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from model.months import format_month
from model.values import written
from model.words import text
from scenarios.case_reasons import Yuan, code_label, per_cent


@dataclass(frozen=True)
class Item:
    """One answer: an instrument for one person or the enterprise. Amounts in fen.

    ``set_aside`` is what an enterprise sets aside of its own money, where that is the question.
    """

    who: str
    instrument: str
    clause: str
    period: str
    per: str  # once, month or year
    payee: str
    reason_code: str
    reason: Mapping[str, str]
    eligible: bool
    entitled: int
    paid: int
    set_aside: int | None = None

    def as_mapping(self) -> dict[str, object]:
        """As JSON shows it."""
        found: dict[str, object] = {
            "who": self.who,
            "instrument": self.instrument,
            "clause": self.clause,
            "eligible": self.eligible,
            "reason": dict(self.reason),
            "entitled_yuan": Yuan(self.entitled),
            "paid_yuan": Yuan(self.paid),
            "period": self.period,
            "per": self.per,
            "payee": self.payee,
            "reason_code": self.reason_code,
        }
        if self.set_aside is not None:
            found["set_aside_yuan"] = Yuan(self.set_aside)
        return found


@dataclass(frozen=True)
class PotState:
    """The premium pot at the start of the month, fen; ``share`` in millionths."""

    premiums: int
    share: int
    limit: int
    stay_job: int
    wage_drop: int
    left: int


@dataclass(frozen=True)
class CaseAnswer:
    """All items of a case, with the facts they rest on, defaults included."""

    month: int
    scenario: str
    digest: str
    facts: Mapping[str, object]
    items: tuple[Item, ...]
    pot: PotState
    titles: Mapping[str, Mapping[str, str]]

    def as_mapping(self) -> dict[str, object]:
        """The whole answer as plain values; amounts are :class:`Yuan`."""
        pot = {name: Yuan(fen) for name, fen in vars(self.pot).items() if name != "share"}
        return {
            "month": format_month(self.month),
            "scenario": self.scenario,
            "scenario_digest": self.digest,
            "items": [item.as_mapping() for item in self.items],
            "pot": {f"{name}_yuan": yuan for name, yuan in pot.items()},
            "facts": dict(self.facts),
        }

    def to_json(self) -> str:
        """One JSON document; amounts are numbers with two decimals."""
        return "".join(_json(self.as_mapping(), 0)) + "\n"

    def to_text(self, lang: str) -> str:
        """The slip."""
        head = text("case.head", lang, month=format_month(self.month), scenario=self.scenario)
        of: dict[str, list[Item]] = {}
        for item in self.items:
            of.setdefault(item.who, []).append(item)
        lines = [f"{text('case.title', lang)}  {head}", "", *self._enterprise(lang)]
        lines += _lines(of.get("enterprise", []), self.titles, lang)
        people: Any = self.facts["workers"]
        for person in people:
            role = text(f"case.role_{person['role']}", lang)
            lines += ["", f"{person['id']}  {role} · {code_label(person['level'], lang)}"]
            lines += _lines(of[person["id"]], self.titles, lang)
        entitled = sum(item.entitled for item in self.items if item.set_aside is None)
        paid = sum(item.paid for item in self.items)
        words = {"entitled": Yuan(entitled).grouped(), "paid": Yuan(paid).grouped()}
        lines += ["", text("case.total", lang, **words), text("case.defaults", lang)]
        return "\n".join(lines) + "\n"

    def _enterprise(self, lang: str) -> list[str]:
        firm: Any = self.facts["enterprise"]
        words = {name: code_label(firm[name], lang) for name in ("region", "sector", "ownership")}
        facts = text("case.facts_enterprise", lang, **words, headcount=f"{firm['headcount']:,}")
        fen = {name: Yuan(n).grouped() for name, n in vars(self.pot).items()}
        pot = text("case.pot", lang, **{**fen, "share": per_cent(self.pot.share)})
        title = f"{text('case.enterprise', lang)}  {facts}"
        return [title, f"  {pot}"]


def _lines(items: list[Item], titles: Mapping[str, Mapping[str, str]], lang: str) -> Iterator[str]:
    for item in items:
        verdict = text(f"case.{_verdict(item)}", lang)
        line = f"  {titles[item.instrument][lang]} [{clause_label(item.clause, lang)}] {verdict}"
        yield line + (f"  {_amounts(item, lang)}" if item.eligible else "")
        yield f"      {item.reason[lang]}"


def _verdict(item: Item) -> str:
    if not item.eligible:
        return "no"
    return "yes" if item.set_aside is None else "duty"


def _amounts(item: Item, lang: str) -> str:
    asked, given = ("entitled", "paid") if item.set_aside is None else ("required", "set_aside")
    fen = (item.entitled, item.paid if item.set_aside is None else item.set_aside)
    first, second = (
        text(f"case.{key}", lang, yuan=Yuan(n).grouped())
        for key, n in zip((asked, given), fen, strict=True)
    )
    line = text("case.joined", lang, first=first, second=second)
    return line + text(f"case.per_{item.per}", lang, period=item.period)


def clause_label(clause: str, lang: str) -> str:
    """A clause as a slip names it."""
    if clause.startswith("C"):
        return text("case.clause", lang, number=clause.removeprefix("C"))
    return text(f"case.clause_{clause}", lang)


def _json(value: object, depth: int) -> Iterator[str]:
    """JSON with exact numbers: a float would lose the fen."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping) and value:
        for place, (key, one) in enumerate(value.items()):
            yield ("{\n" if place == 0 else ",\n") + f"{inner}{json.dumps(key)}: "
            yield from _json(one, depth + 1)
        yield f"\n{outer}}}"
    elif isinstance(value, (list, tuple)) and value:
        for place, one in enumerate(value):
            yield ("[\n" if place == 0 else ",\n") + inner
            yield from _json(one, depth + 1)
        yield f"\n{outer}]"
    elif isinstance(value, Yuan):
        yield str(value)
    elif isinstance(value, Decimal):
        yield str(value) if value.as_tuple().exponent == -2 else written(value)
    else:
        yield json.dumps(value, ensure_ascii=False)
