"""Reading one parameter file into a :class:`Topic`, with every error it holds."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from model.nodes import Mapping as MappingNode
from model.nodes import Node
from model.parameters.reader import (
    GRADES,
    IN_FORCE,
    WHOLE_UNITS,
    Kind,
    Parameter,
    Raw,
    Source,
    Topic,
    fields_of,
    is_money,
    raw_value,
)
from model.reading import Findings, load
from model.values import (
    Bounds,
    children,
    choice,
    day,
    mapping,
    number,
    plain,
    sequence,
    switch,
    under,
    worded,
    words,
)

HEAD = ("title", "about", "clause", "background", "freezes")
_CLAUSE = re.compile(r"C([1-9]|1[0-9]|2[0-9])", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_CODES = ("switch", "option")
_WORDS_OF_UNITS = (*WHOLE_UNITS, *_CODES)
_MONEY_SLIPS = ("fen", "jiao", "rmb", "RMB", "CNY", "元", "万元")
_A_SLIP = 0.85  # likeness of two words
_A_SHORT_SLIP = 0.7
_PARTS = ("unit", "says", "range", "options", "values", "source")
_OFF, _ON = Decimal(0), Decimal(1)
_ANY = Bounds(Decimal("-1e15"), Decimal("1e15"))


@dataclass(frozen=True)
class _Entry:
    """One parameter of the file while it is read."""

    name: str
    parts: Mapping[str, Node]
    unit: str
    is_float: bool
    findings: Findings

    def part(self, name: str) -> Node | None:
        return self.parts.get(name)


def read(path: Path, params: Any) -> Topic:
    """Topic of a file. ``params`` None checks the file's form alone.

    Raises:
        InputErrors: everything wrong in it.
    """
    findings = Findings(str(path))
    topic = read_node(load(path), path, params, findings)
    findings.finish()
    assert topic is not None
    return topic


def read_node(node: Node, path: Path, params: Any, findings: Findings) -> Topic | None:
    """Topic of a file's tree; None, and findings, if anything is wrong."""
    root = mapping(node, "", findings)
    if root is None:
        return None
    floats = fields_of(params) if params is not None else None
    names = [key.text for key, _ in root.pairs if key.text not in HEAD]
    known = [*HEAD, *(floats if floats is not None else names)]
    required = ["title", "about", *(floats or ())]
    found = children(root, "", findings, known, required)
    title = worded(found["title"], "title", findings) if "title" in found else None
    about = worded(found["about"], "about", findings) if "about" in found else None
    clause = _clause(found, findings)
    background = "background" in found and bool(switch(found["background"], "background", findings))
    freezes = _freezes(found, findings)
    if (clause or background or freezes) and IN_FORCE not in found:
        findings.add(root, IN_FORCE, "topic.in_force")
    parameters: dict[str, Parameter] = {}
    for key, child in root.pairs:
        if key.text in found and key.text not in HEAD and key.text not in parameters:
            is_float = floats[key.text] if floats is not None else None
            one = _parameter(key.text, key.line, child, is_float, findings)
            if one is not None:
                parameters[key.text] = one
    if findings.errors:
        return None
    ordered = {name: parameters[name] for name in (floats if floats is not None else parameters)}
    return Topic(
        name=path.stem,
        title=title or {},
        about=about or {},
        clause=clause,
        background=background,
        parameters=ordered,
        params=params,
        path=path,
        freezes=freezes,
    )


def _freezes(found: Mapping[str, Node], findings: Findings) -> tuple[str, ...]:
    """Addresses that keep their value of before while the event is switched off."""
    if "freezes" not in found:
        return ()
    body = sequence(found["freezes"], "freezes", findings)
    texts = [plain(one, "freezes", findings) for one in body.items] if body else []
    return tuple(one for one in texts if one is not None)


def _clause(found: Mapping[str, Node], findings: Findings) -> str | None:
    if "clause" not in found:
        return None
    given = plain(found["clause"], "clause", findings)
    if given is not None and not _CLAUSE.fullmatch(given):
        findings.add(found["clause"], "clause", "topic.clause", given=given)
    return given


def _parameter(
    name: str, line: int, node: Node, is_float: bool | None, findings: Findings
) -> Parameter | None:
    before = len(findings.errors)
    body = mapping(node, name, findings)
    if body is None:
        return None
    if not _NAME.fullmatch(name):
        findings.add(node, name, "topic.name", given=name)
    unit = _unit(body, name, is_float, findings)
    form = ("options",) if unit == "option" else ("range",)
    parts = children(
        body,
        name,
        findings,
        [part for part in _PARTS if part in form or part not in ("range", "options")],
        ["unit", "says", *form, "values", "source"],
    )
    kept = is_float is not False and unit not in _CODES and not is_money(unit or "")
    entry = _Entry(name, parts, unit or "", kept, findings)
    says = worded(parts["says"], under(name, "says"), findings) if "says" in parts else None
    options = _options(entry)
    bounds = _bounds(entry, options)
    values = _values(entry, bounds, tuple(options))
    source = _source(entry)
    if len(findings.errors) > before:
        return None
    assert says is not None and source is not None and bounds is not None
    return Parameter(
        name=name,
        unit=entry.unit,
        says=says,
        low=bounds.low,
        high=bounds.high,
        options=tuple(options),
        option_says=options,
        values=values,
        source=source,
        line=line,
        is_float=entry.is_float,
    )


def _unit(body: MappingNode, name: str, is_float: bool | None, findings: Findings) -> str | None:
    """The unit; a word close to one with a meaning of its own is taken for a slip."""
    node = next((child for key, child in body.pairs if key.text == "unit"), None)
    given = plain(node, under(name, "unit"), findings) if node is not None else None
    if node is None or given is None:
        return None
    near = difflib.get_close_matches(given, _WORDS_OF_UNITS, n=1, cutoff=_A_SLIP)
    like_yuan = difflib.get_close_matches(given.split()[0], ["yuan"], n=1, cutoff=_A_SHORT_SLIP)
    if not is_money(given) and (given in _MONEY_SLIPS or like_yuan or given.startswith("yuan")):
        near = ["yuan", "yuan per"]
    if near and given not in _WORDS_OF_UNITS and not is_money(given):
        meant = " / ".join(near)
        findings.add(node, under(name, "unit"), "topic.unit", given=given, near=meant)
    if name == IN_FORCE and given != "switch":
        findings.add(node, under(name, "unit"), "topic.switch")
    if is_float and is_money(given):
        findings.add(node, under(name, "unit"), "topic.money")
    return given


def _options(entry: _Entry) -> dict[str, Mapping[str, str]]:
    node = entry.part("options")
    if node is None:
        return {}
    field = under(entry.name, "options")
    found = mapping(node, field, entry.findings)
    options: dict[str, Mapping[str, str]] = {}
    for key, child in found.pairs if found else ():
        if not _NAME.fullmatch(key.text):
            entry.findings.add(key, under(field, key.text), "topic.name", given=key.text)
        said = worded(child, under(field, key.text), entry.findings)
        options.setdefault(key.text, said or {})
    if found and len(options) < 2:
        entry.findings.add(node, field, "topic.options")
    return options


def _bounds(entry: _Entry, options: Mapping[str, object]) -> Bounds | None:
    if entry.unit == "option":
        return Bounds(Decimal(0), Decimal(len(options) - 1))
    node = entry.part("range")
    field = under(entry.name, "range")
    found = sequence(node, field, entry.findings) if node is not None else None
    if found is None or node is None:
        return None
    if len(found.items) != 2:
        entry.findings.add(node, field, "topic.range")
        return None
    low, high = (number(one, field, entry.findings, _ANY) for one in found.items)
    if low is None or high is None:
        return None
    if low > high or (entry.unit == "switch" and (low, high) != (_OFF, _ON)):
        key = "topic.range_switch" if entry.unit == "switch" else "topic.range"
        entry.findings.add(node, field, key)
        return None
    return Bounds(low, high)


def _values(
    entry: _Entry, bounds: Bounds | None, options: tuple[str, ...]
) -> tuple[tuple[date, Raw], ...]:
    node = entry.part("values")
    field = under(entry.name, "values")
    found = mapping(node, field, entry.findings) if node is not None else None
    values: list[tuple[date, Raw]] = []
    for key, child in found.pairs if found else ():
        when = day(key, under(field, key.text), entry.findings)
        if when is not None and values and when < values[-1][0]:
            before = values[-1][0].isoformat()
            entry.findings.add(key, under(field, key.text), "topic.order", before=before)
        kind = Kind(entry.unit, entry.is_float, bounds, options)
        raw = raw_value(child, under(field, key.text), entry.findings, kind)
        if when is not None and raw is not None:
            values.append((when, raw))
    if found is not None and not found.pairs:
        entry.findings.add(found, field, "topic.no_values")
    return tuple(values)


def _source(entry: _Entry) -> Source | None:
    node = entry.part("source")
    field = under(entry.name, "source")
    found = mapping(node, field, entry.findings) if node is not None else None
    if found is None:
        return None
    findings = entry.findings
    known = ("grade", "cite", "id", "url", "note")
    parts = children(found, field, findings, known, ("grade", "cite"))
    if "grade" in parts:
        choice(parts["grade"], under(field, "grade"), findings, GRADES)
    note = worded(parts["note"], under(field, "note"), findings) if "note" in parts else {}
    cite = words(parts["cite"], under(field, "cite"), findings) if "cite" in parts else {}
    texts = {
        name: plain(parts[name], under(field, name), findings) or ""
        for name in ("grade", "id", "url")
        if name in parts
    }
    if (url := texts.get("url")) and not url.startswith(("https://", "http://")):
        findings.add(parts["url"], under(field, "url"), "topic.url", given=url)
    return Source(
        grade=texts.get("grade", ""),
        cite=cite or {},
        id=texts.get("id", ""),
        url=texts.get("url", ""),
        note=note or {},
    )
