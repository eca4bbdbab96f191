"""C9: 3,000, 2,000 and 1,500 at most, to the person, from December 2017 to July 2019."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import UPGRADE_COURSE_BIT, CertificateFacts
from model.instruments.promotion_training_subsidy import Params, amount, eligibility
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["promotion_training_subsidy"]
P: Params = TOPIC.at(month(2018, 6))


def promoted(**facts: int) -> CertificateFacts:
    known = {
        "month": month(2018, 6),
        "level": 4,
        "certificate_month": month(2018, 3),
        "insured": 0,
        "insured_months": 0,
        "employed": 1,
        "in_catalogue": 1,
        "by_course": 1,
        "upgrade_course": 0,
        "received": 0,
    }
    return CertificateFacts(**{**known, **facts})


def test_the_figures_of_the_text() -> None:
    yuan = (P.amount_technician, P.amount_senior_technician, P.amount_upgrade_course)
    assert yuan == (300_000, 200_000, 150_000)
    for name in ("amount_technician", "amount_senior_technician", "amount_upgrade_course"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C9" in TOPIC.parameters[name].cite["en"]


def test_it_pays_from_december_2017_to_july_2019() -> None:
    paid = [
        now
        for now in range(month(2017, 1), month(2021, 1))
        if eligibility(
            promoted(month=now, certificate_month=min(now, month(2017, 12))), TOPIC.at(now)
        )
        == 0
    ]
    assert paid == list(range(month(2017, 12), month(2019, 8)))


@given(
    level=st.integers(0, 6),
    course=st.integers(0, 1),
    received=st.integers(0, 255),
    share=st.integers(0, 10**6),
)
def test_no_payment_exceeds_its_maximum_or_comes_twice(
    level: int, course: int, received: int, share: int
) -> None:
    facts = promoted(level=level, upgrade_course=course, received=received)
    p = P._replace(paid_share=share)
    if eligibility(facts, p) == 0:
        most = 150_000 if course else {4: 300_000, 5: 200_000}[level]
        assert 0 <= amount(facts, p) <= most
        assert not (received >> (UPGRADE_COURSE_BIT if course else level)) & 1


@given(age=st.integers(0, 17))
def test_no_window_closes_the_claim(age: int) -> None:
    now = month(2019, 5)
    assert eligibility(promoted(month=now, certificate_month=now - age), TOPIC.at(now)) == 0


def test_a_worker_out_of_employment_cannot_claim() -> None:
    assert eligibility(promoted(employed=0), P) != 0
    assert eligibility(promoted(), P) == 0
