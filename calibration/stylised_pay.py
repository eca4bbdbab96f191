"""Stylised facts of pay and leaving: cuts, the notch, ceilings, turnover (L19 to L32)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from calibration.experiments import Arm, Fact, Seen, settled, value, world
from calibration.watching import Ceilings, Distress, Flows, summed
from model.codes import BRANCHES
from model.parameters.hiring import Params as HiringParams
from model.parameters.leaving import Params as LeavingParams
from model.parameters.plans import Params as PlanParams
from model.rules.leaving import Leave, LeaveFacts
from model.rules.offers import Offer, OfferFacts
from model.rules.plans import DEEPEST, PPM, Cut, CutFacts
from model.scalar import scalar

UPPER = slice(4, None)
YEAR = 12.0
NEVER_FULL = 1 << 40  # fen: more than any enterprise can be entitled to
SUBSIDY = "wage_drop_subsidy"


@scalar
def cut_by_need(f: CutFacts, p: PlanParams) -> Cut:
    """Pay is cut by what cash cannot meet, without the subsidy in view."""
    if f.cut_ppm > 0 or f.cut_others_ppm > 0:
        if f.distress < p.distress_end:
            return Cut(2, 0, 0)
        return Cut(0, f.cut_ppm, f.cut_others_ppm)
    if f.distress < p.distress_start:
        return Cut(0, 0, 0)
    relief = p.relief_by_layoffs_state if f.state == 1 else p.relief_by_layoffs_private
    need = int(f.distress * (1.0 - relief) * PPM)
    if need > DEEPEST:
        need = DEEPEST
    if need <= 0:
        return Cut(0, 0, 0)
    return Cut(1, need, need)


@scalar
def nobody_quits(f: LeaveFacts, p: LeavingParams) -> Leave:  # noqa: ARG001  # the shape of a rule
    """Nobody leaves of their own will."""
    return Leave(0)


@scalar
def nobody_hears(f: OfferFacts, p: HiringParams) -> Offer:  # noqa: ARG001
    """Nobody is approached by another enterprise."""
    return Offer(0)


@scalar
def no_ceiling(f: Any, p: Any) -> int:  # noqa: ARG001  # the shape of a ceiling
    """A pot that is never empty."""
    return NEVER_FULL


CRISIS = {"world": {"demand": "downturn_2015"}}
EVERYBODY_CLAIMS = ("claiming.wage_drop_take_up", 1)
NO_SUBSIDY = {SUBSIDY: "off"}


# L19: C12 keeps technicians, with cuts given from outside and the text at its word.


def _technician_months(seen: Seen) -> float:
    return float(summed(seen.province, "employed", levels=UPPER).sum())


def _kept(seen: Mapping[str, Seen]) -> list[float]:
    return [
        _technician_months(seen["given"]) - _technician_months(seen["given_without"]),
        _technician_months(seen["chosen"]) - _technician_months(seen["chosen_without"]),
        _technician_months(seen["default"]) - _technician_months(seen["default_without"]),
        _support_paid(seen["given"]),
    ]


def _kept_at_rate_zero(seen: Mapping[str, Seen]) -> list[float]:
    nothing = _technician_months(seen["given_nothing"])
    return [nothing - _technician_months(seen["given_without"]), *[float("nan")] * 3]


def _support_paid(seen: Seen) -> float:
    p = seen.province
    fen = sum(
        int(paid.sum())
        for (name, month), payments in p.counts.payments.items()
        if name == SUBSIDY and settled(month)
        for _, paid in payments
    )
    return fen * float(p.weight) / 100


_NEED = {"cut_pay": cut_by_need}
L19 = Fact(
    "L19",
    {
        "given": Arm(world("text_literal", EVERYBODY_CLAIMS, **CRISIS), _NEED),
        "given_without": Arm(
            world("text_literal", EVERYBODY_CLAIMS, instruments=NO_SUBSIDY, **CRISIS), _NEED
        ),
        "given_nothing": Arm(
            world("text_literal", EVERYBODY_CLAIMS, ("wage_drop_subsidy.rate", 0), **CRISIS),
            _NEED,
        ),
        "chosen": Arm(world("text_literal", EVERYBODY_CLAIMS, **CRISIS)),
        "chosen_without": Arm(
            world("text_literal", EVERYBODY_CLAIMS, instruments=NO_SUBSIDY, **CRISIS)
        ),
        "default": Arm(world("policy_2017", EVERYBODY_CLAIMS, **CRISIS)),
        "default_without": Arm(
            world("policy_2017", EVERYBODY_CLAIMS, instruments=NO_SUBSIDY, **CRISIS)
        ),
    },
    _kept,
    _kept_at_rate_zero,
    Flows,
)


# L23: the notch at half pay.


def _shares(seen: Seen) -> tuple[float, float]:
    cuts = np.array([cut for month, cut, _ in seen.province.counts.cuts if settled(month) and cut])
    if len(cuts) == 0:
        return float("nan"), float("nan")
    half = value(f"{SUBSIDY}.threshold") * PPM
    alike = half * (1.0 - value(f"{SUBSIDY}.rate"))  # the same loss without the subsidy
    return float((cuts >= half).mean()), float(((cuts >= alike) & (cuts < half)).mean())


def _notch(with_: Seen, without: Seen) -> list[float]:
    (deep1, mid1), (deep0, mid0) = _shares(with_), _shares(without)
    return [deep1 - deep0, mid1 - mid0, deep0]


L23 = Fact(
    "L23",
    {
        "on": Arm(world("text_literal", EVERYBODY_CLAIMS, **CRISIS)),
        "rate_zero": Arm(
            world("text_literal", EVERYBODY_CLAIMS, ("wage_drop_subsidy.rate", 0), **CRISIS)
        ),
        "without": Arm(world("text_literal", EVERYBODY_CLAIMS, instruments=NO_SUBSIDY, **CRISIS)),
    },
    lambda seen: _notch(seen["on"], seen["without"]),
    lambda seen: _notch(seen["rate_zero"], seen["without"]),
    Flows,
)


# L25: the ceiling binds in small enterprises that have a technician.


def _bound(seen: Seen) -> list[float]:
    w: Ceilings = seen.watch
    small, large = w.share_bound("micro", "small"), w.share_bound("large")
    return [small, w.share_bound("medium"), large, w.slope()]


L25 = Fact(
    "L25",
    {
        "on": Arm(world("policy_2017", EVERYBODY_CLAIMS, **CRISIS)),
        "off": Arm(
            world("policy_2017", EVERYBODY_CLAIMS, **CRISIS),
            {"wage_drop_subsidy_ceiling": no_ceiling},
        ),
    },
    lambda seen: _bound(seen["on"]),
    lambda seen: _bound(seen["off"]),
    Ceilings,
)


# L29: in distress, state enterprises cut pay, the others lay off.


def _answers_to_distress(seen: Seen) -> list[float]:
    w: Distress = seen.watch
    cut, off = w.cut / w.staff, YEAR * w.layoffs / w.staff
    return [cut[1] - cut[0], off[0] - off[1], cut[1], off[0]]


L29 = Fact(
    "L29",
    {
        "on": Arm(world("no_policy")),
        "off": Arm(
            world(
                "no_policy",
                ("plans.relief_by_layoffs_private", value("plans.relief_by_layoffs_state")),
                ("plans.adjust_down_private", value("plans.adjust_down_state")),
            )
        ),
    },
    lambda seen: _answers_to_distress(seen["on"]),
    lambda seen: _answers_to_distress(seen["off"]),
    Distress,
)


# L32: turnover of private manufacturing and of state enterprises.

_PRIVATE_MANUFACTURING = np.array(
    [b.ownership == "private" and b.sector in ("manufacturing", "machinery") for b in BRANCHES]
)
_STATE = np.array(
    [
        b.ownership in ("central_state", "local_state") and b.sector != "farm_forest"
        for b in BRANCHES
    ]
)


def _turnover(seen: Seen) -> list[float]:
    left, staff = summed(seen.province, "separations"), summed(seen.province, "employed")
    return [
        float(YEAR * left[rows].sum() / staff[rows].sum())
        for rows in (_PRIVATE_MANUFACTURING, _STATE)
    ]


L32 = Fact(
    "L32",
    {
        "on": Arm(world("no_policy")),
        "off": Arm(world("no_policy"), {"leave": nobody_quits, "hear_offer": nobody_hears}),
    },
    lambda seen: _turnover(seen["on"]),
    lambda seen: _turnover(seen["off"]),
    Flows,
)

FACTS = (L19, L23, L25, L29, L32)
