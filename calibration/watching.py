"""Notebooks of experiments: who was trained, who cut pay, whose ceiling bound."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.experiments import settled
from model.codes import SIZE_CLASSES, Level, Status
from model.ledger import Account
from model.measures import SHAPE, Counts
from model.month.expecting import pot_left
from model.rules.leaving import quit_rate

Ints = NDArray[np.int64]

DECADE = 120  # months
MILLION = 1_000_000
INSTRUMENT = "wage_drop_subsidy"


class Flows:
    """Nothing beyond what a province counts by itself; sums over months after the warm-up."""

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Nothing to note."""


def summed(province: Any, name: str, *, levels: slice = slice(None)) -> Any:
    """A measure by branch, summed over prefectures, levels and months after the warm-up."""
    total = np.zeros(SHAPE[1])
    for (measure, month), cells in province.counts.cells.items():
        if measure == name and settled(month):
            total += cells.reshape(SHAPE)[:, :, levels].sum(axis=(0, 2))
    return total * float(province.weight)


def spent(
    seen: Any, payer: Account, instrument: str, payee: Account | None = None
) -> tuple[float, float]:
    """Cases and yuan that an account paid under an instrument after the warm-up."""
    cases = fen = 0
    for month, flow, _, _, _, number, amount in seen.province.ledger.lines:
        ours = flow.instrument == instrument and flow.payer == payer
        if settled(month) and ours and payee in (None, flow.payee):
            cases += number
            fen += amount
    return float(cases), fen / 100


class Groups:
    """Workers by age, level, size of enterprise and owner: exposure in months and events."""

    def __init__(self, event: str) -> None:
        self.event = event
        self.months: dict[str, Any] = {}
        self.events: dict[str, Any] = {}

    def begin(self, province: Any) -> None:
        """Listen to the counts of the province."""
        listen(province, self.event, self.happened)

    def month(self, province: Any) -> None:
        """Add a month of everybody employed."""
        month = province.month - 1
        if settled(month):
            rows = np.flatnonzero(province.workers["status"] == Status.EMPLOYED)
            _add(self.months, _classes(province, rows, month))

    def happened(self, province: Any, rows: Ints) -> None:
        """Add an event of each row."""
        if settled(province.month):
            _add(self.events, _classes(province, rows, province.month))

    def rate(self, dimension: str, *codes: int) -> float:
        """Events a person-month in some classes of a dimension; nan if nobody is there."""
        months = float(self.months[dimension][list(codes)].sum())
        return float(self.events[dimension][list(codes)].sum()) / months if months else float("nan")


def _add(into: dict[str, Any], classes: dict[str, Ints]) -> None:
    for dimension, codes in classes.items():
        counted = np.bincount(codes, minlength=8)
        into[dimension] = into.get(dimension, 0) + counted


def _classes(province: Any, rows: Ints, month: int) -> dict[str, Ints]:
    w, e = province.workers, province.enterprises
    employer = w["enterprise"][rows]
    ages = (month - w["birth_month"][rows].astype(np.int64)) // DECADE
    return {
        "age": np.clip(ages, 0, 7),
        "level": w["level"][rows].astype(np.int64),
        "size": e["size_class"][employer].astype(np.int64),
        "state": e["state"][employer].astype(np.int64),
    }


class _Listening(Counts):
    """The counts of a province, which also tell notebooks of the events they ask for."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self.__dict__.update(counts.__dict__)
        self.told: dict[str, list[Any]] = defaultdict(list)

    def flow(self, province: Any, name: str, rows: Ints) -> None:
        """Count, and tell."""
        super().flow(province, name, rows)
        for tell in self.told[name]:
            tell(province, rows)


def listen(province: Any, event: str, tell: Callable[[Any, Ints], None]) -> None:
    """Have a notebook told of the workers to whom an event happens, as it happens."""
    if not isinstance(province.counts, _Listening):
        province.counts = _Listening(province.counts)
    province.counts.told[event].append(tell)


class Distress:
    """Enterprises in distress: staff-months, pay cut from them in full months, and lay-offs.

    Index 0 is every other enterprise, 1 the state's.
    """

    def __init__(self) -> None:
        self.staff = np.zeros(2)
        self.cut = np.zeros(2)
        self.layoffs = np.zeros(2)

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        if not settled(province.month - 1):
            return
        e = province.enterprises
        start = province.law["plans"].distress_start
        in_distress = (e["exists"] == 1) & (e["distress"] >= start)
        for state in (0, 1):
            rows = np.flatnonzero(in_distress & (e["state"] == state))
            upper = e["upper_staff"][rows]
            lower = e["staff"][rows] - upper
            cut = upper * e["cut_ppm"][rows] + lower * e["cut_others_ppm"][rows]
            self.staff[state] += e["staff"][rows].sum()
            self.cut[state] += cut.sum() / MILLION
            self.layoffs[state] += e["layoffs"][rows].sum()


class Ceilings:
    """Enterprise-years with a claim under C12, and whether the ceiling was reached, by size."""

    def __init__(self) -> None:
        self.bound: dict[tuple[int, int], bool] = defaultdict(bool)
        self.size: dict[int, int] = {}
        self.staff: dict[int, int] = {}
        self.upper: dict[int, int] = {}

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Look at enterprises whose technicians are entitled."""
        month = province.month - 1
        if not settled(month) or not province.law[INSTRUMENT].in_force:
            return
        e = province.enterprises
        claims = (e["exists"] == 1) & (e["cut_since"] > 0) & (e["trigger_ppm"] > 0)
        claims &= (e["cut_ppm"] >= e["trigger_ppm"]) & (e["cut_ppm"] <= e["paid_to_ppm"])
        claims &= e["upper_staff"] > 0
        rows = np.flatnonzero(claims)
        if len(rows) == 0:
            return
        for row, left in zip(rows.tolist(), pot_left(province, rows).tolist(), strict=True):
            self.bound[row, month // 12] |= left <= 0
            self.size[row] = int(e["size_class"][row])
            self.staff[row] = max(1, int(e["staff"][row]))
            self.upper[row] = int(e["upper_staff"][row])

    def share_bound(self, *classes: str) -> float:
        """Share of enterprise-years of some size classes in which the ceiling was reached."""
        codes = {SIZE_CLASSES.index(c) for c in classes}
        found = [b for (row, _), b in self.bound.items() if self.size[row] in codes]
        return float(np.mean(found)) if found else float("nan")

    def technician_share(self, *classes: str) -> float:
        """Mean share of technicians among the staff of those enterprises."""
        codes = {SIZE_CLASSES.index(c) for c in classes}
        found = [self.upper[r] / self.staff[r] for r in self.staff if self.size[r] in codes]
        return float(np.mean(found)) if found else float("nan")

    def slope(self) -> float:
        """Least-squares change of the share with each doubling of headcount."""
        keys = list(self.bound)
        if len(keys) < 2:
            return float("nan")
        sizes = np.log2([self.staff[row] for row, _ in keys])
        if np.ptp(sizes) == 0.0:
            return float("nan")
        values = np.array([self.bound[k] for k in keys], float)
        centred = sizes - sizes.mean()
        return float((centred * values).sum() / (centred * centred).sum())


class Spells:
    """Depth of each spell of cut pay that begins where there is a technician and insurance."""

    def __init__(self) -> None:
        self.cuts: list[int] = []

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Note the spells of the month."""
        month = province.month - 1
        if settled(month):
            e = province.enterprises
            new = (e["cut_since"] == month) & (e["upper_staff"] > 0) & (e["insures"] == 1)
            self.cuts += e["cut_ppm"][new].tolist()


class Technicians:
    """Technicians employed, and the quits to be expected of them from their hazards.

    Expected quits show an effect that a sample is too small to realise.
    """

    def __init__(self) -> None:
        self.months = 0.0
        self.expected_quits = 0.0

    def begin(self, province: Any) -> None:
        """Nothing to prepare."""

    def month(self, province: Any) -> None:
        """Add a month."""
        if not settled(province.month - 1):
            return
        w = province.workers
        rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN))
        weight = float(province.weight)
        self.months += weight * len(rows)
        self.expected_quits += weight * float(quit_hazards(province, rows).sum())


def quit_hazards(province: Any, rows: Ints) -> Any:
    """Chance to quit of given technicians in the month just lived.

    As :func:`model.rules.leaving.leave` has it, annuities and protected wages apart.
    """
    w, e = province.workers, province.enterprises
    employer = w["enterprise"][rows]
    base = np.array(
        [quit_rate(state, int(Level.TECHNICIAN), province.law["leaving"]) for state in (0, 1)]
    )
    pressure = np.where(
        w["supported"][rows] == 1, e["pressure_supported"][employer], e["pressure"][employer]
    )
    below = w["level"][rows] < e["cut_from"][employer]
    pressure = np.where(below, e["pressure_others"][employer], pressure)
    since = e["cut_since"][employer]
    touched = (since > 0) & (w["joined"][rows] < since)
    pressure = np.where(touched, pressure, 1.0)
    hazards = base[e["state"][employer]] * pressure * w["restlessness"][rows]
    p = province.law["leaving"]
    last = w["supported_last"][rows].astype(np.int64)
    since = province.month - 1 - last
    stopped = (w["supported"][rows] == 0) & (last > 0) & (since >= 1) & (since <= p.pent_up_months)
    return hazards + np.where(stopped, p.pent_up * w["pent_up"][rows] / p.pent_up_months, 0.0)
