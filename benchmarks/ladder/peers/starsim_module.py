"""Starsim: a module with states on the people; its own distributions, keyed by person."""

from collections.abc import Callable

import numpy as np
import starsim as ss

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
    pick,
    population,
)

PER_YUAN, FIXED, PASSES, PREMIA, LEAVES, BASES, NEEDS, LENGTHS, SUBSIDIES = map(
    np.array, (GAIN_PER_YUAN, GAIN, PASS, PREMIUM, LEAVE, BASE, NEED, MONTHS, SUBSIDY)
)


class Ladder(ss.Module):
    """The ladder of all people; age is a state of its own, as Starsim's counts in years."""

    def __init__(self, case, **given):
        super().__init__(**given)
        self.case = case
        self.define_states(
            ss.IntArr("months_old"),
            ss.IntArr("level"),
            ss.IntArr("experience"),
            ss.IntArr("wage"),
            ss.IntArr("enterprise"),
            ss.BoolState("employed"),
            ss.IntArr("insured"),
            ss.IntArr("training"),
        )
        self.u_train, self.u_exam, self.u_leave = ss.random(), ss.random(), ss.random()
        self.find, self.u_choose, self.u_wage = ss.bernoulli(p=FIND), ss.random(), ss.random()
        self.table = []

    def init_post(self):
        """Fill the states."""
        super().init_post()
        self.firms = enterprises(self.case.agents, self.case.months)
        people = population(self.case.agents, self.firms.cumulative)
        people["employed"] = people["employed"].astype(bool)
        people["months_old"] = people.pop("age")
        for name, column in people.items():
            getattr(self, name)[:] = column

    def step(self):
        """Live a month."""
        if len(self.table) == self.case.months:
            return
        hazard = self.firms.hazard[len(self.table)]
        self.months_old += 1
        retiring = (self.months_old >= RETIRE).uids
        working = (self.employed & (self.months_old < RETIRE)).uids
        looking = (~self.employed & (self.months_old < RETIRE)).uids
        self.retire(retiring)
        self.experience[working] += 1
        self.insured[working] += 1
        studying = working[self.training[working] > 0]
        self.consider_training(working[self.training[working] == 0])
        certificates, outlay = self.study(studying)
        risk = hazard[self.enterprise[working]] * LEAVES[self.level[working]]
        leavers = working[self.u_leave.rvs(working) < risk]
        self.employed[leavers] = False
        self.training[leavers] = 0
        hired = self.find.filter(looking)
        self.employed[hired] = True
        self.enterprise[hired] = pick(self.firms.cumulative, self.u_choose.rvs(hired))
        pay = BASES[self.level[hired]] * (0.9 + 0.2 * self.u_wage.rvs(hired))
        self.wage[hired] = pay.astype(int)
        levels = np.bincount(self.level.values, minlength=LEVELS)
        counts = [len(leavers), len(retiring), outlay]
        self.table.append([*levels, self.employed.sum(), *certificates, *counts])

    def retire(self, who):
        """Make room for entrants."""
        entrant = {"months_old": ENTRY, "wage": BASE[0], "employed": False}
        entrant |= dict.fromkeys(("level", "experience", "insured", "training"), 0)
        for name, value in entrant.items():
            getattr(self, name)[who] = value

    def consider_training(self, who):
        """Start training where it pays well enough."""
        ready = who[self.experience[who] >= NEEDS[self.level[who]]]
        level = self.level[ready]
        horizon = np.minimum(HORIZON, RETIRE - self.months_old[ready])
        z = Z0 + (PER_YUAN[level] * self.wage[ready] * horizon + FIXED[level]) / ZS
        begin = ready[self.u_train.rvs(ready) < 1 / (1 + np.exp(-z))]
        self.training[begin] = LENGTHS[self.level[begin]]

    def study(self, who):
        """A month of training; certificates by level, and yuan paid."""
        self.training[who] -= 1
        sitting = who[self.training[who] == 0]
        passed = sitting[self.u_exam.rvs(sitting) < PASSES[self.level[sitting]]]
        level = self.level[passed]
        outlay = SUBSIDIES[level[self.insured[passed] >= INSURED]].sum()
        self.wage[passed] = (self.wage[passed] * (1 + PREMIA[level])).astype(int)
        self.level[passed] += 1
        self.experience[passed] = 0
        return np.bincount(level, minlength=LEVELS - 1), outlay


def start(case: Case) -> Callable[[], np.ndarray]:
    """A simulation of the case."""
    ladder = Ladder(case, name="ladder")
    simulation = ss.Sim(
        n_agents=case.agents,
        modules=ladder,
        start=ss.date("2025-01-01"),
        dt=ss.month,
        dur=ss.months(case.months - 1),
        rand_seed=case.luck,
        verbose=0,
        copy_inputs=False,
    )
    simulation.init()

    def live() -> np.ndarray:
        simulation.run()
        return np.array(ladder.table)

    return live


if __name__ == "__main__":
    report("starsim", start)
