"""The reference engine: agents of Mesa, one at a time, in plain Python.

It needs no compiler, can be stepped and inspected, and takes subclasses of ``Worker``,
``Enterprise`` and ``TrainingInstitution``. The compiled engine must give the same bits.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.agents import Enterprise, Resident, TrainingInstitution, Worker
from model.decisions import Decision
from model.draws import moment, uniform
from model.engines.protocol import Answers, Given, State, columns_of, of_statuses
from model.engines.tallies import PlainTallies, Tallies


class ReferenceEngine:
    """Asks Mesa agents through their methods.

    Args:
        rules: rules to put in place of the model's, by decision name.
        agents: subclasses by kind of agent, as ``{"worker": MyWorker}``.
    """

    name = "mesa"

    def __init__(
        self,
        rules: Mapping[str, Callable[..., Any]] | None = None,
        agents: Mapping[str, type[Resident]] | None = None,
    ) -> None:
        self._rules = dict(rules or {})
        self.tallies: Tallies = PlainTallies()
        self.classes: dict[str, type[Resident]] = {
            "worker": Worker,
            "enterprise": Enterprise,
            "institution": TrainingInstitution,
            **(agents or {}),
        }

    def ask(self, decision: Decision, state: State, parameters: Any, given: Given) -> Answers:
        """Ask every agent concerned; return those who answer with an event."""
        conditions = [
            (columns_of(state, decision.agent)[column], code) for column, code in decision.among
        ]
        concerned = state.residents(decision.agent).select(  # type: ignore[attr-defined]
            lambda agent: all(column[agent.row] == code for column, code in conditions)
        )
        facts_of = _facts(decision, state)
        answers = []
        for agent in concerned:
            answer = self._answer(decision, agent, facts_of(agent.row, given), parameters)
            if (answer if decision.answer is int else answer.event) != 0:
                answers.append((agent.row, answer))
        answers.sort(key=lambda pair: pair[0])
        return _collect(decision, [row for row, _ in answers], [a for _, a in answers])

    def may_concern(self, decision: Decision, state: State, parameters: Any) -> NDArray[np.int64]:
        """Rows of every status that the decision may concern."""
        return of_statuses(decision, state, parameters)

    def ask_rows(
        self,
        decision: Decision,
        state: State,
        parameters: Any,
        rows: NDArray[np.int64],
        given: Given,
    ) -> Answers:
        """Ask the agents in ``rows``; return every answer, in the order of ``rows``."""
        facts_of = _facts(decision, state)
        agents = state.resident_rows(decision.agent)  # type: ignore[attr-defined]
        arrays = {name: np.broadcast_to(np.asarray(given[name]), len(rows)) for name in given}
        answers = []
        for j, row in enumerate(rows.tolist()):
            here = {name: values[j] for name, values in arrays.items()}
            facts = facts_of(row, here)
            answers.append(self._answer(decision, agents[row], facts, parameters))
        return _collect(decision, rows.tolist(), answers)

    def _answer(self, decision: Decision, agent: Resident, facts: Any, parameters: Any) -> Any:
        replaced = self._rules.get(decision.name)
        if replaced is not None:
            return replaced(facts, parameters)
        return getattr(agent, decision.name)(facts, parameters)


def _facts(decision: Decision, state: State) -> Callable[[int, Given], Any]:
    """A function that fills the facts of one row by name."""
    own = columns_of(state, decision.agent)
    getters: list[Callable[[int, Given], Any]] = []
    for fact, is_float in decision.fields():
        kind, name = decision.source(fact)
        number: type = float if is_float else int
        getters.append(_getter(kind, name, number, own, state))

    def facts_of(row: int, given: Given) -> Any:
        return decision.facts(*(get(row, given) for get in getters))

    return facts_of


def _getter(
    kind: str, name: str, number: type, own: Any, state: State
) -> Callable[[int, Given], Any]:
    if kind == "month":
        return lambda _row, _given: number(state.month)
    if kind == "draw":
        at = moment(state.seed, name, state.month)
        keys = own["key"]
        return lambda row, _given: uniform(int(keys[row]), at)
    if kind == "given":
        return lambda _row, given: number(given[name])
    if kind == "employer":
        column, of = state.enterprises[name], own["enterprise"]
        return lambda row, _given: number(column[of[row]])
    column = own[name]
    return lambda row, _given: number(column[row])


def _collect(decision: Decision, rows: list[int], answers: list[Any]) -> Answers:
    if decision.answer is int:
        answers = [(answer,) for answer in answers]
    of = {
        name: np.array([a[k] for a in answers], np.float64 if is_float else np.int64)
        for k, (name, is_float) in enumerate(decision.answers())
    }
    return Answers(np.array(rows, np.int64), of)
