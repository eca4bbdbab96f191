"""``check`` knows what a file is and finds everything wrong in each."""

import pytest

from model.parameters.reader import FOLDERS
from scenarios.check import check
from scenarios.scenario import SHIPPED, shipped


def test_everything_shipped_is_in_order():
    files = [*shipped(), *SHIPPED.glob("*.yaml")]
    files += [path for folder, _ in FOLDERS for path in folder.glob("*.yaml")]
    found = check(files)
    assert [one.errors for one in found if one.errors] == []
    assert {one.kind for one in found} == {"scenario", "parameters"}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("settings: {wage_drop_subsidy.triger: own_drop}", "scenario", ":1:12 settings."),
        ("about: {zh: 一, en: one}", "parameters", ":1:1 title: title is missing; add it"),
        ("rate: {unit: share, says: x}", "parameters", ":1:27 rate.says: x is not a group"),
        ("a: [", "", ":1:4: the bracket opened here is never closed; close it"),
        ("month: 2018-6\nworkers: []", "case", ":1:8 month: 2018-6 is not a month; write YYYY-MM"),
        ("workers: [{levle: none}]", "case", ":1:12 workers[1].levle: there is no levle; did you"),
        ("scenario: no_polici", "case", ":1:11 scenario: there is no no_polici; did you mean"),
        ("enterprise: {ui_premiums_last_year: 0.001}", "case", ":1:37 enterprise.ui_premiums"),
        ("- 1", "scenario", ":1:1: […] is not a group of fields"),
    ],
)
def test_a_wrong_file_is_answered_in_its_kind(tmp_path, text, kind, place):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = check([path])
    assert found.kind == kind
    assert any(str(error).startswith(f"{path}{place}") for error in found.errors), found.errors


def test_a_copy_of_a_parameter_file_is_held_to_the_fields_of_its_topic(tmp_path):
    (folder, _), *_ = FOLDERS
    text = (folder / "wage_drop_subsidy.yaml").read_text(encoding="utf-8")
    path = tmp_path / "wage_drop_subsidy.yaml"
    path.write_text(text.replace("\nrate:", "\nrates:"), encoding="utf-8")
    (found,) = check([path])
    assert [error.en for error in found.errors] == [
        "rate is missing; add it",
        "there is no rates; did you mean rate?",
    ]


def test_a_case_is_checked_with_the_scenario_that_it_names(tmp_path):
    case, scenario = tmp_path / "case.yaml", tmp_path / "mine.yaml"
    case.write_text("scenario: mine.yaml\nenterprise: {headcount: -1}", encoding="utf-8")
    scenario.write_text("extends: policy_2017\nchagne: []", encoding="utf-8")
    (found,) = check([case])
    assert found.kind == "case"
    assert [(error.file, error.line) for error in found.errors] == [
        (str(case), 2),
        (str(scenario), 2),
    ]

    scenario.write_text("extends: policy_2017", encoding="utf-8")
    case.write_text("scenario: mine.yaml\nmonth: 2019-09", encoding="utf-8")
    assert check([case]) == ((str(case), "case", ()),)


def test_files_are_checked_one_after_the_other_and_a_name_is_a_shipped_scenario(tmp_path):
    found = check(["no_policy", tmp_path, "no_polici", tmp_path / "gone.yaml", "x" * 5_000])
    assert [(one.kind, len(one.errors)) for one in found] == [
        ("scenario", 0),
        ("", 1),
        ("scenario", 1),
        ("", 1),
        ("scenario", 1),
    ]
    assert str(found[2].errors[0]).endswith("there is no no_polici; did you mean no_policy?")


def test_a_case_that_holds_only_a_further_list_is_a_case(tmp_path):
    file = tmp_path / "awards.yaml"
    file.write_text("awards:\n  - {title: contest_provincial, place: 2}\n", encoding="utf-8")
    (found,) = check([file])
    assert (found.kind, found.errors) == ("case", ())
