"""Wrong scenario files: every one is answered at its line and column, with what would be right."""

import pytest

from model.parameters.reader import all_topics
from model.reading import InputErrors
from scenarios.scenario import load
from tests.scenarios.test_scenario import CHANGE, write


def answers(path, topics):
    """Errors as ``LINE:COLUMN field: …``."""
    with pytest.raises(InputErrors) as found:
        load(path, topics=topics)
    return [str(error).removeprefix(f"{path}:") for error in found.value.errors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "1:1: the file is empty; write at least one field"),
        ("- a", "1:1: […] is not a group of fields; write key: value, one per line"),
        ("just text", "1:1: just text is not a group of fields; write key: value, one per line"),
        ("titel: x", "1:1 titel: there is no titel; did you mean title?"),
        ("title: x\nruns: 8", "2:1 runs: there is no runs; use one of against, change, extends,"),
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
            "1:22 change[1].parameter: there is no xyz; write topic.name with one of",
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
        ("against: [bare]", "1:10 against: […] is not a text; write one text"),
        ("against: no_polic", "1:10 against: there is no no_polic; did you mean no_policy?"),
        ("against: mine.yaml", "1:10 against: there is no mine.yaml; use one of bare, downturn"),
        ("against: ", "1:1 against: nothing is written here"),
        ("extends: *base", "1:10: anchors (&) and aliases (*) are not read;"),
    ],
)
def test_a_wrong_scenario_is_answered_at_its_place(tmp_path, topics, text, expected):
    found = answers(write(tmp_path, text), topics)
    assert any(one.startswith(expected) for one in found), found
    assert len(found) <= 4


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
    assert (
        found.value.text("en") == f"{base}:1:4: the bracket opened here is never closed; close it"
    )


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
    assert found.value.text("en") == (
        "text_litteral:1:1: there is no text_litteral; did you mean text_literal?"
    )
    assert found.value.text("zh").endswith("没有 text_litteral；是否指 text_literal？")
