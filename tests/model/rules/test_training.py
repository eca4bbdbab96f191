"""Climbing: considering, choosing, exams, appointment, short courses (4.10-4.12)."""

import math

import pytest

from model.parameters.training import Params
from model.rules.short_courses import ShortFacts, short_factor, take_short_course
from model.rules.training import (
    DROPPED,
    FAILED,
    GAVE_UP,
    PASSED,
    UPGRADE,
    AppointFacts,
    ChooseFacts,
    ConsiderFacts,
    ExamFacts,
    appoint,
    attention_of,
    choose_climbing,
    consider_climbing,
    months_required,
    pass_rate,
    reach_of_evaluation,
    sit_exam,
    supply_of_exams,
    titles_opened,
    value_of_climbing,
)
from tests.model.rules.given import given

P = given(
    Params, attention=0.02, attention_age=-0.25, attention_level=0.1, utility_scale=0.8,
    utility_constant=-2.0, discount=0.99, hours_cost=0.5, wait_cost=0.1, accept_nomination=0.9,
    months_junior=12, months_intermediate=36, months_senior=48, months_technician=60,
    months_senior_technician=36, skip=0.002, waiver=0.01, dropout=0.08, pass_junior=0.9,
    pass_intermediate=0.85, pass_senior=0.75, pass_technician=0.6, pass_senior_technician=0.5,
    quality_weight=0.3, attempts=2, appoint_state=0.04, appoint_private=0.08, special_rate=0.001,
    upgrade_rate=0.004, catalogue_building=0.6, catalogue_driving_logistics=0.4, short_age=-0.2,
    short_level=0.15, nominated_uncertified=0.5, evaluation_supply=1.0,
)  # fmt: skip
NOW = 1_440
YOUNG = NOW - 360  # thirty years old


@pytest.mark.parametrize(
    ("target", "months"), [(1, 12), (2, 36), (3, 48), (4, 60), (5, 36), (6, 36)]
)
def test_months_before_an_exam(target: int, months: int) -> None:
    assert months_required(target, P) == months


@pytest.mark.parametrize(
    ("age", "level", "rate"),
    [
        (30, 0, 0.02),
        (20, 0, 0.02),  # youth adds nothing
        (30, 4, 0.028),  # .02 x (1 + .1 x 4)
        (40, 0, 0.015),  # .02 x (1 - .25)
        (40, 4, 0.021),  # .02 x 1.4 x .75
        (70, 0, 0.0),  # .02 x (1 - .25 x 4), and never below nothing
        (80, 0, 0.0),
    ],
)
def test_attention_falls_with_age_and_rises_with_level(age: int, level: int, rate: float) -> None:
    assert attention_of(12 * age, level, P) == pytest.approx(rate, abs=1e-15)


READY = {"trade": 5, "month": NOW, "birth_month": YOUNG, "joined": NOW - 12, "u_waiver": 1.0}


@pytest.mark.parametrize(
    ("case", "facts", "event", "margin"),
    [
        # attention .02: the draw .015 is three quarters of it
        ("thinks of it", {"u_consider": 0.015}, 1, 0.75),
        ("the draw at the rate is no thought", {"u_consider": 0.02}, 0, 0.0),
        # without a certificate sent at half of .02, so .01 first; then own .02 up to .03
        ("is sent", {"u_consider": 0.004, "employer_nomination_rate": 0.02}, 2, 0.4),
        ("thinks of it above the enterprise's share",
         {"u_consider": 0.025, "employer_nomination_rate": 0.02}, 1, 0.75),
        # a junior worker is sent at the full .02, then own .02 x 1.1 up to .042
        ("a junior worker is sent twice as often",
         {"u_consider": 0.015, "employer_nomination_rate": 0.02, "level": 1,
          "certificate_month": NOW - 36}, 2, 0.75),
        ("and thinks of it above that",
         {"u_consider": 0.031, "employer_nomination_rate": 0.02, "level": 1,
          "certificate_month": NOW - 36}, 1, 0.5),
        # those next below the ranks that retire are sent at their own rate: .03, then own .02 x 1.2
        ("towards senior worker at the successors' rate",
         {"u_consider": 0.015, "employer_nomination_rate": 0.01, "employer_successor_rate": 0.03,
          "level": 2, "certificate_month": NOW - 120}, 2, 0.5),
        ("towards technician too",
         {"u_consider": 0.015, "employer_nomination_rate": 0.01, "employer_successor_rate": 0.03,
          "level": 3, "certificate_month": NOW - 120}, 2, 0.5),
        ("not towards senior technician",
         {"u_consider": 0.015, "employer_nomination_rate": 0.0, "employer_successor_rate": 0.03,
          "level": 4, "certificate_month": NOW - 120}, 1, 0.015 / 0.028),
        ("already on a course", {"u_consider": 0.0, "course": 1}, 0, 0.0),
        ("at the top", {"u_consider": 0.0, "level": 5, "certificate_month": 1}, 0, 0.0),
        ("the trade is not in the catalogue", {"u_consider": 0.0, "listed": 0.6}, 0, 0.0),
        ("drivers are less often in it", {"u_consider": 0.0, "listed": 0.5, "trade": 4}, 0, 0.0),
        ("the trade just is", {"u_consider": 0.0, "listed": 0.59}, 1, 0.0),
        ("eleven months in the post are one too few",
         {"u_consider": 0.01, "joined": NOW - 11}, 0, 0.0),
        ("unless the condition is waived (C10)",
         {"u_consider": 0.01, "joined": NOW - 11, "u_waiver": 0.009}, 1, 0.5),
        # level 3 counts from its certificate: 60 months for technician; attention .02 x 1.3
        ("a senior worker after 60 months",
         {"u_consider": 0.013, "level": 3, "certificate_month": NOW - 60}, 1, 0.5),
        ("and after 59", {"u_consider": 0.013, "level": 3, "certificate_month": NOW - 59}, 0, 0.0),
    ],
)  # fmt: skip
def test_considering(case: str, facts: dict[str, float], event: int, margin: float) -> None:
    found = consider_climbing(given(ConsiderFacts, **{**READY, **facts}), P)
    assert found.event == event, case
    assert found.margin == pytest.approx(margin, abs=1e-12), case


@pytest.mark.parametrize(
    ("case", "ownership", "size_class", "multiple"),
    [
        ("private, below twenty staff", 3, 0, 1.2),
        ("private and large", 3, 3, 1.2),
        ("state, 20 to 299 staff", 0, 1, 1.2),
        ("state, 300 staff and more", 1, 2, 1.0),
        ("foreign and large", 4, 3, 1.0),
    ],
)
def test_evaluation_reaches_private_and_small_enterprises(
    case: str, ownership: int, size_class: int, multiple: float
) -> None:
    # C10: more evaluation for private and small firms; attention there times 1.2
    p = P._replace(evaluation_reach=0.2)
    assert reach_of_evaluation(ownership, size_class, p) == pytest.approx(multiple), case
    assert reach_of_evaluation(ownership, size_class, P) == 1.0, case
    f = {**READY, "employer_ownership": ownership, "employer_size_class": size_class}
    # the draw .022 lies above attention of .02, and below .02 x 1.2 = .024
    found = consider_climbing(given(ConsiderFacts, **{**f, "u_consider": 0.022}), p)
    assert found.event == (1 if multiple > 1.0 else 0), case


def test_more_evaluators_multiply_the_supply_of_exams() -> None:
    # C10: .82 of 2017, with a twentieth more evaluators .861
    assert supply_of_exams(P._replace(exam_supply=0.82)) == 0.82
    more = P._replace(exam_supply=0.82, evaluation_supply=1.05)
    assert supply_of_exams(more) == pytest.approx(0.861, abs=1e-12)


@pytest.mark.parametrize(("level", "opened"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 0)])
def test_three_levels_open_a_title_each(level: int, opened: int) -> None:
    # C17: senior worker, technician, senior technician - junior, intermediate, senior title
    p = P._replace(title_junior=3, title_intermediate=4, title_senior=5)
    assert titles_opened(level, p) == opened
    assert titles_opened(level, p._replace(title_junior=0, title_intermediate=0)) == (level == 5)


@pytest.mark.parametrize(
    ("target", "quality", "rate"),
    [
        (1, 0.0, 0.9), (2, 0.0, 0.85), (3, 0.0, 0.75), (4, 0.0, 0.6), (5, 0.0, 0.5),
        (4, 0.1, 0.63),  # .6 + .3 x .1
        (4, -0.5, 0.45),
        (1, 1.0, 0.99),  # .9 + .3 = 1.2, held at .99
        (5, -3.0, 0.05),  # .5 - .9 < 0, held at .05
    ],
)  # fmt: skip
def test_pass_rates(target: int, quality: float, rate: float) -> None:
    assert pass_rate(target, quality, P) == pytest.approx(rate, abs=1e-12)


WORKER = {"month": NOW, "level": 2, "pay": 400_000, "retire_month": NOW + 120, "kind": 1,
          "gain": 0.06, "u_skip": 1.0}  # fmt: skip


def value(**facts: float) -> float:
    return value_of_climbing(given(ChooseFacts, **{**WORKER, **facts}), P)


@pytest.mark.parametrize("months", [0, 1, 60, 120, 360])
def test_the_present_value_of_a_step(months: int) -> None:
    # step x (1 - .99^H) / .01 monthly wages, at a pass rate of .75, less .5 of hours
    expected = 0.75 * 0.06 * (1 - 0.99**months) / 0.01 - 0.5
    assert value(retire_month=NOW + months) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_six_per_cent_over_ten_years_are_worth_four_monthly_wages() -> None:
    # .06 x (1 - .99^120) / .01 = 4.2
    assert (value() + 0.5) / 0.75 == pytest.approx(4.2, abs=0.01)


@pytest.mark.parametrize(
    ("case", "facts", "difference"),
    [
        # 2,000 yuan of 4,000 a month, at a pass rate of .75
        ("the subsidy counts by the pass rate", {"expected_subsidy": 200_000}, 0.375),
        ("the fee counts in full", {"fee": 200_000}, -0.5),
        ("each month of waiting", {"wait": 3.0}, -0.3),
        # better training: .75 + .3 x .1 = .78 of 4.2
        ("quality", {"quality": 0.1}, 0.03 * 0.06 * (1 - 0.99**120) / 0.01),
        ("those past retirement gain nothing", {"retire_month": NOW - 5},
         -0.75 * 0.06 * (1 - 0.99**120) / 0.01),
    ],
)  # fmt: skip
def test_what_else_counts(case: str, facts: dict[str, float], difference: float) -> None:
    assert value(**facts) - value() == pytest.approx(difference, abs=1e-12), case


def chance(**facts: float) -> float:
    """Share of margins at which the worker applies."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        f = given(ChooseFacts, **{**WORKER, **facts, "margin": middle})
        low, high = (middle, high) if choose_climbing(f, P).event else (low, middle)
    return low


def test_the_choice_is_logistic_in_value() -> None:
    for facts in ({}, {"fee": 400_000}, {"expected_subsidy": 300_000}, {"gain": 0.2}):
        expected = 1 / (1 + math.exp(-(-2.0 + 0.8 * value(**facts))))
        assert chance(**facts) == pytest.approx(expected, rel=1e-9)


def test_esteem_is_worth_its_monthly_wages_times_the_chance_to_pass() -> None:
    # C3, C29: level 3 is passed by .75; .04 of a month's pay is worth .03
    p = P._replace(esteem=0.04)
    f = given(ChooseFacts, **WORKER)
    assert value_of_climbing(f, p) - value_of_climbing(f, P) == pytest.approx(0.03, abs=1e-12)


@pytest.mark.parametrize(
    ("case", "level", "more"),
    [
        ("to intermediate: no title", 1, 0.0),
        ("to senior, passed by .75: .75 x .1 x 2", 2, 0.15),
        ("to technician, passed by .6", 3, 0.12),
        ("to senior technician, passed by .5", 4, 0.1),
    ],
)
def test_a_title_is_worth_something_to_those_who_meet_its_conditions(
    case: str, level: int, more: float
) -> None:
    # C17: a tenth meet the conditions, a title is worth two months' pay
    p = P._replace(
        title_junior=3, title_intermediate=4, title_senior=5, title_share=0.1, title_value=2.0
    )
    f = given(ChooseFacts, **{**WORKER, "level": level})
    found = value_of_climbing(f, p) - value_of_climbing(f, P)
    assert found == pytest.approx(more, abs=1e-12), case


def test_the_sent_accept_nine_times_in_ten_whatever_the_value() -> None:
    assert chance(kind=2) == pytest.approx(0.9, abs=1e-9)
    assert chance(kind=2, gain=0.0) == pytest.approx(0.9, abs=1e-9)


@pytest.mark.parametrize(
    ("case", "level", "draw", "target"),
    [
        ("the next level", 2, 0.002, 3),
        ("a level is skipped (C10)", 2, 0.0019, 4),
        ("from none to intermediate", 0, 0.0, 2),
        ("from senior to senior technician", 3, 0.0, 5),
        ("a technician has one level above", 4, 0.0, 5),
    ],
)
def test_targets(case: str, level: int, draw: float, target: int) -> None:
    f = given(ChooseFacts, **{**WORKER, "level": level, "u_skip": draw})
    assert choose_climbing(f, P).target == target, case


@pytest.mark.parametrize(
    ("case", "facts", "event"),
    [
        ("dropped out", {"course": 1, "u_dropout": 0.079}, DROPPED),
        ("the draw at the rate stays", {"course": 1, "u_dropout": 0.08, "u_exam": 0.5}, PASSED),
        ("passed", {"course": 4, "u_dropout": 1.0, "u_exam": 0.59}, PASSED),
        ("failed, one more try", {"course": 4, "u_dropout": 1.0, "u_exam": 0.6}, FAILED),
        ("nobody drops out of a second try",
         {"course": 4, "attempts": 1, "u_dropout": 0.0, "u_exam": 0.1}, PASSED),
        ("failed twice", {"course": 4, "attempts": 1, "u_exam": 0.6}, GAVE_UP),
        ("a good school", {"course": 4, "u_dropout": 1.0, "u_exam": 0.6, "school_quality": 0.1},
         PASSED),
        ("the upgrade course has no exam", {"course": UPGRADE, "u_dropout": 1.0, "u_exam": 1.0},
         PASSED),
    ],
)  # fmt: skip
def test_exams(case: str, facts: dict[str, float], event: int) -> None:
    assert sit_exam(given(ExamFacts, **facts), P).event == event, case


@pytest.mark.parametrize(
    ("case", "facts", "expected"),
    [
        ("appointed to the certificate's grade",
         {"level": 4, "appointed": 3, "u_appoint": 0.079}, (1, 4)),
        ("the draw at the rate waits", {"level": 4, "appointed": 3, "u_appoint": 0.08}, (0, 3)),
        ("state enterprises are slower",
         {"level": 4, "appointed": 3, "u_appoint": 0.05, "employer_state": 1}, (0, 3)),
        ("two grades at once", {"level": 4, "appointed": 2, "u_appoint": 0.0}, (1, 4)),
        ("nobody is appointed while pay is cut",
         {"level": 4, "appointed": 3, "u_appoint": 0.0, "employer_cut_ppm": 1}, (0, 3)),
        ("nothing to appoint to", {"level": 4, "appointed": 4, "u_appoint": 0.0}, (0, 4)),
        ("special grade (C10)", {"level": 5, "appointed": 5, "u_appoint": 0.0009}, (2, 6)),
        ("only rarely", {"level": 5, "appointed": 5, "u_appoint": 0.001}, (0, 5)),
        ("after the grade below", {"level": 5, "appointed": 4, "u_appoint": 0.0009}, (1, 5)),
    ],
)  # fmt: skip
def test_appointment(case: str, facts: dict[str, float], expected: tuple[int, int]) -> None:
    assert appoint(given(AppointFacts, **facts), P) == expected, case


@pytest.mark.parametrize(
    ("age", "level", "factor"),
    [(30, 0, 1.0), (25, 0, 1.0), (40, 0, 0.8), (30, 4, 1.6), (40, 4, 1.28), (80, 0, 0.1)],
)
def test_short_courses_by_age_and_level(age: int, level: int, factor: float) -> None:
    # 1 + .15 x level, times 1 - .2 a decade over thirty, at least .1
    assert short_factor(12 * age, level, P) == pytest.approx(factor, abs=1e-12)


@pytest.mark.parametrize(
    ("case", "facts", "event"),
    [
        ("a short course", {"u_short": 0.0099}, 1),
        ("none", {"u_short": 0.01}, 0),
        ("not beside another course", {"u_short": 0.0, "course": 2}, 0),
        # level 5: .01 x 1.75 = .0175 for a short course, .004 more for the upgrade course
        ("a senior technician", {"level": 5, "u_short": 0.0174}, 1),
        ("the upgrade course (C9)", {"level": 5, "u_short": 0.0175}, 2),
        ("up to .0215", {"level": 5, "u_short": 0.0216}, 0),
        ("not for technicians", {"level": 4, "u_short": 0.0161}, 0),
        ("nor for special-grade ones", {"level": 6, "u_short": 0.0191}, 0),
    ],
)
def test_short_courses(case: str, facts: dict[str, float], event: int) -> None:
    base = {"month": NOW, "birth_month": YOUNG, "employer_short_rate": 0.01}
    assert take_short_course(given(ShortFacts, **{**base, **facts}), P).event == event, case
