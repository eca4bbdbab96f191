"""Run scenarios: the Python call behind every command."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import joblib

from model.deciding import DECISIONS
from model.engines.protocol import Engine
from model.months import parse_month
from model.population.province import Population, population
from model.province import Province
from model.results import Run, finish
from scenarios.checkpoints import EVE, file_of, find, keep, key_of, usable
from scenarios.effects import Comparison
from scenarios.processes import delayed
from scenarios.request import BASE as BASE
from scenarios.request import DEFAULT_SCALE as DEFAULT_SCALE
from scenarios.request import ENGINES as ENGINES
from scenarios.request import LARGEST_MESA, check_size
from scenarios.request import LONGEST as LONGEST
from scenarios.request import START as START
from scenarios.request import OptionError as OptionError
from scenarios.request import Request as Request
from scenarios.request import RequestError as RequestError
from scenarios.request import as_scale as as_scale
from scenarios.request import too_large as too_large
from scenarios.scenario import BASE as OPINION
from scenarios.scenario import Scenario, load

LARGE = 1 << 28  # bytes of a kept world above which it is read again instead of copied

Progress = Callable[[int, int, str], None]
Given = Scenario | str | Path | Mapping[str, object]


def make_engine(request: Request) -> Engine:
    """The engine a request asks for."""
    if request.engine == "mesa":
        from model.engines.reference import ReferenceEngine

        return ReferenceEngine(request.rules, request.agents)
    from model.engines.columns import ColumnsEngine

    return ColumnsEngine(DECISIONS, request.threads or 1, request.rules)


def compiled() -> bool:
    """Whether the compiled engine has been started before; its first start takes a while longer."""
    from model.engines.kernels import compiled as kept

    return kept(DECISIONS)


def begin(scenario: Scenario, people: Population, request: Request, seed: int) -> Province:
    """The province before its first month."""
    return Province(people, scenario.policy(), make_engine(request), seed=seed, start=START)


def live(province: Province, until: int, on_month: Callable[[int], None] | None = None) -> float:
    """Live every month up to and including ``until``; returns wall seconds."""
    began = time.perf_counter()
    while province.month <= until:
        province.step()
        if on_month:
            on_month(province.month - 1)
    return time.perf_counter() - began


def people_of(request: Request, seed: int) -> Population:
    """The synthetic province of a request and a seed.

    Raises:
        OptionError: the scale leaves too few workers, or too many for the mesa engine.
    """
    check_size(request.scale, request.engine)
    people = population(BASE, scale=request.scale, seed=seed)
    size = len(people.workers["id"])
    if request.engine == "mesa" and size > LARGEST_MESA:
        raise too_large(request.scale, -(-size * request.scale.denominator // LARGEST_MESA))
    return people


def run_seed(
    scenarios: Sequence[Scenario],
    request: Request,
    seed: int,
    on_month: Callable[[int], None] | None = None,
) -> list[Run]:
    """Every scenario with one seed, on one population.

    The months before two scenarios differ are lived once: each later scenario forks from the
    first where its rules first differ. What a fork saves changes no bit. ``on_month`` is called
    after every month lived; an exception from it ends the work.
    """
    with _without_collecting():
        return _run_seed(scenarios, request, seed, on_month)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare Python's search for garbage, which looks through all lines of the ledgers each time.

    Provinces refer to themselves: once they are done with, they are cleared away at once.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
            gc.collect(0)  # what was made meanwhile is all in the youngest generation


def _run_seed(
    scenarios: Sequence[Scenario],
    request: Request,
    seed: int,
    on_month: Callable[[int], None] | None,
) -> list[Run]:
    last = parse_month(request.until)
    forks = fork_months(scenarios, request, last)
    alike = [scenario_is_same(scenarios[0], one, last) for one in scenarios]
    earliest = min((fork for fork in forks if fork is not None), default=EVE)
    trunk, spent = opened(scenarios[0], request, seed, min(last, earliest), on_month)
    changed = request.behaviour()
    runs: dict[int, Run] = {}

    def done(k: int, province: Province, spent: float) -> None:
        runs[k] = finish(province, scenarios[k].name, scenarios[k].digest, spent, changed)

    for k, month_ in enumerate(forks):
        if month_ == trunk.month == EVE and is_large(scenarios[0], request, seed):
            trunk.policy = scenarios[k].policy()  # the kept world is read again: no copy is held
            done(k, trunk, live(trunk, last, on_month))
            discard(trunk)
            trunk, _ = opened(scenarios[0], request, seed, last)
    for at in sorted({m for m in forks if m is not None}):
        spent += live(trunk, at - 1, on_month)
        for k, month_ in enumerate(forks):
            if month_ == at and k not in runs:  # lived to its end: two worlds at a time, no more
                twin = trunk.fork(scenarios[k].policy())
                done(k, twin, live(twin, last, on_month))
                discard(twin)
    spent += live(trunk, last, on_month)
    for k, same in enumerate(alike):
        if k not in runs and same:
            done(k, trunk, spent)
    discard(trunk)
    for k, scenario in enumerate(scenarios):
        if k not in runs:
            province, before = opened(scenario, request, seed, last, on_month)
            done(k, province, before + live(province, last, on_month))
            discard(province)
    return [runs[k] for k in range(len(scenarios))]


def discard(province: Province) -> None:
    """Give a world's memory back at once: it refers to itself, and nobody looks for such rings."""
    province.__dict__.clear()


def is_large(scenario: Scenario, request: Request, seed: int) -> bool:
    """Whether the world at the eve from which a scenario lives on is kept, and too large to copy.

    A large world is read in less time than it is copied, a small one is not.
    """
    if not usable(request):
        return False
    path = file_of(key_of(scenario.policy(), request, seed, START, BASE))
    return path.exists() and path.stat().st_size > LARGE


def opened(
    scenario: Scenario,
    request: Request,
    seed: int,
    last: int,
    on_month: Callable[[int], None] | None = None,
) -> tuple[Province, float]:
    """A world to live on in, and the wall seconds of the months lived in it here.

    It stands at the eve of the document where the scenario shares the shipped one's rules until
    then, at the start otherwise, or where a month before the eve and up to ``last`` must be seen.
    A world that reaches the eve is kept for the next run (:mod:`scenarios.checkpoints`).
    """
    name = key_of(scenario.policy(), request, seed, START, BASE) if usable(request) else ""
    shared = bool(name) and name == key_of(load(OPINION).policy(), request, seed, START, BASE)
    if not shared or last < EVE:
        return begin(scenario, people_of(request, seed), request, seed), 0.0
    world: Province | None = find(name, make_engine(request), scenario.policy())
    if world is not None:
        for month_ in range(START, EVE) if on_month else ():
            on_month(month_)  # type: ignore[misc]
        return world, 0.0
    world = begin(scenario, people_of(request, seed), request, seed)
    spent = live(world, EVE - 1, on_month)
    keep(world, name)
    return world, spent


def fork_months(scenarios: Sequence[Scenario], request: Request, last: int) -> list[int | None]:
    """The month in which each scenario leaves the first; None where it must be lived apart."""
    found: list[int | None] = [None]
    base = scenarios[0].policy()
    for scenario in scenarios[1:]:
        differs = base.first_difference(scenario.policy())
        if differs is None or request.engine != "columns" or not START < differs <= last:
            differs = None
        found.append(differs)
    return found


def scenario_is_same(one: Scenario, other: Scenario, last: int) -> bool:
    """Whether two scenarios have the same rules in every month up to ``last``."""
    differs = one.policy().first_difference(other.policy())
    return differs is None or differs > last


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
    for place, name in enumerate(names):
        if name in names[:place]:
            raise RequestError("request.alike", name=name)
    seeds = range(request.seed, request.seed + request.seeds)
    results: dict[str, list[Run]] = {name: [] for name in names}
    jobs = min(request.jobs or joblib.cpu_count(), len(seeds))
    if request.threads is None:
        request = replace(request, threads=max(1, joblib.cpu_count() // jobs))
    if progress:
        progress(0, len(seeds), names[0])
    calls = (delayed(run_seed)(scenarios, request, seed) for seed in seeds)
    done = joblib.Parallel(n_jobs=jobs, return_as="generator")(calls)
    for number, runs in enumerate(done, start=1):
        for run in runs:
            results[run.scenario].append(run)
        if progress:
            progress(number, len(seeds), names[0])
    return results


@dataclass(frozen=True)
class Ensemble:
    """One scenario lived with several seeds."""

    scenario: Scenario
    request: Request
    runs: tuple[Run, ...]

    def compare(self, other: "Ensemble") -> Comparison:
        """The paired difference to another scenario that shares luck, scale and months.

        Raises:
            PairError: the two were not run with the same seeds, scale and months.
        """
        return Comparison(self.runs, other.runs, (self.scenario.title, other.scenario.title))


def simulate(
    scenario: Given = "policy_2017",
    *,
    scale: float | Fraction = DEFAULT_SCALE,
    seeds: int = 8,
    seed: int = 1,
    engine: str = "columns",
    until: str = "2020-12",
    jobs: int | None = None,
    rules: Mapping[str, Callable[..., Any]] | None = None,
    agents: Mapping[str, type[Any]] | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run one scenario with several seeds.

    Args:
        scenario: name of a shipped scenario, path of a file, mapping or Scenario.
        scale: ``1/n``; the sample of establishments.
        seeds: how many.
        seed: the first one.
        engine: ``columns`` (compiled) or ``mesa`` (agents one by one, at most 20,000 persons).
        until: last month, ``YYYY-MM``.
        jobs: processes; all cores by default.
        rules: rules to put in place of the model's, by decision name; works in both engines.
        agents: subclasses by kind of agent, for the mesa engine.
        progress: called with seeds done, seeds in all and the scenario's name.

    Raises:
        RequestError: the run cannot be done as asked (OptionError: by one option).
        InputErrors: the scenario is wrong; all errors at once.
    """
    whole = as_scenario(scenario)
    request = Request(as_scale(scale), seeds, seed, engine, until, jobs, None, rules, agents)
    runs = run_scenarios([whole], request, progress)[whole.name]
    return Ensemble(whole, request, tuple(runs))
