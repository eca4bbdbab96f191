"""Skills action of 2019 to 2021: the employer is paid by the level that a member of staff gains.

A later provincial rule under a national programme, in both worlds; it takes the place of C9's
payment to persons. Paid from an account carved out of the unemployment-insurance fund.
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
    """Whether one certificate may draw this subsidy beside one that is paid to the person."""

    FORBIDDEN = 0
    ALLOWED = 1


@unique
class Apprentices(IntEnum):
    """Whether a certificate for which an apprenticeship was paid may draw this subsidy as well."""

    FORBIDDEN = 0
    ALLOWED = 1


@unique
class Reason(IntEnum):
    """Why the employer is not paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_CERTIFICATE = 2
    LEVEL_NOT_COVERED = 3
    TOO_EARLY = 4
    NOT_YET = 5
    NOT_EMPLOYED = 6
    WITHOUT_COURSE = 7
    ALREADY_RECEIVED = 8
    APPRENTICESHIP_PAID = 9


class Params(NamedTuple):
    """Values, units and sources: skills_action_subsidy.yaml."""

    in_force: int
    amount_junior: int
    amount_intermediate: int
    amount_senior: int
    amount_technician: int
    amount_senior_technician: int
    shortage_junior: int
    shortage_intermediate: int
    shortage_senior: int
    shortage_technician: int
    shortage_senior_technician: int
    shortage_share: int
    first_certificate_year: int
    first_certificate_month: int
    stacking: int
    apprentices: int
    rank: int


@scalar
def earliest(_facts: CertificateFacts, p: Params) -> int:
    """Month of the earliest certificate that counts."""
    return month_index(p.first_certificate_year, p.first_certificate_month)


@scalar
def eligibility(facts: CertificateFacts, p: Params) -> int:
    """0 if the employer is paid for this certificate, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.level == Level.NONE or facts.upgrade_course == 1:
        return Reason.NO_CERTIFICATE.value
    if facts.level > Level.SENIOR_TECHNICIAN:
        return Reason.LEVEL_NOT_COVERED.value
    if facts.certificate_month < earliest(facts, p):
        return Reason.TOO_EARLY.value
    if facts.certificate_month > facts.month:
        return Reason.NOT_YET.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    if facts.by_course == 0:
        return Reason.WITHOUT_COURSE.value
    if was_received(facts.received, facts.level) == 1:
        return Reason.ALREADY_RECEIVED.value
    if facts.apprenticeship == 1 and p.apprentices == Apprentices.FORBIDDEN:
        return Reason.APPRENTICESHIP_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def plain(level: int, p: Params) -> int:
    """Fen by level for an ordinary trade."""
    if level == Level.JUNIOR:
        return p.amount_junior
    if level == Level.INTERMEDIATE:
        return p.amount_intermediate
    if level == Level.SENIOR:
        return p.amount_senior
    if level == Level.TECHNICIAN:
        return p.amount_technician
    return p.amount_senior_technician


@scalar
def short(level: int, p: Params) -> int:
    """Fen by level for a trade on a shortage list."""
    if level == Level.JUNIOR:
        return p.shortage_junior
    if level == Level.INTERMEDIATE:
        return p.shortage_intermediate
    if level == Level.SENIOR:
        return p.shortage_senior
    if level == Level.TECHNICIAN:
        return p.shortage_technician
    return p.shortage_senior_technician


@scalar
def amount(facts: CertificateFacts, p: Params) -> int:
    """Fen for the level gained, with the mean addition for trades on a shortage list."""
    base = plain(facts.level, p)
    return base + share_of(short(facts.level, p) - base, p.shortage_share)


INSTRUMENT = Instrument(
    clause="earlier",
    channel=Channel.CERTIFICATE,
    payer=Account.SKILLS_ACTION_ACCOUNT,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"stacking": Stacking, "apprentices": Apprentices},
    figures={"earliest_month": earliest},
)
