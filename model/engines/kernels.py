"""Where compiled loops are kept, by a digest of all that they hang on.

For each module of rules or loops the text (``model.engines.texts``) is written to a cache folder
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
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numba
import numpy as np

from model.decisions import Ceiling, Decision
from model.engines import sifting
from model.engines.loops import LOOPS
from model.engines.market_loops import MARKET_LOOPS
from model.engines.texts import HEADER, module_text, sifting_text, source_text
from model.engines.vector_loops import VECTOR_LOOPS

SHARED = ("model.draws", "model.engines.gathering")
MODEL = Path(__file__).resolve().parents[1]
WRITTEN = 946_684_800  # seconds since 1970: the time that every generated file bears

_loading = threading.Lock()


def _unlock() -> None:
    """A child process begins without the threads that may have been loading."""
    global _loading
    _loading = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)


def with_ceilings(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions, and the rules of their ceilings as decisions of enterprises."""
    given = list(decisions)
    return given + [ceiling for d in given if (ceiling := d.ceilings()) is not None]


def loops_of(decision: Decision) -> list[str]:
    """Names of a decision's loops: over all, and over given rows."""
    over_all = f"{decision.name}_all"
    return [over_all] if decision.answer is Ceiling else [over_all, f"{decision.name}_rows"]


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
    return {
        **{name: module_text(found) for name, found in asked.items()},
        **{name: module_text((), found) for name, found in written.items()},
        sifting.__name__: sifting_text(),
    }


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
    for path, text in sources_of([*modules, *SHARED]).items():
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
        probe.unlink(missing_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="longjiang-"))
    return folder


def load(decisions: tuple[Decision, ...]) -> SimpleNamespace:
    """Every loop by name, from generated modules written where their digest is new.

    Once in a process, whichever of its threads asks first.
    """
    with _loading:
        return _loaded(decisions)


@cache
def _loaded(decisions: tuple[Decision, ...]) -> SimpleNamespace:
    loops = SimpleNamespace()
    for behind, text in module_texts(decisions).items():
        module = _generated(behind, text)
        made = (n for n in vars(module).items() if hasattr(n[1], "py_func"))
        vars(loops).update(made)
    return loops


def compiled(decisions: Iterable[Decision]) -> bool:
    """Whether the loops were begun to be compiled before; compiling them takes a while.

    False at a first start, and where a rule was edited since.
    """
    return all(_file_of(*one).exists() for one in module_texts(decisions).items())


def _file_of(behind: str, text: str) -> Path:
    """Where the generated module of that text belongs; ``behind`` names the module it calls."""
    digest = hashlib.sha256((sources_digest([behind]) + text).encode()).hexdigest()[:24]
    return cache_folder() / digest / f"longjiang_kernels_{digest}.py"


def _generated(behind: str, text: str) -> ModuleType:
    """The generated module of that text, imported."""
    file = _file_of(behind, text)
    name = file.stem
    if name in sys.modules:
        return sys.modules[name]
    path = _writable(file.parent) / file.name
    if not path.exists():
        part = path.with_name(f".{name}.{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        os.utime(part, (WRITTEN, WRITTEN))  # compiled code is known by its file's time
        try:
            part.replace(path)
        except OSError:  # where a file that is open cannot be replaced: another process was first
            if not path.exists():
                raise
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot import the generated module at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def build(decision: Decision) -> SimpleNamespace:
    """Loops of one decision and of its ceilings, in memory and not kept: for replaced rules."""
    return SimpleNamespace(
        **{name: loop for d in with_ceilings([decision]) for name, loop in _built(d).items()}
    )


def _built(decision: Decision) -> dict[str, Any]:
    space: dict[str, Any] = {
        f"{decision.name}_rule": numba.njit(error_model="numpy")(decision.rule),
        f"{decision.name}_facts": decision.facts,
        "CACHE": False,
    }
    text = HEADER + source_text(decision, rows=False)
    text += "" if decision.answer is Ceiling else source_text(decision, rows=True)
    exec(compile(text, f"<loops of {decision.name}>", "exec"), space)
    return {name: space[name] for name in loops_of(decision)}
