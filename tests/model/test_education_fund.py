"""The enterprises' education funds: rates are whole millionths, and one rule sets money aside."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger import Account
from model.months import month
from model.parameters.reader import Change, all_topics
from tests.lived import STORM, Job, begin, changed

RATES = (
    ("plans", "fund_spent"),
    ("plans", "fund_for_courses"),
    ("accounts", "education_opening"),
    ("hiring", "poach_premium"),
)
JOB = Job(STORM, n=1000)


@pytest.mark.parametrize(("topic", "name"), RATES)
@given(millionths=st.integers(0, 3_000_000))
def test_a_rate_of_money_is_read_as_whole_millionths(
    topic: str, name: str, millionths: int
) -> None:
    # As a float, 1.001 x 1,000,000 is 1,000,998.99…, which cut off is a millionth too little.
    change = Change(name, 0, None, Decimal(millionths).scaleb(-6))
    found = getattr(all_topics()[topic].at(month(2018, 1), [change]), name)
    assert (type(found), found) == (int, millionths)


@pytest.mark.parametrize("text", ["0.29", "0.0157", "1.001", "2.01", "0.000001"])
def test_shares_that_a_float_may_miss(text: str) -> None:
    change = Change("fund_spent", 0, None, Decimal(text))
    found = all_topics()["plans"].at(month(2018, 1), [change]).fund_spent
    assert found == Fraction(text) * 1_000_000


def with_rates(given: Mapping[str, Any], **values: float) -> Mapping[str, Any]:
    for lever, value in values.items():
        given = changed(given, lever.replace("__", "."), value, "1990-01")
    return given


@pytest.mark.parametrize(
    ("case", "settings", "rate"),
    [
        # The population's rates are 1.5 and 2.5 %.
        ("the enterprise's own rate", {}, {15_000: 15_000, 25_000: 25_000}),
        ("the lowest for all", {"required_rate": "minimum"}, {15_000: 15_000, 25_000: 15_000}),
        ("the highest for all", {"required_rate": "maximum"}, {15_000: 25_000, 25_000: 25_000}),
        ("within narrower limits", {"minimum_rate": 0.018, "maximum_rate": 0.02},
         {15_000: 18_000, 25_000: 20_000}),
    ],
)  # fmt: skip
def test_funds_open_and_grow_by_the_same_rule(
    case: str, settings: dict[str, Any], rate: dict[int, int]
) -> None:
    world = {k: v for k, v in settings.items() if not isinstance(v, str)}
    scenario = with_rates(STORM, accounts__education_opening=1.001, plans__supervision=0,
                          **{f"education_levy__{k}": v for k, v in world.items()})  # fmt: skip
    named = {f"education_levy.{k}": v for k, v in settings.items() if isinstance(v, str)}
    province = begin(replace(JOB, scenario={**scenario, "settings": named}))
    e = province.enterprises
    total, seen = 0, set()
    for row in range(province.nobody):
        own = int(e["set_aside_rate_ppm"][row])
        due = rate[own] if e["set_aside_complies"][row] else 0
        year = floor(12 * int(e["payroll"][row]) * Fraction(due, 10**6))
        assert e["education_fund"][row] == floor(year * Fraction(1001, 1000)), (case, row)
        assert e["set_aside"][row] == year // 12
        total += int(e["education_fund"][row])
        seen.add((own, due > 0))
    assert province.balance(Account.EDUCATION_FUNDS) == total * province.weight > 0
    assert len(seen) == 4
    province.step()
    for row in range(province.nobody):
        due = rate[int(e["set_aside_rate_ppm"][row])] if e["set_aside_complies"][row] else 0
        assert e["set_aside"][row] == floor(int(e["payroll"][row]) * Fraction(due, 10**6))


def test_without_the_levy_nothing_is_set_aside() -> None:
    province = begin(replace(JOB, scenario={**STORM, "instruments": {"education_levy": "off"}}))
    e = province.enterprises
    for _ in range(2):
        assert not e["education_fund"].any()
        assert not e["set_aside"].any()
        province.step()


def test_other_uses_take_their_share_to_the_fen() -> None:
    # .29 spent, .05 of it on courses: .29 x .95 = .2755 of what is set aside goes elsewhere, where
    # floats make it .275499.
    rates = with_rates(STORM, plans__fund_spent=0.29, plans__fund_for_courses=0.05)
    province = begin(replace(JOB, scenario=rates))
    province.step()
    lines = [line for line in province.ledger.lines if line[1].payer == Account.EDUCATION_FUNDS
             and line[1].payee == Account.OUTSIDE]  # fmt: skip
    set_aside = province.enterprises["set_aside"].tolist()
    due = [floor(fen * Fraction(2755, 10_000)) for fen in set_aside]
    assert sum(line[-1] for line in lines) == sum(due) * province.weight > 0
