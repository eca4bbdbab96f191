"""The policy calculator: its input, its defaults, its answers in JSON and on a slip."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from model.instruments.registry import instruments
from model.reading import InputErrors
from model.words import LANGUAGES
from model.words import text as worded
from scenarios.case import calculate
from scenarios.case_text import CaseAnswer

EXAMPLE = """
month: 2018-06
scenario: policy_2017
enterprise: {region: harbin, sector: machinery, ownership: private, headcount: 100, ui_insured: true, ui_paid_up: true, ui_premiums_last_year: 60000, distressed: true, layoff_rate_last_year: 0.0, stay_job_subsidy_this_year: 0, payroll_last_year: 6000000, education_fund_rate: 0.015, education_fund_frontline_share: 0.6, runs_technical_school: false}
workers:
  - {id: A, role: worker, level: technician, key_post: true, reference_pay: 8000, pay: 4000, ui_months: 60, insured_now: true}
  - {id: B, role: worker, level: senior, ui_months: 36, insured_now: true, certificate: {level: senior, month: 2018-03}}
  - {id: C, role: school_teacher, senior_title: true, reference_pay: 7000, pay: 3500}
"""  # noqa: E501 one line a person, as people write it
FOR_PEOPLE = (
    "wage_drop_subsidy",
    "appraisal_subsidy",
    "promotion_training_subsidy",
    "skill_upgrade_subsidy",
    "skills_action_subsidy",
    "apprenticeship_subsidy",
)
FOR_ENTERPRISE = (
    "distressed_firm_rebate",
    "education_levy",
    "fund_pooling",
    "stay_job_subsidy",
    "training_donations",
    "training_tax_deduction",
)


def written(folder: Path, text: str, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def asked(folder: Path, text: str) -> CaseAnswer:
    return calculate(written(folder, text))


def plain(answer: CaseAnswer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.to_json(), parse_float=Decimal)
    return found


def items(answer: CaseAnswer) -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["who"], item["instrument"]): item for item in plain(answer)["items"]}


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputErrors) as caught:
        asked(folder, text)
    return [str(error).partition("case.yaml:")[2] for error in caught.value.errors]


def test_the_example_by_hand(tmp_path: Path) -> None:
    # A: half of 8,000 - 4,000 is 2,000. B: senior certificate, 36 months, 2,000. C: no school.
    # The pot is half of 60,000; after A's 2,000 the stay-job subsidy finds 28,000 of its 30,000.
    found = items(asked(tmp_path, EXAMPLE))
    paid = {key: (i["entitled_yuan"], i["paid_yuan"]) for key, i in found.items() if i["eligible"]}
    assert paid == {
        ("A", "wage_drop_subsidy"): (2000, 2000),
        ("B", "skill_upgrade_subsidy"): (2000, 2000),
        ("enterprise", "stay_job_subsidy"): (30000, 28000),
        ("enterprise", "education_levy"): (0, 0),
    }
    levy = found["enterprise", "education_levy"]
    assert (levy["required_yuan"], levy["set_aside_yuan"]) == (90000, 90000)
    assert found["C", "wage_drop_subsidy"]["reason_code"] == "no_school"


def test_one_item_for_each_person_and_instrument_in_order(tmp_path: Path) -> None:
    found = [(i["who"], i["instrument"]) for i in plain(asked(tmp_path, EXAMPLE))["items"]]
    assert found == [
        *((who, name) for who in "ABC" for name in FOR_PEOPLE),
        *(("enterprise", name) for name in FOR_ENTERPRISE),
    ]


def test_every_item_names_clause_reason_in_both_languages_and_zero_if_not_eligible(
    tmp_path: Path,
) -> None:
    for item in plain(asked(tmp_path, EXAMPLE))["items"]:
        assert item["clause"] == instruments()[item["instrument"]].clause
        number = item["clause"].removeprefix("C")
        if item["clause"] != "earlier":
            assert f"第{number}条" in item["reason"]["zh"]
            assert item["clause"] in item["reason"]["en"]
        if not item["eligible"]:
            assert item["entitled_yuan"] == item["paid_yuan"] == 0


def test_amounts_are_numbers_with_two_decimals(tmp_path: Path) -> None:
    text = asked(tmp_path, EXAMPLE).to_json()
    assert '"paid_yuan": 2000.00,' in text
    assert '"entitled_yuan": 0.00,' in text


def test_large_amounts_keep_every_fen(tmp_path: Path) -> None:
    # A float would round a half of 999,999,999,999.98 yuan of premiums to something else.
    found = items(asked(tmp_path, "enterprise: {ui_premiums_last_year: 999999999999.98}"))
    assert found["enterprise", "stay_job_subsidy"]["paid_yuan"] == Decimal("499999999999.99")


def test_everything_has_a_default_that_is_told(tmp_path: Path) -> None:
    facts = plain(asked(tmp_path, "workers: [{level: technician}, {id: Z}]"))["facts"]
    assert facts["month"] == "2018-06"
    assert facts["scenario"] == "policy_2017"
    assert facts["enterprise"] == {
        "region": "harbin",
        "sector": "machinery",
        "ownership": "private",
        "headcount": 100,
        "ui_insured": True,
        "ui_paid_up": True,
        "ui_premiums_last_year": 0,
        "distressed": False,
        "in_transformation": False,
        "layoff_rate_last_year": 0,
        "stay_job_subsidy_this_year": 0,
        "wage_drop_subsidy_this_year": 0,
        "distressed_firm_rebate_this_year": 0,
        "training_tax_deduction_this_year": 0,
        "training_donations_this_year": 0,
        "ui_fund_reserve_months": 1000,
        "premium_base_per_month": 0,
        "payroll_last_year": 0,
        "education_fund_rate": Decimal("0.015"),
        "education_fund_frontline_share": Decimal("0.6"),
        "education_fund_unspent": 0,
        "trained_high_skill": False,
        "training_spend_last_year": 0,
        "profit_last_year": 0,
        "training_donation_last_year": 0,
        "donation_qualified": False,
        "runs_technical_school": False,
        "school_premiums_last_year": 0,
    }
    first, second = facts["workers"]
    assert (first["id"], first["key_post"], second["key_post"]) == ("1", True, False)
    assert second == {
        "id": "Z",
        "role": "worker",
        "level": "none",
        "senior_title": False,
        "key_post": False,
        "reference_pay": 0,
        "pay": 0,
        "wage_drop_months_paid": 0,
        "ui_months": 0,
        "insured_now": True,
        "group": "enterprise_worker",
        "received": [],
    }


def test_an_empty_case_is_a_case(tmp_path: Path) -> None:
    found = items(asked(tmp_path, "{}"))
    assert set(found) == {("enterprise", name) for name in FOR_ENTERPRISE}
    assert not any(item["eligible"] for item in found.values())


def test_defaults_inside_a_certificate_a_course_and_a_level(tmp_path: Path) -> None:
    text = "month: 2018-04\nworkers: [{certificate: {level: senior}}, {training: {}}]"
    first, second = plain(asked(tmp_path, text))["facts"]["workers"]
    assert first["level"] == "senior"
    assert first["certificate"]["month"] == "2018-04"
    assert second["training"] == {"kind": "senior_technician_upgrade", "completed": "2018-04"}


def test_the_facts_of_an_answer_are_a_case_with_the_same_answer(tmp_path: Path) -> None:
    first = asked(tmp_path, EXAMPLE)
    again = calculate(written(tmp_path, json.dumps(json.loads(first.to_json())["facts"]), "b.yaml"))
    assert again.to_json() == first.to_json()


def test_a_scenario_file_beside_the_case(tmp_path: Path) -> None:
    (tmp_path / "情景 一.yaml").write_text(
        "extends: policy_2017\n"
        "change: [{parameter: wage_drop_subsidy.rate, from: 2018-01, value: 1, because: all}]\n",
        encoding="utf-8",
    )
    text = EXAMPLE.replace("scenario: policy_2017", "scenario: 情景 一.yaml")
    assert items(asked(tmp_path, text))["A", "wage_drop_subsidy"]["entitled_yuan"] == 4000


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("unknown field", "mont: 2018-06", "1:1 mont: there is no mont; did you mean month?"),
        (
            "unknown field of the enterprise",
            "enterprise: {distresed: true}",
            "1:14 enterprise.distresed: there is no distresed; did you mean distressed?",
        ),
        (
            "unknown field of a person",
            "workers:\n  - {id: A, levl: senior}",
            "2:13 workers[1].levl: there is no levl; did you mean level?",
        ),
        (
            "unknown code",
            "workers: [{level: techncian}]",
            "1:19 workers[1].level: there is no techncian; did you mean technician?",
        ),
        (
            "unknown scenario",
            "scenario: policy_2018",
            "1:11 scenario: there is no policy_2018; did you mean policy_2017?",
        ),
        ("duplicate key", "month: 2018-06\nmonth: 2018-07", "2:1 month: "),
        ("wrong month", "month: 2018-6", "1:8 month: 2018-6 is not a month"),
        ("a third decimal", "workers: [{pay: 0.001}]", "1:17 workers[1].pay: 0.001 has more"),
        ("a negative amount", "workers: [{pay: -1}]", "1:17 workers[1].pay: -1 is out of range"),
        ("not a number", "workers: [{pay: viel}]", "1:17 workers[1].pay: viel is not a number"),
        ("a share above 1", "enterprise: {layoff_rate_last_year: 3}", "1:37 "),
        ("a share too fine", "enterprise: {education_fund_rate: 0.0150001}", "1:35 "),
        ("half a month", "workers: [{ui_months: 36.5}]", "1:23 workers[1].ui_months: 36.5 is not"),
        ("a list for a mapping", "enterprise: []", "1:13 enterprise: "),
        ("a mapping for a list", "workers: {}", "1:10 workers: "),
        ("a person as text", "workers: [A]", "1:11 workers[1]: "),
        ("an apprentice without start", "workers: [{apprentice: {}}]", "1:24 "),
        (
            "a receipt without level",
            "workers: [{received: [{instrument: skill_upgrade_subsidy}]}]",
            "1:23 workers[1].received[1].level: level is missing",
        ),
    ],
)
def test_wrong_input_is_answered_with_its_place(
    tmp_path: Path, case: str, text: str, expected: str
) -> None:
    answers = refused(tmp_path, text)
    assert len(answers) == 1, case
    assert answers[0].startswith(expected), answers[0]


def test_receipts_of_amounts_that_the_enterprise_states_are_sent_there(tmp_path: Path) -> None:
    text = "workers: [{received: [{instrument: wage_drop_subsidy}]}]"
    assert "enterprise.wage_drop_subsidy_this_year" in refused(tmp_path, text)[0]


def test_ids_must_differ_and_leave_the_enterprise_its_name(tmp_path: Path) -> None:
    answers = refused(tmp_path, "workers:\n- {id: A}\n- {id: A}\n- {id: enterprise}\n")
    assert [answer.partition(" ")[0] for answer in answers] == ["3:3", "4:3"]
    assert "line 2" in answers[0]


def test_all_errors_are_answered_at_once(tmp_path: Path) -> None:
    text = "month: 18\nenterprise: {headcount: many}\nworkers: [{pay: x}, {level: y, z: 1}]"
    assert len(refused(tmp_path, text)) == 5


def test_errors_of_the_scenario_file_name_that_file(tmp_path: Path) -> None:
    written(tmp_path, "extends: policy_2017\nsettngs: {}\n", "s.yaml")
    with pytest.raises(InputErrors) as caught:
        asked(tmp_path, "scenario: s.yaml\nmonth: never")
    files = [Path(error.file).name for error in caught.value.errors]
    assert files == ["case.yaml", "s.yaml"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_slip_names_clause_amount_and_reason_of_every_item(tmp_path: Path, lang: str) -> None:
    answer = asked(tmp_path, EXAMPLE)
    slip = answer.to_text(lang)
    for item in answer.items:
        assert item.reason[lang] in slip
        assert answer.titles[item.instrument][lang] in slip
    assert ("第12条" if lang == "zh" else "C12") in slip
    assert "28,000.00" in slip
    assert "{" not in slip


def test_the_slip_adds_up_by_period_without_the_enterprise_s_own_money(tmp_path: Path) -> None:
    # C12 is a month's, the stay-job subsidy a year's, C10 paid once; the levy of 90,000 is none.
    slip = asked(tmp_path, EXAMPLE).to_text("en").splitlines()
    at = next(i for i, line in enumerate(slip) if line.startswith("In all"))
    assert slip[at + 1 : at + 4] == [
        "  this month (2018-06): entitled 2,000.00 yuan, paid 2,000.00 yuan",
        "  this year (2018): entitled 30,000.00 yuan, paid 28,000.00 yuan",
        "  once: entitled 2,000.00 yuan, paid 2,000.00 yuan",
    ]


def test_a_thousand_people_share_one_pot_to_the_fen(tmp_path: Path) -> None:
    people = [
        {"id": f"W{n}", "level": "technician", "reference_pay": 8000 + n, "pay": 3000}
        for n in range(1_000)
    ]
    enterprise = {"ui_premiums_last_year": 123456.79, "distressed": True}
    text = json.dumps({"enterprise": enterprise, "workers": people})
    found = [i for i in asked(tmp_path, text).items if i.instrument == "wage_drop_subsidy"]
    assert sum(i.paid for i in found) == 12_345_679 // 2
    assert all(0 < i.paid < i.entitled for i in found)


# A's pay falls by 3,000 of 8,000, B's by 4,000 of 5,000: 7,000 of 13,000 is 53.846 %.
LITERAL = """
month: 2018-06
scenario: text_literal
enterprise: {ui_premiums_last_year: 60000, distressed: true, stay_job_subsidy_this_year: 1000, payroll_last_year: 1234567.33, education_fund_rate: 0.01}
workers:
  - {id: A, level: technician, reference_pay: 8000, pay: 5000}
  - {id: B, level: senior, reference_pay: 5000, pay: 1000}
"""  # noqa: E501 one line a person, as people write it


def test_where_the_mean_drop_opens_the_subsidy_the_reason_names_it(tmp_path: Path) -> None:
    item = items(asked(tmp_path, LITERAL))["A", "wage_drop_subsidy"]
    assert item["paid_yuan"] == 1500
    assert "企业持证技术工人平均降幅 53.8%（达到 50%）" in item["reason"]["zh"]
    assert "降薪总额与降薪前工资总额之比" in item["reason"]["zh"]
    assert "本人降 3,000.00 元" in item["reason"]["zh"]
    assert "53.8% on average (at least 50%)" in item["reason"]["en"]
    usual = LITERAL.replace("text_literal", "policy_2017").replace("pay: 5000}", "pay: 4000}", 1)
    said = items(asked(tmp_path, usual))["A", "wage_drop_subsidy"]["reason"]["zh"]
    assert "降幅 50%" in said
    assert "平均" not in said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("same_pot", "共用本年额度"),
        ("additive", "此读法下第12条另有额度"),
        ("exclusive", "只能享受第12条或稳岗补贴之一"),
        ("earmark_only", "不增加资金"),
    ],
)
def test_the_slip_says_which_pot_c12_draws_on(tmp_path: Path, rule: str, said: str) -> None:
    written(
        tmp_path, f"settings: {{wage_drop_subsidy.pot: {rule}}}\nextends: policy_2017", "s.yaml"
    )
    answer = asked(tmp_path, LITERAL.replace("text_literal", "s.yaml"))
    assert said in answer.to_text("zh").splitlines()[3]
    assert plain(answer)["pot"]["rule"] == rule


def test_what_is_set_aside_is_the_same_in_both_answers_and_paid_to_nobody(tmp_path: Path) -> None:
    answer = asked(tmp_path, LITERAL)
    levy = items(answer)["enterprise", "education_levy"]
    amounts = {name: str(value) for name, value in levy.items() if name.endswith("_yuan")}
    assert amounts == {
        "entitled_yuan": "0.00",
        "paid_yuan": "0.00",
        "required_yuan": "18518.50",
        "set_aside_yuan": "12345.67",
    }
    assert "应提取 18,518.50 元；已提取 12,345.67 元" in answer.to_text("zh")


def test_totals_of_the_json_are_by_period(tmp_path: Path) -> None:
    totals = plain(asked(tmp_path, EXAMPLE))["totals"]
    assert {per: total["paid_yuan"] for per, total in totals.items()} == {
        "month": 2000,
        "year": 28000,
        "once": 2000,
    }


@pytest.mark.parametrize(
    ("pay", "said"),
    [("4654.55", "降幅 41.8%，"), ("4003.20", "降幅 49.96%，"), ("4000.08", "降幅 49.999%，")],
)
def test_a_drop_has_the_decimals_that_tell_it_from_the_threshold(
    tmp_path: Path, pay: str, said: str
) -> None:
    text = EXAMPLE.replace("pay: 4000,", f"pay: {pay},")
    assert said in items(asked(tmp_path, text))["A", "wage_drop_subsidy"]["reason"]["zh"]


@pytest.mark.parametrize(
    ("month", "who", "instrument", "said"),
    [
        ("2017-11", "A", "wage_drop_subsidy", "2017-11 尚未实施，2017-12 起实施"),
        ("2018-06", "A", "apprenticeship_subsidy", "2018-06 尚未实施，2018-11 起实施"),
    ],
)
def test_a_measure_not_yet_in_force_says_from_when_it_is(
    tmp_path: Path, month: str, who: str, instrument: str, said: str
) -> None:
    text = EXAMPLE.replace("month: 2018-06", f"month: {month}").replace("month: 2018-03", "")
    text = text.replace(", certificate: {level: senior, }", "")
    assert said in items(asked(tmp_path, text))[who, instrument]["reason"]["zh"]


def test_a_measure_that_ended_or_is_closed_says_so(tmp_path: Path) -> None:
    written(
        tmp_path,
        "extends: policy_2017\nchange: [{parameter: wage_drop_subsidy.in_force, "
        "from: 2018-03, value: 0, because: to close it}]",
        "s.yaml",
    )
    ended = asked(tmp_path, EXAMPLE.replace("policy_2017", "s.yaml"))
    closed = asked(tmp_path, EXAMPLE.replace("policy_2017", "no_policy"))
    said = [items(a)["A", "wage_drop_subsidy"]["reason"]["zh"] for a in (ended, closed)]
    assert said == ["第12条：2018-06 已不实施，2018-03 起停止", "第12条：在此情景中不实施"]


def test_a_code_given_by_its_name_is_answered_with_the_code(tmp_path: Path) -> None:
    text = "enterprise: {region: 哈尔滨}\nworkers: [{level: 技师}, {level: Technician}]"
    with pytest.raises(InputErrors) as caught:
        asked(tmp_path, text)
    assert [e.zh for e in caught.value.errors] == [
        "没有 哈尔滨；是否指 harbin？",
        "没有 技师；是否指 technician？",
        "没有 Technician；是否指 technician？",
    ]


def test_the_slip_lists_what_the_file_leaves_out(tmp_path: Path) -> None:
    slip = asked(
        tmp_path,
        "enterprise: {headcount: 7, distressed: true}\n"
        "workers: [{id: A, level: none, certificate: {level: junior}}, {id: B}, {id: C}]",
    ).to_text("zh")
    left = slip.partition("没有填写、按默认值计算的：\n")[2].splitlines()
    assert left[0].startswith("  企业：month: 2018-06, scenario: policy_2017, region: harbin, ")
    assert " headcount:" not in left[0]
    assert " distressed:" not in left[0]
    assert "certificate.month: 2018-06" in left[1]
    assert "certificate.level" not in left[1]
    assert left[2].startswith("  B、C：role: worker, level: none, ")


def test_a_file_that_states_everything_lists_no_defaults(tmp_path: Path) -> None:
    facts = json.loads(asked(tmp_path, EXAMPLE).to_json())["facts"]
    slip = calculate(written(tmp_path, json.dumps(facts), "b.yaml")).to_text("zh")
    assert "默认值" not in slip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slip_says_how_the_first_certificate_is_taken(tmp_path: Path, lang: str) -> None:
    silent = "workers: [{id: A, certificate: {level: intermediate}}]"
    stated = "workers: [{id: A, certificate: {level: intermediate, first: true}}]"
    said = worded("case.first_default", lang)
    assert said in asked(tmp_path, silent).to_text(lang)
    assert said not in asked(tmp_path, stated).to_text(lang)
    assert said not in asked(tmp_path, "workers: [{id: A}]").to_text(lang)
