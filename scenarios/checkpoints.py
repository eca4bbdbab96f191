"""The months before the document, lived once and kept: worlds at its eve, on disk.

A world at the eve of the document is the same for every scenario whose rules agree until then. It
is kept under a key of everything that shapes it: every source, parameter and input file of
``model`` and ``scenarios`` as loaded, the versions of Python, numba, numpy and mesa, base month,
first month, scale, seed, and every rule in force before the eve. Only worlds under the rules of
the shipped opinion are kept, since others are hardly met again. What a file holds:
:mod:`scenarios.worlds`.

Files lie in the cache folder (``longjiang doctor`` names it) within ``BUDGET`` bytes; the ones
longest unused go first. ``LONGJIANG_CHECKPOINTS=off`` switches all of it off.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from model.months import month
from model.province import Province
from model.words import both
from scenarios.policy import Policy, canonical_json
from scenarios.worlds import pack, read, write

if TYPE_CHECKING:
    from scenarios.runner import Request

EVE = month(2017, 12)  # first month of the document
BUDGET = 4 << 30  # bytes of all files together
SWITCH = "LONGJIANG_CHECKPOINTS"
WORLD, PART = ".world", ".part"
STALE = 3600  # seconds after which a part belongs to a process that was killed
ROOTS = tuple(Path(__file__).resolve().parents[1] / name for name in ("model", "scenarios"))


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


def apart_of(engine: Any, policy: Policy) -> dict[str, Any]:
    """What is handed in again where a world is read."""
    return {"engine": engine, "policy": policy}


def keep(world: Province, name: str) -> None:
    """Write a world that stands at the eve; a full disk or a folder without rights is no error.

    Nothing is written where the sources were edited since they were loaded.
    """
    part = None
    try:
        folder().mkdir(parents=True, exist_ok=True)
        packed = pack(world, apart_of(world.engine, cast(Policy, world.policy)))
        room = min(BUDGET, shutil.disk_usage(folder()).free // 2)
        if packed.size > room or sources_digest() != LOADED:
            return
        number, path = tempfile.mkstemp(PART, dir=folder())
        part = Path(path)
        with os.fdopen(number, "wb") as file:
            write(packed, file)
        part.replace(file_of(name))
        tidy(folder())
    except OSError:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink()


def file_of(name: str) -> Path:
    """Where a world of this name lies, if it is kept."""
    return folder() / f"{name}{WORLD}"


def find(name: str, engine: Any, policy: Policy) -> Any:
    """A kept world with its engine and policy, or None where there is none or it is damaged.

    A damaged one is removed, and standard error says so, once a process.
    """
    path = file_of(name)
    try:
        found = read(path, apart_of(engine, policy))
    except (FileNotFoundError, MemoryError, PermissionError):
        return None  # nothing says that the file is bad
    except Exception as error:  # noqa: BLE001 - whatever a damaged file does, the world is made again
        _tell_unreadable(str(path), f"{type(error).__name__}: {error}")
        with contextlib.suppress(OSError):
            path.unlink()
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return found


_told: set[str] = set()  # what standard error was told of


def _tell_unreadable(path: str, why: str) -> None:
    if "unreadable" not in _told:
        _told.add("unreadable")
        for said in both("run.unreadable_world", path=path, why=why).values():
            print(said, file=sys.stderr)


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
