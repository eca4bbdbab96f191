"""Notebooks on enterprises: who sends workers to be trained, who is helped, who asks, schools."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.experiments import settled
from calibration.figures import pays_off
from calibration.watching import INSTRUMENT, Ints, listen, quit_hazards
from model.codes import BRANCHES, Level, Status
from model.months import month_of_year
from model.state import life_due

Floats = NDArray[np.float64]
DECEMBER = 12
RECENT = 36  # months back to which an enterprise is asked whether it sent anybody
VERY_SHORT = 0.5  # share of payroll that cash cannot meet


class Senders:
    """Enterprises: staff-months, plans of sending weighted with them, workers sent and poached."""

    def __init__(self) -> None:
        self.staff: Any = 0.0
        self.planned: Any = 0.0
        self.sent: dict[int, Ints] = {}
        self.took: dict[int, Ints] = {}

    def begin(self, province: Any) -> None:
        """Listen to the counts of the province."""
        number = len(province.enterprises["id"])
        self.staff, self.planned = np.zeros(number), np.zeros(number)
        listen(
            province, "applications_sponsored", lambda p, rows: _per_employer(self.sent, p, rows)
        )
        listen(province, "poached", lambda p, rows: _per_employer(self.took, p, rows))

    def month(self, province: Any) -> None:
        """Add a month of plans."""
        if settled(province.month - 1):
            e = province.enterprises
            self.staff += e["staff"]
            self.planned += e["staff"] * e["nomination_rate"]

    def recent(self, of: dict[int, Ints], province: Any) -> Any:
        """Events by enterprise in the last three years."""
        first = province.month - RECENT
        return sum((n for m, n in of.items() if m >= first), np.zeros(len(self.staff), np.int64))


def _per_employer(into: dict[int, Ints], province: Any, rows: Ints) -> None:
    w, e = province.workers, province.enterprises
    certified = rows[w["level"][rows] > 0]
    counted = np.bincount(w["enterprise"][certified], minlength=len(e["id"]))
    into[province.month] = into.get(province.month, 0) + counted


def cells(province: Any) -> Ints:
    """Cell of prefecture and branch of each enterprise."""
    e = province.enterprises
    found: Ints = e["region"].astype(np.int64) * len(BRANCHES) + e["branch"]
    return found


class Helped:
    """Enterprises that draw C12, and where technicians stay, are taken on and may leave.

    ``dangers`` are, each December, the hazards to quit so far of each technician of the first
    settled month, summed up while with the employer of that month; nan after that.
    """

    def __init__(self) -> None:
        self.drew: Any = None
        self.months: Any = None  # technician-months by enterprise
        self.hired: Any = None  # technicians taken on by enterprise
        self.dangers: dict[int, Floats] = {}
        self._home: Any = None
        self._danger: Any = None

    def begin(self, province: Any) -> None:
        """As many places as enterprises."""
        number = len(province.enterprises["id"])
        self.drew = np.zeros(number, np.bool_)
        self.months, self.hired = np.zeros(number), np.zeros(number)

    def month(self, province: Any) -> None:
        """Add a month."""
        month = province.month - 1
        if not settled(month):
            return
        w, e = province.workers, province.enterprises
        weight, number = float(province.weight), len(e["id"])
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN))
        employer = w["enterprise"][rows]
        if self._home is None:
            self._home = (rows, employer.copy())
            self._danger = np.zeros(len(rows))
        cohort, home = self._home
        stay = (w["status"][cohort] == Status.EMPLOYED) & (w["enterprise"][cohort] == home)
        self._danger[~stay] = np.nan
        self._danger[stay] += quit_hazards(province, cohort[stay])
        if month_of_year(month) == DECEMBER:
            self.dangers[month] = self._danger.copy()
        self.drew |= e["wage_drop_drawn"] > 0
        self.months += weight * np.bincount(employer, minlength=number)
        joined = employer[w["joined"][rows] == month]
        self.hired += weight * np.bincount(joined, minlength=number)


class Refunded:
    """Enterprises month by month: staff, distress, and yuan of the stay-job subsidy paid to them.

    Distress comes from outside, so that it is the same with the subsidy and without.
    """

    def __init__(self) -> None:
        self.staff: dict[int, Floats] = {}
        self.distress: dict[int, Floats] = {}
        self.paid: dict[int, Floats] = {}
        self._drawn: Any = 0

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        month = province.month - 1
        e, weight = province.enterprises, float(province.weight)
        drawn = e["stay_job_drawn"].copy()
        if settled(month):
            self.staff[month] = weight * e["staff"]
            self.distress[month] = e["distress"].copy()
            fresh = drawn - np.minimum(drawn, self._drawn)
            if fresh.any():
                self.paid[month] = weight * fresh / 100
        self._drawn = drawn


def kept_by_shortage(with_it: Refunded, without: Refunded, months: int, least: float) -> Floats:
    """Person-months kept a hundred million yuan while help lasts: cash ample, short, very short.

    By the worst distress of an enterprise in the ``months`` after it was paid: below ``least``,
    where pay is whole and help changes no plan; below half of payroll; from half of it.
    """
    kept, paid = np.zeros(3), np.zeros(3)
    for month, yuan in with_it.paid.items():
        window = range(month + 1, month + 1 + months)
        if window[-1] not in with_it.staff:
            continue
        worst = np.max([with_it.distress[m] for m in window], axis=0)
        kind = (worst >= least).astype(np.int64) + (worst >= max(least, VERY_SHORT))
        more = np.sum([with_it.staff[m] - without.staff[m] for m in window], axis=0)
        got = yuan > 0
        kept += np.bincount(kind[got], weights=more[got], minlength=3)
        paid += np.bincount(kind[got], weights=yuan[got], minlength=3)
    return np.array([pays_off(*both, 1e8) for both in zip(kept, paid, strict=True)])


class Asking:
    """Insuring enterprises by size class: months, months aware, spells of cuts, asked in them."""

    def __init__(self) -> None:
        self.months = np.zeros(4)
        self.aware = np.zeros(4)
        self.cut = np.zeros(4)
        self.asked = np.zeros(4)

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        if not settled(province.month - 1):
            return
        e = province.enterprises
        knows = province.awareness.enterprises(INSTRUMENT, e, province.seed)
        insuring = (e["exists"] == 1) & (e["insures"] == 1) & (e["staff"] > 0)
        cut = insuring & (e["cut_since"] > 0)
        for into, mask in (
            (self.months, insuring),
            (self.aware, insuring & knows),
            (self.cut, cut),
            (self.asked, cut & (e["asks_support"] == 1)),
        ):
            into += np.bincount(e["size_class"][mask], minlength=4)


class Schools:
    """Seat-weighted use and quality of schools, month by month."""

    def __init__(self) -> None:
        self.use: list[float] = []
        self.quality: list[float] = []

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        if not settled(province.month - 1):
            return
        j = province.institutions
        seats = j["base_seats"] * j["factor"] * province.law["training"].exam_supply
        rows = np.flatnonzero((j["exists"] == 1) & (seats > 0))
        self.use.append(float(j["demand"][rows].sum() / seats[rows].sum()))
        self.quality.append(float(np.average(j["quality"][rows], weights=seats[rows])))


def retire_sooner(province: Any) -> None:
    """Technicians and above have half the time to retirement: the hazard doubles."""
    w = province.workers
    upper = w["level"] >= Level.TECHNICIAN
    left = np.maximum(0, w["retire_month"].astype(np.int64) - province.start)
    w["retire_month"][upper] = (province.start + left // 2)[upper]
    w["life_due"][:] = life_due(w)
