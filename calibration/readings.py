"""What each open reading of the text changes: every other option of every setting, against policy.

``python -m calibration.readings --docs docs`` lives the policy once and once more for each option
that is not the default, with the same luck, and writes ``readings.csv`` and ``readings.md`` when
all are done. Until then what is done is kept beside them (``readings.partial.jsonl``), and a pass
that was stopped goes on from there. A reading that pays nothing more to nobody shows zeros;
nothing is left out.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from ruamel.yaml import YAML

from calibration.kept import PARTIAL, Clock, Kept, put
from calibration.table import aligned
from model.months import parse_month
from model.parameters.reader import all_topics
from model.results import Run
from model.words import LANGUAGES, text
from scenarios.effects import MEASURES as METRICS
from scenarios.effects import MINUS, Effect, effect
from scenarios.runner import Given, Request, as_scale, fork_months, run_scenarios
from scenarios.scenario import BASE, Scenario, load

MEASURES = ("public_outlay", "certificates", "technicians", "person_times")
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
    readings: Sequence[Reading], request: Request, kept: "Kept | None" = None
) -> dict[Reading, Mapping[str, Effect]]:
    """Paired effects of every reading against the policy, by measure.

    What is ``kept`` from an earlier pass is taken from there, what is new is kept at once. Readings
    that leave the policy later than its first month are lived together with it, the others one by
    one.
    """
    kept = kept or Kept(None, request)
    left = [one for one in readings if kept.of(one) is None]
    clock = Clock(len(readings), len(left), request.seeds)
    runs: dict[str, list[Run]] = {}
    for some in _together(left, request):
        stated: list[Given] = [one.scenario() for one in some]
        if not runs:
            stated.insert(0, BASE)
        lived = run_scenarios(stated, request, clock.batch(len(stated)))
        runs = {BASE: lived.pop(BASE)} if BASE in lived else runs
        for one, of_one in zip(some, lived.values(), strict=True):
            own = one.address.partition(".")[0]
            wanted = dict.fromkeys((*MEASURES, *((own,) if own in METRICS else ())))
            kept.add(one, {metric: effect(of_one, runs[BASE], metric) for metric in wanted})
        clock.ended(len(some), some[-1].name if some else BASE)
    return {one: kept.effects(one) for one in readings}


def _together(left: Sequence[Reading], request: Request) -> Iterator[Sequence[Reading]]:
    """Readings that share months with the policy, then each of the others."""
    if not left:
        return
    last = parse_month(request.until)
    forks = fork_months([load(BASE), *(one.scenario() for one in left)], request, last)[1:]
    yield [one for one, month in zip(left, forks, strict=True) if month is not None]
    yield from ([one] for one, month in zip(left, forks, strict=True) if month is None)


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
    if e.smallest == e.largest == 0:
        return "0"
    mean = f"{e.mean / unit:+,.1f}".replace("-", MINUS)
    said = f"{mean} ± {e.error / unit:,.1f}"
    return said if e.verdict in ("up", "down") else f"({said})"


def main(args: Sequence[str] | None = None) -> None:
    """Live every reading that is not kept yet and write both files once all are there."""
    parser = argparse.ArgumentParser(prog="python -m calibration.readings", description=__doc__)
    parser.add_argument("--scale", default="1/50", help="1/n")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--until", default=Request().until, help="YYYY-MM")
    parser.add_argument("--jobs", type=int, default=None, help="processes; all cores if left out")
    parser.add_argument("--docs", type=Path, required=True, help="folder of both files")
    given = parser.parse_args(args)
    request = Request(as_scale(given.scale), given.seeds, until=given.until, jobs=given.jobs)
    request.check()
    kept = Kept(given.docs / PARTIAL, request)
    found = read(list(open_readings()), request, kept)
    command = (
        f"python -m calibration.readings --scale {given.scale} --seeds {given.seeds} "
        f"--until {given.until} --docs docs"
    )
    rows = frame(found).to_csv(index=False, float_format="%.6g", lineterminator="\n")
    put(given.docs / "readings.csv", rows)
    put(given.docs / "readings.md", page(found, command))
    kept.forget()


if __name__ == "__main__":
    main()
