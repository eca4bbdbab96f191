"""What is measured: name, unit, and how it adds up over time and place. One line each.

``stock`` values are counts at the end of a month, ``flow`` values happen in a month, ``ratio``
values are means. Margins are region, sector, ownership and level; every measure is kept for each
margin separately and in all.
"""

from typing import Literal, NamedTuple

from model.codes import GROUPS
from model.instruments.channels import Channel
from model.instruments.registry import on_channel

Kind = Literal["stock", "flow", "ratio"]


class Outcome(NamedTuple):
    """One measure."""

    unit: str
    kind: Kind


OUTCOMES: dict[str, Outcome] = {
    "employed": Outcome("persons", "stock"),
    "unemployed": Outcome("persons", "stock"),
    "informal": Outcome("persons", "stock"),
    "away": Outcome("persons", "stock"),
    "retired": Outcome("persons", "stock"),
    "certified": Outcome("persons", "stock"),
    "insured": Outcome("persons", "stock"),
    "cut_staff": Outcome("persons", "stock"),
    "standby": Outcome("persons", "stock"),
    "mean_pay": Outcome("yuan per month", "ratio"),
    "entrants": Outcome("persons", "flow"),
    "retirements": Outcome("persons", "flow"),
    "retirements_employed": Outcome("persons", "flow"),
    "retirements_delayed": Outcome("persons", "flow"),
    "deaths": Outcome("persons", "flow"),
    "returns": Outcome("persons", "flow"),
    "from_informal": Outcome("persons", "flow"),
    "to_informal": Outcome("persons", "flow"),
    "out_migration": Outcome("persons", "flow"),
    "quits": Outcome("persons", "flow"),
    "layoffs": Outcome("persons", "flow"),
    "restructured": Outcome("persons", "flow"),
    "separations": Outcome("persons", "flow"),
    "hires": Outcome("persons", "flow"),
    "poached": Outcome("persons", "flow"),
    "apprentices": Outcome("persons", "flow"),
    "person_times": Outcome("person-times", "flow"),
    "persons_trained": Outcome("persons", "flow"),  # once a year each
    "persons_ever_trained": Outcome("persons", "flow"),  # once in the whole run each
    "upgrade_courses": Outcome("person-times", "flow"),
    "applications": Outcome("persons", "flow"),
    "applications_sponsored": Outcome("persons", "flow"),
    "exams": Outcome("persons", "flow"),
    "certificates": Outcome("persons", "flow"),
    "contest_certificates": Outcome("persons", "flow"),  # of the certificates, those by contest
    "public_certificates": Outcome("persons", "flow"),  # and those from public courses
    "appointments": Outcome("persons", "flow"),
    "special_technicians": Outcome("persons", "flow"),
    "claims_made": Outcome("persons", "flow"),
    "group_person_times": Outcome("person-times", "flow"),  # public courses of people modelled
    "group_persons": Outcome("persons", "flow"),  # the same people, once a year each
    "ventures": Outcome("persons", "flow"),  # who begin a business
    "ventures_induced": Outcome("persons", "flow"),  # those who do so for the money expected
    "cuts_begun": Outcome("enterprises", "flow"),
    "cuts_ended": Outcome("enterprises", "flow"),
}
# Bases and studios that stand, that stand or are granted, and that stand and are new.
PROJECTS: dict[str, Outcome] = {
    one.name + part: Outcome("count", "stock")
    for one in on_channel(Channel.PROJECT)
    for part in ("", "_approved", "_new")
}
SCALARS: dict[str, Outcome] = {
    "vacancies": Outcome("posts", "stock"),
    "seekers": Outcome("persons", "stock"),
    "queue": Outcome("persons", "stock"),
    "seats": Outcome("seats", "flow"),
    "admitted": Outcome("persons", "flow"),
    "online": Outcome("persons", "flow"),  # of those admitted, into courses online
    "in_training": Outcome("persons", "stock"),
    "premium_base": Outcome("yuan", "flow"),
    "support_asked": Outcome("yuan", "flow"),
    "wage_drop_entitled": Outcome("yuan", "flow"),
    "group_person_times_outside": Outcome("person-times", "flow"),  # people outside the model
    **{f"trained_{group}": Outcome("person-times", "flow") for group in GROUPS[1:]},
    **PROJECTS,
}
# Numbers of the whole province, the same at every scale: never weighted.
NOT_SAMPLED = frozenset(
    {*PROJECTS, "group_person_times_outside", *(f"trained_{group}" for group in GROUPS[1:])}
)
IN_FEN = frozenset({"premium_base", "support_asked", "wage_drop_entitled"})
