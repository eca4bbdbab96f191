"""Runs made by hand: a few months of one measure and a few payments."""

from typing import NamedTuple

import pandas as pd

from model.months import format_month, month
from model.results import ALL, Run

START = month(2017, 1)


class Paid(NamedTuple):
    """One line of a ledger."""

    month: str
    payer: str
    payee: str
    instrument: str
    fen: int
    cases: int = 1


def run_of(
    name: str = "mine",
    *,
    seed: int = 1,
    months: int = 12,
    person_times: float = 1000.0,
    technicians: float = 100.0,
    bases: int = 0,
    groups: float | None = None,
    paid: tuple[Paid, ...] = (),
) -> Run:
    """A run whose every month has the same flow, and a stock that stands still.

    Of bases and studios one more stands every month, from ``bases`` on (studios and contest bases
    from none); two more are granted than stand, and those added are new. ``groups`` is a flow of
    training of other groups; a run has no such measure without it.
    """
    names = [format_month(START + k) for k in range(months)]
    rows = [
        (m, ALL, ALL, ALL, level, metric, unit, kind, value)
        for metric, unit, kind, level, value in (
            ("person_times", "person-times", "flow", ALL, person_times),
            ("persons_trained", "persons", "flow", ALL, person_times / 2),
            ("persons_ever_trained", "persons", "flow", ALL, person_times / 4),
            ("certified", "persons", "stock", "technician", technicians),
            ("employed", "persons", "stock", "technician", technicians),
        )
        for m in names
    ]
    for name, first in (("training_bases", bases), ("master_studios", 0),
                        ("contest_training_bases", 0)):  # fmt: skip
        for part, start in (("", first), ("_approved", first + 2), ("_new", 0)):
            rows += [
                (m, ALL, ALL, ALL, ALL, name + part, "count", "stock", float(start + k))
                for k, m in enumerate(names)
            ]
    if groups is not None:
        rows += [
            (m, ALL, ALL, ALL, ALL, "group_person_times", "person-times", "flow", groups)
            for m in names
        ]
    columns = [
        "month", "region", "sector", "ownership", "level", "metric", "unit", "kind", "value",
    ]  # fmt: skip
    lines = [
        (
            p.month,
            p.payer,
            p.payee,
            p.instrument,
            "C1",
            "harbin",
            "coal",
            "private",
            "-",
            p.cases,
            p.fen,
        )
        for p in paid
    ]
    keys = [
        "month", "payer", "payee", "instrument", "clause", "region", "sector", "ownership",
        "level", "cases", "amount_fen",
    ]  # fmt: skip
    funds = pd.DataFrame(
        [(m, "unemployment_insurance_fund", 0, 200, 100, 100) for m in names]
        + [(m, "employment_subsidy_fund", 0, 200, 100, 100) for m in names]
        + [(m, "workers", 0, 100, 100, 0) for m in names],
        columns=["month", "account", "opening", "inflow", "outflow", "closing"],
    )
    people = pd.DataFrame(
        [(names[0], "employed", "=cmd", 3)], columns=["month", "before", "after", "persons"]
    )
    incidence = pd.DataFrame(
        [(2017, "skill_upgrade_subsidy", "sex", "male", 1, 100)],
        columns=["year", "instrument", "dimension", "group", "cases", "amount_fen"],
    )
    return Run(
        scenario=name,
        digest="0" * 64,
        seed=seed,
        draw=0,
        weight=20,
        engine="columns",
        start=START,
        end=START + months - 1,
        outcomes=pd.DataFrame(rows, columns=columns),
        ledger=pd.DataFrame(lines, columns=keys),
        funds=funds,
        people=people,
        incidence=incidence,
        seconds=1.0,
    )
