"""Tax deduction of training (C26): corporate tax that is not levied on money spent on training.

A national rule in both worlds: what was spent (not what was set aside) is deducted up to a part of
payroll, the rest is carried forward. Without profit it is worth nothing. It is tax not levied,
shown apart, never public outlay.
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
    """Why there is nothing to deduct, or nothing to deduct it from."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NO_SPEND = 2
    NO_PAYROLL = 3
    NO_PROFIT = 4
    ALREADY_DEDUCTED = 5


class Params(NamedTuple):
    """Values, units and sources: training_tax_deduction.yaml."""

    in_force: int
    limit: int
    tax_rate: int
    profit_ratio: int
    claim_month: int
    rank: int


@scalar
def deductible(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen that may be deducted: the spend, at most the part of payroll and the profit."""
    most = share_of(facts.payroll_last_year, p.limit)
    if facts.profit < most:
        most = facts.profit
    return facts.training_spend if facts.training_spend < most else most


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if tax is saved, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.training_spend <= 0:
        return Reason.NO_SPEND.value
    if facts.payroll_last_year <= 0:
        return Reason.NO_PAYROLL.value
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
