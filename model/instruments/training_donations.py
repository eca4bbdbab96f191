"""Donations to training (C26), deductible through public-benefit bodies or governments.

A donation that went through a public-benefit body, or a government of county rank or above, may be
deducted up to a part of profit; one given directly may not. What is given in the province is a
fixed number from outside the model; nothing published says how much.
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
class Reason(IntEnum):
    """Why a donation saves no tax."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_DONATION = 2
    GIVEN_DIRECTLY = 3
    NO_PROFIT = 4
    ALREADY_DEDUCTED = 5


class Params(NamedTuple):
    """Values, units and sources: training_donations.yaml."""

    in_force: int
    given_per_year: int
    limit: int
    tax_rate: int
    claim_month: int
    rank: int


@scalar
def deductible(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen that may be deducted: the donation, at most the part of profit."""
    most = share_of(facts.profit, p.limit)
    return facts.donation if facts.donation < most else most


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if the donation saves tax, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.donation <= 0:
        return Reason.NO_DONATION.value
    if facts.donation_qualified == 0:
        return Reason.GIVEN_DIRECTLY.value
    if facts.profit <= 0:
        return Reason.NO_PROFIT.value
    if facts.drawn > 0:
        return Reason.ALREADY_DEDUCTED.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen of tax that is not levied."""
    return share_of(deductible(facts, p), p.tax_rate)


INSTRUMENT = Instrument(
    clause="C26",
    channel=Channel.ENTERPRISE_YEAR,
    payer=Account.TAX_OFFICE,
    payee=Account.ENTERPRISES,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    figures={"deductible_fen": deductible},
)
