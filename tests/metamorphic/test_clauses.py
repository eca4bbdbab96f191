"""Relations between payments that the text of the clauses implies, over random facts."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from model.instruments import (
    apprenticeship_subsidy,
    education_levy,
    promotion_training_subsidy,
    skill_upgrade_subsidy,
    stay_job_subsidy,
    wage_drop_subsidy,
)
from model.instruments.channels import (
    ApprenticeFacts,
    CertificateFacts,
    EnterpriseYearFacts,
    PayDropFacts,
    PotFacts,
)
from model.markets.pot import share_out
from model.months import month
from model.parameters.reader import all_topics

FLAG = st.integers(0, 1)
FEN = st.integers(0, 3_000_000)
SHARE = st.integers(0, 1_000_000)
WHEN = st.integers(month(2017, 1), month(2020, 12))


def law(name: str, **values: int) -> Any:
    return all_topics()[name].at(month(2018, 6))._replace(**values)


drops = st.builds(
    PayDropFacts,
    month=WHEN, teacher=FLAG, level=st.integers(0, 6), senior_title=FLAG, key_post=FLAG,
    reference_pay=FEN, pay=FEN, insured=FLAG, paid_up=FLAG, distressed=st.integers(0, 2),
    owns_school=FLAG, mean_drop_ppm=SHARE, months_paid=st.integers(0, 24), layoffs_low=FLAG,
)  # fmt: skip
certificates = st.builds(
    CertificateFacts,
    month=WHEN, level=st.integers(0, 6), certificate_month=WHEN, insured=FLAG,
    insured_months=st.integers(0, 100), employed=FLAG, in_catalogue=FLAG, by_course=FLAG,
    upgrade_course=FLAG, received=st.integers(0, 255),
)  # fmt: skip
pots = st.builds(PotFacts, FEN, FEN, FEN)


def paid(instrument: Any, facts: Any, p: Any) -> int:
    fen: int = instrument.amount(facts, p) if instrument.eligibility(facts, p) == 0 else 0
    return fen


@given(drops, SHARE, SHARE)
def test_raising_the_trigger_never_raises_a_payment(f: PayDropFacts, one: int, other: int) -> None:
    low, high = sorted((one, other))
    easy, hard = (law("wage_drop_subsidy", threshold=t) for t in (low, high))
    assert paid(wage_drop_subsidy, f, hard) <= paid(wage_drop_subsidy, f, easy)


@given(drops, SHARE, SHARE)
def test_raising_the_rate_never_lowers_a_payment(f: PayDropFacts, one: int, other: int) -> None:
    low, high = (law("wage_drop_subsidy", rate=r) for r in sorted((one, other)))
    assert paid(wage_drop_subsidy, f, low) <= paid(wage_drop_subsidy, f, high)


@given(drops, st.integers(1, 100_000))
def test_a_deeper_cut_never_lowers_a_payment(f: PayDropFacts, more: int) -> None:
    deeper = f._replace(pay=max(0, f.pay - more))
    p = law("wage_drop_subsidy")
    assert paid(wage_drop_subsidy, f, p) <= paid(wage_drop_subsidy, deeper, p)


@given(drops)
def test_nobody_gets_more_than_the_drop(f: PayDropFacts) -> None:
    assert paid(wage_drop_subsidy, f, law("wage_drop_subsidy")) <= max(0, f.reference_pay - f.pay)


@given(pots, SHARE, SHARE)
def test_raising_the_share_of_premiums_never_lowers_the_ceiling(
    pot: PotFacts, one: int, other: int
) -> None:
    low, high = (law("wage_drop_subsidy", premium_share=s) for s in sorted((one, other)))
    assert wage_drop_subsidy.ceiling(pot, low) <= wage_drop_subsidy.ceiling(pot, high)


@given(pots, st.lists(FEN, max_size=10), st.integers(0, 10**6))
def test_a_larger_pot_never_pays_less_for_the_same_claims(
    pot: PotFacts, claims: list[int], more: int
) -> None:
    p = law("wage_drop_subsidy")
    richer = pot._replace(premiums_last_year=pot.premiums_last_year + more)
    total = [sum(share_out(claims, wage_drop_subsidy.ceiling(one, p))) for one in (pot, richer)]
    assert total[0] <= total[1]


@given(pots)
def test_a_pot_of_its_own_never_holds_less_than_a_shared_one(pot: PotFacts) -> None:
    codes = {c: law("wage_drop_subsidy", pot=c) for c in wage_drop_subsidy.Pot}
    left = {c: wage_drop_subsidy.ceiling(pot, p) for c, p in codes.items()}
    of = wage_drop_subsidy.Pot
    assert left[of.EXCLUSIVE] <= left[of.ADDITIVE]
    assert left[of.SAME_POT] <= left[of.ADDITIVE]
    assert left[of.EARMARK_ONLY] <= left[of.ADDITIVE]


@given(certificates, st.integers(0, 40), st.integers(0, 40))
def test_a_longer_window_never_lowers_a_payment(f: CertificateFacts, one: int, other: int) -> None:
    short, long = (law("skill_upgrade_subsidy", window=w) for w in sorted((one, other)))
    assert paid(skill_upgrade_subsidy, f, short) <= paid(skill_upgrade_subsidy, f, long)


@given(certificates, st.integers(1, 60))
def test_a_longer_record_of_premiums_never_lowers_a_payment(f: CertificateFacts, more: int) -> None:
    p = law("skill_upgrade_subsidy")
    longer = f._replace(insured_months=f.insured_months + more)
    assert paid(skill_upgrade_subsidy, f, p) <= paid(skill_upgrade_subsidy, longer, p)


@given(certificates, st.integers(0, 255))
def test_what_was_received_before_never_raises_a_payment(f: CertificateFacts, more: int) -> None:
    fuller = f._replace(received=f.received | more)
    for instrument, name in (
        (skill_upgrade_subsidy, "skill_upgrade_subsidy"),
        (promotion_training_subsidy, "promotion_training_subsidy"),
    ):
        p = law(name)
        assert paid(instrument, fuller, p) <= paid(instrument, f, p)


@given(certificates)
def test_paying_once_closes_the_claim(f: CertificateFacts) -> None:
    for instrument, name in (
        (skill_upgrade_subsidy, "skill_upgrade_subsidy"),
        (promotion_training_subsidy, "promotion_training_subsidy"),
    ):
        p = law(name)
        bit = 7 if f.upgrade_course else f.level
        if paid(instrument, f, p):
            assert paid(instrument, f._replace(received=f.received | 1 << bit), p) == 0


@given(certificates, SHARE)
def test_a_part_of_the_maximum_is_that_part(f: CertificateFacts, share: int) -> None:
    whole = paid(promotion_training_subsidy, f, law("promotion_training_subsidy"))
    part = paid(promotion_training_subsidy, f, law("promotion_training_subsidy", paid_share=share))
    assert part == whole * share // 1_000_000


@given(certificates)
def test_exchanging_the_first_two_amounts_keeps_their_sum(f: CertificateFacts) -> None:
    of = promotion_training_subsidy
    sums = []
    for order in of.Order:
        p = law("promotion_training_subsidy", order=order)
        sums.append(sum(of.amount(f._replace(upgrade_course=0, level=k), p) for k in (4, 5)))
    assert sums[0] == sums[1] == 500_000  # 3,000 and 2,000 yuan


terms = st.builds(
    ApprenticeFacts,
    month=WHEN, start_month=WHEN, certificate_month=st.one_of(st.just(0), WHEN), insured=FLAG,
    employed=FLAG, months_paid=st.integers(0, 40),
)  # fmt: skip


@given(terms)
def test_paying_by_instalments_pays_the_term_once(f: ApprenticeFacts) -> None:
    p = law("apprenticeship_subsidy", in_force=1)
    rest = apprenticeship_subsidy.months_due(f, p)
    after = f._replace(months_paid=f.months_paid + rest)
    assert paid(apprenticeship_subsidy, after, p) == 0
    assert f.months_paid + rest <= max(f.months_paid, p.longest_term)


years = st.builds(
    EnterpriseYearFacts,
    month=WHEN, insured=FLAG, paid_up=FLAG, premiums_last_year=FEN, layoff_rate_ppm=SHARE,
    registered_unemployment_ppm=SHARE, stay_job_drawn=FEN, wage_drop_drawn=FEN,
    payroll_last_year=FEN, set_aside_rate_ppm=SHARE, frontline_share_ppm=SHARE,
)  # fmt: skip


@given(years, SHARE)
def test_fewer_lay_offs_never_lower_the_refund(f: EnterpriseYearFacts, fewer: int) -> None:
    p = law("stay_job_subsidy")
    milder = f._replace(layoff_rate_ppm=min(f.layoff_rate_ppm, fewer))
    assert paid(stay_job_subsidy, f, p) <= paid(stay_job_subsidy, milder, p)


@given(years, st.integers(0, 10**6))
def test_a_larger_payroll_never_lowers_the_levy(f: EnterpriseYearFacts, more: int) -> None:
    p = law("education_levy")
    larger = f._replace(payroll_last_year=f.payroll_last_year + more)
    assert paid(education_levy, f, p) <= paid(education_levy, larger, p)


@given(years, SHARE)
def test_the_mandate_binds_only_those_below_it(f: EnterpriseYearFacts, minimum: int) -> None:
    # Levy: d(spending)/d(mandate) is 0 above the mandate and payroll below it.
    low = law("education_levy", minimum_rate=min(minimum, 20_000), maximum_rate=25_000)
    required = education_levy.amount(f, low)
    own = min(f.set_aside_rate_ppm, 25_000) * f.payroll_last_year // 1_000_000
    floor = low.minimum_rate * f.payroll_last_year // 1_000_000
    assert required == max(own, floor)
