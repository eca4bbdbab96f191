"""A world's file: arrays of every kind come back as they were, bit for bit."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scenarios import worlds
from scenarios.worlds import DamagedError, pack, read, write

SIZE = 50_000
SPARSE = np.zeros(SIZE, np.float64)
SPARSE[[0, 7, SIZE - 1]] = -0.0, np.nan, 2.5
WHOLE = np.arange(3 * SIZE, dtype=np.int32)
ARRAYS: dict[str, Any] = {
    "all stored": np.arange(SIZE, dtype=np.int64),
    "zeros": np.zeros(SIZE, np.int64),
    "one value": np.full(SIZE, -3, np.int32),
    "sparse": SPARSE,
    "sparse beside another value": np.where(np.arange(SIZE) % 1000 == 0, 5, 9).astype(np.int32),
    "two rows": np.arange(2 * SIZE).reshape(2, SIZE),
    "flags": np.arange(2 * SIZE) % 3 == 0,
    "small": np.arange(3),
    "none": np.zeros(0, np.int16),
}


def kept(there: Path, world: Any) -> Any:
    with there.open("wb") as file:
        write(pack(world, {}), file)
    return read(there, {})


@pytest.mark.parametrize("threads_from", [0, 1 << 40])
def test_arrays_come_back(
    threads_from: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, "LARGE", threads_from)
    found = kept(tmp_path / "a.world", SimpleNamespace(columns=ARRAYS)).columns
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype, name
        assert found[name].shape == array.shape, name
        assert found[name].tobytes() == array.tobytes(), name
        assert found[name].flags.writeable, name


def test_one_array_stays_one_and_a_stretch_of_it_a_stretch(tmp_path: Path) -> None:
    world = SimpleNamespace(whole=WHOLE, again=WHOLE, part=WHOLE[SIZE : 2 * SIZE])
    found = kept(tmp_path / "a.world", world)
    assert found.whole is found.again
    assert np.shares_memory(found.part, found.whole)
    assert np.array_equal(found.part, world.part)


def test_what_nearly_everybody_has_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "a.world"
    kept(path, SimpleNamespace(sparse=SPARSE, zeros=ARRAYS["zeros"]))
    assert path.stat().st_size < SPARSE.nbytes / 100


def test_every_byte_is_held_against_a_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.world"
    kept(path, SimpleNamespace(columns=ARRAYS))
    whole = path.read_bytes()
    for place in np.linspace(0, len(whole) - 1, 60).astype(int).tolist():
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        with pytest.raises(DamagedError):
            read(path, {})
