"""Fail if the own engine's lead over hand-written numpy shrinks: ``python -m benchmarks guard``.

A ratio within one run says more than seconds, which differ between machines and hours. The two
take turns, and the shortest time of each counts: other work on the machine only ever adds to it.
numpy works in one thread, so that on an idle machine its wall seconds are its CPU seconds; where
they are not, the ratio by the wall says nothing, and only that by CPU seconds is judged.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from math import inf
from pathlib import Path

from benchmarks.ladder.agreement import differences
from benchmarks.ladder.peers import NUMPY, OWN
from benchmarks.ladder.rounds import Job, run, tell
from benchmarks.ladder.spec import Case

LEAST = {"wall": 8.0, "cpu": 4.0}  # times as fast; by the wall with two threads
BUSY = 1.2  # wall over CPU seconds of numpy from which the machine has other work
THREADS, MONTHS, EXACT = 2, 36, 2_000


def main(given: Sequence[str] | None = None) -> int:
    """Exit code 0: fast enough in what can be judged; 1: too slow, or wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks guard", description=__doc__)
    parser.add_argument("--agents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    for what, least in LEAST.items():
        parser.add_argument(f"--least-{what}", type=float, default=least, help="fails below this")
    asked = parser.parse_args(given)
    wrong = differences(Case(EXACT, MONTHS, 1))
    if wrong:
        tell(f"own engine differs from the plain rules in: {', '.join(wrong)}")
        return 1
    shortest = dict.fromkeys(((p, what) for p in (OWN, NUMPY) for what in LEAST), inf)
    for luck in range(1, asked.rounds + 1):
        case = Case(asked.agents, MONTHS, luck, THREADS)
        for peer in (OWN, NUMPY):
            answer = run(Job(peer, asked.agents, Path(sys.executable)), case)
            tell(f"round {luck}/{asked.rounds}  {peer.name:6} {answer['wall']:.3f} s")
            for what in LEAST:
                shortest[peer, what] = min(shortest[peer, what], answer[what])
    judged = {
        "wall": (os.cpu_count() or 1) >= THREADS
        and shortest[NUMPY, "wall"] < BUSY * shortest[NUMPY, "cpu"],
        "cpu": True,
    }
    failed = False
    for what in LEAST:
        ratio, least = shortest[NUMPY, what] / shortest[OWN, what], getattr(asked, f"least_{what}")
        failed |= judged[what] and ratio < least
        verdict = f"at least {least:g} wanted" if judged[what] else "not judged: busy, or one core"
        print(f"own engine over numpy by {what}, {asked.agents:,} workers: {ratio:.1f} ({verdict})")
    return int(failed)
