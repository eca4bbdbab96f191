"""Stylised facts of pay and leaving: cuts, the notch, ceilings, turnover (L19 to L32)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from calibration.experiments import Arm, Fact, Rules, Seen, edged, settled, value, world
from calibration.watching import Ceilings, Distress, Flows, Spells, Technicians, summed
from model.codes import BRANCHES
from model.parameters.hiring import Params as HiringParams
from model.parameters.leaving import Params as LeavingParams
from model.parameters.plans import Params as PlanParams
from model.rules.leaving import Leave, LeaveFacts
from model.rules.offers import Offer, OfferFacts
from model.rules.plans import DEEPEST, PPM, Cut, CutFacts
from model.scalar import scalar

YEAR = 12.0
NEVER_FULL = 1 << 40  # fen: more than any enterprise can be entitled to
SUBSIDY = "wage_drop_subsidy"


@scalar
def cut_by_need(f: CutFacts, p: PlanParams) -> Cut:
    """Pay is cut by what cash cannot meet, without the subsidy in view."""
    if f.cut_ppm > 0 or f.cut_others_ppm > 0:
        if f.shortfall < p.distress_end:
            return Cut(2, 0, 0)
        return Cut(0, f.cut_ppm, f.cut_others_ppm)
    if f.shortfall < p.distress_start:
        return Cut(0, 0, 0)
    relief = p.relief_by_layoffs_state if f.state == 1 else p.relief_by_layoffs_private
    need = int(f.shortfall * (1.0 - relief) * PPM)
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


NO_SUBSIDY = {SUBSIDY: "off"}
# Distress is frequent, everybody knows of C12 and asks for it: cases enough to be counted.
CRISIS = (
    *(edged(f"demand.onset_{sector}") for sector in ("coal", "oil_gas", "machinery", "other")),
    edged("claiming.aware_own"),
    edged("claiming.aware_enterprise"),
    edged("claiming.aware_small"),
    edged("claiming.wage_drop_take_up"),
)
STRONG = (edged("plans.cut_exponent"), edged("plans.felt_months", top=False))
RATE_ZERO = (f"{SUBSIDY}.rate", 0)
OWN_POT = {"settings": {f"{SUBSIDY}.pot": "additive"}}


# L19: C12 keeps technicians, with cuts given from outside and the text at its word.


def _kept(after: Seen, before: Seen) -> tuple[float, float]:
    """Quits of technicians avoided, as expected from their hazards, and technician-months kept."""
    w1, w0 = after.watch, before.watch
    return w0.expected_quits - w1.expected_quits, w1.months - w0.months


def _support_paid(seen: Seen) -> float:
    p = seen.province
    fen = sum(
        int(paid.sum())
        for (name, month), payments in p.counts.payments.items()
        if name == SUBSIDY and settled(month)
        for _, paid in payments
    )
    return fen * float(p.weight) / 100


def _all_kept(seen: Mapping[str, Seen]) -> list[float]:
    return [
        *_kept(seen["given"], seen["given_without"]),
        _support_paid(seen["given"]),
        *_kept(seen["strong"], seen["strong_without"]),
        *_kept(seen["chosen"], seen["chosen_without"]),
        *_kept(seen["default"], seen["default_without"]),
    ]


def _kept_at_rate_zero(seen: Mapping[str, Seen]) -> list[float]:
    nothing = _kept(seen["given_nothing"], seen["given_without"])
    return [*nothing, _support_paid(seen["given_nothing"]), *[float("nan")] * 6]


def _pair(
    name: str, extends: str, changes: Sequence[tuple[str, object]], rules: Rules | None = None
) -> dict[str, Arm]:
    """An arm with the subsidy and one without."""
    return {
        name: Arm(world(extends, *changes), rules),
        f"{name}_without": Arm(world(extends, *changes, instruments=NO_SUBSIDY), rules),
    }


NEED: Rules = {"cut_pay": cut_by_need}
L19 = Fact(
    "L19",
    {
        **_pair("given", "text_literal", CRISIS, NEED),
        "given_nothing": Arm(world("text_literal", *CRISIS, RATE_ZERO), NEED),
        **_pair("strong", "text_literal", (*CRISIS, *STRONG), NEED),
        **_pair("chosen", "text_literal", CRISIS),
        **_pair("default", "policy_2017", CRISIS),
    },
    _all_kept,
    _kept_at_rate_zero,
    Technicians,
)


# L23: the notch at half pay.


def _shares(seen: Seen) -> tuple[float, float]:
    cuts = np.array(seen.watch.cuts)
    if len(cuts) == 0:
        return float("nan"), float("nan")
    half = value(f"{SUBSIDY}.threshold") * PPM
    alike = half * (1.0 - value(f"{SUBSIDY}.rate"))  # the same loss without the subsidy
    return float((cuts >= half).mean()), float(((cuts >= alike) & (cuts < half)).mean())


def _notch(seen: Mapping[str, Seen], arm: str) -> list[float]:
    (deep1, mid1), (deep0, mid0) = _shares(seen[arm]), _shares(seen["without"])
    return [deep1 - deep0, mid1 - mid0, deep0]


def _notches(seen: Mapping[str, Seen]) -> list[float]:
    return [*_notch(seen, "on"), *_notch(seen, "own_drop")[:2]]


L23 = Fact(
    "L23",
    {
        "on": Arm(world("text_literal", *CRISIS)),
        "rate_zero": Arm(world("text_literal", *CRISIS, RATE_ZERO)),
        "without": Arm(world("text_literal", *CRISIS, instruments=NO_SUBSIDY)),
        "own_drop": Arm(world("policy_2017", *CRISIS, **OWN_POT)),
    },
    _notches,
    lambda seen: [*_notch(seen, "rate_zero"), *[float("nan")] * 2],
    Spells,
)


# L25: the ceiling binds in small enterprises that have a technician.


def _bound(seen: Seen) -> list[float]:
    w: Ceilings = seen.watch
    small, large = w.share_bound("micro", "small"), w.share_bound("large")
    return [
        small,
        w.share_bound("medium"),
        large,
        w.slope(),
        w.technician_share("micro", "small"),
        w.technician_share("large"),
    ]


L25 = Fact(
    "L25",
    {
        "on": Arm(world("policy_2017", *CRISIS)),
        "own_pot": Arm(world("policy_2017", *CRISIS, **OWN_POT)),
        "off": Arm(world("policy_2017", *CRISIS), {f"{SUBSIDY}_ceiling": no_ceiling}),
    },
    lambda seen: [*_bound(seen["on"]), seen["own_pot"].watch.slope()],
    lambda seen: [*_bound(seen["off"]), float("nan")],
    Ceilings,
)


# L29: in distress, state enterprises cut pay, the others lay off.


def _answers_to_distress(seen: Seen) -> list[float]:
    w: Distress = seen.watch
    staff = np.where(w.staff > 0, w.staff, np.nan)  # a small sample may hold none in distress
    cut, off = w.cut / staff, YEAR * w.layoffs / staff
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
