"""Apprenticeship subsidy (C8, C25): to the enterprise, by apprentice and year of term.

The new-type apprenticeship, recruiting and enrolling at once, for new and transferred staff, runs
nation-wide from the end of 2018; nothing is paid in the province before November 2018 (the
pilot of 2015 to 2018 had a rule of its own and did not name the province). C25 ties the money to
the certificate an apprentice gains, so by default the whole term is paid then; where the trade has
no national standard, a certificate of finished training will do.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    ApprenticeFacts,
    Channel,
    Instrument,
    Parties,
    month_index,
    share_of,
)
from model.ledger import Account
from model.scalar import scalar

YEAR = 12


@unique
class PaidWhen(IntEnum):
    """When the money is paid."""

    ON_CERTIFICATE = 0
    EACH_YEAR = 1


@unique
class PartYears(IntEnum):
    """What a begun year of the term is worth."""

    BY_MONTH = 0
    WHOLE_YEARS = 1


@unique
class Payee(IntEnum):
    """Whose account is credited."""

    ENTERPRISE = 0
    PERSON = 1


@unique
class Regime(IntEnum):
    """Whose rates apply."""

    PILOT = 0  # a part of the training fee, within limits
    NATIONAL = 1  # a fixed amount a year


@unique
class TrainingCertificate(IntEnum):
    """When a certificate that training was finished is enough."""

    WHERE_NO_STANDARD = 0
    ALWAYS = 1
    NEVER = 2


@unique
class Reason(IntEnum):
    """Why nothing is paid for an apprentice."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_APPRENTICE = 2
    STARTED_TOO_EARLY = 3
    NOT_STARTED = 4
    NOT_EMPLOYED = 5
    ENTERPRISE_NOT_INSURED = 6
    NO_CERTIFICATE_YET = 7
    TERM_TOO_SHORT = 8
    ALREADY_PAID = 9
    NO_QUALIFICATION = 10


class Params(NamedTuple):
    """Values, units and sources: apprenticeship_subsidy.yaml."""

    in_force: int
    regime: int
    amount_per_year: int
    pilot_share: int
    pilot_least: int
    pilot_most: int
    training_fee: int
    training_certificate: int
    first_start_year: int
    first_start_month: int
    shortest_term: int
    longest_term: int
    paid_when: int
    part_years: int
    insured_required: int
    payee: int


@scalar
def earliest(_facts: ApprenticeFacts, p: Params) -> int:
    """Month of the earliest start that counts."""
    return month_index(p.first_start_year, p.first_start_month)


@scalar
def term(facts: ApprenticeFacts, p: Params) -> int:
    """Months of the term served by this month: to the certificate, at most the longest term."""
    end = facts.month
    if 0 < facts.certificate_month < end:
        end = facts.certificate_month
    served = end - facts.start_month
    return p.longest_term if served > p.longest_term else served


@scalar
def months_due(facts: ApprenticeFacts, p: Params) -> int:
    """Months of the term that are paid for now."""
    served = term(facts, p)
    certified = 0 < facts.certificate_month <= facts.month
    if p.part_years == PartYears.WHOLE_YEARS or not certified:
        served = served // YEAR * YEAR
    due = served - facts.months_paid
    return due if due > 0 else 0


@scalar
def eligibility(facts: ApprenticeFacts, p: Params) -> int:
    """0 if something is paid for this apprentice now, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.start_month == 0:
        return Reason.NO_APPRENTICE.value
    if facts.start_month < earliest(facts, p):
        return Reason.STARTED_TOO_EARLY.value
    if facts.start_month > facts.month:
        return Reason.NOT_STARTED.value
    if facts.employed == 0:
        return Reason.NOT_EMPLOYED.value
    if p.insured_required == 1 and facts.insured == 0:
        return Reason.ENTERPRISE_NOT_INSURED.value
    return payment_reason(facts, p)


@scalar
def counts(facts: ApprenticeFacts, p: Params) -> int:
    """1 if the certificate is of the kind that C25 asks for in this trade."""
    if facts.qualification == 1 or p.training_certificate == TrainingCertificate.ALWAYS:
        return 1
    if p.training_certificate == TrainingCertificate.NEVER:
        return 0
    return 1 - facts.standard


@scalar
def yearly_rate(_facts: ApprenticeFacts, p: Params) -> int:
    """Fen for a year of term: the fixed amount, or under the pilot a part of the fee."""
    if p.regime == Regime.NATIONAL:
        return p.amount_per_year
    part = share_of(p.training_fee, p.pilot_share)
    if part < p.pilot_least:
        return p.pilot_least
    return p.pilot_most if part > p.pilot_most else part


@scalar
def payment_reason(facts: ApprenticeFacts, p: Params) -> int:
    """What the term lacks: a certificate, length, months not yet paid."""
    certified = 0 < facts.certificate_month <= facts.month
    if p.paid_when == PaidWhen.ON_CERTIFICATE and not certified:
        return Reason.NO_CERTIFICATE_YET.value
    if certified and counts(facts, p) == 0:
        return Reason.NO_QUALIFICATION.value
    if term(facts, p) < p.shortest_term:
        return Reason.TERM_TOO_SHORT.value
    if months_due(facts, p) == 0:
        return Reason.ALREADY_PAID.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: ApprenticeFacts, p: Params) -> int:
    """Fen for the months of the term paid for now, a month being a twelfth of a year."""
    return yearly_rate(facts, p) * months_due(facts, p) // YEAR


def parties(p: Params) -> Parties:
    """The employment subsidy fund pays the enterprise, or by setting the apprentice."""
    payee = Account.WORKERS if p.payee == Payee.PERSON else Account.ENTERPRISES
    return Account.EMPLOYMENT_SUBSIDY_FUND, payee


INSTRUMENT = Instrument(
    clause="C8",
    channel=Channel.APPRENTICE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={
        "regime": Regime,
        "training_certificate": TrainingCertificate,
        "paid_when": PaidWhen,
        "part_years": PartYears,
        "payee": Payee,
    },
    parties=parties,
    figures={
        "earliest_month": earliest,
        "term": term,
        "months_due": months_due,
        "yearly_fen": yearly_rate,
    },
)
