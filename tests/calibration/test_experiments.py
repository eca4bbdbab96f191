"""Experiments on facts: the verdict, rules put in place of others, and what notebooks note."""

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from calibration.claims import VERDICTS, Claim, Figure, claims
from calibration.experiments import (
    Arm,
    comes_out,
    edge,
    live_arm,
    settled,
    try_seed,
    verdict,
    world,
)
from calibration.facts import FACTS, frame, page, try_facts, write
from calibration.stylised_pay import CRISIS, cut_by_need, no_ceiling
from calibration.stylised_training import plan_alike, plan_without_fear
from calibration.targets import Said
from calibration.watching import Ceilings, Groups, Technicians, quit_hazards
from model.codes import Level, Status
from model.months import month, parse_month
from model.parameters.reader import all_topics
from model.rules.leaving import LeaveFacts, leave
from model.rules.plans import CutFacts, TrainingPlanFacts, plan_training
from scenarios.runner import Request, people_of
from scenarios.scenario import Scenario
from tests.lived import SMALL, STORM

SAID = Said(zh="数", en="a figure")
PLANS: Any = all_topics()["plans"].at(month(2018, 1))


def figure(want: str, low: float = math.nan, high: float = math.nan) -> Figure:
    return Figure(name="x", says=SAID, unit="share", want=want, low=low, high=high)  # type: ignore[arg-type]  # checked by pydantic


@pytest.mark.parametrize(
    ("case", "want", "values", "expected"),
    [
        ("all of one sign", "positive", [1.0, 2.0, 0.1], True),
        ("one of three is wrong, mean within three errors", "positive", [1.0, 2.0, -0.1], False),
        # mean 1, deviation 0.5345, error 0.189: 5.3 errors from zero although one is below it
        ("one of eight wrong, mean beyond three errors", "positive", [1.2] * 7 + [-0.4], True),
        ("zero is no sign", "positive", [0.0, 1.0], False),
        ("nothing happens", "positive", [0.0, 0.0], False),
        ("negative is the mirror of positive", "negative", [-1.0, -2.0], True),
        ("and not of nothing", "negative", [], False),
        ("nan is left out", "negative", [-1.0, math.nan], True),
    ],
)
def test_a_sign_needs_every_seed_or_three_errors(
    case: str, want: str, values: list[float], expected: bool
) -> None:
    assert comes_out(figure(want), values) is expected, case


def test_a_band_is_met_by_the_mean() -> None:
    band = figure("band", 0.02, 0.06)

    assert comes_out(band, [0.01, 0.05])  # mean 0.03
    assert not comes_out(band, [0.06, 0.08])  # mean 0.07


@pytest.mark.parametrize(
    ("on", "off", "expected"),
    [
        ([[1.0], [2.0]], [[0.0], [0.0]], "holds"),
        ([[1.0], [2.0]], None, "holds"),
        ([[1.0], [-2.0]], [[0.0], [0.0]], "does_not_hold"),
        ([[1.0], [2.0]], [[1.0], [3.0]], "not_broken"),
    ],
)
def test_a_fact_must_hold_and_break(on: Any, off: Any, expected: str) -> None:
    found = verdict([figure("positive")], np.array(on), None if off is None else np.array(off))

    assert found == expected
    assert found in VERDICTS


def test_figures_only_reported_give_no_verdict() -> None:
    assert verdict([figure("report")], np.array([[1.0]]), None) == "reported"


def test_every_fact_has_its_claim_and_every_claim_its_fact() -> None:
    assert set(FACTS) == set(claims())
    assert {"L3", "L5", "L10", "L11", "L19", "L23", "L25", "L29", "L32"} <= set(FACTS)
    wanted = {n: [f.want for f in c.figures if f.want != "report"] for n, c in claims().items()}
    assert wanted["L10"] == wanted["L11"] == []
    assert all(FACTS[n].read_off is not None for n, wants in wanted.items() if wants)


def test_every_arm_is_a_scenario_that_can_be_read() -> None:
    for fact in FACTS.values():
        for name, arm in fact.arms.items():
            assert Scenario.from_mapping(arm.scenario).digest, f"{fact.id} {name}"


def test_flows_are_read_after_a_year() -> None:
    assert not settled(parse_month("2017-12"))
    assert settled(parse_month("2018-01"))


def plan(**known: float) -> TrainingPlanFacts:
    facts = {"staff": 100, "quits_seen": 0.02, "education_fund": 0, "set_aside": 0}
    return TrainingPlanFacts(**{**facts, "payroll": 50_000_000, "cut_ppm": 0, **known})  # type: ignore[arg-type]


def test_plans_without_fear_do_not_see_quits_and_see_everything_else() -> None:
    calm, afraid = plan(quits_seen=0.0), plan(quits_seen=0.05)

    assert plan_without_fear(afraid, PLANS) == plan_training(calm, PLANS)
    assert plan_training(afraid, PLANS).nomination_rate < plan_training(calm, PLANS).nomination_rate
    rich = plan(set_aside=1_000_000)
    assert plan_without_fear(rich, PLANS).short_rate > plan_without_fear(plan(), PLANS).short_rate


def test_plans_alike_see_nothing() -> None:
    assert plan_alike(plan(), PLANS) == plan_alike(plan(quits_seen=0.5, set_aside=9), PLANS)
    assert plan_alike(plan(staff=0), PLANS).nomination_rate == 0.0


def cut(**known: float) -> CutFacts:
    facts = dict.fromkeys(CutFacts._fields, 0)
    return CutFacts(**{**facts, "state": 1, "distress": 0.6, "u_caution": 0.5, **known})  # type: ignore[arg-type]


def test_cuts_given_from_outside_do_not_see_the_subsidy() -> None:
    # A state enterprise meets none of its shortfall by lay-offs: 0.6 is cut, for everybody.
    assert PLANS.relief_by_layoffs_state == 0.0
    plain = cut_by_need(cut(), PLANS)
    tempted = cut_by_need(
        cut(
            trigger_ppm=500_000, paid_to_ppm=800_000, support_ppm=500_000,
            months_now=9, pot_now=9.0,
        ),
        PLANS,
    )  # fmt: skip

    assert plain == tempted
    assert (plain.event, plain.cut_ppm, plain.cut_others_ppm) == (1, 600_000, 600_000)
    assert cut_by_need(cut(distress=0.0, cut_ppm=600_000), PLANS).event == 2
    assert cut_by_need(cut(distress=0.0), PLANS).event == 0


def test_the_pot_that_is_never_empty_exceeds_any_entitlement() -> None:
    assert no_ceiling(None, None) > 5_000 * 12 * 10_000_000


@pytest.fixture(scope="module")
def stormy() -> Any:
    """A small province in crisis, with notebooks of three kinds, to the end of 2018."""

    class All:
        def __init__(self) -> None:
            self.parts = (Groups("person_times"), Technicians(), Ceilings())

        def begin(self, province: Any) -> None:
            for part in self.parts:
                part.begin(province)

        def month(self, province: Any) -> None:
            for part in self.parts:
                part.month(province)

    request = Request(Fraction(1, 400), 1, 1, until="2018-12")
    return live_arm(Arm({**STORM}), people_of(request, 1), request, 1, All())


def test_hazards_of_the_notebook_are_those_of_the_rule(stormy: Any) -> None:
    p = stormy.province
    w, e = p.workers, p.enterprises
    upper = (w["status"] == Status.EMPLOYED) & (w["level"] >= Level.TECHNICIAN)
    rows = np.flatnonzero(upper)
    hazards = quit_hazards(p, rows)
    assert len(rows) > 20
    assert len(set(hazards.tolist())) > 1

    for row, hazard in zip(rows.tolist(), hazards.tolist(), strict=True):
        at = w["enterprise"][row]
        facts = {
            name: (e[name.removeprefix("employer_")][at] if name.startswith("employer_") else None)
            for name in LeaveFacts._fields
        }
        for name in ("level", "joined", "restlessness", "supported"):
            facts[name] = w[name][row]
        stays = LeaveFacts(**{**facts, "u_quit": hazard})
        goes = LeaveFacts(**{**facts, "u_quit": hazard * (1.0 - 1e-9)})
        assert leave(goes, p.law["leaving"]).event == 1, row
        assert leave(stays, p.law["leaving"]).event == 0, row


def test_the_notebook_of_groups_counts_what_the_province_counts(stormy: Any) -> None:
    groups: Groups = stormy.watch.parts[0]
    counted = sum(
        int(cells.sum())
        for (name, at), cells in stormy.province.counts.cells.items()
        if name == "person_times" and settled(at)
    )

    assert counted > 0
    assert all(int(events.sum()) == counted for events in groups.events.values())
    assert len({int(months.sum()) for months in groups.months.values()}) == 1


def test_the_notebook_of_ceilings_notes_years_of_claims(stormy: Any) -> None:
    ceilings: Ceilings = stormy.watch.parts[2]

    assert ceilings.bound
    assert {year for _, year in ceilings.bound} == {2018 - 1900}
    assert all(0.0 < ceilings.upper[row] <= ceilings.staff[row] for row in ceilings.staff)


def test_edges_of_ranges_are_those_of_the_file() -> None:
    found = all_topics()["claiming"].parameters["wage_drop_take_up"]

    assert (edge("claiming.wage_drop_take_up", top=False), found.low) == (found.low, 0)
    assert ("claiming.wage_drop_take_up", 1.0) in CRISIS
    assert world("no_policy") == {"extends": "no_policy"}


def test_a_fact_runs_small_and_is_written(tmp_path: Path) -> None:
    request = Request(SMALL, 1, 1, until="2018-02", jobs=1)
    on, off = try_seed(FACTS["L32"], request, 1)
    assert off is not None and off[0] < on[0]  # nobody quits: fewer leave

    results = try_facts(["L32"], request)
    rows = frame(results, request)
    assert list(rows["figure"]) == [f.name for f in claims()["L32"].figures]
    assert rows["mean"].to_numpy() == pytest.approx(on)
    assert rows["off_mean"].to_numpy() == pytest.approx(off)
    for lang in ("zh", "en"):
        assert results["L32"].claim.claim.of(lang) in page(rows, lang)

    out = tmp_path / "facts.csv"
    write(rows.assign(id="L3", figure=["old_over_young", "upper_over_lower"]), out)
    write(rows, out)
    assert list(pd.read_csv(out)["id"]) == ["L3", "L3", "L32", "L32"]  # kept, and in order
    write(rows.assign(verdict="reported"), out)
    assert list(pd.read_csv(out)["verdict"])[2:] == ["reported", "reported"]
    kept = out.read_text("utf-8")
    write(frame({}, request), out)
    assert out.read_text("utf-8") == kept  # the page again, from the same figures
    assert results["L32"].claim.claim.zh in out.with_suffix(".md").read_text("utf-8")


def test_a_claim_without_words_is_refused() -> None:
    content = claims()["L3"].model_dump()
    with pytest.raises(ValueError, match="zh"):
        Claim.model_validate({**content, "claim": {"en": "only English"}})
    with pytest.raises(ValueError, match="hope"):
        Claim.model_validate({**content, "hope": "yes"})
