"""Pooling of education funds (C26): a county may take over what an enterprise cannot use.

By law an enterprise that lacks the capacity to train, or that has not carried out high-skill
training (even if it trains juniors), may have its education fund pooled by a county-or-higher
government; the human-resources department then buys training for such enterprises. It stays the
enterprises' money, never public outlay. What lacking the capacity means is left open.
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
class Reach(IntEnum):
    """Whose fund may be pooled."""

    EITHER = 0  # no capacity, or no high-skill training
    NO_CAPACITY = 1  # the older rule: no capacity only


@unique
class Reason(IntEnum):
    """Why a fund is not pooled."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    TRAINS_UPPER = 2
    HAS_CAPACITY = 3
    NO_FUND = 4


class Params(NamedTuple):
    """Values, units and sources: fund_pooling.yaml."""

    in_force: int
    take_up: int
    pooled_share: int
    capacity_staff: int
    reach: int
    claim_month: int
    rank: int


@scalar
def lacks_capacity(facts: EnterpriseYearFacts, p: Params) -> int:
    """1 if the enterprise is too small to train by itself."""
    return 1 if facts.headcount < p.capacity_staff else 0


@scalar
def eligibility(facts: EnterpriseYearFacts, p: Params) -> int:
    """0 if the fund may be pooled, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if lacks_capacity(facts, p) == 0:
        if p.reach == Reach.NO_CAPACITY:
            return Reason.HAS_CAPACITY.value
        if facts.trained_upper > 0:
            return Reason.TRAINS_UPPER.value
    if facts.education_fund <= 0:
        return Reason.NO_FUND.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: EnterpriseYearFacts, p: Params) -> int:
    """Fen of the fund that are pooled."""
    return share_of(facts.education_fund, p.pooled_share)


INSTRUMENT = Instrument(
    clause="C26",
    channel=Channel.ENTERPRISE_YEAR,
    payer=Account.EDUCATION_FUNDS,
    payee=Account.POOLED_EDUCATION_FUND,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"reach": Reach},
    figures={"lacks_capacity": lacks_capacity, "pooled_fen": amount},
)
