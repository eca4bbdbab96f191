"""Demand and distress of one enterprise, and the loss of formal jobs (docs/methods.md)."""

from typing import NamedTuple

from model.decisions import Ceiling
from model.numbers import exp, normal
from model.parameters.demand import Params
from model.scalar import scalar

OIL_GAS, COAL, MACHINERY = 0, 1, 2  # positions in model.codes.SECTORS
CENTRAL_STATE, LOCAL_STATE, MIXED, FOREIGN = 0, 1, 2, 4  # positions in model.codes.OWNERSHIPS


@scalar
def path_of_region(region: int, p: Params) -> float:
    """Monthly rate at which formal posts of a prefecture disappear, as published to 2017."""
    if region == 0:
        return p.formal_loss_harbin
    if region == 1:
        return p.formal_loss_qiqihar
    if region == 2:
        return p.formal_loss_jixi
    if region == 3:
        return p.formal_loss_hegang
    if region == 4:
        return p.formal_loss_shuangyashan
    if region == 5:
        return p.formal_loss_daqing
    if region == 6:
        return p.formal_loss_yichun
    if region == 7:
        return p.formal_loss_jiamusi
    if region == 8:
        return p.formal_loss_qitaihe
    if region == 9:
        return p.formal_loss_mudanjiang
    if region == 10:
        return p.formal_loss_heihe
    if region == 11:
        return p.formal_loss_suihua
    return p.formal_loss_daxinganling


@scalar
def job_loss_rate(region: int, ownership: int, p: Params) -> float:
    """Monthly rate at which formal posts disappear: an outside driver.

    The published path of the prefecture, and beyond it a rate by ownership. Private enterprises
    and the self-employed are outside the formal units that the path counts.
    """
    if ownership == CENTRAL_STATE:
        return path_of_region(region, p) + p.restructuring_central_state
    if ownership == LOCAL_STATE:
        return path_of_region(region, p) + p.restructuring_local_state
    if ownership in (MIXED, FOREIGN):
        return path_of_region(region, p) + p.restructuring_other
    return 0.0


class DemandFacts(NamedTuple):
    """An enterprise's demand last month and this month's luck."""

    sector: int
    demand: float  # own log demand, 0 = that of the base year
    sector_demand: float  # log demand of the sector
    distress: float  # share of payroll that cash cannot meet
    baseline_staff: int
    staff: int
    jobs_left: float  # part of the base year's posts not lost to restructuring
    job_loss: float  # monthly rate at which its posts disappear
    u_shock: float
    u_onset: float
    u_size: float


class Demand(NamedTuple):
    """Demand and distress this month.

    ``wanted`` is the staff that demand supports; ``shed_rate`` the part of the staff whose posts
    are gone and whom nobody's leaving has made room for, never more than the path of the month.
    """

    event: int
    demand: float
    distress: float
    jobs_left: float
    wanted: int
    shed_rate: float


@scalar
def hit_by_downturn(sector: int, p: Params) -> bool:
    """Whether the what-if downturn of coal and oil is on for this sector."""
    return p.path == 1 and sector in (COAL, OIL_GAS)


@scalar
def onset_rate(sector: int, p: Params) -> float:
    """Probability that distress begins this month."""
    if sector == COAL:
        rate = p.onset_coal
    elif sector == OIL_GAS:
        rate = p.onset_oil_gas
    elif sector == MACHINERY:
        rate = p.onset_machinery
    else:
        rate = p.onset_other
    if hit_by_downturn(sector, p):
        rate = rate * p.downturn_onset
    return rate


@scalar
def next_demand(f: DemandFacts, p: Params) -> Demand:
    """Log demand follows an AR(1); distress starts with a jump and decays; posts follow the path.

    Posts that disappear are first those that people leave by themselves; only the rest is shed.
    """
    demand = p.enterprise_persistence * f.demand + p.enterprise_spread * normal(f.u_shock)
    distress = f.distress * p.decay
    if f.u_onset < onset_rate(f.sector, p):
        size = p.onset_low + (p.onset_high - p.onset_low) * f.u_size
        if size > distress:
            distress = size
    total = demand + f.sector_demand
    if hit_by_downturn(f.sector, p):
        total = total - p.downturn_shift
    jobs_left = f.jobs_left * (1.0 - f.job_loss)
    posts = f.baseline_staff * jobs_left
    supported = posts * exp(p.elasticity * total)
    room = posts if posts > supported else supported
    shed = 0.0
    if f.staff > room:
        shed = 1.0 - room / f.staff
        if shed > f.job_loss:
            shed = f.job_loss
    return Demand(1, demand, distress, jobs_left, int(supported + 0.5), shed)


class RestructuringFacts(NamedTuple):
    """A worker's employer, and luck."""

    month: int
    retire_month: int
    employer_shed_rate: float
    u_lose: float
    u_where: float


class Restructuring(NamedTuple):
    """Whether the job is lost to restructuring, and what becomes of the worker.

    ``event``: 0 keeps the job, 1 unemployed, 2 informal work, 3 early retirement, 4 away.
    """

    event: int


@scalar
def restructure(f: RestructuringFacts, p: Params) -> Restructuring:
    """The loss of formal jobs is an outside driver; where people go are stated shares.

    Those too young for early retirement seek a post instead.
    """
    if f.u_lose >= f.employer_shed_rate:
        return Restructuring(0)
    if f.u_where < p.lost_to_informal:
        return Restructuring(2)
    if f.u_where < p.lost_to_informal + p.lost_to_retirement:
        near = f.retire_month - f.month <= p.early_retirement_months
        return Restructuring(3 if near else 1)
    if f.u_where < p.lost_to_informal + p.lost_to_retirement + p.lost_to_away:
        return Restructuring(4)
    return Restructuring(1)


class ShedCeilingFacts(NamedTuple):
    """Part of an enterprise's staff whose posts go this month."""

    shed_rate: float


@scalar
def shed_ceiling(f: ShedCeilingFacts, p: Params) -> Ceiling:  # noqa: ARG001 - as every rule
    """The rate itself: where no post goes nobody is asked."""
    return Ceiling(1 if f.shed_rate > 0.0 else 0, f.shed_rate)
