"""Paired effects: the same luck under two scenarios, so that a difference is policy."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from model.results import ALL, Run
from model.words import LANGUAGES, SpokenError, text
from scenarios.totals import PUBLIC_NAMES, totals

FEW = 50  # below this many draws a share of runs is printed, not a probability
SURE = 0.05  # how often chance alone may look like an effect
BACKGROUND_FLOWS = ("rest_benefits", "rest_refunds", "rest_employment")


class PairError(SpokenError, ValueError):
    """Runs that do not share luck, scale or months cannot be compared; says so by language."""


def _stock(metric: str, levels: Sequence[str] = (ALL,)) -> Any:
    def value(run: Run) -> float:
        last = totals(run).last
        return sum(last.get((metric, level), 0.0) for level in levels)

    return value


def _flow(metric: str, levels: Sequence[str] = (ALL,)) -> Any:
    def value(run: Run) -> float:
        summed = totals(run).summed
        return sum(summed.get((metric, level), 0.0) for level in levels)

    return value


def _person_years(metric: str, levels: Sequence[str] = (ALL,)) -> Any:
    of_months = _flow(metric, levels)

    def value(run: Run) -> float:
        return float(of_months(run)) / 12

    return value


def _outlay(run: Run) -> float:
    paid = totals(run).paid
    return sum(fen for name, fen in paid.items() if name not in BACKGROUND_FLOWS) / 100


def _paid(instrument: str) -> Any:
    def value(run: Run) -> float:
        return totals(run).paid.get(instrument, 0) / 100

    return value


UPPER = ("technician", "senior_technician", "special_technician")
MEASURES: dict[str, tuple[str, Any]] = {
    "technicians": ("persons", _stock("certified", UPPER)),
    "technicians_employed": ("persons", _stock("employed", UPPER)),
    "technician_years": ("person-years", _person_years("employed", UPPER)),
    "high_skilled": ("persons", _stock("certified", ("senior", *UPPER))),
    "certified": ("persons", _stock("certified")),
    "certificates": ("persons", _flow("certificates")),
    "certificates_upper": ("persons", _flow("certificates", UPPER)),
    "person_times": ("person-times", _flow("person_times")),
    "persons_trained": ("persons", _flow("persons_trained")),
    "persons_ever_trained": ("persons", _flow("persons_ever_trained")),
    "separations_upper": ("persons", _flow("separations", UPPER)),
    "out_migration": ("persons", _flow("out_migration")),
    "employed": ("persons", _stock("employed")),
    "unemployed": ("persons", _stock("unemployed")),
    "mean_pay": ("yuan per month", _stock("mean_pay")),
    "public_outlay": ("yuan", _outlay),
    "skill_upgrade_subsidy": ("yuan", _paid("skill_upgrade_subsidy")),
    "promotion_training_subsidy": ("yuan", _paid("promotion_training_subsidy")),
    "wage_drop_subsidy": ("yuan", _paid("wage_drop_subsidy")),
    "stay_job_subsidy": ("yuan", _paid("stay_job_subsidy")),
    "apprenticeship_subsidy": ("yuan", _paid("apprenticeship_subsidy")),
}


@dataclass(frozen=True)
class Effect:
    """A paired difference of one measure with its band.

    ``mean`` is the mean difference, ``low`` and ``high`` its 5 % and 95 % points over runs,
    ``error`` the standard error of the mean. ``verdict`` is ``none`` where no run differs,
    ``up`` or ``down`` where the mean differs from zero at 5 % by Student's t,
    ``unclear`` otherwise.
    """

    scenario: str
    against: str
    metric: str
    unit: str
    month: str
    mean: float
    low: float
    high: float
    error: float
    base: float
    seeds: int
    verdict: str

    def sentence(self, lang: str) -> str:
        """The effect in one sentence, with its interval, in ``zh`` or ``en``."""
        digits = 2 if abs(self.mean) < 10 and not float(self.mean).is_integer() else 0
        words = {
            "month": self.month,
            "scenario": self.scenario,
            "against": self.against,
            "measure": text(f"measure.{self.metric}", lang),
            "unit": text(f"unit.{self.unit.replace(' ', '_').replace('-', '_')}", lang),
            "mean": f"{self.mean:+,.{digits}f}",
            "low": f"{self.low:+,.{digits}f}",
            "high": f"{self.high:+,.{digits}f}",
            "seeds": self.seeds,
        }
        key = "effect.single" if self.seeds < 2 else f"effect.{self.verdict}"
        return text(key, lang, **words)

    def __str__(self) -> str:
        """The sentence, in the language that LONGJIANG_LANG names (Chinese if none)."""
        lang = os.environ.get("LONGJIANG_LANG", LANGUAGES[0])
        return self.sentence(lang if lang in LANGUAGES else LANGUAGES[0])


def check_pairs(runs: Sequence[Run], others: Sequence[Run]) -> None:
    """Refuse a comparison that would mix luck with policy.

    Raises:
        PairError: the runs differ in seeds, scale, engine or months.
    """
    for a, b in zip(runs, others, strict=False):
        mine, other = (
            (r.seed, r.draw, r.weight, r.engine, r.start, r.end, r.behaviour) for r in (a, b)
        )
        if mine != other:
            words = {"one": a.scenario, "seed": a.seed, "other": b.scenario}
            raise PairError("pair.luck", **words, other_seed=b.seed)
    if len(runs) != len(others) or not runs:
        raise PairError("pair.seeds")


def errors_apart(runs: int) -> float:
    """Standard errors that a mean of so few runs must lie from zero (Student's t, two-sided)."""
    return float(stdtrit(runs - 1, 1 - SURE / 2))


def verdict_of(differences: Any) -> str:
    """What a set of paired differences says."""
    d = np.asarray(differences, float)
    if np.all(d == 0):
        return "none"
    if len(d) < 2:
        return "unclear"
    error = d.std(ddof=1) / np.sqrt(len(d))
    if abs(d.mean()) > errors_apart(len(d)) * error:
        return "up" if d.mean() > 0 else "down"
    return "unclear"


def effect(runs: Sequence[Run], others: Sequence[Run], metric: str) -> Effect:
    """The paired effect of one scenario against another on one measure."""
    check_pairs(runs, others)
    unit, of = MEASURES[metric]
    a = np.array([of(run) for run in runs])
    b = np.array([of(run) for run in others])
    d = a - b
    error = float(d.std(ddof=1) / np.sqrt(len(d))) if len(d) > 1 else float("nan")
    return Effect(
        runs[0].scenario,
        others[0].scenario,
        metric,
        unit,
        str(runs[0].outcomes["month"].iloc[-1]),
        float(d.mean()),
        float(np.quantile(d, 0.05)),
        float(np.quantile(d, 0.95)),
        error,
        float(b.mean()),
        len(d),
        verdict_of(d),
    )


@dataclass(frozen=True)
class Comparison:
    """Two scenarios lived with the same luck; cannot be built from runs that do not share it."""

    runs: tuple[Run, ...]
    against: tuple[Run, ...]

    def __post_init__(self) -> None:
        """Refuse to mix luck with policy."""
        check_pairs(self.runs, self.against)

    def effect(self, metric: str) -> Effect:
        """The paired effect on one measure (KeyError names the measures there are)."""
        if metric not in MEASURES:
            raise KeyError(f"no measure {metric!r}; there are {', '.join(MEASURES)}")
        return effect(self.runs, self.against, metric)


def effects_frame(results: Mapping[str, Sequence[Run]], against: str) -> pd.DataFrame:
    """Every measure of every scenario against one of them."""
    rows = [
        effect(runs, results[against], metric)
        for name, runs in results.items()
        if name != against
        for metric in MEASURES
    ]
    columns = {"low": "p5", "high": "p95", "error": "standard_error", "base": "against_mean"}
    frame = pd.DataFrame([e.__dict__ for e in rows]).rename(columns=columns)
    frame.insert(len(frame.columns) - 2, "draws", 1)
    return frame


__all__ = [
    "FEW",
    "MEASURES",
    "PUBLIC_NAMES",
    "Comparison",
    "Effect",
    "PairError",
    "check_pairs",
    "effect",
    "effects_frame",
    "verdict_of",
]
