"""The columns of a population: name, type, unit and meaning of each."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]


class Field(NamedTuple):
    """One column."""

    name: str
    dtype: str
    unit: str
    zh: str
    en: str


MONTH = "month since 1900-01"

WORKERS = (
    Field("id", "int64", "", "编号", "Identity; does not depend on scale, seed or scenario"),
    Field("birth_month", "int16", MONTH, "出生月", "Month of birth"),
    Field("female", "uint8", "0/1", "女性", "Woman"),
    Field("rural", "uint8", "0/1", "农村户籍", "Registered as rural"),
    Field("schooling", "uint8", "0-2", "学历", "0 lower secondary, 1 upper secondary, 2 college"),
    Field("region", "uint8", "code", "地市", "Prefecture; of the last employer if unemployed"),
    Field(
        "branch",
        "uint8",
        "code",
        "行业组",
        "Branch; last one if unemployed, trained for if in school",
    ),
    Field("status", "uint8", "code", "状态", "Status"),
    Field(
        "enterprise", "int32", "row", "单位行号", "Row of the employer; the number of rows if none"
    ),
    Field("level", "uint8", "0-6", "证书等级", "Level of the highest certificate"),
    Field("appointed", "uint8", "0-6", "聘任等级", "Level of appointment, which pay follows"),
    Field(
        "certificate_month", "int16", MONTH, "取证月", "Month of the last certificate; 0 if none"
    ),
    Field("trade", "uint8", "code", "工种组", "Group of trades"),
    Field("joined", "int16", MONTH, "入职月", "Month of joining the employer; 0 if none"),
    Field("pay", "int32", "fen a month", "月工资", "Pay; 0 if not employed"),
    Field(
        "previous_pay",
        "int32",
        "fen a month",
        "调薪前工资",
        "Pay before the revision; last pay if unemployed",
    ),
    Field("pay_month", "int16", MONTH, "调薪月", "Month of the last revision of pay; 0 if none"),
    Field("insured", "uint8", "0/1", "失业保险参保", "Insured against unemployment now"),
    Field(
        "insured_months", "int16", "months", "累计缴费月数", "Insured months before insured_since"
    ),
    Field(
        "insured_since",
        "int16",
        MONTH,
        "本次参保起始月",
        "Start of the present insured spell; 0 if none",
    ),
    Field("key_post", "uint8", "0/1", "关键岗位", "Appointed technician in a key post"),
    Field(
        "teacher",
        "uint8",
        "0/1",
        "企业办技校教师",
        "Teacher of a technical school of the enterprise",
    ),
    Field("senior_title", "uint8", "0/1", "高级职称", "Senior professional title (teachers)"),
    Field("retire_month", "int16", MONTH, "法定退休月", "Month of reaching retirement age"),
    Field(
        "entry_month",
        "int16",
        MONTH,
        "进入劳动力市场月",
        "Month of leaving school; 0 for those at work",
    ),
    Field("status_since", "int16", MONTH, "状态起始月", "Month in which the status began"),
    Field(
        "benefit_until",
        "int16",
        MONTH,
        "失业金截止月",
        "Last month of unemployment benefit; 0 if none",
    ),
    Field("registered", "uint8", "0/1", "登记失业", "Registered as unemployed"),
)

ENTERPRISES = (
    Field("id", "int64", "", "编号", "Identity; does not depend on scale, seed or scenario"),
    Field("region", "uint8", "code", "地市", "Prefecture"),
    Field("branch", "uint8", "code", "行业组", "Branch"),
    Field("size_class", "uint8", "code", "规模", "Size class at the start"),
    Field("group", "int16", "code", "集团", "Group of establishments; 0 if none"),
    Field("first", "int64", "row", "首位职工行号", "Row of its first worker; the others follow"),
    Field("baseline_staff", "int32", "persons", "期初职工", "Staff at the start"),
    Field("staff", "int32", "persons", "职工", "Staff"),
    Field(
        "premium",
        "float64",
        "log points",
        "工资溢价",
        "Log pay premium within branch and prefecture",
    ),
    Field("insures", "uint8", "0/1", "为职工参保", "Insures staff against unemployment"),
    Field(
        "arrears_prone", "uint8", "0/1", "易欠费", "Falls behind with premiums when cash is short"
    ),
    Field("owns_school", "uint8", "0/1", "办有技校", "Owns a technical school"),
    Field(
        "set_aside_complies", "uint8", "0/1", "足额提取教育经费", "Sets the education fund aside"
    ),
    Field(
        "set_aside_rate_ppm",
        "int32",
        "millionths of payroll",
        "教育经费提取率",
        "Rate of the education fund that applies",
    ),
)

INSTITUTIONS = (
    Field("id", "int64", "", "编号", "Identity; does not depend on scale, seed or scenario"),
    Field("region", "uint8", "code", "地市", "Prefecture"),
    Field("type", "uint8", "code", "类型", "Type"),
    Field(
        "owner",
        "int32",
        "row",
        "主办单位行号",
        "Row of the owner; -1 if public or not in the sample",
    ),
    Field(
        "seats_lower",
        "int32",
        "persons a month",
        "初中高级工月招生能力",
        "Intake, junior to senior",
    ),
    Field(
        "seats_upper",
        "int32",
        "persons a month",
        "技师月招生能力",
        "Intake, technician and senior technician",
    ),
    Field(
        "workers",
        "int32",
        "persons",
        "全省规模时本地市职工",
        "Staff of its prefecture in the whole province",
    ),
    Field("quality", "float64", "index", "质量", "Training quality; the mean is about one"),
    Field("fee_lower", "int32", "fen", "初中高级工学费", "Fee, junior to senior"),
    Field("fee_upper", "int32", "fen", "技师学费", "Fee, technician and senior technician"),
)


def room(fields: tuple[Field, ...], size: int) -> Columns:
    """Columns of zeros."""
    return {field.name: np.zeros(size, field.dtype) for field in fields}
