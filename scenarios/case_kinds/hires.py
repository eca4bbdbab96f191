"""``hires:`` people whom the enterprise takes on, for compensation and grants under C9."""

from model.codes import LEVELS
from model.instruments.channels import Channel, HireFacts
from scenarios.case_fields import Facts, Field
from scenarios.case_kinds import Kind

HONOURS = ("none", "china_skills_award", "national_master_studio")
_MONTHS = 720


def facts(entry: Facts, _firm: Facts, month: int) -> HireFacts:
    """The hire as the channel's rules see it."""
    return HireFacts(
        month=month,
        level=LEVELS.index(entry["level"]),
        poached=int(entry["from_enterprise"]),
        months_there=entry["months_there"],
        months_since=entry["months_since_certificate"],
        old_pay_fen=entry["old_pay"],
        above_scale=int(entry["above_scale"]),
        full_time=int(entry["full_time"]),
        honours=HONOURS.index(entry["honours"]),
        received=int(entry["paid_before"]),
    )


KIND = Kind(
    channel=Channel.HIRE,
    fields={
        "level": Field("code", "technician", LEVELS),
        "from_enterprise": Field("switch", True),
        "months_there": Field("count", 0, most=_MONTHS),
        "months_since_certificate": Field("count", 0, most=_MONTHS),
        "old_pay": Field("yuan", 0),
        "above_scale": Field("switch", False),
        "full_time": Field("switch", True),
        "honours": Field("code", "none", HONOURS),
        "paid_before": Field("switch", False),
    },
    facts=facts,
)
