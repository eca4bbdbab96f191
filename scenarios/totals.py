"""Province-wide totals of a run, summed up once and kept as long as the run is."""

import weakref
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.instruments.channels import Channel
from model.instruments.registry import on_channel
from model.ledger import PUBLIC, Account
from model.months import format_month
from model.results import ALL, Run

PUBLIC_NAMES = tuple(a.name.lower() for a in PUBLIC)
LEVY = "education_levy"
NO_TRAINING = ("appraisal_subsidy", "placement_bonus")  # paid for an exam and for a placement
OWN_MONEY = Account.EDUCATION_FUNDS.name.lower()
INSTITUTIONS = Account.INSTITUTIONS.name.lower()
TAX_OFFICE = Account.TAX_OFFICE.name.lower()
Keyed = Mapping[tuple[str, str], float]  # by metric and level


class Totals(NamedTuple):
    """Values of the province: of the last month, summed over all, and fen paid from public funds.

    ``paths`` are values month by month; ``subsidised`` cases that public money paid for a
    certificate, a course (of any group) or an apprentice, by month. ``set_aside`` and
    ``own_money_spent`` are fen of the enterprises' own education funds (C7), never public, nor is
    ``tax_not_levied``.
    """

    last: Keyed
    summed: Keyed
    paths: Mapping[tuple[str, str], NDArray[np.float64]]
    paid: Mapping[str, int]  # by instrument
    subsidised: NDArray[np.int64]
    set_aside: int
    own_money_spent: int
    training_paid: Mapping[str, int]  # fen that institutions were paid, by payer (C26)
    tax_not_levied: int


_kept: dict[int, tuple[weakref.ref[pd.DataFrame], Totals]] = {}


def totals(run: Run) -> Totals:
    """Totals of a run."""
    at = id(run.outcomes)
    found = _kept.get(at)
    if found is None or found[0]() is not run.outcomes:
        forget = weakref.ref(run.outcomes, lambda _: _kept.pop(at, None))
        _kept[at] = found = (forget, _summed(run))
    return found[1]


def path(run: Run, metric: str, levels: Sequence[str] = (ALL,)) -> NDArray[np.float64]:
    """Monthly values of a measure in the province, summed over levels.

    Raises:
        KeyError: no such measure or level.
    """
    paths = totals(run).paths
    found: NDArray[np.float64] = np.sum([paths[metric, level] for level in levels], axis=0)
    return found


def measured(run: Run, metric: str) -> bool:
    """Whether a run has a measure."""
    return (metric, ALL) in totals(run).paths


def _summed(run: Run) -> Totals:
    o = run.outcomes
    whole = o[(o["region"] == ALL) & (o["sector"] == ALL) & (o["ownership"] == ALL)]
    groups: Any = whole.groupby(["metric", "level"])["value"]
    paths = {key: part.to_numpy(np.float64) for key, part in groups}
    public = run.ledger[run.ledger["payer"].isin(PUBLIC_NAMES)]
    paid = public.groupby("instrument")["amount_fen"].sum()
    channels = (Channel.CERTIFICATE, Channel.APPRENTICE, Channel.COURSE)
    found = [one.name for channel in channels for one in on_channel(channel)]
    of_training = [name for name in found if name not in NO_TRAINING]
    cases = public[public["instrument"].isin(of_training)].groupby("month")["cases"].sum()
    names = [format_month(m) for m in range(run.start, run.end + 1)]
    levy = run.ledger[run.ledger["instrument"] == LEVY]
    taught = run.ledger[run.ledger["payee"] == INSTITUTIONS].groupby("payer")["amount_fen"].sum()
    return Totals(
        {key: float(np.nan_to_num(values[-1])) for key, values in paths.items()},
        {key: float(np.nansum(values)) for key, values in paths.items()},
        paths,
        {str(name): int(fen) for name, fen in paid.items()},
        cases.reindex(names, fill_value=0).to_numpy(np.int64),
        int(levy.loc[levy["payee"] == OWN_MONEY, "amount_fen"].sum()),
        int(levy.loc[levy["payer"] == OWN_MONEY, "amount_fen"].sum()),
        {str(payer): int(fen) for payer, fen in taught.items()},
        int(run.ledger.loc[run.ledger["payer"] == TAX_OFFICE, "amount_fen"].sum()),
    )
