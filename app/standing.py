"""Where a clause is built, and how shipped scenarios read it otherwise than the policy does."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.clauses import Clause
from model.deciding import DECISIONS
from model.instruments.registry import instruments
from model.parameters.reader import Step, all_topics
from scenarios.policy import dated
from scenarios.scenario import BASE, Scenario, load

ROOT = Path(__file__).resolve().parents[1]
OTHERS = ("text_literal", "no_policy")  # the text at its word; the law without the document


class Difference(NamedTuple):
    """A parameter of a clause that a shipped scenario sets otherwise, with its reason."""

    scenario: Scenario
    address: str
    steps: tuple[Step, ...]
    because: Mapping[str, str] | None

    def as_mapping(self) -> dict[str, object]:
        """As JSON shows it."""
        return {
            "scenario": self.scenario.name,
            "parameter": self.address,
            "values": [{"from": month, "value": value} for month, value in dated(self.steps)],
            "because": None if self.because is None else dict(self.because),
        }


def differences(one: Clause) -> list[Difference]:
    """What the shipped scenarios set otherwise than the policy among a clause's parameters."""
    usual = load(BASE).policy().steps
    found = []
    for name in OTHERS:
        scenario = load(name)
        steps = scenario.policy().steps
        reasons = {reason.parameter: reason.because for reason in scenario.reasons}
        found += [
            Difference(scenario, address, steps[address], reasons.get(address))
            for address in one.parameters
            if steps[address] != usual[address]
        ]
    return found


def files(one: Clause) -> list[str]:
    """Files in which a clause is built: instruments, parameters and the rules that read them."""
    topics = dict.fromkeys(address.partition(".")[0] for address in one.parameters)
    paths = [all_topics()[name].path for name in topics]
    paths += [instruments()[name].file.with_suffix(".py") for name in one.instruments]
    rules = {d.rule.__module__ for d in DECISIONS if d.topic in topics}
    paths += [Path(str(sys.modules[module].__file__)) for module in rules]
    return sorted({path.resolve().relative_to(ROOT).as_posix() for path in paths})


__all__ = ["Difference", "differences", "files"]
