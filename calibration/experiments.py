"""Experiments on stylised facts: paired lives with a mechanism on and off, and the verdict.

An experiment lives several arms with the same people and the same luck, one seed at a time, and
reads figures from flows after the first year. A figure is wanted positive, negative or within a
band, or only reported. A fact holds if every wanted figure comes out as wanted, and if switching
the mechanism off makes the fact fail: a fact that nothing can break says nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from calibration.claims import Claim, Figure
from model.months import format_month, parse_month
from model.parameters.reader import all_topics
from model.population.province import Population
from model.province import Province
from scenarios.runner import START, Request, begin, people_of
from scenarios.scenario import Scenario

WARM_UP = 12  # months before flows are read
T_VALUE = 3.0  # of a paired difference, where seeds do not all agree in sign

QUITS = tuple(
    f"leaving.quit_{owner}_{band}"
    for owner in ("state", "private")
    for band in ("lower", "middle", "upper")
)


Rules = Mapping[str, Callable[..., Any]]


class Arm(NamedTuple):
    """One world of an experiment: a scenario as plain values, and rules put in place of others."""

    scenario: Mapping[str, object]
    rules: Rules | None = None


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
    """

    id: str
    arms: Mapping[str, Arm]
    read: Callable[[Mapping[str, Seen]], Sequence[float]]
    read_off: Callable[[Mapping[str, Seen]], Sequence[float]] | None
    watch: Callable[[], Watch]


@dataclass(frozen=True)
class Result:
    """A fact after all seeds: one row of values a seed, one column a figure."""

    claim: Claim
    on: NDArray[np.float64]
    off: NDArray[np.float64] | None

    @property
    def verdict(self) -> str:
        """What the seeds say."""
        return verdict(self.claim.figures, self.on, self.off)


def comes_out(figure: Figure, values: Any) -> bool:
    """Whether a figure over seeds is as wanted: sign in every seed or clear of zero; or in band."""
    v = np.asarray(values, float)
    v = v[np.isfinite(v)]
    if len(v) == 0:
        return False
    if figure.want == "band":
        return bool(figure.low <= v.mean() <= figure.high)
    signed = v if figure.want == "positive" else -v
    if (signed > 0).all():
        return True
    if len(v) < 2 or signed.mean() <= 0:
        return False
    error = v.std(ddof=1) / np.sqrt(len(v))
    return bool(error > 0 and signed.mean() / error > T_VALUE)


def verdict(figures: Sequence[Figure], on: Any, off: Any) -> str:
    """``holds``, ``does_not_hold``, ``not_broken`` (also without the mechanism) or ``reported``."""
    wanted = [k for k, figure in enumerate(figures) if figure.want != "report"]
    if not wanted:
        return "reported"
    if not all(comes_out(figures[k], on[:, k]) for k in wanted):
        return "does_not_hold"
    if off is not None and all(comes_out(figures[k], off[:, k]) for k in wanted):
        return "not_broken"
    return "holds"


def live_arm(arm: Arm, people: Population, request: Request, seed: int, watch: Watch) -> Seen:
    """Live one arm from the start to the last month asked for."""
    own = Request(request.scale, 1, seed, until=request.until, rules=arm.rules)
    scenario = Scenario.from_mapping(arm.scenario)
    province = begin(scenario, people, own, seed)
    watch.begin(province)
    while province.month <= parse_month(request.until):
        province.step()
        watch.month(province)
    return Seen(province, watch)


def try_seed(
    fact: Fact, request: Request, seed: int
) -> tuple[Sequence[float], Sequence[float] | None]:
    """Figures of a fact for one seed, mechanism on and off."""
    people = people_of(request, seed)
    seen = {
        name: live_arm(arm, people, request, seed, fact.watch()) for name, arm in fact.arms.items()
    }
    off = None if fact.read_off is None else list(fact.read_off(seen))
    return list(fact.read(seen)), off


def settled(month: int) -> bool:
    """Whether a month lies after the warm-up."""
    return month >= START + WARM_UP


def world(extends: str, *changes: tuple[str, object], **more: object) -> dict[str, object]:
    """A scenario on a shipped base, with parameters changed from the first month."""
    scenario: dict[str, object] = {"extends": extends, **more}
    if changes:
        scenario["change"] = [
            {"parameter": n, "from": format_month(START), "value": v, "because": "experiment"}
            for n, v in changes
        ]
    return scenario


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
