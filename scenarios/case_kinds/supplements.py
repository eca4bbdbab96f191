"""``supplements:`` workers for whom the enterprise may pay annuity and medical insurance (C12)."""

from model.codes import LEVELS
from model.instruments.channels import Channel, SupplementFacts
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind


def facts(entry: Facts, firm: Facts, month: int) -> SupplementFacts:
    """The worker as the channel's rules see it; what is not stated of others is this worker's."""
    covered = entry["covered_pay"] or entry["pay"]
    return SupplementFacts(
        month=month,
        level=LEVELS.index(entry["level"]),
        insured=int(entry["insured_now"]),
        paid_up=int(firm["ui_paid_up"]),
        distressed=int(firm["distressed"] or entry["pay_cut"]),
        pay=entry["pay"],
        covered_pay=covered,
        payroll=entry["payroll"] or firm["payroll_last_year"] // 12 or covered,
    )


KIND = Kind(
    channel=Channel.SUPPLEMENT,
    fields={
        "level": Field("code", "senior_technician", LEVELS),
        "pay": Field("yuan", 0),
        "insured_now": Field("switch", True),
        "pay_cut": Field("switch", False),
        "covered_pay": Field("yuan", 0),
        "payroll": Field("yuan", 0),
    },
    facts=facts,
    per="month",
)
