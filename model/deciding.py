"""Every decision of the model, and the instruments' rules as decisions.

An instrument found by the registry brings its rules here by itself; nothing is edited for it.
"""

from collections.abc import Callable
from typing import Any

from model.codes import Status
from model.decisions import Decision, Kind, Screen
from model.instruments.channels import FACTS, Channel, PotFacts
from model.instruments.registry import instruments
from model.rules import (
    claiming,
    demand,
    groups,
    leaving,
    offers,
    pay,
    plans,
    schools,
    short_courses,
    training,
    ventures,
)

EMPLOYED = (("status", int(Status.EMPLOYED)),)
EXISTS = (("exists", 1),)

PASS_MONTH = Decision(
    "pass_month",
    "worker",
    leaving.pass_month,
    leaving.LifeFacts,
    leaving.Life,
    "leaving",
    screen=Screen("u_death", leaving.pass_ceiling, leaving.StatusFacts, "status", due="life_due"),
)
TURN = Decision(
    "turn",
    "worker",
    leaving.turn,
    leaving.IdleFacts,
    leaving.Idle,
    "leaving",
    screen=Screen("u_turn", leaving.turn_ceiling, leaving.StatusFacts, "status"),
)
DELAY_RETIREMENT = Decision(
    "delay_retirement",
    "worker",
    leaving.delay_retirement,
    leaving.DelayFacts,
    leaving.Delay,
    "leaving",
    EMPLOYED,
)
NEXT_DEMAND = Decision(
    "next_demand",
    "enterprise",
    demand.next_demand,
    demand.DemandFacts,
    demand.Demand,
    "demand",
    EXISTS,
)
RESTRUCTURE = Decision(
    "restructure",
    "worker",
    demand.restructure,
    demand.RestructuringFacts,
    demand.Restructuring,
    "demand",
    EMPLOYED,
    screen=Screen("u_lose", demand.shed_ceiling, demand.ShedCeilingFacts, "enterprise"),
)
COUNT_CASH = Decision(
    "count_cash", "enterprise", plans.count_cash, plans.CashFacts, plans.Cash, "plans", EXISTS
)
CUT_PAY = Decision(
    "cut_pay", "enterprise", plans.cut_pay, plans.CutFacts, plans.Cut, "plans", EXISTS
)
PLAN_STAFF = Decision(
    "plan_staff", "enterprise", plans.plan_staff, plans.StaffFacts, plans.Staff, "plans", EXISTS
)
FEEL_CUT = Decision(
    "feel_cut",
    "enterprise",
    plans.feel_cut,
    plans.FeltFacts,
    plans.Felt,
    "plans",
    given=frozenset({"relief"}),
)
PLAN_TRAINING = Decision(
    "plan_training",
    "enterprise",
    plans.plan_training,
    plans.TrainingPlanFacts,
    plans.TrainingPlan,
    "plans",
    EXISTS,
    frozenset({"compression"}),
)
LEAVE = Decision(
    "leave",
    "worker",
    leaving.leave,
    leaving.LeaveFacts,
    leaving.Leave,
    "leaving",
    EMPLOYED,
    screen=Screen(
        "u_quit",
        leaving.leave_ceiling,
        leaving.LeaveCeilingFacts,
        "enterprise",
        scale="restlessness",
        always="supported_last",
    ),
)
POSTPONE = Decision(
    "postpone",
    "worker",
    leaving.postpone,
    leaving.PostponeFacts,
    leaving.Postpone,
    "leaving",
    EMPLOYED,
)
CHOOSE_DESTINATION = Decision(
    "choose_destination",
    "worker",
    leaving.choose_destination,
    leaving.DestinationFacts,
    leaving.Destination,
    "leaving",
)
HEAR_OFFER = Decision(
    "hear_offer",
    "worker",
    offers.hear_offer,
    offers.OfferFacts,
    offers.Offer,
    "hiring",
    EMPLOYED,
    screen=Screen(
        "u_offer",
        offers.offer_ceiling,
        offers.OfferCeilingFacts,
        "enterprise",
        scale="restlessness",
    ),
)
REVISE = Decision(
    "revise",
    "worker",
    pay.revise,
    pay.PayFacts,
    pay.Pay,
    "pay",
    given=frozenset({"raise_ppm", "allowances", "chief"}),
)
PRICE_POST = Decision(
    "price_post",
    "worker",
    pay.price_post,
    pay.PriceFacts,
    pay.Price,
    "pay",
    given=frozenset({"scale", "minimum", "tilt", "allowances", "most_ppm"}),
)
WEIGH_BID = Decision(
    "weigh_bid",
    "worker",
    offers.weigh_bid,
    offers.BidFacts,
    offers.Bid,
    "hiring",
    given=frozenset({"most", "minimum"}),
)
DROP_PAY = Decision("drop_pay", "worker", pay.drop_pay, pay.DropFacts, pay.Drop, "pay", EMPLOYED)
DECLARE_BASE = Decision(
    "declare_base", "worker", pay.declare_base, pay.BaseFacts, int, "unemployment_insurance"
)
CONSIDER_CLIMBING = Decision(
    "consider_climbing",
    "worker",
    training.consider_climbing,
    training.ConsiderFacts,
    training.Consider,
    "training",
    EMPLOYED,
    screen=Screen(
        "u_consider", training.consider_ceiling, training.ConsiderCeilingFacts, "enterprise"
    ),
)
CHOOSE_CLIMBING = Decision(
    "choose_climbing",
    "worker",
    training.choose_climbing,
    training.ChooseFacts,
    training.Choose,
    "training",
    given=frozenset(
        {"kind", "margin", "expected_subsidy", "fee", "wait", "quality", "gain", "visibility"}
    ),
)
SIT_EXAM = Decision(
    "sit_exam",
    "worker",
    training.sit_exam,
    training.ExamFacts,
    training.Exam,
    "training",
    given=frozenset({"school_quality"}),
)
APPOINT = Decision(
    "appoint",
    "worker",
    training.appoint,
    training.AppointFacts,
    training.Appoint,
    "training",
    EMPLOYED,
    screen=Screen(
        "u_appoint", training.appoint_ceiling, training.AppointCeilingFacts, "enterprise"
    ),
)
TAKE_SHORT_COURSE = Decision(
    "take_short_course",
    "worker",
    short_courses.take_short_course,
    short_courses.ShortFacts,
    short_courses.Short,
    "training",
    EMPLOYED,
    screen=Screen(
        "u_short", short_courses.short_ceiling, short_courses.ShortCeilingFacts, "enterprise"
    ),
)
ASK_FOR_SUBSIDY = Decision(
    "ask_for_subsidy",
    "worker",
    claiming.ask_for_subsidy,
    claiming.ClaimFacts,
    claiming.Claim,
    "claiming",
    EMPLOYED,
    screen=Screen(
        "u_claim", claiming.claim_ceiling, claiming.ClaimCeilingFacts, "status", until="claim_until"
    ),
)
JOIN_COURSE = Decision(
    "join_course",
    "worker",
    groups.join_course,
    groups.JoinFacts,
    groups.Join,
    "groups",
    given=frozenset({"group", "price", "subsidy"}),
    screen=Screen("u_join", groups.join_ceiling, groups.JoinCeilingFacts, "status"),
)
FINISH_COURSE = Decision(
    "finish_course",
    "worker",
    groups.finish_course,
    groups.FinishFacts,
    groups.Finish,
    "groups",
    given=frozenset({"pass_rate"}),
)
THINK_OF_BUSINESS = Decision(
    "think_of_business",
    "worker",
    ventures.think_of_business,
    ventures.ThinkFacts,
    ventures.Think,
    "ventures",
    (("status", int(Status.UNEMPLOYED)),),
    screen=Screen("u_think", ventures.think_ceiling, ventures.ThinkCeilingFacts, "status"),
)
START_BUSINESS = Decision(
    "start_business",
    "worker",
    ventures.start_business,
    ventures.StartFacts,
    ventures.Start,
    "ventures",
    given=frozenset({"expected"}),
)
ADJUST_SEATS = Decision(
    "adjust_seats",
    "institution",
    schools.adjust_seats,
    schools.SchoolFacts,
    schools.School,
    "accounts",
    EXISTS,
    frozenset({"supply"}),
)

BEHAVIOUR = (
    PASS_MONTH,
    DELAY_RETIREMENT,
    TURN,
    NEXT_DEMAND,
    RESTRUCTURE,
    COUNT_CASH,
    CUT_PAY,
    PLAN_STAFF,
    FEEL_CUT,
    PLAN_TRAINING,
    LEAVE,
    POSTPONE,
    CHOOSE_DESTINATION,
    HEAR_OFFER,
    REVISE,
    PRICE_POST,
    WEIGH_BID,
    DROP_PAY,
    DECLARE_BASE,
    CONSIDER_CLIMBING,
    CHOOSE_CLIMBING,
    SIT_EXAM,
    APPOINT,
    TAKE_SHORT_COURSE,
    ASK_FOR_SUBSIDY,
    JOIN_COURSE,
    FINISH_COURSE,
    THINK_OF_BUSINESS,
    START_BUSINESS,
    ADJUST_SEATS,
)


ASKED: dict[Channel, Kind] = {  # who is asked about an instrument; workers where not named
    Channel.ENTERPRISE_YEAR: "enterprise",
    Channel.PROJECT: "institution",
    Channel.INSTITUTION_YEAR: "institution",
    Channel.COOPERATION: "enterprise",
}


def _of_instrument(name: str) -> tuple[Decision, ...]:
    found = instruments()[name]
    facts = FACTS[found.channel]
    agent = ASKED.get(found.channel, "worker")
    given = frozenset(facts._fields)
    rules = [
        Decision(f"{name}_eligibility", agent, found.eligibility, facts, int, name, given=given),
        Decision(f"{name}_amount", agent, found.amount, facts, int, name, given=given),
    ]
    if found.ceiling is not None:
        pot = frozenset(PotFacts._fields)
        rules.append(
            Decision(f"{name}_ceiling", "enterprise", found.ceiling, PotFacts, int, name, given=pot)
        )
    return tuple(rules)


INSTRUMENTS = {d.name: d for name in instruments() for d in _of_instrument(name)}
INSTRUMENT_RULES: dict[str, Callable[..., Any]] = {n: d.rule for n, d in INSTRUMENTS.items()}
DECISIONS: tuple[Decision, ...] = (*BEHAVIOUR, *INSTRUMENTS.values())
