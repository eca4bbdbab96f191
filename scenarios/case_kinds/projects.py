"""Bases and studios: is this one granted, and with how much? (C9, C21)."""

from model.instruments.channels import Channel, Instrument, ProjectFacts
from model.instruments.registry import on_channel
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind

NAMES = tuple(one.name for one in on_channel(Channel.PROJECT))


def facts(entry: Facts, _firm: Facts, month: int) -> ProjectFacts:
    """The project as its rules see it."""
    return ProjectFacts(
        month=month,
        national=int(entry["national"]),
        number=entry["number"],
        standing=int(entry["standing"]),
        paid=int(entry["paid"]),
    )


def concerns(entry: Facts, one: Instrument) -> bool:
    """A project is one instrument's."""
    return bool(entry["project"] == one.name)


KIND = Kind(
    channel=Channel.PROJECT,
    fields={
        "project": Field("code", NAMES[-1], NAMES),
        "national": Field("switch", False),
        "number": Field("count", 1, most=1_000),
        "standing": Field("switch", False),
        "paid": Field("switch", False),
    },
    facts=facts,
    concerns=concerns,
)
