"""Scenarios: what a file means, what is inherited and what makes two the same."""

import json
import pickle
from decimal import Decimal

import pytest

from model.months import month
from model.reading import InputErrors
from scenarios import scenario as scenarios
from scenarios.scenario import Scenario, load

GOOD = """\
title: {zh: 翻倍, en: Doubled}
question: Does it help?
instruments: {levy: off}
settings:
  drop.trigger: mean_drop
change:
  - {parameter: drop.rate, from: 2018-01, value: 1.0, because: option B}
  - parameter: drop.amount
    from: 2018-03
    to: 2018-08
    value: 2000
    because: {zh: 半年, en: half a year}
world:
  demand: downturn_2015
  background: {epidemic: off}
"""
CHANGE = "{parameter: drop.rate, from: 2018-01, value: 0.6, because: why}"


def write(folder, text, name="mine.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scenario_says_what_is_in_force_month_by_month(tmp_path, topics):
    found = load(write(tmp_path, GOOD), topics=topics)
    policy = found.policy()
    # rate 0.5 until 2017-12, 1.0 from 2018-01; amount 1,000 until the file's own step of May 2018
    # (dated the 10th: June), 2,000 from March to August 2018, then the file's 1,500.50 again
    assert [policy.at(month(2017, 12) + k)["drop"].rate for k in range(2)] == [500_000, 1_000_000]
    amounts = {m: policy.at(month(2018, m))["drop"].amount for m in (2, 3, 6, 8, 9)}
    assert amounts == {2: 100_000, 3: 200_000, 6: 200_000, 8: 200_000, 9: 150_050}
    law = policy.at(month(2020, 6))
    assert (law["levy"].in_force, law["drop"].in_force, law["drop"].trigger) == (0, 1, 1)
    assert (law["demand"].path, law["epidemic"].in_force) == (1, 0)
    assert policy.world == ("downturn_2015", {"epidemic": False})
    assert found.title == {"zh": "翻倍", "en": "Doubled"}
    assert found.question == {"zh": "Does it help?", "en": "Does it help?"}
    assert [(r.parameter, r.value) for r in found.reasons] == [
        ("drop.rate", Decimal("1.0")),
        ("drop.amount", Decimal(2000)),
    ]
    assert found.reasons[1].because == {"zh": "半年", "en": "half a year"}


def test_a_file_that_states_nothing_is_what_the_parameter_files_say(tmp_path, topics):
    found = load(write(tmp_path, "title: nothing changed"), topics=topics)
    assert found.differences == {}
    law = found.policy().at(month(2018, 1))
    assert law["drop"] == topics["drop"].at(month(2018, 1))
    assert set(law) == set(topics)
    assert found.policy().world == ("observed", {"epidemic": True})


@pytest.mark.parametrize("value", ["on", "true"])
def test_on_gives_back_the_dates_of_the_parameter_file(tmp_path, topics, value):
    write(tmp_path, "instruments: {all: off}", "none.yaml")
    child = f"extends: none.yaml\ninstruments: {{drop: {value}}}"
    policy = load(write(tmp_path, child), topics=topics).policy()
    months = [month(2017, 11), month(2017, 12)]
    assert [policy.at(m)["drop"].in_force for m in months] == [0, 1]
    assert [policy.at(m)["levy"].in_force for m in months] == [0, 0]
    assert policy.at(month(2020, 6))["epidemic"].in_force == 1  # an event is no instrument


def test_all_means_every_instrument_not_named(tmp_path, topics):
    path = write(tmp_path, "instruments: {all: off, drop: on}")
    law = load(path, topics=topics).policy().at(month(2018, 1))
    assert (law["drop"].in_force, law["levy"].in_force) == (1, 0)


def test_a_switch_can_be_dated(tmp_path, topics):
    text = """\
change:
  - {parameter: drop.in_force, from: 2018-01, to: 2018-06, value: off, because: a pause}
"""
    policy = load(write(tmp_path, text), topics=topics).policy()
    found = [policy.at(m)["drop"].in_force for m in range(month(2017, 12), month(2018, 9))]
    assert found == [1, 0, 0, 0, 0, 0, 0, 1, 1]


def test_a_child_overrides_its_base_and_keeps_the_rest(tmp_path, topics):
    write(
        tmp_path,
        """\
title: base
settings: {drop.trigger: mean_drop}
change:
  - {parameter: drop.rate, from: 2018-01, value: 0.6, because: base}
  - {parameter: levy.share, from: 2018-01, value: 0.02, because: base}
world: {demand: downturn_2015}
""",
        "base.yaml",
    )
    child = """\
extends: base.yaml
change:
  - {parameter: drop.rate, from: 2018-04, to: 2018-05, value: 0.7, because: child}
world: {demand: observed}
"""
    found = load(write(tmp_path, child), topics=topics)
    rates = [found.policy().at(month(2018, m))["drop"].rate for m in (3, 4, 5, 6)]
    assert rates == [600_000, 700_000, 700_000, 600_000]
    law = found.policy().at(month(2018, 4))
    assert (law["levy"].share, law["drop"].trigger, law["demand"].path) == (20_000, 1, 0)
    assert found.lineage == ("base",)
    assert found.title == {"zh": "mine", "en": "mine"}
    assert [reason.because["en"] for reason in found.reasons] == ["base", "base", "child"]


def test_months_with_the_same_values_share_one_law(tmp_path, topics):
    policy = load(write(tmp_path, f"change: [{CHANGE}]"), topics=topics).policy()
    assert policy.at(month(2018, 6)) is policy.at(month(2019, 12))
    assert policy.at(month(2017, 12)) is not policy.at(month(2018, 1))
    before, after = policy.at(month(2017, 12)), policy.at(month(2018, 1))
    assert before["levy"] is after["levy"]
    assert before["drop"] is not after["drop"]
    assert policy.at(-5)["drop"].rate == 500_000


def test_the_first_month_in_which_two_scenarios_differ(tmp_path, topics):
    def first(one, other):
        policies = [
            load(write(tmp_path, text, f"{n}.yaml"), topics=topics).policy()
            for n, text in enumerate((one, other))
        ]
        assert policies[0].first_difference(policies[1]) == policies[1].first_difference(
            policies[0]
        )
        return policies[0].first_difference(policies[1])

    plain = "title: x"
    assert first(plain, "title: y") is None
    assert first(plain, f"change: [{CHANGE}]") == month(2018, 1)
    assert first(f"change: [{CHANGE}]", f"change: [{CHANGE}]") is None
    assert first(plain, "instruments: {drop: off}") == month(2017, 12)
    # a setting counts from its first month, in force or not: rules may read what is off
    assert first(plain, "settings: {drop.trigger: mean_drop}") == 0
    assert first(plain, "world: {demand: downturn_2015}") == 0
    assert first(plain, "world: {background: {epidemic: off}}") == month(2020, 2)


def test_the_twin_without_the_policy_shares_the_world(monkeypatch, tmp_path, topics):
    write(tmp_path, "title: without\ninstruments: {drop: off}", "no_policy.yaml")
    monkeypatch.setattr(scenarios, "SHIPPED", tmp_path)
    text = GOOD + "  # and a behaviour:\n"
    text = text.replace(
        "world:", "  - {parameter: moves.cost, from: 2018-01, value: 5, because: b}\nworld:"
    )
    twin = load(write(tmp_path, text), topics=topics).twin()
    law = twin.policy().at(month(2020, 6))
    assert (law["drop"].in_force, law["levy"].in_force, law["drop"].rate) == (0, 1, 500_000)
    assert (law["demand"].path, law["epidemic"].in_force, law["moves"].cost) == (1, 0, 5.0)
    assert (twin.name, twin.title["en"]) == ("no_policy", "without")
    plain = load(write(tmp_path, "title: x"), topics=topics).twin()
    assert plain.digest == load(tmp_path / "no_policy.yaml", topics=topics).digest


def test_a_call_and_a_file_are_one_scenario(tmp_path, topics):
    from_call = Scenario.from_mapping(
        {
            "world": {"background": {"epidemic": False}, "demand": "downturn_2015"},
            "change": [
                {
                    "parameter": "drop.amount",
                    "from": "2018-03",
                    "to": "2018-08",
                    "value": 2000,
                    "because": "x",
                },
                {"parameter": "drop.rate", "from": "2018-01", "value": 1, "because": "y"},
            ],
            "settings": {"drop.trigger": "mean_drop"},
            "instruments": {"levy": False},
        },
        topics=topics,
    )
    assert from_call.digest == load(write(tmp_path, GOOD), topics=topics).digest


def test_a_call_with_wrong_values_is_answered_by_field(topics):
    with pytest.raises(InputErrors) as found:
        Scenario.from_mapping(
            {
                "change": [
                    {"parameter": "drop.rate", "from": "2018-01", "value": "0.5", "because": "x"}
                ]
            },
            name="call",
            topics=topics,
        )
    assert found.value.text("en") == (
        "<call>:1:1 change[1].value: 0.5 in quotes is a text; write the number without quotes"
    )


def test_the_whole_scenario_written_out_is_the_same_scenario(tmp_path, topics):
    found = load(write(tmp_path, GOOD), topics=topics)
    whole = found.as_mapping()
    assert "extends" not in whole
    json.dumps(whole)
    assert Scenario.from_mapping(whole, topics=topics).digest == found.digest


def test_a_shipped_name_and_its_path_are_one_scenario():
    assert load("no_policy").digest == load(scenarios.SHIPPED / "no_policy.yaml").digest


def test_changes_of_one_parameter_in_different_months_are_no_conflict(tmp_path, topics):
    text = (
        f"change:\n  - {CHANGE.replace('2018-01', '2018-01, to: 2018-06')}\n"
        f"  - {CHANGE.replace('2018-01', '2018-07').replace('0.6', '0.8')}\n"
    )
    policy = load(write(tmp_path, text), topics=topics).policy()
    assert [policy.at(month(2018, m))["drop"].rate for m in (6, 7)] == [600_000, 800_000]


def test_a_scenario_travels_between_processes(tmp_path, topics):
    found = load(write(tmp_path, GOOD), topics=topics)
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert copy.digest == found.digest
    assert copy.policy().at(month(2018, 3)) == found.policy().at(month(2018, 3))
    assert pickle.loads(pickle.dumps(found.policy())).digest == found.policy().digest
