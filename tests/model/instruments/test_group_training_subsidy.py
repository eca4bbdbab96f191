"""Training subsidy of the key groups: by hand, against a second reading, relations of payments."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from model.codes import GROUPS, PROGRAMMES, Group
from model.instruments.channels import CourseFacts
from model.instruments.group_training_subsidy import INSTRUMENT, Reason, amount, eligibility
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.group_training_subsidy import training

TOPIC = all_topics()["group_training_subsidy"]
FLAG = st.integers(0, 1)
MONTHS = st.sampled_from(
    [month(2012, 5), month(2012, 6), month(2017, 11), month(2017, 12), month(2018, 11),
     month(2018, 12), month(2020, 12)]
)  # fmt: skip
COURSES = st.builds(
    CourseFacts,
    month=MONTHS, group=st.integers(0, 8), programme=st.sampled_from([0, 1, 8, 9]),
    level=st.sampled_from([0, 0, 1, 2, 3, 4]), length=st.sampled_from([1, 12, 13]),
    price_fen=st.sampled_from([0, 1, 70_000, 80_000, 80_001, 120_000, 159_999, 300_000]),
    completed=st.sampled_from([1, 1, 1, 0]), certificate=FLAG,
    paid_this_year=st.sampled_from([0, 0, 1, 2]), level_paid=FLAG,
    subsidised=st.sampled_from([0, 0, 0, 1]), placement_paid=FLAG,
    ended_month=MONTHS, placed_month=st.just(0),
)  # fmt: skip


def paid(facts: CourseFacts, p: Any) -> int | None:
    return amount(facts, p) if eligibility(facts, p) == 0 else None


def course(**known: int) -> CourseFacts:
    facts = dict.fromkeys(CourseFacts._fields, 0)
    facts |= {"month": month(2018, 6), "group": 1, "length": 1, "price_fen": 70_000}
    return CourseFacts(**{**facts, "completed": 1, **known})


def test_the_figures_of_the_text() -> None:
    p = TOPIC.at(month(2018, 6))
    assert (p.groups, p.programmes) == (9, 8) == (len(GROUPS), len(PROGRAMMES))  # C9: "98113"
    for name in ("groups", "programmes"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C9" in TOPIC.parameters[name].cite["en"]


def test_the_actual_cost_is_paid_up_to_the_list() -> None:
    p = TOPIC.at(month(2018, 6))
    assert paid(course(), p) == 70_000  # 700 below 800
    assert paid(course(price_fen=90_000), p) == 80_000  # 900 above 800


def test_a_level_is_paid_once_from_december_2018_instead_of_a_course_a_year() -> None:
    second = course(level=2, certificate=1, paid_this_year=1, price_fen=100_000)
    before, after = TOPIC.at(month(2018, 11)), TOPIC.at(month(2018, 12))
    assert eligibility(second, before) == Reason.PAID_THIS_YEAR_ALREADY
    assert paid(second, after) == 100_000
    assert eligibility(second._replace(level_paid=1), after) == Reason.LEVEL_ALREADY_PAID
    # A new year does not pay a level again, nor does a level that was not gained pay twice a year.
    again = second._replace(level_paid=1, paid_this_year=0)
    assert eligibility(again, after) == Reason.LEVEL_ALREADY_PAID
    missed = second._replace(certificate=0)
    assert eligibility(missed, after) == Reason.PAID_THIS_YEAR_ALREADY


def test_the_payee_is_a_setting() -> None:
    p = TOPIC.at(month(2018, 6))
    fund = Account.EMPLOYMENT_SUBSIDY_FUND
    assert INSTRUMENT.accounts(p) == (fund, Account.INSTITUTIONS)
    assert INSTRUMENT.accounts(p._replace(payee=1)) == (fund, Account.WORKERS)


@given(COURSES, st.sampled_from(["by_date", "once_a_year", "each_level"]), st.integers(0, 10**6))
def test_rule_and_second_reading_agree(facts: CourseFacts, frequency: str, raised: int) -> None:
    p = TOPIC.at(facts.month)._replace(raised=raised)
    if frequency != "by_date":
        p = p._replace(frequency=TOPIC.parameters["frequency"].options.index(frequency))
    second = training(facts._asdict(), frequency=frequency, raised=Fraction(raised, 10**6))
    assert paid(facts, p) == second


@given(COURSES)
def test_never_more_than_the_cost_and_nothing_for_staff(facts: CourseFacts) -> None:
    fen = paid(facts, TOPIC.at(facts.month))
    assert fen is None or 0 <= fen <= facts.price_fen
    if facts.group == Group.ENTERPRISE_WORKER:
        assert fen is None
