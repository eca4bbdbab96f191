"""How far each instrument is known: one cumulative hazard for workers and two for enterprises."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.draws import moment, uniforms_at
from model.instruments.registry import instruments
from model.rules.claiming import next_hazard, share_aware, told_to_workers


class Awareness:
    """Cumulative hazards by instrument. Instruments older than the run start half known."""

    def __init__(self, law: Mapping[str, Any]) -> None:
        p = law["claiming"]
        self.hazard = {name: [0.0, 0.0, 0.0] for name in instruments()}
        for _ in range(int(p.initial_years * 12)):
            self.spread(law)

    def spread(self, law: Mapping[str, Any]) -> None:
        """One month of diffusion for every instrument in force."""
        p = law["claiming"]
        multiples = (1.0, p.aware_enterprise, p.aware_enterprise * p.aware_small)
        told = (told_to_workers(p), p.publicity, p.publicity)
        for name, hazards in self.hazard.items():
            if law[name].in_force:
                for k, multiple in enumerate(multiples):
                    hazards[k] = next_hazard(hazards[k], multiple, told[k], p)

    def share(self, name: str) -> float:
        """Share of workers who know of an instrument."""
        return share_aware(self.hazard[name][0])

    def workers(self, name: str, keys: NDArray[np.uint64], seed: int) -> NDArray[np.bool_]:
        """Which of the workers with these keys know of an instrument."""
        known: NDArray[np.bool_] = uniforms_at(keys, moment(seed, f"aware.{name}")) < self.share(
            name
        )
        return known

    def enterprises(
        self, name: str, columns: Mapping[str, NDArray[Any]], seed: int
    ) -> NDArray[np.bool_]:
        """Which enterprises know of an instrument; the smallest know least."""
        large, small = share_aware(self.hazard[name][1]), share_aware(self.hazard[name][2])
        share = np.where(columns["size_class"] == 0, small, large)
        known: NDArray[np.bool_] = (
            uniforms_at(columns["key"], moment(seed, f"aware.{name}")) < share
        )
        return known
