"""Fail if the own engine's lead over hand-written numpy shrinks: ``python -m benchmarks guard``.

A ratio within one run says more than seconds, which differ between machines and hours.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.ladder.agreement import differences
from benchmarks.ladder.peers import NUMPY, OWN
from benchmarks.ladder.rounds import Job, run, tell
from benchmarks.ladder.spec import Case

LEAST = 8.0  # times as fast by the wall, with two threads
THREADS, MONTHS, EXACT = 2, 36, 2_000


def main(given: Sequence[str] | None = None) -> int:
    """Exit code 0: fast enough; 1: too slow or wrong; 2: cannot be judged on one processor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks guard", description=__doc__)
    parser.add_argument("--agents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--least", type=float, default=LEAST, help="ratio below which it fails")
    asked = parser.parse_args(given)
    if (os.cpu_count() or 1) < THREADS:
        tell(f"the ratio is for {THREADS} threads; this machine has one processor")
        return 2
    wrong = differences(Case(EXACT, MONTHS, 1))
    if wrong:
        tell(f"own engine differs from the plain rules in: {', '.join(wrong)}")
        return 1
    walls, cpus = [], []
    for luck in range(1, asked.rounds + 1):
        case = Case(asked.agents, MONTHS, luck, THREADS)
        own, peer = (run(Job(p, asked.agents, Path(sys.executable)), case) for p in (OWN, NUMPY))
        walls.append(peer["wall"] / own["wall"])
        cpus.append(peer["cpu"] / own["cpu"])
        tell(f"round {luck}/{asked.rounds}  {walls[-1]:.1f} by the wall, {cpus[-1]:.1f} by CPU")
    ratio = median(walls)
    verdict = "enough" if ratio >= asked.least else "too little"
    print(
        f"own engine over numpy, {asked.agents:,} workers, {THREADS} threads: {ratio:.1f} times by "
        f"the wall ({verdict}; at least {asked.least:g}), {median(cpus):.1f} by CPU seconds"
    )
    return int(ratio < asked.least)
