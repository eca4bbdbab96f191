"""Stylised facts of the market: vacancies, poaching, leaving, search (L31, L33, L34, L35, L43)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from calibration.experiments import Arm, Fact, Rules, Seen, dated, edged, settled, world
from calibration.figures import (
    elasticity,
    loop_area,
    over,
    pays_off,
    ratio_of_rates,
    slope,
)
from calibration.noting_people import HERE, Begun, Going, Moves, Searching
from calibration.stylised_pay import nobody_hears
from calibration.watching import Flows
from model.codes import SECTORS, Status
from model.instruments.promotion_training_subsidy import INSTRUMENT as PROMOTION_SUBSIDY
from model.instruments.skill_upgrade_subsidy import INSTRUMENT as SKILL_SUBSIDY
from model.numbers import gumbel
from model.parameters.demand import Params as DemandParams
from model.parameters.leaving import Params as LeavingParams
from model.parameters.plans import Params as PlanParams
from model.rules.demand import Demand, DemandFacts, next_demand
from model.rules.leaving import (
    TO_INFORMAL,
    TO_SEARCH,
    Destination,
    DestinationFacts,
    Idle,
    IdleFacts,
    turn,
)
from model.rules.plans import Staff, StaffFacts
from model.scalar import scalar

NAN = float("nan")
PROMOTION, SKILL = "promotion_training_subsidy", "skill_upgrade_subsidy"
UNEMPLOYED = int(Status.UNEMPLOYED)
FIRST_HIT, LAST_HIT = SECTORS.index("machinery"), SECTORS.index("manufacturing")


# L31: vacancies and unemployment.


@scalar
def hit_manufacturing(f: DemandFacts, p: DemandParams) -> Demand:
    """Demand of machinery and manufacturing falls by the size of the what-if downturn."""
    fall = p.downturn_shift if f.sector == FIRST_HIT or f.sector == LAST_HIT else 0.0
    return next_demand(
        DemandFacts(
            f.sector,
            f.demand,
            f.sector_demand - fall,
            f.distress,
            f.baseline_staff,
            f.staff,
            f.jobs_left,
            f.job_loss,
            f.u_shock,
            f.u_onset,
            f.u_size,
        ),
        p,
    )


@scalar
def posts_as_they_are(f: StaffFacts, p: PlanParams) -> Staff:  # noqa: ARG001  # the shape of a rule
    """One post in fifty is vacant whatever demand does, and nobody is laid off."""
    return Staff(1, int(f.staff * 0.02 + f.u_round), 0)


def _series(seen: Seen) -> tuple[Any, Any]:
    """Log unemployed and log vacancies, month by month after the warm-up."""
    c = seen.province.counts
    months = sorted(m for name, m in c.scalars if name == "vacancies" and settled(m))
    idle = [float(c.cells["unemployed", m].sum()) for m in months]
    posts = [float(c.scalars["vacancies", m]) for m in months]
    return np.log(np.maximum(idle, 1.0)), np.log(np.maximum(posts, 1.0))


def _beveridge(shock: Seen, calm: Seen) -> list[float]:
    """Slope and signed loop of what the shock changes, and the slope of the curve itself."""
    (u1, v1), (u0, v0) = _series(shock), _series(calm)
    du, dv = u1 - u0, v1 - v0
    still = float(np.abs(du).max(initial=0.0)) < 1e-9
    return [
        NAN if still else slope(du, dv),
        NAN if still else loop_area(du, dv),
        slope(u1, v1),
        float(du.max(initial=0.0)),
    ]


SHOCK = world("no_policy", dated=dated("demand.downturn_shift", ("2018-01", 0.35), ("2019-07", 0)))
POSTS: Rules = {"plan_staff": posts_as_they_are}
L31 = Fact(
    "L31",
    {
        "shock": Arm(SHOCK, {"next_demand": hit_manufacturing}),
        "calm": Arm(world("no_policy")),
        "shock_off": Arm(SHOCK, {"next_demand": hit_manufacturing, **POSTS}),
        "calm_off": Arm(world("no_policy"), POSTS),
    },
    lambda seen: _beveridge(seen["shock"], seen["calm"]),
    lambda seen: _beveridge(seen["shock_off"], seen["calm_off"]),
    Flows,
    thinner=5,
)


# L33: what the poached gain and what their enterprise loses.


def _poached(on: Seen, quiet: Seen) -> list[float]:
    """Mean log gain of the poached; months lost per certificate; median gain; how many."""
    w, w0 = on.watch, quiet.watch
    kept = over(w.months_kept, w.certificates)
    without = over(w0.months_kept, w0.certificates)
    mean, median = (float(f(w.gains)) if w.gains else NAN for f in (np.mean, np.median))
    number = len(w.gains) * float(on.province.weight)
    return [mean, without - kept, median, number]


L33 = Fact(
    "L33",
    {
        "on": Arm(world("no_policy")),
        "off": Arm(world("no_policy"), {"hear_offer": nobody_hears}),
    },
    lambda seen: _poached(seen["on"], seen["off"]),
    lambda seen: _poached(seen["off"], seen["off"]),
    Moves,
    thinner=5,
)


# L34, L35: leaving the province, and what of a training subsidy leaves with it.

_promotion_amount: Any = PROMOTION_SUBSIDY.amount
_skill_amount: Any = SKILL_SUBSIDY.amount


@scalar
def ten_promotions(f: Any, p: Any) -> int:
    """Ten times the promotion training subsidy."""
    return int(10 * _promotion_amount(f, p))


@scalar
def ten_upgrades(f: Any, p: Any) -> int:
    """Ten times the skill-upgrade subsidy."""
    return int(10 * _skill_amount(f, p))


@scalar
def nobody_goes_away(f: DestinationFacts, p: LeavingParams) -> Destination:
    """Those who quit choose between another post and informal work in the province."""
    informal = p.informal_constant + gumbel(f.u_informal)
    return Destination(TO_INFORMAL if informal > gumbel(f.u_search) else TO_SEARCH)


@scalar
def nobody_drifts(f: IdleFacts, p: LeavingParams) -> Idle:
    """The unemployed turn to informal work as usual, and nobody leaves the province."""
    if f.status == UNEMPLOYED:
        return Idle(TO_INFORMAL if f.u_turn < p.discouraged else 0)
    return turn(f, p)


TEN: Rules = {f"{PROMOTION}_amount": ten_promotions, f"{SKILL}_amount": ten_upgrades}
STAYING: Rules = {"choose_destination": nobody_goes_away, "turn": nobody_drifts}
NONE = {PROMOTION: "off", SKILL: "off"}
RICH_FUND = edged("accounts.employment_opening")  # so that ten times the amounts can be paid
OPEN = ("leaving.away_constant", 0)
OUT_LOW, OUT_HIGH = edged("leaving.outside_ratio", top=False), edged("leaving.outside_ratio")


def _subsidy(*changes: tuple[str, object], rules: Rules | None = None) -> tuple[Arm, Arm]:
    """Ten times the amounts, and none at all."""
    return (
        Arm(world("policy_2017", RICH_FUND, *changes), {**TEN, **(rules or {})}),
        Arm(world("policy_2017", RICH_FUND, *changes, instruments=NONE), rules),
    )


TENFOLD, NOTHING = _subsidy()


def _leaving(low: Seen, high: Seen) -> list[float]:
    def went(seen: Seen) -> float:
        return float(seen.watch.moves["age"].sum())

    w: Going = low.watch
    ratio = OUT_HIGH[1], OUT_LOW[1]
    return [
        elasticity((went(high), went(low)), ratio),
        ratio_of_rates(w.moves["age"], w.months["age"], [0], [2]),
        ratio_of_rates(w.moves["level"], w.months["level"], [1, 2], [0]),
        ratio_of_rates(w.moves["private"], w.months["private"], [1, 2], [0]),
        ratio_of_rates(w.moves["schooling"], w.months["schooling"], [1, 2], [0]),
    ]


def _leak(ten: Seen, none: Seen) -> list[float]:
    moved = [float(s.watch.moves["level"][2]) * float(s.province.weight) for s in (ten, none)]
    return [ten.watch.expected - none.watch.expected, moved[0] - moved[1]]


L34 = Fact(
    "L34",
    {
        "low": Arm(world("no_policy", OUT_LOW)),
        "high": Arm(world("no_policy", OUT_HIGH)),
        "low_off": Arm(world("no_policy", OUT_LOW), STAYING),
        "high_off": Arm(world("no_policy", OUT_HIGH), STAYING),
        "ten": TENFOLD,
        "none": NOTHING,
    },
    lambda seen: [*_leaving(seen["low"], seen["high"]), *_leak(seen["ten"], seen["none"])],
    lambda seen: [*_leaving(seen["low_off"], seen["high_off"]), *_leak(seen["none"], seen["none"])],
    Going,
)


def _paid(seen: Seen) -> tuple[Any, float]:
    """Rows of the people paid after the warm-up, and yuan."""
    rows, fen = [np.zeros(0, np.int64)], 0
    for (name, month), payments in seen.province.counts.payments.items():
        if name in NONE and settled(month):
            rows += [r for r, _ in payments]
            fen += sum(int(f.sum()) for _, f in payments)
    return np.concatenate(rows), fen * float(seen.province.weight) / 100


def _rungs(seen: Seen) -> tuple[float, float]:
    """Levels gained since the start by people in the province at the end, and by those away."""
    w = seen.province.workers
    gained = w["level"].astype(np.int64) - seen.watch.level
    here, away = np.isin(w["status"], HERE), w["status"] == Status.AWAY
    weight = float(seen.province.weight)
    return float(gained[here].sum()) * weight, float(gained[away].sum()) * weight


class _Yield(NamedTuple):
    """What the subsidy added."""

    anywhere: float  # levels a million yuan, of people here or away
    realised: float  # levels a million yuan, of people here
    kept: float  # part of all levels gained that is still here
    stay: float  # part of the paid who are still here


def _yield(ten: Seen, none: Seen) -> _Yield:
    rows, yuan = _paid(ten)
    stay = np.isin(ten.province.workers["status"][rows], HERE)
    share = float(stay.mean()) if len(rows) else NAN
    (here, away), (here_none, away_none) = _rungs(ten), _rungs(none)
    added = here - here_none
    return _Yield(
        pays_off(added + away - away_none, yuan),
        pays_off(added, yuan),
        over(here, here + away),
        share,
    )


def _yields(seen: Mapping[str, Seen], names: Sequence[str]) -> list[float]:
    """The response of training is held at that of the closed market.

    What opening does to it (those who go leave seats to others) is another effect, which the
    realised difference holds too.
    """
    ten, none, ten_open, none_open = (seen[n] for n in names)
    closed, opened = _yield(ten, none), _yield(ten_open, none_open)
    local, local_open = (closed.anywhere * one.kept for one in (closed, opened))
    return [
        local_open - local,
        opened.stay - closed.stay,
        local,
        local_open,
        closed.stay,
        opened.stay,
        opened.realised - closed.realised,
    ]


TEN_OPEN, NONE_OPEN = _subsidy(OPEN)
TEN_STAYING, NONE_STAYING = _subsidy(rules=STAYING)
TEN_OPEN_STAYING, NONE_OPEN_STAYING = _subsidy(OPEN, rules=STAYING)
CLOSED_AND_OPEN = ("ten", "none", "ten_open", "none_open")
L35 = Fact(
    "L35",
    {
        **dict(zip(CLOSED_AND_OPEN, (TENFOLD, NOTHING, TEN_OPEN, NONE_OPEN), strict=True)),
        "ten_off": TEN_STAYING,
        "none_off": NONE_STAYING,
        "ten_open_off": TEN_OPEN_STAYING,
        "none_open_off": NONE_OPEN_STAYING,
    },
    lambda seen: _yields(seen, CLOSED_AND_OPEN),
    lambda seen: _yields(seen, [f"{n}_off" for n in CLOSED_AND_OPEN]),
    Begun,
)


# L43: the longer without a post, the smaller the chance to find one.


def _duration(seen: Seen) -> list[float]:
    w: Searching = seen.watch
    short, long = (over(float(w.found[k]), float(w.months[k])) for k in (0, -1))
    return [long - short, w.alike, short, long]


L43 = Fact(
    "L43",
    {
        "on": Arm(world("no_policy")),
    },
    lambda seen: _duration(seen["on"]),
    lambda seen: [seen["on"].watch.alike, NAN, NAN, NAN],
    Searching,
    thinner=5,
)

FACTS = (L34, L35, L31, L33, L43)
