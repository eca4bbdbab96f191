"""Stay-job subsidy: half of last year's premiums back to an enterprise that hardly lays off.

A national rule older than the Opinion, in both worlds. Its ceiling has the formula of C12, and by
default both draw on one pot. In 2020 small and medium enterprises get all of it back; an
enterprise that drew the rebate for passing difficulty in a year does not draw this as well.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    Channel,
    EnterpriseYearFacts,
    Instrument,
    PotFacts,
    share_of,
)
from model.ledger import Account
from model.scalar import scalar


@unique
class Reason(IntEnum):
    """Why an enterprise is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    ENTERPRISE_NOT_INSURED = 2
    PREMIUMS_UNPAID = 3
    TOO_MANY_LAYOFFS = 4
    NO_PREMIUMS = 5
    ALREADY_DRAWN = 6
    RESERVE_TOO_SMALL = 7
    OTHER_REFUND_DRAWN = 8


class Params(NamedTuple):
    """Values, units and sources: stay_job_subsidy.yaml."""

    in_force: int
    rate: int
    rate_small: int
    registered_unemployment: int
    reserve_required: int
    claim_month: int
    rank: int


@scalar
def layoffs_low(layoff_rate_ppm: int, registered_unemployment_ppm: int) -> int:
    """1 if last year's lay-offs were none, or below the registered unemployment rate."""
    if layoff_rate_ppm == 0 or layoff_rate_ppm < registered_unemployment_ppm:
        return 1
    return 0


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if the enterprise may draw this year, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.insured == 0:
        return Reason.ENTERPRISE_NOT_INSURED.value
    if facts.paid_up == 0:
        return Reason.PREMIUMS_UNPAID.value
    if layoffs_low(facts.layoff_rate_ppm, facts.registered_unemployment_ppm) == 0:
        return Reason.TOO_MANY_LAYOFFS.value
    if facts.premiums_last_year <= 0:
        return Reason.NO_PREMIUMS.value
    if facts.reserve_months < p.reserve_required:
        return Reason.RESERVE_TOO_SMALL.value
    if facts.refund_elsewhere > 0:
        return Reason.OTHER_REFUND_DRAWN.value
    if facts.stay_job_drawn > 0:
        return Reason.ALREADY_DRAWN.value
    return Reason.ELIGIBLE.value


@scalar
def rate_of(small: int, p: Params) -> int:
    """Part of last year's premiums that comes back, ppm."""
    return p.rate_small if small == 1 else p.rate


@scalar
def amount(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen for the year before the pot: the stated part of last year's premiums."""
    return share_of(facts.premiums_last_year, rate_of(facts.small, p))


@scalar
def refund_rate_ppm(facts: EnterpriseYearFacts, p: Params) -> int:
    """Part of last year's premiums that comes back to this enterprise, ppm."""
    return rate_of(facts.small, p)


@scalar
def ceiling(pot: PotFacts, p: Params) -> int:
    """Fen left in the pot; ``wage_drop_drawn`` is what C12's setting says must be counted."""
    whole = share_of(pot.premiums_last_year, rate_of(pot.small, p))
    left = whole - pot.stay_job_drawn - pot.wage_drop_drawn
    return left if left > 0 else 0


INSTRUMENT = Instrument(
    clause="earlier",
    channel=Channel.ENTERPRISE_YEAR,
    payer=Account.UNEMPLOYMENT_INSURANCE_FUND,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    ceiling=ceiling,
    figures={"refund_rate_ppm": refund_rate_ppm},
)
