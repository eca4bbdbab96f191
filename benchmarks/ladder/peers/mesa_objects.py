"""Mesa 3: one object a worker, ``AgentSet.do``, a data collector; the order of workers is free.

The counts of events are kept by the model, so that the collector goes over the agents only for
levels and employment.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable

import mesa
import numpy as np

from benchmarks.ladder.harness import report
from benchmarks.ladder.spec import (
    BASE,
    COLUMNS,
    ENTRY,
    FIND,
    GAIN,
    GAIN_PER_YUAN,
    HORIZON,
    INSURED,
    LEAVE,
    LEVELS,
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


class Worker(mesa.Agent):
    """A worker of the ladder; an entrant unless told otherwise."""

    def __init__(
        self,
        model,
        age=ENTRY,
        level=0,
        experience=0,
        wage=BASE[0],
        enterprise=0,
        employed=False,
        insured=0,
        training=0,
    ):
        super().__init__(model)
        self.age = age
        self.level = level
        self.experience = experience
        self.wage = wage
        self.enterprise = enterprise
        self.employed = employed
        self.insured = insured
        self.training = training

    def step(self):
        """Live a month."""
        self.age += 1
        if self.age >= RETIRE:
            self.retire()
        elif self.employed:
            self.experience += 1
            self.insured += 1
            if self.training > 0:
                self.study()
            elif self.level < LEVELS - 1 and self.experience >= NEED[self.level]:
                self.consider_training()
            if self.random.random() < self.model.hazard[self.enterprise] * LEAVE[self.level]:
                self.employed = False
                self.training = 0
                self.model.leavers += 1
        elif self.random.random() < FIND:
            self.take_post()

    def retire(self):
        """Make room for an entrant."""
        self.model.retired += 1
        self.remove()
        Worker(self.model)

    def study(self):
        """A month of training; the exam after the last."""
        self.training -= 1
        level = self.level
        if self.training == 0 and self.random.random() < PASS[level]:
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
        if self.random.random() < 1 / (1 + math.exp(-z)):
            self.training = MONTHS[level]

    def take_post(self):
        """A post at an enterprise drawn by its weight."""
        draw = self.random.random
        self.employed = True
        shares = self.model.cumulative
        self.enterprise = min(bisect_left(shares, draw()), len(shares) - 1)
        self.wage = int(BASE[self.level] * (0.9 + 0.2 * draw()))


class Ladder(mesa.Model):
    """All workers, the hazards of the month and its counts."""

    def __init__(self, case):
        super().__init__(seed=case.luck)
        firms = enterprises(case.agents, case.months)
        people = population(case.agents, firms.cumulative)
        self.cumulative = firms.cumulative.tolist()
        self.hazards = iter(firms.hazard.tolist())
        columns = (people[name].tolist() for name in COLUMNS)
        Worker.create_agents(self, case.agents, *columns)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "levels": lambda model: Counter(model.agents.get("level")),
                "employed": lambda model: sum(model.agents.get("employed")),
                "certificates": lambda model: list(model.certificates),
                "leavers": "leavers",
                "retired": "retired",
                "outlay": "outlay",
            }
        )

    def step(self):
        """Live a month."""
        self.hazard = next(self.hazards)
        self.certificates = [0] * (LEVELS - 1)
        self.leavers = self.retired = self.outlay = 0
        self.agents.do("step")
        self.datacollector.collect(self)

    def table(self):
        """Measures by month."""
        rows = self.datacollector.get_model_vars_dataframe().itertuples(index=False)
        return [
            [row.levels[k] for k in range(LEVELS)]
            + [row.employed, *row.certificates, row.leavers, row.retired, row.outlay]
            for row in rows
        ]


def start(case: Case) -> Callable[[], np.ndarray]:
    """A model of the case."""
    model = Ladder(case)

    def live() -> np.ndarray:
        for _ in range(case.months):
            model.step()
        return np.array(model.table())

    return live


if __name__ == "__main__":
    report("mesa", start)
