"""What a case refuses because fields that are each right do not fit each other."""

from pathlib import Path

import pytest

from model.codes import LEVELS
from model.instruments import contest_prizes
from model.instruments.channels import AwardFacts
from model.months import month
from model.reading import InputErrors
from scenarios.case import calculate
from scenarios.scenario import load


def refused(folder: Path, text: str, lang: str = "en") -> list[tuple[str, str]]:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        calculate(path)
    except InputErrors as wrong:
        return [(error.field, {"zh": error.zh, "en": error.en}[lang]) for error in wrong.errors]
    return []


@pytest.mark.parametrize(
    ("text", "field", "en", "zh"),
    [
        ("institutions: [{certificates: 7, all_certificates: 6}]", "institutions[1].certificates",
         "7 is more than all_certificates (6)", "7 大于 all_certificates（6）"),
        ("institutions: [{certificates: 7}]", "institutions[1].all_certificates",
         "all_certificates is missing", "缺少 all_certificates"),
        ("institutions: [{trained: 7, all_trained: 6}]", "institutions[1].trained",
         "7 is more than all_trained (6)", "7 大于 all_trained（6）"),
        ("institutions: [{trained: 7}]", "institutions[1].all_trained",
         "all_trained is missing", "缺少 all_trained"),
        ("courses: [{ended: 2018-07}]", "courses[1].ended",
         "ends in 2018-07, later than the month of the case (2018-06)", "培训 2018-07 才结束"),
        ("courses: [{ended: 2018-05, placed: 2018-04}]", "courses[1].placed",
         "2018-04 lies before the end of the course (2018-05)", "2018-04 早于培训结束的月份"),
        ("courses: [{placed: 2018-05}]", "courses[1].placed",
         "2018-05 lies before the end of the course (2018-06)", "没有填 ended 的请补上"),
        ("enterprise: {headcount: 9, insured_headcount: 10}", "enterprise.insured_headcount",
         "10 is more than headcount (9)", "10 大于 headcount（9）"),
        ("enterprise: {insured_headcount: 101}", "enterprise.insured_headcount",
         "101 is more than headcount (100)", "101 大于 headcount（100）"),
        ("awards: [{level: technician}]", "awards[1].title", "title is missing", "缺少 title"),
        ("awards: [{title: worldskills}]", "awards[1].place", "place is missing", "缺少 place"),
        ("awards: [{title: contest_provincial, place: 4}]", "awards[1].place",
         "place 4 of a contest has no prize; give 1 to 3", "竞赛第 4 名没有奖金"),
        ("awards: [{title: contest_national, place: 0}]", "awards[1].place",
         "place 0 of a contest has no prize", "竞赛第 0 名没有奖金"),
    ],
)  # fmt: skip
def test_fields_that_do_not_fit_are_refused_in_both_languages(
    tmp_path: Path, text: str, field: str, en: str, zh: str
) -> None:
    for lang, said in (("en", en), ("zh", zh)):
        ((at, says),) = refused(tmp_path, text, lang)
        assert at == field
        assert said in says


@pytest.mark.parametrize(
    "text",
    [
        "institutions: [{certificates: 6, all_certificates: 6}, {}]",
        "courses: [{ended: 2018-06, placed: 2018-06}, {ended: 2018-05}, {placed: 2018-07}]",
        "enterprise: {headcount: 10, insured_headcount: 10}",
        "awards: [{title: worldskills, place: 3}, {title: great_craftsman}]",
    ],
)
def test_fields_at_their_limits_are_taken(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("institutions: [{certificates: 7, all_certificates: many}]", "all_certificates"),
        ("enterprise: {headcount: many, insured_headcount: 101}", "headcount"),
    ],
)
def test_a_field_that_is_wrong_itself_is_the_only_error(
    tmp_path: Path, text: str, field: str
) -> None:
    ((at, _),) = refused(tmp_path, text)
    assert at.endswith(f".{field}")


@pytest.mark.parametrize("place", [0, 4])
def test_a_place_beyond_the_prizes_is_paid_nothing_in_a_run(place: int) -> None:
    # C21 pays the first three; a case refuses other places, the rule itself answers them.
    at = month(2018, 11)
    facts = AwardFacts(at, 0, place, LEVELS.index("senior"), employed=1, held=0)
    p = load("policy_2017").policy().at(at)["contest_prizes"]
    assert contest_prizes.eligibility(facts, p) == contest_prizes.Reason.NO_PRIZE
    assert contest_prizes.amount(facts, p) == 0
