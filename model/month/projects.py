"""Heading 5: bases and studios, their grants, seats and quality (C9, C21).

Every instrument of the channel is asked for its next project; what it grants is built at one
institution and adds seats and quality there once the building months are over. Those that stood at
the end of 2016 are the public training bases of the population, whose seats they are, and a studio
in each; they add nothing. The number of projects is the province's at every scale.
"""

from typing import TYPE_CHECKING

import numpy as np

from model.codes import INSTITUTION_TYPES, REGIONS
from model.draws import moment, uniforms_at
from model.instruments.channels import Channel, ProjectFacts
from model.instruments.registry import instruments, on_channel
from model.month.paying import ask_instrument, eligibility, pay_fixed
from model.numbers import logs

if TYPE_CHECKING:
    from model.province import Province

SMALLEST = 2.0**-53  # a draw of zero counts as the least above it
HOSTS = (  # who comes first where all else is equal
    "technician_college",
    "technical_school",
    "enterprise_school",
    "private_school",
    "public_base",
)
TURN = np.array([HOSTS.index(name) for name in INSTITUTION_TYPES], np.int64)
STOOD = np.array([name == "public_base" for name in INSTITUTION_TYPES], np.bool_)


def settle_standing(province: "Province") -> None:
    """Put the projects that stood before the first month where they stand."""
    j = province.institutions
    for one in on_channel(Channel.PROJECT):
        p = province.law[one.name]
        number = p.standing_national + p.standing_provincial
        for place in range(number):
            row = next_site(province, one.name, standing=True)
            j[one.name][row] += 1
            j[f"{one.name}_national"][row] += 1 if place < p.standing_national else 0


def build(province: "Province") -> None:
    """Open what is ready, then grant and begin what is due."""
    for one in on_channel(Channel.PROJECT):
        open_ready(province, one.name)
        if province.law[one.name].in_force:
            for national in allowed(province, one.name):
                while begin_next(province, one.name, national):
                    pass
        note(province, one.name)


def allowed(province: "Province", name: str) -> list[int]:
    """Which of national (1) and provincial (0) projects an instrument allows one more of now.

    Neither hangs on how many of the other there are.
    """
    kinds = (1, 0)
    facts = [facts_of_next(province, name, national) for national in kinds]
    together = {n: np.array([getattr(one, n) for one in facts]) for n in ProjectFacts._fields}
    anywhere = np.zeros(len(kinds), np.int64)  # every fact is given
    reasons = eligibility(province, name, anywhere, together)
    return [kind for kind, reason in zip(kinds, reasons.tolist(), strict=True) if reason == 0]


def facts_of_next(province: "Province", name: str, national: int) -> ProjectFacts:
    """Facts of the next project, wherever it may stand."""
    number = new_ones(province, name)[1 - national] + 1
    return ProjectFacts(province.month, national, number, standing=0, paid=0)


def open_ready(province: "Province", name: str) -> None:
    """Projects whose building ends this month stand, and add to their institution."""
    j, p = province.institutions, province.law[name]
    rows = np.flatnonzero((j[f"{name}_building"] > 0) & (j[f"{name}_ready"] <= province.month))
    if len(rows) == 0:
        return
    number = j[f"{name}_building"][rows]
    j[name][rows] += number
    j[f"{name}_building"][rows] = 0
    j[f"{name}_ready"][rows] = 0
    for seats in ("lower", "upper"):
        more = number * getattr(p, f"seats_{seats}")
        j[f"base_{seats}"][rows] += more
        j["base_seats"][rows] += more
    j["lift"][rows] += number * p.quality


def begin_next(province: "Province", name: str, national: int) -> bool:
    """Grant and begin one more project, if the instrument allows it and its payer can pay."""
    j = province.institutions
    row = next_site(province, name)
    if row < 0:
        return False
    facts = facts_of_next(province, name, national)
    asked = np.array([row], np.int64)
    reasons, fen = ask_instrument(province, name, asked, facts._asdict())
    if reasons[0] != 0:
        return False
    payer = instruments()[name].paid_by(facts, province.law[name])
    if not pay_fixed(province, name, int(fen[0]), (int(j["region"][row]), -1, -1), payer):
        return False
    j[f"{name}_building"][row] += 1
    j[f"{name}_national"][row] += national
    j[f"{name}_ready"][row] = province.month + province.law[name].build_months
    return True


def new_ones(province: "Province", name: str) -> tuple[int, int]:
    """National and provincial projects granted since the start, finished or not."""
    j, p = province.institutions, province.law[name]
    every = int(j[name].sum() + j[f"{name}_building"].sum())
    national = int(j[f"{name}_national"].sum()) - p.standing_national
    return national, every - p.standing_national - p.standing_provincial - national


def next_site(province: "Province", name: str, *, standing: bool = False) -> int:
    """The institution that gets the next project; -1 while one is being built at every one.

    None gets a second before all have one. Then the prefecture with the fewest of them per worker;
    there technician colleges first (for those that stood, public bases), and the larger an
    institution the sooner, by a lasting draw.
    """
    j = province.institutions
    free = np.flatnonzero((j["exists"] == 1) & (j[f"{name}_building"] == 0))
    if len(free) == 0:
        return -1
    here = j[name] + j[f"{name}_building"]
    region = j["region"].astype(np.int64)
    held = np.bincount(region, weights=here, minlength=len(REGIONS))
    crowd = (held[region[free]] + 1.0) / np.maximum(1, j["workers"][free])
    kind = j["type"][free]
    turn = np.where(STOOD[kind], -1, TURN[kind]) if standing else TURN[kind]
    draw = uniforms_at(j["key"][free], moment(province.seed, f"{name}.site"))
    race = -logs(np.maximum(draw, SMALLEST)) / np.maximum(1, j["base_seats"][free])
    if standing:
        order = np.lexsort((j["id"][free], race, turn, here[free]))
    else:
        order = np.lexsort((j["id"][free], race, turn, crowd, here[free]))
    return int(free[order[0]])


def note(province: "Province", name: str) -> None:
    """How many stand, and how many are granted or stand."""
    j = province.institutions
    stand = int(j[name].sum())
    province.counts.scalar(name, province.month, stand)
    approved = stand + int(j[f"{name}_building"].sum())
    province.counts.scalar(f"{name}_approved", province.month, approved)
    national, provincial = new_ones(province, name)
    building = int(j[f"{name}_building"].sum())
    province.counts.scalar(f"{name}_new", province.month, national + provincial - building)
