"""Which scenarios a run needs: the one asked for, what it is held against, C12 read otherwise.

Clause 12 can be taken two ways (whose pay must fall, and whether its ceiling is shared with the
stay-job subsidy); its results are shown under both, side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.months import parse_month
from model.parameters.reader import value_at
from model.words import text
from scenarios.runner import START
from scenarios.scenario import BASE, Scenario, load

LITERAL = "text_literal"
INSTRUMENT = "wage_drop_subsidy"
TRIGGER, POT = f"{INSTRUMENT}.trigger", f"{INSTRUMENT}.pot"
OF_C12 = (TRIGGER, POT)  # what the two readings of C12 differ in; the rest stays as it is


@dataclass(frozen=True)
class Arms:
    """A scenario, its twin and the other reading of C12; None where not run."""

    scenario: Scenario
    against: Scenario | None
    reading: Scenario | None

    @property
    def all(self) -> tuple[Scenario, ...]:
        """Every scenario to run, the one asked for first."""
        return tuple(s for s in (self.scenario, self.against, self.reading) if s is not None)


def arms(scenario: Scenario, until: str, *, alone: bool = False) -> Arms:
    """What to run for a scenario; two that would be equal are run once."""
    if alone:
        return Arms(scenario, None, None)
    twin = scenario.twin()
    if twin.digest == scenario.digest:
        return Arms(scenario, None, None)
    other = other_reading(scenario) if applies(scenario, until) else None
    taken = {scenario.name}
    twin = _apart(twin, taken)
    taken.add(twin.name)
    return Arms(scenario, twin, _apart(other, taken) if other else None)


def applies(scenario: Scenario, until: str) -> bool:
    """Whether C12 is in force in any month of the run."""
    policy = scenario.policy()
    months = range(START, parse_month(until) + 1)
    return any(policy.at(month)[INSTRUMENT].in_force for month in months)


def other_reading(scenario: Scenario) -> Scenario:
    """The same scenario with C12 at its word, or as usual where it is at its word already."""
    literal = load(LITERAL, topics=scenario.topics)
    usual = load(BASE, topics=scenario.topics)
    stated = {a: steps for a, steps in literal.differences.items() if a in OF_C12}
    at_word = all(scenario.differences.get(a) == steps for a, steps in stated.items())
    if at_word:
        rest = {a: s for a, s in scenario.differences.items() if a not in stated}
        rest.update({a: s for a, s in usual.differences.items() if a in stated})
        key, suffix, differences = "reading.usual", "c12_usual", rest
    else:
        key, suffix, differences = (
            "reading.literal",
            "c12_literal",
            {**scenario.differences, **stated},
        )
    return replace(
        scenario,
        name=f"{scenario.name}_{suffix}",
        title={lang: text(key, lang, title=said) for lang, said in scenario.title.items()},
        differences=differences,
    )


def reading_of(scenario: Scenario, until: str) -> tuple[str, str]:
    """Trigger and pot of C12 as the scenario sets them in the last month."""
    last = parse_month(until)
    steps = scenario.policy().steps
    return str(value_at(steps[TRIGGER], last)), str(value_at(steps[POT], last))


def _apart(scenario: Scenario, taken: Sequence[str] | set[str]) -> Scenario:
    """The scenario under a name that no other has."""
    name = scenario.name
    while name in taken:
        name = f"{name}_twin"
    return scenario if name == scenario.name else replace(scenario, name=name)
