"""Rebate for enterprises in passing difficulty: months of benefit for each insured head.

A national rule of 2019, extended through 2020, in both worlds. It takes the place of the ordinary
stay-job subsidy for enterprises that are in difficulty and hardly lay off; in 2020 the province
pays months of social-insurance dues instead. An enterprise draws one of the two in a year.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    Channel,
    EnterpriseYearFacts,
    Instrument,
    share_of,
)
from model.instruments.stay_job_subsidy import layoffs_low
from model.ledger import Account
from model.scalar import scalar

FEN_PER_YUAN = 100


@unique
class Measure(IntEnum):
    """What the months are counted in."""

    BENEFIT = 0
    DUES = 1


@unique
class Reason(IntEnum):
    """Why an enterprise is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    ENTERPRISE_NOT_INSURED = 2
    PREMIUMS_UNPAID = 3
    NOT_DISTRESSED = 4
    TOO_MANY_LAYOFFS = 5
    NOBODY_INSURED = 6
    RESERVE_TOO_SMALL = 7
    OTHER_REFUND_DRAWN = 8
    ALREADY_DRAWN = 9


class Params(NamedTuple):
    """Values, units and sources: distressed_firm_rebate.yaml."""

    in_force: int
    measure: int
    months: int
    dues_rate: int
    dues_share: int
    reserve_required: int
    take_up: int
    claim_month: int
    rank: int


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if the enterprise may draw this year, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.insured == 0:
        return Reason.ENTERPRISE_NOT_INSURED.value
    if facts.paid_up == 0:
        return Reason.PREMIUMS_UNPAID.value
    if facts.distressed == 0:
        return Reason.NOT_DISTRESSED.value
    if layoffs_low(facts.layoff_rate_ppm, facts.registered_unemployment_ppm) == 0:
        return Reason.TOO_MANY_LAYOFFS.value
    if facts.insured_heads <= 0:
        return Reason.NOBODY_INSURED.value
    if facts.reserve_months < p.reserve_required:
        return Reason.RESERVE_TOO_SMALL.value
    if facts.refund_elsewhere > 0:
        return Reason.OTHER_REFUND_DRAWN.value
    if facts.drawn > 0:
        return Reason.ALREADY_DRAWN.value
    return Reason.ELIGIBLE.value


@scalar
def monthly(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen of one month: benefit of every insured head, or the stated part of the dues."""
    if p.measure == Measure.BENEFIT:
        return facts.benefit * facts.insured_heads
    return share_of(share_of(facts.premium_base, p.dues_rate), p.dues_share)


@scalar
def amount(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen for the year."""
    return monthly(facts, p) * p.months


@scalar
def benefit_yuan(facts: EnterpriseYearFacts, _p: Params) -> int:
    """Whole yuan of the monthly benefit of the place."""
    return facts.benefit // FEN_PER_YUAN


INSTRUMENT = Instrument(
    clause="earlier",
    channel=Channel.ENTERPRISE_YEAR,
    payer=Account.UNEMPLOYMENT_INSURANCE_FUND,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"measure": Measure},
    figures={"monthly_fen": monthly, "benefit_yuan": benefit_yuan},
)
