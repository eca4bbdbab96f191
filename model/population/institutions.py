"""Training institutions: technical schools by type, private schools, firm schools, bases."""

import numpy as np
from numpy.typing import NDArray

from model.codes import INSTITUTION_TYPES
from model.draws import keys, normals
from model.numbers import exps
from model.population.establishments import PROVINCE, Establishments
from model.population.fields import INSTITUTIONS, Columns, room
from model.population.fitting import apportion
from model.population.inputs import Inputs
from model.population.jobs import Jobs
from model.population.traits import Traits

Ints = NDArray[np.int64]

ENTERPRISE = INSTITUTION_TYPES.index("enterprise_school")
TYPE_BITS = 16
FEN = 100
BANDS = ("lower", "upper")


def institutions(
    given: Inputs, jobs: Jobs, houses: Establishments, traits: Traits
) -> tuple[Columns, Ints]:
    """Every institution of the province with its seats, the same at every scale.

    A sample of 1/n of the workers shares 1/n of these seats in each month (``model.month``).

    Returns:
        The columns, and the id of the owning establishment of each row (0 if none).
    """
    counts = given.column("institutions", f"count_{jobs.year}").astype(np.int64)
    kind = np.repeat(np.arange(len(counts)), counts)
    index = np.arange(len(kind)) - (np.cumsum(counts) - counts)[kind]
    owners = np.flatnonzero(traits.owns_school)
    owner = np.zeros(len(kind), np.int64)
    owner[kind == ENTERPRISE] = houses.id[owners]
    columns = room(INSTITUTIONS, len(kind))
    columns["id"][:] = identity = (kind << TYPE_BITS) | index
    columns["type"][:] = kind
    columns["region"][:] = _regions(jobs, counts)
    columns["region"][kind == ENTERPRISE] = houses.region[owners]
    luck = keys(PROVINCE, identity)
    spread = exps(given.values["size_spread"] * normals(luck, PROVINCE, "population.seats"))
    for band in BANDS:
        columns[f"seats_{band}"][:] = _seats(given, band, kind, spread)
        fee = given.column("institutions", f"fee_{band}") * FEN
        columns[f"fee_{band}"][:] = fee[kind].astype(np.int64)
    workers = np.bincount(houses.region, weights=houses.staff).astype(np.int64)
    columns["workers"][:] = workers[columns["region"]]
    quality = normals(luck, PROVINCE, "population.quality") * given.values["quality_spread"]
    columns["quality"][:] = given.column("institutions", "quality")[kind] + quality
    return columns, owner


def _regions(jobs: Jobs, counts: Ints) -> Ints:
    """Institutions of each type by prefecture, in proportion to workers."""
    there = jobs.workers.sum(axis=0)
    regions = np.arange(len(there))
    placed = [np.repeat(regions, apportion(there, int(count))) for count in counts]
    return np.concatenate(placed)


def _seats(given: Inputs, band: str, kind: Ints, spread: NDArray[np.float64]) -> Ints:
    share = given.column("institutions", f"{band}_share")
    mass = np.bincount(kind, spread, len(share))
    weights = share[kind] * spread / mass[kind]
    return apportion(weights, int(given.values[f"seats_{band}"]))
