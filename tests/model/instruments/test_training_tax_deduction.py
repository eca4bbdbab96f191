"""Tax saved by training (C26): on spend, within a part of payroll, where there is profit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts
from model.instruments.training_tax_deduction import Reason, amount, eligibility
from model.ledger import PUBLIC, Account
from model.months import month, month_of_year, parse_month
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, begin, changed, differing_workers, lived
from tests.oracle.training_tax_deduction import due

TOPIC = all_topics()["training_tax_deduction"]
FIRM = EnterpriseYearFacts(
    **dict.fromkeys(EnterpriseYearFacts._fields, 0)
    | {
        "month": month(2019, 5),
        "payroll_last_year": 100_000_000,
        "training_spend": 6_000_000,
        "profit": 50_000_000,
    }
)


def test_a_quarter_of_the_spend() -> None:
    # 60,000 yuan of 1,000,000 of payroll, below 8 %: 25 % is 15,000
    p = TOPIC.at(month(2019, 5))
    assert eligibility(FIRM, p) == Reason.ELIGIBLE
    assert amount(FIRM, p) == 15_000 * 100
    # for 2017, settled in 2018: 2.5 % is 25,000, of which a quarter
    assert amount(FIRM, TOPIC.at(month(2018, 5))) == 6_250 * 100


def test_without_profit_it_is_worth_nothing() -> None:
    assert eligibility(FIRM._replace(profit=0), TOPIC.at(month(2019, 5))) == Reason.NO_PROFIT


@settings(max_examples=500)
@given(
    now=st.sampled_from([month(2007, 12), month(2008, 1), month(2018, 12), month(2019, 1)]),
    spend=st.integers(-1, 10**8),
    payroll=st.integers(0, 10**9),
    profit=st.integers(-1, 10**9),
    drawn=st.integers(0, 1),
)
def test_rule_and_second_reading_agree(now, spend, payroll, profit, drawn) -> None:
    facts = FIRM._replace(
        month=now, training_spend=spend, payroll_last_year=payroll, profit=profit, drawn=drawn
    )
    p = TOPIC.at(now)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == due(facts._asdict())


def test_each_may_the_tax_not_levied_is_what_the_second_reading_says() -> None:
    province = begin(Job(STORM, seed=2, until="2020-12"))
    from model.month import claims

    stage, seen = claims.pay_enterprises, [0, 0]

    def watched(p):
        e = p.enterprises
        spent, payroll = e["training_spend_last_year"].copy(), e["payroll_last_year"].copy()
        carried, distress = e["training_carried"].copy(), e["distress"].copy()
        before = e["training_tax_deduction_drawn"].copy()
        stage(p)
        paid = e["training_tax_deduction_drawn"] - before
        for row in np.flatnonzero(e["exists"] == 1).tolist():
            calm = distress[row] < p.law["plans"].distress_end
            facts = {
                "month": p.month,
                "drawn": int(before[row]),
                "training_spend": int(spent[row] + carried[row]),
                "payroll_last_year": int(payroll[row]),
                "profit": int(payroll[row]) // 10 if calm else 0,
            }
            expected = due(facts) if month_of_year(p.month) == 5 else None
            assert paid[row] == (expected or 0), (p.month, row)
            seen[0] += int(paid[row] > 0)
            seen[1] += int(month_of_year(p.month) == 5 and spent[row] > 0 and not calm)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "pay_enterprises", watched)
        province.run(parse_month("2020-05"))
    assert min(seen) >= 10  # enterprises that saved tax, and those that spent without profit


def test_it_is_shown_apart_and_moves_no_agent() -> None:
    base = Job(STORM, seed=2, until="2019-12")
    none = changed(STORM, "training_tax_deduction.tax_rate", 0, "2016-01")
    assert Account.TAX_OFFICE not in PUBLIC
    assert differing_workers(lived(base), lived(Job(none, seed=2, until="2019-12"))) == 0
