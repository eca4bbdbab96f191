import re
from pathlib import Path

import numpy as np
import pytest

from model.population.inputs import inputs
from model.population.margins import Marginal, marginals
from model.population.province import population
from model.population.report import in_chinese, markdown, report_text

LOOSE = {"technicians": 0.03, "pay_region": 0.01, "pay_spread": 0.04, "insured": 0.01}


@pytest.fixture(scope="module", params=["2016-12", "2013-12"])
def margins(request) -> list[Marginal]:
    return marginals(population(request.param, scale=1, seed=0))


def test_every_fitted_margin_is_met(margins):
    missed = [
        (m.group, m.name, round(m.difference, 4))
        for m in margins
        if m.fitted_to and abs(m.difference) > LOOSE.get(m.group, 0.004)
    ]
    assert not missed


def test_every_margin_has_a_source_and_a_grade(margins):
    assert all(m.source and m.grade in ("data", "law", "assumed") and m.unit for m in margins)
    assert all(np.isfinite([m.fitted, m.source_value]).all() for m in margins)
    names = [(m.group, m.name) for m in margins]
    assert len(set(names)) == len(names)


def test_anchored_totals(whole):
    found = {(m.group, m.name): m.fitted for m in marginals(whole)}
    assert found["total", "employed"] == pytest.approx(400)
    assert found["total", "state_share"] == pytest.approx(0.25, abs=0.01)
    assert found["formal_secondary", "formal_secondary_sum"] == pytest.approx(126.2, abs=0.05)
    certified = sum(found["skilled", m.name] for m in marginals(whole) if m.group == "skilled")
    assert certified == pytest.approx(107.1, abs=0.05)
    top = found["levels", "technician"] + found["levels", "senior_technician"]
    assert top == pytest.approx(8.0, abs=0.01)
    assert found["people", "mean_age"] == pytest.approx(38.29, abs=0.02)


def test_a_margin_that_is_missed_shows(twentieth):
    # A sample does not meet margins by prefecture: the report must not repeat the target.
    off = [m for m in marginals(twentieth) if m.group == "formal_secondary" and m.difference]
    assert max(abs(m.difference) for m in off) > 0.01


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "合成省情 2016-12，1/20 样本",
                "各地市第二产业城镇单位就业",
                "哈尔滨",
                "假设",
                "A0558",
            ),
        ),
        ("en", ("Synthetic province, 2016-12, a sample of 1/20", "Harbin", "assumed", "A0558")),
    ],
)
def test_report_in_both_languages(twentieth, lang, said):
    report = report_text(lang, twentieth)
    for words in said:
        assert words in report, words
    assert "population." not in report
    assert len(report.splitlines()) > 150


def test_columns_of_the_report_stand_under_their_heads(twentieth):
    lines = report_text("en", twentieth).splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("margin"))
    at = lines[head].index("difference") + len("difference")
    assert all(line[at - 1] == "%" for line in lines[head + 1 : head + 5])


def test_the_page_of_documentation_shows_these_margins(whole):
    page = (Path(__file__).parents[3] / "docs" / "population.md").read_text(encoding="utf-8")
    shown = page.split("<!-- margins -->\n")[1].split("\n<!-- end -->")[0]
    assert shown == markdown(whole), "put model.population.report.markdown(...) into the page"


def test_every_source_of_a_margin_is_told_in_chinese(twentieth):
    derived = {m.source for m in marginals(twentieth)} - set(inputs().figures)
    assert derived == set(in_chinese())
    for source, chinese in in_chinese().items():
        assert set(re.findall(r"[A-H]\d{4}", source)) == set(re.findall(r"[A-H]\d{4}", chinese))
    report = report_text("zh", twentieth)
    assert all(chinese in report for chinese in in_chinese().values())
