"""Sums of staff against sums kept in dictionaries, whatever the order of rows."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from model.codes import BRANCHES, REGIONS, Status
from model.draws import keys
from model.engines.rolls import Rolls
from model.engines.tallies import PlainTallies
from model.instruments.channels import MILLION
from model.instruments.unemployment_insurance import employee_premium, employer_premium
from model.month.sums import in_key_post, sum_staff
from model.months import parse_month
from scenarios.scenario import load

MONTH = parse_month("2020-06")


@pytest.mark.parametrize("luck", range(5))
def test_sums_of_staff_are_those_of_dictionaries(luck: int) -> None:
    draw = np.random.default_rng(luck)
    people, houses = 1_000, 7
    w = {
        "id": np.arange(people),
        "key": keys(luck, np.arange(people)),
        "status": draw.integers(0, len(Status), people).astype(np.uint8),
        "enterprise": draw.integers(0, houses, people).astype(np.int32),
        "level": draw.integers(0, 7, people).astype(np.uint8),
        "appointed": draw.integers(0, 8, people).astype(np.uint8),
        "pay": draw.integers(0, 3_000_000, people).astype(np.int32),
        "region": draw.integers(0, len(REGIONS), people).astype(np.uint8),
        "branch": draw.integers(0, len(BRANCHES), people).astype(np.uint8),
        "insured": draw.integers(0, 2, people).astype(np.uint8),
        "premium_base": draw.integers(0, 3_000_000, people).astype(np.int32),
    }
    names = ("staff", "payroll", "certified_pay", "upper_staff", "upper_pay")
    e = {name: np.full(houses, -1) for name in ("id", *names)}
    e["small"] = draw.integers(0, 2, houses)
    p = load("policy_2017").policy().at(MONTH)["unemployment_insurance"]
    p = p._replace(waived_small=MILLION // 2, waived_large=MILLION // 4)
    law = {
        "wage_drop_subsidy": SimpleNamespace(key_post_share=MILLION // 2),
        "unemployment_insurance": p,
    }
    engine = SimpleNamespace(tallies=PlainTallies())
    province = SimpleNamespace(
        workers=w, enterprises=e, law=law, seed=luck, engine=engine, rolls=Rolls.empty(houses)
    )
    sum_staff(province)  # type: ignore[arg-type]
    in_post = in_key_post(province, np.arange(people))  # type: ignore[arg-type]
    premiums = ("insured", "premium_base", "own_premiums", "staff_premiums")
    by_hand = {name: Counter[int]() for name in (*names, *premiums)}
    for row in range(people):
        if w["status"][row] != Status.EMPLOYED:
            continue
        house, pay, level = (int(w[name][row]) for name in ("enterprise", "pay", "level"))
        by_hand["staff"][house] += 1
        by_hand["payroll"][house] += pay
        if level > 0:
            by_hand["certified_pay"][house] += pay
        if level >= 4 and in_post[row]:
            by_hand["upper_staff"][house] += 1
            by_hand["upper_pay"][house] += pay
        if w["insured"][row]:
            base = int(w["premium_base"][row])
            own = employer_premium(base, p)
            by_hand["insured"][house] += 1
            by_hand["premium_base"][house] += base
            by_hand["own_premiums"][house] += own - own * (2 if e["small"][house] else 1) // 4
            by_hand["staff_premiums"][house] += employee_premium(base, p)
    assert by_hand["upper_staff"].total() > 0
    for name in names:
        assert e[name].tolist() == [by_hand[name][house] for house in range(houses)]
    for name in premiums:
        found = province.rolls.of(name).tolist()
        assert found == [by_hand[name][house] for house in range(houses)]
