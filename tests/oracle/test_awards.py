"""Titles and prizes against the second reading of C19 and C21, and what must always hold."""

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments import (
    chief_technicians,
    contest_prizes,
    craftsman_awards,
    national_awards,
)
from model.instruments.channels import AwardFacts
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle import chief_technicians as chiefs
from tests.oracle import contest_prizes as contests
from tests.oracle import craftsman_awards as craftsmen
from tests.oracle import national_awards as nationals

MANY = settings(max_examples=400)
MONTHS = st.one_of(
    st.integers(month(2016, 1), month(2025, 12)),
    st.sampled_from([month(2017, 3), month(2017, 4), month(2017, 11), month(2017, 12),
                     month(2018, 1), month(2019, 12), month(2020, 1)]),
)  # fmt: skip
LEVELS, FLAGS = st.integers(0, 6), st.integers(0, 1)


def fen(module: object, name: str, facts: AwardFacts) -> int | None:
    """What the model pays, None where it refuses."""
    p = all_topics()[name].at(facts.month)
    if module.eligibility(facts, p) != 0:  # type: ignore[attr-defined]
        return None
    paid: int = module.amount(facts, p)  # type: ignore[attr-defined]
    return paid


@MANY
@given(now=MONTHS, event=st.integers(0, 1), level=LEVELS, employed=FLAGS, held=FLAGS)
def test_craftsmen_and_experts(now: int, event: int, level: int, employed: int, held: int) -> None:
    facts = AwardFacts(now, event, 1, level, employed, held)
    ours = fen(craftsman_awards, "craftsman_awards", facts)
    assert ours == craftsmen.due(now, event, level, employed, held)


@MANY
@given(now=MONTHS, level=LEVELS, employed=FLAGS, held=FLAGS)
def test_chief_technicians(now: int, level: int, employed: int, held: int) -> None:
    facts = AwardFacts(now, 0, 1, level, employed, held)
    ours = fen(chief_technicians, "chief_technicians", facts)
    assert ours == chiefs.due(now, level, employed, held)


@MANY
@given(now=MONTHS, event=st.integers(0, 1), level=LEVELS, employed=FLAGS, held=FLAGS)
def test_national_awards(now: int, event: int, level: int, employed: int, held: int) -> None:
    facts = AwardFacts(now, event, 1, level, employed, held)
    ours = fen(national_awards, "national_awards", facts)
    assert ours == nationals.due(now, event, level, employed, held)


@MANY
@given(now=MONTHS, event=st.integers(0, 2), place=st.integers(-1, 6), level=LEVELS, held=FLAGS)
def test_contest_prizes(now: int, event: int, place: int, level: int, held: int) -> None:
    facts = AwardFacts(now, event, place, level, 1, held)
    ours = fen(contest_prizes, "contest_prizes", facts)
    assert ours == contests.due(now, event, place)


@MANY
@given(now=MONTHS, place=st.integers(1, 3))
def test_numbers_of_a_month_are_those_of_the_text(now: int, place: int) -> None:
    p = all_topics()["craftsman_awards"].at(now)
    for event in (0, 1):
        number = craftsman_awards.winners(AwardFacts(now, event, place, 0, 1, 0), p)
        of_month = craftsmen.of_month(now) if p.in_force else {}
        assert p.in_force == 0 or number == (of_month.get(event, 0) if place == 1 else 0)
    q = all_topics()["chief_technicians"].at(now)
    named = chief_technicians.winners(AwardFacts(now, 0, place, 0, 1, 0), q)
    assert q.in_force == 0 or named == (chiefs.of_month(now) if place == 1 else 0)


@MANY
@given(level=LEVELS, heavier=st.integers(0, 10_000_000))
def test_a_higher_level_never_lowers_the_chance_in_a_contest(level: int, heavier: int) -> None:
    p = all_topics()["contest_prizes"].at(month(2018, 11))._replace(level_weight=heavier)
    facts = AwardFacts(month(2018, 11), 0, 1, level, 1, 0)
    here = contest_prizes.weight(facts, p)
    assert (here == 0) == (level < 2)
    assert contest_prizes.weight(facts._replace(level=level + 1), p) >= here
