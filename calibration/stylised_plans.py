"""Stylised facts of what enterprises do about training (L4, L6, L7, L8, L9, L9b, L37)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from calibration.experiments import Arm, Fact, Seen, edged, value, world
from calibration.figures import log_ratio, over, slope
from calibration.noting_enterprises import Senders, cells, retire_sooner
from calibration.noting_people import Begun
from calibration.stylised_training import plan_alike, plan_without_fear
from calibration.watching import Flows, Groups, spent, summed
from model.codes import Status
from model.ledger import Account
from model.parameters.training import Params as TrainingParams
from model.rules.training import GAVE_UP, Appoint, AppointFacts, Exam, ExamFacts
from model.scalar import scalar

MONTHS_TO_APPOINT = 24  # a certificate so old has had time to become an appointment
NAN = float("nan")
LEVY = "education_levy"
POOLING = "fund_pooling"
LEVER = 0.3  # share of enterprises whose fund is pooled, of those that the text means
ATTENTION_HALVED = 0.5  # of the attention to sending: where rent and cost are equal


@scalar
def nobody_passes(f: ExamFacts, p: TrainingParams) -> Exam:  # noqa: ARG001  # the shape of a rule
    """Every exam is failed for good."""
    return Exam(GAVE_UP)


@scalar
def nobody_appointed(f: AppointFacts, p: TrainingParams) -> Appoint:  # noqa: ARG001
    """No certificate is followed by an appointment, so none is followed by pay."""
    return Appoint(0, f.appointed)


# L4: a certificate raises what a worker makes by more than what he is paid.


def _wage_step(after: Seen, before: Seen) -> list[float]:
    """Log pay gained per level, of those whom certificates alone set apart; and its share."""
    p = after.province
    w, w0 = p.workers, before.province.workers
    gained = w["level"].astype(np.int64) - after.watch.level
    same = (w["status"] == Status.EMPLOYED) & (w0["status"] == Status.EMPLOYED)
    same &= (w["enterprise"] == w0["enterprise"]) & (w["joined"] == w0["joined"])
    old = p.month - w["certificate_month"] > MONTHS_TO_APPOINT
    rows = np.flatnonzero(same & old & (gained > 0) & (w0["level"] == after.watch.level))
    if len(rows) == 0:
        return [NAN, NAN, NAN]
    rise = float(np.log(w["pay"][rows] / w0["pay"][rows]).sum() / gained[rows].sum())
    step = value("plans.productivity_step")
    return [rise, step, rise / step]


L4 = Fact(
    "L4",
    {
        "on": Arm(world("no_policy")),
        "bare": Arm(world("no_policy"), {"sit_exam": nobody_passes}),
        "off": Arm(world("no_policy"), {"appoint": nobody_appointed}),
    },
    lambda seen: _wage_step(seen["on"], seen["bare"]),
    lambda seen: _wage_step(seen["off"], seen["bare"]),
    Begun,
    thinner=5,
)


# L6: denser local markets, less training paid by enterprises.


def _density(seen: Seen) -> float:
    """Change of the chance to be sent with each doubling of the enterprises of cell and branch."""
    p, w = seen.province, seen.watch
    e = p.enterprises
    rows = np.flatnonzero((e["exists"] == 1) & (w.staff > 0))
    cell = cells(p)
    rivals = np.bincount(cell[e["exists"] == 1], minlength=int(cell.max()) + 1)[cell]
    like = e["branch"][rows].astype(np.int64) * 4 + e["size_class"][rows]
    like = like * 2 + e["set_aside_complies"][rows]  # money set aside moves plans as well
    rate = w.planned[rows] / w.staff[rows]
    mean = float(np.average(rate, weights=w.staff[rows]))
    return over(slope(np.log2(rivals[rows]), rate, w.staff[rows], like), mean)


def _sent_rate(seen: Seen) -> float:
    p = seen.province
    sent = float(summed(p, "applications_sponsored", levels=slice(1, None)).sum())
    return over(sent, float(summed(p, "employed", levels=slice(1, None)).sum()))


def _density_and_reach(seen: Mapping[str, Seen]) -> list[float]:
    reach = log_ratio(_sent_rate(seen["wide"]), _sent_rate(seen["narrow"]))
    return [_density(seen["on"]), reach]


L6 = Fact(
    "L6",
    {
        "on": Arm(world("no_policy")),
        "blind": Arm(world("no_policy"), {"plan_training": plan_without_fear}),
        "narrow": Arm(world("no_policy", edged("hiring.candidates", top=False))),
        "wide": Arm(world("no_policy", edged("hiring.candidates"))),
    },
    _density_and_reach,
    lambda seen: [_density(seen["blind"]), NAN],
    Senders,
)


# L7: the smaller the part of productivity that pay takes, the more enterprises train.

LOW, HIGH = edged("plans.pass_through", top=False), edged("plans.pass_through")


def _compression(seen: Mapping[str, Seen], low: str, high: str) -> float:
    return log_ratio(_sent_rate(seen[low]), _sent_rate(seen[high]))


L7 = Fact(
    "L7",
    {
        "low": Arm(world("no_policy", LOW)),
        "high": Arm(world("no_policy", HIGH)),
        "low_alike": Arm(world("no_policy", LOW), {"plan_training": plan_alike}),
        "high_alike": Arm(world("no_policy", HIGH), {"plan_training": plan_alike}),
        "compressed": Arm(world("no_policy", edged("pay.compression", top=False))),
        "spread": Arm(world("no_policy", edged("pay.compression"))),
    },
    lambda seen: [_compression(seen, "low", "high"), _compression(seen, "compressed", "spread")],
    lambda seen: [_compression(seen, "low_alike", "high_alike"), NAN],
    Flows,
    thinner=5,
)


# L8: enterprises that train and enterprises that poach live side by side.


def _trainers(seen: Seen) -> list[float]:
    """Shares of enterprises: rent above cost; sent somebody; took the certified and sent nobody."""
    p, w = seen.province, seen.watch
    e = p.enterprises
    calm = (e["exists"] == 1) & (e["staff"] > 0) & (e["cut_ppm"] == 0)
    bar = ATTENTION_HALVED * p.law["plans"].nomination_attention
    trains = e["nomination_rate"] >= bar
    some = calm & (e["size_class"] > 0)
    sent, took = w.recent(w.sent, p) > 0, w.recent(w.took, p) > 0
    number = float(some.sum())
    return [
        over(float((calm & trains).sum()), float(calm.sum())),
        over(float(e["staff"][calm & trains].sum()), float(e["staff"][calm].sum())),
        over(float((some & sent).sum()), number),
        over(float((some & took & ~sent).sum()), number),
    ]


L8 = Fact(
    "L8",
    {
        "on": Arm(world("no_policy")),
        "off": Arm(world("no_policy"), {"plan_training": plan_alike}),
    },
    lambda seen: _trainers(seen["on"]),
    lambda seen: _trainers(seen["off"]),
    Senders,
    thinner=5,
    longer=60,
)


# L9: most of a levy was spent anyway; L9b: what pooling moves.

FUNDS, FIRMS = Account.EDUCATION_FUNDS, Account.ENTERPRISES


def _levy(after: Seen, before: Seen) -> list[float]:
    """Training paid by enterprises, more with the levy, per yuan that the levy sets aside."""

    def trained(seen: Seen) -> float:
        own = spent(seen, FIRMS, "course_fee", Account.INSTITUTIONS)[1]
        return own + spent(seen, FUNDS, LEVY, Account.INSTITUTIONS)[1]

    mandated = spent(after, FIRMS, LEVY, FUNDS)[1] - spent(before, FIRMS, LEVY, FUNDS)[1]
    more = trained(after) - trained(before)
    courses = (float(summed(s.province, "person_times").sum()) for s in (after, before))
    return [over(more, mandated), mandated, log_ratio(*courses)]


L9 = Fact(
    "L9",
    {
        "on": Arm(world("no_policy")),
        "without": Arm(world("no_policy", instruments={LEVY: "off"})),
        "all_spent": Arm(
            world("no_policy", edged("plans.fund_spent"), edged("plans.fund_for_courses"))
        ),
    },
    lambda seen: _levy(seen["on"], seen["without"]),
    lambda seen: _levy(seen["all_spent"], seen["without"]),
    Flows,
    thinner=5,
)


def _small_share(seen: Seen) -> float:
    """Person-times of staff of small and micro enterprises among all."""
    events: Any = seen.watch.events["size"]
    return over(float(events[:2].sum()), float(events.sum()))


def _person_times() -> Groups:
    return Groups("person_times")


L9B = Fact(
    "L9b",
    {
        "without": Arm(world("policy_2017", (f"{POOLING}.take_up", 0))),
        "pooled": Arm(world("policy_2017", (f"{POOLING}.take_up", LEVER))),
        "nothing": Arm(
            world("policy_2017", (f"{POOLING}.take_up", LEVER), (f"{POOLING}.pooled_share", 0))
        ),
    },
    lambda seen: [
        _small_share(seen["pooled"]) - _small_share(seen["without"]),
        _small_share(seen["without"]),
    ],
    lambda seen: [_small_share(seen["nothing"]) - _small_share(seen["without"]), NAN],
    _person_times,
    needs=(POOLING,),
)


# L37: if technicians retire sooner, enterprises train successors.


def _successors(after: Seen, before: Seen) -> list[float]:
    """Log change of workers sent towards senior worker and technician, per person-month."""

    def rate(seen: Seen) -> float:
        p, levels = seen.province, slice(2, 4)
        sent = float(summed(p, "applications_sponsored", levels=levels).sum())
        return over(sent, float(summed(p, "employed", levels=levels).sum()))

    def retired(seen: Seen) -> float:
        return float(summed(seen.province, "retirements_employed", levels=slice(4, None)).sum())

    return [log_ratio(rate(after), rate(before)), over(retired(after), retired(before))]


ALIKE = {"plan_training": plan_alike}
L37 = Fact(
    "L37",
    {
        "base": Arm(world("no_policy")),
        "sooner": Arm(world("no_policy"), prepare=retire_sooner),
        "base_alike": Arm(world("no_policy"), ALIKE),
        "sooner_alike": Arm(world("no_policy"), ALIKE, retire_sooner),
    },
    lambda seen: _successors(seen["sooner"], seen["base"]),
    lambda seen: _successors(seen["sooner_alike"], seen["base_alike"]),
    Flows,
    thinner=5,
)

FACTS = (L6, L4, L7, L8, L9, L37, L9B)
