"""C10: the figures of the text and of the provincial rates, and what must always hold."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import CertificateFacts, counted_as_received
from model.instruments.skill_upgrade_subsidy import Params, amount, eligibility
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["skill_upgrade_subsidy"]
P: Params = TOPIC.at(month(2018, 6))


def senior(**facts: int) -> CertificateFacts:
    known = {
        "month": month(2018, 6),
        "level": 3,
        "certificate_month": month(2018, 3),
        "insured": 1,
        "insured_months": 36,
        "employed": 1,
        "in_catalogue": 1,
        "by_course": 1,
        "upgrade_course": 0,
        "received": 0,
    }
    return CertificateFacts(**{**known, **facts})


def test_the_figures_of_the_text_and_of_the_province() -> None:
    assert (P.tenure, P.window) == (36, 12)
    assert (P.first_certificate_year, P.first_certificate_month) == (2017, 1)
    for name in ("tenure", "window", "first_certificate_year", "first_certificate_month"):
        assert TOPIC.parameters[name].grade == "law"
    assert (P.amount_junior, P.amount_intermediate, P.amount_senior) == (100_000, 150_000, 200_000)


def test_the_years_of_insurance_fall_to_one_in_2019() -> None:
    assert TOPIC.at(month(2018, 12)).tenure == 36
    assert TOPIC.at(month(2019, 1)).tenure == 12


@given(months=st.integers(0, 400))
def test_more_insurance_never_costs_the_claim(months: int) -> None:
    assert (eligibility(senior(insured_months=months), P) == 0) == (months >= 36)


@given(age=st.integers(-24, 48))
def test_the_window_holds_thirteen_months(age: int) -> None:
    claimed = month(2019, 6)
    facts = senior(month=claimed, certificate_month=claimed - age)
    assert (eligibility(facts, P) == 0) == (0 <= age <= 12)


@given(level=st.integers(0, 6), received=st.integers(0, 255))
def test_a_level_paid_before_is_never_paid_again(level: int, received: int) -> None:
    facts = senior(level=level, received=received)
    if (received >> level) & 1:
        assert eligibility(facts, P) != 0
    else:
        assert (eligibility(facts, P) == 0) == (level in (1, 2, 3))


@given(share=st.integers(0, 10**6), level=st.integers(1, 3))
def test_no_amount_exceeds_2_500_yuan(share: int, level: int) -> None:
    p = P._replace(shortage_share=share)
    plain = amount(senior(level=level), P)
    assert plain <= amount(senior(level=level), p) <= plain * 5 // 4 <= 250_000


def test_a_worker_out_of_employment_cannot_claim() -> None:
    assert eligibility(senior(employed=0), P) != 0
    assert eligibility(senior(), P) == 0


@given(own=st.integers(0, 255), other=st.integers(0, 255))
def test_stacking_decides_whether_the_other_subsidy_counts(own: int, other: int) -> None:
    assert counted_as_received(own, other, 1) == own
    shared = counted_as_received(own, other, 0)
    assert shared & 0x7F == (own | other) & 0x7F
    assert shared & 0x80 == own & 0x80  # a course is no certificate
