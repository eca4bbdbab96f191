"""Compiled loops: calls only, kept by the digest of all sources, so that none can be stale."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model import numbers, scalar
from model.deciding import DECISIONS, TURN
from model.draws import moment, uniform
from model.engines import gathering, kernels, sifting, texts
from model.engines.columns import ColumnsEngine
from model.engines.loops import LOOPS
from model.engines.market_loops import MARKET_LOOPS
from model.engines.vector_loops import VECTOR_LOOPS

ROOT = Path(__file__).parents[3]
ASKED = kernels.with_ceilings(DECISIONS)
WRITTEN = (*LOOPS, *MARKET_LOOPS, *VECTOR_LOOPS)
SIFTING = {
    *(loop.__name__ for loop in (*sifting.SIFTS, sifting.among)),
    *(f"{loop.__name__}_by_{by}" for loop in sifting.NARROWS for by in texts.GROUPS),
}
GENERATED = "\n".join(kernels.module_texts(DECISIONS).values())
MODULES = sorted({d.rule.__module__ for d in DECISIONS})


def test_generated_code_holds_calls_and_no_logic() -> None:
    tree = ast.parse(GENERATED)
    arithmetic = [n for n in ast.walk(tree) if isinstance(n, ast.BinOp | ast.BoolOp | ast.UnaryOp)]
    assert arithmetic == []
    tests = [n.test for n in ast.walk(tree) if isinstance(n, ast.If)]
    assert all(isinstance(test, ast.Compare) for test in tests)  # who is asked, and event == 0
    called = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    of_decisions = {f"{d.name}_{part}" for d in ASKED for part in ("rule", "facts")}
    written = {f"{name}_written" for name in {loop.__name__ for loop in WRITTEN} | SIFTING}
    assert called == of_decisions | written | {
        "range", "len", "uniform", "part", "gather", "draw", "float64", "int64", "njit",
    }  # fmt: skip


def test_who_is_passed_over_is_left_at_once() -> None:
    tree = ast.parse(GENERATED)
    passed = [n for n in ast.walk(tree) if isinstance(n, ast.If)]
    assert all(len(n.body) == 1 and isinstance(n.body[0], ast.Continue) for n in passed)


def test_facts_are_read_by_their_names_alone() -> None:
    """Each gathered fact lies in a row of the room of its own, filled before the rule is called."""
    tree = ast.parse(GENERATED)
    for loop in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
        filled = [
            ast.unparse(n.args[-1])
            for n in ast.walk(loop)
            if isinstance(n, ast.Call) and ast.unparse(n.func) in ("gather", "draw")
        ]
        assert len(set(filled)) == len(filled), loop.name
        read = {
            f"{n.value.id}[{ast.unparse(n.slice.elts[0])}]"
            for n in ast.walk(loop)
            if isinstance(n, ast.Subscript)
            and isinstance(n.slice, ast.Tuple)
            and isinstance(n.value, ast.Name)
            and n.value.id in ("wholes", "reals")
        }
        assert read <= set(filled), loop.name
        assert len(set(filled) - read) <= 1, loop.name  # numbers of enterprises


def test_every_decision_has_a_loop_over_all_and_one_over_rows() -> None:
    tree = ast.parse(GENERATED)
    names = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    of_decisions = {name for d in ASKED for name in kernels.loops_of(d)}
    assert {f"{d.name}_{kind}" for d in DECISIONS for kind in ("all", "rows")} < of_decisions
    assert {f"{d.ceilings().name}_all" for d in DECISIONS if d.ceilings()} < of_decisions  # type: ignore[union-attr]
    assert names == of_decisions | {loop.__name__ for loop in WRITTEN} | SIFTING


def test_the_digest_covers_every_source_behind_a_rule() -> None:
    covered = {
        path.relative_to(kernels.MODEL).as_posix()
        for path in kernels.sources_of([*MODULES, *kernels.SHARED])
    }
    for module in (*MODULES, numbers.__name__, scalar.__name__, gathering.__name__):
        assert f"{module.removeprefix('model.').replace('.', '/')}.py" in covered
    assert {"codes.py", "instruments/channels.py", "markets/pot.py"} <= covered


PROBE = """
from types import SimpleNamespace
import numpy as np
from model.deciding import DECISIONS, TURN
from model.draws import moment, uniform
from model.engines.columns import ColumnsEngine
from model.parameters.leaving import Params

n = 1_000
p = Params(*(1 if kind is int else 0.5 for kind in Params.__annotations__.values()))
workers = {"id": np.arange(n), "status": np.full(n, 3, np.uint8), "key": np.arange(n, dtype="u8")}
state = SimpleNamespace(workers=workers, enterprises={}, seed=1, month=1_400)
events = ColumnsEngine((TURN,)).ask_rows(TURN, state, p, np.arange(n), {}).of["event"]
print(int((events != 0).sum()), int(events.max()))
"""


def probe(copy: Path, cache: Path) -> str:
    """What the compiled rule answers in a copy of the model."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=copy,
        env={**os.environ, "LONGJIANG_CACHE": str(cache), "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_edited_rule_is_never_answered_by_its_old_kernel(tmp_path: Path) -> None:
    copy, cache = tmp_path / "copy", tmp_path / "cache"
    shutil.copytree(ROOT / "model", copy / "model", ignore=shutil.ignore_patterns("__pycache__"))
    first = probe(copy, cache)
    assert probe(copy, cache) == first
    kept = len(list(cache.iterdir()))
    assert kept == len(kernels.module_texts((TURN,)))  # nothing was written anew the second time

    rule = copy / "model" / "rules" / "leaving.py"
    text = rule.read_text(encoding="utf-8")
    assert "TO_SEARCH, TO_INFORMAL, TO_AWAY = 1, 2, 4" in text
    rule.write_text(text.replace("TO_AWAY = 1, 2, 4", "TO_AWAY = 9, 2, 4"), encoding="utf-8")
    edited = probe(copy, cache)
    assert first.split()[1] == "1"
    assert edited.split()[1] == "9"
    assert len(list(cache.iterdir())) == kept + 1  # its own module, and no other

    deeper = copy / "model" / "draws.py"
    text = deeper.read_text(encoding="utf-8")
    assert "1.1102230246251565e-16" in text
    deeper.write_text(text.replace("1.1102230246251565e-16", "2.5e-17"), encoding="utf-8")
    assert probe(copy, cache).split()[0] == "1000"  # every draw now lies below one half
    assert len(list(cache.iterdir())) == 2 * kept + 1  # every one of them


def test_the_cache_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LONGJIANG_CACHE", str(tmp_path / "here"))
    assert kernels.cache_folder() == tmp_path / "here"


@pytest.mark.skipif(os.name == "nt", reason="the user's cache folder is named otherwise there")
def test_without_a_name_it_is_the_user_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LONGJIANG_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kernels.cache_folder() == tmp_path / "longjiang"


def test_where_nothing_can_be_kept_a_temporary_folder_serves(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, no folder", encoding="utf-8")
    folder = kernels._writable(taken)
    assert folder != taken
    assert folder.is_dir()
    folder.rmdir()


def test_a_rule_built_in_memory_answers_as_the_plain_one() -> None:
    from model.parameters.leaving import Params

    n = 500
    p = Params(*(1 if kind is int else 0.3 for kind in Params.__annotations__.values()))
    status = np.tile(np.array([2, 3, 5, 1], np.uint8), n // 4)
    key = np.arange(n).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    workers = {"id": np.arange(n), "status": status, "key": key}
    state: Any = SimpleNamespace(workers=workers, enterprises={}, seed=1, month=1_400)
    engine = ColumnsEngine((TURN,), rules={"turn": TURN.rule})
    found = engine.ask_rows(TURN, state, p, np.arange(n), {}).of["event"]
    at = moment(1, "turn.turn", 1_400)

    plain = [TURN.rule(TURN.facts(int(s), uniform(int(k), at)), p).event
             for s, k in zip(status, key, strict=True)]  # fmt: skip
    assert found.tolist() == plain
    assert len(set(plain)) > 1
