"""Experiments on stylised facts: paired lives with a mechanism on and off, and the verdict.

An experiment lives several arms with the same people and the same luck, one seed at a time, and
reads figures from flows after the first year. A figure is wanted positive, negative or within a
band, or only reported. A fact holds if every wanted figure comes out as wanted, and if switching
the mechanism off makes the fact fail: a fact that nothing can break says nothing.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from calibration.claims import Claim, Figure
from model.engines.protocol import Engine
from model.months import format_month, parse_month
from model.parameters.reader import all_topics
from model.population.province import Population
from model.province import Province
from scenarios.runner import LONGEST, START, Request, make_engine, people_of
from scenarios.scenario import Scenario

WARM_UP = 12  # months before flows are read
T_VALUE = 3.0  # of a paired difference, where seeds do not all agree in sign
THINNEST = 1000  # the coarsest sample, 1/n, that a fact with large effects is content with

QUITS = tuple(
    f"leaving.quit_{owner}_{band}"
    for owner in ("state", "private")
    for band in ("lower", "middle", "upper")
)


Rules = Mapping[str, Callable[..., Any]]


class Arm(NamedTuple):
    """One world of an experiment.

    A scenario as plain values, rules put in place of others, and what is changed in the province
    before its first month.
    """

    scenario: Mapping[str, object]
    rules: Rules | None = None
    prepare: Callable[[Province], None] | None = None


class Watch(Protocol):
    """Notes what a fact needs while a province lives."""

    def begin(self, province: Any) -> None:
        """Before the first month."""

    def month(self, province: Any) -> None:
        """After a month."""


class Seen(NamedTuple):
    """One arm lived with one seed."""

    province: Province
    watch: Any


@dataclass(frozen=True)
class Fact:
    """A stylised fact and the experiment that tests it.

    Attributes:
        id: its number in ``facts.yaml``, which states the claim and names the figures.
        arms: worlds by name.
        read: values of the figures in that order, mechanism on; from the arms of one seed.
        read_off: the same with the mechanism switched off; None where only reported.
        watch: makes the notebook of an arm.
        thinner: the sample is so many times smaller than asked for, where effects are large.
        longer: months lived beyond those asked for, as far as the model reaches.
        needs: instruments and other topics without which the fact cannot be tried.
    """

    id: str
    arms: Mapping[str, Arm]
    read: Callable[[Mapping[str, Seen]], Sequence[float]]
    read_off: Callable[[Mapping[str, Seen]], Sequence[float]] | None
    watch: Callable[[], Watch]
    thinner: int = 1
    longer: int = 0
    needs: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """What the fact needs and the model does not have."""
        return tuple(name for name in self.needs if name not in all_topics())

    def asks(self, request: Request) -> Request:
        """The scale and the last month with which this fact is tried."""
        n = request.scale.denominator
        n = max(n, min(n * self.thinner, THINNEST))
        last = min(parse_month(request.until) + self.longer, LONGEST)
        return replace(request, scale=Fraction(1, n), until=format_month(last))


@dataclass(frozen=True)
class Result:
    """A fact after all seeds: one row of values a seed, one column a figure."""

    claim: Claim
    on: NDArray[np.float64]
    off: NDArray[np.float64] | None
    missing: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """What the seeds say; ``needs`` if the fact could not be tried."""
        return "needs" if self.missing else verdict(self.claim.figures, self.on, self.off)


def comes_out(figure: Figure, values: Any) -> bool:
    """Whether a figure over seeds is as wanted.

    A sign must hold in every seed or be clear of zero; a band must hold the mean. A difference of
    lives that share their luck is lost in luck where no sign can be told from it: neither comes
    out. Held against the spread of levels over seeds, which pairing takes out of the difference,
    an effect beyond doubt would count as luck.
    """
    v = np.asarray(values, float)
    v = v[np.isfinite(v)]
    if len(v) == 0:
        return False
    if figure.want == "band":
        return bool(figure.low <= v.mean() <= figure.high)
    if figure.want == "noise":
        return len(v) > 1 and not (_has_sign(v) or _has_sign(-v))
    return _has_sign(v if figure.want == "positive" else -v)


def _has_sign(signed: NDArray[np.float64]) -> bool:
    """Whether values are positive in every seed, or their mean is clear of zero."""
    if (signed > 0).all():
        return True
    if len(signed) < 2 or signed.mean() <= 0:
        return False
    error = signed.std(ddof=1) / np.sqrt(len(signed))
    return bool(error > 0 and signed.mean() / error > T_VALUE)


def verdict(figures: Sequence[Figure], on: Any, off: Any) -> str:
    """``holds``, ``does_not_hold``, ``not_broken`` (also without the mechanism) or ``reported``."""
    wanted = [k for k, figure in enumerate(figures) if figure.want != "report"]
    if not wanted:
        return "reported"

    def come_out(values: Any) -> bool:
        return all(comes_out(figures[k], values[:, k]) for k in wanted)

    if not come_out(on):
        return "does_not_hold"
    if off is not None and come_out(off):
        return "not_broken"
    return "holds"


@lru_cache(maxsize=64)
def _engine(rules: tuple[tuple[str, Callable[..., Any]], ...]) -> Engine:
    """The compiled engine with some rules replaced, once in a process: compiling takes seconds."""
    return make_engine(Request(rules=dict(rules)))


def live_arm(
    arm: Arm, people: Population, request: Request, seed: int, watches: Sequence[Watch]
) -> Province:
    """Live one arm from the start to the last month asked for."""
    engine = _engine(tuple(sorted((arm.rules or {}).items())))
    policy = Scenario.from_mapping(arm.scenario).policy()
    province = Province(people, policy, engine, seed=seed, start=START)
    if arm.prepare:
        arm.prepare(province)
    for watch in watches:
        watch.begin(province)
    while province.month <= parse_month(request.until):
        province.step()
        for watch in watches:
            watch.month(province)
    return province


@lru_cache(maxsize=512)
def _digest(scenario: str) -> str:
    return Scenario.from_mapping(json.loads(scenario)).digest


def arm_key(arm: Arm, request: Request) -> tuple[object, ...]:
    """Equal for arms in which the same happens, whatever facts call them."""
    digest = _digest(json.dumps(arm.scenario, sort_keys=True))
    rules = tuple(sorted((arm.rules or {}).items()))
    return digest, rules, arm.prepare, request.scale, request.until


Readings = tuple[Sequence[float], Sequence[float] | None]


def try_seed(facts: Sequence[Fact], request: Request, seed: int) -> dict[str, Readings]:
    """Figures of facts for one seed, mechanism on and off.

    An arm that several facts share is lived once, with the notebooks of all, and forgotten when
    the last of them has read it; so facts with common arms should follow one another.
    """
    requests = {fact.id: fact.asks(request) for fact in facts}
    keys = {
        (fact.id, name): arm_key(arm, requests[fact.id])
        for fact in facts
        for name, arm in fact.arms.items()
    }
    uses = Counter(keys.values())
    notebooks: dict[tuple[object, ...], list[Callable[[], Watch]]] = {}
    for fact in facts:
        for name in fact.arms:
            wanted = notebooks.setdefault(keys[fact.id, name], [])
            if fact.watch not in wanted:
                wanted.append(fact.watch)
    lived: dict[tuple[object, ...], tuple[Province, dict[Any, Watch]]] = {}
    found: dict[str, Readings] = {}
    for fact in facts:
        own = requests[fact.id]
        for name, arm in fact.arms.items():
            key = keys[fact.id, name]
            if key not in lived:
                watches = {make: make() for make in notebooks[key]}
                people = people_of(own, seed)
                lived[key] = live_arm(arm, people, own, seed, list(watches.values())), watches
        seen = {
            name: Seen(lived[key][0], lived[key][1][fact.watch])
            for name, key in ((n, keys[fact.id, n]) for n in fact.arms)
        }
        off = None if fact.read_off is None else list(fact.read_off(seen))
        found[fact.id] = list(fact.read(seen)), off
        for name in fact.arms:
            key = keys[fact.id, name]
            uses[key] -= 1
            if uses[key] == 0:
                del lived[key]
    return found


def settled(month: int) -> bool:
    """Whether a month lies after the warm-up."""
    return month >= START + WARM_UP


def world(extends: str, *changes: tuple[str, object], **more: object) -> dict[str, object]:
    """A scenario on a shipped base, with parameters changed from the first month."""
    at_start = [one for n, v in changes for one in dated(n, (format_month(START), v))]
    later = more.pop("dated", [])
    scenario: dict[str, object] = {"extends": extends, **more}
    if at_start or later:
        scenario["change"] = [*at_start, *later]  # type: ignore[misc]  # plain values
    return scenario


def dated(address: str, *steps: tuple[str, object]) -> list[dict[str, object]]:
    """Changes that put a parameter at a value from each month on, ``(YYYY-MM, value)``."""
    changes: list[dict[str, object]] = []
    for k, (first, set_to) in enumerate(steps):
        one = {"parameter": address, "from": first, "value": set_to, "because": "experiment"}
        if k + 1 < len(steps):
            one["to"] = format_month(parse_month(steps[k + 1][0]) - 1)
        changes.append(one)
    return changes


def edge(address: str, *, top: bool) -> float:
    """An end of the range of a parameter."""
    topic, _, name = address.partition(".")
    parameter = all_topics()[topic].parameters[name]
    found = parameter.high if top else parameter.low
    if found is None:
        raise ValueError(f"{address} has no range")
    return float(found)


def edged(address: str, *, top: bool = True) -> tuple[str, float]:
    """A change that puts a parameter at an end of its range."""
    return address, edge(address, top=top)


def value(address: str) -> float:
    """The last stated value of a parameter."""
    topic, _, name = address.partition(".")
    return float(all_topics()[topic].parameters[name].values[-1][1])
