"""The list of decisions: facts come from where their names say, rules get their own parameters."""

import ast
import inspect
from typing import NamedTuple, get_type_hints

import pytest

from model.agents import Enterprise, TrainingInstitution, Worker
from model.deciding import BEHAVIOUR, DECISIONS, INSTRUMENT_RULES, INSTRUMENTS
from model.decisions import Decision
from model.instruments.registry import instruments
from model.parameters.reader import all_topics

AGENTS = {"worker": Worker, "enterprise": Enterprise, "institution": TrainingInstitution}
NAMES = [d.name for d in DECISIONS]


class Facts(NamedTuple):
    """Facts of a made-up decision."""

    month: int
    level: int
    employer_scale: float
    u_quit: float
    fee: int


class Answer(NamedTuple):
    """Its answer."""

    event: int
    target: int
    margin: float


MADE_UP = Decision(
    "made_up", "worker", lambda _f, _p: Answer(0, 0, 0.0), Facts, Answer, "leaving",
    given=frozenset({"fee"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "source"),
    [
        ("month", ("month", "month")),
        ("level", ("own", "level")),
        ("employer_scale", ("employer", "scale")),
        ("u_quit", ("draw", "made_up.quit")),
        ("fee", ("given", "fee")),
    ],
)
def test_a_fact_s_name_says_where_it_comes_from(fact: str, source: tuple[str, str]) -> None:
    assert MADE_UP.source(fact) == source


def test_only_workers_have_an_employer() -> None:
    of_enterprise = Decision("x", "enterprise", lambda _f, _p: 0, Facts, int, "plans")
    assert of_enterprise.source("employer_scale") == ("own", "employer_scale")


def test_facts_and_answers_keep_their_order_and_kind() -> None:
    assert MADE_UP.fields() == (
        ("month", False), ("level", False), ("employer_scale", True), ("u_quit", True),
        ("fee", False),
    )  # fmt: skip
    assert MADE_UP.answers() == (("event", False), ("target", False), ("margin", True))
    assert Decision("x", "worker", lambda _f, _p: 0, Facts, int, "pay").answers() == (
        ("event", False),
    )


def test_every_decision_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) == {d.name for d in BEHAVIOUR} | set(INSTRUMENTS)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.name)
def test_facts_and_answers_are_plain_numbers(decision: Decision) -> None:
    assert set(decision.facts.__annotations__.values()) <= {int, float}
    assert decision.answers()[0] == ("event", False)
    draws = [name for name, is_float in decision.fields() if name.startswith("u_") and not is_float]
    assert draws == []
    assert decision.given <= set(decision.facts.__annotations__)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.name)
def test_a_rule_receives_the_parameters_that_it_names(decision: Decision) -> None:
    hints = get_type_hints(decision.rule)
    names = list(inspect.signature(decision.rule).parameters)
    assert len(names) == 2
    assert hints[names[1]] is all_topics()[decision.topic].params
    assert hints[names[0]] is decision.facts
    assert hints["return"] is decision.answer


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.name)
def test_a_rule_reads_every_fact_it_asks_for(decision: Decision) -> None:
    """A fact that no rule reads costs a column access for each agent and month."""
    if decision.name in INSTRUMENTS:
        return  # facts of a channel are shared by its instruments
    module = inspect.getmodule(decision.rule)
    assert module is not None
    read = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute)
    }
    assert set(decision.facts._fields) - read == set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("decision", BEHAVIOUR, ids=lambda d: d.name)
def test_an_agent_has_a_method_for_each_of_its_decisions(decision: Decision) -> None:
    assert callable(vars(AGENTS[decision.agent])[decision.name])


def test_agents_have_no_other_methods_than_decisions() -> None:
    for kind, agent in AGENTS.items():
        methods = {name for name in vars(agent) if not name.startswith("_")} - {"kind"}
        assert methods == {d.name for d in BEHAVIOUR if d.agent == kind}


def test_an_instrument_brings_its_rules_by_itself() -> None:
    for name, instrument in instruments().items():
        assert INSTRUMENT_RULES[f"{name}_eligibility"] is instrument.eligibility
        assert INSTRUMENT_RULES[f"{name}_amount"] is instrument.amount
        assert (f"{name}_ceiling" in INSTRUMENT_RULES) == (instrument.ceiling is not None)
        assert INSTRUMENTS[f"{name}_amount"].topic == name
