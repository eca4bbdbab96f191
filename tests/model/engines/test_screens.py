"""Ceilings: nothing happens to anybody whom a screen spares, so that nobody else need be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from model.codes import OWNERSHIPS, SIZE_CLASSES, Group, Level, Status
from model.deciding import BEHAVIOUR
from model.decisions import Decision
from model.parameters.reader import all_topics
from model.state import GONE, NEVER
from tests.model.rules.given import params_within

SCREENED = {d.name: d for d in BEHAVIOUR if d.screen}
LAST_DRAW = 1.0 - 2.0**-53
NOW = 1_420  # months since 1900
TRIES = settings(
    max_examples=20_000,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

shares = st.floats(0.0, 1.0)
multiples = st.floats(0.0, 12.0)
months = st.integers(NOW - 60, NOW + 60)
past = st.one_of(st.just(0), st.integers(NOW - 400, NOW))
flags = st.integers(0, 1)
FACTS: Mapping[str, st.SearchStrategy[Any]] = {
    "month": st.just(NOW),
    "status": st.sampled_from([int(code) for code in Status]),
    "level": st.sampled_from([int(code) for code in Level]),
    "appointed": st.sampled_from([int(code) for code in Level]),
    "birth_month": st.integers(NOW - 75 * 12, NOW - 16 * 12),
    "certificate_month": past,
    "joined": past,
    "cut_since": past,
    "supported_last": st.one_of(st.just(0), past),
    "claim_until": months,
    "retire_month": months,
    "entry_month": months,
    "cut_from": st.integers(0, 7),
    "cut_ppm": st.sampled_from([0, 0, 50_000]),
    "course": st.sampled_from([0, 0, 0, 3, 7]),
    "trade": st.integers(0, 3),
    "group": st.sampled_from([int(code) for code in Group]),
    "price": st.integers(0, 500_000),
    "subsidy": st.integers(0, 600_000),
    "ownership": st.integers(0, len(OWNERSHIPS) - 1),
    "size_class": st.integers(0, len(SIZE_CLASSES) - 1),
    "listed": shares,
    "nomination_rate": shares,
    "successor_rate": shares,
    "short_rate": shares,
    "shed_rate": shares,
    "pent_up": shares,
    "restlessness": st.floats(0.01, 8.0),
    "pressure": multiples,
    "pressure_supported": multiples,
    "pressure_others": multiples,
    "approached": st.floats(0.1, 8.0),
    **dict.fromkeys(("rural", "covered", "supported", "state"), flags),
}


@dataclass(frozen=True)
class Case:
    """Somebody, the parameters in force and how far between ceiling and 1 the draw lies."""

    decision: Decision
    of: Mapping[str, Any]
    p: Any
    beyond: float

    def group(self) -> Any:
        """The facts of the ceiling."""
        assert self.decision.screen is not None
        kind = self.decision.screen.facts
        return kind(**{name: self.of[name] for name in kind._fields})  # type: ignore[attr-defined]

    def asked_anyhow(self) -> bool:
        """Whether this is one of those who are asked whatever the draw."""
        screen = self.decision.screen
        assert screen is not None
        if screen.always:
            return bool(self.of[screen.always] > 0)
        if screen.due:  # entry from school, retirement, never for those who are gone
            status = self.of["status"]
            due = self.of["entry_month" if status == Status.SCHOOL else "retire_month"]
            return bool((NEVER if status in GONE else due) <= self.of["month"])
        return False

    def spared_draw(self, part: float = 1.0) -> float | None:
        """A draw not below ``part`` of the ceiling; None where every draw lies below it."""
        screen = self.decision.screen
        assert screen is not None
        found = screen.ceiling(self.group(), self.p)
        ceiling = found.ceiling * part if found.event else 0.0
        if screen.scale:
            ceiling = ceiling * self.of[screen.scale]
        if screen.until and self.of[screen.until] < self.of["month"]:
            ceiling = 0.0
        if ceiling > LAST_DRAW:
            return None
        return min(ceiling + self.beyond * (1.0 - ceiling), LAST_DRAW)

    def event(self, drawn: float) -> int:
        """What the rule answers with this draw; other draws are low."""
        d = self.decision
        assert d.screen is not None
        facts = {
            name: self.of[name.removeprefix("employer_")] if not name.startswith("u_") else 0.0
            for name, _ in d.fields()
        }
        facts[d.screen.draw] = drawn
        return int(d.rule(d.facts(**facts), self.p).event)


@st.composite
def cases(draw: st.DrawFn, decision: Decision) -> Case:
    screen = decision.screen
    assert screen is not None
    names = {name.removeprefix("employer_") for name, _ in decision.fields()}
    names = {name for name in names if not name.startswith("u_")} | set(screen.facts._fields)  # type: ignore[attr-defined]
    names |= {name for name in (screen.scale, screen.always, screen.until) if name}
    of = {name: draw(FACTS[name]) for name in sorted(names)} | dict(decision.among)
    if decision.name == "join_course":  # courses are open to them alone (``may_concern``)
        of["status"] = draw(st.sampled_from([int(Status.UNEMPLOYED), int(Status.INFORMAL)]))
    p = draw(params_within(all_topics()[decision.topic]))
    return Case(decision, of, p, draw(st.one_of(st.just(0.0), st.floats(0.0, 0.2), shares)))


def happens_to_the_spared(case: Case, part: float = 1.0) -> bool:
    """Whether somebody would be left out to whom the rule lets something happen."""
    drawn = case.spared_draw(part)
    return drawn is not None and not case.asked_anyhow() and case.event(drawn) != 0


def test_every_screened_decision_states_its_draw_and_columns() -> None:
    assert len(SCREENED) == 11
    for d in SCREENED.values():
        assert d.screen is not None
        assert d.screen.draw in d.facts._fields  # type: ignore[attr-defined]
        assert d.screen.by in ("enterprise", "status")
        assert bool(d.screen.scale) or not d.screen.always


@pytest.mark.parametrize("name", SCREENED)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_happens_to_those_whom_a_ceiling_spares(name: str, data: st.DataObject) -> None:
    assert not happens_to_the_spared(data.draw(cases(SCREENED[name])))


@pytest.mark.parametrize("name", SCREENED)
def test_a_ceiling_of_half_the_height_would_spare_somebody_wrongly(name: str) -> None:
    found = find(cases(SCREENED[name]), lambda c: happens_to_the_spared(c, 0.5), settings=TRIES)
    assert happens_to_the_spared(found, 0.5)


def test_who_had_support_or_is_due_is_asked_whatever_the_draw() -> None:
    """To them something does happen beyond the ceiling."""
    leaving = all_topics()["leaving"].at(NOW)._replace(pent_up=1.0, pent_up_months=3)
    zeros = dict.fromkeys(FACTS, 0)
    of = {**zeros, "month": NOW, "status": 1, "joined": NOW - 50, "restlessness": 1.0}
    for name, more in (
        ("leave", {"supported_last": NOW - 1, "pent_up": 3.0}),
        ("pass_month", {"retire_month": NOW}),
        ("pass_month", {"status": 0, "entry_month": NOW}),
    ):
        case = Case(SCREENED[name], {**of, "retire_month": NOW + 1, **more}, leaving, 0.5)
        drawn = case.spared_draw()
        assert drawn is not None and drawn > 0.5
        assert case.asked_anyhow()
        assert case.event(drawn) != 0
        before = Case(case.decision, {**case.of, "month": NOW - 1}, leaving, 0.5)
        if name == "pass_month":
            assert not before.asked_anyhow()
            assert before.event(drawn) == 0
