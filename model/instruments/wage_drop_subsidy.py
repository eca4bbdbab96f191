"""Wage-drop subsidy (C12): half of the pay drop of technicians in key posts.

An insured enterprise that has paid its premiums in full and suffers from downturn or
transformation may draw on the unemployment-insurance fund for technicians and above in key posts
and for qualified teachers of its own technical school, when pay fell by half. What it draws in a
year is limited to half of last year's premiums. What the text leaves open is a setting; the
parameter file names the alternatives.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Level
from model.instruments.channels import (
    MILLION,
    Channel,
    Instrument,
    Parties,
    PayDropFacts,
    PotFacts,
    mean_drop,
    share_of,
)
from model.ledger import Account
from model.markets.pot import Rationing
from model.scalar import scalar

# Millionths by which a mean drop may exceed an exact threshold because each pay is cut to whole
# fen: one fen of 1,000 yuan, below every minimum wage of the province.
ROUNDING_OF_MEAN = 10


@unique
class Trigger(IntEnum):
    """Whose drop of pay opens the subsidy."""

    OWN_DROP = 0
    MEAN_DROP = 1


@unique
class Comparison(IntEnum):
    """How a drop is held against the threshold."""

    AT_LEAST = 0
    EXACTLY = 1


@unique
class Pot(IntEnum):
    """How the subsidy stands to the stay-job subsidy, whose ceiling has the same formula."""

    SAME_POT = 0
    ADDITIVE = 1
    EXCLUSIVE = 2
    EARMARK_ONLY = 3


@unique
class DistressGate(IntEnum):
    """Which of downturn and transformation an enterprise must suffer from."""

    EITHER = 0
    BOTH = 1
    NONE = 2


@unique
class LayoffCondition(IntEnum):
    """Whether lay-offs of last year close the subsidy."""

    NONE = 0
    AS_STAY_JOB = 1


@unique
class TeachersPremiums(IntEnum):
    """Whose premiums limit what a school's teachers receive."""

    ENTERPRISE = 0
    SCHOOL = 1


@unique
class Payee(IntEnum):
    """Whose account is credited."""

    PERSON = 0
    ENTERPRISE = 1


@unique
class Reason(IntEnum):
    """Why somebody is not eligible."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    ENTERPRISE_NOT_INSURED = 2
    PREMIUMS_UNPAID = 3
    NOT_DISTRESSED = 4
    TOO_MANY_LAYOFFS = 5
    NO_SCHOOL = 6
    TEACHER_NOT_QUALIFIED = 7
    LEVEL_TOO_LOW = 8
    SPECIAL_NOT_PAID = 9
    NOT_KEY_POST = 10
    NO_REFERENCE_PAY = 11
    NO_DROP = 12
    DROP_TOO_SMALL = 13
    DROP_NOT_EXACT = 14
    MEAN_DROP_TOO_SMALL = 15
    MEAN_DROP_NOT_EXACT = 16
    DURATION_OVER = 17


class Params(NamedTuple):
    """Values, units and sources: wage_drop_subsidy.yaml."""

    in_force: int
    trigger: int
    threshold: int
    comparison: int
    rate: int
    premium_share: int
    pot: int
    rank: int
    duration_limit: int
    rationing: int
    key_post_share: int
    special_technician: int
    distress_gate: int
    layoff_condition: int
    teachers_premiums: int
    payee: int


@scalar
def eligibility(facts: PayDropFacts, p: Params) -> int:
    """0 if the person is paid this month, otherwise the first reason against it."""
    reason = enterprise_reason(facts, p)
    if reason == Reason.ELIGIBLE:
        reason = person_reason(facts, p)
    if reason == Reason.ELIGIBLE:
        reason = drop_reason(facts, p)
    return reason


@scalar
def enterprise_reason(facts: PayDropFacts, p: Params) -> int:
    """What the enterprise lacks: insurance, paid premiums, distress, few lay-offs."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.insured == 0:
        return Reason.ENTERPRISE_NOT_INSURED.value
    if facts.paid_up == 0:
        return Reason.PREMIUMS_UNPAID.value
    if p.distress_gate == DistressGate.EITHER and facts.distressed < 1:
        return Reason.NOT_DISTRESSED.value
    if p.distress_gate == DistressGate.BOTH and facts.distressed < 2:
        return Reason.NOT_DISTRESSED.value
    if p.layoff_condition == LayoffCondition.AS_STAY_JOB and facts.layoffs_low == 0:
        return Reason.TOO_MANY_LAYOFFS.value
    return Reason.ELIGIBLE.value


@scalar
def person_reason(facts: PayDropFacts, p: Params) -> int:
    """What the person lacks: level and key post, or a teacher's school and qualification."""
    special_unpaid = facts.level == Level.SPECIAL_TECHNICIAN and p.special_technician == 0
    certified = facts.level >= Level.TECHNICIAN and not special_unpaid
    if facts.teacher == 1:
        if facts.owns_school == 0:
            return Reason.NO_SCHOOL.value
        if facts.senior_title == 0 and not certified:
            return Reason.TEACHER_NOT_QUALIFIED.value
        return Reason.ELIGIBLE.value
    if special_unpaid:
        return Reason.SPECIAL_NOT_PAID.value
    if not certified:
        return Reason.LEVEL_TOO_LOW.value
    if facts.key_post == 0:
        return Reason.NOT_KEY_POST.value
    return Reason.ELIGIBLE.value


@scalar
def drop_reason(facts: PayDropFacts, p: Params) -> int:
    """What the drop lacks. Thresholds are compared as integer products, never as ratios.

    Pay is whole fen, so "exactly" means exactly to the fen: no whole fen of the person's pay
    beyond the threshold, and for a mean less than ``ROUNDING_OF_MEAN``.
    """
    if facts.reference_pay <= 0:
        return Reason.NO_REFERENCE_PAY.value
    drop = facts.reference_pay - facts.pay
    if drop <= 0:
        return Reason.NO_DROP.value
    if p.trigger == Trigger.OWN_DROP:
        short = drop * MILLION - p.threshold * facts.reference_pay
        if short < 0:
            return Reason.DROP_TOO_SMALL.value
        if short >= MILLION and p.comparison == Comparison.EXACTLY:
            return Reason.DROP_NOT_EXACT.value
    else:
        short = facts.mean_drop_ppm - p.threshold
        if short < 0:
            return Reason.MEAN_DROP_TOO_SMALL.value
        if short >= ROUNDING_OF_MEAN and p.comparison == Comparison.EXACTLY:
            return Reason.MEAN_DROP_NOT_EXACT.value
    if p.duration_limit > 0 and facts.months_paid >= p.duration_limit:
        return Reason.DURATION_OVER.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: PayDropFacts, p: Params) -> int:
    """Fen this month before the ceiling: the stated part of the person's own drop."""
    return share_of(facts.reference_pay - facts.pay, p.rate)


@scalar
def own_drop(facts: PayDropFacts, _p: Params) -> int:
    """The person's drop in ppm of reference pay, rounded down; for words, never for a test."""
    return mean_drop(facts.reference_pay, facts.pay)


@scalar
def own_drop_in_fen(facts: PayDropFacts, _p: Params) -> int:
    """The person's drop in fen a month; for words, never for a test."""
    return facts.reference_pay - facts.pay


@scalar
def ceiling(pot: PotFacts, p: Params) -> int:
    """Fen that the insured unit may still draw under this subsidy this year.

    ``same_pot``: stay-job money of this year lowers it. ``additive``: a pot of its own.
    ``exclusive``: nothing once stay-job money was drawn. ``earmark_only``: no new money, the
    enterprise passes on what it drew as stay-job subsidy.
    """
    limit = share_of(pot.premiums_last_year, p.premium_share)
    if p.pot == Pot.SAME_POT:
        limit = limit - pot.stay_job_drawn
    elif p.pot == Pot.EXCLUSIVE and pot.stay_job_drawn > 0:
        limit = 0
    elif p.pot == Pot.EARMARK_ONLY and pot.stay_job_drawn < limit:
        limit = pot.stay_job_drawn
    left = limit - pot.wage_drop_drawn
    return left if left > 0 else 0


@scalar
def counted_by_stay_job(pot: PotFacts, p: Params) -> int:
    """Fen of this subsidy that the stay-job subsidy must count against its own ceiling."""
    if p.pot == Pot.SAME_POT:
        return pot.wage_drop_drawn
    if p.pot == Pot.EXCLUSIVE and pot.wage_drop_drawn > 0:
        return pot.premiums_last_year
    return 0


@scalar
def served_as(facts: PayDropFacts) -> int:
    """Level that counts where a pot is shared by level.

    A teacher's senior title stands beside a senior technician's certificate (C17).
    """
    if facts.teacher == 1 and facts.senior_title == 1 and facts.level < Level.SENIOR_TECHNICIAN:
        return Level.SENIOR_TECHNICIAN.value
    return facts.level


def parties(p: Params) -> Parties:
    """The fund pays the person, unless the pot is an earmark or the enterprise is the payee."""
    payer = Account.UNEMPLOYMENT_INSURANCE_FUND
    if p.pot == Pot.EARMARK_ONLY:
        payer = Account.ENTERPRISES
    elif p.payee == Payee.ENTERPRISE:
        return payer, Account.ENTERPRISES
    return payer, Account.WORKERS


INSTRUMENT = Instrument(
    clause="C12",
    channel=Channel.PAY_DROP,
    payer=Account.UNEMPLOYMENT_INSURANCE_FUND,
    payee=Account.WORKERS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    ceiling=ceiling,
    settings={
        "trigger": Trigger,
        "comparison": Comparison,
        "pot": Pot,
        "rationing": Rationing,
        "distress_gate": DistressGate,
        "layoff_condition": LayoffCondition,
        "teachers_premiums": TeachersPremiums,
        "payee": Payee,
    },
    parties=parties,
    figures={"drop_ppm": own_drop, "drop_fen": own_drop_in_fen},
)
