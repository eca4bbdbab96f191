"""The province: calendar, columns, luck, law, ledger and people of one run."""

import copy
from collections.abc import Mapping
from typing import Any, Protocol

import mesa
import numpy as np
from mesa.agent import AgentSet
from mesa.datacollection import DataCollector
from numpy.typing import NDArray

from model import measures
from model.agents import Resident
from model.awareness import Awareness
from model.codes import REGIONS, Status
from model.decisions import Decision
from model.engines.protocol import Answers, Columns, Engine
from model.engines.rolls import Rolls
from model.ledger import Account, Ledger
from model.markets.hiring import directories
from model.month.files import Files
from model.month.hires import Newcomers
from model.month.paid_of_late import PaidOfLate
from model.month.reference import PayChange
from model.month.schedule import step
from model.people import People
from model.population.province import Population
from model.state import (
    enterprise_columns,
    institution_columns,
    set_scales,
    worker_columns,
)

Law = Mapping[str, Any]


class Policy(Protocol):
    """Rules in force by month; ``at(month)[topic]`` gives the topic's parameters."""

    def at(self, month: int) -> Law:
        """Rules in force in a month."""


def staff_by_region(workers: Columns, weight: int) -> NDArray[np.int64]:
    """Workers in a post by prefecture, provincial."""
    employed = workers["status"] == Status.EMPLOYED
    counted: NDArray[np.int64] = np.bincount(workers["region"][employed], minlength=len(REGIONS))
    return counted * weight


class Province(mesa.Model):
    """One province under one policy with one seed.

    Args:
        population: the synthetic province at the end of the base month.
        policy: rules in force by month.
        engine: who asks the agents.
        seed: names the luck of the run; two policies with one seed share it.
        start: first month lived.
    """

    def __init__(
        self, population: Population, policy: Policy, engine: Engine, *, seed: int, start: int
    ) -> None:
        super().__init__(rng=seed)
        self.seed = seed
        self.policy = policy
        self.engine = engine
        self.start = start
        self.month = start
        self.weight = int(population.weight)
        self.law: Law = policy.at(start)
        self.workers: Columns = worker_columns(population.workers, seed, self.law["leaving"])
        self.enterprises: Columns = enterprise_columns(
            population.enterprises,
            seed,
            self.law["leaving"],
            self.law["demand"],
            self.law["hiring"],
        )
        self.institutions: Columns = institution_columns(
            population.institutions, staff_by_region(self.workers, self.weight)
        )
        self.nobody = len(self.enterprises["id"]) - 1  # the row of "no employer"
        self.no_school = len(self.institutions["id"]) - 1
        self.workers["school"] = np.full(len(self.workers["id"]), self.no_school, np.int16)
        set_scales(self.workers, self.enterprises, self.law["pay"])
        e = self.enterprises
        self.directory = directories(
            e["region"][:-1], e["branch"][:-1], e["baseline_staff"][:-1].astype(np.int64)
        )
        self.sector_demand = np.zeros(int(e["sector"].max()) + 1, np.float64)
        self.awareness = Awareness(self.law)
        self.people = People(np.bincount(self.workers["status"], minlength=len(Status)))
        self.ledger = Ledger(self.weight)
        self.counts = measures.Counts()
        self.rolls = Rolls.empty(len(e["id"]))
        self.paid_of_late = PaidOfLate()
        self.files = Files()
        self.awarded = 0  # last month in which titles were given; 0 never
        self.losses: NDArray[np.int64] = np.zeros(len(e["id"]), np.int64)
        self.drop_rows: NDArray[np.int64] = np.zeros(0, np.int64)  # staff in spells of cut pay
        self.drops: Answers | None = None  # their reference pay and pay this month
        self.newcomers: Newcomers | None = None  # hired away from others this month
        self.pay_changes: list[PayChange] = []  # of the last year, for reference pay
        self._sets: dict[str, Any] = {}
        if engine.name == "mesa":
            self._settle_agents()
        self.datacollector = DataCollector(
            model_reporters={
                name: [reporter, [self]] for name, reporter in measures.HEADLINES.items()
            }
        )
        from model.month.opening import open_books

        open_books(self)

    def _settle_agents(self) -> None:
        """Make one agent per row, for the reference engine."""
        classes = self.engine.classes  # type: ignore[attr-defined]
        sizes = {
            "worker": len(self.workers["id"]),
            "enterprise": self.nobody,
            "institution": self.no_school,
        }
        for kind, size in sizes.items():
            agents = [classes[kind](self, row) for row in range(size)]
            self._sets[kind] = (AgentSet(agents, random=self.random), agents)

    def residents(self, kind: str) -> AgentSet:
        """All agents of one kind (reference engine)."""
        agents: AgentSet = self._sets[kind][0]
        return agents

    def resident_rows(self, kind: str) -> list[Resident]:
        """Agents of one kind by row (reference engine)."""
        rows: list[Resident] = self._sets[kind][1]
        return rows

    def ask(self, decision: Decision, **given: Any) -> Answers:
        """Ask everybody concerned; answers of those to whom something happens."""
        return self.engine.ask(decision, self, self.law[decision.topic], given)

    def ask_rows(self, decision: Decision, rows: NDArray[np.int64], **given: Any) -> Answers:
        """Ask given rows; every answer in their order."""
        return self.engine.ask_rows(decision, self, self.law[decision.topic], rows, given)

    def may_concern(self, decision: Decision) -> NDArray[np.int64]:
        """Rows that a decision screened by status may concern; all others answer nothing."""
        return self.engine.may_concern(decision, self, self.law[decision.topic])

    def step(self) -> None:
        """Live one month (the order is decision 3 of DECISIONS.md)."""
        step(self)

    def run(self, until: int) -> None:
        """Live every month up to and including ``until``."""
        while self.month <= until:
            self.step()

    def fork(self, policy: Policy) -> "Province":
        """A copy that lives on under another policy, from the same state and with the same luck.

        Only for the compiled engine, whose agents are columns.
        """
        shared = (self.engine, self.policy, self.law, self.directory)
        # What is written into these is never written over: the twin needs lists of its own only.
        written = (self.ledger.lines, self.ledger.flows, self.counts.cells, self.pay_changes)
        memo: dict[int, Any] = {id(one): one for one in shared}
        memo |= {id(one): copy.copy(one) for one in written}
        twin: Province = copy.deepcopy(self, memo)
        twin.policy = policy
        return twin

    def balance(self, account: Account) -> int:
        """Fen in an account, provincial."""
        return int(self.ledger.balances[account])
