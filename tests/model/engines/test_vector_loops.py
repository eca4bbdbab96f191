"""Numbers and draws over arrays: compiled and in numpy the same bits, whatever the shape."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from model import draws, numbers
from model.deciding import DECISIONS
from model.engines import kernels, rolls
from model.engines.vector_loops import over_arrays

COMPILED = over_arrays(kernels.load(DECISIONS))
PLAIN: dict[str, Any] = {
    name: getattr(module, name).__wrapped__
    for module, names in ((numbers, ("exps", "logs", "normals_of")), (draws, ("mix_all",)))
    for name in names
}
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=40)
floats = st.floats(-800, 800) | st.floats(0, 1) | st.floats(1e-300, 1e300)
words = arrays(
    np.uint64, array_shapes(max_dims=3, min_side=0, max_side=40), elements=st.integers(0, 2**64 - 1)
)


def same(one: Any, other: Any) -> None:
    one, other = np.asarray(one), np.asarray(other)
    assert one.shape == other.shape
    assert one.dtype == other.dtype
    assert one.tobytes() == other.tobytes()


@given(arrays(np.float64, shapes, elements=floats))
def test_exponentials_and_logarithms(x: Any) -> None:
    same(PLAIN["exps"](x), COMPILED["exps"](x))
    same(PLAIN["logs"](x), COMPILED["logs"](x))


@given(arrays(np.float64, shapes, elements=st.floats(0, 1, exclude_max=True)))
def test_normals(u: Any) -> None:
    same(PLAIN["normals_of"](u), COMPILED["normals_of"](u))


@given(words, st.integers(0, 2**64 - 1))
def test_draws(keys: Any, at: int) -> None:
    same(PLAIN["mix_all"](keys), COMPILED["mix_all"](keys))
    same(draws.uniforms_at.__wrapped__(keys, at), COMPILED["uniforms_at"](keys, at))


def test_cells_of_rows_of_marks_and_of_everybody() -> None:
    draw = np.random.default_rng(3)
    w = {name: draw.integers(0, 7, 500).astype(np.uint8) for name in ("region", "branch", "level")}
    plain = rolls.cells_of.__wrapped__  # type: ignore[attr-defined]
    for rows in (np.array([7, 3, 3, 499]), np.zeros(0, np.int64), draw.random(500) < 0.5):
        same(plain(w, rows), COMPILED["cells_of"](w, rows))
    same(plain(w, slice(None)), COMPILED["cells_of"](w, slice(None)))


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_arrays_that_do_not_lie_end_to_end(name: str) -> None:
    whole = np.linspace(0.01, 0.99, 600).reshape(20, 30)
    if name == "mix_all":
        whole = (whole * 2**60).astype(np.uint64)
    for part in (whole[::3, ::2], whole.T, whole[:, 3], np.broadcast_to(whole[0], (4, 30))):
        same(PLAIN[name](part), COMPILED[name](part))
