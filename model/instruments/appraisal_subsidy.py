"""Appraisal subsidy (C25): once, for the first qualification or special-ability certificate.

From the employment subsidy fund to persons of the key groups; staff of enterprises who belong to
none are not covered. Whether the occupation stands in the national catalogue does not matter,
since a special-ability certificate counts as well. The province's amount was not found.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import (
    CertificateFacts,
    Channel,
    Instrument,
    share_of,
    was_received,
)
from model.instruments.group_training_subsidy import covered
from model.ledger import Account
from model.scalar import scalar


@unique
class Stacking(IntEnum):
    """Whether a certificate that drew C9 or C10 may draw this subsidy as well."""

    FORBIDDEN = 0
    ALLOWED = 1


@unique
class Reason(IntEnum):
    """Why somebody is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_CERTIFICATE = 2
    NOT_FIRST = 3
    NOT_IN_GROUP = 4
    NOT_YET = 5
    TOO_LATE = 6
    ALREADY_RECEIVED = 7


class Params(NamedTuple):
    """Values, units and sources: appraisal_subsidy.yaml."""

    in_force: int
    fee: int
    raised: int
    groups: int
    covers_five: int
    covers_others: int
    window: int
    stacking: int
    rank: int


@scalar
def months_since(facts: CertificateFacts, _p: Params) -> int:
    """Months from the certificate to the claim."""
    return facts.month - facts.certificate_month


@scalar
def eligibility(facts: CertificateFacts, p: Params) -> int:
    """0 if the first certificate is paid for, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.upgrade_course == 1 or facts.level < 1 or facts.level > Level.SPECIAL_TECHNICIAN:
        return Reason.NO_CERTIFICATE.value
    if facts.first_certificate == 0:
        return Reason.NOT_FIRST.value
    if covered(facts.group, p.groups, p.covers_five, p.covers_others) == 0:
        return Reason.NOT_IN_GROUP.value
    if facts.certificate_month > facts.month:
        return Reason.NOT_YET.value
    if months_since(facts, p) > p.window:
        return Reason.TOO_LATE.value
    if was_received(facts.received, facts.level) == 1:
        return Reason.ALREADY_RECEIVED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CertificateFacts, p: Params) -> int:
    """Fen for a first certificate, with what the fee was raised by; nothing for another."""
    return p.fee + share_of(p.fee, p.raised) if facts.first_certificate == 1 else 0


INSTRUMENT = Instrument(
    clause="C25",
    channel=Channel.CERTIFICATE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"stacking": Stacking},
    figures={"months_since": months_since},
    other_purpose=True,  # the exam's fee
)
