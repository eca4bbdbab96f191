"""What the mirror looks at: a province lived month by month, counted by prefecture, branch, level.

A run keeps its measures by one margin at a time; published figures need crossings (formal jobs of
a prefecture), groups of establishments (Longmay) and people followed over a year. They are read
here from the columns of a province while it lives; nothing is written to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.codes import BRANCHES, Status
from model.engines.rolls import cells_of
from model.measures import SHAPE
from model.months import month_of_year, parse_month, year_of
from model.population.inputs import inputs
from model.population.province import Population, population
from model.province import Province
from model.results import ledger_frame
from scenarios.runner import Request, make_engine
from scenarios.scenario import Scenario

Floats = NDArray[np.float64]

STOCKS = ("employed", "unemployed", "informal", "away", "certified", "insured")
INDUSTRY = ("oil_gas", "coal", "machinery", "manufacturing", "power_heat_water")
YEAR = 12


class Year(NamedTuple):
    """People and enterprises at the end of a year, unweighted shares and means."""

    mean_age: float
    rural: float
    schooling: float
    upper_schooling: float
    insured_covered: float  # share of the insured whose enterprise drew the stay-job subsidy
    stayers_growth: float  # mean pay of those with the same employer as a year before; nan at first
    rural_pay: float  # yuan a month
    firm_size: float  # mean staff of an industrial establishment that has any


@dataclass(frozen=True)
class Lived:
    """One province lived once.

    Attributes:
        base: month of the population, ``YYYY-MM``.
        seed: names the luck.
        start: first month lived.
        stocks: persons at the start and after each month, by prefecture, branch and level.
        flows: persons each month, by prefecture, branch and level.
        pay: yuan paid each month, by prefecture, branch and level.
        scalars: numbers of the province each month.
        groups: staff of each group of establishments at the start and after each month.
        group_hires: persons who joined each group in each month.
        years: people and enterprises at the start (keyed by the year before) and each December.
        ledger: every posting by month and keys.
    """

    base: str
    seed: int
    start: int
    stocks: dict[str, Floats]
    flows: dict[str, Floats]
    pay: Floats
    scalars: dict[str, Floats]
    groups: dict[str, Floats]
    group_hires: dict[str, Floats]
    years: dict[int, Year]
    ledger: pd.DataFrame

    def at(self, month: str) -> int:
        """Position in the stocks of the end of a month."""
        return parse_month(month) - self.start + 1

    def months(self, year: int) -> slice:
        """Positions in the flows of the months of a year."""
        first = parse_month(f"{year}-01") - self.start
        return slice(first, first + YEAR)

    def money(
        self, instrument: str, year: int, *, payer: str = "", payee: str = ""
    ) -> tuple[float, float]:
        """Cases and yuan of an instrument in a year."""
        found = self.ledger
        mask = (found["instrument"] == instrument) & found["month"].str.startswith(str(year))
        if payer:
            mask &= found["payer"] == payer
        if payee:
            mask &= found["payee"] == payee
        return float(found.loc[mask, "cases"].sum()), float(
            found.loc[mask, "amount_fen"].sum()
        ) / 100


def live_and_watch(
    base: str,
    until: str,
    scenario: Scenario,
    request: Request,
    seed: int,
    on_month: Callable[[int], None] | None = None,
) -> Lived:
    """Live a province from the month after its population and note what the mirror needs."""
    people = population(base, scale=request.scale, seed=seed)
    start = people.month + 1
    province = Province(people, scenario.policy(), make_engine(request), seed=seed, start=start)
    watch = _Watch(province, people)
    while province.month <= parse_month(until):
        province.step()
        watch.note()
        if on_month:
            on_month(province.month - 1)
    return watch.close(base, seed)


class _Watch:
    """Notes taken while a province lives."""

    def __init__(self, province: Any, people: Population) -> None:
        self.province = province
        self.weight = float(people.weight)
        self.staff = [self._group_staff()]
        self.hires: list[Floats] = []
        self.opening = self._opening()
        self.years: dict[int, Year] = {}
        self._before: tuple[NDArray[Any], NDArray[Any]] | None = None
        self._year(year_of(province.start - 1))

    def _group_staff(self) -> Floats:
        e = self.province.enterprises
        counted = np.bincount(e["group"], weights=e["staff"], minlength=len(inputs().groups) + 1)
        return counted.astype(np.float64)

    def _opening(self) -> dict[str, Floats]:
        w = self.province.workers
        here = np.isin(w["status"], (Status.EMPLOYED, Status.UNEMPLOYED, Status.INFORMAL))
        chosen = {
            "employed": w["status"] == Status.EMPLOYED,
            "unemployed": w["status"] == Status.UNEMPLOYED,
            "informal": w["status"] == Status.INFORMAL,
            "away": w["status"] == Status.AWAY,
            "certified": here & (w["level"] > 0),
            "insured": w["insured"] == 1,
        }
        size = int(np.prod(SHAPE))
        return {
            name: np.bincount(cells_of(w, np.flatnonzero(mask)), minlength=size)
            .reshape(SHAPE)
            .astype(np.float64)
            for name, mask in chosen.items()
        }

    def note(self) -> None:
        """After a month."""
        p = self.province
        w, e = p.workers, p.enterprises
        month = p.month - 1
        self.staff.append(self._group_staff())
        joined = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["joined"] == month))
        groups = e["group"][w["enterprise"][joined]]
        self.hires.append(np.bincount(groups, minlength=len(inputs().groups) + 1).astype(float))
        if month_of_year(month) == YEAR:
            self._year(year_of(month))

    def _year(self, year: int) -> None:
        p = self.province
        w, e = p.workers, p.enterprises
        month = parse_month(f"{year}-{YEAR}")
        on = np.flatnonzero(w["status"] == Status.EMPLOYED)
        insured = on[w["insured"][on] == 1]
        drew = e["stay_job_drawn"][w["enterprise"][insured]] > 0
        values = inputs().values
        stages = np.array([values[f"years_{name}"] for name in ("lower", "upper", "college")])
        schooling = w["schooling"][on]
        rural = on[w["rural"][on] == 1]
        sector = np.array([branch.sector in INDUSTRY for branch in BRANCHES])
        rows = sector[e["branch"]] & (e["staff"] > 0) & (e["exists"] == 1)
        self.years[year] = Year(
            float((month - w["birth_month"][on].astype(np.int64)).mean()) / YEAR,
            float(w["rural"][on].mean()),
            float(stages[schooling].mean()),
            float((schooling > 0).mean()),
            float(drew.mean()) if len(drew) else 0.0,
            self._stayers(on),
            float(w["pay"][rural].mean()) / 100 if len(rural) else float("nan"),
            float(e["staff"][rows].mean()) if rows.any() else float("nan"),
        )
        employer = np.full(len(w["id"]), -1, np.int64)
        employer[on] = w["enterprise"][on]
        self._before = (employer, w["pay"].astype(np.float64))

    def _stayers(self, on: NDArray[np.int64]) -> float:
        if self._before is None:
            return float("nan")
        w = self.province.workers
        employer, pay = self._before
        same = on[employer[on] == w["enterprise"][on]]
        return float(w["pay"][same].sum() / pay[same].sum() - 1.0) if len(same) else float("nan")

    def close(self, base: str, seed: int) -> Lived:
        """Everything noted, weighted to the province."""
        p, weight = self.province, self.weight
        months = range(p.start, p.month)
        zero = np.zeros(SHAPE, np.int64)
        names = {name for name, _ in p.counts.cells} - set(STOCKS) - {"pay_sum"}

        def cube(name: str) -> Floats:
            found = [p.counts.cells.get((name, m), zero.ravel()).reshape(SHAPE) for m in months]
            return np.stack(found) * weight

        stocks = {
            name: np.concatenate([self.opening[name][None] * weight, cube(name)]) for name in STOCKS
        }
        scalars = {name for name, _ in p.counts.scalars}
        groups = {g.name: k for k, g in enumerate(inputs().groups, start=1)}
        staff, hires = np.stack(self.staff) * weight, np.stack(self.hires) * weight
        return Lived(
            base,
            seed,
            p.start,
            stocks,
            {name: cube(name) for name in names},
            cube("pay_sum") / 100,
            {
                n: np.array([p.counts.scalars.get((n, m), 0) for m in months]) * weight
                for n in scalars
            },
            {name: staff[:, k] for name, k in groups.items()},
            {name: hires[:, k] for name, k in groups.items()},
            self.years,
            ledger_frame(p.ledger),
        )


def live_bases(
    bases: Sequence[tuple[str, str]],
    scenario: Scenario,
    request: Request,
    seed: int,
    on_month: Callable[[int], None] | None = None,
) -> dict[str, Lived]:
    """One life from each base month: ``(base, last month)``."""
    return {
        base: live_and_watch(base, until, scenario, request, seed, on_month)
        for base, until in bases
    }
