"""C12: the figures of the text, and what must hold for any drop, pot and reading."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import PayDropFacts, PotFacts
from model.instruments.wage_drop_subsidy import (
    INSTRUMENT,
    Comparison,
    Params,
    Payee,
    Pot,
    amount,
    ceiling,
    counted_by_stay_job,
    eligibility,
    served_as,
)
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["wage_drop_subsidy"]
P: Params = TOPIC.at(month(2018, 6))
FEN = st.integers(0, 10**9)


def technician(**facts: int) -> PayDropFacts:
    known = {
        "month": month(2018, 6),
        "teacher": 0,
        "level": 4,
        "senior_title": 0,
        "key_post": 1,
        "reference_pay": 800_000,
        "pay": 400_000,
        "insured": 1,
        "paid_up": 1,
        "distressed": 1,
        "owns_school": 0,
        "mean_drop_ppm": 0,
        "months_paid": 0,
    }
    return PayDropFacts(**{**known, **facts})


def test_the_figures_of_the_text() -> None:
    assert (P.threshold, P.rate, P.premium_share) == (500_000, 500_000, 500_000)
    for name in ("in_force", "threshold", "rate", "premium_share"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C12" in TOPIC.parameters[name].cite["en"]


def test_the_first_month_is_december_2017() -> None:
    assert [TOPIC.at(month(2017, m)).in_force for m in (11, 12)] == [0, 1]


def test_the_defaults_are_the_likeliest_reading() -> None:
    defaults = {
        name: TOPIC.parameters[name].options[getattr(P, name)] for name in INSTRUMENT.settings
    }
    assert defaults == {
        "trigger": "own_drop",
        "comparison": "at_least",
        "pot": "same_pot",
        "rationing": "pro_rata",
        "distress_gate": "either",
        "layoff_condition": "none",
        "teachers_premiums": "enterprise",
        "payee": "person",
    }
    assert (P.duration_limit, P.key_post_share, P.special_technician) == (0, 1_000_000, 1)


@given(reference=st.integers(1, 10**9), pay=FEN)
def test_the_threshold_is_exact_for_any_pay(reference: int, pay: int) -> None:
    facts = technician(reference_pay=reference, pay=pay)
    assert (eligibility(facts, P) == 0) == (2 * (reference - pay) >= reference)


@given(reference=st.integers(2, 10**9))
def test_the_notch_is_one_fen_wide(reference: int) -> None:
    half = reference - (reference + 1) // 2  # the highest pay that is a drop of half
    assert eligibility(technician(reference_pay=reference, pay=half), P) == 0
    assert eligibility(technician(reference_pay=reference, pay=half + 1), P) != 0


@given(reference=st.integers(2, 10**9))
def test_exactly_half_is_half_to_the_fen(reference: int) -> None:
    # A cut of half is rounded up to the fen: of 8,000.01 yuan it takes 4,000.01. One fen more or
    # less is not half any more.
    p = P._replace(comparison=Comparison.EXACTLY)
    half = reference - (reference + 1) // 2
    paid = [eligibility(technician(reference_pay=reference, pay=half + k), p) for k in (-1, 0, 1)]
    assert [reason == 0 for reason in paid] == [False, True, False]


@given(reference=st.integers(1, 10**9), low=FEN, high=FEN)
def test_beyond_the_notch_a_deeper_drop_pays_more_but_leaves_less(
    reference: int, low: int, high: int
) -> None:
    half = reference - (reference + 1) // 2
    low, high = sorted((min(low, half), min(high, half)))
    deep, shallow = (technician(reference_pay=reference, pay=pay) for pay in (low, high))
    assert amount(deep, P) >= amount(shallow, P)
    assert low + amount(deep, P) <= high + amount(shallow, P)


@given(reference=st.integers(1, 10**9), pay=FEN)
def test_nobody_is_paid_more_than_half_of_the_drop(reference: int, pay: int) -> None:
    facts = technician(reference_pay=reference, pay=pay)
    if eligibility(facts, P) == 0:
        assert 0 <= 2 * amount(facts, P) <= reference - pay


def test_a_cut_of_half_leaves_what_a_quarter_would_leave_unsubsidised() -> None:
    # 8,000 cut by half: 4,000 + 2,000 = 6,000 = 75 % of 8,000; a cut of 49 % leaves 51 %.
    facts = technician()
    assert facts.pay + amount(facts, P) == 600_000 == 800_000 * 3 // 4
    assert eligibility(technician(pay=408_000), P) != 0


@given(premiums=FEN, stay_job=FEN, drawn=FEN, pot=st.sampled_from(Pot))
def test_no_reading_lets_the_year_exceed_half_of_the_premiums(
    premiums: int, stay_job: int, drawn: int, pot: Pot
) -> None:
    facts = PotFacts(premiums, stay_job, drawn)
    left = ceiling(facts, P._replace(pot=int(pot)))
    assert left >= 0
    assert left == 0 or drawn + left <= premiums // 2
    if pot == Pot.SAME_POT and left > 0:
        assert stay_job + drawn + left == premiums // 2


@given(premiums=FEN, stay_job=FEN, drawn=FEN)
def test_readings_are_ordered_by_generosity(premiums: int, stay_job: int, drawn: int) -> None:
    facts = PotFacts(premiums, stay_job, drawn)
    left = {pot: ceiling(facts, P._replace(pot=int(pot))) for pot in Pot}
    assert left[Pot.EXCLUSIVE] <= left[Pot.ADDITIVE]
    assert left[Pot.SAME_POT] <= left[Pot.ADDITIVE]
    assert left[Pot.EARMARK_ONLY] <= left[Pot.ADDITIVE]


def test_what_the_stay_job_subsidy_must_count() -> None:
    facts = PotFacts(6_000_000, 0, 200_000)
    counted = {pot: counted_by_stay_job(facts, P._replace(pot=int(pot))) for pot in Pot}
    assert counted == {
        Pot.SAME_POT: 200_000,
        Pot.ADDITIVE: 0,
        Pot.EXCLUSIVE: 6_000_000,
        Pot.EARMARK_ONLY: 0,
    }

    untouched = PotFacts(6_000_000, 0, 0)
    assert {counted_by_stay_job(untouched, P._replace(pot=int(pot))) for pot in Pot} == {0}


def test_months_covered_by_a_year_s_pot() -> None:
    # A cap of half of 1 % of 12 months of pay is 0.06 months of the mean pay a head. Technicians
    # are 5 % of 100 people, earn 1.6 times the mean and lose half: 0.05 x 1.6 x 0.25 = 0.02 of
    # the payroll a month, so the pot lasts 0.06 / 0.02 = 3 months.
    mean = 500_000
    premiums = 12 * 100 * mean // 100
    pot = PotFacts(premiums, 0, 0)
    each = amount(technician(reference_pay=mean * 16 // 10, pay=mean * 8 // 10), P)
    assert ceiling(pot, P) == 3 * 5 * each


def test_a_senior_title_stands_beside_a_senior_technician_when_sharing_by_level() -> None:
    assert served_as(technician(teacher=1, senior_title=1, level=0)) == 5
    assert served_as(technician(teacher=0, senior_title=1, level=4)) == 4
    assert served_as(technician(teacher=1, senior_title=1, level=6)) == 6


def test_who_pays_whom_follows_the_settings() -> None:
    fund, firms, staff = (
        Account.UNEMPLOYMENT_INSURANCE_FUND,
        Account.ENTERPRISES,
        Account.WORKERS,
    )
    assert INSTRUMENT.accounts(P) == (fund, staff)
    assert INSTRUMENT.accounts(P._replace(payee=int(Payee.ENTERPRISE))) == (fund, firms)
    assert INSTRUMENT.accounts(P._replace(pot=int(Pot.EARMARK_ONLY))) == (firms, staff)
