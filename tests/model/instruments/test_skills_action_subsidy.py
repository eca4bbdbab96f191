"""The employer's subsidy of 2019 to 2021: worked by hand, against a second reading, in a run."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import CertificateFacts, Channel
from model.instruments.registry import instruments, on_channel
from model.instruments.skills_action_subsidy import Apprentices, Reason, amount, eligibility
from model.ledger import Account
from model.months import month
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, changed, differing_workers, lived
from tests.oracle.skills_action_subsidy import due

TOPIC = all_topics()["skills_action_subsidy"]
LAW = TOPIC.at(month(2019, 10))
GAINED = CertificateFacts(
    month=month(2019, 10),
    level=4,
    certificate_month=month(2019, 9),
    insured=1,
    insured_months=60,
    employed=1,
    in_catalogue=1,
    by_course=1,
    upgrade_course=0,
    received=0,
)
ACTION_OFF = {**STORM, "world": {"demand": "downturn_2015",
                                 "background": {"skills_action_2019": "off"}}}  # fmt: skip


def test_2500_yuan_to_the_employer_of_a_new_technician() -> None:
    assert eligibility(GAINED, LAW) == Reason.ELIGIBLE
    assert amount(GAINED, LAW) == 2_500 * 100
    found = instruments()["skills_action_subsidy"]
    assert found.accounts(LAW) == (Account.SKILLS_ACTION_ACCOUNT, Account.ENTERPRISES)


@settings(max_examples=500)
@given(
    now=st.sampled_from([month(2019, 7), month(2019, 8), month(2021, 12), month(2022, 1)]),
    ago=st.integers(-1, 6),
    level=st.integers(0, 6),
    flags=st.tuples(*[st.integers(0, 1)] * 5),
    received=st.integers(0, 255),
    shortage=st.sampled_from([0, 200_000, 1_000_000]),
)
def test_rule_and_second_reading_agree(now, ago, level, flags, received, shortage) -> None:
    employed, by_course, upgrade, apprenticeship, both = flags
    facts = GAINED._replace(
        month=now,
        level=level,
        certificate_month=now - ago,
        employed=employed,
        by_course=by_course,
        upgrade_course=upgrade,
        received=received,
        apprenticeship=apprenticeship,
    )
    p = TOPIC.at(now)._replace(shortage_share=shortage, apprentices=both)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    second = due(
        facts._asdict(), shortage=Fraction(shortage, 10**6), beside_apprenticeship=bool(both)
    )
    assert ours == second


def test_the_employer_of_an_apprentice_is_paid_once_for_the_certificate() -> None:
    ended = GAINED._replace(apprenticeship=1)
    assert eligibility(ended, LAW) == Reason.APPRENTICESHIP_PAID
    assert eligibility(ended, LAW._replace(apprentices=Apprentices.ALLOWED)) == 0


@pytest.fixture(scope="module")
def province():
    return lived(Job(STORM, seed=3))


def test_the_account_is_carved_out_of_the_insurance_fund_and_pays_employers(province) -> None:
    lines = province.ledger.lines
    into = [x for x in lines if x[1].payee == Account.SKILLS_ACTION_ACCOUNT]
    # 100 bn yuan times 2 % at once, in August 2019
    assert [(x[0], x[-1]) for x in into] == [(month(2019, 8), 2_000_000_000 * 100)]
    assert into[0][1].payer == Account.UNEMPLOYMENT_INSURANCE_FUND
    paid = [x for x in lines if x[1].instrument == "skills_action_subsidy"]
    assert paid and min(x[0] for x in paid) >= month(2019, 8)
    assert {x[1].payee for x in paid} == {Account.ENTERPRISES}


def test_no_certificate_is_paid_twice_where_stacking_is_forbidden(province) -> None:
    slots = [
        slot
        for slot, one in enumerate(on_channel(Channel.CERTIFICATE))
        if province.law[one.name].stacking == 0
    ]
    assert len(slots) >= 3  # C9, C10 and the skills action
    masks = [province.workers["received"] >> (8 * k) & 127 for k in slots]
    assert any((mask > 0).any() for mask in masks)
    for k, one in enumerate(masks):
        assert all(((one & other) == 0).all() for other in masks[k + 1 :])


def test_persons_are_paid_again_where_the_action_never_came(province) -> None:
    other = lived(Job(ACTION_OFF, seed=3))
    lines = other.ledger.lines
    assert not [x for x in lines if "skills_action" in x[1].instrument]
    c9 = [x for x in lines if x[1].instrument == "promotion_training_subsidy"]
    assert max(x[0] for x in c9) >= month(2019, 8)
    mine = [x for x in province.ledger.lines if x[1].instrument == "promotion_training_subsidy"]
    assert max(x[0] for x in mine) < month(2019, 8)
    assert np.array_equal(other.workers["id"], province.workers["id"])


def test_what_employers_count_on_changes_whom_they_send() -> None:
    lever = "skills_action_2019.counted_by_enterprises"
    none, all_of_it = (
        lived(Job(changed(STORM, lever, value, "2019-08"), seed=3)) for value in (0, 1)
    )
    assert differing_workers(none, all_of_it) > 0
