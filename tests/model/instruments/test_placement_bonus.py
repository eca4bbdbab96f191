"""Placement bonus: by hand, and against a second reading."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import CourseFacts
from model.instruments.placement_bonus import Reason, amount, eligibility
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.placement_bonus import placement

TOPIC = all_topics()["placement_bonus"]
JUNE = month(2019, 6)
FLAG = st.integers(0, 1)
AROUND = st.integers(month(2018, 4), month(2019, 8))
TRAINEES = st.builds(
    CourseFacts,
    month=AROUND, group=st.sampled_from([0, 1, 2, 8]), programme=st.integers(0, 8),
    level=st.integers(0, 3), length=st.integers(1, 3), price_fen=st.just(70_000),
    completed=st.sampled_from([1, 1, 1, 0]), certificate=FLAG, paid_this_year=st.integers(0, 2),
    level_paid=FLAG, subsidised=FLAG, placement_paid=st.sampled_from([0, 0, 1]),
    ended_month=AROUND, placed_month=st.one_of(st.just(0), AROUND),
)  # fmt: skip


def placed(**known: int) -> CourseFacts:
    facts = {**dict.fromkeys(CourseFacts._fields, 0), "month": JUNE, "group": 1, "completed": 1}
    return CourseFacts(**{**facts, "ended_month": JUNE - 6, "placed_month": JUNE, **known})


def test_two_hundred_yuan_within_six_months() -> None:
    p = TOPIC.at(JUNE)
    assert (eligibility(placed(), p), amount(placed(), p)) == (Reason.ELIGIBLE, 200 * 100)
    assert eligibility(placed(ended_month=JUNE - 7), p) == Reason.TOO_LATE
    assert eligibility(placed(placed_month=0), p) == Reason.NOT_PLACED
    assert eligibility(placed(placement_paid=1), p) == Reason.PLACEMENT_ALREADY_PAID


def test_it_begins_in_december_2018() -> None:
    start = month(2018, 12)
    first = [now for now in range(month(2018, 6), month(2019, 6)) if TOPIC.at(now).in_force]
    assert first[0] == start
    early = placed(ended_month=start - 2, placed_month=start - 1)
    assert eligibility(early, TOPIC.at(JUNE)) == Reason.PLACED_TOO_EARLY


@given(TRAINEES)
def test_rule_and_second_reading_agree(facts: CourseFacts) -> None:
    p = TOPIC.at(facts.month)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == placement(facts._asdict())
