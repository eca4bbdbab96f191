"""What an engine does for the step: ask agents for decisions. Nothing else differs by engine."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from model.decisions import Decision, ceilings_of
from model.engines.tallies import Tallies

Given = Mapping[str, Any]
Columns = dict[str, NDArray[Any]]


class Answers(NamedTuple):
    """Answers of those to whom something happens.

    ``rows`` are row numbers, ascending; ``of`` holds one array per field of the answer.
    """

    rows: NDArray[np.int64]
    of: dict[str, NDArray[Any]]


class State(Protocol):
    """What an engine may read: columns by kind of agent, keys of luck, seed and month."""

    workers: Columns
    enterprises: Columns
    institutions: Columns
    seed: int
    month: int


class Engine(Protocol):
    """Asks agents for decisions."""

    name: str
    tallies: Tallies

    def ask(self, decision: Decision, state: State, parameters: Any, given: Given) -> Answers:
        """Ask every agent concerned; return those who answer with an event."""

    def may_concern(self, decision: Decision, state: State, parameters: Any) -> NDArray[np.int64]:
        """Rows that a decision screened by status may concern, ascending.

        At least all to whom it lets something happen; an engine that sifts leaves out others.
        """

    def ask_rows(
        self,
        decision: Decision,
        state: State,
        parameters: Any,
        rows: NDArray[np.int64],
        given: Given,
    ) -> Answers:
        """Ask the agents in ``rows``; return every answer, in the order of ``rows``.

        A given fact is a scalar or an array aligned with ``rows``.
        """


def columns_of(state: State, agent: str) -> Columns:
    """The columns of one kind of agent."""
    found: Columns = getattr(state, agent + "s")
    return found


def of_statuses(decision: Decision, state: State, parameters: Any) -> NDArray[np.int64]:
    """Rows of every status to which a decision screened by status may let something happen.

    Raises:
        ValueError: the decision has no screen by status.
    """
    if decision.screen is None or decision.screen.by != "status":
        raise ValueError(f"{decision.name} has no screen by status")
    ceilings = ceilings_of(decision.screen, parameters)
    return np.flatnonzero((ceilings > 0.0)[columns_of(state, decision.agent)["status"]])
