"""The codes of the model: small integers in columns, names in files, labels in the catalogues.

A code's position in its tuple is the integer stored in columns; its name is what files and
commands use; its label in Chinese and English is ``code.<name>`` in ``model/words``.
"""

from enum import IntEnum, unique
from typing import NamedTuple

REGIONS = (
    "harbin",
    "qiqihar",
    "jixi",
    "hegang",
    "shuangyashan",
    "daqing",
    "yichun",
    "jiamusi",
    "qitaihe",
    "mudanjiang",
    "heihe",
    "suihua",
    "daxinganling",
)

SECTORS = (
    "oil_gas",
    "coal",
    "machinery",
    "manufacturing",
    "power_heat_water",
    "transport_post_telecom",
    "farm_forest",
    "construction",
    "labour_services",
)

OWNERSHIPS = ("central_state", "local_state", "mixed", "private", "foreign", "dispatch")

LEVELS = (
    "none",
    "junior",
    "intermediate",
    "senior",
    "technician",
    "senior_technician",
    "special_technician",
)


@unique
class Level(IntEnum):
    """Rungs of the skill ladder, lowest first (C8, C10)."""

    NONE = 0
    JUNIOR = 1
    INTERMEDIATE = 2
    SENIOR = 3
    TECHNICIAN = 4
    SENIOR_TECHNICIAN = 5
    SPECIAL_TECHNICIAN = 6


@unique
class Status(IntEnum):
    """Where a person is. Everybody is in exactly one of these, every month."""

    SCHOOL = 0  # a future entrant, not yet in the labour force
    EMPLOYED = 1
    UNEMPLOYED = 2
    INFORMAL = 3  # private or informal work outside the establishments modelled
    RETIRED = 4
    AWAY = 5  # left the province
    DEAD = 6


STATUSES = tuple(s.name.lower() for s in Status)


@unique
class Group(IntEnum):
    """Key groups of the training plan (C9, C13, C25). Four are named in the document.

    The other names follow the groups of the skills action of 2019, which is an assumption.
    """

    ENTERPRISE_WORKER = 0
    REGISTERED_UNEMPLOYED = 1
    RURAL_TRANSFEREE = 2
    POOR_FAMILY = 3
    GRADUATE = 4
    SCHOOL_LEAVER = 5  # left school without going on
    VETERAN = 6
    DISABLED = 7
    TRANSFERRED = 8  # moved to other work, over-capacity staff included


GROUPS = tuple(g.name.lower() for g in Group)

# The eight programmes of the training plan (C9). Only the first is named in the public record.
PROGRAMMES = ("over_capacity", *(f"programme_{n}" for n in range(2, 9)))


class Branch(NamedTuple):
    """One group of establishments by sector and ownership."""

    name: str
    sector: str
    ownership: str


BRANCHES = (
    Branch("oil_gas_central", "oil_gas", "central_state"),
    Branch("coal_state", "coal", "local_state"),
    Branch("equipment_state", "machinery", "central_state"),
    Branch("utilities_state", "power_heat_water", "central_state"),
    Branch("transport_state", "transport_post_telecom", "central_state"),
    Branch("farm_forest", "farm_forest", "local_state"),
    Branch("manufacturing_mixed", "manufacturing", "mixed"),
    Branch("construction_mixed", "construction", "mixed"),
    Branch("transport_mixed", "transport_post_telecom", "mixed"),
    Branch("industry_private_large", "manufacturing", "private"),
    Branch("machinery_private", "machinery", "private"),
    Branch("industry_private_small", "manufacturing", "private"),
    Branch("construction_private", "construction", "private"),
    Branch("transport_private", "transport_post_telecom", "private"),
    Branch("foreign", "manufacturing", "foreign"),
    Branch("dispatch", "labour_services", "dispatch"),
)

SIZE_CLASSES = ("micro", "small", "medium", "large")  # below 20, 20-299, 300-999, 1,000 and more
TRADES = (
    "mining_drilling",
    "metal_machining",
    "assembly_repair",
    "electrical_energy",
    "driving_logistics",
    "building",
    "process_food_other",
)
INSTITUTION_TYPES = (
    "technician_college",
    "technical_school",
    "private_school",
    "enterprise_school",
    "public_base",
)
BANDS = ("lower", "middle", "upper")  # levels 0-2, 3, 4-6
