"""Training subsidy of the key groups (C9, C13, C25): the course of somebody outside the staff.

From the employment subsidy fund, for registered unemployed, graduates, rural transferees, poor
families and the other groups of the "98113" plan: the actual cost up to the list price, once in a
calendar year; from December 2018 a course that ends with a level is paid once for each level
instead. The province's price list was not found.
"""

from enum import IntEnum, unique
from typing import NamedTuple

from model.codes import Group, Level
from model.instruments.channels import Channel, CourseFacts, Instrument, Parties, share_of
from model.ledger import Account
from model.scalar import scalar


@unique
class Frequency(IntEnum):
    """How often one person's courses are paid for."""

    ONCE_A_YEAR = 0
    EACH_LEVEL = 1  # once for each level gained; a course without one still once a year


@unique
class Payee(IntEnum):
    """Who draws the subsidy."""

    INSTITUTION = 0
    PERSON = 1


@unique
class Reason(IntEnum):
    """Why a course is not paid."""

    ELIGIBLE = 0
    NOT_IN_FORCE = 1
    ENTERPRISE_STAFF = 2
    GROUP_NOT_COVERED = 3
    NO_SUCH_PROGRAMME = 4
    NOT_COMPLETED = 5
    TOO_LONG = 6
    LEVEL_NOT_LISTED = 7
    COURSE_ALREADY_PAID = 8
    PAID_THIS_YEAR_ALREADY = 9
    LEVEL_ALREADY_PAID = 10


class Params(NamedTuple):
    """Values, units and sources: group_training_subsidy.yaml."""

    in_force: int
    groups: int
    programmes: int
    covers_five: int
    covers_others: int
    list_short: int
    list_junior: int
    list_intermediate: int
    list_senior: int
    raised: int
    longest: int
    frequency: int
    payee: int


@scalar
def covered(group: int, groups: int, covers_five: int, covers_others: int) -> int:
    """1 if a group's training is paid: the five of the national rule, the plan's others."""
    if group <= 0 or group >= groups:
        return 0
    others = group == Group.VETERAN or group == Group.DISABLED or group == Group.TRANSFERRED
    return covers_others if others else covers_five


@scalar
def list_price(facts: CourseFacts, p: Params) -> int:
    """Fen that the price list allows for the level taught, with what it was raised by."""
    most = p.list_short
    if facts.level == Level.JUNIOR:
        most = p.list_junior
    elif facts.level == Level.INTERMEDIATE:
        most = p.list_intermediate
    elif facts.level == Level.SENIOR:
        most = p.list_senior
    return most + share_of(most, p.raised)


@scalar
def eligibility(facts: CourseFacts, p: Params) -> int:
    """0 if the course is paid, otherwise the first reason against it."""
    if p.in_force == 0:
        return Reason.NOT_IN_FORCE.value
    if facts.group == Group.ENTERPRISE_WORKER:
        return Reason.ENTERPRISE_STAFF.value
    if covered(facts.group, p.groups, p.covers_five, p.covers_others) == 0:
        return Reason.GROUP_NOT_COVERED.value
    if facts.programme > p.programmes:
        return Reason.NO_SUCH_PROGRAMME.value
    if facts.completed == 0:
        return Reason.NOT_COMPLETED.value
    if facts.length > p.longest:
        return Reason.TOO_LONG.value
    if facts.level > Level.SENIOR:
        return Reason.LEVEL_NOT_LISTED.value
    return repeated(facts, p)


@scalar
def repeated(facts: CourseFacts, p: Params) -> int:
    """What was paid before: this course, a course for this level, a course this year."""
    if facts.subsidised == 1:
        return Reason.COURSE_ALREADY_PAID.value
    if p.frequency == Frequency.EACH_LEVEL and facts.level > 0 and facts.certificate == 1:
        if facts.level_paid == 1:
            return Reason.LEVEL_ALREADY_PAID.value
        return Reason.ELIGIBLE.value
    if facts.paid_this_year > 0:
        return Reason.PAID_THIS_YEAR_ALREADY.value
    return Reason.ELIGIBLE.value


@scalar
def amount(facts: CourseFacts, p: Params) -> int:
    """Fen: the actual cost, at most the list price."""
    most = list_price(facts, p)
    return facts.price_fen if facts.price_fen < most else most


def parties(p: Params) -> Parties:
    """The fund pays the institution, or the person who has paid it."""
    payee = Account.INSTITUTIONS if p.payee == Payee.INSTITUTION else Account.WORKERS
    return Account.EMPLOYMENT_SUBSIDY_FUND, payee


INSTRUMENT = Instrument(
    clause="C25",
    channel=Channel.COURSE,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"frequency": Frequency, "payee": Payee},
    parties=parties,
    figures={"list_price_fen": list_price},
)
