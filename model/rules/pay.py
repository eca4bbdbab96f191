"""Pay: target, yearly revision, cuts of pay, premium base (docs/methods.md)."""

from typing import NamedTuple

from model.instruments import unemployment_insurance
from model.numbers import exp
from model.parameters.pay import Params
from model.scalar import scalar

PPM = 1_000_000
SENIOR_TECHNICIAN = 5


@scalar
def step_of(grade: int, p: Params) -> float:
    """Causal log pay of a grade of appointment over none."""
    total = 0.0
    if grade >= 1:
        total = total + p.step_junior
    if grade >= 2:
        total = total + p.step_intermediate
    if grade >= 3:
        total = total + p.step_senior
    if grade >= 4:
        total = total + p.step_technician
    if grade >= 5:
        total = total + p.step_senior_technician
    if grade >= 6:
        total = total + p.step_special_technician
    return total * p.causal * p.compression


@scalar
def allowance_of(grade: int, p: Params) -> float:
    """Log pay of the skill allowance of a grade, where the enterprise pays allowances (C19)."""
    if grade <= 0:
        return 0.0
    if grade == 1:
        return p.allowance_junior
    if grade == 2:
        return p.allowance_intermediate
    if grade == 3:
        return p.allowance_senior
    if grade == 4:
        return p.allowance_technician
    return p.allowance_senior_technician


@scalar
def chief_step(grade: int, p: Params) -> float:
    """Causal log pay of a chief technician over the grade of appointment (C19)."""
    if grade < SENIOR_TECHNICIAN:
        return 0.0
    over_special = p.step_chief * p.causal * p.compression
    if grade > SENIOR_TECHNICIAN:
        return over_special
    return over_special + p.step_special_technician * p.causal * p.compression


@scalar
def skill_pay(grade: int, allowances: int, chief: int, tilt: float, p: Params) -> float:
    """Log pay by skill beyond the step of the grade: allowance, chief technician, tilt (C27)."""
    more = 0.0
    if allowances == 1:
        more = more + allowance_of(grade, p)
    if chief == 1:
        more = more + chief_step(grade, p)
    if grade >= p.tilt_from:
        more = more + tilt
    return more


@scalar
def within(pay: float, minimum: int, p: Params) -> int:
    """Whole fen a month, never below the minimum wage or above the model's ceiling."""
    fen = int(pay)
    if fen < minimum:
        fen = minimum
    if fen > p.ceiling:
        fen = p.ceiling
    return fen


class PayFacts(NamedTuple):
    """What a worker's pay depends on."""

    appointed: int  # grade of appointment
    talent: float  # own standing, 1 = average of the enterprise
    pay: int  # fen a month
    employer_scale: float  # fen a month for grade none and talent 1
    employer_minimum: int  # minimum wage, fen a month
    employer_skill_tilt: float  # log pay that bargaining has added for the skilled
    allowances: int  # 1: the enterprise pays skill allowances
    chief: int  # 1: chief technician of the enterprise
    raise_ppm: int  # at a hire, millionths of the target; -1 at appointment; 0 in a January


class Pay(NamedTuple):
    """New monthly pay in fen; ``event`` 1 if it differs."""

    event: int
    pay: int


@scalar
def revise(f: PayFacts, p: Params) -> Pay:
    """Move pay towards its target: fully at a hire, up to it at appointment, partly in a January.

    Pay stays between the minimum wage and the model's ceiling.
    """
    more = skill_pay(f.appointed, f.allowances, f.chief, f.employer_skill_tilt, p)
    target = f.employer_scale * exp(step_of(f.appointed, p) + more) * f.talent
    if f.raise_ppm > 0:
        new = target * (f.raise_ppm / PPM)
    elif f.raise_ppm < 0:
        new = target if target > f.pay else f.pay * 1.0
    elif target > f.pay:
        new = f.pay + p.revise_up * (target - f.pay)
    else:
        new = f.pay + p.revise_down * (target - f.pay)
    fen = within(new, f.employer_minimum, p)
    return Pay(1 if fen != f.pay else 0, fen)


class PriceFacts(NamedTuple):
    """What another enterprise could pay a worker, by its scale."""

    appointed: int  # grade of appointment
    talent: float  # own standing, 1 = average of the enterprise
    scale: float  # of that enterprise, fen a month for grade none and talent 1
    minimum: int  # minimum wage there, fen a month
    tilt: float  # log pay that bargaining has added for the skilled there
    allowances: int  # 1: it pays skill allowances
    most_ppm: int  # at most so many millionths of what its scale gives


class Price(NamedTuple):
    """The most that it would pay, fen a month; ``event`` is always 1."""

    event: int
    most: int


@scalar
def price_post(f: PriceFacts, p: Params) -> Price:
    """What the scale gives for the worker's grade and standing, and what is bid on top of it.

    Nobody is hired away as chief technician.
    """
    more = skill_pay(f.appointed, f.allowances, 0, f.tilt, p)
    target = f.scale * exp(step_of(f.appointed, p) + more) * f.talent
    return Price(1, within(target * (f.most_ppm / PPM), f.minimum, p))


class DropFacts(NamedTuple):
    """A worker of an enterprise that has cut pay."""

    level: int
    teacher: int
    joined: int
    pay: int
    reference_pay: int  # mean of the twelve months before the spell, fen
    employer_cut_ppm: int
    employer_cut_others_ppm: int
    employer_cut_since: int
    employer_cut_from: int  # lowest level whose pay is cut as technicians' is


class Drop(NamedTuple):
    """Reference pay and pay after the cut, in fen a month."""

    event: int
    reference: int
    paid: int


@scalar
def drop_pay(f: DropFacts, p: Params) -> Drop:  # noqa: ARG001 - every rule takes its topic
    """Pay of one worker in a spell: reference less the cut, rounded up; newcomers are not cut."""
    if f.employer_cut_since <= 0 or f.joined >= f.employer_cut_since:
        return Drop(0, f.pay, f.pay)
    upper = f.level >= f.employer_cut_from or f.teacher == 1
    ppm = f.employer_cut_ppm if upper else f.employer_cut_others_ppm
    if ppm <= 0:
        return Drop(0, f.reference_pay, f.pay)
    drop = -(-f.reference_pay * ppm // PPM)
    return Drop(1, f.reference_pay, f.reference_pay - drop)


class BaseFacts(NamedTuple):
    """A worker's monthly pay."""

    pay: int  # fen a month


@scalar
def declare_base(f: BaseFacts, p: unemployment_insurance.Params) -> int:
    """Fen a month on which premiums are paid."""
    return unemployment_insurance.declared_base(f.pay, p)
