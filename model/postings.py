"""The postings of a run, summed by month and keys: what the tables of money are made of."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, OWNERSHIPS, REGIONS, SECTORS
from model.months import year_of

Ints = NDArray[np.int64]

SECTOR_OF = [SECTORS.index(b.sector) for b in BRANCHES]
OWNERSHIP_OF = [OWNERSHIPS.index(b.ownership) for b in BRANCHES]
NONE = "-"  # no region, branch or level: the last name of every table, at code -1


class Postings(NamedTuple):
    """Every posting summed by month and keys, one entry a sum, in the order of its names.

    Attributes:
        month: month of each.
        flow: place of each among ``parties``.
        parties: payer, payee, instrument and clause.
        margins: codes of each by margin, and the names behind them (code -1 is the last).
        cases: cases, provincial.
        fen: amounts, provincial.
    """

    month: Ints
    flow: Ints
    parties: list[tuple[str, str, str, str]]
    margins: dict[str, tuple[Ints, tuple[str, ...]]]
    cases: Ints
    fen: Ints


def postings(ledger: Any) -> Postings:
    """Sum the lines of a ledger."""
    lines = list(zip(*ledger.lines, strict=True)) or [()] * 7
    month, region, branch, level, cases, fen = (
        np.array(lines[k], np.int64) for k in (0, 2, 3, 4, 5, 6)
    )
    objects = dict(zip(map(id, lines[1]), lines[1], strict=True))  # few, in however many lines
    flows = {key: _parties(one) for key, one in objects.items()}
    parties = sorted(set(flows.values()))
    number = {key: parties.index(names) for key, names in flows.items()}
    flow = np.array([number[key] for key in map(id, lines[1])], np.int64)
    margins: dict[str, tuple[Ints, tuple[str, ...]]] = {
        "region": (region, (*REGIONS, NONE)),
        "sector": (_mapped(branch, SECTOR_OF), (*SECTORS, NONE)),
        "ownership": (_mapped(branch, OWNERSHIP_OF), (*OWNERSHIPS, NONE)),
        "level": (level, (*LEVELS, NONE)),
    }
    code = month * len(parties) + flow
    for codes, names in margins.values():
        place = np.argsort(sorted(range(len(names)), key=names.__getitem__), kind="stable")
        code = code * len(names) + place[codes]
    order, starts = stretches(code)
    first = order[starts]  # one line of each sum
    return Postings(
        month[first],
        flow[first],
        parties,
        {name: (codes[first], names) for name, (codes, names) in margins.items()},
        sums(cases, order, starts),
        sums(fen, order, starts),
    )


def stretches(code: Ints) -> tuple[Ints, Ints]:
    """An order that brings equal codes together, and where each of them begins in it."""
    order = np.argsort(code, kind="stable")
    return order, np.flatnonzero(np.diff(code[order], prepend=-1))


def sums(values: Ints, order: Ints, starts: Ints) -> Ints:
    """Sums of values over the stretches of :func:`stretches`."""
    if not len(starts):
        return np.zeros(0, np.int64)
    found: Ints = np.add.reduceat(values[order], starts)
    return found


def _parties(flow: Any) -> tuple[str, str, str, str]:
    """What a line's flow says, in words."""
    return flow.payer.name.lower(), flow.payee.name.lower(), flow.instrument, flow.clause


def _mapped(branch: Any, table: list[int]) -> Any:
    return np.where(branch >= 0, np.array(table)[np.maximum(branch, 0)], -1)


def years(months: Ints) -> Ints:
    """The year of each month."""
    distinct, at = np.unique(months, return_inverse=True)
    found: Ints = np.array([year_of(m) for m in distinct.tolist()], np.int64)[at]
    return found
