"""The months before the document, lived once and kept: worlds at its eve, on disk.

A world at the eve of the document is the same for every scenario whose rules agree until then. It
is kept under a key of everything that shapes it: every source, parameter and input file of
``model`` and ``scenarios`` as loaded, the versions of Python, numba, numpy and mesa, base month,
first month, scale, seed, and every rule in force before the eve. Only worlds under the rules of
the shipped opinion are kept, since others are hardly met again. A file is held against its
checksums and mapped into memory; a run that writes changes its own copy only.

Files lie in the cache folder (``longjiang doctor`` names it) within ``BUDGET`` bytes; the ones
longest unused go first. ``LONGJIANG_CHECKPOINTS=off`` switches all of it off.
"""

import contextlib
import hashlib
import io
import os
import pickle
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from model import measures
from model.months import month
from model.province import Province
from scenarios.policy import Policy, canonical_json

if TYPE_CHECKING:
    from scenarios.runner import Request

EVE = month(2017, 12)  # first month of the document
BUDGET = 4 << 30  # bytes of all files together
ALIGNED = 64
SWITCH = "LONGJIANG_CHECKPOINTS"
WORLD, PART = ".world", ".part"
STALE = 3600  # seconds after which a part belongs to a process that was killed
ROOTS = tuple(Path(__file__).resolve().parents[1] / name for name in ("model", "scenarios"))
KEPT_APART = ("engine", "policy")  # handed in again where a world is read


def usable(request: "Request") -> bool:
    """Whether worlds of a request are kept: the compiled engine with the model's own rules."""
    off = os.environ.get(SWITCH, "").lower() in ("off", "0", "no")
    return not off and request.engine == "columns" and not request.behaviour()


def sources_digest() -> str:
    """SHA-256 over every source, parameter and input file behind a run, and the versions."""
    digest = hashlib.sha256()
    for root in ROOTS:
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".yaml", ".csv")):
            digest.update(path.relative_to(root.parent).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    versions = (sys.version_info[:3], *(version(name) for name in ("numba", "numpy", "mesa")))
    digest.update(repr((versions, sys.byteorder)).encode())
    return digest.hexdigest()


LOADED = sources_digest()  # of the code that this process runs, whatever is edited meanwhile


def key_of(policy: Policy, request: "Request", seed: int, start: int, base: str) -> str:
    """Name of a world at the eve: a digest of all that shapes the months before it."""
    before = {
        address: tuple(step for step in steps if step[0] < EVE)
        for address, steps in policy.steps.items()
    }
    told = (LOADED, canonical_json(before), str(request.scale), seed, base, start, EVE)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def cache_folder() -> Path:
    """The compiled engine's cache folder; the reference engine, which needs none, loads nothing."""
    from model.engines.kernels import cache_folder as of_engine

    return of_engine()


def folder() -> Path:
    """Where worlds are kept."""
    return cache_folder() / "worlds"


class _Writer(pickle.Pickler):
    """Leaves out what is handed in again, and reporters, which have a name."""

    def __init__(self, file: Any, world: Province, **given: Any) -> None:
        super().__init__(file, protocol=5, **given)
        self._apart = {id(getattr(world, name)): name for name in KEPT_APART}
        self._reporters = {id(one): name for name, one in measures.HEADLINES.items()}

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        """A name instead of the thing."""
        if id(obj) in self._apart:
            return "apart", self._apart[id(obj)]
        if id(obj) in self._reporters:
            return "reporter", self._reporters[id(obj)]
        return None


class _Reader(pickle.Unpickler):
    """Puts them back."""

    def __init__(self, file: Any, apart: dict[str, Any], **given: Any) -> None:
        super().__init__(file, **given)
        self._apart = apart

    def persistent_load(self, pid: tuple[str, str]) -> Any:
        """The thing behind a name."""
        kind, name = pid
        return self._apart[name] if kind == "apart" else measures.HEADLINES[name]


def keep(world: Province, name: str) -> None:
    """Write a world that stands at the eve; a full disk or a folder without rights is no error.

    Nothing is written where the sources were edited since they were loaded.
    """
    part = None
    try:
        folder().mkdir(parents=True, exist_ok=True)
        buffers: list[pickle.PickleBuffer] = []
        head = io.BytesIO()
        _Writer(head, world, buffer_callback=buffers.append).dump(world)
        raws = [buffer.raw() for buffer in buffers]
        size = sum(raw.nbytes for raw in raws)
        if size > min(BUDGET, shutil.disk_usage(folder()).free // 2) or sources_digest() != LOADED:
            return
        every: list[Any] = [head.getvalue(), *raws]
        sums = [hashlib.sha256(one).digest() for one in every]
        number, path = tempfile.mkstemp(PART, dir=folder())
        part = Path(path)
        with os.fdopen(number, "wb") as file:
            pickle.dump((head.getvalue(), [raw.nbytes for raw in raws], sums), file)
            for raw in raws:
                file.write(b"\0" * (-file.tell() % ALIGNED))
                file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder() / f"{name}{WORLD}")
        tidy(folder())
    except OSError:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink()


def find(name: str, engine: Any, policy: Policy) -> Any:
    """A kept world with its engine and policy, or None where there is none or it is damaged."""
    path = folder() / f"{name}{WORLD}"
    try:
        return _read(path, {"engine": engine, "policy": policy})
    except FileNotFoundError:
        return None
    except Exception:  # noqa: BLE001 - whatever a damaged file does, the world is made again
        with contextlib.suppress(OSError):
            path.unlink()
        return None


def _read(path: Path, apart: dict[str, Any]) -> Province:
    with path.open("rb") as file:
        head, sizes, sums = pickle.load(file)
        at = file.tell()
    with contextlib.suppress(OSError):
        os.utime(path)
    whole = np.memmap(path, np.uint8, "c")
    buffers = []
    for size in sizes:
        at += -at % ALIGNED
        buffers.append(whole[at : at + size].data)
        at += size
    every: list[Any] = [head, *buffers]
    found = [hashlib.sha256(part).digest() for part in every]
    if found != sums:
        raise ValueError(f"{path} is damaged")
    world: Province = _Reader(io.BytesIO(head), apart, buffers=buffers).load()
    return world


def tidy(where: Path) -> None:
    """Remove parts that were never finished, then files longest unused until all fit."""
    now = time.time()
    for path in where.glob(f"*{PART}"):
        if now - path.stat().st_mtime > STALE:
            path.unlink(missing_ok=True)
    files = sorted(where.glob(f"*{WORLD}"), key=lambda p: p.stat().st_mtime, reverse=True)
    total = 0
    for path in files:
        total += path.stat().st_size
        if total > BUDGET:
            path.unlink(missing_ok=True)
