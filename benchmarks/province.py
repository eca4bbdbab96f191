"""Where the time of the province goes: ``python -m benchmarks province [--only whole,stages]``.

``whole``: the province at 1:1 from its first month, by threads. ``growth``: time per agent-month
over sizes of the sample. ``months``: by length of the run. ``instruments``: all and few.
``stages``: the month's stages at 1:1. ``mesa``: the compiled engine against the reference at equal
size. ``warm``: 1:1 from the kept world, reading it inside the clock. ``cold``: the command itself
in a new process, results written. ``runs``: many seeds of a 1/40 sample by all cores, seconds of
1,000 runs. ``--times`` says how often these three repeat. Every part runs in a process of its own,
part by part; figures of other machines and hours cannot be compared, ratios of one run can. Event
rates stand beside the times.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.engines import peak_memory
from benchmarks.whole import WHOLE
from model.months import parse_month
from model.province import Province
from scenarios.runner import Request, begin, live, people_of
from scenarios.scenario import load

PARTS = ("whole", "growth", "months", "instruments", "stages", "mesa", *WHOLE)
EVENTS = ("quits", "hires", "person_times", "applications", "certificates")
SIZES = (200, 100, 50, 20, 10, 5, 2, 1)  # 1/n of the province
OUT = Path("build/bench/province.json")


def start(name: str, n: int, threads: int, until: str, engine: str = "columns") -> Province:
    """A province before its first month, its kernels compiled."""
    request = Request(Fraction(1, n), 1, 1, engine, until, threads=threads)
    if engine == "columns":  # kernels are compiled or read before the clock starts
        small = Request(Fraction(1, 1000), 1, 1, engine, until, threads=1)
        live(begin(load(name), people_of(small, 1), small, 1), parse_month("2019-12"))
    return begin(load(name), people_of(request, 1), request, 1)


def rates(province: Province) -> dict[str, float]:
    """Events per thousand persons and month, so that a faster run that does less is seen."""
    months, persons = province.month - province.start, len(province.workers["id"])
    total: Counter[str] = Counter()
    for (name, _), cells in province.counts.cells.items():
        if name in EVENTS:
            total[name] += int(cells.sum())
    return {name: round(1000 * total[name] / months / persons, 3) for name in EVENTS}


def measure(part: str, given: dict[str, Any]) -> dict[str, Any]:
    """One run, in this process: wall and CPU seconds, size, events and peak memory."""
    if part in WHOLE:
        return {"part": part, **WHOLE[part](given)}
    began = time.perf_counter()
    name, n, threads = given["scenario"], given["n"], given["threads"]
    province = start(name, n, threads, given["until"], given.get("engine", "columns"))
    made = time.perf_counter() - began
    first = province.month
    stages = watch_stages() if part == "stages" else None
    cpu = time.process_time()
    wall = live(province, parse_month(given["until"]))
    spent = time.process_time() - cpu
    persons, months = len(province.workers["id"]), province.month - first
    found = {
        **given,
        "part": part,
        "persons": persons,
        "months": months,
        "made_s": round(made, 2),
        "wall_s": round(wall, 3),
        "cpu_s": round(spent, 3),
        "ns_per_agent_month": round(1e9 * wall / persons / months, 1),
        "cpu_ns_per_agent_month": round(1e9 * spent / persons / months, 1),
        "peak_mib": round(peak_memory()),
        "events": rates(province),
    }
    if stages is not None:
        found["stages"] = {k: round(1e3 * v / months, 2) for k, v in stages.most_common()}
    return found


def watch_stages() -> "Counter[str]":
    """Put clocks round the stages of the month; wall seconds by stage."""
    from model.month import schedule

    spent: Counter[str] = Counter()

    def timed(stage: Any, name: str) -> Any:
        def run(province: Province) -> Any:
            began = time.perf_counter()
            answer = stage(province)
            spent[name] += time.perf_counter() - began
            return answer

        return run

    for name, module in list(vars(schedule).items()):
        if getattr(module, "__name__", "").startswith("model.month."):
            calls = {k: v for k, v in vars(module).items() if callable(v)}
            clocks = {k: timed(v, f"{name}.{k}") for k, v in calls.items()}
            setattr(schedule, name, SimpleNamespace(**clocks))
    return spent


def plan(
    parts: Sequence[str], cores: int, largest: int, times: int | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """Runs of the asked parts: largest is the n of the largest sample, times how often."""
    whole = {"scenario": "policy_2017", "n": largest, "threads": cores, "until": "2020-12"}
    small = {**whole, "n": 20, "threads": 1}
    every = {
        "whole": [{**whole, "threads": t} for t in range(1, cores + 1)],
        "growth": [{**small, "n": n, "until": "2018-12"} for n in SIZES if n >= largest],
        "months": [{**small, "until": until} for until in ("2017-12", "2018-12", "2022-12")],
        "instruments": [
            {**small, "scenario": name}
            for name in ("bare", "only_skill_upgrade_subsidy", "no_policy", "policy_2017")
        ],
        "stages": [{**whole, "until": "2018-12"}],
        "mesa": [
            {**small, "n": 250, "until": "2017-06", "engine": engine}
            for engine in ("mesa", "columns")
        ],
        "warm": [{**whole, "times": times or 3}],
        "cold": [{**whole, "times": times or 3}],
        "runs": [{**whole, "n": 40, "times": times or 100, "kept": kept} for kept in (False, True)],
    }
    return [(part, run) for part in parts for run in every[part]]


def table(found: Sequence[dict[str, Any]]) -> str:
    """The figures as a Markdown table, and the stages below."""
    head = ("part", "scenario", "1/n", "persons", "months", "threads", "made s", "wall s", "CPU s")
    head += ("ns an agent-month", "CPU ns", "peak MiB", "certificates a 1,000 a month")
    rows = [
        (
            f"{one['part']}{' (mesa)' if one.get('engine') == 'mesa' else ''}",
            one["scenario"],
            one["n"],
            f"{one['persons']:,}",
            one["months"],
            one["threads"],
            one["made_s"],
            one["wall_s"],
            one["cpu_s"],
            one["ns_per_agent_month"],
            one["cpu_ns_per_agent_month"],
            round(one["peak_mib"]),
            one["events"].get("certificates", "-"),
        )
        for one in found
    ]
    lines = [f"| {' | '.join(map(str, row))} |" for row in (head, ("---",) * len(head), *rows)]
    for one in found:
        if "seconds_per_1000" in one:
            start = "kept worlds" if one["kept"] else "the population"
            lines.append(f"    1,000 runs from {start}: {one['seconds_per_1000']} s")
        for name, spent in list(one.get("stages", {}).items())[:25]:
            lines.append(f"    {name:32} {spent:8.2f} ms a month")
    return "\n".join(lines)


def main(given_words: Sequence[str] | None = None) -> int:
    """Run the parts and print the table; each run in a fresh process."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks province", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--largest", type=int, default=1, help="n of the largest sample, 1/n")
    parser.add_argument("--times", type=int, help="repeats of warm and cold (3), runs (100)")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args(given_words)
    if given.one:
        print(json.dumps(measure(*json.loads(given.one))))
        return 0
    parts = given.only.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"unknown part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    runs = plan(parts, given.threads, given.largest, given.times)
    found = []
    for number, run in enumerate(runs, start=1):
        print(f"{number}/{len(runs)} {run[0]} {run[1]}", file=sys.stderr, flush=True)
        words = [sys.executable, "-m", "benchmarks", "province", "--one", json.dumps(run)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        found.append(json.loads(done.stdout.splitlines()[-1]))
        OUT.parent.mkdir(parents=True, exist_ok=True)
        OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    return 0
