"""Every hand-worked case, asked through the policy calculator: amounts equal to the fen.

A case in ``<instrument>/*.yaml`` states its clause and its arithmetic. What it gives for
``enterprise`` and for each person is laid over what its file gives for all; ``scenario`` is laid
over the scenario named by ``base``; ``left_out`` removes a field. Entries of further lists
(``awards``, ``courses`` …) stand under their own name.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from model.instruments import unemployment_insurance as insurance
from model.instruments.channels import PotFacts, SocialInsuranceFacts
from model.instruments.registry import instruments
from model.instruments.wage_drop_subsidy import ceiling
from model.months import parse_month
from model.parameters.reader import all_topics
from scenarios.case import calculate
from scenarios.case_kinds import kinds
from scenarios.case_text import CaseAnswer, Item

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yaml"))
LEFT_OUT = "left_out"
DEFAULT_MONTH = "2018-06"


def content(path: Path) -> dict[str, Any]:
    yaml = YAML(typ="safe")
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"))
    return found


def every(kind: str) -> list[Any]:
    files = [(path.stem, content(path)) for path in FILES]
    return [
        pytest.param(file, case, id=f"{file['instrument']}/{stem}: {case['name']}")
        for stem, file in files
        for case in file.get(kind, ())
    ]


def laid_over(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    merged = {**base, **given}
    return {key: value for key, value in merged.items() if value != LEFT_OUT}


def answered(file: dict[str, Any], case: dict[str, Any], folder: Path) -> CaseAnswer:
    people = case.get("workers", file.get("workers", [{}]))
    base = case.get("base", "policy_2017")
    asked = {
        "month": case.get("month", file.get("month", DEFAULT_MONTH)),
        "scenario": base,
        "enterprise": laid_over(file.get("enterprise", {}), case.get("enterprise", {})),
        "workers": [laid_over(file.get("worker", {}), person) for person in people],
    }
    for name in kinds():  # further lists; ``entry`` is laid under every entry
        if name in case or name in file:
            entries = case.get(name, file.get(name))
            asked[name] = [laid_over(file.get("entry", {}), one) for one in entries]
    if "scenario" in case:
        scenario = {"extends": base, **case["scenario"]}
        (folder / "reading.yaml").write_text(json.dumps(scenario), encoding="utf-8")
        asked["scenario"] = "reading.yaml"
    path = folder / "case.yaml"
    path.write_text(json.dumps(asked), encoding="utf-8")
    return calculate(path)


def item_of(answer: CaseAnswer, who: str, instrument: str) -> Item:
    found = [i for i in answer.items if (i.who, i.instrument) == (who, instrument)]
    assert len(found) == 1, f"{len(found)} items of {instrument} for {who}"
    return found[0]


def fen(yuan: Any) -> int:
    return int(Decimal(str(yuan)) * 100)


@pytest.mark.parametrize(("file", "case"), every("cases"))
def test_case(file: dict[str, Any], case: dict[str, Any], tmp_path: Path) -> None:
    answer = answered(file, case, tmp_path)
    for expected in case["expect"]:
        name = expected.get("instrument", file["instrument"])
        found = item_of(answer, str(expected.get("who", file.get("who", "1"))), name)
        assert found.eligible == expected["eligible"], found
        assert found.entitled == fen(expected.get("entitled", 0)), case["arithmetic"]
        assert found.paid == fen(expected.get("paid", 0)), case["arithmetic"]
        assert found.reason_code == expected.get("reason", "eligible")
        for field in ("period", "payee"):
            assert getattr(found, field) == expected.get(field, getattr(found, field))
        for own in ("required", "set_aside", "own_money"):
            if own in expected:
                assert getattr(found, own) == fen(expected[own]), case["arithmetic"]
        assert str(expected.get("says", "")) in found.reason["en"]
        if name == file["instrument"]:
            assert found.clause == file["clause"]


@pytest.mark.parametrize(("file", "case"), every("benefits"))
def test_benefit(file: dict[str, Any], case: dict[str, Any]) -> None:
    month = parse_month(case.get("month", DEFAULT_MONTH))
    p = all_topics()[file["instrument"]].at(month)
    facts = SocialInsuranceFacts(month=month, **case["facts"])
    reason = insurance.Reason(insurance.eligibility(facts, p))
    assert reason.name.lower() == case["expect"].get("reason", "eligible")
    if case["expect"]["eligible"]:
        assert insurance.amount(facts, p) == fen(case["expect"]["yuan"]), case["arithmetic"]


@pytest.mark.parametrize(("file", "case"), every("premiums"))
def test_premium(file: dict[str, Any], case: dict[str, Any]) -> None:
    month = parse_month(case["month"])
    p = all_topics()[file["instrument"]].at(month)
    base = insurance.declared_base(fen(case["pay"]), p)
    paid = {
        "employer": insurance.employer_premium(base, p),
        "employee": insurance.employee_premium(base, p),
    }
    for who, amount in paid.items():
        assert amount == fen(case["expect"][who]), case["arithmetic"]
    if "pot" in case["expect"]:
        year = 12 * case["people"] * sum(paid.values())
        left = ceiling(PotFacts(year, 0, 0), all_topics()["wage_drop_subsidy"].at(month))
        assert left == fen(case["expect"]["pot"]), case["arithmetic"]


def test_every_instrument_has_a_dozen_cases_that_show_their_arithmetic() -> None:
    counts = dict.fromkeys(instruments(), 0)
    for path in FILES:
        file = content(path)
        assert file["instrument"] == path.parent.name
        for kind in ("cases", "benefits", "premiums"):
            for case in file.get(kind, ()):
                assert case["arithmetic"].strip(), case["name"]
                counts[file["instrument"]] += 1
    assert min(counts.values()) >= 12, counts
    assert sum(counts.values()) >= 120, counts


def test_every_reason_of_every_instrument_is_met_by_a_case() -> None:
    met: dict[str, set[str]] = {name: {"eligible"} for name in instruments()}
    for path in FILES:
        file = content(path)
        for case in file.get("cases", ()):
            for one in case["expect"]:
                name = one.get("instrument", file["instrument"])
                met[name].add(one.get("reason", "eligible"))
        for case in file.get("benefits", ()):
            met[file["instrument"]].add(case["expect"].get("reason", "eligible"))
    in_case_nobody_is = {"not_employed"}  # a case has only people on the enterprise's staff
    refused = {("contest_prizes", "no_prize")}  # a case with a place beyond the prizes is an error
    long_ago = {("education_levy", "not_in_force"), ("unemployment_insurance", "not_in_force")}
    for name, instrument in instruments().items():
        codes = {reason.name.lower() for reason in instrument.reasons} - in_case_nobody_is
        codes -= {reason for other, reason in long_ago | refused if other == name}
        assert codes <= met[name], f"{name}: no case for {codes - met[name]}"
