"""Results as values: a finished run as tidy frames, complete on construction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.codes import LEVELS, OWNERSHIPS, REGIONS, SECTORS, STATUSES
from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.measures import SHAPE
from model.months import format_month, year_of
from model.outcomes import IN_FEN, NOT_SAMPLED, OUTCOMES, SCALARS
from model.postings import OWNERSHIP_OF, SECTOR_OF, Postings, postings, stretches, sums, years

ALL = "all"
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
        if name == "mean_pay":
            folds = zip(_folds(cube_of("pay_sum")), _folds(cube_of("employed")), strict=True)
            for (margin, fen, labels), (_, persons, _) in folds:
                mean = np.where(persons > 0, fen / np.maximum(persons, 1) / 100.0, np.nan)
                parts.append(Part(name, margin, labels, mean))
            continue
        for margin, counted, labels in _folds(cube_of(name)):
            parts.append(Part(name, margin, labels, counted * float(weight)))
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


def _folds(cube: Any) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Sums of counts by month at every margin: its name, a column a group, the groups."""
    places = cube.sum(axis=3)
    regions = places.sum(axis=2)
    branches = places.sum(axis=1)
    yield ALL, regions.sum(axis=1)[:, None], (ALL,)
    yield "region", regions, REGIONS
    for margin, groups, names in (
        ("sector", SECTOR_OF, SECTORS),
        ("ownership", OWNERSHIP_OF, OWNERSHIPS),
    ):
        folded = np.zeros((len(cube), len(names)), cube.dtype)
        for branch, group in enumerate(groups):
            folded[:, group] += branches[:, branch]
        yield margin, folded, names
    yield "level", cube.sum(axis=(1, 2)), LEVELS


def _tidy(parts: list[Part], months: range) -> pd.DataFrame:
    """All parts as one frame: month by month, group by group."""
    number = len(months)
    widths = [len(p.groups) for p in parts]
    sizes = np.array(widths) * number
    kinds = {**OUTCOMES, **SCALARS}
    columns: dict[str, Any] = {
        "month": _named(
            [format_month(m) for m in months],
            np.concatenate([np.repeat(np.arange(number), width) for width in widths]),
        )
    }
    for margin in MARGINS:
        own = [p.groups if p.margin == margin else [ALL] * len(p.groups) for p in parts]
        names = list(dict.fromkeys(name for groups in own for name in groups))
        codes = [np.tile([names.index(name) for name in groups], number) for groups in own]
        columns[margin] = _named(names, np.concatenate(codes))
    for field, values in (
        ("metric", [p.name for p in parts]),
        ("unit", [kinds[p.name].unit for p in parts]),
        ("kind", [kinds[p.name].kind for p in parts]),
    ):
        columns[field] = _named(values, np.repeat(np.arange(len(parts)), sizes))
    columns["value"] = np.concatenate([np.asarray(p.values, float).ravel() for p in parts])
    return pd.DataFrame(columns)


def _named(names: Sequence[str], codes: Any) -> Any:
    """Names in place of codes, as a column of text: each name is converted once, not each row."""
    return pd.array(list(names), dtype="str").take(codes)


def ledger_frame(ledger: Any) -> pd.DataFrame:
    """Every posting summed by month and keys, codes as names (``-`` for none), sorted by name."""
    return _ledger_frame(postings(ledger))


def _ledger_frame(booked: Postings) -> pd.DataFrame:
    months, month_at = np.unique(booked.month, return_inverse=True)
    columns = {"month": _named([format_month(m) for m in months.tolist()], month_at)}
    for k, name in enumerate(("payer", "payee", "instrument", "clause")):
        columns[name] = _named([names[k] for names in booked.parties], booked.flow)
    for name, (codes, names) in booked.margins.items():
        columns[name] = _named(names, codes)
    columns["cases"] = booked.cases
    columns["amount_fen"] = booked.fen
    return pd.DataFrame(columns)


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


def incidence_frame(province: Any, booked: Postings) -> pd.DataFrame:
    """Who received public money, by year and instrument.

    Only what an instrument paid: outlay of the funds for the rest of the province goes to nobody
    here. Region, sector, ownership and level come from the ledger, so that their totals are the
    ledger's; sex, age and registration come from the payments to workers. What was paid for people
    outside the model or the sample stands under ``-``.
    """
    columns = ["year", "instrument", "dimension", "group", "cases", "amount_fen"]
    payers = {account.name.lower() for account in PUBLIC}
    paid = np.array([p[0] in payers and p[2] in instruments() for p in booked.parties], np.bool_)
    rows = np.flatnonzero(paid[booked.flow])
    names = sorted({party[2] for party in booked.parties})
    named = np.array([names.index(party[2]) for party in booked.parties], np.int64)
    key = years(booked.month[rows]) * len(names) + named[booked.flow[rows]]
    parts = []
    public = pd.DataFrame()
    for margin in (ALL, *MARGINS):
        codes, labels = booked.margins.get(margin, (np.zeros(len(booked.month), np.int64), (ALL,)))
        group = codes[rows] % len(labels)
        order, starts = stretches(key * len(labels) + group)
        first = order[starts]
        frame = pd.DataFrame(
            {
                "year": key[first] // max(1, len(names)),
                "instrument": _named(names, key[first] % max(1, len(names))),
                "group": _named(labels, group[first]),
                "cases": sums(booked.cases[rows], order, starts),
                "amount_fen": sums(booked.fen[rows], order, starts),
            }
        )
        if margin == ALL:
            public = frame
        else:
            parts.append(frame.assign(dimension=margin))
    persons = _by_person(province, columns)
    persons = persons[persons["instrument"].isin(public["instrument"])]  # not the unions' money
    parts += [persons, _nobody_modelled(public, persons, columns)]
    whole = pd.concat(parts, ignore_index=True)[columns]
    return whole.sort_values(columns[:4], kind="stable", ignore_index=True)


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
    booked = postings(province.ledger)
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
        ledger=_ledger_frame(booked),
        funds=funds_frame(province.ledger),
        people=people_frame(province.people),
        incidence=incidence_frame(province, booked),
        seconds=seconds,
        behaviour=behaviour,
    )
