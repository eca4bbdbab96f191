import json
import re

import pytest

from app.clauses import CLAUSES, EARLIER, ClausesError, check, clauses, named, read
from model.instruments.registry import instruments
from model.months import format_month
from model.parameters.reader import all_topics
from model.words import LANGUAGES
from tests.app.conftest import Command

# What the document says, clause by clause, as figures; copied by hand.
FIGURES = {
    "C4": ("1",),
    "C7": ("1.5", "2.5", "60"),
    "C8": ("5",),
    "C9": ("3,000", "2,000", "1,500", "9", "8", "100", "3,000,000", "2020", "98113"),
    "C10": ("3", "36", "2017", "1", "12"),
    "C12": ("50",),
    "C17": ("3",),
    "C19": (
        "50", "4", "100", "20,000", "20", "30,000", "10,000", "200,000", "100,000",
    ),
    "C21": (
        "3", "5", "100,000", "50,000", "20,000", "30,000", "10,000", "50", "5,000", "3,000", "40",
    ),
}  # fmt: skip


def test_every_clause_has_an_answer_and_every_instrument_a_clause() -> None:
    found = clauses()

    assert tuple(found) == (*CLAUSES, EARLIER)
    for one in found.values():
        for lang in LANGUAGES:
            assert one.title[lang] and one.provides[lang] and one.new[lang]
        assert one.modelled or one.missing
    owners = {name: one.name for one in found.values() for name in one.instruments}
    assert owners == {name: one.clause for name, one in instruments().items()}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_the_document_is_told(name: str, lang: str) -> None:
    told = set(re.findall(r"\d[\d,]*(?:\.\d+)?", clauses()[name].provides[lang]))

    assert set(FIGURES[name]) - {n.rstrip(",") for n in told} == set()


def test_c9_says_until_when_persons_are_paid() -> None:
    regime = all_topics()["promotion_training_subsidy"].parameters["regime"]
    ended = next(month for month, value in regime.steps if value == "ended")
    told = clauses()["C9"].modelled

    assert told
    assert format_month(ended - 1) == "2019-07"
    assert "到 2019 年 7 月为止" in told["zh"] and "until July 2019" in told["en"]
    assert "付给企业" in told["zh"] and "pays the employer" in told["en"]


def test_clauses_without_figures_say_so() -> None:
    for name, one in clauses().items():
        if name not in FIGURES and name not in ("C25", EARLIER):
            assert one.provides["zh"].endswith("没有数字。"), name
            assert one.provides["en"].endswith("No figures."), name


def test_a_clause_shows_all_parameters_of_its_instruments() -> None:
    for one in clauses().values():
        for name in one.instruments:
            wanted = {f"{name}.{field}" for field in all_topics()[name].parameters}
            assert wanted <= set(one.parameters)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C12", "C12"), ("c12", "C12"), ("12", "C12"), ("第12条", "C12"), ("C07", "C7"),
        ("三", "三"), ("part 3", "三"), ("earlier", "earlier"), ("C30", None), ("x", None),
    ],
)  # fmt: skip
def test_a_clause_is_found_by_any_of_its_names(given: str, name: str | None) -> None:
    assert named(given) == name


def test_a_wrong_data_file_is_refused() -> None:
    words = "{zh: 一, en: a}"
    whole = f"title: {words}, provides: {words}, role: [target], status: outside, new: {words}"
    with pytest.raises(ClausesError, match=r"no parameter no\.such"):
        read(f"C1: {{{whole}, parameters: [no.such]}}")
    with pytest.raises(ClausesError, match="new is missing"):
        read(f"C1: {{title: {words}, provides: {words}, role: [], status: outside}}")
    with pytest.raises(ClausesError, match="unknown field"):
        read("C1: {colour: red}")
    found = dict(clauses())
    del found["C5"]
    with pytest.raises(ClausesError, match="C1 to C29"):
        check(found)


def test_policy_answers_for_machines(longjiang: Command) -> None:
    every = json.loads(longjiang("policy", "--json").stdout)
    one = json.loads(longjiang("policy", "C9", "--json").stdout)

    assert [found["clause"] for found in every] == [*CLAUSES, EARLIER]
    assert one == every[8]
    values = {p["address"]: p for p in one["parameters"]}
    technician = values["promotion_training_subsidy.amount_technician"]
    assert technician["values"] == [{"from": "1900-01", "value": "3000"}]
    assert (technician["grade"], technician["unit"]) == ("law", "yuan per promotion")
    codes = json.loads(longjiang("policy", "--codes", "--json").stdout)
    assert codes["region"]["harbin"] == {"zh": "哈尔滨", "en": "Harbin"}
    assert set(instruments()) <= {*codes["instrument"], "education_levy"}


def test_policy_answers_for_people(longjiang: Command) -> None:
    listed = longjiang("policy", "--lang", "en")
    one = longjiang("policy", "12", "--lang", "en")

    assert listed.stdout.count("\n ") >= len(CLAUSES)
    for status in ("modelled", "partly modelled", "outside the model"):
        assert status in listed.stdout
    assert "not yet modelled" not in listed.stdout, "every clause is modelled or outside"
    assert "wage_drop_subsidy.rate = 0.5, range 0 – 1  [law]" in one.stdout
    assert "harbin" in longjiang("policy", "--codes").stdout
    assert longjiang("policy", "C99").exit_code == 2


def test_policy_speaks_chinese_throughout(longjiang: Command) -> None:
    said = longjiang("policy", "C12").stdout

    assert "wage_drop_subsidy.rate = 0.5，范围 0 – 1  [条文]" in said
    assert "占降薪额的比例 · 《实施意见》第12条" in said
    assert "mean_drop（企业全部持证技术工人的平均降幅" in said
    for one in clauses():
        words = re.sub(r"\S*[_.]\S*", "", longjiang("policy", one).stdout)  # addresses and codes
        assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", words), one


def test_policy_gives_range_and_both_sources_to_machines(longjiang: Command) -> None:
    found = json.loads(longjiang("policy", "C12", "--json").stdout)
    values = {p["address"]: p for p in found["parameters"]}
    rate, pot = (values[f"wage_drop_subsidy.{name}"] for name in ("rate", "pot"))

    assert rate["range"] == ["0", "1"]
    assert rate["source"] == {"zh": "《实施意见》第12条", "en": "Opinion C12"}
    assert pot["range"] == []
    assert "earmark_only" in pot["note"]["zh"]
