"""Every number's source in words, in both languages, harmless inside markdown."""

from decimal import Decimal

import pytest

from app.clauses import parameter as parameter_of
from app.evidence import (
    badge,
    bounds,
    cited,
    entries,
    grades,
    plain,
    separated,
    unit,
    unit_of,
    value_words,
)
from app.question import Question, levers
from model.parameters.reader import GRADES, all_topics
from scenarios.scenario import load

UNITS = sorted({p.unit for topic in all_topics().values() for p in topic.parameters.values()})


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_has_a_chinese_word(name: str) -> None:
    assert any("\u4e00" <= letter <= "\u9fff" for letter in unit(name, "zh"))


def test_every_parameter_of_every_topic_is_listed_once() -> None:
    scenario = load("policy_2017")
    found = [e for topic in all_topics().values() for e in entries(scenario, topic, "zh")]

    assert len(found) == sum(len(topic.parameters) for topic in all_topics().values())
    assert len({entry.address for entry in found}) == len(found)
    assert all(entry.grade in GRADES and entry.source and entry.value for entry in found)
    assert sum(grades(all_topics()).values()) == len(found)


def test_dated_values_and_changes_are_shown() -> None:
    scenario = load("policy_2017")
    topic = all_topics()["skill_upgrade_subsidy"]
    tenure = next(e for e in entries(scenario, topic, "en") if e.address.endswith(".tenure"))
    assert tenure.value == "36; 12 from 2019-01"
    assert not tenure.changed

    lever = levers("policy_2017")["C10"][3]
    assert lever.address == "skill_upgrade_subsidy.tenure"
    moved = Question().with_lever(lever, Decimal(24)).scenario()
    changed = next(e for e in entries(moved, topic, "en") if e.address.endswith(".tenure"))
    assert changed.value == "36; 24 from 2017-12; 12 from 2019-01"
    assert changed.changed


def test_clauses_are_named_in_the_users_language() -> None:
    parameter = all_topics()["wage_drop_subsidy"].parameters["rate"]

    assert cited(parameter, "zh") == "《实施意见》第12条"
    assert cited(parameter, "en") == "Opinion C12"
    assert bounds(parameter) == "0 – 1"


@pytest.mark.parametrize(
    ("value", "said"),
    [("3000", "3,000"), ("0.5", "0.5"), ("-0.6", "−0.6"), ("1234.25", "1,234.25"), ("0", "0")],
)
def test_numbers_are_separated(value: str, said: str) -> None:
    assert separated(Decimal(value)) == said


def test_words_cannot_become_markup() -> None:
    assert plain("a|b *c* <script> [x](y) $1$ :red[z]") == (
        r"a\|b \*c\* \<script\> \[x\](y) \$1\$ \:red\[z\]"
    )


def test_assumptions_stand_out() -> None:
    assert badge("assumed", "zh") == ":orange-badge[假设]"
    assert len({badge(grade, "en").split("-")[0] for grade in GRADES}) == len(GRADES)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("skill_upgrade_subsidy.first_certificate_year", ("2000 – 2030", "公历年份")),
        ("contest_prizes.worldskills_year", ("2017 – 2030", "公历年份")),
        ("contest_prizes.contest_month", ("1 – 12", "月份（1至12）")),
        ("chief_technicians.term_years", None),
        ("master_studios.goal", None),
        ("skill_upgrade_subsidy.window", None),
    ],
)
def test_calendar_years_and_months_are_no_counts(
    address: str, said: tuple[str, str] | None
) -> None:
    _, parameter = parameter_of(address)
    found = bounds(parameter), unit_of(parameter, "zh")
    assert found == (said or (bounds(parameter), unit(parameter.unit, "zh")))
    if said and "公历" in said[1]:
        assert "," not in value_words(parameter, parameter.steps[-1][1], "zh")


def test_no_year_is_shown_with_a_separator() -> None:
    for topic in all_topics().values():
        for one in topic.parameters.values():
            if one.name.endswith("_year") and one.unit == "years":
                assert "," not in bounds(one), f"{topic.name}.{one.name}"
