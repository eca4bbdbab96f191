"""A world on disk: one file of its columns and of everything else, held against checksums.

The file is a SHA-256 and a length, a head of so many bytes that the SHA-256 covers, and columns.
The head is a pickle of the world without its columns, and of where each column lies. A column in
which nearly everybody has one value keeps that value and the places and values of the others.
Each column has a CRC-32. Columns are copied into memory of their own, by several threads: a run
writes into them, and mapped pages would be read slower.
"""

import hashlib
import io
import os
import pickle
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model import measures
from model.province import Province

SMALL = 1 << 16  # bytes up to which an array is pickled with the rest
PIECE = 1 << 20  # bytes read and checked at a time, while they are in the nearest cache
LOOKED_AT = 1 << 10  # elements looked at for the most frequent one
SPARSE = 0.5  # a column is kept by places where that takes less of its size
AT_ONCE = 4  # threads that read a file, at most
LARGE = 1 << 26  # bytes from which a file is worth a second thread
LENGTH = 8
SEAL = hashlib.sha256().digest_size + LENGTH
Raw = NDArray[np.uint8]


class DamagedError(ValueError):
    """A file that is not what was written."""


class Column(NamedTuple):
    """Where an array lies and how it is kept.

    Attributes:
        dtype: its type.
        shape: its shape.
        common: bytes of the value that is not stored; empty where every element is stored.
        stored: elements stored, each after the places of all (int32) where ``common`` is given.
        at: first byte in the file after the head.
        size: bytes in the file.
        check: CRC-32 of them.
    """

    dtype: str
    shape: tuple[int, ...]
    common: bytes
    stored: int
    at: int
    size: int
    check: int


class _Writer(pickle.Pickler):
    """Leaves out columns, what is handed in again, and reporters, which have a name."""

    def __init__(self, file: Any, apart: Mapping[str, Any]) -> None:
        super().__init__(file, protocol=5)
        self._apart = {id(one): name for name, one in apart.items()}
        self._reporters = {id(one): name for name, one in measures.HEADLINES.items()}
        self._numbers: dict[int, int] = {}
        self.arrays: list[NDArray[Any]] = []

    def persistent_id(self, obj: Any) -> tuple[Any, ...] | None:
        """A name or a number instead of the thing."""
        if type(obj) is np.ndarray:
            return self._array(obj)
        if id(obj) in self._apart:
            return "apart", self._apart[id(obj)]
        if id(obj) in self._reporters:
            return "reporter", self._reporters[id(obj)]
        return None

    def _array(self, obj: NDArray[Any]) -> tuple[Any, ...] | None:
        if obj.nbytes <= SMALL or obj.dtype.hasobject or not obj.flags.c_contiguous:
            return None
        whole = obj.base
        if isinstance(whole, np.ndarray) and _is_part(obj, whole):
            first = (obj.ctypes.data - whole.ctypes.data) // obj.itemsize
            return "part", self._number(whole), first, len(obj)
        return "column", self._number(obj)

    def _number(self, obj: NDArray[Any]) -> int:
        if id(obj) not in self._numbers:
            self._numbers[id(obj)] = len(self.arrays)
            self.arrays.append(obj)  # held, so that no other array takes its place
        return self._numbers[id(obj)]


def _is_part(obj: NDArray[Any], whole: NDArray[Any]) -> bool:
    """Whether an array is a stretch of another one worth keeping once for both."""
    like = obj.ndim == whole.ndim == 1 and obj.dtype == whole.dtype
    return like and whole.flags.c_contiguous and 4 * obj.nbytes >= whole.nbytes


class _Reader(pickle.Unpickler):
    """Puts them back."""

    def __init__(self, file: Any, apart: Mapping[str, Any], arrays: list[NDArray[Any]]) -> None:
        super().__init__(file)
        self._apart = apart
        self._arrays = arrays

    def persistent_load(self, pid: tuple[Any, ...]) -> Any:
        """The thing behind a name or a number."""
        kind, name, *rest = pid
        if kind == "column":
            return self._arrays[name]
        if kind == "part":
            first, number = rest
            return self._arrays[name][first : first + number]
        return self._apart[name] if kind == "apart" else measures.HEADLINES[name]


class Packed(NamedTuple):
    """A world ready to be written: its head, and the parts of each column."""

    head: bytes
    parts: list[NDArray[Any]]

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return SEAL + len(self.head) + sum(part.nbytes for part in self.parts)


def pack(world: Province, apart: Mapping[str, Any]) -> Packed:
    """A world without the things of ``apart``, which are handed in again when it is read."""
    rest = io.BytesIO()
    writer = _Writer(rest, apart)
    writer.dump(world)
    columns: list[Column] = []
    parts: list[NDArray[Any]] = []
    at = 0
    for array in writer.arrays:
        common, kept = _kept(array)
        check = 0
        for part in kept:
            check = zlib.crc32(_bytes_of(part).data, check)
        size = sum(part.nbytes for part in kept)
        stored = len(kept[-1])
        columns.append(Column(array.dtype.str, array.shape, common, stored, at, size, check))
        parts += kept
        at += size
    return Packed(pickle.dumps((rest.getvalue(), columns), protocol=5), parts)


def _kept(array: NDArray[Any]) -> tuple[bytes, list[NDArray[Any]]]:
    """The value that is not stored, if there is one; places and values, or values alone."""
    flat = array.reshape(-1)
    bits = flat.view(f"u{array.itemsize}") if array.itemsize in (1, 2, 4, 8) else None
    if bits is None or len(flat) >= 2**31:
        return b"", [flat]
    some = bits[:: max(1, len(bits) // LOOKED_AT)]
    values, numbers = np.unique(some, return_counts=True)
    common = values[np.argmax(numbers)]
    places = np.flatnonzero(bits != common)
    if len(places) * (4 + array.itemsize) > SPARSE * array.nbytes:
        return b"", [flat]
    return common.tobytes(), [places.astype(np.int32), flat[places]]


def _bytes_of(part: NDArray[Any]) -> Raw:
    return part.reshape(-1).view(np.uint8)


def write(packed: Packed, file: BinaryIO) -> None:
    """Write a file."""
    file.write(hashlib.sha256(packed.head).digest())
    file.write(len(packed.head).to_bytes(LENGTH, "little"))
    file.write(packed.head)
    for part in packed.parts:
        file.write(_bytes_of(part).data)


def read(path: Path, apart: Mapping[str, Any]) -> Province:
    """The world in a file.

    Raises:
        DamagedError: it is not what was written.
    """
    whole = path.stat().st_size
    with path.open("rb") as file:
        seal = file.read(SEAL)
        head = file.read(min(whole, int.from_bytes(seal[-LENGTH:], "little")))
    if len(seal) < SEAL or hashlib.sha256(head).digest() != seal[:-LENGTH]:
        raise DamagedError(path.name)
    rest, columns = pickle.loads(head)
    start = SEAL + len(head)
    if whole != start + sum(column.size for column in columns):
        raise DamagedError(path.name)
    threads = min(AT_ONCE, os.cpu_count() or 1)
    if threads == 1 or sum(column.size for column in columns) < LARGE:
        arrays = [_column(path, start, column) for column in columns]
    else:
        with ThreadPoolExecutor(threads) as pool:
            arrays = list(pool.map(lambda column: _column(path, start, column), columns))
    world: Province = _Reader(io.BytesIO(rest), apart, arrays).load()
    return world


def _column(path: Path, start: int, column: Column) -> NDArray[Any]:
    dtype = np.dtype(column.dtype)
    number = int(np.prod(column.shape))
    if not column.common:
        found = np.empty(number, dtype)
        _fill(path, start, column, found.view(np.uint8))
        return found.reshape(column.shape)
    room = np.empty(column.size, np.uint8)
    _fill(path, start, column, room)
    places = room[: 4 * column.stored].view(np.int32)
    values = np.frombuffer(room, dtype, column.stored, 4 * column.stored)
    common = np.frombuffer(column.common, dtype)
    found = np.zeros(number, dtype)  # memory that is not touched costs nothing
    if any(column.common):
        found[:] = common
    found[places] = values
    return found.reshape(column.shape)


def _fill(path: Path, start: int, column: Column, room: Raw) -> None:
    check, at = 0, 0
    with path.open("rb", buffering=0) as file:
        file.seek(start + column.at)
        while at < len(room):
            piece = room[at : at + PIECE]
            got = file.readinto(piece.data) or 0
            if got == 0:
                raise DamagedError(path.name)
            check = zlib.crc32(piece[:got].data, check)
            at += got
    if check != column.check:
        raise DamagedError(path.name)
