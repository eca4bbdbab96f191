"""Promotion training subsidy (C9): promoted to technician, to senior technician, upgrade course.

Paid to staff from the employment subsidy fund for certificates and courses from December 2017 on,
without a window. From August 2019 the province's skills action pays the employer instead and this
subsidy to the person ends, unless the setting ``after_2019_08`` keeps both. What the text leaves
open is a setting; the parameter file names the alternatives.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import (
    UPGRADE_COURSE_BIT,
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
class Regime(IntEnum):
    """Whether the subsidy to the person is paid or has given way to the employer's."""

    TO_PERSON = 0
    ENDED = 1


@unique
class After2019(IntEnum):
    """What becomes of the subsidy to the person once the employer is paid."""

    REPLACED = 0
    BOTH = 1


@unique
class Order(IntEnum):
    """Which of the first two amounts belongs to which level."""

    AS_LISTED = 0
    REVERSED = 1


@unique
class WithoutCourse(IntEnum):
    """A level gained in a contest or with the course waived."""

    NOT_PAID = 0
    PAID = 1


@unique
class UpgradeFrequency(IntEnum):
    """How often one person is paid for an upgrade course."""

    ONCE = 0
    YEARLY = 1
    EACH_COURSE = 2


@unique
class Stacking(IntEnum):
    """Whether one certificate may draw this subsidy and the skill-upgrade subsidy (C10)."""

    FORBIDDEN = 0
    ALLOWED = 1


@unique
class Reason(IntEnum):
    """Why somebody is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    REPLACED = 2
    NOT_EMPLOYED = 3
    NO_CERTIFICATE = 4
    LEVEL_NOT_COVERED = 5
    NOT_SENIOR_TECHNICIAN = 6
    TOO_EARLY = 7
    NOT_YET = 8
    WITHOUT_COURSE = 9
    ALREADY_RECEIVED = 10
    COURSE_ALREADY_PAID = 11


class Params(NamedTuple):
    """Values, units and sources: promotion_training_subsidy.yaml."""

    in_force: int
    amount_technician: int
    amount_senior_technician: int
    amount_upgrade_course: int
    order: int
    paid_share: int
    regime: int
    after_2019_08: int
    first_certificate_year: int
    first_certificate_month: int
    without_course: int
    upgrade_frequency: int
    stacking: int
    rank: int


@scalar
def earliest(_facts: CertificateFacts, p: Params) -> int:
    """Month of the earliest certificate or course that counts."""
    return month_index(p.first_certificate_year, p.first_certificate_month)


@scalar
def eligibility(facts: CertificateFacts, p: Params) -> int:
    """0 if the promotion or the upgrade course is paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if p.regime == Regime.ENDED and p.after_2019_08 == After2019.REPLACED:
        return Reason.REPLACED.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    return course_reason(facts, p) if facts.upgrade_course == 1 else promotion_reason(facts, p)


@scalar
def promotion_reason(facts: CertificateFacts, p: Params) -> int:
    """What a promotion lacks: level, date, a course, a first claim for this level."""
    if facts.level == Level.NONE:
        return Reason.NO_CERTIFICATE.value
    if facts.level != Level.TECHNICIAN and facts.level != Level.SENIOR_TECHNICIAN:
        return Reason.LEVEL_NOT_COVERED.value
    if facts.certificate_month < earliest(facts, p):
        return Reason.TOO_EARLY.value
    if facts.certificate_month > facts.month:
        return Reason.NOT_YET.value
    if facts.by_course == 0 and p.without_course == WithoutCourse.NOT_PAID:
        return Reason.WITHOUT_COURSE.value
    if was_received(facts.received, facts.level) == 1:
        return Reason.ALREADY_RECEIVED.value
    return Reason.ELIGIBLE.value


@scalar
def course_reason(facts: CertificateFacts, p: Params) -> int:
    """What an upgrade course lacks: a senior technician, a date, a first payment.

    Bit 7 of ``received`` means "paid before" under ``once`` and "paid this calendar year" under
    ``yearly``; ``each_course`` does not look at it.
    """
    if facts.level < Level.SENIOR_TECHNICIAN:
        return Reason.NOT_SENIOR_TECHNICIAN.value
    if facts.certificate_month < earliest(facts, p):
        return Reason.TOO_EARLY.value
    if facts.certificate_month > facts.month:
        return Reason.NOT_YET.value
    paid = was_received(facts.received, UPGRADE_COURSE_BIT)
    if paid == 1 and p.upgrade_frequency != UpgradeFrequency.EACH_COURSE:
        return Reason.COURSE_ALREADY_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CertificateFacts, p: Params) -> int:
    """Fen for the level gained or for the course: the stated part of the maximum."""
    most = p.amount_upgrade_course
    if facts.upgrade_course == 0:
        first = facts.level == Level.TECHNICIAN
        if p.order == Order.REVERSED:
            first = not first
        most = p.amount_technician if first else p.amount_senior_technician
    return share_of(most, p.paid_share)


INSTRUMENT = Instrument(
    clause="C9",
    channel=Channel.CERTIFICATE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={
        "order": Order,
        "regime": Regime,
        "after_2019_08": After2019,
        "without_course": WithoutCourse,
        "upgrade_frequency": UpgradeFrequency,
        "stacking": Stacking,
    },
    figures={"earliest_month": earliest},
)
