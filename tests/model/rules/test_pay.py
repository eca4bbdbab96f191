"""Pay: target, revision, cuts and the premium base (4.5), to the fen."""

import math

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from model.instruments.unemployment_insurance import Params as Insurance
from model.numbers import exp
from model.parameters.pay import Params
from model.rules.pay import (
    BaseFacts,
    DropFacts,
    PayFacts,
    PriceFacts,
    allowance_of,
    chief_step,
    declare_base,
    drop_pay,
    price_post,
    revise,
    skill_pay,
    step_of,
)
from tests.model.rules.given import given

P = given(
    Params, ceiling=10_000_000, step_junior=0.1, step_intermediate=0.2, step_senior=0.1,
    step_technician=0.1,
    step_senior_technician=0.2, step_special_technician=0.3, causal=0.5, compression=0.8,
    revise_up=0.7, revise_down=0.1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "raw"),
    [(0, 0.0), (1, 0.1), (2, 0.3), (3, 0.4), (4, 0.5), (5, 0.7), (6, 1.0), (7, 1.0)],
)
def test_the_step_of_a_grade_sums_the_causal_part_of_all_below(grade: int, raw: float) -> None:
    # raw steps x .5 causal x .8 compression
    assert step_of(grade, P) == pytest.approx(raw * 0.4, abs=1e-15)


NONE = {"talent": 1.0, "employer_scale": 400_000.0, "employer_minimum": 150_000}
BY_SKILL = P._replace(
    allowance_junior=0.01, allowance_intermediate=0.02, allowance_senior=0.03,
    allowance_technician=0.06, allowance_senior_technician=0.1, step_chief=0.08, tilt_from=3,
)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "allowance", "chief"),
    [
        (0, 0.0, 0.0), (1, 0.01, 0.0), (2, 0.02, 0.0), (3, 0.03, 0.0), (4, 0.06, 0.0),
        # a chief technician stands .08 above special grade, .3 above grade 5; x .4 as all steps
        (5, 0.1, 0.152), (6, 0.1, 0.032),
    ],
)  # fmt: skip
def test_pay_by_skill(grade: int, allowance: float, chief: float) -> None:
    # C19: allowances by level; chief technicians of an enterprise, senior technicians at least
    assert allowance_of(grade, BY_SKILL) == allowance
    assert chief_step(grade, BY_SKILL) == pytest.approx(chief, abs=1e-15)
    tilt = 0.004 if grade >= 3 else 0.0  # C27: bargaining tilted to senior workers and above
    assert skill_pay(grade, 1, 1, 0.004, BY_SKILL) == pytest.approx(
        allowance + chief + tilt, abs=1e-15
    )
    assert skill_pay(grade, 0, 0, 0.0, BY_SKILL) == 0.0


@pytest.mark.parametrize(
    ("case", "facts", "pay"),
    [
        # grade 5: step .7 x .4 = .28; exp(.28) = 1.323130 -> 529,251.9 fen, floored
        ("a senior technician", {}, 529_251),
        # and .1: exp(.38) = 1.462285 -> 584,913.8
        ("with an allowance", {"allowances": 1}, 584_913),
        # and .152: exp(.432) = 1.540335 -> 616,134.0
        ("chief technician", {"chief": 1}, 616_134),
        # and .002 a year for three years: exp(.286) = 1.331092 -> 532,436.9
        ("after three years of tilt", {"employer_skill_tilt": 0.006}, 532_436),
    ],
)
def test_what_pay_by_skill_adds_at_a_hire(case: str, facts: dict[str, float], pay: int) -> None:
    f = given(PayFacts, **{**NONE, "raise_ppm": 1_000_000, "appointed": 5, **facts})
    assert revise(f, BY_SKILL).pay == pay, case


@pytest.mark.parametrize(
    ("case", "facts", "pay"),
    [
        # a hire at the target: 4,000 yuan
        ("hired at the target", {"raise_ppm": 1_000_000}, 400_000),
        # poached at 10 % above it
        ("poached", {"raise_ppm": 1_100_000}, 440_000),
        # half the standing of the enterprise's average
        ("a modest standing", {"raise_ppm": 1_000_000, "talent": 0.5}, 200_000),
        # grade 6: exp(.4) = 1.491825 -> 596,729.9 fen, floored
        ("a special-grade technician", {"raise_ppm": 1_000_000, "appointed": 6}, 596_729),
        # appointment lifts to the target
        ("appointed", {"raise_ppm": -1, "pay": 390_000}, 400_000),
        ("appointed above the target already", {"raise_ppm": -1, "pay": 450_000}, 450_000),
        # January: 300,000 + .7 x 100,000
        ("most of a gap is closed upwards", {"pay": 300_000}, 370_000),
        # January: 500,000 - .1 x 100,000
        ("little of it downwards", {"pay": 500_000}, 490_000),
        ("at the target nothing moves", {"pay": 400_000}, 400_000),
        # target 40,000, from 160,000: 160,000 - 12,000 = 148,000, held at the minimum wage
        ("never below the minimum wage", {"talent": 0.1, "pay": 160_000}, 150_000),
        ("never above 100,000 yuan", {"raise_ppm": 1_000_000, "talent": 40.0}, 10_000_000),
    ],
)
def test_pay(case: str, facts: dict[str, float], pay: int) -> None:
    f = given(PayFacts, **{**NONE, **facts})
    found = revise(f, P)
    assert found.pay == pay, case
    assert found.event == (1 if pay != f.pay else 0), case


SPELL = {"pay": 800_000, "reference_pay": 800_000, "joined": 1_300,
         "employer_cut_since": 1_412, "employer_cut_from": 4}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "facts", "reference", "paid"),
    [
        # half of 8,000: the notch itself
        ("a technician at half pay", {"level": 4, "employer_cut_ppm": 500_000}, 800_000, 400_000),
        # half of 8,000.01 is 4,000.005; the cut is rounded up, so the drop reaches 50 %
        ("the odd fen is cut", {"level": 4, "employer_cut_ppm": 500_000, "reference_pay": 800_001},
         800_001, 400_000),
        # 10 % of 8,000 for the others
        ("a senior worker beside them",
         {"level": 3, "employer_cut_ppm": 500_000, "employer_cut_others_ppm": 100_000},
         800_000, 720_000),
        ("a teacher is cut as technicians are",
         {"level": 0, "teacher": 1, "employer_cut_ppm": 500_000}, 800_000, 400_000),
        ("certified staff are, where the group's fall counts",
         {"level": 1, "employer_cut_ppm": 500_000, "employer_cut_from": 1}, 800_000, 400_000),
        # what counts is the mean of the year before, not today's pay
        ("pay rose before the cut", {"level": 4, "employer_cut_ppm": 500_000, "pay": 900_000},
         800_000, 400_000),
        ("nobody's pay is cut", {"level": 4}, 800_000, 800_000),
    ],
)  # fmt: skip
def test_cuts(case: str, facts: dict[str, int], reference: int, paid: int) -> None:
    found = drop_pay(given(DropFacts, **{**SPELL, **facts}), P)
    assert (found.reference, found.paid) == (reference, paid), case
    assert found.event == (1 if paid < reference else 0), case


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        ("no spell", {"employer_cut_since": 0}),
        ("joined in the month of the cut", {"joined": 1_412}),
        ("joined after it", {"joined": 1_413}),
    ],
)
def test_who_is_not_cut(case: str, facts: dict[str, int]) -> None:
    f = given(DropFacts, **{**SPELL, "level": 4, "employer_cut_ppm": 500_000, **facts})
    assert drop_pay(f, P) == (0, 800_000, 800_000), case


@pytest.mark.parametrize("reference", [3, 7, 199_999, 800_001, 1_234_567])
@pytest.mark.parametrize("cut", range(50_000, 850_000, 50_000))
def test_a_planned_cut_never_falls_short_of_its_share(reference: int, cut: int) -> None:
    # Ruling on money: pay = reference - ceil(cut x reference), so that 50 % is at least 50 %.
    f = {**SPELL, "level": 4, "employer_cut_ppm": cut, "reference_pay": reference}
    found = drop_pay(given(DropFacts, **f), P)
    assert (reference - found.paid) * 1_000_000 >= cut * reference
    assert (reference - found.paid - 1) * 1_000_000 < cut * reference


@pytest.mark.parametrize(
    ("case", "pay", "base"),
    [
        # .8 of 5,000
        ("the declared part", 500_000, 400_000),
        # .8 of 3,000 is 2,400; 60 % of 5,000 is 3,000
        ("the floor", 300_000, 300_000),
        # .8 of 30,000 is 24,000; 300 % of 5,000 is 15,000
        ("the ceiling", 3_000_000, 1_500_000),
        # .8 x 6,000.01 = 4,800.008, floored
        ("rounded down", 600_001, 480_000),
    ],
)
def test_the_premium_base(case: str, pay: int, base: int) -> None:
    p = given(Insurance, in_force=1, declared_share=800_000, average_wage=500_000,
              base_floor=600_000, base_ceiling=3_000_000)  # fmt: skip
    assert declare_base(given(BaseFacts, pay=pay), p) == base, case


def test_the_exponential_of_pay_is_the_model_s_own() -> None:
    assert math.isclose(exp(0.4), math.exp(0.4), rel_tol=1e-14)


def test_the_most_that_another_enterprise_bids() -> None:
    # scale 5,000 yuan, grade 3 (.4 x .4 = .16), standing .8: 400,000 x exp(.16) x 1.1 = 516,344.7
    f = PriceFacts(appointed=3, talent=0.8, scale=500_000.0, minimum=0, tilt=0.0, allowances=0,
                   most_ppm=1_100_000)  # fmt: skip
    assert price_post(f, P) == (1, 516_344)
    assert price_post(f._replace(minimum=600_000), P).most == 600_000
    assert price_post(f._replace(talent=80.0), P).most == 10_000_000


@drawn(
    st.integers(0, 6),
    st.floats(0.1, 10),
    st.floats(100_000, 2_000_000),
    st.integers(0, 1),
    st.floats(0, 0.1),
    st.integers(1_000_000, 1_150_000),
)
def test_what_is_bid_is_the_pay_of_a_hire(
    grade: int, talent: float, scale: float, allowances: int, tilt: float, ppm: int
) -> None:
    there = PriceFacts(grade, talent, scale, 150_000, tilt, allowances, ppm)
    hired = PayFacts(grade, talent, 1, scale, 150_000, tilt, allowances, 0, ppm)
    assert price_post(there, BY_SKILL).most == revise(hired, BY_SKILL).pay
