"""How an implementation is timed and what it says: one line of JSON on standard output.

An implementation is a function ``start(case)`` which builds everything and returns a function of
no arguments that lives the months and returns ``table[month, measure]``. Only that second
function is timed. It is repeated, each time from a new start, until the timed stretches add up
to ``ENOUGH`` seconds or there are ``MOST`` of them; medians are reported.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.ladder.spec import Case, totals

Live = Callable[[], Any]
ENOUGH, MOST = 1.0, 5
STATUS = Path("/proc/self/status")


def peak_bytes() -> float:
    """Peak memory of this process; not a number where the system does not tell.

    Linux hands the peak of a parent on to its child in ``getrusage``, so its own file comes first.
    """
    if STATUS.exists():
        told = dict(line.split(":", 1) for line in STATUS.read_text("utf-8").splitlines())
        return float(told["VmHWM"].split()[0]) * 1024
    try:
        resource = import_module("resource")
    except ImportError:
        return float("nan")
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak if sys.platform == "darwin" else peak * 1024


def measure(
    start: Callable[[Case], Live], case: Case, warm: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Seconds by the wall and of the processor, bytes a worker, and totals of one case.

    ``warm`` compiles what does not depend on the case; its time belongs to the set-up, its memory
    to nobody.
    """
    began = time.perf_counter()
    if warm:
        warm()
    before = peak_bytes()
    live = start(case)
    set_up = time.perf_counter() - began
    walls: list[float] = []
    cpus: list[float] = []
    table = peak = None
    while True:
        wall, cpu = time.perf_counter(), time.process_time()
        table = live()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
        peak = peak or peak_bytes()
        if len(walls) == MOST or sum(walls) >= ENOUGH:
            break
        live = start(case)
    counted = np.asarray(table, dtype=float)
    assert counted.shape[0] == case.months
    return {
        "set_up": round(set_up, 4),
        "wall": median(walls),
        "cpu": median(cpus),
        "repeats": len(walls),
        "bytes_per_agent": None if peak != peak else ((peak or 0) - before) / case.agents,
        "totals": totals(counted).tolist(),
    }


def report(
    package: str,
    start: Callable[[Case], Live],
    warm: Callable[[], None] | None = None,
) -> None:
    """Measure the case given on the command line and print it; ``package`` names the version."""
    parser = argparse.ArgumentParser()
    for name in Case._fields:
        parser.add_argument(name, type=int)
    case = Case(**vars(parser.parse_args()))
    about = {"version": metadata.version(package), "python": sys.version.split()[0]}
    print(json.dumps(about | measure(start, case, warm)), flush=True)
