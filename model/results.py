"""Results as values: a finished run as tidy frames, complete on construction."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from model.codes import BRANCHES, LEVELS, OWNERSHIPS, REGIONS, SECTORS, STATUSES
from model.ledger import Account
from model.measures import SHAPE
from model.months import format_month
from model.outcomes import IN_FEN, OUTCOMES, SCALARS

ALL = "all"
SECTOR_OF = [SECTORS.index(b.sector) for b in BRANCHES]
OWNERSHIP_OF = [OWNERSHIPS.index(b.ownership) for b in BRANCHES]
MARGINS = ("region", "sector", "ownership", "level")


@dataclass(frozen=True)
class Run:
    """One scenario lived once with one seed.

    Attributes:
        scenario: name of the scenario.
        digest: SHA-256 of its resolved values.
        seed: names the luck.
        draw: number of the parameter draw, 0 for the values as stated.
        weight: persons that one sampled worker stands for.
        engine: who asked the agents.
        start: first month, index since January 1900.
        end: last month.
        outcomes: tidy measures: month, region, sector, ownership, level, metric, unit, kind, value.
        ledger: every posting summed by month, parties, instrument, region, sector, ownership,
            level: cases and fen, provincial.
        funds: month, account, opening, inflow, outflow, closing in fen.
        people: month, before, after, persons moved, unweighted.
        incidence: year, instrument, dimension, group, cases, amount_fen.
        seconds: wall time of the months.
    """

    scenario: str
    digest: str
    seed: int
    draw: int
    weight: int
    engine: str
    start: int
    end: int
    outcomes: pd.DataFrame
    ledger: pd.DataFrame
    funds: pd.DataFrame
    people: pd.DataFrame
    incidence: pd.DataFrame
    seconds: float

    def series(self, metric: str, **where: str) -> pd.Series:
        """Monthly values of a metric; margins not named are summed over.

        Raises:
            KeyError: no such metric.
        """
        o = self.outcomes
        mask = o["metric"] == metric
        if not mask.any():
            raise KeyError(metric)
        for margin in MARGINS:
            mask &= o[margin] == where.get(margin, ALL)
        found: pd.Series = o[mask].set_index("month")["value"]
        return found


def outcome_frame(counts: Any, months: range, weight: int) -> pd.DataFrame:
    """Tidy measures of all months at the province and at each margin."""
    parts: list[pd.DataFrame] = []
    zero = np.zeros(SHAPE, np.int64)
    for name, outcome in OUTCOMES.items():
        source = "pay_sum" if name == "mean_pay" else name
        cube = np.stack(
            [counts.cells.get((source, m), zero.ravel()).reshape(SHAPE) for m in months]
        )
        below = None
        if name == "mean_pay":
            below = np.stack(
                [counts.cells.get(("employed", m), zero.ravel()).reshape(SHAPE) for m in months]
            )
        parts += [_margin(name, outcome, cube, below, months, weight, m) for m in (ALL, *MARGINS)]
    for name, outcome in SCALARS.items():
        values = [counts.scalars.get((name, m), 0) * weight for m in months]
        if name in IN_FEN:
            values = [v / 100 for v in values]
        parts.append(_tidy(name, outcome, months, {}, np.array(values, float)))
    return pd.concat(parts, ignore_index=True)


def _margin(
    name: str, outcome: Any, cube: Any, below: Any, months: range, weight: int, margin: str
) -> pd.DataFrame:
    top, labels = _fold(cube, margin)
    if below is None:
        values = top * float(weight)
    else:
        bottom, _ = _fold(below, margin)
        values = np.where(bottom > 0, top / np.maximum(bottom, 1) / 100.0, np.nan)
    where = {} if margin == ALL else {margin: labels}
    return _tidy(name, outcome, months, where, values.reshape(len(months), -1))


def _fold(cube: Any, margin: str) -> tuple[Any, tuple[str, ...]]:
    if margin == ALL:
        return cube.sum(axis=(1, 2, 3))[:, None], (ALL,)
    if margin == "region":
        return cube.sum(axis=(2, 3)), REGIONS
    if margin == "level":
        return cube.sum(axis=(1, 2)), LEVELS
    by_branch = cube.sum(axis=(1, 3))
    groups, names = (
        (SECTOR_OF, SECTORS) if margin == "sector" else (OWNERSHIP_OF, OWNERSHIPS)
    )
    folded = np.zeros((len(cube), len(names)), by_branch.dtype)
    for branch, group in enumerate(groups):
        folded[:, group] += by_branch[:, branch]
    return folded, names


def _tidy(
    name: str, outcome: Any, months: range, where: dict[str, tuple[str, ...]], values: Any
) -> pd.DataFrame:
    values = np.asarray(values, float).reshape(len(months), -1)
    width = values.shape[1]
    frame = pd.DataFrame({"month": np.repeat([format_month(m) for m in months], width)})
    for margin in MARGINS:
        frame[margin] = np.tile(where[margin], len(months)) if margin in where else ALL
    frame["metric"] = name
    frame["unit"] = outcome.unit
    frame["kind"] = outcome.kind
    frame["value"] = values.ravel()
    return frame


def ledger_frame(ledger: Any) -> pd.DataFrame:
    """Every posting summed by month and keys, codes as names (``-`` for none)."""
    columns = ["month", "flow", "region", "branch", "level", "cases", "amount_fen"]
    raw = pd.DataFrame(ledger.lines, columns=columns)
    flows = {flow: k for k, flow in enumerate(dict.fromkeys(raw["flow"]))}
    names = list(flows)
    code = raw["flow"].map(flows).to_numpy(np.int64) if len(raw) else np.zeros(0, np.int64)

    def of(attribute: str) -> Any:
        values = [getattr(f, attribute) for f in names]
        values = [v.name.lower() if isinstance(v, Account) else v for v in values]
        return np.array(values, object)[code] if names else np.zeros(0, object)

    branch = raw["branch"].to_numpy(np.int64)
    frame = pd.DataFrame(
        {
            "month": [format_month(m) for m in raw["month"]],
            "payer": of("payer"),
            "payee": of("payee"),
            "instrument": of("instrument"),
            "clause": of("clause"),
            "region": _names(raw["region"], REGIONS),
            "sector": _names(_mapped(branch, SECTOR_OF), SECTORS),
            "ownership": _names(_mapped(branch, OWNERSHIP_OF), OWNERSHIPS),
            "level": _names(raw["level"], LEVELS),
            "cases": raw["cases"].astype(np.int64),
            "amount_fen": raw["amount_fen"].astype(np.int64),
        }
    )
    keys = list(frame.columns[:-2])
    return frame.groupby(keys, sort=True, as_index=False)[["cases", "amount_fen"]].sum()


def _mapped(branch: Any, table: list[int]) -> Any:
    return np.where(branch >= 0, np.array(table)[np.maximum(branch, 0)], -1)


def _names(codes: Any, names: tuple[str, ...]) -> Any:
    table = np.array([*names, "-"], object)
    return table[np.asarray(codes, np.int64)]


def funds_frame(ledger: Any) -> pd.DataFrame:
    """Opening, in, out and closing of every account by month, in fen."""
    columns = ["month", "account", "opening", "inflow", "outflow", "closing"]
    frame = pd.DataFrame(ledger.history, columns=columns)
    frame["month"] = [format_month(m) for m in frame["month"]]
    frame["account"] = [Account(a).name.lower() for a in frame["account"]]
    return frame


def people_frame(people: Any) -> pd.DataFrame:
    """Moves between statuses by month, sampled persons."""
    rows = [
        (format_month(month), STATUSES[a], STATUSES[b], int(moves[a, b]))
        for month, moves in people.history
        for a, b in zip(*np.nonzero(moves), strict=True)
    ]
    return pd.DataFrame(rows, columns=["month", "before", "after", "persons"])


def incidence_frame(province: Any) -> pd.DataFrame:
    """Who received what, by year: level, sex, age, registration, size of enterprise, region."""
    w = province.workers
    rows: list[tuple[Any, ...]] = []
    for (instrument, month), payments in province.counts.payments.items():
        who = np.concatenate([r for r, _ in payments])
        fen = np.concatenate([f for _, f in payments])
        year = int(format_month(month)[:4])
        ages = np.clip((month - w["birth_month"][who]) // 120, 1, 6)
        for dimension, values, labels in (
            ("sex", w["female"][who], ("male", "female")),
            ("registration", w["rural"][who], ("urban", "rural")),
            ("age", ages, tuple(f"{d}0-{d}9" for d in range(7))),
            ("region", w["region"][who], REGIONS),
        ):
            cases = np.bincount(values, minlength=len(labels))
            sums = np.zeros(len(labels), np.int64)
            np.add.at(sums, values, fen)
            rows += [
                (year, instrument, dimension, label, int(c), int(s))
                for label, c, s in zip(labels, cases, sums, strict=True)
                if c
            ]
    columns = ["year", "instrument", "dimension", "group", "cases", "amount_fen"]
    frame = pd.DataFrame(rows, columns=columns)
    summed = frame.groupby(columns[:4], as_index=False, sort=True)[columns[4:]].sum()
    summed[columns[4:]] *= int(province.weight)
    return summed


def finish(
    province: Any, scenario: str, digest: str, seconds: float, draw: int = 0
) -> Run:
    """Turn a province that has been run into a :class:`Run`."""
    months = range(province.start, province.month)
    return Run(
        scenario=scenario,
        digest=digest,
        seed=province.seed,
        draw=draw,
        weight=int(province.weight),
        engine=province.engine.name,
        start=province.start,
        end=province.month - 1,
        outcomes=outcome_frame(province.counts, months, int(province.weight)),
        ledger=ledger_frame(province.ledger),
        funds=funds_frame(province.ledger),
        people=people_frame(province.people),
        incidence=incidence_frame(province),
        seconds=seconds,
    )
