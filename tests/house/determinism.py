"""Reads Python source for the ways in which the same model could give different bits elsewhere.

Sorting without ``kind="stable"`` breaks ties differently on different processors (but the one
value at a place of a partition is the same however it was found); libm's exp, log
and power differ in the last bit; global generators depend on the order of calls; the order of a
set is an accident.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

UNSTABLE_SORTS = {"sort", "argsort"}  # numpy.sort, numpy.argsort, array.argsort
PARTITIONS = {"partition", "argpartition"}  # no stable kind exists
NUMPY = {"np", "numpy"}
LIBM = {"acos", "asin", "atan", "atan2", "cos", "exp", "exp2", "expm1", "log", "log10", "log1p"}
LIBM |= {"log2", "pow", "power", "sin", "sinh", "cosh", "tan", "tanh", "erf", "erfc", "gamma"}
LIBM |= {"lgamma", "hypot", "cbrt"}
GENERATORS = {"random", "secrets"}
ORDER_TAKERS = {"list", "tuple", "enumerate", "iter", "zip", "map", "array"}


class Finding(NamedTuple):
    """A line that could make results depend on the machine or on the order of work."""

    line: int
    rule: str  # sort, partition, random, libm, set


def findings(source: str, *, rules_only: bool) -> list[Finding]:
    """What is wrong in ``source``; with ``rules_only`` also the use of libm and of powers."""
    found = set()
    tree = ast.parse(source)
    one_value = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice)
    }
    for node in ast.walk(tree):
        if id(node) not in one_value or _name(getattr(node, "func", node))[1] != "partition":
            found.update(_sorts(node))
        found.update(_luck(node))
        found.update(_sets(node))
        if rules_only:
            found.update(_libm(node))
    return sorted(found)


def _name(node: ast.AST) -> tuple[str, str]:
    """Owner and last name of a called thing: ``np.sort`` is ("np", "sort"), ``f`` is ("", "f")."""
    if isinstance(node, ast.Name):
        return "", node.id
    if isinstance(node, ast.Attribute):
        return (node.value.id if isinstance(node.value, ast.Name) else "?"), node.attr
    return "?", "?"


def _sorts(node: ast.AST) -> Iterator[Finding]:
    if not isinstance(node, ast.Call):
        return
    owner, name = _name(node.func)
    kinds = [k.value for k in node.keywords if k.arg == "kind"]
    stable = any(isinstance(k, ast.Constant) and k.value == "stable" for k in kinds)
    of_array = bool(owner) and (name == "argsort" or owner in NUMPY)
    if name in UNSTABLE_SORTS and of_array and not stable:
        yield Finding(node.lineno, "sort")
    if name in PARTITIONS and bool(owner) and (name == "argpartition" or owner in NUMPY):
        yield Finding(node.lineno, "partition")


def _luck(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Attribute) and node.attr == "random" and _name(node)[0] in NUMPY:
        yield Finding(node.lineno, "random")
    elif isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
        if names & (GENERATORS | {"numpy.random"}):
            yield Finding(node.lineno, "random")
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        named = {alias.name for alias in node.names}
        from_numpy = node.module == "numpy" and "random" in named
        if node.module in GENERATORS | {"numpy.random"} or from_numpy:
            yield Finding(node.lineno, "random")


def _is_set(node: ast.AST) -> bool:
    """Whether an expression is seen to be a set; a set under a name is not seen."""
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub):
        return _is_set(node.left) or _is_set(node.right)
    return isinstance(node, ast.Call) and _name(node.func) in {("", "set"), ("", "frozenset")}


def _sets(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.For | ast.comprehension) and _is_set(node.iter):
        yield Finding(node.iter.lineno, "set")
    if isinstance(node, ast.Call) and _name(node.func)[1] in ORDER_TAKERS:
        yield from (Finding(node.lineno, "set") for given in node.args if _is_set(given))


def _libm(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Call):
        owner, name = _name(node.func)
        if (owner in NUMPY | {"math"} and name in LIBM) or (owner, name) == ("", "pow"):
            yield Finding(node.lineno, "libm")
    elif isinstance(node, ast.ImportFrom) and node.module == "math":
        if LIBM & {alias.name for alias in node.names}:
            yield Finding(node.lineno, "libm")
    elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
        whole = all(isinstance(s, ast.Constant) and isinstance(s.value, int) for s in sides)
        if isinstance(node, ast.AugAssign) or not whole:
            yield Finding(node.lineno, "libm")
