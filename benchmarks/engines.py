"""Time both engines on the same province: ``python -m benchmarks [engines] [--scale 1/2000]``.

Prints agent-months per CPU second of each engine, their ratio in this run, and peak memory. The
figures of one machine are not those of another; the ratio is what to compare.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module

from model.months import parse_month
from scenarios.runner import Request, begin, live, people_of
from scenarios.scenario import load


def measure(engine: str, scale: Fraction, until: str) -> tuple[int, float, float]:
    """Agent-months lived, CPU seconds and wall seconds of one run after a warm start."""
    scenario = load("policy_2017")
    request = Request(scale=scale, until=until, engine=engine)
    people = people_of(request, 1)
    if engine == "columns":
        live(begin(scenario, people, request, 1), parse_month("2017-02"))
    province = begin(scenario, people, request, 1)
    start = province.month
    cpu = time.process_time()
    wall = live(province, parse_month(until))
    spent = time.process_time() - cpu
    months = province.month - start
    return len(people.workers["id"]) * months, spent, wall


def peak_memory() -> float:
    """Peak memory of this process in MiB; not a number where the system does not tell."""
    try:
        resource = import_module("resource")
    except ImportError:
        return float("nan")
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(given_words: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks engines", description=__doc__)
    parser.add_argument("--scale", type=Fraction, default=Fraction(1, 20))
    parser.add_argument("--mesa-scale", type=Fraction, default=Fraction(1, 2000))
    parser.add_argument("--until", default="2020-12")
    given = parser.parse_args(given_words)
    rates = {}
    print("engine   scale   agent-months  cpu s  wall s  agent-months per cpu s")
    for engine, scale in (
        ("columns", given.scale),
        ("columns", given.mesa_scale),
        ("mesa", given.mesa_scale),
    ):
        lived, cpu, wall = measure(engine, scale, given.until)
        rates[engine, scale] = lived / cpu
        print(f"{engine:8} {scale!s:7} {lived:12,}  {cpu:5.2f}  {wall:6.2f}  {lived / cpu:14,.0f}")
    ratio = rates["columns", given.scale] / rates["mesa", given.mesa_scale]
    same = rates["columns", given.mesa_scale] / rates["mesa", given.mesa_scale]
    print(f"columns over mesa: {ratio:,.0f} times (at {given.mesa_scale}: {same:,.0f} times)")
    print(f"peak memory: {peak_memory():,.0f} MiB")
