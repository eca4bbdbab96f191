"""Every source in both languages, and the same facts in each."""

import re

import pytest

from model.parameters.reader import Parameter, all_topics

PARAMETERS = [
    pytest.param(one, id=f"{topic.name}.{one.name}")
    for topic in all_topics().values()
    for one in topic.parameters.values()
]
FIGURE = re.compile(r"\d*[.,]\d+|\d+(?= %)")  # with a point or a comma, or in per cent
OTHERWISE = {"ui_opening", "fund_for_courses", "exam_supply"}  # Chinese counts in 10,000


@pytest.mark.parametrize("one", PARAMETERS)
def test_a_source_stands_in_chinese_and_in_english(one: Parameter) -> None:
    chinese = re.findall(r"[\u4e00-\u9fff]", one.cite["zh"])
    assert chinese, one.cite["zh"]
    assert not re.search(r"[\u4e00-\u9fff]", one.cite["en"])
    assert not re.search(r"[a-z]{4,} [a-z]{2,}", one.cite["zh"]), "English left standing"


@pytest.mark.parametrize("one", PARAMETERS)
def test_the_figures_of_a_source_stand_in_both_languages(one: Parameter) -> None:
    if one.name not in OTHERWISE:
        for figure in FIGURE.findall(one.cite["en"]):
            assert figure.removeprefix("0") in one.cite["zh"], one.cite


def test_references_of_a_source_stand_in_both_languages() -> None:
    for topic in all_topics().values():
        for one in topic.parameters.values():
            for number in re.findall(r"\bC(\d+)\b", one.cite["en"]):
                assert f"第{number}条" in one.cite["zh"], one.cite
            for code in re.findall(r"\b[ABF]\d{4}\b", one.cite["en"]):
                assert code in one.cite["zh"], one.cite
