"""Performance grants (C25): a yearly provincial pool shared by last year's results.

The text wants spending reviewed and grants tied to performance, and gives neither sum nor measure.
Each institution has the part of the pool that its results are of all results; the few fen that
whole numbers leave over go to the largest fractions. Where not all of last year's months count, the
pool is cut to those that do.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.instruments.channels import (
    Channel,
    InstitutionYearFacts,
    Instrument,
    Parties,
    WorkCounted,
)
from model.ledger import Account
from model.scalar import scalar

YEAR = 12


@unique
class Measure(IntEnum):
    """Which results count."""

    CERTIFICATES = 0
    COURSES = 1


@unique
class Payer(IntEnum):
    """Whose account is debited."""

    EMPLOYMENT_SUBSIDY_FUND = 0
    TREASURY = 1


@unique
class Reason(IntEnum):
    """Why an institution gets nothing."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    NOT_THE_MONTH = 2
    NO_RESULTS = 3


class Params(NamedTuple):
    """Values, units and sources: performance_grants.yaml."""

    in_force: int
    pool: int
    measure: int
    payer: int
    work_counted: int
    claim_month: int


@scalar
def results(facts: InstitutionYearFacts, p: Params) -> int:
    """Results of the institution."""
    return facts.trained if p.measure == Measure.COURSES else facts.certificates


@scalar
def all_results(facts: InstitutionYearFacts, p: Params) -> int:
    """Results of all institutions."""
    return facts.all_trained if p.measure == Measure.COURSES else facts.all_certificates


@scalar
def pool_of_year(facts: InstitutionYearFacts, p: Params) -> int:
    """Fen that all institutions share this year: a twelfth of the pool for each month counted."""
    months = facts.months if facts.months < YEAR else YEAR
    return p.pool * months // YEAR


@scalar
def eligibility(facts: InstitutionYearFacts, p: Params) -> int:
    """0 if the institution shares in this year's pool, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.month % 12 + 1 != p.claim_month:
        return Reason.NOT_THE_MONTH.value
    if results(facts, p) <= 0:
        return Reason.NO_RESULTS.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: InstitutionYearFacts, p: Params) -> int:
    """Fen of the institution's part of the pool, rounded down."""
    own, every = results(facts, p), all_results(facts, p)
    if every < own:
        every = own
    return pool_of_year(facts, p) * own // every if every > 0 else 0


def parties(p: Params) -> Parties:
    """The employment subsidy fund or the treasury."""
    if p.payer == Payer.TREASURY:
        return Account.PROVINCIAL_TREASURY, Account.INSTITUTIONS
    return Account.EMPLOYMENT_SUBSIDY_FUND, Account.INSTITUTIONS


INSTRUMENT = Instrument(
    clause="C25",
    channel=Channel.INSTITUTION_YEAR,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"measure": Measure, "payer": Payer, "work_counted": WorkCounted},
    parties=parties,
    figures={"results": results, "all_results": all_results, "pool_fen": pool_of_year},
)
