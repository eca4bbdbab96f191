"""Compiled loops, written out from the list of decisions: calls, loads and stores, no logic.

A loop over rows goes part by part: fact by fact, columns and draws are gathered into a small room,
so that many loads are under way at once; then the rule is called on what lies there.
"""

from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any, NamedTuple

from model.decisions import Ceiling, Decision
from model.engines.sifting import NARROWS, SIFTS, among

HEADER = '''"""Generated loops: each fills facts by name, calls a rule and stores its answer."""

from numba import njit
from numpy import float64, int64

from model.draws import uniform
from model.engines.gathering import PART, draw, gather, part
'''
COMPILED = "@njit(nogil=True, cache=CACHE, error_model='numpy', no_cfunc_wrapper=True)"
GROUPS = ("enterprise", "status")  # by which a screen's ceilings stand
ROOMS = {False: "wholes", True: "reals"}  # facts gathered, and of those handed in, by type
GIVEN = {False: "given_wholes", True: "given_reals"}
ANSWERS = {False: "ints", True: "floats"}
CASTS = {False: "int64", True: "float64"}


class Frame(NamedTuple):
    """What a loop reads besides its rows, by kind, in the order of its arguments."""

    own: tuple[str, ...]  # columns of those who decide
    employer: tuple[str, ...]  # columns of their enterprise
    draws: tuple[str, ...]  # facts that are draws
    given: tuple[tuple[str, bool], ...]  # facts handed in, each with whether it is a float

    def names(self) -> list[str]:
        """Columns, moments of draws and the month, as the generated text names them."""
        columns = [f"w_{name}" for name in self.own] + [f"e_{name}" for name in self.employer]
        return [*columns, *(f"m_{name}" for name in self.draws), "month"]


def frame(decision: Decision, *, rows: bool) -> Frame:
    """What the decision's loop over given rows, or over all, reads."""
    own: list[str] = []
    found: dict[str, list[str]] = {"own": own, "employer": [], "draw": [], "month": []}
    given: list[tuple[str, bool]] = []
    for fact, is_float in decision.fields():
        kind, name = decision.source(fact)
        if kind == "given":
            given.append((name, is_float))
            continue
        found[kind].append(fact if kind == "draw" else name)
        own += {"draw": ["key"], "employer": ["enterprise"]}.get(kind, [])
    if not rows and decision.screen is None:
        own += [column for column, _ in decision.among]
    columns, employer, draws = (
        tuple(dict.fromkeys(found[kind])) for kind in ("own", "employer", "draw")
    )
    return Frame(columns, employer, draws, tuple(given))


def head(decision: Decision, *, rows: bool) -> list[str]:
    """A loop's arguments before those of its frame: who is asked, parameters, room, facts given."""
    over = ["lo", "hi"] if not rows and decision.screen is None else ["number"]
    given = frame(decision, rows=rows).given
    if decision.answer is Ceiling:
        return [*over, "p", "ceilings"]
    room = ["p", "chosen", "ints", "floats"]
    if not rows:
        scalars = [f"g_{name}" for name, _ in given]
        return [*over, *room, *(["wholes", "reals"] if decision.screen else []), *scalars]
    kinds = [GIVEN[is_float] for is_float in (False, True) if is_float in dict(given).values()]
    return [*over, *room, "wholes", "reals", *kinds]


def _direct(decision: Decision) -> list[str]:
    """The facts of row ``i``, each read where it stands."""
    texts = []
    for fact, is_float in decision.fields():
        kind, name = decision.source(fact)
        read = {
            "draw": f"uniform(w_key[i], m_{fact})",
            "employer": f"e_{name}[w_enterprise[i]]",
            "own": f"w_{name}[i]",
            "given": f"g_{name}",
            "month": "month",
        }[kind]
        texts.append(read if kind == "draw" else f"{CASTS[is_float]}({read})")
    return texts


def _gathered(decision: Decision, *, rows: bool) -> tuple[list[str], list[str]]:
    """Calls that gather the facts of a part, and its facts of row ``j`` where they lie then."""
    calls: list[str] = []
    facts: list[str] = []
    taken = {False: 0, True: 0}
    handed = {False: 0, True: 0}
    employed = any(decision.source(fact)[0] == "employer" for fact, _ in decision.fields())
    if employed:
        calls += [
            "gather(w_enterprise, rows, wholes[0])",
            "at_work = part(wholes[0], 0, len(rows))",
        ]
        taken[False] = 1
    for fact, is_float in decision.fields():
        kind, name = decision.source(fact)
        if kind == "month" or (kind == "given" and not rows):
            facts.append(f"{CASTS[is_float]}({'month' if kind == 'month' else f'g_{name}'})")
            continue
        if kind == "given":
            facts.append(f"{GIVEN[is_float]}[{handed[is_float]}, at]")
            handed[is_float] += 1
            continue
        room = f"{ROOMS[is_float]}[{taken[is_float]}"
        taken[is_float] += 1
        facts.append(f"{room}, j]")
        calls.append(
            {
                "draw": f"draw(w_key, m_{fact}, rows, {room}])",
                "employer": f"gather(e_{name}, at_work, {room}])",
                "own": f"gather(w_{name}, rows, {room}])",
            }[kind]
        )
    return calls, facts


def _stored(decision: Decision, at: str) -> list[str]:
    """Stores of an answer ``o``."""
    place = {False: 0, True: 0}
    lines = []
    for field, is_float in decision.answers():
        value = "o" if decision.answer is int else f"o.{field}"
        lines.append(f"{ANSWERS[is_float]}[{place[is_float]}, {at}] = {value}")
        place[is_float] += 1
    return lines


def _asked(decision: Decision, facts: list[str], indent: str) -> list[str]:
    """The call of the rule, and the way past an answer "nothing"."""
    inside = f",\n{indent}    ".join(facts)
    name = decision.name
    return [f"o = {name}_rule({name}_facts(\n{indent}    {inside}), p)"]


def source_text(decision: Decision, *, rows: bool) -> str:
    """The loop of one decision over given rows, or over all agents or all who were sifted out."""
    name, kind = decision.name, "rows" if rows else "all"
    arguments = ", ".join([*head(decision, rows=rows), *frame(decision, rows=rows).names()])
    lines = ["", "", COMPILED, f"def {name}_{kind}({arguments}):"]
    event = "o" if decision.answer is int else "o.event"
    past = [f"if {event} == 0:", "    continue"]
    if not rows and decision.screen is None:
        outer, indent = ["    for i in range(lo, hi):"], " " * 8
        for column, code in decision.among:
            outer += [f"{indent}if w_{column}[i] != {code}:", f"{indent}    continue"]
        facts, row = _direct(decision), "i"
    else:
        calls, facts = _gathered(decision, rows=rows)
        outer = ["    for first in range(0, number, PART):"]
        outer += ["        rows = part(chosen, first, number)"]
        outer += [f"        {call}" for call in calls] + ["        for j in range(len(rows)):"]
        indent, row = " " * 12, "rows[j]"
    inner = _asked(decision, facts, indent)
    if decision.answer is Ceiling and not rows:
        inner += [*past, "ceilings[i] = o.ceiling"]
        return "\n".join([*lines, *outer, *(indent + line for line in inner)]) + "\n"
    if not rows:
        inner += [*past, f"chosen[at] = {row}"]
    inner += [*_stored(decision, "at"), "at += 1"]
    body = [*outer, *(indent + line for line in inner)]
    return "\n".join([*lines, "    at = 0", *body, "    return at"]) + "\n"


def wrapped(loop: Callable[..., Any], name: str = "") -> str:
    """A compiled function that calls a written loop, under its own name or another."""
    written, arguments = loop.__name__, ", ".join(signature(loop).parameters)
    name = name or written
    return "\n".join(
        [
            "",
            "",
            f"from {loop.__module__} import {written} as {name}_written",
            "",
            "",
            COMPILED,
            f"def {name}({arguments}):",
            f"    return {name}_written({arguments})",
            "",
        ]
    )


def sifting_text() -> str:
    """Loops that sift, and one that narrows for each kind of group: one form each of arguments."""
    texts = [wrapped(loop) for loop in (*SIFTS, among)]
    texts += [wrapped(loop, f"{loop.__name__}_by_{by}") for loop in NARROWS for by in GROUPS]
    return HEADER + "\nCACHE = True\n" + "".join(texts)


def module_text(decisions: Iterable[Decision], loops: Iterable[Callable[..., Any]] = ()) -> str:
    """A generated module: imports, then two loops a decision and a wrapper a written loop."""
    decisions = list(decisions)
    text = HEADER
    for d in decisions:
        module, rule, facts = d.rule.__module__, d.rule.__qualname__, d.facts.__qualname__
        text += f"from {module} import {rule} as {d.name}_rule\n"
        text += f"from {d.facts.__module__} import {facts} as {d.name}_facts\n"
    text += "\nCACHE = True\n"
    for d in decisions:
        text += source_text(d, rows=False)
        text += "" if d.answer is Ceiling else source_text(d, rows=True)
    return text + "".join(wrapped(loop) for loop in loops)
