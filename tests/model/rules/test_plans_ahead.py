"""What plans see besides: money given back, technicians who retire, steps of pay really granted."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from model.parameters.plans import Params
from model.rules.plans import (
    CashFacts,
    CutFacts,
    StaffFacts,
    TrainingPlanFacts,
    count_cash,
    cut_pay,
    plan_staff,
    plan_training,
)
from tests.model.rules.given import given
from tests.model.rules.test_plans import PLANT, P, logistic

PAID = 1_400  # month in which help was given
FIRM = {"distress": 0.4, "payroll": 10_000_000, "cash_help": 3_600_000, "help_month": PAID}
SHARES = st.floats(0, 1)


def shortfall(p: Params = P, **facts: float) -> float:
    return count_cash(given(CashFacts, **{**FIRM, "month": PAID + 1, **facts}), p).shortfall


@pytest.mark.parametrize(
    ("case", "facts", "expected"),
    [
        # 3.6 of 10 m fen a month is .36 of a month; half of it over nine months meets .02 each
        ("the month after", {}, 0.38),
        ("to the ninth month", {"month": PAID + 9}, 0.38),
        ("not in the tenth", {"month": PAID + 10}, 0.4),
        ("nor in the month of payment, whose plans are made", {"month": PAID}, 0.4),
        # .5 x 90 / 10 / 9 = .5
        ("never below nothing", {"cash_help": 90_000_000}, 0.0),
        ("where cash meets wages it changes nothing", {"distress": 0.0}, 0.0),
        ("nothing was given", {"cash_help": 0, "help_month": 0}, 0.4),
        ("nobody is paid", {"payroll": 0}, 0.4),
    ],
)
def test_what_cash_cannot_meet(case: str, facts: dict[str, float], expected: float) -> None:
    assert shortfall(**facts) == pytest.approx(expected, rel=1e-12), case


def test_without_liquidity_help_leaves_the_shortfall_to_the_bit() -> None:
    assert shortfall(P._replace(liquidity=0.0)) == 0.4


@drawn(SHARES, SHARES, st.integers(0, 10**12), st.integers(1, 10**12), st.integers(-1, 40))
def test_help_only_ever_eases(
    distress: float, liquidity: float, fen: int, payroll: int, since: int
) -> None:
    facts = {"distress": distress, "payroll": payroll, "month": PAID + since}
    p = P._replace(liquidity=liquidity)
    less, more = shortfall(p, **facts, cash_help=fen), shortfall(p, **facts, cash_help=2 * fen)
    assert 0.0 <= more <= less <= distress
    # Over its horizon help meets no more wages than was given.
    met = (distress - less) * payroll * P.horizon_months
    assert met <= fen * (1 + 1e-9) + payroll * 1e-12


def test_a_shortfall_that_help_meets_is_neither_cut_nor_laid_off() -> None:
    # Need .4 is a cut of .4; .3 one of .3; below .25 pay is not touched.
    cuts = [cut_pay(given(CutFacts, state=1, shortfall=s), P).cut_ppm for s in (0.4, 0.3, 0.2)]
    assert cuts == [400_000, 300_000, 0]
    # Private, 100 wanted: .5 sheds 100 - 62.5 x 1.25 = 21.875, a fifth 4.375;
    # .4: 100 - 70 x 1.25 = 12.5, a fifth 2.5; u .7.
    staff = {"staff": 100, "wanted": 100, "u_round": 0.7}
    layoffs = [plan_staff(given(StaffFacts, **staff, shortfall=s), P).layoffs for s in (0.5, 0.4)]
    assert layoffs == [5, 3]


def test_successors_are_sent_as_technicians_retire() -> None:
    # succession 1.5: at a share of .4 the chance is 1 + .6 = 1.6 times; the others' stands.
    plain = plan_training(given(TrainingPlanFacts, **PLANT), P)
    ahead = plan_training(given(TrainingPlanFacts, **PLANT, succession=0.4), P)
    assert plain.successor_rate == plain.nomination_rate == ahead.nomination_rate
    assert ahead.successor_rate == pytest.approx(1.6 * plain.nomination_rate, rel=1e-12)
    # Half while pay is cut, as for everybody.
    cut = plan_training(given(TrainingPlanFacts, **PLANT, succession=0.4, cut_ppm=1), P)
    assert cut.successor_rate == pytest.approx(0.8 * plain.nomination_rate, rel=1e-12)
    nobody = plan_training(given(TrainingPlanFacts, **{**PLANT, "staff": 0}, succession=1.0), P)
    assert nobody.successor_rate == 0.0


@drawn(SHARES, SHARES, st.floats(0, 4))
def test_the_more_retire_the_more_successors_are_sent(a: float, b: float, weight: float) -> None:
    p = P._replace(succession=weight)
    low, high = (
        plan_training(given(TrainingPlanFacts, **PLANT, succession=share), p)
        for share in sorted((a, b))
    )
    assert low.nomination_rate <= low.successor_rate <= high.successor_rate
    assert high.successor_rate <= (1.0 + weight) * high.nomination_rate * (1 + 1e-12)


def test_the_rent_follows_the_steps_of_pay_really_granted() -> None:
    # Usual steps .8, part taken .5. Granted .4: half as much is taken, .25 of the gain; granted
    # 1.0: .625. Rent (1 - taken) x .12 x 1.3 x 29.26 months.
    months = (1 - (0.992 * 0.98) ** 60) / (1 - 0.992 * 0.98)
    for granted, taken in ((0.8, 0.5), (0.4, 0.25), (1.0, 0.625)):
        facts = {**PLANT, "compression": granted}
        expected = 0.004 * logistic((1 - taken) * 0.12 * 1.3 * months - 2.0)
        found = plan_training(given(TrainingPlanFacts, **facts), P).nomination_rate
        assert found == pytest.approx(expected, rel=1e-12)


@drawn(st.floats(0.6, 1), st.floats(0.6, 1))
def test_smaller_steps_never_mean_less_training(a: float, b: float) -> None:
    small, large = (
        plan_training(given(TrainingPlanFacts, **{**PLANT, "compression": c}), P).nomination_rate
        for c in sorted((a, b))
    )
    assert small >= large
