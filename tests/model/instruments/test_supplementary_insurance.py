"""C12: annuity and medical insurance against a second reading, and the limits on them."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import SupplementFacts
from model.instruments.supplementary_insurance import amount, eligibility
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.supplementary_insurance import limits, supplementary_insurance

TOPIC = all_topics()["supplementary_insurance"]
MOSTLY = st.sampled_from((1, 1, 1, 0))
FACTS = st.builds(
    SupplementFacts,
    month=st.integers(month(2017, 11), month(2018, 4)),
    level=st.sampled_from((0, 3, 4, 5, 5, 5, 6)),
    insured=MOSTLY,
    paid_up=MOSTLY,
    distressed=st.sampled_from((0, 0, 0, 1)),
    pay=st.integers(0, 3_000_000),
    covered_pay=st.integers(0, 10_000_000),
    payroll=st.integers(0, 10**9),
)
RATE = st.integers(0, 120_000)


@settings(max_examples=600)
@given(FACTS, RATE, st.integers(0, 50_000), st.integers(0, 10**6))
def test_rule_and_second_reading_agree(
    facts: SupplementFacts, annuity: int, medical: int, worker: int
) -> None:
    p = TOPIC.at(facts.month)._replace(
        annuity_rate=annuity, medical_rate=medical, worker_part=worker
    )
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    second = supplementary_insurance(
        facts._asdict(),
        annuity=Fraction(annuity, 10**6),
        medical=Fraction(medical, 10**6),
        worker_part=Fraction(worker, 10**6),
    )
    assert ours == second


@given(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=8), RATE, st.integers(0, 10**8))
def test_all_annuities_of_an_enterprise_stay_within_both_limits(
    pays: list[int], rate: int, others: int
) -> None:
    when, covered = month(2018, 6), sum(pays)
    payroll = covered + others
    p = TOPIC.at(when)._replace(annuity_rate=rate, medical_rate=0)
    facts = SupplementFacts(when, 5, 1, 1, 0, 0, covered, payroll)
    total = sum(amount(facts._replace(pay=pay), p) for pay in pays)
    alone, together = limits(when)
    assert total <= alone * payroll
    assert total * (1 + Fraction(p.worker_part, 10**6)) <= together * payroll


def test_limits_change_in_february_2018() -> None:
    p = [TOPIC.at(month(2018, of_year)) for of_year in (1, 2)]
    assert [(one.enterprise_limit, one.joint_limit) for one in p] == [
        (83_333, 166_667),  # a twelfth and a sixth
        (80_000, 120_000),
    ]
