"""How a case is answered: JSON with exact yuan, and a planner's slip in Chinese or English."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from model.instruments.registry import instruments
from model.ledger import Account
from model.months import format_month, year_of
from model.values import written
from model.words import text
from scenarios.case_reasons import Yuan, code_label, per_cent

PERIODS = ("month", "year", "once")
Defaults = tuple[tuple[str, ...], Mapping[str, object]]  # ids, and what all of them leave out


@dataclass(frozen=True)
class Item:
    """One answer: an instrument for one person or the enterprise. Amounts in fen.

    Where the question is what an enterprise sets aside of its own money, nothing is entitled or
    paid; ``required`` is what it must set aside and ``set_aside`` what it does. Where it pays
    somebody outside for its staff, ``own_money`` is what that costs it.
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
    required: int | None = None
    set_aside: int | None = None
    own_money: int | None = None

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
        for name in ("required", "set_aside", "own_money"):
            fen = getattr(self, name)
            if fen is not None:
                found[f"{name}_yuan"] = Yuan(fen)
        return found


@dataclass(frozen=True)
class PotState:
    """The premium pot at the start of the month, fen; ``share`` in millionths.

    ``rule`` names how C12 stands to the stay-job subsidy (setting ``wage_drop_subsidy.pot``).
    """

    premiums: int
    share: int
    limit: int
    stay_job: int
    wage_drop: int
    left: int
    rule: str

    @property
    def amounts(self) -> dict[str, Yuan]:
        """Amounts by name."""
        names = ("premiums", "limit", "stay_job", "wage_drop", "left")
        return {name: Yuan(getattr(self, name)) for name in names}


class Total(NamedTuple):
    """Fen of one kind of period over all items."""

    entitled: int
    paid: int


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
    defaults: tuple[Defaults, ...] = ()

    @property
    def totals(self) -> dict[str, Total]:
        """Sums for the month, for the year and paid once, which do not add to one another.

        What an instrument has enterprises pay of their own money is left out.
        """
        of = instruments()
        others = [i for i in self.items if of[i.instrument].payer != Account.ENTERPRISES]
        found = {}
        for per in PERIODS:
            items = [item for item in others if item.per == per]
            found[per] = Total(sum(i.entitled for i in items), sum(i.paid for i in items))
        return found

    def as_mapping(self) -> dict[str, object]:
        """The whole answer as plain values; amounts are :class:`Yuan`."""
        pot = {f"{name}_yuan": yuan for name, yuan in self.pot.amounts.items()}
        return {
            "month": format_month(self.month),
            "scenario": self.scenario,
            "scenario_digest": self.digest,
            "items": [item.as_mapping() for item in self.items],
            "totals": {
                per: {"entitled_yuan": Yuan(total.entitled), "paid_yuan": Yuan(total.paid)}
                for per, total in self.totals.items()
            },
            "pot": {"rule": self.pot.rule, **pot},
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
        lines += self._lists(of, lang)
        lines += ["", text("case.total", lang), *self._totals(lang)]
        if self.defaults:
            lines += ["", text("case.defaults", lang), *_defaults(self.defaults, lang)]
        return "\n".join(lines) + "\n"

    def _lists(self, of: Mapping[str, list[Item]], lang: str) -> Iterator[str]:
        """Entries of the further lists: a heading each, then what each instrument answers."""
        for name, entries in self.facts.items():
            if isinstance(entries, list) and name != "workers":
                for entry in entries:
                    yield ""
                    yield f"{entry['id']}  {text(f'case.kind_{name}', lang)}"
                    yield from _lines(of.get(entry["id"], []), self.titles, lang)

    def _totals(self, lang: str) -> Iterator[str]:
        when = {"month": format_month(self.month), "year": year_of(self.month)}
        for per, total in self.totals.items():
            words = {"entitled": Yuan(total.entitled).grouped(), "paid": Yuan(total.paid).grouped()}
            yield "  " + text(f"case.total_{per}", lang, **when, **words)

    def _enterprise(self, lang: str) -> list[str]:
        firm: Any = self.facts["enterprise"]
        words = {name: code_label(firm[name], lang) for name in ("region", "sector", "ownership")}
        facts = text("case.facts_enterprise", lang, **words, headcount=f"{firm['headcount']:,}")
        fen = {name: yuan.grouped() for name, yuan in self.pot.amounts.items()}
        pot = text(f"case.pot_{self.pot.rule}", lang, **fen, share=per_cent(self.pot.share))
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
    return "yes" if item.required is None else "duty"


def _amounts(item: Item, lang: str) -> str:
    if item.own_money is not None:
        line = text("case.own_money", lang, yuan=Yuan(item.own_money).grouped())
        return line + text(f"case.per_{item.per}", lang, period=item.period)
    names = ("entitled", "paid") if item.required is None else ("required", "set_aside")
    first, second = (
        text(f"case.{name}", lang, yuan=Yuan(getattr(item, name)).grouped()) for name in names
    )
    line = text("case.joined", lang, first=first, second=second)
    return line + text(f"case.per_{item.per}", lang, period=item.period)


def _defaults(groups: tuple[Defaults, ...], lang: str) -> Iterator[str]:
    """Fields that the file leaves out, as a file would write them; people alike share a line."""
    for names, fields in groups:
        who = [text("case.enterprise", lang) if name == "enterprise" else name for name in names]
        said = ", ".join(f"{name}: {written_as(value)}" for name, value in fields.items())
        yield f"  {text('case.joint', lang).join(who)}{text('case.colon', lang)}{said}"
    if any("certificate.first" in fields for _, fields in groups):
        yield f"  {text('case.first_default', lang)}"


def written_as(value: object) -> str:
    """A value as a case file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return written(value) if isinstance(value, Decimal) else str(value)


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
