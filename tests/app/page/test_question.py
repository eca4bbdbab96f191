"""Levers come from parameter files; a question is a scenario, and its file reads back the same."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from app.question import TEST_SCALE, Lever, Question, desk, levers, step_of, yaml_of
from model.instruments.registry import instruments
from model.months import format_month
from model.reading import InputErrors
from scenarios.scenario import load, shipped


def lever(key: str, base: str = "policy_2017") -> Lever:
    return next(one for group in levers(base).values() for one in group if one.key == key)


RATE = "wage_drop_subsidy.rate@2017-12"


@pytest.mark.parametrize("base", shipped())
def test_a_question_without_levers_is_the_scenario_itself(base: str) -> None:
    assert Question(base).scenario().digest == load(base).digest


@pytest.mark.parametrize("base", ["policy_2017", "text_literal", "no_policy"])
def test_a_lever_at_its_own_value_changes_no_digest(base: str) -> None:
    question = Question(base)

    for group in levers(base).values():
        for one in group:
            question = question.with_lever(one, one.given)

    assert question == Question(base)
    assert question.scenario().digest == load(base).digest


def test_a_moved_lever_changes_the_digest_and_putting_it_back_restores_it() -> None:
    rate = lever(RATE)
    moved = Question().with_lever(rate, Decimal("0.75"))

    assert moved.scenario().digest != Question().scenario().digest
    assert moved.scenario().policy().at(rate.start)["wage_drop_subsidy"].rate == 750_000
    assert moved.with_lever(rate, Decimal("0.50")) == Question()


def test_every_lever_alone_changes_the_digest() -> None:
    base = load("policy_2017").digest
    seen = set()
    for group in levers("policy_2017").values():
        for one in group:
            other: Decimal | str
            if isinstance(one.given, str):
                other = next(name for name in one.parameter.options if name != one.given)
            else:
                high = one.parameter.high
                other = one.parameter.low if one.given == high else high
            seen.add(Question().with_lever(one, other).scenario().digest)

    count = sum(len(group) for group in levers("policy_2017").values())
    assert len(seen | {base}) == count + 1


def test_a_lever_ends_where_the_scenario_itself_changes_the_value() -> None:
    # C10: 36 insured months, 12 from January 2019 by a rule that holds in both worlds
    first = lever("skill_upgrade_subsidy.tenure@2017-12")
    second = lever("skill_upgrade_subsidy.tenure@2019-01")

    assert (first.given, format_month(first.end or 0)) == (Decimal(36), "2018-12")
    assert (second.given, second.end) == (Decimal(12), None)
    policy = Question().with_lever(first, Decimal(24)).scenario().policy()
    months = {m: policy.at(m)["skill_upgrade_subsidy"].tenure for m in range(1410, 1432)}
    assert {format_month(m): n for m, n in months.items() if m in (1414, 1415, 1427, 1428)} == {
        "2017-11": 36,
        "2017-12": 24,
        "2018-12": 24,
        "2019-01": 12,
    }


@pytest.mark.parametrize("base", ["policy_2017", "downturn_coal_oil_2015"])
def test_the_file_of_a_question_reads_back_with_the_same_digest(base: str, tmp_path: Path) -> None:
    question = Question(base)
    for key, value in (
        (RATE, Decimal("0.8")),
        ("wage_drop_subsidy.pot@2017-12", "additive"),
        ("skill_upgrade_subsidy.tenure@2017-12", Decimal(24)),
        ("promotion_training_subsidy.in_force@2017-12", Decimal(0)),
    ):
        question = question.with_lever(lever(key, base), value)
    path = tmp_path / "我的 情景.yaml"
    path.write_text(yaml_of(question), encoding="utf-8")

    assert load(path).digest == question.scenario().digest


def test_a_value_out_of_range_is_answered_in_words() -> None:
    with pytest.raises(InputErrors) as found:
        Question().with_lever(lever(RATE), Decimal(7)).scenario()

    assert "wage_drop_subsidy.rate" in found.value.text("en") or "change" in found.value.text("en")
    assert "7" in found.value.text("zh")


def test_a_question_is_held_against_what_its_scenario_names() -> None:
    base = Question("only_education_levy")
    moved = base.with_lever(lever("plans.supervision@2017-12", base.base), Decimal("0.4"))

    for question in (base, moved):
        against = question.arms().against
        assert against is not None
        assert against.name == "bare"


def test_the_twin_shares_the_world_and_loses_the_policy() -> None:
    take_up = lever("claiming.aware_others@2017-12")
    question = Question("downturn_coal_oil_2015").with_lever(take_up, Decimal("0.02"))
    arms = question.arms()

    assert arms.against is not None
    law = arms.against.policy().at(desk().start)
    assert law["claiming"].aware_others == 0.02
    assert law["wage_drop_subsidy"].in_force == 0
    assert arms.against.policy().world == arms.scenario.policy().world


@pytest.mark.parametrize(
    ("low", "high", "given", "step"),
    [
        # a hundredth of the range, brought down to 1, 2 or 5 of a decimal place
        ("0", "20000", "3000", "200"),
        ("0", "20000", "1500", "100"),  # 1,500 is no multiple of 200
        ("0", "1", "0.5", "0.01"),
        ("0", "0.02", "0.006", "0.0002"),
        ("0.3", "1", "1", "0.005"),  # 0.7 / 100 = 0.007
    ],
)
def test_a_step_is_round_and_keeps_the_scenarios_value_on_the_grid(
    low: str, high: str, given: str, step: str
) -> None:
    parameter = replace(lever(RATE).parameter, low=Decimal(low), high=Decimal(high))

    assert step_of(parameter, Decimal(given)) == Decimal(step)


def test_tests_may_add_a_smaller_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk().scales == (Fraction(1, 200), Fraction(1, 100), Fraction(1, 20))
    monkeypatch.setenv(TEST_SCALE, "1/2000")
    desk.cache_clear()
    try:
        assert desk().scales[0] == Fraction(1, 2000)
    finally:
        monkeypatch.undo()
        desk.cache_clear()


def test_every_instrument_has_a_lever_under_its_clause() -> None:
    offered = {one.topic.name for group in levers("policy_2017").values() for one in group}
    assert set(instruments()) <= offered
    for name, addresses in desk().groups.items():
        clause = name.partition("_")[0]
        for address in addresses:
            topic = address.partition(".")[0]
            if topic in instruments():
                assert instruments()[topic].clause == clause, address
