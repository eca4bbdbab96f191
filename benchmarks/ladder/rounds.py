"""Runs the implementations round by round, so that noise of the machine meets all of them.

What is finished is kept in ``build/bench/ladder.jsonl``, one line a run; a run whose sources have
changed is done again. So a comparison may be stopped and started again.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.ladder.environments import BUILT, ROOT, GapError, interpreter, lock_of
from benchmarks.ladder.peers import OWN, Peer
from benchmarks.ladder.spec import Case

HERE = Path(__file__).parent
KEPT = BUILT / "ladder.jsonl"
MINE = ("kernels", "luck", "own", "rules")
LONGEST = 900.0  # seconds for one run


class Job(NamedTuple):
    """One implementation at one size; ``python`` is the interpreter that runs it."""

    peer: Peer
    agents: int
    python: Path


def jobs(peers: Iterable[Peer], agents: int) -> tuple[list[Job], dict[str, str]]:
    """What can be run, the own engine at every size in use, and the reasons for what cannot."""
    ready, gaps = [], {}
    for peer in peers:
        try:
            ready.append(Job(peer, min(agents, peer.most), interpreter(peer)))
        except GapError as reason:
            gaps[peer.name] = str(reason)
    sizes = sorted({job.agents for job in ready if job.peer != OWN} | {agents}, reverse=True)
    mine = [Job(OWN, size, Path(sys.executable)) for size in sizes]
    return mine + [job for job in ready if job.peer != OWN], gaps


def sources(peer: Peer) -> str:
    """Digest of everything that could change what a peer's run says."""
    files = [HERE / f"{name}.py" for name in ("spec", "harness", *(MINE if peer == OWN else ()))]
    files += sorted((HERE / "peers").glob("*.py"))
    if peer.packages:
        files.append(lock_of(peer))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def run(job: Job, case: Case) -> dict[str, Any]:
    """One run in a process of its own. Raises :class:`GapError` if it fails or takes too long."""
    name = f"benchmarks.ladder.peers.{job.peer.script}"
    command = [str(job.python), "-W", "ignore", "-m", name, *map(str, case)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired as late:
        raise GapError(f"not finished after {LONGEST:.0f} s") from late
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = done.stderr.strip().splitlines() or ["no message"]
        raise GapError(f"failed: {said[-1]}")
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def rounds(
    ready: list[Job], months: int, count: int, threads: int, gaps: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Every run of every round, kept or new; a failing peer is added to ``gaps`` and left out."""
    done = {tuple(line["run"]): line for line in kept()}
    for luck in range(1, count + 1):
        for job in ready:
            if job.peer.name in gaps:
                continue
            case = Case(job.agents, months, luck, threads)
            mark = (job.peer.name, *case, sources(job.peer))
            if mark not in done:
                try:
                    answer = run(job, case)
                except GapError as reason:
                    gaps[job.peer.name] = str(reason)
                    tell(f"round {luck}/{count}  {job.peer.name:12} {reason}")
                    continue
                when = datetime.now(UTC).isoformat(timespec="seconds")
                done[mark] = {"run": mark, "when": when, **answer}
                keep(done[mark])
            line = done[mark]
            tell(
                f"round {luck}/{count}  {job.peer.name:12} {job.agents:>9,} workers"
                f"  {line['wall']:8.3f} s"
            )
            yield line


def kept() -> list[dict[str, Any]]:
    """The lines of finished runs; a line cut short by a stop is passed over."""
    lines = []
    for text in KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []:
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            continue
    return lines


def keep(line: dict[str, Any]) -> None:
    """Add a finished run."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with KEPT.open("a", encoding="utf-8") as file:
        file.write("\n" * _cut_short() + json.dumps(line) + "\n")


def _cut_short() -> bool:
    return KEPT.exists() and KEPT.stat().st_size > 0 and not KEPT.read_bytes().endswith(b"\n")


def tell(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)
