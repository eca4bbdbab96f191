"""The whole run as its user meets it: parts ``warm``, ``cold`` and ``runs`` of the province."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import joblib

from benchmarks.engines import peak_memory
from model.months import parse_month
from scenarios.checkpoints import EVE, SWITCH
from scenarios.processes import end_processes
from scenarios.runner import START, Request, begin, discard, live, opened, people_of, run_scenarios
from scenarios.scenario import load

COMMAND = "from app.cli import main; main()"


def request_of(given: Mapping[str, Any], **changed: Any) -> Request:
    """How to run what a part asks for."""
    asked = {"scale": Fraction(1, given["n"]), "seeds": 1, "threads": given.get("threads")}
    return Request(**{**asked, "until": given["until"], **changed})


def figures(given: Mapping[str, Any], persons: int, months: int, **found: Any) -> dict[str, Any]:
    """What a row of the table shows."""
    return {**given, "persons": persons, "months": months, "events": {}, **found}


def warm(given: Mapping[str, Any]) -> dict[str, Any]:
    """From the kept world at the eve to the last month, kernels loaded; medians of seconds.

    ``made_s`` is reading the world, which stands for the fork; ``wall_s`` holds it and the months.
    """
    scenario, request = load(given["scenario"]), request_of(given)
    last = parse_month(given["until"])
    small = request_of(given, scale=Fraction(1, 1000))
    live(begin(scenario, people_of(small, 1), small, 1), last)
    discard(opened(scenario, request, 1, last)[0])  # kept from here on
    rows = []
    persons = months = 0
    for _ in range(given["times"]):
        cpu, began = time.process_time(), time.perf_counter()
        province, _ = opened(scenario, request, 1, last)
        read = time.perf_counter() - began
        persons, months = len(province.workers["id"]), last + 1 - province.month
        live(province, last)
        rows.append((read, time.perf_counter() - began, time.process_time() - cpu))
        discard(province)
    read, wall, cpu = (median(column) for column in zip(*rows, strict=True))
    return figures(
        given, persons, months, **timed(read, wall, cpu, persons * months), peak_mib=peak_memory()
    )


def cold(given: Mapping[str, Any]) -> dict[str, Any]:
    """The command itself in a new process, results written; medians of seconds, highest peak.

    A first run, which compiles, makes and keeps what is missing, is not timed; the peak is that of
    all runs, so it stands for a run from the kept world only where nothing was missing.
    """
    rows = []
    for number in range(given["times"] + 1):
        with tempfile.TemporaryDirectory() as folder:
            words = [
                *(sys.executable, "-c", COMMAND, "run", given["scenario"], "--alone"),
                *("--scale", f"1/{given['n']}", "--seeds", "1", "--jobs", "1"),
                *("--until", given["until"], "--out", str(Path(folder) / "results")),
            ]
            cpu, began = _spent_by_children(), time.perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
            if number:
                rows.append((time.perf_counter() - began, _spent_by_children() - cpu))
    wall, spent = (median(column) for column in zip(*rows, strict=True))
    persons = len(people_of(request_of(given), 1).workers["id"])
    months = parse_month(given["until"]) + 1 - EVE
    found = timed(0.0, wall, spent, persons * months)
    return figures(given, persons, months, **found, peak_mib=_peak_of_children())


def runs(given: Mapping[str, Any]) -> dict[str, Any]:
    """Many seeds of a sample by all cores; seconds of 1,000 runs beside those measured.

    ``kept`` says whether worlds at the eve are kept already, or each run begins with its people.
    """
    request = request_of(given, seeds=given["times"], threads=None)
    scenario = load(given["scenario"])
    os.environ[SWITCH] = "on" if given["kept"] else "off"
    run_scenarios([scenario], request_of(given, seeds=2 * joblib.cpu_count(), threads=None))
    if given["kept"]:
        run_scenarios([scenario], request)
    began = time.perf_counter()
    run_scenarios([scenario], request)
    wall = time.perf_counter() - began
    end_processes()
    persons = len(people_of(request, 1).workers["id"])
    months = parse_month(given["until"]) + 1 - (EVE if given["kept"] else START)
    found = timed(0.0, wall, wall, persons * months * given["times"])
    each = {"seconds_per_1000": round(1000 * wall / given["times"], 1)}
    return figures(given, persons, months, **found, **each, peak_mib=_peak_of_children())


def timed(made: float, wall: float, cpu: float, lived: int) -> dict[str, float]:
    """Seconds, and nanoseconds an agent-month."""
    return {
        "made_s": round(made, 2),
        "wall_s": round(wall, 3),
        "cpu_s": round(cpu, 3),
        "ns_per_agent_month": round(1e9 * wall / max(1, lived), 1),
        "cpu_ns_per_agent_month": round(1e9 * cpu / max(1, lived), 1),
    }


def _spent_by_children() -> float:
    """CPU seconds of all processes that were started and have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _peak_of_children() -> float:
    """Highest peak memory of a process that was started and has ended, MiB."""
    try:
        resource = import_module("resource")
    except ImportError:
        return float("nan")
    peak = float(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


WHOLE = {"warm": warm, "cold": cold, "runs": runs}
