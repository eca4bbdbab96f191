"""mesa-frames: an ``AgentSetPolars`` whose month rewrites its columns with Polars expressions."""

from collections.abc import Callable

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

from benchmarks.ladder.harness import report
from benchmarks.ladder.peers.polars_frame import month, people_of
from benchmarks.ladder.spec import Case, enterprises


class Workers(AgentSetPolars):
    """The workers of the ladder."""

    def __init__(self, model: ModelDF, people: pl.DataFrame) -> None:
        super().__init__(model)
        self += people.with_row_index("unique_id").cast({"unique_id": pl.Int64})

    def step(self) -> None:
        """Live a month."""
        model = self.model
        hazard = model.firms.hazard[len(model.table)]
        rows, measures = month(self.agents, hazard, model.firms.cumulative, model.random)
        self.agents = rows.with_columns(self.agents["unique_id"])
        model.table.append(measures)


class Ladder(ModelDF):
    """The workers, their enterprises and the measures by month."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.luck)
        self.firms = enterprises(case.agents, case.months)
        self.table: list[list[int]] = []
        self.agents += Workers(self, people_of(case, self.firms.cumulative))


def start(case: Case) -> Callable[[], np.ndarray]:
    """A model of the case."""
    model = Ladder(case)

    def live() -> np.ndarray:
        for _ in range(case.months):
            model.step()
        return np.array(model.table)

    return live


if __name__ == "__main__":
    report("mesa-frames", start)
