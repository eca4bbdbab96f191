"""What an enterprise decides: cuts of pay, lay-offs, posts, training (docs/methods.md)."""

from typing import NamedTuple

from model.numbers import ln, logistic, power
from model.parameters.plans import Params
from model.scalar import scalar

PPM = 1_000_000
GRID = 50_000  # pay cuts are considered in steps of 5 %
STEP = 0.05
DEEPEST = 800_000


class CashFacts(NamedTuple):
    """What an enterprise lacks, and what the insurance fund gave back to it."""

    month: int
    distress: float  # share of payroll that its own cash cannot meet
    payroll: int  # fen a month
    cash_help: int  # fen given back, the unspent rest of earlier help included
    help_month: int  # month in which it was last given; 0: never


class Cash(NamedTuple):
    """``shortfall``: share of payroll that cash cannot meet when help is counted."""

    event: int
    shortfall: float


@scalar
def count_cash(f: CashFacts, p: Params) -> Cash:
    """Help meets payroll in equal parts from the next month on, until the horizon is over.

    Only the part ``liquidity`` of it goes into wages that could not be met. Where cash meets all
    of them help changes nothing.
    """
    since = f.month - f.help_month
    if f.cash_help <= 0 or f.payroll <= 0 or since < 1 or since > p.horizon_months:
        return Cash(1, f.distress)
    met = p.liquidity * f.cash_help / f.payroll / p.horizon_months
    return Cash(1, f.distress - met if met < f.distress else 0.0)


class CutFacts(NamedTuple):
    """An enterprise at the start of a spell, and what it expects of the subsidy."""

    state: int  # 1: state enterprise
    shortfall: float  # share of payroll that cash cannot meet, help counted
    cut_ppm: int  # cut of technicians' pay in force
    cut_others_ppm: int
    quit_rate: float  # monthly separations of technicians without a cut
    trigger_ppm: int  # least cut for which the subsidy pays; 0: it is not reckoned with
    paid_to_ppm: int  # deepest cut for which it pays
    support_ppm: int  # share of the drop that it pays
    months_now: int  # months of the horizon in this year for which it lasts
    months_later: int  # and in later years
    pot_now: float  # months of the entitlement at the least cut that this year's pot would pay
    pot_later: float  # and that later pots would pay
    supported_share: (
        float  # part of the pay cut to reach the trigger that belongs to supported staff
    )
    u_caution: float


class Cut(NamedTuple):
    """Cuts in force this month, in millionths of reference pay.

    ``event``: 0 no change, 1 a spell begins, 2 a spell ends.
    """

    event: int
    cut_ppm: int
    cut_others_ppm: int


@scalar
def felt(cut: float, p: Params) -> float:
    """A temporary cut counts by its present value over the worker's horizon."""
    share = p.horizon_months / p.felt_months
    return cut * share if share < 1.0 else cut


@scalar
def pressure(cut: float, p: Params) -> float:
    """Multiple of the separation rate at a felt cut: ``(1 - cut) ** -exponent``, saturating."""
    if cut <= 0.0:
        return 1.0
    multiple = power(1.0 - felt(cut, p), -p.cut_exponent)
    return multiple if multiple < p.cut_saturation else p.cut_saturation


@scalar
def is_supported(cut_ppm: int, f: CutFacts) -> bool:
    """Whether the enterprise reckons with the subsidy at this cut."""
    return 0 < f.trigger_ppm <= cut_ppm <= f.paid_to_ppm


@scalar
def coverage(cut_ppm: int, f: CutFacts, p: Params) -> float:
    """Part of the entitlement over the horizon that pots and duration are expected to cover.

    The entitlement grows with the cut, the pots do not.
    """
    deeper = cut_ppm / f.trigger_ppm
    now = f.pot_now / deeper
    if now > f.months_now:
        now = f.months_now * 1.0
    later = f.pot_later / deeper
    if later > f.months_later:
        later = f.months_later * 1.0
    return (now + later) / p.horizon_months


@scalar
def cost_of_cut(cut_ppm: int, need: float, f: CutFacts, p: Params) -> float:
    """Monthly wages per technician that a cut costs over the spell.

    Staff resist a loss that need does not explain; what the subsidy gives back they do not lose.
    This is where the notch lies: at half pay with full support the loss felt is a quarter.
    """
    cut = cut_ppm / PPM
    effective = cut
    if is_supported(cut_ppm, f):
        support = coverage(cut_ppm, f, p) * f.support_ppm / PPM
        effective = cut - f.supported_share * support * cut
    rate = f.quit_rate * pressure(effective, p)
    if rate > 1.0:
        rate = 1.0
    cost = p.replacement_cost * (1.0 - power(1.0 - rate, p.horizon_months))
    if need > cut:
        cost = cost + p.arrears_cost * (need - cut) * p.horizon_months
    else:
        cost = cost - p.saving_value * (cut - need) * p.horizon_months
    if effective > need:
        resistance = p.resistance * (1.0 + p.consent)
        cost = cost + resistance * (effective - need) * p.horizon_months
    if is_supported(cut_ppm, f) and cut > need + STEP:
        cost = cost + p.declared_cost * -ln(1.0 - f.u_caution)
    return cost


@scalar
def cut_pay(f: CutFacts, p: Params) -> Cut:
    """Begin, keep or end a spell of cut pay; at its start choose the cheapest cut on the grid."""
    if f.cut_ppm > 0 or f.cut_others_ppm > 0:
        if f.shortfall < p.distress_end:
            return Cut(2, 0, 0)
        return Cut(0, f.cut_ppm, f.cut_others_ppm)
    if f.shortfall < p.distress_start:
        return Cut(0, 0, 0)
    relief = p.relief_by_layoffs_state if f.state == 1 else p.relief_by_layoffs_private
    need = f.shortfall * (1.0 - relief)
    best = 0
    cheapest = cost_of_cut(0, need, f, p)
    cut = GRID
    while cut <= DEEPEST:
        cost = cost_of_cut(cut, need, f, p)
        if cost < cheapest:
            cheapest = cost
            best = cut
        cut = cut + GRID
    others = int(need * p.others_cut * PPM)
    if others > DEEPEST:
        others = DEEPEST
    if best == 0 and others == 0:
        return Cut(0, 0, 0)
    return Cut(1, best, others)


class StaffFacts(NamedTuple):
    """Staff there is and staff that is wanted."""

    state: int
    staff: int
    shed_rate: float  # part of the staff whose posts go this month anyway
    wanted: int
    shortfall: float  # share of payroll that cash cannot meet, help counted
    cut_ppm: int
    cut_others_ppm: int
    u_round: float


class Staff(NamedTuple):
    """Posts to fill and people to lay off."""

    event: int
    vacancies: int
    layoffs: int


@scalar
def plan_staff(f: StaffFacts, p: Params) -> Staff:
    """Fill part of a gap, lay off part of a surplus; nobody is hired while pay is cut."""
    short = f.shortfall if f.shortfall >= p.distress_start else 0.0
    relief = p.relief_by_layoffs_state if f.state == 1 else p.relief_by_layoffs_private
    wanted = f.wanted * (1.0 - short * relief)
    vacancies = 0
    layoffs = 0
    if wanted > f.staff:
        if f.cut_ppm == 0 and f.cut_others_ppm == 0:
            speed = p.adjust_up_state if f.state == 1 else p.adjust_up
            vacancies = int(speed * (wanted - f.staff) + f.u_round)
    else:
        surplus = f.staff * (1.0 - f.shed_rate) - wanted * (1.0 + p.surplus_tolerated)
        if surplus > 0.0:
            speed = p.adjust_down_state if f.state == 1 else p.adjust_down_private
            layoffs = int(speed * (1.0 - p.consent) * surplus + f.u_round)
    return Staff(1, vacancies, layoffs)


class FeltFacts(NamedTuple):
    """Cuts in force, and how much of the drop the subsidy gives back this month."""

    cut_ppm: int
    cut_others_ppm: int
    relief: float  # share of the drop given back to those who draw the subsidy


class Felt(NamedTuple):
    """Multiples of the separation rate."""

    event: int
    pressure: float  # technicians who draw nothing
    pressure_supported: float  # technicians who draw the subsidy
    pressure_others: float


@scalar
def feel_cut(f: FeltFacts, p: Params) -> Felt:
    """How much harder a cut makes people leave, with and without the subsidy."""
    cut = f.cut_ppm / PPM
    return Felt(
        1,
        pressure(cut, p),
        pressure(cut * (1.0 - f.relief), p),
        pressure(f.cut_others_ppm / PPM, p),
    )


class TrainingPlanFacts(NamedTuple):
    """What decides whether an enterprise sends workers to be trained."""

    staff: int
    quits_seen: float  # expected monthly separations of certified staff
    education_fund: int  # fen set aside and unspent
    set_aside: int  # fen set aside last month
    payroll: int  # fen a month
    cut_ppm: int
    training_subsidy: int  # fen that it counts on for a worker sent, over instruments it knows
    succession: float  # share of its technicians who retire within the time it looks ahead
    compression: float  # steps of pay that are granted here over those of Shanghai


class TrainingPlan(NamedTuple):
    """Monthly chance that an eligible worker is sent, and short courses a worker-month.

    ``successor_rate`` is the chance of those next below the ranks that retire: towards senior
    worker and technician.
    """

    event: int
    nomination_rate: float
    short_rate: float
    successor_rate: float


@scalar
def retention_value(quits: float, p: Params) -> float:
    """Months for which an enterprise expects to enjoy a trained worker: ``(1 - q**60)/(1 - q)``."""
    q = p.stay_discount * (1.0 - quits)
    return (1.0 - power(q, 60.0)) / (1.0 - q)


@scalar
def plan_training(f: TrainingPlanFacts, p: Params) -> TrainingPlan:
    """The rent of a trained worker against its cost; set-aside money feels partly free.

    A subsidy that the employer counts on comes off the cost. The smaller the steps of pay that are
    really granted, the less of the gain goes into pay. Technicians who will retire are replaced
    from below: where they are many, more are sent towards senior worker and technician.
    """
    if f.staff <= 0 or f.payroll <= 0:
        return TrainingPlan(1, 0.0, 0.0, 0.0)
    rent = (
        (1.0 - p.pass_through * f.compression / p.usual_compression)
        * p.productivity_step
        * p.output_per_pay
        * retention_value(f.quits_seen, p)
    )
    cost = p.training_cost
    months_of_pay = f.education_fund / f.payroll
    funded = months_of_pay if months_of_pay < 1.0 else 1.0
    cost = cost * (1.0 - p.fund_eases * funded)
    cost = cost - f.training_subsidy * f.staff / f.payroll
    rate = p.nomination_attention * logistic((rent - cost) / p.nomination_spread)
    if f.cut_ppm > 0:
        rate = rate * 0.5
    spend = f.set_aside * (p.fund_spent / PPM) * (p.fund_for_courses / PPM)
    short = p.short_course_base + spend / p.short_course_cost / f.staff
    if short > 0.25:
        short = 0.25
    return TrainingPlan(1, rate, short, rate * (1.0 + p.succession * f.succession))
