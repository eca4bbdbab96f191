"""Small provinces for tests: lived month by month, with a digest of everything in each month.

``python -m tests.lived JOBS`` lives the jobs of a JSON file in this process and prints one diary
a job, so that a test can live the same province under another interpreter, without a compiler,
with another hash seed or other processor features, and compare.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

SMALL = Fraction(1, 2000)
KINDS = ("workers", "enterprises", "institutions")
Month = dict[str, str]
Diary = dict[int, Month]

# A province in which every instrument has work to do even among two thousand people: coal and oil
# fall, distress is common, everybody knows and everybody asks. In samples so small it is luck
# whether an enterprise that cuts pay deep enough has technicians: with the seeds of `PAYING`
# C12 pays, with others it may pay hardly anybody.
STORM: Mapping[str, object] = {
    "title": "storm",
    "extends": "policy_2017",
    "world": {"demand": "downturn_2015"},
    "change": [
        {"parameter": f"{topic}.{name}", "from": "2016-01", "value": value, "because": "to test"}
        for topic, name, value in (
            ("demand", "onset_other", 0.05),
            ("demand", "onset_coal", 0.05),
            ("demand", "onset_low", 0.6),
            ("demand", "onset_high", 1),
            ("plans", "resistance", 0.4),
            ("plans", "arrears_start", 1),
            ("claiming", "aware_own", 0.02),
            ("claiming", "aware_others", 0.15),
            ("claiming", "aware_enterprise", 5),
            ("claiming", "wage_drop_take_up", 1),
            ("claiming", "stay_job_take_up", 0.5),
            ("claiming", "apprentice_take_up", 1),
            ("claiming", "claim", 0.4),
            ("training", "attention", 0.12),
            ("training", "apprentice_rate", 0.3),
            ("training", "upgrade_rate", 0.05),
        )
    ],
}


# Scale 1/n and a seed with which C12 pays in most months of the storm.
PAYING = {2000: 3, 1000: 4, 500: 2}


def changed(base: Mapping[str, Any], lever: str, value: float, start: str) -> dict[str, Any]:
    """A scenario with one more lever changed from a month on, whatever it said before."""
    from model.months import format_month, parse_month

    before = format_month(parse_month(start) - 1)
    standing = [
        {**one, "to": before} if one["parameter"] == lever else one
        for one in base.get("change", ())
        if one["parameter"] != lever or one["from"] < start
    ]
    change = {"parameter": lever, "from": start, "value": value, "because": "to test"}
    return {**base, "title": f"{lever} {value}", "change": [*standing, change]}


@dataclass(frozen=True)
class Job:
    """One province to live: scenario (name or mapping), seed, last month and how."""

    scenario: str | Mapping[str, object]
    seed: int = 1
    until: str = "2020-12"
    engine: str = "columns"
    threads: int = 1
    n: int = 2000
    block: int = 0  # rows a block of the compiled engine; 0: as it stands
    rules: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


def request(job: Job) -> Any:
    from scenarios.runner import Request

    return Request(
        scale=Fraction(1, job.n),
        seeds=1,
        seed=job.seed,
        engine=job.engine,
        until=job.until,
        threads=job.threads,
        rules=job.rules or None,
    )


def scenario(given: str | Mapping[str, object]) -> Any:
    from scenarios.runner import as_scenario

    return as_scenario(given)


@lru_cache(maxsize=16)
def people(n: int, seed: int) -> Any:
    from model.population.province import population
    from scenarios.runner import BASE

    return population(BASE, scale=Fraction(1, n), seed=seed)


def begin(job: Job) -> Any:
    """The province of a job before its first month."""
    from scenarios import runner

    return runner.begin(scenario(job.scenario), people(job.n, job.seed), request(job), job.seed)


def lived(job: Job) -> Any:
    """The province of a job after its last month."""
    from model.months import parse_month
    from scenarios.runner import live

    province = begin(job)
    live(province, parse_month(job.until))
    return province


def diary(job: Job, province: Any = None) -> Diary:
    """Digest of everything, by month and by part, from the month before the first one on."""
    from model.months import parse_month

    with blocks_of(job.block):
        province = province or begin(job)
        pages = {province.month - 1: page(province)}
        while province.month <= parse_month(job.until):
            province.step()
            pages[province.month - 1] = page(province)
    return pages


@contextmanager
def blocks_of(size: int) -> Iterator[None]:
    """Let the compiled engine work in blocks of so many rows; 0 leaves it as it is."""
    if not size:
        yield
        return
    from model.engines import columns

    standing, columns.BLOCK = columns.BLOCK, size
    try:
        yield
    finally:
        columns.BLOCK = standing


def page(province: Any) -> Month:
    """Digest of every column, of the month's ledger lines, of the books of people and money."""
    found = {
        f"{kind}.{name}": digest(values)
        for kind in KINDS
        for name, values in getattr(province, kind).items()
    }
    from model.instruments.channels import Channel
    from model.instruments.registry import on_channel

    for channel, column in (
        (Channel.CERTIFICATE, "received"),
        (Channel.COURSE, "course_received"),
        (Channel.VENTURE, "venture_received"),
    ):
        for slot, instrument in enumerate(on_channel(channel)):
            mask = province.workers[column] >> (8 * slot) & 255
            found[f"received.{instrument.name}"] = digest(mask)
    last = province.month - 1
    lines = [line for line in province.ledger.lines if line[0] == last]
    found["ledger.lines"] = digest_text(repr(lines))
    found["ledger.balances"] = digest(province.ledger.balances)
    found["ledger.history"] = digest_text(repr(province.ledger.history[-9:]))
    found["people.stock"] = digest(province.people.stock)
    found["people.moves"] = digest_text(repr([(m, a.tolist()) for m, a in province.people.history]))
    cells = {k: v for k, v in province.counts.cells.items() if k[1] == last and v.any()}
    found["counts.cells"] = digest_text(repr(sorted((k, digest(v)) for k, v in cells.items())))
    scalars = sorted((k, v) for k, v in province.counts.scalars.items() if k[1] == last)
    found["counts.scalars"] = digest_text(repr(scalars))
    found["demand.sectors"] = digest(province.sector_demand)
    return found


def digest(values: Any) -> str:
    values = np.ascontiguousarray(values)
    start = f"{values.dtype.str}{values.shape}".encode()
    return hashlib.blake2b(start + values.tobytes(), digest_size=8).hexdigest()


def digest_text(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def differences(one: Diary, other: Diary, most: int = 6) -> list[str]:
    """Where two diaries part: the first month that differs and its parts; empty if they agree."""
    from model.months import format_month

    for month in sorted(set(one) | set(other)):
        a, b = one.get(month, {}), other.get(month, {})
        parts = sorted(k for k in set(a) | set(b) if a.get(k) != b.get(k))
        if parts:
            more = [f"and {len(parts) - most} more"] if len(parts) > most else []
            return [f"{format_month(month)} {part}" for part in parts[:most]] + more
    return []


def differing_workers(one: Any, other: Any) -> int:
    """How many workers differ in any column between two provinces of the same people."""
    assert set(one.workers) == set(other.workers)
    apart = np.zeros(len(one.workers["id"]), np.bool_)
    for name, values in one.workers.items():
        apart |= values != other.workers[name]
    return int(apart.sum())


class NoCompiler:
    """An import hook under which numba cannot be imported."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name.partition(".")[0] in ("numba", "llvmlite"):
            raise ImportError(f"{name} is blocked: the reference engine must not need a compiler")


def main(file: str, *flags: str) -> None:
    """Live the jobs of a JSON file; print their diaries as JSON."""
    if "--no-compiler" in flags:
        sys.meta_path.insert(0, NoCompiler())
    if "--instruments-reversed" in flags:
        from model.instruments import registry

        order = tuple(reversed(registry.names()))
        registry.names = lambda: order
    jobs = [Job(**one) for one in json.loads(Path(file).read_text(encoding="utf-8"))]
    found = [diary(job) for job in jobs]
    if "--no-compiler" in flags:
        loaded = [name for name in sys.modules if name.partition(".")[0] in ("numba", "llvmlite")]
        assert not loaded, loaded
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
