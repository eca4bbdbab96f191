"""Annuity and supplementary medical insurance (C12): able enterprises, for senior technicians.

The enterprise pays from its own money, outside the model, to the annuity and the insurer. National
rules limit what it and its staff may pay into an annuity together.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import MILLION, Channel, Instrument, SupplementFacts, share_of
from model.ledger import Account
from model.scalar import scalar


@unique
class Reason(IntEnum):
    """Why an enterprise pays nothing for somebody."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    LEVEL_TOO_LOW = 2
    NOT_INSURED = 3
    PREMIUMS_UNPAID = 4
    NOT_ABLE = 5


class Params(NamedTuple):
    """Values, units and sources: supplementary_insurance.yaml."""

    in_force: int
    take_up: int
    annuity_rate: int
    worker_part: int
    enterprise_limit: int
    joint_limit: int
    medical_rate: int


@scalar
def eligibility(facts: SupplementFacts, p: Params) -> int:
    """0 if an able enterprise covers the worker, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.level < Level.SENIOR_TECHNICIAN:
        return Reason.LEVEL_TOO_LOW.value
    if facts.insured == 0:
        return Reason.NOT_INSURED.value
    if facts.paid_up == 0:
        return Reason.PREMIUMS_UNPAID.value
    if facts.distressed == 1:
        return Reason.NOT_ABLE.value
    return Reason.ELIGIBLE.value


@scalar
def annuity_limit(facts: SupplementFacts, p: Params) -> int:
    """Fen a month that the enterprise may pay into this worker's annuity.

    The limits are shares of payroll: of what the enterprise pays, and of what it and its staff pay
    together. Those covered share them by pay.
    """
    share = p.enterprise_limit
    together = p.joint_limit * MILLION // (MILLION + p.worker_part)
    if together < share:
        share = together
    if facts.covered_pay <= 0:
        return 0
    return share_of(facts.payroll, share) * facts.pay // facts.covered_pay


@scalar
def amount(facts: SupplementFacts, p: Params) -> int:
    """Fen a month: annuity within its limits, and medical insurance."""
    annuity = share_of(facts.pay, p.annuity_rate)
    most = annuity_limit(facts, p)
    if most < annuity:
        annuity = most
    return annuity + share_of(facts.pay, p.medical_rate)


INSTRUMENT = Instrument(
    clause="C12",
    channel=Channel.SUPPLEMENT,
    payer=Account.ENTERPRISES,
    payee=Account.OUTSIDE,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    figures={"limit_fen": annuity_limit},
)
