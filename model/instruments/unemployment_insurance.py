"""Unemployment insurance: premiums of enterprises and staff, benefits of the unemployed.

Older than the Opinion and the source of money for C10, C12 and the stay-job subsidy. Premiums are
paid on a declared base, a part of pay, held between 60 % and 300 % of the province's mean wage.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import Channel, Instrument, SocialInsuranceFacts, share_of
from model.ledger import Account
from model.scalar import scalar


@unique
class Reason(IntEnum):
    """Why no benefit is paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    LEFT_FREELY = 2
    TOO_FEW_MONTHS = 3
    EXHAUSTED = 4


class Params(NamedTuple):
    """Values, units and sources: unemployment_insurance.yaml."""

    in_force: int
    employer_rate: int
    employee_rate: int
    small_below: int
    waived_small: int
    waived_large: int
    declared_share: int
    base_floor: int
    base_ceiling: int
    average_wage: int
    benefit_harbin: int
    benefit_elsewhere: int
    least_months: int
    middle_from: int
    long_from: int
    months_short: int
    months_middle: int
    months_long: int


@scalar
def declared_base(pay: int, p: Params) -> int:
    """Fen of monthly pay on which premiums are paid: the declared part, within floor and top."""
    base = share_of(pay, p.declared_share)
    low = share_of(p.average_wage, p.base_floor)
    high = share_of(p.average_wage, p.base_ceiling)
    if base < low:
        base = low
    if base > high:
        base = high
    return base


@scalar
def employer_premium(base: int, p: Params) -> int:
    """Fen a month from the enterprise for somebody with this declared base."""
    return share_of(base, p.employer_rate)


@scalar
def employer_due(base: int, small: int, p: Params) -> int:
    """Fen a month that the enterprise still owes after a waiver; 0 of 1 while none is granted."""
    premium = employer_premium(base, p)
    return premium - share_of(premium, p.waived_small if small == 1 else p.waived_large)


@scalar
def employee_premium(base: int, p: Params) -> int:
    """Fen a month from the insured person with this declared base."""
    return share_of(base, p.employee_rate)


@scalar
def benefit_months(insured_months: int, p: Params) -> int:
    """Months of benefit that a record of premiums buys; 0 below one year."""
    if insured_months < p.least_months:
        return 0
    if insured_months < p.middle_from:
        return p.months_short
    if insured_months < p.long_from:
        return p.months_middle
    return p.months_long


@scalar
def eligibility(facts: SocialInsuranceFacts, p: Params) -> int:
    """0 if benefit is paid this month, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.involuntary == 0:
        return Reason.LEFT_FREELY.value
    if facts.insured_months < p.least_months:
        return Reason.TOO_FEW_MONTHS.value
    if facts.months_drawn >= benefit_months(facts.insured_months, p):
        return Reason.EXHAUSTED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: SocialInsuranceFacts, p: Params) -> int:
    """Fen of benefit a month."""
    return p.benefit_harbin if facts.harbin == 1 else p.benefit_elsewhere


INSTRUMENT = Instrument(
    clause="earlier",
    channel=Channel.SOCIAL_INSURANCE,
    payer=Account.UNEMPLOYMENT_INSURANCE_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    figures={"benefit_fen": amount},
)
