"""Pooling of education funds (C26): whose, how much, and what the pooled money buys."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts
from model.instruments.fund_pooling import Reach, Reason, amount, eligibility
from model.ledger import Account
from model.months import month, month_of_year, parse_month
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, begin, changed, differing_workers, lived
from tests.oracle.fund_pooling import due

TOPIC = all_topics()["fund_pooling"]
LAW = TOPIC.at(month(2018, 12))
FIRM = EnterpriseYearFacts(
    **dict.fromkeys(EnterpriseYearFacts._fields, 0)
    | {"month": month(2018, 12), "headcount": 100, "education_fund": 500_000}
)
USED = Job(changed(STORM, "fund_pooling.take_up", 1, "2016-01"), seed=2, until="2019-12")
COURSE = 600 * 100  # fen, plans.short_course_cost


def test_juniors_trained_do_not_keep_a_fund_out_of_reach() -> None:
    # C26: "has not carried out high-skill training, even if it trains juniors"
    assert eligibility(FIRM, LAW) == Reason.ELIGIBLE
    assert amount(FIRM, LAW) == 500_000
    assert eligibility(FIRM._replace(trained_upper=1), LAW) == Reason.TRAINS_UPPER


def test_no_use_of_the_power_is_made_by_default_and_the_text_at_its_word_makes_it() -> None:
    from scenarios.scenario import load

    at = month(2018, 12)
    assert LAW.take_up == 0
    assert load("text_literal").policy().at(at)["fund_pooling"].take_up == 1_000_000
    assert load("no_policy").policy().at(at)["fund_pooling"].in_force == 0


@settings(max_examples=500)
@given(
    now=st.sampled_from([month(2017, 11), month(2017, 12), month(2020, 12)]),
    staff=st.sampled_from([0, 19, 20, 21, 5_000]),
    trained=st.integers(0, 2),
    fund=st.integers(0, 10**10),
    share=st.sampled_from([0, 333_333, 1_000_000]),
    reach=st.sampled_from(["either", "no_capacity"]),
)
def test_rule_and_second_reading_agree(now, staff, trained, fund, share, reach) -> None:
    facts = FIRM._replace(month=now, headcount=staff, trained_upper=trained, education_fund=fund)
    p = TOPIC.at(now)._replace(pooled_share=share, reach=Reach[reach.upper()].value)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == due(facts._asdict(), reach=reach, share=Fraction(share, 10**6))


@pytest.fixture(scope="module")
def pooled():
    return lived(USED)


def test_each_december_funds_are_pooled_as_the_second_reading_says() -> None:
    province = begin(USED)
    from model.month import claims

    seen = 0
    stage = claims.pay_enterprises

    def watched(p):
        nonlocal seen
        e = p.enterprises
        before = {name: e[name].copy() for name in ("education_fund", "trained_upper", "staff")}
        stage(p)
        expected = np.zeros(len(e["id"]), np.int64)
        if month_of_year(p.month) == 12:
            for row in np.flatnonzero(e["exists"] == 1).tolist():
                expected[row] = (
                    due(
                        {
                            "month": p.month,
                            "headcount": int(before["staff"][row]),
                            "trained_upper": int(before["trained_upper"][row]),
                            "education_fund": int(before["education_fund"][row]),
                        }
                    )
                    or 0
                )
        assert (before["education_fund"] - e["education_fund"] == expected).all()
        seen += int((expected > 0).sum())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "pay_enterprises", watched)
        province.run(parse_month("2018-12"))
    assert seen >= 20


def test_pooled_money_buys_courses_and_never_more_than_there_is(pooled) -> None:
    into = [x for x in pooled.ledger.lines if x[1].payee == Account.POOLED_EDUCATION_FUND]
    out = [x for x in pooled.ledger.lines if x[1].payer == Account.POOLED_EDUCATION_FUND]
    assert into and out
    assert {month_of_year(x[0]) for x in (*into, *out)} == {12}
    assert {x[1].payee for x in out} == {Account.INSTITUTIONS}
    assert all(x[-1] == x[-2] * COURSE for x in out)
    left = sum(x[-1] for x in into) - sum(x[-1] for x in out)
    assert left == pooled.balance(Account.POOLED_EDUCATION_FUND) >= 0


def test_pooling_is_no_public_outlay() -> None:
    from model.ledger import PUBLIC

    assert Account.POOLED_EDUCATION_FUND not in PUBLIC
    assert Account.EDUCATION_FUNDS not in PUBLIC


def test_a_share_of_nothing_changes_nobody_and_pooling_changes_somebody(pooled) -> None:
    nothing = lived(
        Job(changed(STORM, "fund_pooling.pooled_share", 0, "2016-01"), seed=2, until="2019-12")
    )
    never = lived(Job(STORM, seed=2, until="2019-12"))
    assert differing_workers(nothing, never) == 0
    assert differing_workers(pooled, never) > 0
