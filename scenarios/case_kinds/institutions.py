"""Institutions with last year's work: their part of the performance grants (C25)."""

from model.instruments.channels import Channel, InstitutionYearFacts
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Entry, Kind

MOST = 10_000_000


def facts(entry: Facts, _firm: Facts, month: int) -> InstitutionYearFacts:
    """The institution as its rules see it."""
    return InstitutionYearFacts(
        month=month,
        trained=entry["trained"],
        certificates=entry["certificates"],
        all_trained=entry["all_trained"],
        all_certificates=entry["all_certificates"],
        months=entry["months_counted"],
    )


def check(entry: Entry) -> None:
    """A part needs the whole that it is a part of, and is no greater."""
    for own in ("certificates", "trained"):
        if own in entry.nodes and entry.require(f"all_{own}"):
            entry.at_most(own, f"all_{own}")


KIND = Kind(
    channel=Channel.INSTITUTION_YEAR,
    fields={
        "trained": Field("count", 0, most=MOST),
        "certificates": Field("count", 0, most=MOST),
        "all_trained": Field("count", 0, most=MOST),
        "all_certificates": Field("count", 0, most=MOST),
        "months_counted": Field("count", 12, most=12),
    },
    facts=facts,
    per="year",
    check=check,
)
