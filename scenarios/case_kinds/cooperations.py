"""Training with a school, year by year: compensation of an enterprise's costs (C6)."""

from model.instruments.channels import Channel, CooperationFacts
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind


def facts(entry: Facts, _firm: Facts, month: int) -> CooperationFacts:
    """The year of cooperation as its rules see it."""
    return CooperationFacts(
        month=month,
        cooperates=int(entry["agreement"]),
        trainees=entry["trainees"],
        paid_this_year=int(entry["paid"]),
    )


KIND = Kind(
    channel=Channel.COOPERATION,
    fields={
        "agreement": Field("switch", True),
        "trainees": Field("count", 0, most=1_000_000),
        "paid": Field("switch", False),
    },
    facts=facts,
    per="year",
)
