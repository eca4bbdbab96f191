"""Scenarios: what a file means, what is inherited, and every wrong one answered at its place."""

import json
from decimal import Decimal

import pytest

from model.months import month
from model.parameters.reader import all_topics
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


def answers(path, topics):
    """Errors as ``LINE:COLUMN field: …``."""
    with pytest.raises(InputErrors) as found:
        load(path, topics=topics)
    return [str(error).removeprefix(f"{path}:") for error in found.value.errors]


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
    # a setting of a measure matters from the month in which the measure is in force
    assert first(plain, "settings: {drop.trigger: mean_drop}") == month(2017, 12)
    assert first(plain, "world: {demand: downturn_2015}") == 0
    assert first(plain, "world: {background: {epidemic: off}}") == month(2020, 2)


def test_the_twin_without_the_policy_shares_the_world(monkeypatch, tmp_path, topics):
    write(tmp_path, "title: without\ninstruments: {drop: off}", "no_policy.yaml")
    monkeypatch.setattr(scenarios, "SHIPPED", tmp_path)
    text = GOOD + "  # and a behaviour:\n"
    text = text.replace(
        "world:", "  - {parameter: moves.cost, from: 2018-01, value: 5, because: b}\nworld:"
    )
    twin = load(write(tmp_path, text), topics=topics).without_policy()
    law = twin.policy().at(month(2020, 6))
    assert (law["drop"].in_force, law["levy"].in_force, law["drop"].rate) == (0, 1, 500_000)
    assert (law["demand"].path, law["epidemic"].in_force, law["moves"].cost) == (1, 0, 5.0)
    assert (twin.name, twin.title["en"]) == ("no_policy", "without")
    plain = load(write(tmp_path, "title: x"), topics=topics).without_policy()
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
    assert str(found.value) == (
        "<call>:1:1 change[1].value: 0.5 in quotes is a text; write the number without quotes"
    )


def test_the_whole_scenario_written_out_is_the_same_scenario(tmp_path, topics):
    found = load(write(tmp_path, GOOD), topics=topics)
    whole = found.as_mapping()
    assert "extends" not in whole
    json.dumps(whole)
    assert Scenario.from_mapping(whole, topics=topics).digest == found.digest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "1:1: the file is empty; write at least one field"),
        ("- a", "1:1: […] is not a group of fields; write key: value, one per line"),
        ("just text", "1:1: just text is not a group of fields; write key: value, one per line"),
        ("titel: x", "1:1 titel: there is no titel; did you mean title?"),
        ("title: x\nruns: 8", "2:1 runs: there is no runs; use one of change, extends,"),
        ("title:", "1:1 title: nothing is written here; write a value or remove the field"),
        ("title: [x]", "1:8 title: […] is not a group of fields; write key: value, one per line"),
        ("title: {zh: x}", "1:8 title.en: en is missing; add it"),
        ("title: {zh: x, en: y, fr: z}", "1:23 title.fr: there is no fr; use one of en, zh"),
        ("instruments: off", "1:14 instruments: off is not a group of fields;"),
        ("instruments: {drop: maybe}", "1:21 instruments.drop: maybe is neither on nor off;"),
        (
            "instruments: {drops: on}",
            "1:15 instruments.drops: there is no drops; did you mean drop?",
        ),
        (
            "instruments: {epidemic: off}",
            "1:15 instruments.epidemic: there is no epidemic; use one of",
        ),
        (
            "settings: {drop.trigger: mean}",
            "1:26 settings.drop.trigger: there is no mean; did you mean mean_drop?",
        ),
        (
            "settings: {drop.triger: mean_drop}",
            "1:12 settings.drop.triger: there is no drop.triger; did you",
        ),
        (
            "settings: {drop.rate: 1}",
            "1:12 settings.drop.rate: drop.rate is a number, not a setting",
        ),
        ("change: {}", "1:9 change: {…} is not a list;"),
        ("change: [x]", "1:10 change[1]: x is not a group of fields;"),
        ("change: [{parameter: drop.rate}]", "1:10 change[1].from: from is missing; add it"),
        (
            f"change: [{CHANGE.replace('drop.rate', 'drop.rates')}]",
            "1:22 change[1].parameter: there is no drop.rates; did you mean drop.rate?",
        ),
        (
            f"change: [{CHANGE.replace('drop.rate', 'xyz')}]",
            "1:22 change[1].parameter: there is no xyz; write topic.name with one of the topics drop,",
        ),
        (
            f"change: [{CHANGE.replace('drop.rate', 'levy.zzzzzzzz')}]",
            "1:22 change[1].parameter: there is no levy.zzzzzzzz; use one of levy.in_force,",
        ),
        (
            f"change: [{CHANGE.replace('0.6', '1.2')}]",
            "1:55 change[1].value: 1.2 is out of range; choose from 0 to 1",
        ),
        (f"change: [{CHANGE.replace('0.6', 'x')}]", "1:55 change[1].value: x is not a number;"),
        (f"change: [{CHANGE.replace('0.6', '[1]')}]", "1:55 change[1].value: […] is not a number;"),
        (
            f"change: [{CHANGE.replace('0.6', '-0.0')}]",
            "1:55 change[1].value: -0.0 is not how a number is written",
        ),
        (
            f"change: [{CHANGE.replace('0.6', '.nan')}]",
            "1:55 change[1].value: .nan is not a number;",
        ),
        (
            f"change: [{CHANGE.replace('0.6', '1e308')}]",
            "1:55 change[1].value: 1e308 is out of range;",
        ),
        (
            f"change: [{CHANGE.replace('0.6', '0.1234567')}]",
            "1:55 change[1].value: 0.1234567 has more than 6 decimals",
        ),
        (
            f"change: [{CHANGE.replace('2018-01', '2018-1')}]",
            "1:39 change[1].from: 2018-1 is not a month;",
        ),
        (
            f"change: [{CHANGE.replace('2018-01', '1899-01')}]",
            "1:39 change[1].from: 1899-01 is not between 1900-01",
        ),
        (
            f"change: [{CHANGE.replace('2018-01', '2018-05, to: 2018-04')}]",
            "1:52 change[1].to: 2018-04 is before 2018-05;",
        ),
        (
            f"change: [{CHANGE.replace('value', 'valeu')}]",
            "1:48 change[1].valeu: there is no valeu; did you mean value?",
        ),
        (
            f"change: [{CHANGE.replace('because: why', 'because: ')}]",
            "1:60 change[1].because: nothing is written",
        ),
        (
            f"change: [{CHANGE.replace('0.6', '0.6, value: 0.7')}]",
            "1:60 change[1].value: the key was already given",
        ),
        (
            f"change:\n  - {CHANGE}\n  - {CHANGE}",
            "3:5 drop.rate: drop.rate already has a value for 2018-01 in line 2; keep one of them",
        ),
        (
            f"change:\n  - {CHANGE.replace('2018-01', '2018-01, to: 2018-06')}\n"
            f"  - {CHANGE.replace('2018-01', '2018-06, to: 2018-09')}",
            "3:5 drop.rate: drop.rate already has a value for 2018-06 in line 2; keep one of them",
        ),
        (
            "settings: {drop.trigger: own_drop}\nchange:\n"
            "  - {parameter: drop.trigger, from: 2018-01, value: mean_drop, because: x}",
            "3:5 drop.trigger: drop.trigger already has a value for 2018-01 in line 1;",
        ),
        (
            "instruments: {drop: off}\nchange:\n"
            "  - {parameter: drop.in_force, from: 2018-01, value: on, because: x}",
            "3:5 drop.in_force: drop.in_force already has a value for 2018-01 in line 1;",
        ),
        (
            "world: {demand: boom}",
            "1:17 world.demand: there is no boom; use one of downturn_2015, observed",
        ),
        (
            "world: {demand: downturn}",
            "1:17 world.demand: there is no downturn; did you mean downturn_2015?",
        ),
        (
            "world: {background: {levy: off}}",
            "1:22 world.background.levy: there is no levy; use one of epidemic",
        ),
        (
            "world: {background: {epidemic: 2}}",
            "1:32 world.background.epidemic: 2 is neither on nor off;",
        ),
        (
            "world: {epidemic: off}",
            "1:9 world.epidemic: there is no epidemic; use one of background, demand",
        ),
        ("extends: [a]", "1:10 extends: […] is not a text; write one text"),
        ("extends: polcy_2017", "1:10 extends: there is no polcy_2017; did you mean policy_2017?"),
        ("extends: other.yaml", "1:10 extends: there is no such file; check the name"),
        (
            "extends: mine.yaml",
            "1:10 extends: mine.yaml extends this scenario in turn; break the circle",
        ),
        ("extends: *base", "1:10: anchors (&) and aliases (*) are not read;"),
    ],
)
def test_a_wrong_scenario_is_answered_at_its_place(tmp_path, topics, text, expected):
    found = answers(write(tmp_path, text), topics)
    assert any(one.startswith(expected) for one in found), found
    assert len(found) <= 4


def test_changes_of_one_parameter_in_different_months_are_no_conflict(tmp_path, topics):
    text = (
        f"change:\n  - {CHANGE.replace('2018-01', '2018-01, to: 2018-06')}\n"
        f"  - {CHANGE.replace('2018-01', '2018-07').replace('0.6', '0.8')}\n"
    )
    policy = load(write(tmp_path, text), topics=topics).policy()
    assert [policy.at(month(2018, m))["drop"].rate for m in (6, 7)] == [600_000, 800_000]


def test_all_errors_come_together_in_order_those_of_the_base_included(tmp_path, topics):
    base = write(tmp_path, "titel: x\nworld: {demand: boom}\n", "base.yaml")
    child = write(
        tmp_path,
        "extends: base.yaml\nsettings: {drop.rate: 1}\ninstruments: {drops: on, levy: 3}\n",
    )
    with pytest.raises(InputErrors) as found:
        load(child, topics=topics)
    places = [str(error).split(" ")[0] for error in found.value.errors]
    assert places == [
        f"{child}:2:12",
        f"{child}:3:15",
        f"{child}:3:32",
        f"{base}:1:1",
        f"{base}:2:17",
    ]


def test_a_base_that_cannot_be_read_is_answered_in_its_own_name(tmp_path, topics):
    base = write(tmp_path, "a: [", "base.yaml")
    child = write(tmp_path, "extends: base.yaml")
    with pytest.raises(InputErrors) as found:
        load(child, topics=topics)
    assert str(found.value) == f"{base}:1:4: the bracket opened here is never closed; close it"


def test_circles_and_long_chains_end(tmp_path, topics):
    write(tmp_path, "extends: b.yaml", "a.yaml")
    write(tmp_path, "extends: a.yaml", "b.yaml")
    with pytest.raises(InputErrors, match=r"b\.yaml:1:10 extends: a\.yaml extends this scenario"):
        load(tmp_path / "a.yaml", topics=topics)
    for n in range(12):
        write(tmp_path, f"extends: chain{n + 1}.yaml", f"chain{n}.yaml")
    with pytest.raises(InputErrors, match="more than 8 files extend one another"):
        load(tmp_path / "chain0.yaml", topics=topics)


def test_a_misspelt_shipped_name_gives_the_nearest_one():
    with pytest.raises(InputErrors) as found:
        load("text_litteral", topics=all_topics())
    assert str(found.value) == (
        "text_litteral:1:1: there is no text_litteral; did you mean text_literal?"
    )
    assert found.value.text("zh").endswith("没有 text_litteral；是否指 text_literal？")


def test_a_shipped_name_and_its_path_are_one_scenario():
    assert load("no_policy").digest == load(scenarios.SHIPPED / "no_policy.yaml").digest
