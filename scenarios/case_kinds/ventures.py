"""``ventures``: people who run a small business or an innovation of their own (C22, C27)."""

from model.codes import GROUPS
from model.instruments.channels import Channel, VentureFacts
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind

FIELDS = {
    "group": Field("code", "registered_unemployed", GROUPS),
    "hard_to_employ": Field("switch", False),
    "redeployed": Field("switch", False),
    "in_post": Field("switch", False),
    "months_since": Field("count", 6, most=600),
    "loan": Field("yuan", 0),
    "times_paid_before": Field("count", 0, most=100),
}


def facts(entry: Facts, _enterprise: Facts, month: int) -> VentureFacts:
    """The business as the instruments see it."""
    return VentureFacts(
        month=month,
        group=GROUPS.index(entry["group"]),
        hard_to_employ=int(entry["hard_to_employ"]),
        redeployed=int(entry["redeployed"]),
        in_post=int(entry["in_post"]),
        months_since=entry["months_since"],
        loan_fen=entry["loan"],
        received=entry["times_paid_before"],
    )


KIND = Kind(Channel.VENTURE, FIELDS, facts)
