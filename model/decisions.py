"""What agents decide: one rule, the facts it needs by name, and what it answers.

A decision ties a scalar rule to one kind of agent. Its facts are a NamedTuple whose field names
say where each fact comes from, so that an agent, a compiled loop and a case file fill the same
facts:

* ``month``              the month being lived
* ``u_<what>``           a draw keyed by agent, month and ``<decision>.<what>``
* ``employer_<column>``  the column of the worker's enterprise
* a name in ``given``    handed in by the step (money expected, a fee, a world value)
* anything else          the agent's own column

The answer is a NamedTuple of ints and floats whose first field ``event`` is 0 where nothing
happens. A rule never writes: the step applies what rules answer.

A decision that hangs on a monthly draw may state a ceiling for it (:class:`Screen`), so that an
engine need not ask those to whom nothing can happen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import Status

Kind = Literal["worker", "enterprise", "institution"]


class Ceiling(NamedTuple):
    """What a rule of ceilings answers: no draw from ``ceiling`` on lets anything happen."""

    event: int  # 0: nothing can happen to anybody of the group
    ceiling: float


@dataclass(frozen=True)
class Screen:
    """A bound of a decision's rule on one of its draws, by enterprise or by status.

    Attributes:
        draw: the fact that is a draw, as ``u_quit``.
        ceiling: ``rule(facts, parameters) -> Ceiling``, a ``@scalar`` function: whatever else is
            true of a member of the group, the decision's event is 0 for a draw not below it.
        facts: NamedTuple type of the group's facts: columns of the enterprise, or ``status``.
        by: the worker's column that names the group, ``enterprise`` or ``status``.
        scale: a column of the worker that multiplies the ceiling; empty for none.
        always: with ``scale``, a column above 0 for those who are asked whatever the draw.
        due: a column with the month from which the worker is asked whatever the draw; or empty.
        until: a column with the last month in which anything can happen to the worker; or empty.
    """

    draw: str
    ceiling: Callable[..., Any]
    facts: type
    by: Literal["enterprise", "status"]
    scale: str = ""
    always: str = ""
    due: str = ""
    until: str = ""


def ceilings_of(screen: Screen, parameters: Any) -> NDArray[np.float64]:
    """Ceilings of a screen by status, for every status; 0 where nothing can happen."""
    given = [screen.ceiling(screen.facts(int(code)), parameters) for code in Status]
    return np.array([one.ceiling if one.event else 0.0 for one in given], np.float64)


@dataclass(frozen=True)
class Decision:
    """One decision of one kind of agent.

    Attributes:
        name: the decision, and the method of the agent that takes it.
        agent: who decides.
        rule: ``rule(facts, parameters) -> answer``, a ``@scalar`` function.
        facts: NamedTuple type of the facts.
        answer: NamedTuple type of the answer, first field ``event``; or ``int``.
        topic: the parameter topic that the rule receives.
        among: only agents whose column equals the code decide, as ``(("status", 1),)``.
        given: facts handed in by the step.
        screen: whom an engine need not ask, or None.
    """

    name: str
    agent: Kind
    rule: Callable[..., Any]
    facts: type
    answer: type
    topic: str
    among: tuple[tuple[str, int], ...] = ()
    given: frozenset[str] = frozenset()
    screen: Screen | None = None

    def ceilings(self) -> "Decision | None":
        """The screen's rule by enterprise as a decision of enterprises; None without one."""
        if self.screen is None or self.screen.by != "enterprise":
            return None
        name, rule, facts = f"{self.name}_ceiling", self.screen.ceiling, self.screen.facts
        return Decision(name, "enterprise", rule, facts, Ceiling, self.topic, (("exists", 1),))

    def source(self, fact: str) -> tuple[str, str]:
        """Where a fact comes from: ``(kind, name)``, kind one of the five of the module text."""
        if fact in self.given:
            return "given", fact
        if fact == "month":
            return "month", fact
        if fact.startswith("u_"):
            return "draw", f"{self.name}.{fact[2:]}"
        if self.agent == "worker" and fact.startswith("employer_"):
            return "employer", fact.removeprefix("employer_")
        return "own", fact

    def fields(self) -> tuple[tuple[str, bool], ...]:
        """The facts in order, each with whether it is a float."""
        hints = self.facts.__annotations__
        return tuple((name, hints[name] is float) for name in self.facts._fields)  # type: ignore[attr-defined]

    def answers(self) -> tuple[tuple[str, bool], ...]:
        """The answer's fields, each with whether it is a float; a bare int is ``event``."""
        if self.answer is int:
            return (("event", False),)
        hints = self.answer.__annotations__
        return tuple((name, hints[name] is float) for name in self.answer._fields)  # type: ignore[attr-defined]
