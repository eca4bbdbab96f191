"""Compare the frameworks of the field on one small workload: ``python -m benchmarks ladder``.

Environments are made under build/bench when first needed. Finished runs are kept, so the command
may be stopped and given again. The table goes to standard output and, with all its fields, to
build/bench/ladder.csv and ladder.md; progress goes to standard error.
"""

import argparse
import json
import os
import platform
from collections.abc import Sequence

import numpy as np

from benchmarks.ladder import rounds, table
from benchmarks.ladder.agreement import Reference, differences, reference
from benchmarks.ladder.environments import BUILT
from benchmarks.ladder.peers import OWN, PEERS
from benchmarks.ladder.spec import Case

EXACT = 5_000  # workers in the comparison with the plain rules
KNOWN = BUILT / "ladder_reference.jsonl"


def known(agents: int, months: int) -> Reference:
    """The reference of a size, kept from an earlier run of the same sources."""
    mark = [agents, months, rounds.sources(OWN)]
    for text in KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else []:
        line = json.loads(text)
        if line["mark"] == mark:
            return Reference(np.array(line["mean"]), np.array(line["spread"]), line["lucks"])
    rounds.tell(f"reference of {agents:,} workers")
    found = reference(agents, months)
    KNOWN.parent.mkdir(parents=True, exist_ok=True)
    with KNOWN.open("a", encoding="utf-8") as file:
        line = {"mark": mark, "lucks": found.lucks}
        line |= {"mean": found.mean.tolist(), "spread": found.spread.tolist()}
        file.write(json.dumps(line) + "\n")
    return found


def main(given: Sequence[str] | None = None) -> int:
    """Run what is missing, print the table. Exit code 1 if the own engine is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ladder", description=__doc__)
    parser.add_argument("--agents", type=int, default=1_000_000, help="workers (objects: fewer)")
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    names = ",".join(peer.name for peer in PEERS)
    parser.add_argument("--only", default=names, help=f"some of {names}")
    parser.add_argument("--fresh", action="store_true", help="forget finished runs")
    asked = parser.parse_args(given)
    wanted = asked.only.split(",")
    if unknown := sorted(set(wanted) - set(names.split(","))):
        parser.error(f"unknown: {', '.join(unknown)}; there are {names}")
    if asked.fresh:
        rounds.KEPT.unlink(missing_ok=True)
    wrong = differences(Case(EXACT, asked.months, 1))
    if wrong:
        rounds.tell(f"own engine differs from the plain rules in: {', '.join(wrong)}")
        return 1
    ready, gaps = rounds.jobs([p for p in PEERS if p.name in wanted], asked.agents)
    try:
        lines = list(rounds.rounds(ready, asked.months, asked.rounds, asked.threads, gaps))
    except KeyboardInterrupt:
        rounds.tell("stopped; finished runs are kept, the same command goes on from here")
        return 130
    sizes = {line["run"][1] for line in lines}
    made = table.rows(lines, PEERS, {size: known(size, asked.months) for size in sizes}, gaps)
    text = table.markdown(made)
    table.write_csv(made, BUILT / "ladder.csv")
    (BUILT / "ladder.md").write_text(text, encoding="utf-8")
    print(text)
    print(
        f"{asked.months} months, {asked.threads} threads of {os.cpu_count()}, "
        f"{platform.machine()} {platform.system()}; own engine equal to the plain rules in every "
        f"bit at {EXACT:,} workers"
    )
    mine = [row.says for row in made if row.peer == OWN.name]
    return int("disagrees" in mine)
