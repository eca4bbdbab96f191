"""Education levy (C7): what an enterprise must set aside of its own payroll for training.

A set-aside of the enterprise's own money, older than the Opinion: it becomes a restricted
liability, no public payment. ``compliance`` says what an enterprise falls short of.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    Channel,
    EnterpriseYearFacts,
    Instrument,
    share_of,
)
from model.ledger import Account
from model.scalar import scalar


@unique
class RequiredRate(IntEnum):
    """Which rate between the two limits an enterprise must apply."""

    OWN_WITHIN_RANGE = 0
    MINIMUM = 1
    MAXIMUM = 2


@unique
class Compliance(IntEnum):
    """What an enterprise falls short of."""

    MET = 0
    RATE_TOO_LOW = 1
    FRONTLINE_TOO_LOW = 2
    BOTH_TOO_LOW = 3


@unique
class Reason(IntEnum):
    """Why the duty does not apply."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_PAYROLL = 2


class Params(NamedTuple):
    """Values, units and sources: education_levy.yaml."""

    in_force: int
    minimum_rate: int
    maximum_rate: int
    frontline_share: int
    required_rate: int
    claim_month: int
    rank: int


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if the duty applies, otherwise why it does not."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.payroll_last_year <= 0:
        return Reason.NO_PAYROLL.value
    return Reason.ELIGIBLE.value


@scalar
def rate(facts: EnterpriseYearFacts, p: Params) -> int:
    """The rate that is asked of the enterprise, ppm of payroll."""
    if p.required_rate == RequiredRate.MINIMUM:
        return p.minimum_rate
    if p.required_rate == RequiredRate.MAXIMUM or facts.set_aside_rate_ppm > p.maximum_rate:
        return p.maximum_rate
    if facts.set_aside_rate_ppm < p.minimum_rate:
        return p.minimum_rate
    return facts.set_aside_rate_ppm


@scalar
def amount(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen that must be set aside for the year."""
    return share_of(facts.payroll_last_year, rate(facts, p))


@scalar
def set_aside(facts: EnterpriseYearFacts, _p: Params) -> int:
    """Fen that the enterprise sets aside at its own rate."""
    return share_of(facts.payroll_last_year, facts.set_aside_rate_ppm)


@scalar
def for_frontline(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen of what is required that front-line staff get at least, rounded up to the fen."""
    return -share_of(-amount(facts, p), p.frontline_share)


@scalar
def compliance(facts: EnterpriseYearFacts, p: Params) -> int:
    """What the enterprise falls short of, as a :class:`Compliance` code."""
    low_rate = facts.set_aside_rate_ppm < rate(facts, p)
    low_share = facts.frontline_share_ppm < p.frontline_share
    if low_rate and low_share:
        return Compliance.BOTH_TOO_LOW.value
    if low_rate:
        return Compliance.RATE_TOO_LOW.value
    if low_share:
        return Compliance.FRONTLINE_TOO_LOW.value
    return Compliance.MET.value


INSTRUMENT = Instrument(
    clause="C7",
    channel=Channel.ENTERPRISE_YEAR,
    payer=Account.ENTERPRISES,
    payee=Account.EDUCATION_FUNDS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"required_rate": RequiredRate},
    figures={"required_fen": amount, "frontline_fen": for_frontline, "set_aside_fen": set_aside},
)
