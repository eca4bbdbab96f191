"""What a run is asked for with: scale, seeds, engine, last month, what to replace."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from model.deciding import DECISIONS
from model.months import format_month, month, parse_month, year_of
from model.population.inputs import inputs
from model.population.jobs import jobs as jobs_of
from model.reading import nearest, short
from model.words import SpokenError

DEFAULT_SCALE = Fraction(1, 20)
BASE = "2016-12"
START = month(2017, 1)
LARGEST_MESA = 20_000
ENGINES = ("columns", "mesa")
LONGEST = month(2025, 12)
MOST_SEEDS, MOST_SEED = 10_000, 2**31 - 1
SCALE = re.compile(r"\d{1,9}(/\d{1,9}|\.\d{1,9})?")  # 1/20, 0.05, 1


class RequestError(SpokenError, ValueError):
    """A run that cannot be done as asked; says why and what would do, by language."""


class OptionError(RequestError):
    """One option cannot be met; what it says begins with the option's name."""


@dataclass(frozen=True)
class Request:
    """How to run: scale, seeds, engine, last month, what to replace."""

    scale: Fraction = DEFAULT_SCALE
    seeds: int = 8
    seed: int = 1
    engine: str = "columns"
    until: str = "2020-12"
    jobs: int | None = None
    threads: int | None = None  # of each process; by default the cores that jobs leave
    rules: Mapping[str, Callable[..., Any]] | None = None
    agents: Mapping[str, type[Any]] | None = None

    def behaviour(self) -> tuple[str, ...]:
        """What was put in place of the model's rules and agents, by name."""
        put: dict[str, Any] = {**(self.rules or {}), **(self.agents or {})}
        return tuple(sorted(f"{k}={v.__module__}.{v.__qualname__}" for k, v in put.items()))

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            OptionError: names the option, its value and what is allowed.
            RequestError: rules or agents that cannot be put in place.
        """
        if self.scale <= 0 or self.scale.numerator != 1:
            raise OptionError("request.scale", given=self.scale)
        if not 1 <= self.seeds <= MOST_SEEDS:
            raise OptionError("request.seeds", given=self.seeds, most=MOST_SEEDS)
        if not 0 <= self.seed <= MOST_SEED:
            raise OptionError("request.seed", given=self.seed, most=MOST_SEED)
        if self.engine not in ENGINES:
            raise OptionError("request.engine", given=self.engine)
        try:
            last = parse_month(self.until)
        except ValueError:
            last = -1
        if not START <= last <= LONGEST:
            low, high = format_month(START), format_month(LONGEST)
            raise OptionError("request.until", given=self.until, low=low, high=high)
        if self.jobs is not None and self.jobs < 1:
            raise OptionError("request.jobs", given=self.jobs)
        check_size(self.scale, self.engine)
        if self.agents and self.engine != "mesa":
            methods = sorted(
                name
                for one in self.agents.values()
                for name in vars(one)
                if not name.startswith("_")
            )
            raise RequestError("request.agents", methods=", ".join(methods))
        known = sorted(d.name for d in DECISIONS)
        for name in sorted(set(self.rules or {}) - set(known)):
            if near := nearest(name, known):
                raise RequestError("request.rule_near", given=name, near=near)
            raise RequestError("request.rule", given=name, known=", ".join(known))


def check_size(scale: Fraction, engine: str) -> None:
    """Refuse a scale that leaves too few workers, or too many for the engine of agents.

    Raises:
        OptionError: says which scale would do.
    """
    given = inputs()
    workers = int(jobs_of(given, year_of(parse_month(BASE))).workers.sum())
    n, fewest = scale.denominator, int(given.values["fewest"])
    if workers < fewest * n:
        words = {"given": scale, "left": workers // n, "fewest": fewest}
        raise OptionError("request.few", **words, n=workers // fewest)
    if engine == "mesa" and workers > LARGEST_MESA * n:
        raise too_large(scale, -(-workers // LARGEST_MESA))


def too_large(scale: Fraction, least: int) -> OptionError:
    """What the engine of agents says to a scale; ``least`` is the n from which 1/n would do."""
    n = -(-least * 5 // 4 // 50) * 50  # the next round number, with room for those without a post
    return OptionError("request.mesa", most=LARGEST_MESA, given=scale, n=n)


def as_scale(scale: float | Fraction | str) -> Fraction:
    """A scale as an exact fraction.

    Raises:
        OptionError: not a number.
    """
    if isinstance(scale, str) and not SCALE.fullmatch(scale.strip()):
        raise OptionError("request.scale", given=short(scale))
    try:
        exact = Fraction(scale)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise OptionError("request.scale", given=scale) from error
    return exact.limit_denominator(100_000) if isinstance(scale, float) else exact
