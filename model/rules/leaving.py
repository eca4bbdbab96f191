"""Who leaves, where to, who comes back, who retires or dies (docs/methods.md)."""

from typing import NamedTuple

from model.decisions import Ceiling
from model.numbers import gumbel, ln, power
from model.parameters.leaving import Params
from model.scalar import scalar

TO_SEARCH, TO_INFORMAL, TO_AWAY = 1, 2, 4
RETIRES, DIES = 3, 6


class LeaveFacts(NamedTuple):
    """An employed worker's reasons to stay or go."""

    month: int
    level: int
    joined: int
    rural: int
    covered: int  # 1: the enterprise pays annuity and medical insurance for the worker
    restlessness: float  # lasting taste for leaving, 1 = average
    supported: int  # 1: draws the wage-drop subsidy's relief this month
    supported_last: int  # last month with that relief in this post; 0 none
    pent_up: float  # monthly chances to leave that the relief took away, summed up
    employer_state: int
    employer_cut_since: int
    employer_cut_from: int  # lowest level cut as technicians are
    employer_pressure: float
    employer_pressure_supported: float
    employer_pressure_others: float
    u_quit: float


class Leave(NamedTuple):
    """``event`` 1: the worker quits."""

    event: int


@scalar
def quit_rate(state: int, level: int, p: Params) -> float:
    """Monthly separation rate at full pay, by kind of enterprise and level."""
    if state == 1:
        if level >= 4:
            return p.quit_state_upper
        return p.quit_state_middle if level == 3 else p.quit_state_lower
    if level >= 4:
        return p.quit_private_upper
    return p.quit_private_middle if level == 3 else p.quit_private_lower


@scalar
def multiple(f: "LeaveFacts | PostponeFacts", mine: float, p: Params) -> float:
    """By how much the separation rate is multiplied, a technician feeling the pressure ``mine``.

    Protected wages (C13) soften the pressure on rural workers; an annuity (C12) holds.
    """
    if f.employer_cut_since <= 0 or f.joined >= f.employer_cut_since:
        found = 1.0
    elif f.level < f.employer_cut_from:
        found = f.employer_pressure_others
    else:
        found = mine
    if f.rural == 1 and p.wage_guarantee > 0.0 and found > 1.0:
        found = 1.0 + (found - 1.0) * (1.0 - p.wage_guarantee)
    if f.covered == 1:
        found = found * p.annuity_holds
    return found


@scalar
def made_up(pent_up: float, since: int, p: Params) -> float:
    """Monthly chance to leave that comes back ``since`` months after support was last drawn.

    The part ``pent_up`` of what was put off comes back in equal parts over ``pent_up_months``.
    """
    if since < 1 or since > p.pent_up_months:
        return 0.0
    return p.pent_up * pent_up / p.pent_up_months


@scalar
def leave(f: LeaveFacts, p: Params) -> Leave:
    """One threshold on one draw: enterprise and level, times pay pressure, times lasting taste.

    Once support has stopped, leavings that it put off are made up.
    """
    mine = f.employer_pressure_supported if f.supported == 1 else f.employer_pressure
    rate = quit_rate(f.employer_state, f.level, p)
    hazard = rate * multiple(f, mine, p) * f.restlessness
    if f.supported == 0 and f.supported_last > 0:
        hazard = hazard + made_up(f.pent_up, f.month - f.supported_last, p)
    return Leave(1 if f.u_quit < hazard else 0)


class LeaveCeilingFacts(NamedTuple):
    """How hard an enterprise's pay makes people leave."""

    state: int
    cut_since: int
    pressure: float
    pressure_supported: float
    pressure_others: float


@scalar
def leave_ceiling(f: LeaveCeilingFacts, p: Params) -> Ceiling:
    """The quit rate of the level that quits most, under the greatest pressure; times taste."""
    highest = quit_rate(f.state, 0, p)
    for level in (3, 4):
        rate = quit_rate(f.state, level, p)
        if rate > highest:
            highest = rate
    multiple = 1.0
    if f.cut_since > 0:
        if f.pressure > multiple:
            multiple = f.pressure
        if f.pressure_supported > multiple:
            multiple = f.pressure_supported
        if f.pressure_others > multiple:
            multiple = f.pressure_others
    if p.annuity_holds > 1.0:
        multiple = multiple * p.annuity_holds
    return Ceiling(1, highest * multiple)


class PostponeFacts(NamedTuple):
    """A worker who draws the wage-drop subsidy this month."""

    month: int
    level: int
    joined: int
    rural: int
    covered: int
    restlessness: float
    supported_last: int  # last month with that relief before this one; 0 none in this post
    pent_up: float  # as it stood then
    employer_state: int
    employer_cut_since: int
    employer_cut_from: int
    employer_pressure: float
    employer_pressure_supported: float
    employer_pressure_others: float


class Postpone(NamedTuple):
    """``event`` 1, with the leaving put off so far, as a sum of monthly chances."""

    event: int
    pent_up: float


@scalar
def postpone(f: PostponeFacts, p: Params) -> Postpone:
    """Support takes away part of the chance to leave, which is remembered.

    Months without support in between have made up a part of what was put off before.
    """
    left = f.pent_up
    if f.supported_last > 0:
        gap = f.month - f.supported_last - 1
        left = left * (1.0 - gap / p.pent_up_months) if gap < p.pent_up_months else 0.0
    more = multiple(f, f.employer_pressure, p) - multiple(f, f.employer_pressure_supported, p)
    rate = quit_rate(f.employer_state, f.level, p)
    return Postpone(1, left + rate * more * f.restlessness)


class DestinationFacts(NamedTuple):
    """What decides where a leaver goes."""

    month: int
    birth_month: int
    level: int
    schooling: int
    u_search: float
    u_informal: float
    u_away: float


class Destination(NamedTuple):
    """``event``: 1 seeks another post, 2 informal work, 4 leaves the province."""

    event: int


@scalar
def choose_destination(f: DestinationFacts, p: Params) -> Destination:
    """Gumbel-max over three destinations: a better outside never moves anyone elsewhere."""
    decades = (f.month - f.birth_month - 360) / 120.0
    if decades < 0.0:
        decades = 0.0
    search = gumbel(f.u_search)
    informal = p.informal_constant + gumbel(f.u_informal)
    away = (
        p.away_constant
        + p.outside_weight * ln(p.outside_ratio)
        + p.away_age * decades
        + p.away_schooling * f.schooling
        + p.away_level * f.level
        + p.mobility
        + gumbel(f.u_away)
    )
    if away > search and away > informal:
        return Destination(TO_AWAY)
    if informal > search:
        return Destination(TO_INFORMAL)
    return Destination(TO_SEARCH)


class LifeFacts(NamedTuple):
    """Age and luck of anybody of working age."""

    month: int
    status: int
    retire_month: int
    entry_month: int
    u_death: float


class Life(NamedTuple):
    """``event``: 1 enters the labour force, 3 retires, 6 dies."""

    event: int


@scalar
def pass_month(f: LifeFacts, p: Params) -> Life:
    """Entrants come at their month, retirement at the statutory age, death at a small rate."""
    if f.status == 0:
        return Life(TO_SEARCH if f.month >= f.entry_month else 0)
    if f.status == 4 or f.status == 6:
        return Life(0)
    if f.u_death < p.mortality:
        return Life(DIES)
    if f.month >= f.retire_month:
        return Life(RETIRES)
    return Life(0)


class StatusFacts(NamedTuple):
    """A status, code of ``model.codes.Status``."""

    status: int


@scalar
def pass_ceiling(f: StatusFacts, p: Params) -> Ceiling:
    """Death; entry and retirement come at their month, whatever the draw."""
    if f.status == 4 or f.status == 6:
        return Ceiling(0, 0.0)
    return Ceiling(1, p.mortality)


class DelayFacts(NamedTuple):
    """An employed worker whose month of retirement has come, and the enterprise."""

    level: int
    appointed: int
    stays_on: int  # 1: retires later by agreement already
    employer_cut_since: int
    employer_layoffs: int
    u_agree: float
    u_term: float


class Delay(NamedTuple):
    """``event`` 1: both sides agree to a later retirement, by ``months``."""

    event: int
    months: int


@scalar
def delay_retirement(f: DelayFacts, p: Params) -> Delay:
    """C12: an appointed senior technician may retire later, once, if the enterprise agrees.

    It agrees unless it cuts pay or lays off; a draw stands for the worker's side.
    """
    if f.stays_on == 1 or f.level < 5 or f.appointed < 5 or p.delay_months < 1:
        return Delay(0, 0)
    if f.employer_cut_since > 0 or f.employer_layoffs > 0:
        return Delay(0, 0)
    if f.u_agree >= p.delay_take_up:
        return Delay(0, 0)
    return Delay(1, 1 + int(f.u_term * p.delay_months))


class IdleFacts(NamedTuple):
    """Somebody without a post here."""

    status: int
    u_turn: float


class Idle(NamedTuple):
    """``event``: 0 no change, 1 seeks a post, 2 informal work, 4 leaves the province."""

    event: int


@scalar
def away_rate(p: Params) -> float:
    """Monthly chance that the unemployed leave the province."""
    drawn = p.unemployed_away * power(p.outside_ratio, p.outside_weight)
    return drawn * (1.0 + p.mobility) + p.labour_cooperation


@scalar
def turn(f: IdleFacts, p: Params) -> Idle:
    """The unemployed drift away, informal workers and those away come back to seek a post.

    Pay outside draws the unemployed with the elasticity with which it draws those who quit.
    """
    if f.status == 2:
        away = away_rate(p)
        if f.u_turn < away:
            return Idle(TO_AWAY)
        if f.u_turn < away + p.discouraged:
            return Idle(TO_INFORMAL)
    elif f.status == 3:
        if f.u_turn < p.informal_search:
            return Idle(TO_SEARCH)
    elif f.status == 5 and f.u_turn < p.return_rate * (1.0 + p.mobility):
        return Idle(TO_SEARCH)
    return Idle(0)


@scalar
def turn_ceiling(f: StatusFacts, p: Params) -> Ceiling:
    """All that the people of a status may turn to."""
    if f.status == 2:
        return Ceiling(1, away_rate(p) + p.discouraged)
    if f.status == 3:
        return Ceiling(1, p.informal_search)
    if f.status == 5:
        return Ceiling(1, p.return_rate * (1.0 + p.mobility))
    return Ceiling(0, 0.0)
