"""What each open reading of the text changes: every other option of every setting, against policy.

``python -m calibration.readings --docs docs`` lives the policy once and once more for each option
that is not the default, with the same luck, and writes ``readings.csv`` and ``readings.md``. A
reading that pays nothing more to nobody shows zeros; nothing is left out.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from ruamel.yaml import YAML

from calibration.table import aligned
from model.parameters.reader import all_topics
from model.words import LANGUAGES, text
from scenarios.effects import MEASURES as METRICS
from scenarios.effects import MINUS, Effect, effect
from scenarios.runner import Request, as_scale, run_scenarios
from scenarios.scenario import BASE, Scenario

MEASURES = ("public_outlay", "certificates", "technicians", "person_times")
AT_ONCE = 6  # scenarios kept in memory beside the policy
YUAN = "yuan"


NUMBERS = Path(__file__).with_suffix(".yaml")
SINCE = "2017-12"


class Reading(NamedTuple):
    """One option of a setting that is not the default, or another number with its reason."""

    address: str
    option: str
    default: str
    because: str = ""

    @property
    def value(self) -> object:
        """The option as a scenario file states it."""
        return self.option if self.option in ("on", "off") else float(self.option)

    @property
    def name(self) -> str:
        """A name for the scenario."""
        return f"{self.address}_{self.option}".replace(".", "_")

    def scenario(self) -> Scenario:
        """The policy with this option, or with this number from the first month of the text."""
        if self.because:
            change = {"parameter": self.address, "from": SINCE, "because": self.because}
            changes = [{**change, "value": self.value}]
            stated: dict[str, object] = {"change": changes}
        else:
            stated = {"settings": {self.address: self.option}}
        return Scenario.from_mapping(
            {"title": self.name, "extends": BASE, **stated}, name=self.name
        )


def open_readings() -> Iterator[Reading]:
    """Every option of every setting except those that the policy takes, then other numbers."""
    for name, topic in all_topics().items():
        for field, one in topic.parameters.items():
            taken = {str(raw) for _, raw in one.steps}
            default = str(one.steps[-1][1])
            for option in one.options:
                if option not in taken:
                    yield Reading(f"{name}.{field}", option, default)
    for given in YAML(typ="safe").load(NUMBERS.read_text(encoding="utf-8")):
        topic, _, field = given["parameter"].partition(".")
        default = str(all_topics()[topic].parameters[field].steps[-1][1])
        yield Reading(given["parameter"], str(given["value"]), default, given["because"])


def read(
    readings: Sequence[Reading], request: Request, progress: bool = False
) -> dict[Reading, Mapping[str, Effect]]:
    """Paired effects of every reading against the policy, by measure."""
    found: dict[Reading, Mapping[str, Effect]] = {}
    for first in range(0, len(readings), AT_ONCE):
        some = readings[first : first + AT_ONCE]
        runs = run_scenarios([BASE, *(one.scenario() for one in some)], request)
        for one, lived in zip(some, list(runs.values())[1:], strict=True):
            own = one.address.partition(".")[0]
            wanted = dict.fromkeys((*MEASURES, *((own,) if own in METRICS else ())))
            found[one] = {metric: effect(lived, runs[BASE], metric) for metric in wanted}
            if progress:
                print(f"{len(found)}/{len(readings)} {one.name}", flush=True)
    return found


def frame(found: Mapping[Reading, Mapping[str, Effect]]) -> pd.DataFrame:
    """The file ``readings.csv``: one row a reading and measure."""
    return pd.DataFrame(
        [
            {
                "setting": one.address,
                "option": one.option,
                "default": one.default,
                "metric": metric,
                "unit": e.unit,
                "mean": e.mean,
                "standard_error": e.error,
                "p5": e.low,
                "p95": e.high,
                "seeds": e.seeds,
                "verdict": e.verdict,
            }
            for one, effects in found.items()
            for metric, e in effects.items()
        ]
    )


def page(found: Mapping[Reading, Mapping[str, Effect]], command: str) -> str:
    """The file ``readings.md``, Chinese and English beside each other."""
    lines = [f"# {text('readings.title', lang)}" for lang in LANGUAGES[:1]]
    lines[0] += f" / {text('readings.title', LANGUAGES[1])}"
    lines += ["", *(line for lang in LANGUAGES for line in (text("readings.lead", lang), ""))]
    head = ["setting", "option", "default", "own", *MEASURES]
    both = [" / ".join(text(f"readings.column_{c}", lang) for lang in LANGUAGES) for c in head]
    rows = [both, *(_row(one, effects) for one, effects in found.items())]
    lines += aligned(rows, head, frozenset(head[3:]))
    return "\n".join([*lines, "", f"`{command}`", ""])


def _row(one: Reading, effects: Mapping[str, Effect]) -> list[str]:
    own = one.address.partition(".")[0]
    cells = [f"`{one.address}`", f"`{one.option}`", f"`{one.default}`"]
    cells.append(_shown(effects[own]) if own in effects else "-")
    return [*cells, *(_shown(effects[metric]) for metric in MEASURES)]


def _shown(e: Effect) -> str:
    """Mean and standard error, yuan in ten thousands; in brackets where chance may explain it."""
    unit = 10_000 if e.unit == YUAN else 1
    if e.verdict == "none":
        return "0"
    mean = f"{e.mean / unit:+,.1f}".replace("-", MINUS)
    said = f"{mean} ± {e.error / unit:,.1f}"
    return said if e.verdict in ("up", "down") else f"({said})"


def main(args: Sequence[str] | None = None) -> None:
    """Live every reading and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="1/50")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--docs", type=Path, required=True)
    given = parser.parse_args(args)
    request = Request(as_scale(given.scale), given.seeds)
    found = read(list(open_readings()), request, progress=True)
    command = f"python -m calibration.readings --scale {given.scale} --seeds {given.seeds}"
    frame(found).to_csv(given.docs / "readings.csv", index=False, float_format="%.6g")
    (given.docs / "readings.md").write_text(page(found, command), encoding="utf-8")


if __name__ == "__main__":
    main()
