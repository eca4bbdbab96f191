"""The lists ``hires`` and ``supplements`` of a case: answers, totals, slip."""

import json
from pathlib import Path

import pytest

from model.reading import InputErrors
from scenarios.case import calculate
from scenarios.case_text import CaseAnswer

CASE = """
month: 2018-06
hires:
  - {id: A, old_pay: 6000}
  - {honours: national_master_studio, above_scale: true, from_enterprise: false}
supplements: [{pay: 9000}]
"""


def asked(folder: Path, text: str) -> CaseAnswer:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return calculate(path)


def test_own_money_of_enterprises_is_in_no_total(tmp_path: Path) -> None:
    # 12,000 to the former employer and 540 a month for the annuity are enterprises' own money.
    found = asked(tmp_path, CASE)
    assert {(i.who, i.instrument): i.paid for i in found.items if i.eligible} == {
        ("A", "talent_compensation"): 1_200_000,
        ("hires-2", "talent_hire_grant"): 10_000_000,
        ("supplements-1", "supplementary_insurance"): 0,
    }
    own = {i.instrument: i.own_money for i in found.items if i.own_money is not None}
    assert own == {"supplementary_insurance": 54_000}
    assert {per: total.paid for per, total in found.totals.items()} == {
        "month": 0,
        "year": 0,
        "once": 10_000_000,
    }


@pytest.mark.parametrize(("lang", "heading"), [("zh", "引进的人"), ("en", "somebody hired")])
def test_the_slip_names_every_entry(tmp_path: Path, lang: str, heading: str) -> None:
    slip = asked(tmp_path, CASE).to_text(lang)
    assert f"A  {heading}" in slip
    assert f"hires-2  {heading}" in slip
    assert "{" not in slip


def test_what_an_enterprise_pays_for_insurance_is_nobodys_entitlement(tmp_path: Path) -> None:
    found = asked(tmp_path, CASE)
    told = json.loads(found.to_json())["items"]
    (item,) = [one for one in told if one["instrument"] == "supplementary_insurance"]
    assert (item["entitled_yuan"], item["paid_yuan"], item["own_money_yuan"]) == (0, 0, 540)
    assert not any("own_money_yuan" in one for one in told if one is not item)
    assert "own money 540.00 yuan (a month)" in found.to_text("en")
    assert "自有资金 540.00 元" in found.to_text("zh")


def test_the_facts_of_an_answer_are_a_case_with_the_same_answer(tmp_path: Path) -> None:
    first = asked(tmp_path, CASE)
    again = asked(tmp_path, json.dumps(json.loads(first.to_json())["facts"]))
    assert again.to_json() == first.to_json()


def test_a_payroll_of_last_year_stands_for_the_month_where_none_is_given(tmp_path: Path) -> None:
    # 10 % of 9,000 is 900; at most 8 % of 120,000 / 12 = 800; with 90 for medical insurance 890.
    rich = (
        "{parameter: supplementary_insurance.annuity_rate, from: 2018-01, value: 0.1, because: x}"
    )
    (tmp_path / "s.yaml").write_text(f"extends: policy_2017\nchange: [{rich}]", encoding="utf-8")
    text = CASE + "scenario: s.yaml\nenterprise: {payroll_last_year: 120000}"
    (item,) = [i for i in asked(tmp_path, text).items if i.who == "supplements-1"]
    assert item.own_money == 89_000


def test_a_wrong_honour_is_answered_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as caught:
        asked(tmp_path, "hires: [{honours: china_skill_award}]")
    (error,) = caught.value.errors
    assert "1:19 hires[1].honours" in str(error)
    assert "china_skills_award" in str(error)
