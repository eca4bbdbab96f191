"""Skill-upgrade subsidy (C10): once per level, from the unemployment-insurance fund.

Staff with three years of unemployment insurance (one year from 2019) who gain a certificate from
2017 on may claim within twelve months. The month of the certificate counts as month 0, so month
12 is the last. It stood as a national rule before the Opinion and stays in both worlds.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import (
    CertificateFacts,
    Channel,
    Instrument,
    month_index,
    share_of,
    was_received,
)
from model.ledger import Account
from model.scalar import scalar


@unique
class Stacking(IntEnum):
    """Whether one certificate may draw this subsidy and the promotion training subsidy (C9)."""

    FORBIDDEN = 0
    ALLOWED = 1


@unique
class Reason(IntEnum):
    """Why somebody is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_CERTIFICATE = 2
    LEVEL_NOT_COVERED = 3
    CERTIFICATE_TOO_EARLY = 4
    CERTIFICATE_LATER = 5
    NOT_IN_CATALOGUE = 6
    NOT_EMPLOYED = 7
    NOT_INSURED = 8
    TOO_FEW_MONTHS = 9
    TOO_LATE = 10
    ALREADY_RECEIVED = 11


class Params(NamedTuple):
    """Values, units and sources: skill_upgrade_subsidy.yaml."""

    in_force: int
    amount_junior: int
    amount_intermediate: int
    amount_senior: int
    amount_technician: int
    amount_senior_technician: int
    includes_technicians: int
    tenure: int
    window: int
    first_certificate_year: int
    first_certificate_month: int
    catalogue_required: int
    shortage_topup: int
    shortage_share: int
    stacking: int
    rank: int


@scalar
def covers(level: int, p: Params) -> int:
    """1 if a certificate of ``level`` can be paid: senior and below, technicians by setting."""
    if level < Level.JUNIOR or level > Level.SENIOR_TECHNICIAN:
        return 0
    if level >= Level.TECHNICIAN and p.includes_technicians == 0:
        return 0
    return 1


@scalar
def earliest(_facts: CertificateFacts, p: Params) -> int:
    """Month of the earliest certificate that counts."""
    return month_index(p.first_certificate_year, p.first_certificate_month)


@scalar
def months_since(facts: CertificateFacts, _p: Params) -> int:
    """Months from the certificate to the claim."""
    return facts.month - facts.certificate_month


@scalar
def eligibility(facts: CertificateFacts, p: Params) -> int:
    """0 if the certificate is paid in this month, otherwise the first reason against it."""
    reason = certificate_reason(facts, p)
    if reason == Reason.ELIGIBLE:
        reason = claim_reason(facts, p)
    return reason


@scalar
def certificate_reason(facts: CertificateFacts, p: Params) -> int:
    """What the certificate lacks: level, date, a place in the national catalogue."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.level == Level.NONE or facts.upgrade_course == 1:
        return Reason.NO_CERTIFICATE.value
    if covers(facts.level, p) == 0:
        return Reason.LEVEL_NOT_COVERED.value
    if facts.certificate_month < earliest(facts, p):
        return Reason.CERTIFICATE_TOO_EARLY.value
    if facts.certificate_month > facts.month:
        return Reason.CERTIFICATE_LATER.value
    if p.catalogue_required == 1 and facts.in_catalogue == 0:
        return Reason.NOT_IN_CATALOGUE.value
    return Reason.ELIGIBLE.value


@scalar
def claim_reason(facts: CertificateFacts, p: Params) -> int:
    """What the claimant lacks: employment, insurance, time, a first claim for this level."""
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    if facts.insured == 0:
        return Reason.NOT_INSURED.value
    if facts.insured_months < p.tenure:
        return Reason.TOO_FEW_MONTHS.value
    if months_since(facts, p) > p.window:
        return Reason.TOO_LATE.value
    if was_received(facts.received, facts.level) == 1:
        return Reason.ALREADY_RECEIVED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CertificateFacts, p: Params) -> int:
    """Fen for the level gained, with the mean addition for trades on a shortage list."""
    base = p.amount_junior
    if facts.level == Level.INTERMEDIATE:
        base = p.amount_intermediate
    elif facts.level == Level.SENIOR:
        base = p.amount_senior
    elif facts.level == Level.TECHNICIAN:
        base = p.amount_technician
    elif facts.level == Level.SENIOR_TECHNICIAN:
        base = p.amount_senior_technician
    return base + share_of(share_of(base, p.shortage_topup), p.shortage_share)


INSTRUMENT = Instrument(
    clause="C10",
    channel=Channel.CERTIFICATE,
    payer=Account.UNEMPLOYMENT_INSURANCE_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"stacking": Stacking},
    figures={"earliest_month": earliest, "months_since": months_since},
)
