"""Compiled loops, written out from the list of decisions: calls only, no logic.

For every decision a loop is generated that fills the facts by name from columns, calls the rule
and stores the answer. For each module of rules or loops the text is written to a cache folder
named by the digest of the sources behind it and of the Python, numba and numpy versions, then
imported as a normal module. An edited rule therefore has another folder: a stale kernel cannot be
served (numba itself does not notice an edited callee in another module).
"""

import ast
import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from inspect import signature
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numba
import numpy as np

from model.decisions import Decision, Screen
from model.engines.loops import LOOPS
from model.engines.market_loops import MARKET_LOOPS
from model.engines.vector_loops import VECTOR_LOOPS

HEADER = '''"""Generated loops: each fills facts by name, calls a rule and stores its answer."""

from numba import njit
from numpy import float64, int64

from model.draws import uniform
from model.engines.sifting import above, above_kept, above_scaled, sift, sift_due, sift_kept
from model.engines.sifting import sift_scaled, sift_until
'''
SHARED = ("model.engines.sifting",)
MODEL = Path(__file__).resolve().parents[1]


def arguments(decision: Decision, *, rows: bool) -> list[str]:
    """Names of a kernel's arguments after ``lo, hi, p``: columns, moments and given facts."""
    names: list[str] = []
    for fact, _ in decision.fields():
        kind, name = decision.source(fact)
        if kind == "draw":
            names += ["key", "m_" + fact]
        elif kind == "employer":
            names += ["w_enterprise", "e_" + name]
        elif kind == "own":
            names.append("w_" + name)
        elif kind == "given":
            names.append("g_" + name)
        else:
            names.append("month")
    if not rows:
        names += ["w_" + column for column, _ in decision.among]
        if screen := decision.screen:
            own = (screen.by, screen.scale, screen.always, screen.due, screen.until)
            names += [f"w_{one}" for one in own if one]
            names += ["key", f"m_{screen.draw}"]
            names += ["month"] if screen.due or screen.until else []
    return list(dict.fromkeys(names))


def _value(decision: Decision, fact: str, is_float: bool, *, rows: bool) -> str:
    kind, name = decision.source(fact)
    if kind == "draw":
        return f"uniform(key[i], m_{fact})"
    if kind == "employer":
        text = f"e_{name}[w_enterprise[i]]"
    elif kind == "own":
        text = f"w_{name}[i]"
    elif kind == "given":
        text = f"g_{name}[j]" if rows else f"g_{name}"
    else:
        text = "month"
    return f"float64({text})" if is_float else f"int64({text})"


def _sifting(screen: Screen) -> tuple[str, str]:
    """The calls that sift a block, and that hold a row against its own group's ceiling."""
    draw = f"m_{screen.draw}"
    group = f"ceilings[w_{screen.by}[i]]"
    least = f"above(key[i], {draw}, {group})"
    if screen.always:
        own = f"w_{screen.scale}, w_{screen.always}"
        sift = f"sift_kept(lo, hi, key, {draw}, highest, {own}, maybe, chosen)"
        own = f"w_{screen.scale}[i], w_{screen.always}[i]"
        least = f"above_kept(key[i], {draw}, {group}, {own})"
    elif screen.scale:
        sift = f"sift_scaled(lo, hi, key, {draw}, highest, w_{screen.scale}, maybe, chosen)"
        least = f"above_scaled(key[i], {draw}, {group}, w_{screen.scale}[i])"
    elif screen.due:
        sift = f"sift_due(lo, hi, key, {draw}, highest, w_{screen.due}, month, maybe, chosen)"
    elif screen.until:
        sift = f"sift_until(lo, hi, w_{screen.until}, month, maybe, chosen)"
    else:
        sift = f"sift(lo, hi, key, {draw}, highest, maybe, chosen)"
    return sift, least


def _head(decision: Decision, *, rows: bool) -> list[str]:
    """A loop's first lines: who is looked at, in turn ``i``."""
    name = decision.name
    names = ", ".join(arguments(decision, rows=rows))
    start = ["", "", "@njit(nogil=True, cache=CACHE, error_model='numpy')"]
    screen = None if rows else decision.screen
    if screen is None:
        head = f"{name}_rows" if rows else f"{name}_all"
        return [
            *start,
            f"def {head}(lo, hi, p, chosen, ints, floats, {names}):",
            "    count = 0",
            "    for j in range(lo, hi):",
            "        i = chosen[j]" if rows else "        i = j",
        ]
    sift, above = _sifting(screen)
    lines = [
        *start,
        f"def {name}_all(lo, hi, p, chosen, ints, floats, maybe, highest, ceilings, {names}):",
        f"    found = {sift}",
        "    count = 0",
        "    for j in range(found):",
        "        i = chosen[j]",
    ]
    if not screen.due:  # who is due is asked whatever the draw
        lines.append(f"        if {above}:\n            continue")
    return lines


def source_text(decision: Decision, *, rows: bool) -> str:
    """The loop of one decision over all agents, or over given rows."""
    name = decision.name
    facts = ",\n            ".join(
        _value(decision, fact, is_float, rows=rows) for fact, is_float in decision.fields()
    )
    lines = _head(decision, rows=rows)
    if not rows:
        lines += [
            f"        if w_{column}[i] != {code}:\n            continue"
            for column, code in decision.among
        ]
    lines.append(f"        o = {name}_rule({name}_facts(\n            {facts}), p)")
    at = "j"
    if not rows:
        event = "o" if decision.answer is int else "o.event"
        lines += [f"        if {event} == 0:", "            continue", "        chosen[count] = i"]
        at = "count"
    positions = {False: 0, True: 0}
    for field, is_float in decision.answers():
        target = "floats" if is_float else "ints"
        value = "o" if decision.answer is int else f"o.{field}"
        lines.append(f"        {target}[{positions[is_float]}, {at}] = {value}")
        positions[is_float] += 1
    lines += ["        count += 1", "    return count"]
    return "\n".join(lines) + "\n"


def with_ceilings(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions, and the rules of their ceilings as decisions of enterprises."""
    given = list(decisions)
    return given + [ceiling for d in given if (ceiling := d.ceilings()) is not None]


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
        text += source_text(d, rows=False) + source_text(d, rows=True)
    for loop in loops:
        text += _wrapped(loop)
    return text


def module_texts(decisions: Iterable[Decision]) -> dict[str, str]:
    """The generated modules by the module of the model whose functions they call.

    Several and not one, so that an edited rule compiles its neighbours anew and nothing else.
    """
    asked: dict[str, list[Decision]] = {}
    for d in with_ceilings(decisions):
        asked.setdefault(d.rule.__module__, []).append(d)
    written: dict[str, list[Callable[..., Any]]] = {}
    for loop in (*LOOPS, *MARKET_LOOPS, *VECTOR_LOOPS):
        written.setdefault(loop.__module__, []).append(loop)
    return {name: module_text(found) for name, found in asked.items()} | {
        name: module_text((), found) for name, found in written.items()
    }


def _wrapped(loop: Callable[..., Any]) -> str:
    """A compiled function that calls a loop over all workers."""
    name, arguments_ = loop.__name__, ", ".join(signature(loop).parameters)
    lines = [
        "",
        "",
        f"from {loop.__module__} import {name} as {name}_written",
        "",
        "",
        "@njit(nogil=True, cache=CACHE, error_model='numpy')",
        f"def {name}({arguments_}):",
        f"    return {name}_written({arguments_})",
    ]
    return "\n".join(lines) + "\n"


@cache
def _source(name: str) -> tuple[Path, bytes, tuple[str, ...]] | None:
    """File and text of a module of the model, and the modules it imports; read once."""
    path = MODEL.parent.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        return None
    text, imported = file.read_bytes(), []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
        elif isinstance(node, ast.Import):
            imported += [a.name for a in node.names]
    own = tuple(n for n in imported if n.split(".")[0] == MODEL.name)
    return file, text, own


def sources_of(modules: Iterable[str]) -> dict[Path, bytes]:
    """Source files of the named modules of the model and of every module that they import."""
    found: dict[str, tuple[Path, bytes]] = {}
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source = _source(name)
        if source is not None:
            found[name] = source[:2]
            waiting += source[2]
    return dict(sorted(found.values()))


def sources_digest(modules: Iterable[str]) -> str:
    """SHA-256 over the sources behind compiled code and the versions that shape it."""
    digest = hashlib.sha256()
    for path, text in sources_of([*modules, "model.draws", *SHARED]).items():
        digest.update(path.relative_to(MODEL).as_posix().encode() + b"\0")
        digest.update(text + b"\0")
    digest.update(f"{sys.version_info[:3]} {numba.__version__} {np.__version__}".encode())
    return digest.hexdigest()[:24]


def cache_folder() -> Path:
    """Where kernels are kept: LONGJIANG_CACHE, or the user's cache folder."""
    named = os.environ.get("LONGJIANG_CACHE")
    if named:
        return Path(named)
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", tempfile.gettempdir())
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "longjiang"


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe{os.getpid()}"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="longjiang-"))
    return folder


@cache
def load(decisions: tuple[Decision, ...]) -> SimpleNamespace:
    """Every loop by name, from generated modules written where their digest is new.

    Once in a process.
    """
    loops = SimpleNamespace()
    for behind, text in module_texts(decisions).items():
        module = _generated(behind, text)
        made = (n for n in vars(module).items() if hasattr(n[1], "py_func"))
        vars(loops).update(made)
    return loops


def _generated(behind: str, text: str) -> ModuleType:
    """The generated module of that text, imported; ``behind`` names the module that it calls."""
    digest = hashlib.sha256((sources_digest([behind]) + text).encode()).hexdigest()[:24]
    name = f"longjiang_kernels_{digest}"
    if name in sys.modules:
        return sys.modules[name]
    folder = _writable(cache_folder() / digest)
    path = folder / f"{name}.py"
    if not path.exists():
        part = folder / f".{name}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot import the generated module at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def build(decision: Decision) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Loops for one decision whose rule was replaced, compiled in memory and not kept."""
    namespace: dict[str, Any] = {
        f"{decision.name}_rule": numba.njit(error_model="numpy")(decision.rule),
        f"{decision.name}_facts": decision.facts,
        "CACHE": False,
    }
    text = HEADER + source_text(decision, rows=False) + source_text(decision, rows=True)
    exec(compile(text, f"<loops of {decision.name}>", "exec"), namespace)
    return namespace[f"{decision.name}_all"], namespace[f"{decision.name}_rows"]
