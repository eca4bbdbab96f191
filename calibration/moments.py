"""The mirror: simulated values beside published figures, and what explains the difference.

Nothing is fitted. Two provinces are lived under the law without the document: one built for the
end of 2013 and lived to 2017, one built for the end of 2016. A figure that the population was
made to meet, or in whose view a parameter was set, proves nothing: each row says so.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import joblib
import numpy as np
import pandas as pd

from calibration.asking import Ask, modelled_shares
from calibration.measuring import MEASURES
from calibration.observing import Lived, live_bases
from calibration.published import NotPublishedError, statistics, total
from calibration.table import table_text
from calibration.targets import Target, targets
from model.parameters.reader import all_topics
from scenarios.processes import delayed
from scenarios.runner import DEFAULT_SCALE, Request, as_scale
from scenarios.scenario import WITHOUT_POLICY, load

BASES = (("2013-12", "2017-12"), ("2016-12", "2018-12"))  # population, last month lived
FACTOR = 1.25
Progress = Callable[[int, int, str], None]


class Moment(NamedTuple):
    """One published figure beside the model's value.

    Attributes:
        target: what is compared.
        region: a prefecture, or ``province``.
        simulated: mean over seeds.
        spread: standard deviation over seeds; nan for one seed.
        published: the figure.
        ids: statistics in it.
        grade: ``data``, or ``assumed`` where a part of the figure was only remembered.
        judged: whether the figure counts: same scope and no known error.
    """

    target: Target
    region: str
    simulated: float
    spread: float
    published: float
    ids: tuple[str, ...]
    grade: str
    judged: bool

    @property
    def ratio(self) -> float:
        """Simulated over published."""
        return self.simulated / self.published if self.published else float("nan")

    def within(self, factor: float) -> bool:
        """Whether the ratio lies between 1/factor and factor."""
        return bool(1.0 / factor <= self.ratio <= factor)


def given_values() -> dict[str, float]:
    """Values that formulas may name besides statistics."""
    share = all_topics()["targets"].parameters["industrial_share"].values[-1][1]
    return {**modelled_shares(), "industrial_share": float(share)}


def moments(lives: Sequence[Mapping[str, Lived]]) -> list[Moment]:
    """Every target that has a published figure, over the lives of several seeds.

    Args:
        lives: for each seed, one life by base month.
    """
    given = given_values()
    found = []
    for target in targets().targets:
        for region in target.regions():
            try:
                figure = total(target.published, region, given)
            except NotPublishedError:
                continue
            ask = Ask(region, target.years, target.of)
            values = np.array([MEASURES[target.measure](life[target.base], ask) for life in lives])
            values = values[np.isfinite(values)]  # a small sample may hold nobody to count
            if len(values) == 0:
                continue
            assumed = any(statistics()[i].grade == "assumed" for i in figure.ids)
            found.append(
                Moment(
                    target,
                    region,
                    float(np.mean(values)),
                    float(np.std(values, ddof=1)) if len(values) > 1 else float("nan"),
                    figure.value,
                    figure.ids,
                    "assumed" if assumed else "data",
                    target.scope == "same" and region not in target.anomalies,
                )
            )
    return found


@dataclass(frozen=True)
class Mirror:
    """The comparison at one scale with some seeds."""

    moments: tuple[Moment, ...]
    scale: Fraction
    seeds: tuple[int, ...]
    digest: str

    def frame(self) -> pd.DataFrame:
        """One row a figure."""
        return frame(self.moments)

    def text(self, lang: str = "zh") -> str:
        """The comparison as a page of Markdown."""
        return table_text(self.moments, lang, FACTOR, self.scale, self.seeds, self.digest)


def table(found: Sequence[Moment], lang: str) -> str:
    """The comparison as Markdown tables."""
    return table_text(found, lang, FACTOR)


def frame(found: Sequence[Moment]) -> pd.DataFrame:
    """One row a figure, codes as names."""
    return pd.DataFrame(
        [
            {
                "name": m.target.name,
                "region": m.region,
                "group": m.target.group,
                "period": m.target.period,
                "unit": m.target.unit,
                "simulated": m.simulated,
                "spread": m.spread,
                "published": m.published,
                "ratio": m.ratio,
                "use": m.target.use,
                "whose": m.target.whose,
                "scope": m.target.scope,
                "window": m.target.window,
                "judged": int(m.judged),
                "grade": m.grade,
                "base": m.target.base,
                "ids": " ".join(m.ids),
                "published_as": m.target.published,
            }
            for m in found
        ]
    )


def _lives(request: Request, seed: int) -> dict[str, Lived]:
    return live_bases(BASES, load(WITHOUT_POLICY), request, seed)


def compute(
    scale: float | Fraction | str = DEFAULT_SCALE,
    seeds: int = 8,
    seed: int = 1,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Mirror:
    """Live the two provinces with several seeds and compare.

    Raises:
        RequestError: a scale, number of seeds or seed that cannot be run.
    """
    request = Request(as_scale(scale), seeds, seed, jobs=jobs)
    request.check()
    chosen = range(seed, seed + seeds)
    workers = min(jobs or joblib.cpu_count(), seeds)
    if progress:
        progress(0, seeds, WITHOUT_POLICY)
    calls = (delayed(_lives)(request, one) for one in chosen)
    lives = []
    for life in joblib.Parallel(n_jobs=workers, return_as="generator")(calls):
        lives.append(life)
        if progress:
            progress(len(lives), seeds, WITHOUT_POLICY)
    digest = load(WITHOUT_POLICY).digest
    return Mirror(tuple(moments(lives)), request.scale, tuple(chosen), digest)


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m calibration.moments``: print the comparison, or write the pages of ``docs``."""
    parser = argparse.ArgumentParser(prog="python -m calibration.moments", description=__doc__)
    parser.add_argument("--scale", default=str(DEFAULT_SCALE), help="1/n")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--docs", type=Path, help="folder that moments.md and .csv go to")
    asked = parser.parse_args(arguments)

    def progress(done: int, of: int, label: str) -> None:
        print(f"{label}: {done}/{of}", file=sys.stderr)

    found = compute(asked.scale, asked.seeds, asked.seed, asked.jobs, progress)
    if asked.docs is None:
        print(found.text(asked.lang))
        return 0
    pages = "\n\n".join(found.text(lang) for lang in ("zh", "en"))
    (asked.docs / "moments.md").write_text(pages + "\n", encoding="utf-8")
    found.frame().to_csv(asked.docs / "moments.csv", index=False, lineterminator="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
