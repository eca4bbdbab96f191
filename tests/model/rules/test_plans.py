"""What enterprises decide: cuts, staff, training (4.6, 4.10), with their closed forms."""

import math

import pytest

from model.parameters.plans import Params
from model.rules.plans import (
    CutFacts,
    FeltFacts,
    StaffFacts,
    TrainingPlanFacts,
    cost_of_cut,
    coverage,
    cut_pay,
    feel_cut,
    felt,
    plan_staff,
    plan_training,
    pressure,
    retention_value,
)
from tests.model.rules.given import given

P = given(
    Params, adjust_up=0.5, adjust_up_state=0.1, adjust_down_state=0.01, adjust_down_private=0.2,
    surplus_tolerated=0.25,
    distress_start=0.25, distress_end=0.1, horizon_months=9, replacement_cost=5.0,
    arrears_cost=3.0, saving_value=0.35, resistance=1.0, declared_cost=1.0,
    relief_by_layoffs_state=0.0, relief_by_layoffs_private=0.75, others_cut=0.6,
    cut_exponent=1.0, cut_saturation=4.0, felt_months=9,
    nomination_attention=0.004, productivity_step=0.12, pass_through=0.5, output_per_pay=1.3,
    stay_discount=0.992, training_cost=2.0, fund_eases=0.6, nomination_spread=1.0,
    usual_compression=0.8, succession=1.5, liquidity=0.5,
    short_course_base=0.002, short_course_cost=60_000, fund_spent=600_000, fund_for_courses=200_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("quits", "months"),
    [(0.005, 41.9), (0.01, 36.9), (0.02, 29.3), (0.03, 23.9), (0.05, 16.9)],
)
def test_months_of_a_trained_worker_follow_the_table(quits: float, months: float) -> None:
    # A(h) = (1 - q^60) / (1 - q), q = .992 (1 - h): 41.9 at .5 % to 16.9 at 5 %.
    q = 0.992 * (1 - quits)
    assert retention_value(quits, P) == pytest.approx((1 - q**60) / (1 - q), rel=1e-12)
    assert retention_value(quits, P) == pytest.approx(months, abs=0.05)


@pytest.mark.parametrize(
    ("quits", "rent"), [(0.005, 3.3), (0.01, 2.9), (0.02, 2.3), (0.03, 1.9), (0.05, 1.3)]
)
def test_the_rent_of_a_step_falls_by_six_tenths(quits: float, rent: float) -> None:
    # (1 - .5) x .12 x 1.3 x A(h), in monthly wages
    assert 0.5 * 0.12 * 1.3 * retention_value(quits, P) == pytest.approx(rent, abs=0.05)


@pytest.mark.parametrize(
    ("case", "cut", "p", "multiple"),
    [
        ("no cut", 0.0, P, 1.0),
        # (1 - .5)^-1
        ("half pay felt in full", 0.5, P, 2.0),
        # (1 - .25)^-2
        ("a quarter, with exponent 2", 0.25, P._replace(cut_exponent=2.0), 16 / 9),
        # (1 - .8)^-1 = 5, held at 4
        ("it saturates", 0.8, P, 4.0),
        # nine months of a horizon of 120: (1 - .5 x .075)^-1
        ("a temporary cut by its present value", 0.5, P._replace(felt_months=120), 1 / 0.9625),
    ],
)
def test_pressure(case: str, cut: float, p: Params, multiple: float) -> None:
    assert pressure(cut, p) == pytest.approx(multiple, rel=1e-13), case


def test_a_cut_is_felt_for_its_months_at_most_in_full() -> None:
    assert felt(0.5, P._replace(felt_months=18)) == pytest.approx(0.25)
    assert felt(0.5, P._replace(felt_months=6)) == 0.5


def test_elasticity_of_quits_at_full_pay_is_the_exponent() -> None:
    # d ln h / d ln (1 - d) = -exponent, by a small cut.
    small = 1e-6
    for exponent in (0.3, 1.0, 2.5):
        p = P._replace(cut_exponent=exponent)
        slope = math.log(pressure(small, p)) / math.log(1 - small)
        assert slope == pytest.approx(-exponent, rel=1e-6)


FIRM = {"state": 1, "quit_rate": 0.01, "trigger_ppm": 500_000, "paid_to_ppm": 800_000,
        "support_ppm": 500_000, "months_now": 9, "pot_now": 100.0, "supported_share": 1.0,
        "u_caution": 0.0}  # fmt: skip


def cost(cut: int, need: float, **facts: float) -> float:
    return cost_of_cut(cut, need, given(CutFacts, **{**FIRM, **facts}), P)


@pytest.mark.parametrize(
    ("case", "cut", "need", "facts", "expected"),
    [
        # no cut: 5 x (1 - .99^9) + 3 x .4 x 9 = 5 x .0864828 + 10.8
        ("no cut, need .4", 0, 0.4, {}, 5 * (1 - 0.99**9) + 10.8),
        # cut .4 = need: rate .01 / .6; nothing owed, nothing saved, nothing to resist
        ("what need asks", 400_000, 0.4, {}, 5 * (1 - (1 - 0.01 / 0.6) ** 9)),
        # cut .45, need .4: saves .05 x 9 x .35, loses .05 x 9 x 1 to resistance
        ("a little more", 450_000, 0.4, {},
         5 * (1 - (1 - 0.01 / 0.55) ** 9) - 0.35 * 0.05 * 9 + 0.05 * 9),
        # cut .5 with full support: felt .5 (1 - .5) = .25 < need: no resistance, saves .1 x 9 x .35
        ("at the notch", 500_000, 0.4, {}, 5 * (1 - (1 - 0.01 / 0.75) ** 9) - 0.35 * 0.1 * 9),
        # the same unsupported: felt .5, resisted .1
        ("at the notch without the subsidy", 500_000, 0.4, {"trigger_ppm": 0},
         5 * (1 - (1 - 0.01 / 0.5) ** 9) - 0.35 * 0.1 * 9 + 0.1 * 9),
        # a deeper cut is supported too: felt .6 (1 - .5) = .3 < need; saves .2 x 9 x .35
        ("beyond the notch", 600_000, 0.4, {}, 5 * (1 - (1 - 0.01 / 0.7) ** 9) - 0.35 * 0.2 * 9),
        # ... but not where exactly half is asked: felt .6, resisted .2, and nothing is declared
        ("beyond the notch where exactly half is asked", 600_000, 0.4,
         {"paid_to_ppm": 500_000, "u_caution": 1 - math.exp(-1)},
         5 * (1 - (1 - 0.01 / 0.4) ** 9) - 0.35 * 0.2 * 9 + 0.2 * 9),
        # half the pot: felt .5 (1 - .25) = .375
        ("at the notch with half a pot", 500_000, 0.4, {"pot_now": 4.5},
         5 * (1 - (1 - 0.01 / 0.625) ** 9) - 0.35 * 0.1 * 9),
        # at .8 the entitlement is 1.6 times that at .5, so the pot covers .5 / 1.6 = .3125 of it:
        # felt .8 (1 - .5 x .3125) = .675, resisted .275; saved .4 x 9 x .35
        ("the same pot at a deeper cut", 800_000, 0.4, {"pot_now": 4.5},
         5 * (1 - (1 - 0.01 / 0.325) ** 9) - 0.35 * 0.4 * 9 + 0.275 * 9),
        # only half of those cut are supported: the same
        ("half of the group supported", 500_000, 0.4, {"supported_share": 0.5},
         5 * (1 - (1 - 0.01 / 0.625) ** 9) - 0.35 * 0.1 * 9),
        # caution: u = 1 - 1/e costs one monthly wage where need does not explain the cut
        ("a cautious enterprise", 500_000, 0.4, {"u_caution": 1 - math.exp(-1)},
         5 * (1 - (1 - 0.01 / 0.75) ** 9) - 0.35 * 0.1 * 9 + 1.0),
        # a cut within a step of need is explained
        ("need explains it", 500_000, 0.47, {"u_caution": 1 - math.exp(-1)},
         5 * (1 - (1 - 0.01 / 0.75) ** 9) - 0.35 * 0.03 * 9),
    ],
)  # fmt: skip
def test_the_cost_of_a_cut(
    case: str, cut: int, need: float, facts: dict[str, float], expected: float
) -> None:
    assert cost(cut, need, **facts) == pytest.approx(expected, rel=1e-12), case


def take_home(cut: float, trigger: float, share: float, coverage: float) -> float:
    """W(d) = 1 - d below the trigger and 1 - d + share x coverage x d from it on."""
    return 1 - cut + (share * coverage * cut if cut >= trigger else 0.0)


@pytest.mark.parametrize(
    ("case", "facts", "cut", "expected"),
    [
        ("a full pot", {}, 500_000, 1.0),
        ("a full pot at any cut", {}, 800_000, 1.0),
        # 7 of 9 months are this year's; its pot holds 3.5, next year's 1: 4.5 of 9
        ("two pots", {"months_now": 7, "pot_now": 3.5, "months_later": 2, "pot_later": 1.0},
         500_000, 0.5),
        # this year's pot has more than enough, which does not help next year
        ("what is left over lapses",
         {"months_now": 7, "pot_now": 50.0, "months_later": 2, "pot_later": 1.0}, 500_000, 8 / 9),
        # at .8 the pots hold 3.5 / 1.6 and 1 / 1.6 months
        ("two pots at a deeper cut",
         {"months_now": 7, "pot_now": 3.5, "months_later": 2, "pot_later": 1.0}, 800_000,
         4.5 / 1.6 / 9),
        ("three months by its limit", {"months_now": 3}, 500_000, 3 / 9),
        ("nothing", {"pot_now": 0.0}, 500_000, 0.0),
    ],
)  # fmt: skip
def test_what_pots_cover(case: str, facts: dict[str, float], cut: int, expected: float) -> None:
    found = coverage(cut, given(CutFacts, **{**FIRM, **facts}), P)
    assert found == pytest.approx(expected, rel=1e-12), case


@pytest.mark.parametrize("pot", [0.0, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("cut", [0.0, 0.25, 0.45, 0.5, 0.55, 0.8])
def test_staff_feel_take_home_pay_under_the_notch(cut: float, pot: float) -> None:
    # What is felt is one less take-home pay; the pressure behind the cost must be that of W(d).
    f = {**FIRM, "pot_now": 9 * pot}
    covered = pot * 0.5 / cut if cut > 0.5 else pot  # the pot does not grow with the cut
    need = 0.9  # so that nothing but replacement and arrears stands in the cost
    found = cost(round(cut * 1e6), need, **f) - 3.0 * (need - cut) * 9
    rate = 0.01 * min(4.0, 1 / take_home(cut, 0.5, 0.5, covered))
    assert found == pytest.approx(5 * (1 - (1 - rate) ** 9), rel=1e-9)


def test_half_pay_with_full_support_feels_like_a_quarter_cut() -> None:
    # d' = .5 (1 - share x coverage): .25 at a share of one half and a full pot.
    for covered, same in ((1.0, 0.25), (0.5, 0.375), (0.0, 0.5)):
        assert take_home(0.5, 0.5, 0.5, covered) == pytest.approx(1 - same)
        answer = feel_cut(given(FeltFacts, cut_ppm=500_000, relief=0.5 * covered), P)
        assert answer.pressure_supported == pytest.approx(pressure(same, P), rel=1e-12)


def test_feelings_of_three_groups() -> None:
    # 50 % cut with half of the drop given back, others cut by 20 %: 1/.5, 1/.75, 1/.8
    found = feel_cut(given(FeltFacts, cut_ppm=500_000, cut_others_ppm=200_000, relief=0.5), P)
    assert found == pytest.approx((1, 2.0, 4 / 3, 1.25))


@pytest.mark.parametrize(
    ("case", "facts", "expected"),
    [
        ("no distress, no cut", {"shortfall": 0.2}, (0, 0, 0)),
        # need .4 in a state enterprise without the subsidy: the grid's cheapest is .4 itself
        ("the cut that need asks", {"shortfall": 0.4, "trigger_ppm": 0}, (1, 400_000, 240_000)),
        # with the subsidy in view it goes to the notch: at .5 a pot of two fifths leaves a loss of
        # .5 (1 - .2) = .4 = need, so nothing is resisted and .1 x 9 x .35 is saved
        ("the notch draws it to half pay", {"shortfall": 0.4, "pot_now": 3.6},
         (1, 500_000, 240_000)),
        # ... but not one that fears to be asked: caution .99 costs 4.6 monthly wages
        ("unless it is cautious", {"shortfall": 0.4, "pot_now": 3.6, "u_caution": 0.99},
         (1, 400_000, 240_000)),
        # a private enterprise lays off instead: need .4 x (1 - .75) = .1
        ("a private enterprise cuts little", {"shortfall": 0.4, "state": 0, "trigger_ppm": 0},
         (1, 100_000, 60_000)),
        # 1.0 x .6 = .6 for the others
        ("never above four fifths", {"shortfall": 1.0, "trigger_ppm": 0}, (1, 800_000, 600_000)),
        ("a spell goes on", {"shortfall": 0.11, "cut_ppm": 500_000}, (0, 500_000, 0)),
        ("and ends", {"shortfall": 0.09, "cut_ppm": 500_000}, (2, 0, 0)),
        ("the limit itself is no end", {"shortfall": 0.1, "cut_others_ppm": 1}, (0, 0, 1)),
    ],
)  # fmt: skip
def test_cuts(case: str, facts: dict[str, float], expected: tuple[int, int, int]) -> None:
    assert cut_pay(given(CutFacts, **{**FIRM, **facts}), P) == expected, case


def test_the_cut_is_the_cheapest_of_the_grid() -> None:
    for need in (0.3, 0.42, 0.5, 0.77):
        for pot in (0.0, 2.7, 9.0):
            facts = {**FIRM, "shortfall": need, "pot_now": pot, "u_caution": 0.1}
            costs = {c: cost(c, need, **facts) for c in range(0, 850_000, 50_000)}
            assert cut_pay(given(CutFacts, **facts), P).cut_ppm == min(
                costs, key=lambda c: costs[c]
            )


@pytest.mark.parametrize(
    ("case", "facts", "vacancies", "layoffs"),
    [
        # gap 10, half of it
        ("half of a gap is opened", {"staff": 90, "wanted": 100}, 5, 0),
        # gap 3: 1.5 + .4 = 1.9, floored
        ("rounded by the draw: down", {"staff": 97, "wanted": 100, "u_round": 0.4}, 1, 0),
        ("rounded by the draw: up", {"staff": 97, "wanted": 100, "u_round": 0.5}, 2, 0),
        ("nobody is hired while pay is cut", {"staff": 90, "wanted": 100, "cut_ppm": 1}, 0, 0),
        ("nor while the others' pay is", {"staff": 90, "wanted": 100, "cut_others_ppm": 1}, 0, 0),
        # 100 wanted, 125 tolerated
        ("a quarter too many is tolerated", {"staff": 125, "wanted": 100}, 0, 0),
        # 175 - 125 = 50, a fifth of it
        ("a private enterprise lays off a fifth", {"staff": 175, "wanted": 100}, 0, 10),
        # a hundredth of 50 is .5 + .5 = 1
        ("a state enterprise a hundredth", {"staff": 175, "wanted": 100, "state": 1,
         "u_round": 0.5}, 0, 1),
        # distress .5, private: wanted 100 x (1 - .5 x .75) = 62.5, tolerated 78.125;
        # 100 - 78.125 = 21.875, a fifth is 4.375, + .7
        ("distress sheds private staff", {"staff": 100, "wanted": 100, "shortfall": 0.5,
         "u_round": 0.7}, 0, 5),
        ("distress below the start sheds nobody", {"staff": 100, "wanted": 100, "shortfall": 0.2},
         0, 0),
        ("a state enterprise keeps its staff in distress",
         {"staff": 100, "wanted": 100, "shortfall": 0.9, "state": 1}, 0, 0),
        # .1 x 20 = 2: state posts are mostly not refilled
        # 100 of whom 4 % are shed leave 96 for 70 wanted: 96 - 87.5 = 8.5 too many, a fifth of them
        ("those shed this month are not laid off as well",
         {"staff": 100, "shed_rate": 0.04, "wanted": 70, "u_round": 0.5}, 0, 2),
        ("without shedding it would be three",
         {"staff": 100, "wanted": 70, "u_round": 0.5}, 0, 3),
        ("a state enterprise refills slowly",
         {"state": 1, "staff": 80, "wanted": 100, "u_round": 0.5}, 2, 0),
    ],
)  # fmt: skip
def test_staff(case: str, facts: dict[str, float], vacancies: int, layoffs: int) -> None:
    found = plan_staff(given(StaffFacts, **facts), P)
    assert (found.vacancies, found.layoffs) == (vacancies, layoffs), case


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


RENT = 0.5 * 0.12 * 1.3 * (1 - (0.992 * 0.98) ** 60) / (1 - 0.992 * 0.98)
PLANT = {"staff": 100, "quits_seen": 0.02, "payroll": 40_000_000, "compression": 0.8}


@pytest.mark.parametrize(
    ("case", "facts", "nomination", "short"),
    [
        # rent 2.28 against a cost of 2; .002 short courses a worker-month
        ("nothing set aside", {}, 0.004 * logistic(RENT - 2.0), 0.002),
        # half a month of payroll in the fund: cost 2 x (1 - .6 x .5) = 1.4
        (
            "half a month set aside",
            {"education_fund": 20_000_000},
            0.004 * logistic(RENT - 1.4),
            0.002,
        ),
        # more than a month counts as one: cost .8
        ("a year set aside", {"education_fund": 480_000_000}, 0.004 * logistic(RENT - 0.8), 0.002),
        # 600,000 fen x .6 x .2 = 72,000 fen: 1.2 courses for 100 workers
        (
            "what is set aside buys courses",
            {"set_aside": 600_000},
            0.004 * logistic(RENT - 2.0),
            0.002 + 0.012,
        ),
        (
            "at most a quarter of the staff a month",
            {"set_aside": 10**9},
            0.004 * logistic(RENT - 2.0),
            0.25,
        ),
        (
            "half as many are sent while pay is cut",
            {"cut_ppm": 500_000},
            0.002 * logistic(RENT - 2.0),
            0.002,
        ),
        ("nobody there", {"staff": 0}, 0.0, 0.0),
        ("no payroll", {"payroll": 0}, 0.0, 0.0),
    ],
)
def test_training_plans(
    case: str, facts: dict[str, float], nomination: float, short: float
) -> None:
    found = plan_training(given(TrainingPlanFacts, **{**PLANT, **facts}), P)
    assert found.nomination_rate == pytest.approx(nomination, rel=1e-12), case
    assert found.short_rate == pytest.approx(short, rel=1e-12), case


def test_more_poaching_means_less_training() -> None:
    # Fact L5 in the rule: the higher the losses an enterprise sees, the fewer it sends.
    rates = [
        plan_training(given(TrainingPlanFacts, **{**PLANT, "quits_seen": h}), P).nomination_rate
        for h in (0.0, 0.005, 0.01, 0.02, 0.05, 0.2)
    ]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > rates[-1]


def test_consent_strengthens_resistance_and_slows_lay_offs() -> None:
    # C4. A cut of .4 with a need of .2: resistance 1 x (.4 - .2) x 9 months = 1.8; with consent
    # of a half 2.7, .9 more. A surplus of 100 - 50 x 1.25 = 37.5 at .2: 7.5 and half of it.
    firmer = P._replace(consent=0.5)
    f = given(CutFacts, quit_rate=0.01)
    more = cost_of_cut(400_000, 0.2, f, firmer) - cost_of_cut(400_000, 0.2, f, P)
    assert more == pytest.approx(0.9)
    assert cost_of_cut(200_000, 0.3, f, firmer) == cost_of_cut(200_000, 0.3, f, P)  # need explains
    some = given(StaffFacts, staff=100, wanted=50, u_round=0.0)
    assert [plan_staff(some, p).layoffs for p in (P, firmer)] == [7, 3]
