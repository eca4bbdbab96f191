"""Numbers and draws over whole arrays in one pass, as loops that an engine compiles.

The same in numpy, operation by operation, stands in ``model.numbers`` and ``model.draws``.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from model.codes import BRANCHES, LEVELS
from model.draws import mix, uniform
from model.engines import rolls
from model.numbers import exp, ln, normal
from model.scalar import scalar

SHAPE = (len(BRANCHES), len(LEVELS))
PLAIN_CELLS: Callable[..., Any] = rolls.cells_of.__wrapped__  # type: ignore[attr-defined]


@scalar
def exps_loop(x: Any, out: Any) -> None:
    """``exp`` of every element."""
    for i in range(len(x)):
        out[i] = exp(x[i])


@scalar
def logs_loop(x: Any, out: Any) -> None:
    """``ln`` of every element."""
    for i in range(len(x)):
        out[i] = ln(x[i])


@scalar
def normals_loop(x: Any, out: Any) -> None:
    """``normal`` of every element."""
    for i in range(len(x)):
        out[i] = normal(x[i])


@scalar
def mix_loop(x: Any, out: Any) -> None:
    """``mix`` of every element."""
    for i in range(len(x)):
        out[i] = mix(x[i])


@scalar
def uniforms_loop(x: Any, moment: int, out: Any) -> None:
    """``uniform`` of every key."""
    for i in range(len(x)):
        out[i] = uniform(x[i], moment)


@scalar
def cells_loop(region: Any, branch: Any, level: Any, rows: Any, shape: Any, out: Any) -> None:
    """Cells of given workers; see ``model.engines.rolls.cells_of``."""
    branches, levels = shape
    for j in range(len(rows)):
        i = rows[j]
        out[j] = (int(region[i]) * branches + int(branch[i])) * levels + int(level[i])


VECTOR_LOOPS = (exps_loop, logs_loop, normals_loop, mix_loop, uniforms_loop, cells_loop)


def over_arrays(loops: Any) -> Mapping[str, Callable[..., Any]]:
    """Functions over arrays of any shape, by the name of the one in numpy; ``loops`` compiled."""
    floats, keys = np.float64, np.uint64

    def exps(x: Any) -> Any:
        return _each(loops.exps_loop, np.asarray(x, floats, order="C"), floats)

    def logs(x: Any) -> Any:
        return _each(loops.logs_loop, np.asarray(x, floats, order="C"), floats)

    def normals_of(u: Any) -> Any:
        return _each(loops.normals_loop, np.asarray(u, floats, order="C"), floats)

    def mix_all(z: Any) -> Any:
        return _each(loops.mix_loop, np.asarray(z, keys, order="C"), keys)

    def uniforms_at(agent_keys: Any, at: int) -> Any:
        return _each(loops.uniforms_loop, np.asarray(agent_keys, keys, order="C"), floats, keys(at))

    def cells_of(w: Any, rows: Any) -> Any:
        if isinstance(rows, slice) or rows.dtype == np.bool_:
            return PLAIN_CELLS(w, rows)
        rows = np.ascontiguousarray(rows, np.int64)
        out = np.empty(len(rows), np.int64)
        loops.cells_loop(w["region"], w["branch"], w["level"], rows, SHAPE, out)
        return out

    return {one.__name__: one for one in (exps, logs, normals_of, mix_all, uniforms_at, cells_of)}


def _each(loop: Callable[..., Any], x: Any, kind: type, *given: Any) -> Any:
    out = np.empty(x.shape, kind)
    loop(x.reshape(-1), *given, out.reshape(-1))
    return out
