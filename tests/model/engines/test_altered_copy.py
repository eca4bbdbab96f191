"""Controls of the twins: a constant altered in the compiled copy alone must be noticed."""

import ast
import importlib.util
import random
import sys
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from model import rules
from model.deciding import BEHAVIOUR
from model.decisions import Decision
from tests.lived import STORM, Job, begin, diary, differences

FOLDER = Path(rules.__file__).parent
JOB = Job("policy_2017", until="2018-06")
STORMY = Job(STORM, seed=2, until="2018-06", n=500)
Place = tuple[int, int]


def constants(path: Path) -> list[tuple[str, Place, float]]:
    """Numbers in the bodies of a module's rules: function, place and value."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found += [
                (node.name, (one.lineno, one.col_offset), one.value)
                for one in ast.walk(node)
                if isinstance(one, ast.Constant)
                and isinstance(one.value, int | float)
                and not isinstance(one.value, bool)
            ]
    return found


class Altering(ast.NodeTransformer):
    """Changes the number at one place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if (node.lineno, node.col_offset) == self.place:
            assert isinstance(node.value, int | float)
            return ast.Constant(
                node.value + 1 if isinstance(node.value, int) else other(node.value)
            )
        return node


def other(value: float) -> float:
    return value * 1.5 if value else 0.5


def altered(path: Path, place: Place) -> ModuleType:
    """A copy of a module of rules with one number changed."""
    tree = ast.fix_missing_locations(
        Altering(place).visit(ast.parse(path.read_text(encoding="utf-8")))
    )
    name = f"altered_{path.stem}_{place[0]}_{place[1]}"
    spec = importlib.util.spec_from_loader(name, loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(tree, f"<{name}>", "exec"), module.__dict__)
    return module


def in_place_of(path: Path, module: ModuleType) -> list[Decision]:
    """Every decision whose rule stands in the altered module, with the rule as altered."""
    found = []
    for d in BEHAVIOUR:  # without a screen: a ceiling bounds the rule as it stands
        if Path(sys.modules[d.rule.__module__].__file__ or "") == path:
            copy: Decision = replace(
                d,
                rule=getattr(module, d.rule.__name__),
                facts=_type(module, d.facts),
                screen=None,
            )
            found.append(copy)
    return found


def _type(module: ModuleType, facts: type) -> type:
    """The altered module's own type of facts."""
    found: type = getattr(module, facts.__name__, facts)
    return found


def parts_moved(job: Job, altered: list[Decision]) -> list[str]:
    """What differs from the province as the rules stand (which the twins hold equal to Mesa's)."""
    province = begin(job)
    for decision in altered:
        province.engine.put(decision)
    return differences(diary(job), diary(job, province))


def noticed(path: Path, place: Place, *jobs: Job) -> bool:
    found = in_place_of(path, altered(path, place))
    return any(parts_moved(job, found) for job in jobs)


def find(module: str, function: str, value: float) -> tuple[Path, Place]:
    path = FOLDER / f"{module}.py"
    places = [place for name, place, v in constants(path) if (name, v) == (function, value)]
    assert places, f"{function} in {path.name} has no constant {value}; choose another"
    return path, places[0]


@pytest.mark.parametrize(
    ("module", "function", "value"),
    [
        ("short_courses", "short_factor", 120),  # months over which short courses fall with age
        ("pay", "step_of", 3),  # grade from which the step of a senior counts
        ("leaving", "quit_rate", 1),  # level from which a technician's rate applies
    ],
)
def test_a_constant_altered_in_the_compiled_copy_is_noticed(
    module: str, function: str, value: float
) -> None:
    assert noticed(*find(module, function, value), JOB)


def test_an_unaltered_copy_changes_nothing() -> None:
    path = FOLDER / "short_courses.py"
    loops = in_place_of(path, altered(path, (0, 0)))

    assert loops
    assert parts_moved(JOB, loops) == []


def slightly_other(d: Decision) -> Any:
    """The rule with the last number of its answer moved a little, for loops of one decision."""
    fields = d.answers()
    if d.answer is int:
        text = "rule(f, p) + 1"
    elif len(fields) == 1:  # an event and nothing else
        draw = next(name for name, _ in d.fields() if name.startswith("u_"))
        text = f"answer(2 if f.{draw} < 0.5 and rule(f, p).event == 1 else 1)"
    else:
        values = [f"rule(f, p).{name}" for name, _ in fields]
        values[-1] += " * 1.01 + 0.001" if fields[-1][1] else " + 1"
        text = f"answer({', '.join(values)})"
    namespace = {"rule": d.rule, "answer": d.answer}
    exec(f"def altered(f, p):\n    return {text}", namespace)
    return namespace["altered"]


@pytest.mark.slow
@pytest.mark.parametrize("decision", BEHAVIOUR, ids=lambda d: d.name)
def test_an_altered_answer_of_any_decision_is_noticed(decision: Decision) -> None:
    copy = replace(decision, rule=slightly_other(decision), screen=None)
    assert any(parts_moved(job, [copy]) for job in (JOB, STORMY))


def silent(case: tuple[Path, str, Place, float]) -> str:
    """The constant by its place if altering it shows nowhere, otherwise nothing."""
    path, function, place, value = case
    if noticed(path, place, JOB, STORMY):
        return ""
    return f"{path.name}:{place[0]}:{place[1]} {function} {value}"


@pytest.mark.slow
def test_most_constants_altered_in_the_compiled_copy_are_noticed() -> None:
    # The rest are numbers of events, of which only "none" or "some" counts, and edges that nobody
    # in two small provinces meets: caps, floors, the deepest cut.
    cases = [(path, *one) for path in sorted(FOLDER.glob("*.py")) for one in constants(path)]
    chosen = random.Random(1).sample(cases, 24)
    # Compiled copies stay in memory for good, so each process tries only a few.
    with get_context("spawn").Pool(2, maxtasksperchild=8) as pool:
        missed = [text for text in pool.imap(silent, chosen) if text]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} altered constants noticed; not noticed:")
    print("\n".join(missed))
    assert len(missed) < len(chosen) / 2
