"""ambr: its vectorised lane, columns out as arrays and back; the month itself is that of numpy."""

from collections.abc import Callable

import ambr as am
import numpy as np

from benchmarks.ladder.harness import report
from benchmarks.ladder.peers.numpy_arrays import TYPES, month
from benchmarks.ladder.spec import COLUMNS, Case, enterprises, population


class Ladder(am.Model):
    """The workers as a population of columns."""

    def setup(self):
        """Build the workers."""
        self.firms = self.p["firms"]
        self.add_agents(self.p["case"].agents, **self.p["people"])
        self.table = []

    def step_vectorized(self):
        """Live a month."""
        if len(self.table) == self.p["case"].months:
            return
        held = zip(COLUMNS, self.agents.numpy(*COLUMNS), strict=True)
        workers = {name: np.array(column, TYPES[name]) for name, column in held}
        hazard = self.firms.hazard[len(self.table)]
        self.table.append(month(workers, hazard, self.firms.cumulative, self.rng))
        self.agents.set(**workers)


def start(case: Case) -> Callable[[], np.ndarray]:
    """A model of the case; ambr takes the columns in inside its run, so that is timed too."""
    firms = enterprises(case.agents, case.months)
    people = population(case.agents, firms.cumulative)
    given = {"steps": case.months, "seed": case.luck, "show_progress": False}
    given |= {"case": case, "firms": firms}
    given["people"] = {name: people[name].astype(TYPES[name]) for name in COLUMNS}
    model = Ladder(given)

    def live() -> np.ndarray:
        model.cpu(mode="vectorized").run()
        return np.array(model.table)

    return live


if __name__ == "__main__":
    report("ambr", start)
