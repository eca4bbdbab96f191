"""Stylised facts of training: who is trained, who pays, what a subsidy adds (L3, L5, L10, L11)."""

from collections.abc import Mapping, Sequence

from calibration.experiments import QUITS, Arm, Fact, Seen, edged, value, world
from calibration.figures import log_ratio
from calibration.watching import Flows, Groups, spent, summed
from model.ledger import Account
from model.parameters.plans import Params as PlanParams
from model.parameters.training import Params as TrainingParams
from model.rules.plans import TrainingPlan, TrainingPlanFacts, plan_training
from model.rules.training import Consider, ConsiderFacts
from model.scalar import scalar

MILLION = 1_000_000
LOWER = slice(1, 4)
CERTIFIED = slice(1, None)
SKILL = "skill_upgrade_subsidy"
LEVY = "education_levy"


@scalar
def plan_alike(f: TrainingPlanFacts, p: PlanParams) -> TrainingPlan:
    """Every enterprise plans the same training, whatever it is."""
    if f.staff <= 0:
        return TrainingPlan(1, 0.0, 0.0, 0.0)
    sent = p.nomination_attention
    return TrainingPlan(1, sent, p.short_course_base, sent)


@scalar
def plan_without_fear(f: TrainingPlanFacts, p: PlanParams) -> TrainingPlan:
    """Enterprises plan training as if nobody ever left."""
    blind = TrainingPlanFacts(
        f.staff,
        0.0,
        f.education_fund,
        f.set_aside,
        f.payroll,
        f.cut_ppm,
        f.training_subsidy,
        f.succession,
        f.compression,
    )
    return plan_training(blind, p)


@scalar
def nobody_climbs(f: ConsiderFacts, p: TrainingParams) -> Consider:  # noqa: ARG001  # a rule's shape
    """Nobody thinks of the next level, and nobody is sent."""
    return Consider(0, 0.0)


# L3: training falls with age and rises with level, size and state ownership.


def _training_gradients(seen: Seen) -> list[float]:
    w: Groups = seen.watch
    return [
        w.rate("age", 5, 6, 7) / w.rate("age", 1, 2, 3) - 1.0,
        w.rate("level", 4, 5, 6) / w.rate("level", 0, 1, 2) - 1.0,
        w.rate("size", 3) / w.rate("size", 0, 1) - 1.0,
        w.rate("state", 1) / w.rate("state", 0) - 1.0,
    ]


# Who may climb is another cause than who is willing and who is sent: the years since the last
# certificate, the trades with one, the upgrade course of the highest, apprenticeships below.
LEVEL_GROUND = tuple(
    (f"training.{name}", 0)
    for name in ("attention_age", "attention_level", "short_age", "short_level")
)
NO_LADDER = tuple(
    (f"training.{name}", 0) for name in ("upgrade_rate", "apprentice_rate", "transfer_rate")
)
L3 = Fact(
    "L3",
    {
        "on": Arm(world("no_policy")),
        "ladder": Arm(world("no_policy", *LEVEL_GROUND), {"plan_training": plan_alike}),
        "off": Arm(
            world("no_policy", *LEVEL_GROUND, *NO_LADDER),
            {"plan_training": plan_alike, "consider_climbing": nobody_climbs},
        ),
    },
    lambda seen: [*_training_gradients(seen["on"]), *_training_gradients(seen["ladder"])],
    lambda seen: [*_training_gradients(seen["off"]), *[float("nan")] * 4],
    lambda: Groups("person_times"),
)


# L5: more quits, less training paid by enterprises; training that workers choose falls less.


def _elasticities(before: Seen, after: Seen) -> list[float]:
    def rates(seen: Seen) -> tuple[float, float, float]:
        p = seen.province
        staff = float(summed(p, "employed", levels=CERTIFIED).sum())
        sent = float(summed(p, "applications_sponsored", levels=CERTIFIED).sum())
        chosen = float(summed(p, "applications", levels=CERTIFIED).sum()) - sent
        quits = float(summed(p, "quits", levels=CERTIFIED).sum())
        return sent / staff, chosen / staff, quits / staff

    (sent0, own0, quits0), (sent1, own1, quits1) = rates(before), rates(after)
    more = log_ratio(quits1, quits0)
    sent, own = log_ratio(sent1, sent0) / more, log_ratio(own1, own0) / more
    return [sent, own, sent - own]


QUITS_AT_TOP = [edged(name) for name in QUITS]
L5 = Fact(
    "L5",
    {
        "base": Arm(world("no_policy")),
        "more": Arm(world("no_policy", *QUITS_AT_TOP)),
        "base_blind": Arm(world("no_policy"), {"plan_training": plan_without_fear}),
        "more_blind": Arm(world("no_policy", *QUITS_AT_TOP), {"plan_training": plan_without_fear}),
    },
    lambda seen: _elasticities(seen["base"], seen["more"]),
    lambda seen: _elasticities(seen["base_blind"], seen["more_blind"]),
    Flows,
)


# L10, L11: subsidy against mandate, and what a subsidy adds. Reported two-sided.


def _certificates(seen: Seen, levels: slice = CERTIFIED) -> float:
    return float(summed(seen.province, "certificates", levels=levels).sum())


FUND = Account.UNEMPLOYMENT_INSURANCE_FUND


def _subsidy_or_mandate(seen: Mapping[str, Seen]) -> list[float]:
    bare = seen["neither"]
    gained = _certificates(seen["subsidy"]) - _certificates(bare)
    paid = spent(seen["subsidy"], FUND, SKILL)[1]
    forced = _certificates(seen["mandate"]) - _certificates(bare)
    funds = Account.EDUCATION_FUNDS
    used = spent(seen["mandate"], funds, LEVY)[1] - spent(bare, funds, LEVY)[1]
    per_subsidy = gained / paid * MILLION if paid else float("nan")
    per_mandate = forced / used * MILLION if used else float("nan")
    return [per_subsidy, per_mandate, per_subsidy - per_mandate]


L10 = Fact(
    "L10",
    {
        "neither": Arm(world("no_policy", instruments={SKILL: "off"})),
        "subsidy": Arm(world("no_policy")),
        "mandate": Arm(
            world(
                "no_policy",
                edged("plans.supervision"),
                instruments={SKILL: "off"},
            )
        ),
    },
    _subsidy_or_mandate,
    None,
    Flows,
)


def _additional(seen: Mapping[str, Seen]) -> Sequence[float]:
    bare, once, twice = seen["without"], seen["once"], seen["twice"]
    first = _certificates(once, LOWER) - _certificates(bare, LOWER)
    second = _certificates(twice, LOWER) - _certificates(once, LOWER)
    applied = float(summed(once.province, "applications").sum())
    before = float(summed(bare.province, "applications").sum())
    cases = spent(once, FUND, SKILL)[0]
    return [
        first,
        (applied - before) / before,
        1.0 - first / cases if cases else float("nan"),
        second - first,
    ]


L11 = Fact(
    "L11",
    {
        "without": Arm(world("no_policy", instruments={SKILL: "off"})),
        "once": Arm(world("no_policy")),
        "twice": Arm(
            world(
                "no_policy",
                *(
                    (f"{SKILL}.amount_{level}", 2 * value(f"{SKILL}.amount_{level}"))
                    for level in ("junior", "intermediate", "senior")
                ),
            )
        ),
    },
    _additional,
    None,
    Flows,
)

FACTS = (L3, L5, L10, L11)
