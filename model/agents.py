"""Workers, enterprises and training institutions as agents of Mesa: a row number with behaviour.

An agent keeps nothing of its own: it reads its row of the province's columns. Each decision is a
method of the same name; override one to change behaviour, as in::

    class Loyal(Worker):
        def leave(self, facts, parameters):
            return super().leave(facts, parameters) if facts.level < 4 else Leave(0)
"""

from typing import Any

import mesa

from model.deciding import INSTRUMENT_RULES
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


class Resident(mesa.Agent):
    """One row of a set of columns.

    Attributes:
        row: the row number in the province's columns of this kind.
        kind: ``worker``, ``enterprise`` or ``institution``.
    """

    kind = "resident"

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row

    def __getattr__(self, name: str) -> Any:
        """Read the agent's own column ``name`` (AttributeError for anything else)."""
        if name.startswith("_") or name in ("row", "model", "kind", "pos"):
            raise AttributeError(name)
        if name in INSTRUMENT_RULES:
            return INSTRUMENT_RULES[name]
        columns = getattr(self.model, self.kind + "s")
        if name not in columns:
            raise AttributeError(f"a {self.kind} has no column or decision {name!r}")
        return columns[name][self.row].item()


class Worker(Resident):
    """A person of working age, or one who will enter the labour force."""

    kind = "worker"

    def pass_month(self, facts: leaving.LifeFacts, p: Any) -> leaving.Life:
        """Enter, retire or die."""
        return leaving.pass_month(facts, p)

    def delay_retirement(self, facts: leaving.DelayFacts, p: Any) -> leaving.Delay:
        """Agree with the enterprise to retire later, or not."""
        return leaving.delay_retirement(facts, p)

    def turn(self, facts: leaving.IdleFacts, p: Any) -> leaving.Idle:
        """Without a post: go away, take informal work, or come back to seek one."""
        return leaving.turn(facts, p)

    def restructure(self, facts: demand.RestructuringFacts, p: Any) -> demand.Restructuring:
        """Lose a formal job to restructuring."""
        return demand.restructure(facts, p)

    def leave(self, facts: leaving.LeaveFacts, p: Any) -> leaving.Leave:
        """Quit or stay."""
        return leaving.leave(facts, p)

    def postpone(self, facts: leaving.PostponeFacts, p: Any) -> leaving.Postpone:
        """While supported, put off leaving."""
        return leaving.postpone(facts, p)

    def choose_destination(self, facts: leaving.DestinationFacts, p: Any) -> leaving.Destination:
        """Where to go after quitting."""
        return leaving.choose_destination(facts, p)

    def hear_offer(self, facts: offers.OfferFacts, p: Any) -> offers.Offer:
        """Be approached by another enterprise."""
        return offers.hear_offer(facts, p)

    def price_post(self, facts: pay.PriceFacts, p: Any) -> pay.Price:
        """The most that another enterprise would pay."""
        return pay.price_post(facts, p)

    def weigh_bid(self, facts: offers.BidFacts, p: Any) -> offers.Bid:
        """Take what it gives, or stay."""
        return offers.weigh_bid(facts, p)

    def declare_base(self, facts: pay.BaseFacts, p: Any) -> int:
        """The pay on which insurance premiums are paid."""
        return pay.declare_base(facts, p)

    def revise(self, facts: pay.PayFacts, p: Any) -> pay.Pay:
        """Have pay revised."""
        return pay.revise(facts, p)

    def drop_pay(self, facts: pay.DropFacts, p: Any) -> pay.Drop:
        """Pay in a spell of cut pay."""
        return pay.drop_pay(facts, p)

    def consider_climbing(self, facts: training.ConsiderFacts, p: Any) -> training.Consider:
        """Think of the next level, or be sent."""
        return training.consider_climbing(facts, p)

    def choose_climbing(self, facts: training.ChooseFacts, p: Any) -> training.Choose:
        """Apply for a course or not."""
        return training.choose_climbing(facts, p)

    def sit_exam(self, facts: training.ExamFacts, p: Any) -> training.Exam:
        """End a course or a waiting time with an exam."""
        return training.sit_exam(facts, p)

    def appoint(self, facts: training.AppointFacts, p: Any) -> training.Appoint:
        """Be appointed to the grade of the certificate."""
        return training.appoint(facts, p)

    def take_short_course(self, facts: short_courses.ShortFacts, p: Any) -> short_courses.Short:
        """Take a short course."""
        return short_courses.take_short_course(facts, p)

    def ask_for_subsidy(self, facts: claiming.ClaimFacts, p: Any) -> claiming.Claim:
        """Ask for what a certificate entitles to."""
        return claiming.ask_for_subsidy(facts, p)

    def join_course(self, facts: groups.JoinFacts, p: Any) -> groups.Join:
        """Without a post: take a public course."""
        return groups.join_course(facts, p)

    def finish_course(self, facts: groups.FinishFacts, p: Any) -> groups.Finish:
        """End a public course, with or without a certificate, or drop it."""
        return groups.finish_course(facts, p)

    def think_of_business(self, facts: ventures.ThinkFacts, p: Any) -> ventures.Think:
        """Without a post: think of a business of one's own."""
        return ventures.think_of_business(facts, p)

    def start_business(self, facts: ventures.StartFacts, p: Any) -> ventures.Start:
        """Start it for the money that is expected."""
        return ventures.start_business(facts, p)


class Enterprise(Resident):
    """An establishment."""

    kind = "enterprise"

    def next_demand(self, facts: demand.DemandFacts, p: Any) -> demand.Demand:
        """Demand and distress."""
        return demand.next_demand(facts, p)

    def count_cash(self, facts: plans.CashFacts, p: Any) -> plans.Cash:
        """What cash cannot meet, help counted."""
        return plans.count_cash(facts, p)

    def cut_pay(self, facts: plans.CutFacts, p: Any) -> plans.Cut:
        """Begin, keep or end a spell of cut pay."""
        return plans.cut_pay(facts, p)

    def plan_staff(self, facts: plans.StaffFacts, p: Any) -> plans.Staff:
        """Posts and lay-offs."""
        return plans.plan_staff(facts, p)

    def feel_cut(self, facts: plans.FeltFacts, p: Any) -> plans.Felt:
        """How much harder a cut makes people leave."""
        return plans.feel_cut(facts, p)

    def plan_training(self, facts: plans.TrainingPlanFacts, p: Any) -> plans.TrainingPlan:
        """Whom to send and how much to train."""
        return plans.plan_training(facts, p)


class TrainingInstitution(Resident):
    """A school or training base."""

    kind = "institution"

    def adjust_seats(self, facts: schools.SchoolFacts, p: Any) -> schools.School:
        """Seats and quality follow use."""
        return schools.adjust_seats(facts, p)
