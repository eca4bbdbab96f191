"""Run scenarios: the Python call behind every command."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import joblib

from model.deciding import DECISIONS
from model.engines.protocol import Engine
from model.months import month, parse_month
from model.population.province import Population, population
from model.province import Province
from model.results import Run, finish
from scenarios.scenario import Scenario, load

DEFAULT_SCALE = Fraction(1, 20)
BASE = "2016-12"
START = month(2017, 1)
LARGEST_MESA = 20_000

Progress = Callable[[int, int, str], None]
Given = Scenario | str | Path | Mapping[str, object]


class RequestError(ValueError):
    """A run that cannot be done as asked; the message says what would work."""


@dataclass(frozen=True)
class Request:
    """How to run: scale, seeds, engine, last month, what to replace."""

    scale: Fraction = DEFAULT_SCALE
    seeds: int = 8
    seed: int = 1
    engine: str = "columns"
    until: str = "2020-12"
    jobs: int | None = None
    threads: int = 1
    rules: Mapping[str, Callable[..., Any]] | None = None
    agents: Mapping[str, type[Any]] | None = None

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            RequestError: names the option, its value and what is allowed.
        """
        if self.scale <= 0 or self.scale.numerator != 1:
            raise RequestError(f"scale must be 1/n with a whole n, not {self.scale}")
        if not 1 <= self.seeds <= 10_000:
            raise RequestError(f"seeds must be 1 to 10,000, not {self.seeds}")
        if not 0 <= self.seed < 2**31:
            raise RequestError(f"seed must be 0 to {2**31 - 1}, not {self.seed}")
        if self.engine not in ("columns", "mesa"):
            raise RequestError(f"engine must be columns or mesa, not {self.engine!r}")
        last = parse_month(self.until)
        if not START <= last <= month(2025, 12):
            raise RequestError(f"until must be 2017-01 to 2025-12, not {self.until}")
        if self.agents and self.engine != "mesa":
            methods = sorted(
                name
                for one in self.agents.values()
                for name in vars(one)
                if not name.startswith("_")
            )
            raise RequestError(
                f"agents of your own run on the mesa engine only; they change {', '.join(methods)}. "
                "Pass engine='mesa', or replace the rule itself by rules={name: function}"
            )
        unknown = sorted(set(self.rules or {}) - {d.name for d in DECISIONS})
        if unknown:
            raise RequestError(f"no rule is named {unknown[0]}")


def make_engine(request: Request) -> Engine:
    """The engine a request asks for."""
    if request.engine == "mesa":
        from model.engines.reference import ReferenceEngine

        return ReferenceEngine(request.rules, request.agents)
    from model.engines.columns import ColumnsEngine

    return ColumnsEngine(DECISIONS, request.threads, request.rules)


def live(
    scenario: Scenario,
    people: Population,
    request: Request,
    seed: int,
    on_month: Callable[[], None] | None = None,
) -> Province:
    """Live one scenario with one seed to the last month asked for."""
    province = Province(people, scenario.policy(), make_engine(request), seed=seed, start=START)
    last = parse_month(request.until)
    while province.month <= last:
        province.step()
        if on_month:
            on_month()
    return province


def run_seed(scenarios: Sequence[Scenario], request: Request, seed: int) -> list[Run]:
    """Every scenario with one seed, on one population."""
    people = population(BASE, scale=request.scale, seed=seed)
    if request.engine == "mesa" and len(people.workers["id"]) > LARGEST_MESA * 2:
        raise RequestError(
            f"the mesa engine takes at most {LARGEST_MESA:,} workers; "
            f"scale {request.scale} gives {len(people.workers['id']):,}"
        )
    runs = []
    for scenario in scenarios:
        began = time.perf_counter()
        province = live(scenario, people, request, seed)
        spent = time.perf_counter() - began
        runs.append(finish(province, scenario.name, scenario.digest, spent))
    return runs


def as_scenario(given: Given) -> Scenario:
    """A scenario from a name, a path, a mapping or itself."""
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Mapping):
        return Scenario.from_mapping(given)
    return load(given)


def run_scenarios(
    given: Sequence[Given], request: Request, progress: Progress | None = None
) -> dict[str, list[Run]]:
    """Every scenario with every seed; scenarios of one seed share luck and people.

    Returns runs by scenario name, in order of seed. ``progress(done, total, label)`` is called
    after every seed.
    """
    request.check()
    scenarios = [as_scenario(one) for one in given]
    names = [s.name for s in scenarios]
    if len(set(names)) < len(names):
        raise RequestError(f"two scenarios are named alike: {', '.join(sorted(names))}")
    seeds = range(request.seed, request.seed + request.seeds)
    results: dict[str, list[Run]] = {name: [] for name in names}
    jobs = min(request.jobs or joblib.cpu_count(), len(seeds))
    if progress:
        progress(0, len(seeds), names[0])
    calls = (joblib.delayed(run_seed)(scenarios, request, seed) for seed in seeds)
    done = joblib.Parallel(n_jobs=jobs, return_as="generator")(calls)
    for number, runs in enumerate(done, start=1):
        for run in runs:
            results[run.scenario].append(run)
        if progress:
            progress(number, len(seeds), names[0])
    return results
