"""Nothing in the model may depend on the processor, on a shared generator or on a set's order."""

from pathlib import Path

import pytest

from tests.house.determinism import findings

ROOT = Path(__file__).parents[2]
SCALAR = ("model/rules/", "model/instruments/")
SOURCES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "model").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES)
def test_the_model_gives_the_same_bits_everywhere(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")

    found = findings(source, rules_only=path.startswith(SCALAR))

    assert [f"{path}:{f.line} {f.rule}" for f in found] == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("order = np.argsort(keys)", "sort"),
        ("order = keys.argsort()", "sort"),
        ("order = np.argsort(keys, kind='quicksort')", "sort"),
        ("ranked = np.sort(keys)", "sort"),
        ("ranked = numpy.sort(keys)", "sort"),
        ("best = np.argpartition(keys, 3)", "partition"),
        ("best = keys.argpartition(3)", "partition"),
        ("best = np.partition(keys, 3)[:3]", "partition"),
        ("third = np.partition(np.argsort(keys), 3)[3]", "sort"),
        ("u = np.random.default_rng(1)", "random"),
        ("import random", "random"),
        ("from random import choice", "random"),
        ("from numpy import random", "random"),
        ("from numpy.random import default_rng", "random"),
        ("import numpy.random", "random"),
        ("for x in {1, 2}: pass", "set"),
        ("rows = [x for x in {y for y in z}]", "set"),
        ("for x in set(names) - {'a'}: pass", "set"),
        ("rows = list(set(names))", "set"),
        ("p = math.exp(x)", "libm"),
        ("p = np.log(x)", "libm"),
        ("from math import log1p", "libm"),
        ("p = pow(x, y)", "libm"),
        ("p = x ** 0.5", "libm"),
        ("p = x ** 2", "libm"),
        ("x **= 2", "libm"),
    ],
)
def test_each_forbidden_form_is_found(source: str, rule: str) -> None:
    assert [f.rule for f in findings(source, rules_only=True)] == [rule]


@pytest.mark.parametrize(
    "source",
    [
        "order = np.argsort(keys, kind='stable')",
        "order = keys.argsort(kind='stable')",
        "ranked = np.sort(keys, kind='stable')",
        "order = np.lexsort((a, b))",
        "names.sort()",
        "names = sorted({'b', 'a'})",
        "total = len(set(names))",
        "known = x in {1, 2}",
        "self.random.shuffle(x)",
        "scale = 10 ** 6",
        "far = math.inf",
        "from model.draws import uniform",
        "p = exponential(x)",
    ],
)
def test_harmless_forms_pass(source: str) -> None:
    assert findings(source, rules_only=True) == []


def test_libm_is_only_forbidden_in_rules_and_instruments() -> None:
    assert findings("p = math.exp(x)", rules_only=False) == []
