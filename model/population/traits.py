"""What kind of employer each establishment is: pay premium, skill, insurance, levy, schools."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import BRANCHES, OWNERSHIPS, REGIONS
from model.draws import Keys, keys, normals, uniforms
from model.numbers import exps, logs
from model.population.establishments import LARGE, PROVINCE, Establishments
from model.population.fitting import shared_odds
from model.population.inputs import Inputs
from model.population.ladder import TECHNICIAN, Ladder

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.uint8]

MILLIONTHS = 1_000_000
_OWNERSHIP = np.array([OWNERSHIPS.index(branch.ownership) for branch in BRANCHES])
_STATE = np.isin(_OWNERSHIP, [OWNERSHIPS.index("central_state"), OWNERSHIPS.index("local_state")])
_MIXED = np.isin(_OWNERSHIP, [OWNERSHIPS.index("mixed"), OWNERSHIPS.index("foreign")])


class Traits(NamedTuple):
    """One entry per establishment of the province.

    Attributes:
        premium: log pay premium; pay of a branch and prefecture keeps its mean.
        skilled: share of staff with a certificate.
        technicians: share of technicians and above among them.
        serial: place of its first worker in the branch, for even spreading of certificates.
        insures: whether it insures staff against unemployment.
        arrears_prone: whether it falls behind with premiums when cash is short.
        owns_school: whether it owns a technical school.
        set_aside_complies: whether it sets the education fund aside.
        set_aside_rate_ppm: rate of the education fund, millionths of payroll.
        insured_within: by branch, insured share of the staff of insuring establishments.
    """

    premium: Floats
    skilled: Floats
    technicians: Floats
    serial: Ints
    insures: Flags
    arrears_prone: Flags
    owns_school: Flags
    set_aside_complies: Flags
    set_aside_rate_ppm: Ints
    insured_within: Floats


def traits(given: Inputs, houses: Establishments, ladder: Ladder, year: int) -> Traits:
    """Draw what the establishments of a year are like; every total by branch is kept."""
    luck = keys(PROVINCE, houses.id)
    skilled, technicians = _skill(given, houses, ladder, luck)
    insures, within = _insuring(given, houses, luck)
    complies, rate = _set_aside(given, houses, luck)
    arrears = given.column("branches", "arrears")[houses.branch]
    return Traits(
        _premium(given, houses, luck),
        skilled,
        technicians,
        _serial(houses),
        insures,
        (uniforms(luck, PROVINCE, "population.arrears") < arrears).astype(np.uint8),
        _schools(given, houses, year),
        complies,
        rate,
        within,
    )


def _premium(given: Inputs, houses: Establishments, luck: Keys) -> Floats:
    premium = normals(luck, PROVINCE, "population.premium") * given.values["premium_spread"]
    cell = houses.branch * len(REGIONS) + houses.region
    size = len(BRANCHES) * len(REGIONS)
    staff = np.bincount(cell, houses.staff, size)
    paid = np.bincount(cell, houses.staff * exps(premium), size)
    level: Floats = premium - logs(paid / np.maximum(staff, 1.0))[cell]
    return level


def _skill(
    given: Inputs, houses: Establishments, ladder: Ladder, luck: Keys
) -> tuple[Floats, Floats]:
    skilled, technicians = np.zeros(len(houses.id)), np.zeros(len(houses.id))
    z_skilled = normals(luck, PROVINCE, "population.skilled")
    z_technicians = normals(luck, PROVINCE, "population.technicians")
    odds_skilled = given.column("classes", "skilled_tilt")[houses.size_class]
    odds_technicians = given.column("classes", "technician_tilt")[houses.size_class]
    odds_skilled = odds_skilled * exps(given.values["skilled_spread"] * z_skilled)
    odds_technicians = odds_technicians * exps(given.values["technician_spread"] * z_technicians)
    staff = houses.staff.astype(np.float64)
    for branch, persons in enumerate(ladder.persons):
        rows = np.flatnonzero(houses.branch == branch)
        certified = persons[1:].sum()
        share = shared_odds(odds_skilled[rows], staff[rows], certified / persons.sum())
        skilled[rows] = share
        among = persons[TECHNICIAN:].sum() / certified
        technicians[rows] = shared_odds(odds_technicians[rows], staff[rows] * share, among)
    return skilled, technicians


def _serial(houses: Establishments) -> Ints:
    order = np.argsort(houses.branch, kind="stable")
    staff = houses.staff[order]
    before = np.cumsum(staff) - staff
    start = np.searchsorted(houses.branch[order], np.arange(len(BRANCHES)))
    serial = np.empty(len(order), np.int64)
    serial[order] = before - before[start][houses.branch[order]]
    return serial


def _insuring(given: Inputs, houses: Establishments, luck: Keys) -> tuple[Flags, Floats]:
    """Insure establishments until the branch has its share; large ones come first.

    The share within insuring establishments takes up what whole establishments leave.
    """
    tilt = given.column("classes", "insured_tilt")[houses.size_class]
    turn = uniforms(luck, PROVINCE, "population.insures") / tilt
    insures = np.zeros(len(houses.id), np.uint8)
    shares, typical = (
        given.column("branches", "insured"),
        given.column("branches", "insured_within"),
    )
    within = np.zeros(len(BRANCHES))
    for branch in range(len(BRANCHES)):
        rows = np.flatnonzero(houses.branch == branch)
        rows = rows[np.argsort(turn[rows], kind="stable")]
        covered = np.cumsum(houses.staff[rows])
        wanted = shares[branch] * covered[-1]
        enough = np.searchsorted(covered, wanted / typical[branch])
        chosen = rows[: min(enough + 1, len(rows))]
        insures[chosen] = 1
        within[branch] = wanted / houses.staff[chosen].sum()
    return insures, within


def _set_aside(given: Inputs, houses: Establishments, luck: Keys) -> tuple[Flags, Ints]:
    values = given.values
    chance = given.column("classes", "complies_private")[houses.size_class]
    chance = np.where(_MIXED[houses.branch], values["complies_mixed"], chance)
    chance = np.where(_STATE[houses.branch], values["complies_state"], chance)
    complies = uniforms(luck, PROVINCE, "population.complies") < chance
    low = uniforms(luck, PROVINCE, "population.set_aside") < values["low_rate_share"]
    rates = [round(values[f"set_aside_{name}"] * MILLIONTHS) for name in ("low", "high")]
    return complies.astype(np.uint8), np.where(low, *rates).astype(np.int64)


def _schools(given: Inputs, houses: Establishments, year: int) -> Flags:
    """Technical schools of enterprises, evenly over the large establishments that may own one."""
    may = (given.column("branches", "owns_schools") > 0)[houses.branch]
    rows = np.flatnonzero(may & (houses.size_class == LARGE))
    table = given.tables["institutions"]
    wanted = int(table.columns[f"count_{year}"][table.rows.index("enterprise_school")])
    if wanted > len(rows):
        raise ValueError(f"{wanted} firm-run schools for {len(rows)} large establishments")
    rows = rows[np.lexsort((-houses.staff[rows], houses.region[rows], houses.branch[rows]))]
    owns = np.zeros(len(houses.id), np.uint8)
    owns[rows[(np.arange(wanted) * len(rows)) // wanted]] = 1
    return owns
