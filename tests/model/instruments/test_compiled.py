"""Every rule of every instrument compiles, and compiled it answers as it does in plain Python."""

import random
from collections.abc import Callable
from typing import Any

import numba
import pytest

from model.instruments import education_levy, stay_job_subsidy, wage_drop_subsidy
from model.instruments import unemployment_insurance as insurance
from model.instruments.channels import (
    FACTS,
    Channel,
    PotFacts,
    counted_as_received,
    mean_drop,
    share_of,
)
from model.instruments.registry import instruments
from model.months import month
from model.parameters.reader import all_topics

CASES = 300
SEEN = (0, 1, 2, 3, 4, 5, 6, 12, 36, 500_000, 4_000_00, 8_000_00)
MONTHS = (month(2017, 12), month(2018, 6), month(2018, 11), month(2019, 3), month(2019, 8))
FIXED = {("contest_training_bases", "amount")}  # one sum for each


def compiled(rule: Callable[..., int], arguments: int) -> Callable[..., int]:
    """``rule`` called from compiled code, as the columns engine calls it."""
    names = ", ".join(f"a{n}" for n in range(arguments))
    space: dict[str, Any] = {"rule": rule}
    exec(f"def call({names}):\n    return rule({names}) + 0", space)
    found: Callable[..., int] = numba.njit(error_model="numpy")(space["call"])
    return found


def facts_of(kind: Any, luck: random.Random) -> Any:
    def value(name: str) -> int:
        if name == "month" or name.endswith("_month"):
            return luck.choice(MONTHS)
        return luck.choice(SEEN) if luck.random() < 0.5 else luck.choice((0, 1))

    return kind(**{name: value(name) for name in kind._fields})


@pytest.mark.parametrize("name", instruments())
def test_rules_answer_alike_compiled_and_plain(name: str) -> None:
    instrument = instruments()[name]
    rules = {
        "eligibility": instrument.eligibility,
        "amount": instrument.amount,
        **instrument.figures,
    }
    luck = random.Random(name)
    kind = FACTS[instrument.channel]
    for rule_name, rule in rules.items():
        fast = compiled(rule, 2)
        seen = set()
        for _ in range(CASES):
            facts = facts_of(kind, luck)
            p = all_topics()[name].at(facts.month)
            plain = rule(facts, p)
            assert type(plain) is int, f"{rule_name} of {name} returned {type(plain)}"
            assert fast(facts, p) == plain, (rule_name, facts)
            seen.add(plain)
        constant = rule_name == "earliest_month" or (name, rule_name) in FIXED
        assert constant or len(seen) > 1, f"{rule_name} of {name} always answers the same"


@pytest.mark.parametrize(
    "rule",
    [wage_drop_subsidy.ceiling, wage_drop_subsidy.counted_by_stay_job, stay_job_subsidy.ceiling],
)
def test_ceilings_answer_alike_compiled_and_plain(rule: Callable[..., int]) -> None:
    name = rule.__module__.rpartition(".")[2]
    fast, luck = compiled(rule, 2), random.Random(5)
    for _ in range(CASES):
        pot = PotFacts(luck.randrange(10**8), luck.randrange(10**7), luck.randrange(10**7))
        p = all_topics()[name].at(luck.choice(MONTHS))
        if name == "wage_drop_subsidy":
            p = p._replace(pot=luck.randrange(4))
        assert fast(pot, p) == rule(pot, p)


def test_small_rules_answer_alike_compiled_and_plain() -> None:
    luck = random.Random(6)
    p = all_topics()["unemployment_insurance"].at(month(2018, 6))
    levy = all_topics()["education_levy"].at(month(2018, 6))
    for rule in (insurance.declared_base, insurance.employer_premium, insurance.employee_premium):
        fast = compiled(rule, 2)
        assert all(fast(fen, p) == rule(fen, p) for fen in range(0, 3_000_000, 77_777))
    comply = compiled(education_levy.compliance, 2)
    kind = FACTS[Channel.ENTERPRISE_YEAR]
    for _ in range(CASES):
        facts = facts_of(kind, luck)
        assert comply(facts, levy) == education_levy.compliance(facts, levy)
        a, b, c = luck.randrange(256), luck.randrange(256), luck.randrange(2)
        assert compiled_mask(a, b, c) == counted_as_received(a, b, c)
        assert compiled_share(a, b) == share_of(a, b)
        assert compiled_drop(a, b) == mean_drop(a, b)


compiled_mask = compiled(counted_as_received, 3)
compiled_share = compiled(share_of, 2)
compiled_drop = compiled(mean_drop, 2)
