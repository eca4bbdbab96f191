"""Paired effects: the same luck under two scenarios, so that a difference is policy.

Few paired runs judge nothing: below ``JUDGED_FROM`` a result is its mean with the smallest and
largest of the runs, from there on its 5 % and 95 % points, and Student's paired t test says
whether the mean is told from zero. The two answer different questions: a band says how far one
run may lie, the test how sure the mean of all is.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.parameters.reader import all_topics
from model.results import ALL, Run
from model.words import LANGUAGES, SpokenError, has, text
from scenarios.totals import PUBLIC_NAMES, totals

FEW = 50  # below this many draws a share of runs is printed, not a probability
JUDGED_FROM = 5  # paired runs; below, smallest and largest are shown and nothing is judged
SURE = 0.05  # how often chance alone may look like an effect
BAND = (0.05, 0.95)
ALIKE = 1e-9  # differences that vary by less than this part of their size do not vary
MINUS = "\N{MINUS SIGN}"
BACKGROUND_FLOWS = (
    "rest_benefits",
    "rest_refunds",
    "rest_employment",
    "rest_skills_action",
    "skills_action_transfer",  # from one public fund to another, spent when it is paid out
)


Titles = tuple[Mapping[str, str], Mapping[str, str]]  # of a scenario and of the other one


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


def _set_aside(run: Run) -> float:
    return totals(run).set_aside / 100


def _own_money_spent(run: Run) -> float:
    return totals(run).own_money_spent / 100


def _training_paid_by(payer: Account) -> Any:
    def value(run: Run) -> float:
        return totals(run).training_paid.get(payer.name.lower(), 0) / 100

    return value


def _tax_not_levied(run: Run) -> float:
    return totals(run).tax_not_levied / 100


def _subsidised(run: Run) -> float:
    return float(totals(run).subsidised.sum())


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
    "subsidised_cases": ("person-times", _subsidised),
    "persons_trained": ("persons", _flow("persons_trained")),
    "persons_ever_trained": ("persons", _flow("persons_ever_trained")),
    "separations_upper": ("persons", _flow("separations", UPPER)),
    "out_migration": ("persons", _flow("out_migration")),
    "employed": ("persons", _stock("employed")),
    "unemployed": ("persons", _stock("unemployed")),
    "mean_pay": ("yuan per month", _stock("mean_pay")),
    "public_outlay": ("yuan", _outlay),
    **{name: ("yuan", _paid(name)) for name, one in instruments().items() if one.payer in PUBLIC},
    "education_levy_set_aside": ("yuan", _set_aside),  # the enterprises' own money
    "education_levy_spent": ("yuan", _own_money_spent),
    # who pays institutions for training (C26), and tax that is not levied on it: no public outlay
    "training_paid_by_workers": ("yuan", _training_paid_by(Account.WORKERS)),
    "training_paid_by_enterprises": ("yuan", _training_paid_by(Account.ENTERPRISES)),
    "training_paid_by_education_funds": ("yuan", _training_paid_by(Account.EDUCATION_FUNDS)),
    "training_paid_by_pooled_funds": ("yuan", _training_paid_by(Account.POOLED_EDUCATION_FUND)),
    "training_paid_by_donors": ("yuan", _training_paid_by(Account.OUTSIDE)),
    "tax_not_levied": ("yuan", _tax_not_levied),
}


@dataclass(frozen=True)
class Effect:
    """A paired difference of one measure with its band.

    ``mean`` is the mean difference, ``low`` and ``high`` the ends of its :func:`band` over runs,
    ``error`` the standard error of the mean. ``verdict`` is what :func:`verdict_of` says.
    ``titles`` name the two scenarios in words, by language; None where only codes are known.
    """

    scenario: str
    against: str
    metric: str
    unit: str
    month: str
    mean: float
    low: float
    high: float
    smallest: float
    largest: float
    error: float
    base: float
    seeds: int
    verdict: str
    titles: Titles | None = None

    def sentence(self, lang: str) -> str:
        """The effect in one sentence, with its interval, in ``zh`` or ``en``."""
        digits = 2 if abs(self.mean) < 10 and not float(self.mean).is_integer() else 0

        def shown(value: float) -> str:
            return f"{value:+,.{digits}f}".replace("-", MINUS)

        one, other = (
            (self.scenario, self.against)
            if self.titles is None
            else (title[lang] for title in self.titles)
        )
        words = {
            "month": self.month,
            "scenario": one,
            "against": other,
            "measure": measure_name(self.metric, lang),
            "unit": text(f"unit.{self.unit.replace(' ', '_').replace('-', '_')}", lang),
            "mean": shown(self.mean),
            "low": shown(self.low),
            "high": shown(self.high),
            "seeds": self.seeds,
            "least": JUDGED_FROM,
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


def judged(runs: int) -> bool:
    """Whether so many paired runs allow a verdict."""
    return runs >= JUDGED_FROM


def band(values: Any) -> Any:
    """Ends of the band over runs (first axis): 5 % and 95 % points, of few runs the extremes."""
    v = np.asarray(values, float)
    return np.quantile(v, BAND if judged(len(v)) else (0.0, 1.0), axis=0)


def verdict_of(differences: Any) -> str:
    """What a set of paired differences says.

    ``few`` where there are too few to judge, ``none`` where no run differs, ``up`` or ``down``
    where the mean differs from zero at 5 % by Student's paired t test, ``unclear`` otherwise;
    also where all runs differ by the same: without variation there is nothing to test with.
    """
    d = np.asarray(differences, float)
    if not judged(len(d)):
        return "few"
    if np.all(d == 0):
        return "none"
    if np.ptp(d) <= ALIKE * np.abs(d).max():
        return "unclear"
    error = d.std(ddof=1) / np.sqrt(len(d))
    if abs(d.mean()) > errors_apart(len(d)) * error:
        return "up" if d.mean() > 0 else "down"
    return "unclear"


def measure_name(metric: str, lang: str) -> str:
    """A measure in words; an instrument without words of its own is named by its title."""
    key = f"measure.{metric}"
    if has(key):
        return text(key, lang)
    return text("measure_paid", lang, title=all_topics()[metric].title[lang])


def effect(
    runs: Sequence[Run], others: Sequence[Run], metric: str, titles: Titles | None = None
) -> Effect:
    """The paired effect of one scenario against another on one measure."""
    check_pairs(runs, others)
    unit, of = MEASURES[metric]
    a = np.array([of(run) for run in runs])
    b = np.array([of(run) for run in others])
    d = a - b
    error = float(d.std(ddof=1) / np.sqrt(len(d))) if len(d) > 1 else float("nan")
    low, high = band(d).tolist()
    return Effect(
        runs[0].scenario,
        others[0].scenario,
        metric,
        unit,
        str(runs[0].outcomes["month"].iloc[-1]),
        float(d.mean()),
        low,
        high,
        float(d.min()),
        float(d.max()),
        error,
        float(b.mean()),
        len(d),
        verdict_of(d),
        titles,
    )


@dataclass(frozen=True)
class Comparison:
    """Two scenarios lived with the same luck; cannot be built from runs that do not share it."""

    runs: tuple[Run, ...]
    against: tuple[Run, ...]
    titles: Titles | None = None

    def __post_init__(self) -> None:
        """Refuse to mix luck with policy."""
        check_pairs(self.runs, self.against)

    def effect(self, metric: str) -> Effect:
        """The paired effect on one measure (KeyError names the measures there are)."""
        if metric not in MEASURES:
            raise KeyError(f"no measure {metric!r}; there are {', '.join(MEASURES)}")
        return effect(self.runs, self.against, metric, self.titles)


def effects_frame(results: Mapping[str, Sequence[Run]], against: str) -> pd.DataFrame:
    """Every measure of every scenario against one of them; no 5 % points of few runs."""
    rows = []
    for name, runs in results.items():
        for metric in MEASURES if name != against else ():
            one = effect(runs, results[against], metric)
            points = (one.low, one.high) if judged(one.seeds) else (None, None)
            rows.append(
                {
                    "scenario": one.scenario,
                    "against": one.against,
                    "metric": metric,
                    "unit": one.unit,
                    "month": one.month,
                    "mean": one.mean,
                    "p5": points[0],
                    "p95": points[1],
                    "smallest": one.smallest,
                    "largest": one.largest,
                    "standard_error": one.error,
                    "against_mean": one.base,
                    "draws": 1,
                    "seeds": one.seeds,
                    "verdict": one.verdict,
                }
            )
    return pd.DataFrame(rows)


__all__ = [
    "BAND",
    "FEW",
    "JUDGED_FROM",
    "MEASURES",
    "MINUS",
    "PUBLIC_NAMES",
    "Comparison",
    "Effect",
    "PairError",
    "band",
    "check_pairs",
    "effect",
    "effects_frame",
    "judged",
    "measure_name",
    "verdict_of",
]
