"""Results as values: a finished run as tidy frames, complete on construction."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.codes import BRANCHES, LEVELS, OWNERSHIPS, REGIONS, SECTORS, STATUSES
from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.measures import SHAPE
from model.months import format_month, year_of
from model.outcomes import IN_FEN, NOT_SAMPLED, OUTCOMES, SCALARS

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
        behaviour: names of what was put in place of the model's rules and agents.
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
    behaviour: tuple[str, ...] = ()  # rules and agents put in place of the model's

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
    parts: list[Part] = []
    zero = np.zeros(SHAPE, np.int64)

    def cube_of(name: str) -> Any:
        return np.stack([counts.cells.get((name, m), zero.ravel()).reshape(SHAPE) for m in months])

    for name in OUTCOMES:
        cube = cube_of("pay_sum" if name == "mean_pay" else name)
        below = cube_of("employed") if name == "mean_pay" else None
        for margin in (ALL, *MARGINS):
            top, labels = _fold(cube, margin)
            if below is None:
                values = top * float(weight)
            else:
                bottom, _ = _fold(below, margin)
                values = np.where(bottom > 0, top / np.maximum(bottom, 1) / 100.0, np.nan)
            parts.append(Part(name, margin, labels, values))
    for name in SCALARS:
        times = 1 if name in NOT_SAMPLED else weight
        scalars = np.array([counts.scalars.get((name, m), 0) * times for m in months], float)
        parts.append(
            Part(name, ALL, (ALL,), (scalars / (100.0 if name in IN_FEN else 1.0))[:, None])
        )
    return _tidy(parts, months)


class Part(NamedTuple):
    """One measure at one margin: a row a month, a column a group."""

    name: str
    margin: str
    groups: tuple[str, ...]
    values: Any


def _fold(cube: Any, margin: str) -> tuple[Any, tuple[str, ...]]:
    if margin == ALL:
        return cube.sum(axis=(1, 2, 3))[:, None], (ALL,)
    if margin == "region":
        return cube.sum(axis=(2, 3)), REGIONS
    if margin == "level":
        return cube.sum(axis=(1, 2)), LEVELS
    by_branch = cube.sum(axis=(1, 3))
    groups, names = (SECTOR_OF, SECTORS) if margin == "sector" else (OWNERSHIP_OF, OWNERSHIPS)
    folded = np.zeros((len(cube), len(names)), by_branch.dtype)
    for branch, group in enumerate(groups):
        folded[:, group] += by_branch[:, branch]
    return folded, names


def _tidy(parts: list[Part], months: range) -> pd.DataFrame:
    """All parts as one frame: month by month, group by group."""
    number = len(months)
    sizes = np.array([len(p.groups) * number for p in parts])
    named = np.array([format_month(m) for m in months], object)
    kinds = {**OUTCOMES, **SCALARS}
    columns: dict[str, Any] = {
        "month": np.concatenate([np.repeat(named, len(p.groups)) for p in parts])
    }
    for margin in MARGINS:
        columns[margin] = np.concatenate(
            [
                np.tile(
                    np.array(p.groups if p.margin == margin else [ALL] * len(p.groups), object),
                    number,
                )
                for p in parts
            ]
        )
    for field, values in (
        ("metric", [p.name for p in parts]),
        ("unit", [kinds[p.name].unit for p in parts]),
        ("kind", [kinds[p.name].kind for p in parts]),
    ):
        columns[field] = np.repeat(np.array(values, object), sizes)
    columns["value"] = np.concatenate([np.asarray(p.values, float).ravel() for p in parts])
    return pd.DataFrame(columns)


def ledger_frame(ledger: Any) -> pd.DataFrame:
    """Every posting summed by month and keys, codes as names (``-`` for none)."""
    flows = list(dict.fromkeys(line[1] for line in ledger.lines))
    number = {flow: k for k, flow in enumerate(flows)}
    raw = np.array(
        [(m, number[f], r, b, v, cases, fen) for m, f, r, b, v, cases, fen in ledger.lines],
        np.int64,
    ).reshape(-1, 7)
    code = raw[:, 0]
    for column, size in ((1, 256), (2, 16), (3, 32), (4, 16)):
        code = code * size + raw[:, column] + 1
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    sums = np.zeros((len(first), 2), np.int64)
    np.add.at(sums, place, raw[:, 5:])
    keys = raw[first]
    months = {m: format_month(m) for m in np.unique(keys[:, 0]).tolist()}

    def of(values: list[str]) -> Any:
        return np.array(values, object)[keys[:, 1]] if values else np.zeros(0, object)

    frame = pd.DataFrame(
        {
            "month": np.array([months[m] for m in keys[:, 0].tolist()], object),
            "payer": of([f.payer.name.lower() for f in flows]),
            "payee": of([f.payee.name.lower() for f in flows]),
            "instrument": of([f.instrument for f in flows]),
            "clause": of([f.clause for f in flows]),
            "region": _names(keys[:, 2], REGIONS),
            "sector": _names(_mapped(keys[:, 3], SECTOR_OF), SECTORS),
            "ownership": _names(_mapped(keys[:, 3], OWNERSHIP_OF), OWNERSHIPS),
            "level": _names(keys[:, 4], LEVELS),
            "cases": sums[:, 0],
            "amount_fen": sums[:, 1],
        }
    )
    names = list(frame.columns[:-2])
    return frame.groupby(names, sort=True, as_index=False)[["cases", "amount_fen"]].sum()


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


def incidence_frame(province: Any, ledger: pd.DataFrame) -> pd.DataFrame:
    """Who received public money, by year and instrument.

    Only what an instrument paid: outlay of the funds for the rest of the province goes to nobody
    here. Region, sector, ownership and level come from the ledger, so that their totals are the
    ledger's; sex, age and registration come from the payments to workers. What was paid for people
    outside the model or the sample stands under ``-``.
    """
    columns = ["year", "instrument", "dimension", "group", "cases", "amount_fen"]
    paid = ledger["payer"].isin([a.name.lower() for a in PUBLIC])
    public = ledger[paid & ledger["instrument"].isin(instruments())]
    public = public.assign(year=public["month"].str[:4].astype(int))
    parts = [
        public.groupby(["year", "instrument", margin], as_index=False)[columns[4:]]
        .sum()
        .rename(columns={margin: "group"})
        .assign(dimension=margin)
        for margin in MARGINS
    ]
    persons = _by_person(province, columns)
    persons = persons[persons["instrument"].isin(public["instrument"])]  # not the unions' money
    parts += [persons, _nobody_modelled(public, persons, columns)]
    frame = pd.concat(parts, ignore_index=True)[columns]
    return frame.sort_values(columns[:4], kind="stable", ignore_index=True)


def _by_person(province: Any, columns: list[str]) -> pd.DataFrame:
    w = province.workers
    rows: list[tuple[Any, ...]] = []
    public = {name for name, one in instruments().items() if one.payer in PUBLIC}
    for (instrument, month), payments in province.counts.payments.items():
        if instrument not in public:
            continue
        who = np.concatenate([r for r, _ in payments])
        fen = np.concatenate([f for _, f in payments])
        ages = np.clip((month - w["birth_month"][who]) // 120, 1, 6)
        for dimension, values, labels in (
            ("sex", w["female"][who], ("male", "female")),
            ("registration", w["rural"][who], ("urban", "rural")),
            ("age", ages, tuple(f"{d}0-{d}9" for d in range(7))),
        ):
            cases = np.bincount(values, minlength=len(labels))
            sums = np.zeros(len(labels), np.int64)
            np.add.at(sums, values, fen)
            rows += [
                (year_of(month), instrument, dimension, label, int(c), int(s))
                for label, c, s in zip(labels, cases, sums, strict=True)
                if c
            ]
    fixed = {name for name, _ in province.counts.fixed}  # once each, at every scale
    for (instrument, month), (count, total) in province.counts.fixed.items():
        rows += [
            (year_of(month), instrument, dimension, "-", count, total)
            for dimension in ("sex", "registration", "age")
            if count
        ]
    frame = pd.DataFrame(rows, columns=columns)
    summed = frame.groupby(columns[:4], as_index=False, sort=True)[columns[4:]].sum()
    times = np.where(summed["instrument"].isin(fixed), 1, int(province.weight))
    for column in columns[4:]:
        summed[column] *= times
    return summed


def _nobody_modelled(public: pd.DataFrame, persons: pd.DataFrame, columns: list[str]) -> Any:
    """What the ledger holds beyond the payments to workers, by dimension of persons."""
    keys = columns[:2]
    booked = public.groupby(keys)[columns[4:]].sum()
    parts = []
    for dimension in ("sex", "registration", "age"):
        mine = persons[persons["dimension"] == dimension].groupby(keys)[columns[4:]].sum()
        rest = booked.reindex(mine.index) - mine
        rest = rest[(rest > 0).all(axis=1)].reset_index()
        parts.append(rest.assign(dimension=dimension, group="-"))
    return pd.concat(parts, ignore_index=True)[columns]


def finish(
    province: Any,
    scenario: str,
    digest: str,
    seconds: float,
    behaviour: tuple[str, ...] = (),
    draw: int = 0,
) -> Run:
    """Turn a province that has been run into a :class:`Run`."""
    months = range(province.start, province.month)
    ledger = ledger_frame(province.ledger)
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
        ledger=ledger,
        funds=funds_frame(province.ledger),
        people=people_frame(province.people),
        incidence=incidence_frame(province, ledger),
        seconds=seconds,
        behaviour=behaviour,
    )
