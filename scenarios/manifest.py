"""The manifest: everything that is needed to judge a run and to make it again."""

import hashlib
import importlib.metadata
import os
import platform
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from model.months import format_month
from model.parameters.reader import FOLDERS
from model.results import Run
from scenarios.policy import dated
from scenarios.runner import BASE, Request
from scenarios.scenario import SHIPPED, Scenario

PROGRAM = "longjiang"
HOUSE = SHIPPED.parent
LIBRARIES = ("numpy", "numba", "scipy", "pandas", "pyarrow", "mesa", "joblib")
TABLES = HOUSE / "model" / "population" / "inputs"
CODE = ("model", "scenarios")


def manifest(
    scenario: Scenario, runs: Sequence[Run], request: Request, made: Mapping[str, Any]
) -> dict[str, Any]:
    """The manifest of one scenario.

    Args:
        scenario: what was run.
        runs: its runs.
        request: how it was run.
        made: what else to say: ``command``, ``given`` (names and files as typed),
            ``wall_seconds``, ``files`` with their digests.
    """
    policy = scenario.policy()
    return {
        "program": PROGRAM,
        "scenario": {
            "name": scenario.name,
            "digest": scenario.digest,
            "lineage": list(scenario.lineage),
            "content": scenario.as_mapping(),
        },
        "values_digest": policy.digest,
        "values": {address: dated(steps) for address, steps in sorted(policy.steps.items())},
        "seeds": [run.seed for run in runs],
        "draws": sorted({run.draw for run in runs}),
        "scale": str(request.scale),
        "weight": runs[0].weight,
        "engine": request.engine,
        "base": BASE,
        "first_month": format_month(runs[0].start),
        "last_month": format_month(runs[0].end),
        "inputs": inputs([Path(name) for name in made.get("given", ())]),
        "code_digest": code_digest(),
        "versions": versions(),
        "platform": {
            "system": f"{platform.system()} {platform.release()}",
            "machine": platform.machine(),
            "processors": os.cpu_count(),
        },
        "model_seconds": round(sum(run.seconds for run in runs), 3),
        "peak_memory_mib": peak_memory(),
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **made,
    }


def inputs(extra: Sequence[Path] = ()) -> dict[str, str]:
    """SHA-256 of every parameter file, table and shipped scenario, and of ``extra`` files."""
    files = [path for folder, _ in FOLDERS for path in folder.glob("*.yaml")]
    files += [*TABLES.glob("*.csv"), *SHIPPED.glob("*.yaml")]
    found = {path.relative_to(HOUSE).as_posix(): digest_of_file(path) for path in sorted(files)}
    return {**found, **{str(path): digest_of_file(path) for path in extra if path.is_file()}}


def code_digest() -> str:
    """SHA-256 over the source of the model and of what reads and runs scenarios."""
    total = hashlib.sha256()
    for package in CODE:
        for path in sorted((HOUSE / package).rglob("*.py")):
            total.update(path.relative_to(HOUSE).as_posix().encode() + b"\0")
            total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Versions of this program, of Python and of the libraries that compute."""
    found = {"python": platform.python_version()}
    for name in (PROGRAM, *LIBRARIES):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def peak_memory() -> float | None:
    """Largest memory of this process or of one of its ended workers, MiB; None if not to be told.

    Workers count once they have ended, so that callers shut them down first.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(who).ru_maxrss for who in whose) * unit / (1 << 20), 1)


def command_of(words: Sequence[str], request: Request) -> str:
    """The command line that makes a result again; ``words`` are the command and its scenarios."""
    options = {
        "--scale": shown(request.scale),
        "--seeds": request.seeds,
        "--seed": request.seed,
        "--engine": request.engine,
        "--until": request.until,
    }
    rest = [part for name, value in options.items() for part in (name, str(value))]
    return shlex.join([PROGRAM, *words, *rest])


def shown(scale: Fraction) -> str:
    """A scale as the command line takes it."""
    return f"{scale.numerator}/{scale.denominator}" if scale != 1 else "1"
