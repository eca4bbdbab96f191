"""The months before the document, lived once and kept: worlds at its eve, on disk.

A world at the eve of the document is the same for every scenario whose rules agree until then. It
is kept under a key of everything that shapes it: every source, parameter and input file of the
model, the versions of Python, numba and numpy, base month, first month, scale, seed, and every
rule in force before the eve. It is read by mapping its file into memory, so that columns that a
run does not touch are not read, and a run that writes changes its own copy only.

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
from functools import cache
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
    from scenarios.scenario import Scenario

EVE = month(2017, 12)  # first month of the document
BUDGET = 4 << 30  # bytes of all files together
ALIGNED = 64
SWITCH = "LONGJIANG_CHECKPOINTS"
MODEL = Path(sys.modules["model"].__path__[0])
KEPT_APART = ("engine", "policy")  # handed in again where a world is read


def usable(request: "Request") -> bool:
    """Whether worlds of a request are kept: the compiled engine with the model's own rules."""
    off = os.environ.get(SWITCH, "").lower() in ("off", "0", "no")
    return not off and request.engine == "columns" and not request.behaviour()


@cache
def model_digest() -> str:
    """SHA-256 over every file of the model and the versions that shape its numbers."""
    digest = hashlib.sha256()
    for path in sorted(p for p in MODEL.rglob("*") if p.suffix in (".py", ".yaml", ".csv")):
        digest.update(path.relative_to(MODEL).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    versions = (sys.version_info[:3], version("numba"), np.__version__, sys.byteorder)
    digest.update(repr(versions).encode())
    return digest.hexdigest()


def key_of(policy: Policy, request: "Request", seed: int, start: int) -> str:
    """Name of a world at the eve: a digest of all that shapes the months before it."""
    before = {
        address: tuple(step for step in steps if step[0] < EVE)
        for address, steps in policy.steps.items()
    }
    told = (model_digest(), canonical_json(before), str(request.scale), seed, start, EVE)
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


def keep(world: Province, scenario: "Scenario", request: "Request", seed: int) -> None:
    """Write a world that stands at the eve; a full disk or a folder without rights is no error."""
    path = folder() / f"{key_of(scenario.policy(), request, seed, world.start)}.world"
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        buffers: list[pickle.PickleBuffer] = []
        head = io.BytesIO()
        _Writer(head, world, buffer_callback=buffers.append).dump(world)
        raws = [buffer.raw() for buffer in buffers]
        size = sum(raw.nbytes for raw in raws)
        if size > BUDGET or size > shutil.disk_usage(path.parent).free // 2:
            return
        with part.open("wb") as file:
            pickle.dump((head.getvalue(), [raw.nbytes for raw in raws]), file)
            for raw in raws:
                file.write(b"\0" * (-file.tell() % ALIGNED))
                file.write(raw)
        part.replace(path)
        tidy(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()


def find(scenario: "Scenario", request: "Request", seed: int, start: int, engine: Any) -> Any:
    """A world at the eve with its engine and policy, or None where none is kept."""
    policy = scenario.policy()
    path = folder() / f"{key_of(policy, request, seed, start)}.world"
    try:
        with path.open("rb") as file:
            head, sizes = pickle.load(file)
            at = file.tell()
        os.utime(path)
        whole = np.memmap(path, np.uint8, "c")
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None
    buffers = []
    for size in sizes:
        at += -at % ALIGNED
        buffers.append(whole[at : at + size].data)
        at += size
    if at > len(whole):
        return None
    given = {"engine": engine, "policy": policy}
    return _Reader(io.BytesIO(head), given, buffers=buffers).load()


def tidy(where: Path) -> None:
    """Remove the files longest unused until all fit into the budget."""
    files = sorted(where.glob("*.world"), key=lambda p: p.stat().st_mtime, reverse=True)
    total = 0
    for path in files:
        total += path.stat().st_size
        if total > BUDGET:
            path.unlink(missing_ok=True)
