"""``awards:`` titles and prizes that people were given (C19, C21)."""

from model.codes import LEVELS
from model.instruments.channels import AwardFacts, Channel, Instrument
from model.instruments.contest_prizes import PRIZES
from model.instruments.contest_prizes import Title as Contest
from model.instruments.registry import titles
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Entry, Kind

TITLES = {title: (instrument, code) for instrument, code, title in titles()}
CONTESTS = tuple(contest.name.lower() for contest in Contest)


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


def check(entry: Entry) -> None:
    """Which title is said, and of a contest which of the places that have a prize."""
    if not entry.require("title") or entry.values["title"] not in CONTESTS:
        return
    place = entry.values["place"]
    if entry.require("place") and not 1 <= place <= PRIZES:
        entry.refuse("place", "case.no_such_place", given=place, most=PRIZES)


KIND = Kind(
    channel=Channel.AWARD,
    fields={
        "title": Field("code", None, tuple(TITLES)),
        "place": Field("count", 1, most=1_000),
        "level": Field("code", "technician", LEVELS),
        "held": Field("switch", False),
    },
    facts=facts,
    concerns=concerns,
    check=check,
)
