"""Golden digests: what every shipped scenario gives, in integers, and why that last changed.

``python -m tests.golden.digests --because "REASON"`` writes the digests anew and adds a row to
``moves.md`` that says which scenarios and which parts moved. Without ``--because`` it only says
what has moved. Floats are left out: integers are promised on every processor.
"""

import argparse
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from tests.lived import KINDS, Job, digest, digest_text, lived

FOLDER = Path(__file__).parent
FILE = FOLDER / "digests.json"
MOVES = FOLDER / "moves.md"
SEEDS = (1, 2, 3)
PARTS = (*KINDS, "ledger", "people")
Digests = dict[str, dict[str, str]]  # by "scenario seed", by part


def digests_of(province: Any) -> dict[str, str]:
    """One digest of integers a part, at the end of a run."""
    found = {}
    for kind in KINDS:
        columns = getattr(province, kind)
        whole = [name for name in sorted(columns) if np.issubdtype(columns[name].dtype, np.integer)]
        found[kind] = digest_text(repr([(name, digest(columns[name])) for name in whole]))
    lines = [(month, flow.instrument, int(flow.payer), int(flow.payee), *map(int, rest))
             for month, flow, *rest in province.ledger.lines]  # fmt: skip
    found["ledger"] = digest_text(repr(lines))
    history = [(month, moves.tolist()) for month, moves in province.people.history]
    found["people"] = digest_text(repr(history))
    return found


def all_digests() -> Digests:
    """Every shipped scenario with every seed, 48 months."""
    from scenarios.scenario import shipped

    return {
        f"{name} {seed}": digests_of(lived(Job(name, seed=seed)))
        for name in shipped()
        for seed in SEEDS
    }


def kept() -> Digests:
    found: Digests = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def combined(digests: Digests) -> str:
    text = json.dumps(digests, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def moved(before: Digests, after: Digests) -> str:
    """What differs, in a line: scenarios by part; empty if nothing does."""
    names: dict[str, set[str]] = {}
    for case in sorted(set(before) | set(after)):
        old, new = before.get(case, {}), after.get(case, {})
        for part in PARTS:
            if old.get(part) != new.get(part):
                names.setdefault(part, set()).add(case.split(" ")[0])
    every = {case.split(" ")[0] for case in after}
    return "; ".join(
        f"{part}: {'all' if names[part] == every else ', '.join(sorted(names[part]))}"
        for part in PARTS
        if part in names
    )


def reasons() -> list[tuple[str, str, str, str]]:
    """Rows of ``moves.md``: date, combined digest, what moved, why."""
    rows = [line.strip().strip("|").split("|") for line in MOVES.read_text("utf-8").splitlines()]
    cells = [tuple(cell.strip() for cell in row) for row in rows if len(row) == 4]
    return [row for row in cells if row[0][:1].isdigit()]  # type: ignore[misc]


def write(because: str) -> str:
    """Keep today's digests and say why they moved; returns what moved."""
    after = all_digests()
    what = moved(kept() if FILE.exists() else {}, after)
    if what:
        text = json.dumps(after, indent=1, sort_keys=True)
        FILE.write_text(text + "\n", encoding="utf-8")
        today = datetime.now(UTC).date().isoformat()
        with MOVES.open("a", encoding="utf-8") as file:
            file.write(f"| {today} | {combined(after)} | {what} | {because} |\n")
    return what


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--because", help="why results moved; writes them down")
    because = parser.parse_args().because
    what = write(because) if because else moved(kept(), all_digests())
    print(what or "nothing moved")


if __name__ == "__main__":
    main()
