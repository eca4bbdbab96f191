"""agentpy: one object a worker in an ``AgentList``, counts recorded by the model."""

import math
from bisect import bisect_left
from collections.abc import Callable

import agentpy as ap
import numpy as np

from benchmarks.ladder.harness import report
from benchmarks.ladder.spec import (
    BASE,
    ENTRY,
    FIND,
    GAIN,
    GAIN_PER_YUAN,
    HORIZON,
    INSURED,
    LEAVE,
    LEVELS,
    MEASURES,
    MONTHS,
    NEED,
    PASS,
    PREMIUM,
    RETIRE,
    SUBSIDY,
    Z0,
    ZS,
    Case,
    enterprises,
    population,
)


class Worker(ap.Agent):
    """A worker of the ladder."""

    def setup(self):
        """An entrant; ``enterprise`` means nothing without a post."""
        self.age, self.level, self.experience, self.wage = ENTRY, 0, 0, BASE[0]
        self.enterprise, self.employed, self.insured, self.training = 0, 0, 0, 0

    def live(self):
        """Live a month."""
        draw = self.model.random.random
        self.age += 1
        if self.age >= RETIRE:
            self.setup()
            self.model.retired += 1
        elif self.employed:
            self.experience += 1
            self.insured += 1
            if self.training > 0:
                self.study()
            elif self.level < LEVELS - 1 and self.experience >= NEED[self.level]:
                self.consider_training()
            if draw() < self.model.hazard[self.enterprise] * LEAVE[self.level]:
                self.employed = self.training = 0
                self.model.leavers += 1
        elif draw() < FIND:
            shares = self.model.cumulative
            self.employed = 1
            self.enterprise = min(bisect_left(shares, draw()), len(shares) - 1)
            self.wage = int(BASE[self.level] * (0.9 + 0.2 * draw()))

    def study(self):
        """A month of training; the exam after the last."""
        self.training -= 1
        level = self.level
        if self.training == 0 and self.model.random.random() < PASS[level]:
            if self.insured >= INSURED:
                self.model.outlay += SUBSIDY[level]
            self.model.certificates[level] += 1
            self.wage = int(self.wage * (1 + PREMIUM[level]))
            self.level += 1
            self.experience = 0

    def consider_training(self):
        """Start training if it pays well enough."""
        level = self.level
        horizon = min(HORIZON, RETIRE - self.age)
        z = Z0 + (GAIN_PER_YUAN[level] * self.wage * horizon + GAIN[level]) / ZS
        if self.model.random.random() < 1 / (1 + math.exp(-z)):
            self.training = MONTHS[level]


class Ladder(ap.Model):
    """All workers, the hazards of the month and its counts."""

    def setup(self):
        """Build the workers."""
        firms = enterprises(self.p.agents, self.p.steps)
        self.hazards = firms.hazard.tolist()
        self.cumulative = firms.cumulative.tolist()
        self.workers = ap.AgentList(self, self.p.agents, Worker)
        for name, column in population(self.p.agents, firms.cumulative).items():
            setattr(self.workers, name, ap.AttrIter(column.tolist()))

    def step(self):
        """Live a month."""
        self.hazard = self.hazards[self.t - 1]
        self.certificates = [0] * (LEVELS - 1)
        self.leavers = self.retired = self.outlay = 0
        self.workers.live()

    def update(self):
        """Record the month."""
        if self.t:
            levels, employed = [0] * LEVELS, 0
            for worker in self.workers:
                levels[worker.level] += 1
                employed += worker.employed
            events = [*self.certificates, self.leavers, self.retired, self.outlay]
            for name, value in zip(MEASURES, [*levels, employed, *events], strict=True):
                self.record(name, value)


def start(case: Case) -> Callable[[], np.ndarray]:
    """A model of the case."""
    model = Ladder({"agents": case.agents, "steps": case.months, "seed": case.luck})
    model.sim_setup(case.months)

    def live() -> np.ndarray:
        while model.running:
            model.sim_step()
        return np.array([model.log[name] for name in MEASURES]).T

    return live


if __name__ == "__main__":
    report("agentpy", start)
