"""``awards:`` titles and prizes that people were given (C19, C21)."""

from model.codes import LEVELS
from model.instruments.channels import AwardFacts, Channel, Instrument
from model.instruments.registry import titles
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind

TITLES = {title: (instrument, code) for instrument, code, title in titles()}


def concerns(entry: Facts, one: Instrument) -> bool:
    """Only the instrument that gives the title."""
    return TITLES[entry["title"]][0] == one.name


def facts(entry: Facts, _firm: Facts, month: int) -> AwardFacts:
    """The title and who is given it; somebody in a post."""
    return AwardFacts(
        month=month,
        event=TITLES[entry["title"]][1],
        place=entry["place"],
        level=LEVELS.index(entry["level"]),
        employed=1,
        held=int(entry["held"]),
    )


KIND = Kind(
    channel=Channel.AWARD,
    fields={
        "title": Field("code", "great_craftsman", tuple(TITLES)),
        "place": Field("count", 1, most=1_000),
        "level": Field("code", "technician", LEVELS),
        "held": Field("switch", False),
    },
    facts=facts,
    concerns=concerns,
)
