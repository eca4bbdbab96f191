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
    Fact,
    Seen,
    comes_out,
    dated,
    edge,
    live_arm,
    settled,
    try_seed,
    verdict,
    world,
)
from calibration.facts import FACTS, LIVED, frame, page, place, try_facts, write
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


@pytest.mark.parametrize(
    ("case", "values", "lost"),
    [
        ("nothing happens at all", [0.0, 0.0, 0.0], True),
        ("both signs", [8.0, -5.0, 3.0], True),
        # what awards of the greatest weight did: beyond doubt, though levels spread by as much
        ("all of one sign", [3_200.0, 4_100.0, 3_600.0], False),
        ("all of the other", [-3_200.0, -4_100.0, -3_600.0], False),
        # mean 1, error 0.189: 5.3 errors from zero although one seed is below it
        ("one of eight wrong, mean beyond three errors", [1.2] * 7 + [-0.4], False),
        ("one seed has no spread", [0.0], False),
        ("no seed", [], False),
    ],
)
def test_an_effect_is_lost_in_luck_where_no_sign_can_be_told(
    case: str, values: list[float], lost: bool
) -> None:
    assert comes_out(figure("noise"), values) is lost, case


def test_a_control_that_shows_breaks_a_fact_of_no_effect() -> None:
    # Levels spread over seeds by 10: more than the effect, and no matter.
    noise, level = figure("noise"), figure("report")
    on = np.array([[0.0, 90.0], [0.0, 100.0], [0.0, 110.0]])

    assert verdict([noise, level], on, on + np.array([5.0, 0.0])) == "holds"
    assert verdict([noise, level], on, on) == "not_broken"


def test_figures_only_reported_give_no_verdict() -> None:
    assert verdict([figure("report")], np.array([[1.0]]), None) == "reported"


def test_every_fact_has_its_claim_and_every_claim_its_fact() -> None:
    assert set(FACTS) == set(claims())
    assert {"L3", "L5", "L10", "L11", "L19", "L23", "L25", "L29", "L32"} <= set(FACTS)
    assert len(LIVED) == len(FACTS)
    assert sorted(["L10", "L9b", "L9", "L3"], key=place) == ["L3", "L9", "L9b", "L10"]
    wanted = {n: [f.want for f in c.figures if f.want != "report"] for n, c in claims().items()}
    assert wanted["L10"] == wanted["L11"] == wanted["L14"] == wanted["L40"] == []
    assert all(FACTS[n].read_off is not None for n, wants in wanted.items() if wants)


def test_every_arm_is_a_scenario_that_can_be_read() -> None:
    for fact in FACTS.values():
        for name, arm in fact.arms.items() if not fact.missing() else ():
            assert Scenario.from_mapping(arm.scenario).digest, f"{fact.id} {name}"


def test_flows_are_read_after_a_year() -> None:
    assert not settled(parse_month("2017-12"))
    assert settled(parse_month("2018-01"))


def plan(**known: float) -> TrainingPlanFacts:
    facts = {"staff": 100, "quits_seen": 0.02, "education_fund": 0, "set_aside": 0}
    facts |= {"training_subsidy": 0, "payroll": 50_000_000, "cut_ppm": 0, "succession": 0}
    return TrainingPlanFacts(**{**facts, "compression": 0.85, **known})  # type: ignore[arg-type]


def test_plans_without_fear_do_not_see_quits_and_see_everything_else() -> None:
    calm, afraid = plan(quits_seen=0.0), plan(quits_seen=0.05)

    assert plan_without_fear(afraid, PLANS) == plan_training(calm, PLANS)
    assert plan_training(afraid, PLANS).nomination_rate < plan_training(calm, PLANS).nomination_rate
    rich = plan(set_aside=1_000_000)
    assert plan_without_fear(rich, PLANS).short_rate > plan_without_fear(plan(), PLANS).short_rate


def test_plans_alike_see_nothing() -> None:
    assert plan_alike(plan(), PLANS) == plan_alike(plan(quits_seen=0.5, set_aside=9), PLANS)
    assert plan_alike(plan(), PLANS) == plan_alike(plan(succession=1.0, compression=1.0), PLANS)
    assert plan_alike(plan(), PLANS).successor_rate == plan_alike(plan(), PLANS).nomination_rate
    assert plan_alike(plan(staff=0), PLANS).nomination_rate == 0.0


def cut(**known: float) -> CutFacts:
    facts = dict.fromkeys(CutFacts._fields, 0)
    return CutFacts(**{**facts, "state": 1, "shortfall": 0.6, "u_caution": 0.5, **known})  # type: ignore[arg-type]


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
    assert cut_by_need(cut(shortfall=0.0, cut_ppm=600_000), PLANS).event == 2
    assert cut_by_need(cut(shortfall=0.0), PLANS).event == 0


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
    notebook = All()
    people = people_of(request, 1)
    return Seen(live_arm(Arm({**STORM}), people, request, 1, [notebook]), notebook)


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
        for name in ("level", "joined", "restlessness", "supported", "supported_last", "pent_up"):
            facts[name] = w[name][row]
        facts["month"] = p.month - 1
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
    on, off = try_seed([FACTS["L32"]], request, 1)["L32"]
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


class Counting:
    """A notebook that counts months, and how often it was made."""

    made = 0

    def __init__(self) -> None:
        Counting.made += 1
        self.months = 0

    def begin(self, province: Any) -> None:
        pass

    def month(self, _: Any) -> None:
        self.months += 1


class Another(Counting):
    pass


def counted(seen: Any) -> list[float]:
    return [float(len(seen[n].watch.__class__.__name__) + seen[n].watch.months) for n in seen]


def test_an_arm_that_facts_share_is_lived_once_with_the_notebooks_of_all() -> None:
    same_to_the_model = {"extends": "no_policy", "title": "said otherwise"}
    one = Fact("A", {"base": Arm(world("no_policy"))}, counted, None, Counting)
    two = Fact("B", {"same": Arm(same_to_the_model)}, counted, None, Counting)
    other = Fact("C", {"base": Arm(world("no_policy"))}, counted, None, Another)
    longer = Fact("D", {"base": Arm(world("no_policy"))}, counted, None, Counting, longer=1)
    Counting.made = 0

    found = try_seed([one, two, other, longer], Request(SMALL, 1, 1, until="2017-02"), 1)

    assert {name: figures for name, (figures, _) in found.items()} == {
        "A": [10.0], "B": [10.0], "C": [9.0], "D": [11.0],
    }  # fmt: skip
    assert Counting.made == 3  # one for A and B, one for C in the same life, one for the longer


def test_facts_shared_and_alone_give_the_same_figures() -> None:
    request = Request(SMALL, 1, 1, until="2018-03")
    together = try_seed([FACTS["L29"], FACTS["L32"], FACTS["L11"]], request, 1)

    for name, found in together.items():
        alone = try_seed([FACTS[name]], request, 1)[name]
        for one, other in zip(found, alone, strict=True):
            np.testing.assert_array_equal(np.array(one, float), np.array(other, float))


def test_a_fact_is_tried_on_a_thinner_sample_and_for_longer_where_it_says_so() -> None:
    fact = Fact("A", {}, counted, None, Counting, thinner=5, longer=60)

    asked = fact.asks(Request(Fraction(1, 20)))
    assert (asked.scale, asked.until) == (Fraction(1, 100), "2025-12")
    assert fact.asks(Request(Fraction(1, 500))).scale == Fraction(1, 1000)  # never thinner
    assert fact.asks(Request(SMALL)).scale == SMALL  # unless asked for
    assert fact.asks(Request(until="2024-01")).until == "2025-12"  # as far as the model reaches


def test_a_fact_that_needs_what_is_not_there_says_so_and_is_not_lived(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanting = Fact("L32", {}, counted, None, Counting, needs=("flying_carpets", "plans"))
    monkeypatch.setitem(FACTS, "L32", wanting)
    monkeypatch.setattr("calibration.facts.LIVED", (wanting,))
    request = Request(SMALL, 1, 1, until="2018-02", jobs=1)

    results = try_facts(["L32"], request)
    rows = frame(results, request)

    assert wanting.missing() == ("flying_carpets",)
    assert results["L32"].verdict == "needs"
    assert rows["mean"].isna().all() and set(rows["seeds"]) == {0}
    write(rows, tmp_path / "facts.csv")
    assert "flying_carpets" in (tmp_path / "facts.md").read_text("utf-8")


def test_changes_follow_one_another() -> None:
    first, second = dated("demand.downturn_shift", ("2018-01", 0.35), ("2019-07", 0))

    assert (first["from"], first["to"], first["value"]) == ("2018-01", "2019-06", 0.35)
    assert "to" not in second and second["from"] == "2019-07"
    both = world("no_policy", ("plans.supervision", 0), dated=[first, second])
    assert len(both["change"]) == 3  # type: ignore[arg-type]
    policy = Scenario.from_mapping(both).policy()
    shifts = [policy.at(month(y, m))["demand"].downturn_shift for y, m in ((2019, 6), (2019, 7))]
    assert shifts == [0.35, 0.0]


def test_a_claim_without_words_is_refused() -> None:
    content = claims()["L3"].model_dump()
    with pytest.raises(ValueError, match="zh"):
        Claim.model_validate({**content, "claim": {"en": "only English"}})
    with pytest.raises(ValueError, match="hope"):
        Claim.model_validate({**content, "hope": "yes"})
