"""Appraisal subsidy: by hand, and against a second reading."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.appraisal_subsidy import Reason, amount, eligibility
from model.instruments.channels import CertificateFacts
from model.instruments.registry import instruments
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle.appraisal_subsidy import appraisal

TOPIC = all_topics()["appraisal_subsidy"]
JUNE = month(2018, 6)
FLAG = st.integers(0, 1)
MOSTLY = st.sampled_from([1, 1, 1, 0])
CERTIFICATES = st.builds(
    CertificateFacts,
    month=st.integers(month(2017, 8), month(2018, 3)), level=st.integers(0, 3),
    certificate_month=st.integers(month(2016, 8), month(2018, 4)), insured=FLAG,
    insured_months=st.just(0), employed=FLAG, in_catalogue=FLAG, by_course=FLAG,
    upgrade_course=st.sampled_from([0, 0, 0, 1]), received=st.sampled_from([0, 0, 2, 4, 128]),
    first_certificate=MOSTLY, group=st.integers(0, 8),
)  # fmt: skip


def first(**known: int) -> CertificateFacts:
    facts = {**dict.fromkeys(CertificateFacts._fields, 0), "month": JUNE, "level": 1, "group": 2}
    facts |= {"certificate_month": JUNE - 3, "first_certificate": 1}
    return CertificateFacts(**{**facts, **known})


def test_two_hundred_yuan_for_the_first_certificate_only() -> None:
    p = TOPIC.at(JUNE)
    assert (eligibility(first(), p), amount(first(), p)) == (Reason.ELIGIBLE, 200 * 100)
    assert eligibility(first(first_certificate=0), p) == Reason.NOT_FIRST
    assert eligibility(first(received=1 << 1), p) == Reason.ALREADY_RECEIVED
    assert eligibility(first(group=0), p) == Reason.NOT_IN_GROUP


def test_it_needs_neither_a_post_nor_insurance() -> None:
    assert eligibility(first(employed=0, insured=0, in_catalogue=0), TOPIC.at(JUNE)) == 0


@given(CERTIFICATES, st.integers(0, 10**6))
def test_rule_and_second_reading_agree(facts: CertificateFacts, raised: int) -> None:
    p = TOPIC.at(facts.month)._replace(raised=raised)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == appraisal(facts._asdict(), raised=Fraction(raised, 10**6))


def test_the_fee_of_an_exam_bars_no_training_subsidy_and_is_barred_by_none_unless_forbidden() -> (
    None
):
    # C25 pays for the exam, C10 for the certificate: drawn in either order, both are paid.
    found, upgrade = instruments()["appraisal_subsidy"], instruments()["skill_upgrade_subsidy"]
    at = month(2019, 3)
    p, other = (
        all_topics()["appraisal_subsidy"].at(at),
        all_topics()["skill_upgrade_subsidy"].at(at),
    )
    assert not found.bars(p, upgrade, other)
    assert found.bars(p._replace(stacking=0), upgrade, other)
    assert upgrade.bars(other, found, p)  # C10's own setting forbids; the fee asks its own
