"""Every instrument has work to do in a scenario that comes with the model.

Most pay under the policy as it stands; in a sample some need more than that: wage drops a
downturn, pooling and donations a use that is not the default. ``everybody_asks`` has them all.
"""

import pytest

from model.instruments.registry import instruments
from tests.lived import Job, lived

ALL = Job("everybody_asks", seed=1, n=100)
SELDOM = {  # what pays nothing by default, and where else it does
    "fund_pooling": "text_literal",
    "training_donations": "only_training_donations",
}
RARE = {  # what a sample of 1/500 does not see under the policy
    "apprenticeship_subsidy",
    "cooperation_compensation",
    "distressed_firm_rebate",
    "innovation_loan_interest",
    "supplementary_insurance",
    "talent_compensation",
    "wage_drop_subsidy",
}


def paying(job: Job) -> set[str]:
    """Instruments under which any money moves: of donations (C26) it is the gifts themselves."""
    lines = lived(job).ledger.lines
    return {line[1].instrument for line in lines if line[-1]} & set(instruments())


def test_each_pays_at_least_one_case_where_everybody_asks() -> None:
    found = paying(ALL)
    assert found == set(instruments())
    assert len(found) == 29


def test_the_policy_as_it_stands_pays_all_but_the_rare_and_those_that_nobody_uses() -> None:
    found = paying(Job("policy_2017", seed=1, n=500))
    assert set(instruments()) - found <= RARE | set(SELDOM)
    assert not set(SELDOM) & found


@pytest.mark.parametrize("name", SELDOM)
def test_what_is_not_used_by_default_pays_in_a_scenario_of_its_own(name: str) -> None:
    assert name in paying(Job(SELDOM[name], seed=1, n=2000))
