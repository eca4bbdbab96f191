"""Climbing: considering, choosing and being sent; exams; appointment; short courses."""

from typing import NamedTuple

from model.codes import OWNERSHIPS, SIZE_CLASSES, Level
from model.decisions import Ceiling
from model.numbers import logistic, power
from model.parameters.training import Params
from model.scalar import scalar

BY_CHOICE, BY_NOMINATION = 1, 2
PASSED, FAILED, DROPPED, GAVE_UP = 1, 2, 3, 4
SUCCESSORS = (2, 3)  # levels from which senior workers and technicians are made
UPGRADE = 7  # code of the post upgrade course of senior technicians
PRIVATE = OWNERSHIPS.index("private")
TOP = int(max(Level))
YOUNG = 360  # months of age up to which age takes nothing
SMALL = SIZE_CLASSES.index("small")  # below 300 staff


@scalar
def months_required(target: int, p: Params) -> int:
    """Months since the last certificate, for junior in the occupation, before an exam."""
    if target == 1:
        return p.months_junior
    if target == 2:
        return p.months_intermediate
    if target == 3:
        return p.months_senior
    if target == 4:
        return p.months_technician
    return p.months_senior_technician


@scalar
def coverage(trade: int, p: Params) -> float:
    """Share of a trade's workers whose occupation has a certificate in the national catalogue."""
    if trade == 0:
        return p.catalogue_mining_drilling
    if trade == 1:
        return p.catalogue_metal_machining
    if trade == 2:
        return p.catalogue_assembly_repair
    if trade == 3:
        return p.catalogue_electrical_energy
    if trade == 4:
        return p.catalogue_driving_logistics
    if trade == 5:
        return p.catalogue_building
    return p.catalogue_process_food_other


@scalar
def supply_of_exams(p: Params) -> float:
    """Exam capacity over that of 2017: the national path, and evaluators that C10 adds."""
    return p.exam_supply * p.evaluation_supply


@scalar
def reach_of_evaluation(ownership: int, size_class: int, p: Params) -> float:
    """Multiple of attention where evaluation reaches private and small enterprises (C10)."""
    if ownership == PRIVATE or size_class <= SMALL:
        return 1.0 + p.evaluation_reach
    return 1.0


@scalar
def titles_opened(level: int, p: Params) -> int:
    """How many engineer-track titles a level opens (C17)."""
    opened = 0
    if level == p.title_junior:
        opened = opened + 1
    if level == p.title_intermediate:
        opened = opened + 1
    if level == p.title_senior:
        opened = opened + 1
    return opened


class ConsiderFacts(NamedTuple):
    """Whether climbing comes to mind this month, and whether the years are there."""

    month: int
    level: int
    certificate_month: int
    joined: int
    birth_month: int
    trade: int
    listed: float  # draw of the worker's occupation against the catalogue's coverage of its trade
    course: int
    employer_nomination_rate: float
    employer_successor_rate: float  # for those next below the ranks that retire
    employer_ownership: int
    employer_size_class: int
    u_consider: float
    u_waiver: float


class Consider(NamedTuple):
    """``event`` 1: thinks of it; 2: is sent. ``margin`` is the draw over attention."""

    event: int
    margin: float


@scalar
def attention_of(age_months: int, level: int, p: Params) -> float:
    """Monthly chance that a worker considers climbing; falls with age, rises with level.

    Contests in enterprises and online (C20, C14) raise it by ``contest_attention``.
    """
    decades = (age_months - 360) / 120.0
    factor = 1.0 + p.attention_level * level
    if decades > 0.0:
        factor = factor * (1.0 + p.attention_age * decades)
    if factor < 0.0:
        factor = 0.0
    return p.attention * factor * (1.0 + p.contest_attention)


@scalar
def consider_climbing(f: ConsiderFacts, p: Params) -> Consider:
    """One threshold on one draw: first the enterprise's share, then the worker's own attention."""
    if f.course != 0 or f.level >= 5 or f.listed >= coverage(f.trade, p):
        return Consider(0, 0.0)
    since = f.joined if f.level == 0 else f.certificate_month
    own = attention_of(f.month - f.birth_month, f.level, p)
    own = own * reach_of_evaluation(f.employer_ownership, f.employer_size_class, p)
    sent = f.employer_nomination_rate
    if f.level in SUCCESSORS:
        sent = f.employer_successor_rate
    if f.level == 0:
        sent = sent * p.nominated_uncertified
    if f.u_consider >= own + sent:
        return Consider(0, 0.0)
    if f.month - since < months_required(f.level + 1, p) and f.u_waiver >= p.waiver:
        return Consider(0, 0.0)
    if f.u_consider < sent:
        return Consider(BY_NOMINATION, f.u_consider / sent)
    return Consider(BY_CHOICE, (f.u_consider - sent) / own)


class ConsiderCeilingFacts(NamedTuple):
    """How many an enterprise sends, and whom evaluation reaches."""

    nomination_rate: float
    successor_rate: float
    ownership: int
    size_class: int


@scalar
def consider_ceiling(f: ConsiderCeilingFacts, p: Params) -> Ceiling:
    """Attention at its highest, at thirty and with the level that has most, and who is sent."""
    if p.attention_age > 0.0:
        return Ceiling(1, 1.0)  # the oldest would have most: no bound is worth having
    own = attention_of(YOUNG, TOP if p.attention_level > 0.0 else 0, p)
    own = own * reach_of_evaluation(f.ownership, f.size_class, p)
    sent = f.nomination_rate
    if p.nominated_uncertified > 1.0:
        sent = sent * p.nominated_uncertified
    if f.successor_rate > sent:
        sent = f.successor_rate
    return Ceiling(1, own + sent)


class ChooseFacts(NamedTuple):
    """What a level is worth to a worker who thinks of it."""

    month: int
    level: int
    pay: int
    retire_month: int
    kind: int
    margin: float
    expected_subsidy: int  # fen, over all instruments known to the worker
    fee: int
    wait: float  # months of queue at the school
    quality: float
    gain: float  # log pay of the next grade
    u_skip: float
    visibility: float = 0.0  # 1 while a round of titles is spoken of (C19)


class Choose(NamedTuple):
    """``event`` 1: applies; ``target`` is the level aimed at."""

    event: int
    target: int


@scalar
def pass_rate(target: int, quality: float, p: Params) -> float:
    """Pass rate of a level at a training quality (0 = average)."""
    if target == 1:
        base = p.pass_junior
    elif target == 2:
        base = p.pass_intermediate
    elif target == 3:
        base = p.pass_senior
    elif target == 4:
        base = p.pass_technician
    else:
        base = p.pass_senior_technician
    rate = base + p.quality_weight * quality
    if rate < 0.05:
        return 0.05
    return rate if rate < 0.99 else 0.99


@scalar
def value_of_climbing(f: ChooseFacts, p: Params) -> float:
    """Monthly wages gained by the next level, less fee, hours and wait.

    What comes with the certificate counts with the pass rate: the present value of the step of
    pay, subsidies, esteem (C3, C29) and the titles that the level opens to some (C17).
    """
    months = f.retire_month - f.month
    if months < 0:
        months = 0
    present = (1.0 - power(p.discount, months)) / (1.0 - p.discount)
    chance = pass_rate(f.level + 1, f.quality, p)
    standing = p.esteem + titles_opened(f.level + 1, p) * p.title_share * p.title_value
    worth = chance * (f.gain * present + f.expected_subsidy / f.pay + standing)
    return worth - f.fee / f.pay - p.hours_cost - p.wait_cost * f.wait


@scalar
def choose_climbing(f: ChooseFacts, p: Params) -> Choose:
    """The sent accept at a fixed rate; others by a logistic choice, on attention's own draw."""
    target = f.level + 1
    if f.u_skip < p.skip and f.level < 4:
        target = f.level + 2
    if f.kind == BY_NOMINATION:
        return Choose(1 if f.margin < p.accept_nomination else 0, target)
    utility = p.utility_constant + p.utility_scale * value_of_climbing(f, p)
    chance = logistic(utility + p.award_status * f.visibility)
    return Choose(1 if f.margin < chance else 0, target)


class ExamFacts(NamedTuple):
    """A course or a waiting time that ends this month."""

    course: int
    attempts: int
    school_quality: float
    u_dropout: float
    u_exam: float


class Exam(NamedTuple):
    """``event``: 1 passed, 2 failed and will try again, 3 dropped out, 4 gave up."""

    event: int


@scalar
def sit_exam(f: ExamFacts, p: Params) -> Exam:
    """The upgrade course has no exam; otherwise the pass rate of the level decides."""
    if f.attempts == 0 and f.u_dropout < p.dropout:
        return Exam(DROPPED)
    if f.course == UPGRADE or f.u_exam < pass_rate(f.course, f.school_quality, p):
        return Exam(PASSED)
    return Exam(FAILED if f.attempts + 1 < p.attempts else GAVE_UP)


class AppointFacts(NamedTuple):
    """Certificate held against grade of appointment."""

    level: int
    appointed: int
    employer_state: int
    employer_cut_ppm: int
    u_appoint: float


class Appoint(NamedTuple):
    """``event`` 1: appointed to ``grade``; 2: named special-grade technician."""

    event: int
    grade: int


@scalar
def appoint(f: AppointFacts, p: Params) -> Appoint:
    """Pay follows appointment, which may lag the certificate; special grade is the enterprise's."""
    if f.employer_cut_ppm > 0:
        return Appoint(0, f.appointed)
    if f.appointed < f.level:
        rate = p.appoint_state if f.employer_state == 1 else p.appoint_private
        if f.u_appoint < rate:
            return Appoint(1, f.level)
    elif f.level == 5 and f.u_appoint < p.special_rate:
        return Appoint(2, 6)
    return Appoint(0, f.appointed)


class AppointCeilingFacts(NamedTuple):
    """An enterprise's owner, and whether it cuts pay."""

    state: int
    cut_ppm: int


@scalar
def appoint_ceiling(f: AppointCeilingFacts, p: Params) -> Ceiling:
    """The greater of appointment and special grade; nobody is appointed while pay is cut."""
    if f.cut_ppm > 0:
        return Ceiling(0, 0.0)
    rate = p.appoint_state if f.state == 1 else p.appoint_private
    return Ceiling(1, rate if rate > p.special_rate else p.special_rate)
