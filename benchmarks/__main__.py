"""Benchmarks: ``python -m benchmarks [engines | ladder | province | guard | lock] [--help]``.

``engines`` (also without a word): both engines on one province. ``ladder``: the frameworks of the
field on one small workload. ``province``: growth over agents, months, threads and instruments.
``guard``: fails if the lead over numpy shrinks. ``lock``: pins the frameworks again.
"""

import sys
from importlib import import_module
from importlib.util import find_spec

COMMANDS = {
    "engines": "benchmarks.engines",
    "ladder": "benchmarks.ladder.command",
    "province": "benchmarks.province",
    "guard": "benchmarks.guard",
    "lock": "benchmarks.ladder.locking",
}


def main(given: list[str]) -> int:
    """Hand the rest of the line to the command that its first word names."""
    word, rest = (given[0], given[1:]) if given and given[0][0] != "-" else ("engines", given)
    if given[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if word not in COMMANDS or find_spec(COMMANDS[word]) is None:
        print(f"unknown: {word}\n\n{__doc__}", file=sys.stderr)
        return 2
    return int(import_module(COMMANDS[word]).main(rest) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
