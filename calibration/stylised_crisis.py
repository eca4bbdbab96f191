"""Stylised facts of help in a crisis: does it last, whom does it miss (L22, L26, L27, L30)."""

from collections.abc import Mapping

import numpy as np

from calibration.experiments import Arm, Fact, Seen, dated, edged, world
from calibration.figures import over, part_gone
from calibration.noting_enterprises import (
    Asking,
    Floats,
    Helped,
    Refunded,
    cells,
    kept_by_shortage,
)
from calibration.stylised_pay import CRISIS, NEED, NO_SUBSIDY, STRONG, SUBSIDY
from calibration.watching import summed
from model.months import parse_month
from model.parameters.leaving import Params as LeavingParams
from model.rules.leaving import TO_AWAY, Destination, DestinationFacts
from model.scalar import scalar

NAN = float("nan")
ENDS = "2019-01"  # month from which C12 pays no more, where it is stopped
STAY_JOB = "stay_job_subsidy"


@scalar
def everybody_goes_away(f: DestinationFacts, p: LeavingParams) -> Destination:  # noqa: ARG001
    """Whoever quits leaves the province, and fills no post in it."""
    return Destination(TO_AWAY)


def _strong(*more: tuple[str, object], **keys: object) -> dict[str, object]:
    return world("text_literal", *CRISIS, *STRONG, *more, **keys)


WITHOUT = Arm(_strong(instruments=NO_SUBSIDY), NEED)


# L22: the effect fades after the subsidy.


def _fading(helped: Seen, without: Seen) -> list[float]:
    """Part gone of the extra technicians with their employer; how many at the end, a year later.

    Expected from hazards, of those who are still there in both worlds: so few are kept that a
    sample realises hardly any.
    """
    last = parse_month(ENDS) - 1
    with_it, lacking = helped.watch.dangers, without.watch.dangers
    if last + 12 not in with_it:
        return [NAN, NAN, NAN]
    both = np.isfinite(with_it[last + 12]) & np.isfinite(lacking[last + 12])

    def extra(month: int) -> float:
        more = np.exp(-with_it[month][both]) - np.exp(-lacking[month][both])
        return float(more.sum()) * float(helped.province.weight)

    then, later = extra(last), extra(last + 12)
    return [part_gone(then, later), then, later]


L22 = Fact(
    "L22",
    {
        "until": Arm(_strong(dated=dated(f"{SUBSIDY}.in_force", (ENDS, 0))), NEED),
        "without": WITHOUT,
    },
    lambda seen: _fading(seen["until"], seen["without"]),
    lambda seen: _fading(seen["without"], seen["without"]),
    Helped,
)


# L26: the smallest know least and ask least.


def _asking(seen: Seen) -> list[float]:
    w: Asking = seen.watch

    def of(part: Floats, whole: Floats, *classes: int) -> float:
        chosen = list(classes)
        return over(float(part[chosen].sum()), float(whole[chosen].sum()))

    small, larger = (0,), (1, 2, 3)
    return [
        of(w.aware, w.months, *small) - of(w.aware, w.months, *larger),
        of(w.asked, w.cut, *small) - of(w.asked, w.cut, *larger),
        of(w.asked, w.cut, *small),
        of(w.asked, w.cut, *larger),
    ]


KNOWING = ("claiming.aware_own", "claiming.aware_enterprise", "claiming.aware_small")
PLAIN_CRISIS = [change for change in CRISIS if change[0] not in KNOWING]
L26 = Fact(
    "L26",
    {
        "on": Arm(world("policy_2017", *PLAIN_CRISIS)),
        "off": Arm(world("policy_2017", *PLAIN_CRISIS, edged("claiming.aware_small"))),
    },
    lambda seen: _asking(seen["on"]),
    lambda seen: _asking(seen["off"]),
    Asking,
)


# L27: whom helped enterprises keep, others cannot hire.


def _reallocation(helped: Seen, without: Seen) -> list[float]:
    """Technicians hired by others of the prefecture, kept by the helped, by others, hired beside.

    The market in which enterprises hire from each other is the prefecture with all its branches:
    three in ten of the enterprises considered are of another branch. Beside are those of the same
    branch.
    """
    w1, w0 = helped.watch, without.watch
    drew = w1.drew
    cell = cells(helped.province)
    beside = ~drew & np.isin(cell, np.unique(cell[drew]))
    region = helped.province.enterprises["region"]
    near = ~drew & np.isin(region, np.unique(region[drew]))
    kept, hired = w1.months - w0.months, w1.hired - w0.hired
    direct = float(kept[drew].sum())
    others = float(kept.sum()) - direct
    return [float(hired[near].sum()), direct, others, float(hired[beside].sum())]


# Where every sector is in crisis nobody hires, so the others are left in peace.
LOCAL = (
    *(change for change in CRISIS if change[0] != "demand.onset_other"),
    *STRONG,
    edged("leaving.quit_state_upper"),
)
HELPED = world("text_literal", *LOCAL)
NOT_HELPED = world("text_literal", *LOCAL, instruments=NO_SUBSIDY)
AWAY = {**NEED, "choose_destination": everybody_goes_away}
L27 = Fact(
    "L27",
    {
        "with": Arm(HELPED, NEED),
        "without": Arm(NOT_HELPED, NEED),
        "with_away": Arm(HELPED, AWAY),
        "without_away": Arm(NOT_HELPED, AWAY),
    },
    lambda seen: _reallocation(seen["with"], seen["without"]),
    lambda seen: _reallocation(seen["with_away"], seen["without_away"]),
    Helped,
)


# L30: money does more where cash is short.


def _by_cash(helped: Seen, without: Seen) -> list[float]:
    """Person-months kept a hundred million yuan: cash very short less ample; by shortage."""
    plans = helped.province.law["plans"]
    months, least = int(plans.horizon_months), float(plans.distress_end)
    ample, short, very = kept_by_shortage(helped.watch, without.watch, months, least).tolist()
    return [very - ample, very, short, ample]


def _kept_by_refund(seen: Mapping[str, Seen]) -> float:
    """Person-months employed with the stay-job subsidy less those without it."""
    with_it, lacking = (summed(seen[n].province, "employed").sum() for n in ("base", "no_refund"))
    return float(with_it - lacking)


# Distress is frequent and every enterprise asks: cases enough to be counted.
HARD_TIMES = (
    *(change for change in CRISIS if change[0].startswith("demand.")),
    edged("claiming.stay_job_take_up"),
)
NO_REFUND = {STAY_JOB: "off"}
# One round alone, so that nobody who is counted was kept by an earlier one.
ONE_ROUND = {
    "dated": dated(f"{STAY_JOB}.in_force", ("2017-01", 0), ("2018-09", 1), ("2018-10", 0)),
}
NOTHING_TO_WAGES = edged("plans.liquidity", top=False)
L30 = Fact(
    "L30",
    {
        "hard": Arm(world("no_policy", *HARD_TIMES, **ONE_ROUND)),
        "hard_without": Arm(world("no_policy", *HARD_TIMES, instruments=NO_REFUND)),
        "off": Arm(world("no_policy", *HARD_TIMES, NOTHING_TO_WAGES, **ONE_ROUND)),
        "off_without": Arm(
            world("no_policy", *HARD_TIMES, NOTHING_TO_WAGES, instruments=NO_REFUND)
        ),
        "base": Arm(world("no_policy")),
        "no_refund": Arm(world("no_policy", instruments=NO_REFUND)),
    },
    lambda seen: [*_by_cash(seen["hard"], seen["hard_without"]), _kept_by_refund(seen)],
    lambda seen: [*_by_cash(seen["off"], seen["off_without"]), NAN],
    Refunded,
)

FACTS = (L30, L27, L22, L26)
