"""``courses``: courses of people in the key groups (C9, C13, C25)."""

from model.codes import GROUPS, LEVELS
from model.instruments.channels import Channel, CourseFacts
from model.months import format_month
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Entry, Kind

FIELDS = {
    "group": Field("code", "registered_unemployed", GROUPS),
    "programme": Field("count", 0, most=99),
    "level": Field("code", "none", LEVELS),
    "length": Field("count", 1, most=60),
    "price": Field("yuan", 80_000),
    "completed": Field("switch", True),
    "certificate": Field("switch", False),
    "courses_paid_this_year": Field("count", 0, most=100),
    "level_paid_before": Field("switch", False),
    "course_paid_before": Field("switch", False),
    "placement_paid_before": Field("switch", False),
    "ended": Field("month"),
    "placed": Field("month"),
}


def facts(entry: Facts, _enterprise: Facts, month: int) -> CourseFacts:
    """The course as the instruments see it; it ends in the month of the case if left out."""
    return CourseFacts(
        month=month,
        group=GROUPS.index(entry["group"]),
        programme=entry["programme"],
        level=LEVELS.index(entry["level"]),
        length=entry["length"],
        price_fen=entry["price"],
        completed=int(entry["completed"]),
        certificate=int(entry["certificate"]),
        paid_this_year=entry["courses_paid_this_year"],
        level_paid=int(entry["level_paid_before"]),
        subsidised=int(entry["course_paid_before"]),
        placement_paid=int(entry["placement_paid_before"]),
        ended_month=month if entry["ended"] is None else entry["ended"],
        placed_month=entry["placed"] or 0,
    )


def check(entry: Entry) -> None:
    """Nothing is paid for a course to come, and a post is taken after the course."""
    ended, placed = entry.values["ended"], entry.values["placed"]
    ended = entry.month if ended is None else ended
    if ended > entry.month:
        words = {"given": format_month(ended), "month": format_month(entry.month)}
        entry.refuse("ended", "case.ends_later", **words)
    if placed is not None and placed < ended:
        words = {"given": format_month(placed), "ended": format_month(ended)}
        entry.refuse("placed", "case.placed_before_end", **words)


KIND = Kind(Channel.COURSE, FIELDS, facts, check=check)
