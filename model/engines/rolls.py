"""The rolls: staff, pay and premiums of every enterprise, and everybody by cell.

The month sums these several times, while few people move in between. An engine may therefore keep
them up to date: whoever changes place, level, pay or insurance is taken off with :meth:`Rolls.off`
and put back on afterwards, as whole numbers, so that the rolls are what a count would give. Where
the rules change on which the sums hang (:class:`Terms`), all are counted anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, LEVELS, REGIONS, STATUSES, Level, Status
from model.draws import uniforms_at
from model.instruments.channels import share_of
from model.instruments.unemployment_insurance import Params, employee_premium, employer_premium
from model.scalar import elementwise

Ints = NDArray[np.int64]
Columns = Mapping[str, NDArray[Any]]
PLACES = len(REGIONS) * len(BRANCHES)
CELLS = PLACES * len(LEVELS)

SUMS = (  # of each enterprise
    "staff",
    "payroll",  # contractual pay, fen a month
    "certified",  # persons
    "certified_pay",
    "upper_staff",  # technicians in key posts
    "upper_pay",
    "insured",  # persons
    "premium_base",  # declared pay of the insured, fen a month
    "own_premiums",  # of the enterprise, fen a month
    "staff_premiums",  # of its staff
)
TABLES = ("a sum by enterprise", "people", "the insured", "pay")


class Terms(NamedTuple):
    """Rules on which the sums hang.

    ``waived`` are millionths of its premiums that each enterprise is spared; ``key_share`` is the
    share of technicians in key posts, drawn at ``key_moment``.
    """

    insurance: Params
    waived: Ints
    key_share: float
    key_moment: int

    def same(self, other: "Terms | None") -> bool:
        """Whether the sums are the same under both."""
        return (
            other is not None
            and self.insurance == other.insurance
            and (self.key_share, self.key_moment) == (other.key_share, other.key_moment)
            and np.array_equal(self.waived, other.waived)
        )


@dataclass
class Rolls:
    """Sums over all workers.

    Attributes:
        sums: one row for each of ``SUMS``, one column for each enterprise.
        people: persons by cell (region, branch and level) and status.
        insured: insured persons by cell.
        pay: contractual pay of staff by cell, fen a month.
        terms: the rules under which they were counted; None where they must be counted anew.
        changing: how many announced changes of each worker are under way.
        under_way: how many announced changes there are.
    """

    sums: Ints
    people: Ints
    insured: Ints
    pay: Ints
    terms: Terms | None = None
    changing: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    under_way: int = 0

    @classmethod
    def empty(cls, enterprises: int) -> "Rolls":
        """Rolls on which nobody stands yet."""
        return cls(
            np.zeros((len(SUMS), enterprises), np.int64),
            np.zeros((CELLS, len(STATUSES)), np.int64),
            np.zeros(CELLS, np.int64),
            np.zeros(CELLS, np.int64),
        )

    def of(self, name: str) -> Ints:
        """One of ``SUMS`` by enterprise: a view, not to be written or kept."""
        found: Ints = self.sums[SUMS.index(name)]
        return found

    def tables(self) -> tuple[Ints, Ints, Ints, Ints]:
        """All sums, as ``TABLES`` names them."""
        return self.sums, self.people, self.insured, self.pay


@elementwise
def cells_of(w: Columns, rows: Any) -> Ints:
    """Cell number (region, branch and level) of given workers."""
    cells: Ints = w["region"][rows].astype(np.int64) * len(BRANCHES)
    cells += w["branch"][rows]
    cells *= len(LEVELS)
    cells += w["level"][rows]
    return cells


def waivers(e: Columns, p: Params) -> Ints:
    """Millionths of its premiums that each enterprise is spared (2020)."""
    return np.where(e["small"] == 1, p.waived_small, p.waived_large).astype(np.int64)


def _summed(groups: Any, values: Any, number: int) -> Ints:
    return np.bincount(groups, weights=values, minlength=number).astype(np.int64)


def counted(w: Columns, number: int, terms: Terms) -> Rolls:
    """The rolls of ``number`` enterprises by a count of everybody: what they mean, in numpy."""
    found = Rolls.empty(number)
    found.terms = terms
    cells, statuses = cells_of(w, slice(None)), len(STATUSES)
    table = np.bincount(cells * statuses + w["status"], minlength=CELLS * statuses)
    found.people[:] = table.reshape(CELLS, statuses)
    found.insured[:] = np.bincount(cells[w["insured"] == 1], minlength=CELLS)
    staff = np.flatnonzero(w["status"] == Status.EMPLOYED.value)
    level, drawn = w["level"][staff], uniforms_at(w["key"][staff], terms.key_moment)
    found.pay[:] = _summed(cells[staff], w["pay"][staff], CELLS)
    certified = staff[level > 0]
    key_post = (w["appointed"][staff] >= Level.TECHNICIAN) & (drawn < terms.key_share)
    upper = staff[(level >= Level.TECHNICIAN) & key_post]
    for at, rows in ((0, staff), (2, certified), (4, upper)):
        employer = w["enterprise"][rows]
        found.sums[at] = np.bincount(employer, minlength=number)
        found.sums[at + 1] = _summed(employer, w["pay"][rows], number)
    insured = staff[w["insured"][staff] == 1]
    base, employer = w["premium_base"][insured].astype(np.int64), w["enterprise"][insured]
    p: Any = terms.insurance
    own: Any = employer_premium(base, p)
    own = own - share_of(own, terms.waived[employer])
    theirs: Any = employee_premium(base, p)
    found.sums[6] = np.bincount(employer, minlength=number)
    for at, fen in ((7, base), (8, own), (9, theirs)):
        found.sums[at] = _summed(employer, fen, number)
    return found
