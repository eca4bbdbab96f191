"""Fields of a case file: how each is read, what it is if left out, and how it is written back."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from model.codes import GROUPS, LEVELS, OWNERSHIPS, REGIONS, SECTORS
from model.months import format_month, month
from model.nodes import Node, Text
from model.reading import Findings
from model.values import (
    Bounds,
    children,
    choice,
    mapping,
    month_index,
    number,
    plain,
    switch,
    under,
)
from model.words import LANGUAGES, has, label
from scenarios.scenario import BASE

ROLES = ("worker", "school_teacher")
UPGRADE = "senior_technician_upgrade"
MONTHS = (month(2000, 1), month(2100, 12))
_YUAN = Bounds(Decimal(0), Decimal(10) ** 12)
_SHARE = Bounds(Decimal(0), Decimal(1))
Facts = dict[str, Any]


class Field(NamedTuple):
    """One field: how it is read, and what it is if left out."""

    kind: str  # text, code, switch, yuan, share, count, month
    default: Any = None
    codes: tuple[str, ...] = ()
    most: int = 0


TOP = {"month": Field("month", month(2018, 6)), "scenario": Field("text", BASE)}
OF_ENTERPRISE = {
    "region": Field("code", "harbin", REGIONS),
    "sector": Field("code", "machinery", SECTORS),
    "ownership": Field("code", "private", OWNERSHIPS),
    "headcount": Field("count", 100, most=10_000_000),
    "ui_insured": Field("switch", True),
    "ui_paid_up": Field("switch", True),
    "ui_premiums_last_year": Field("yuan", 0),
    "distressed": Field("switch", False),
    "in_transformation": Field("switch", False),
    "layoff_rate_last_year": Field("share", 0),
    "stay_job_subsidy_this_year": Field("yuan", 0),
    "wage_drop_subsidy_this_year": Field("yuan", 0),
    "distressed_firm_rebate_this_year": Field("yuan", 0),
    "training_tax_deduction_this_year": Field("yuan", 0),
    "training_donations_this_year": Field("yuan", 0),
    "ui_fund_reserve_months": Field("count", 1_000, most=10_000),
    "insured_headcount": Field("count", None, most=10_000_000),
    "premium_base_per_month": Field("yuan", 0),
    "payroll_last_year": Field("yuan", 0),
    "education_fund_rate": Field("share", 15_000),
    "education_fund_frontline_share": Field("share", 600_000),
    "education_fund_unspent": Field("yuan", 0),
    "trained_high_skill": Field("switch", False),
    "training_spend_last_year": Field("yuan", 0),
    "profit_last_year": Field("yuan", 0),
    "training_donation_last_year": Field("yuan", 0),
    "donation_qualified": Field("switch", False),
    "runs_technical_school": Field("switch", False),
    "school_premiums_last_year": Field("yuan", 0),
}
# insured_headcount is the headcount where it is left out.
# The id is the place in the list, level that of the certificate, key_post true from technician
# on and pay the reference pay, where they are left out; a junior certificate is the first one.
OF_PERSON = {
    "id": Field("text"),
    "role": Field("code", "worker", ROLES),
    "level": Field("code", None, LEVELS),
    "senior_title": Field("switch", False),
    "key_post": Field("switch"),
    "reference_pay": Field("yuan", 0),
    "pay": Field("yuan"),
    "wage_drop_months_paid": Field("count", 0, most=600),
    "ui_months": Field("count", 0, most=720),
    "insured_now": Field("switch", True),
    "group": Field("code", "enterprise_worker", GROUPS),
}
OF_CERTIFICATE = {
    "level": Field("code", None, LEVELS),
    "month": Field("month"),
    "in_catalogue": Field("switch", True),
    "by_course": Field("switch", True),
    "first": Field("switch"),
}
OF_TRAINING = {"kind": Field("code", UPGRADE, (UPGRADE,)), "completed": Field("month")}
OF_APPRENTICE = {
    "start": Field("month"),
    "certificate": Field("month"),
    "qualification": Field("switch", True),
    "national_standard": Field("switch", True),
}
OF_RECEIPT = {
    "instrument": Field("text"),
    "level": Field("code", None, LEVELS),
    "training": Field("code", None, (UPGRADE,)),
    "month": Field("month"),
}


def group(
    node: Node | None,
    field: str,
    findings: Findings,
    fields: Mapping[str, Field],
    more: Iterable[str] = (),
    needed: Iterable[str] = (),
) -> tuple[Facts, dict[str, Node]]:
    """Values of one mapping, defaults for what is left out, and the nodes of other keys."""
    body = mapping(node, field, findings) if node is not None else None
    parts = children(body, field, findings, [*fields, *more], needed) if body is not None else {}
    return fields_of(parts, field, findings, fields), parts


def fields_of(
    parts: Mapping[str, Node], field: str, findings: Findings, fields: Mapping[str, Field]
) -> Facts:
    """Values of the fields given by their nodes; defaults for the rest and for what is wrong."""
    values: Facts = {}
    for name, one in fields.items():
        found = _value(parts[name], under(field, name), findings, one) if name in parts else None
        values[name] = one.default if found is None else found
    return values


def _value(node: Node, field: str, findings: Findings, one: Field) -> Any:
    """A value in the units of the model; None after noting what is wrong."""
    if one.kind == "text":
        return plain(node, field, findings)
    if one.kind == "code":
        meant = _named(node, one.codes)
        if meant is None:
            return choice(node, field, findings, one.codes)
        findings.add(node, field, "input.unknown_near", given=meant.given, near=meant.code)
        return None
    if one.kind == "switch":
        return switch(node, field, findings)
    if one.kind == "month":
        return month_index(node, field, findings, MONTHS)
    bounds, decimals = {"yuan": (_YUAN, 2), "share": (_SHARE, 6)}.get(
        one.kind, (Bounds(Decimal(0), Decimal(one.most)), 0)
    )
    found = number(node, field, findings, bounds, decimals)
    return None if found is None else int(found.scaleb(decimals))


class _Meant(NamedTuple):
    """A code that is given by its name."""

    given: str
    code: str


def _named(node: Node, codes: Iterable[str]) -> _Meant | None:
    """The code whose Chinese or English name stands where the code belongs; None if none does."""
    if not isinstance(node, Text):
        return None
    given = node.text.strip()
    for code in codes:
        names = [label(code, lang).lower() for lang in LANGUAGES] if has(f"code.{code}") else []
        if given != code and given.lower() in names:
            return _Meant(given, code)
    return None


def shown_fields(values: Facts, fields: Mapping[str, Field]) -> dict[str, object]:
    """Values as a file would write them; fields without a value are left out."""
    return {
        name: _outside(values[name], fields[name].kind)
        for name in fields
        if values[name] is not None
    }


def _outside(value: Any, kind: str) -> object:
    if kind == "yuan":
        return Decimal(value).scaleb(-2)
    if kind == "share":
        return Decimal(value).scaleb(-6).normalize() + 0
    return format_month(value) if kind == "month" else value
