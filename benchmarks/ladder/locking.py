"""Pin every framework again, with hashes: ``python -m benchmarks lock``, after ``make lock``."""

import argparse
import subprocess
from collections.abc import Sequence

from benchmarks.ladder.environments import ROOT, lock_of
from benchmarks.ladder.peers import PEERS

COMMAND = "python -m benchmarks lock"


def main(given: Sequence[str] | None = None) -> None:
    """Pin what the peers ask for, each in a file of its own."""
    argparse.ArgumentParser(prog=COMMAND, description=__doc__).parse_args(given)
    tool = ROOT / "build" / "lock" / "bin" / "uv"
    if not tool.exists():
        raise SystemExit(f"run `make lock` first: there is no {tool.relative_to(ROOT)}")
    flags = "pip compile --no-config --quiet --universal --fork-strategy fewest --only-binary :all:"
    flags += " --generate-hashes --strip-extras --no-annotate --no-emit-index-url"
    flags += " --no-emit-find-links --custom-compile-command"
    for peer in PEERS:
        if peer.packages:
            version = ["--python-version", ".".join(map(str, peer.python))]
            subprocess.run(
                [str(tool), *flags.split(), COMMAND, *version, "-o", str(lock_of(peer)), "-"],
                input="\n".join(peer.packages),
                text=True,
                check=True,
            )
