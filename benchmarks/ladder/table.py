"""Medians, ratios and verdicts of the runs, as rows, as CSV and as a Markdown table."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks.ladder.agreement import Reference, judge
from benchmarks.ladder.peers import OWN, Peer

NANO, MEGA = 1e9, 1e-6


class Row(NamedTuple):
    """One implementation at one size. Times are medians over rounds, for a worker and month.

    ``slower_wall`` and ``slower_cpu`` are medians of the ratio to the own engine at the same size
    in the same round; there are none for whoever disagrees, and no figures at all for a gap.
    """

    peer: str
    title: str
    version: str = ""
    python: str = ""
    agents: int = 0
    rounds: int = 0
    wall_ns: float | None = None
    cpu_ns: float | None = None
    slower_wall: float | None = None
    slower_cpu: float | None = None
    set_up_s: float | None = None
    bytes_per_agent: float | None = None
    worst: str = ""
    errors: float | None = None
    says: str = ""
    first: str = ""
    last: str = ""


def rows(
    lines: Iterable[dict[str, Any]],
    peers: Iterable[Peer],
    known: dict[int, Reference],
    gaps: dict[str, str],
) -> list[Row]:
    """One row for each implementation and size, slowest last, gaps after them."""
    runs: dict[tuple[str, int], dict[int, dict[str, Any]]] = defaultdict(dict)
    for line in lines:
        name, agents, _, luck, *_ = line["run"]
        runs[name, agents][luck] = line
    titles = {peer.name: peer.title for peer in peers}
    made = [
        _row(name, titles[name], agents, by_luck, runs[OWN.name, agents], known[agents])
        for (name, agents), by_luck in runs.items()
        if name not in gaps
    ]
    missing = [Row(name, titles[name], says=f"gap: {why}") for name, why in gaps.items()]
    return sorted(made, key=lambda row: (row.cpu_ns or 0, row.peer)) + missing


def _row(
    name: str,
    title: str,
    agents: int,
    by_luck: dict[int, dict[str, Any]],
    own: dict[int, dict[str, Any]],
    known: Reference,
) -> Row:
    lines = list(by_luck.values())
    months = lines[0]["run"][2]
    verdict = judge(np.array([line["totals"] for line in lines]), known)
    each = NANO / (agents * months)

    def slower(what: str) -> float | None:
        if not verdict.agrees:
            return None
        ratios: list[float] = [line[what] / own[luck][what] for luck, line in by_luck.items()]
        return median(ratios)

    held = [line["bytes_per_agent"] for line in lines if line["bytes_per_agent"] is not None]
    return Row(
        name,
        title,
        lines[0]["version"],
        lines[0]["python"],
        agents,
        len(lines),
        median(line["wall"] for line in lines) * each,
        median(line["cpu"] for line in lines) * each,
        slower("wall"),
        slower("cpu"),
        median(line["set_up"] for line in lines),
        median(held) if held else None,
        verdict.measure,
        verdict.errors,
        "agrees" if verdict.agrees else "disagrees",
        min(line["when"] for line in lines),
        max(line["when"] for line in lines),
    )


def write_csv(made: list[Row], path: Path) -> None:
    """All rows with all their fields."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row._fields)
        writer.writerows(made)


def markdown(made: list[Row]) -> str:
    """The table for reading; ratios say how many times as long as the own engine."""
    head = (
        "| implementation | version | workers | rounds | ns wall | ns CPU | M a second "
        "| × own, wall | × own, CPU | set-up s | bytes a worker | agreement |"
    )
    lines = [head, "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|"]
    lines += [_line(row) for row in made]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    if row.wall_ns is None:
        return f"| {row.title} |  |  |  |  |  |  |  |  |  |  | {row.says} |"
    off = f"{row.says}: {row.worst} {row.errors:+.1f} s.e." if row.errors else row.says
    cells = [
        row.title,
        row.version,
        f"{row.agents:,}",
        str(row.rounds),
        _short(row.wall_ns),
        _short(row.cpu_ns),
        _short(NANO / row.wall_ns * MEGA),
        _short(row.slower_wall),
        _short(row.slower_cpu),
        _short(row.set_up_s),
        _short(row.bytes_per_agent),
        off,
    ]
    return f"| {' | '.join(cells)} |"


def _short(value: float | None) -> str:
    """Three figures, or a dash."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
