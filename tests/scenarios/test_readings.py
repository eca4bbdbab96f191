import numpy as np
import pytest
from ruamel.yaml import YAML

from model.months import month, parse_month
from model.parameters.reader import shown, value_at
from scenarios.differing import apart
from scenarios.effects import MEASURES, Effect, band, effect, verdict_of
from scenarios.readings import POT, TRIGGER, arms, other_reading, reading_of
from scenarios.scenario import SHIPPED, Scenario, load
from scenarios.story import cost_of
from tests.scenarios.results import Paid, run_of

LIKELY, LITERAL = ("own_drop", "same_pot"), ("mean_drop", "additive")
UNTIL = "2020-12"


def test_the_policy_is_run_with_its_twin_and_the_other_reading() -> None:
    found = arms(load("policy_2017"), UNTIL)

    names = [arm.name for arm in found.all]
    assert names == ["policy_2017", "no_policy", "policy_2017_c12_literal"]
    assert [reading_of(arm, UNTIL) for arm in found.all[::2]] == [LIKELY, LITERAL]


def test_a_scenario_at_its_word_is_shown_beside_the_usual_reading() -> None:
    other = other_reading(load("text_literal"))

    assert other.name == "text_literal_c12_usual"
    assert reading_of(other, UNTIL) == LIKELY
    assert set(other.differences) == {"fund_pooling.take_up"}  # the rest stays at its word


def test_the_other_reading_keeps_every_change_of_the_scenario() -> None:
    mine = Scenario.from_mapping(
        {
            "extends": "policy_2017",
            "change": [
                {
                    "parameter": "wage_drop_subsidy.rate",
                    "from": "2018-01",
                    "value": 1,
                    "because": "x",
                }
            ],
        },
        name="double",
    )
    other = other_reading(mine)

    assert reading_of(other, UNTIL) == LITERAL
    assert other.differences["wage_drop_subsidy.rate"] == mine.differences["wage_drop_subsidy.rate"]
    assert other.name == "double_c12_literal"
    assert "字面" in other.title["zh"]


def test_what_would_be_equal_is_not_run_twice() -> None:
    assert [a.name for a in arms(load("no_policy"), UNTIL).all] == ["no_policy"]
    assert [a.name for a in arms(load("policy_2017"), UNTIL, alone=True).all] == ["policy_2017"]
    assert arms(load("only_education_levy"), UNTIL).reading is None
    assert arms(load("policy_2017"), "2017-11").reading is None  # before C12


def test_a_twin_never_takes_the_scenarios_name() -> None:
    mine = Scenario.from_mapping({"extends": "policy_2017"}, name="no_policy")
    names = [arm.name for arm in arms(mine, UNTIL).all]

    assert names == ["no_policy", "no_policy_twin", "no_policy_c12_literal"]


ALONE = {
    "only_education_levy": "bare",
    "only_apprenticeship_subsidy": "bare",
    "only_skill_upgrade_subsidy": "bare",
    "only_unemployment_insurance": "bare",
    "only_stay_job_subsidy": "only_unemployment_insurance",
    "only_promotion_training_subsidy": "no_policy",
    "only_wage_drop_subsidy": "no_policy",
}


@pytest.mark.parametrize("name", ALONE)
def test_one_instrument_alone_is_compared_with_what_its_file_names(name: str) -> None:
    found = arms(load(name), UNTIL)

    assert found.against is not None
    assert (found.against.name, found.against.digest) == (ALONE[name], load(ALONE[name]).digest)
    parts = {a.partition(".")[0] for a in differing(found.scenario, found.against)}
    assert parts == {name.removeprefix("only_")}  # and nothing else


def differing(one: Scenario, other: Scenario) -> set[str]:
    steps, others = one.policy().steps, other.policy().steps
    return {address for address in steps if steps[address] != others[address]}


def changed(**keys: object) -> Scenario:
    change = [
        {"parameter": address, "from": "2018-01", "value": value, "because": "x"}
        for address, value in {
            "hiring.search": 0.9,  # of the world
            "plans.supervision": 0.4,  # the policy's
            "education_levy.minimum_rate": 0.02,  # an instrument's
        }.items()
    ]
    return Scenario.from_mapping({"change": change, **keys}, name="mine")


@pytest.mark.parametrize("base", ["only_education_levy", "policy_2017"])
def test_the_world_is_shared_with_the_twin_and_the_policy_is_the_twins_own(base: str) -> None:
    mine = changed(extends=base)
    twin = mine.twin()
    other = load(mine.against or "no_policy").policy().steps

    assert twin.name == (mine.against or "no_policy")
    assert twin.policy().steps["hiring.search"] == mine.policy().steps["hiring.search"]
    for address in ("plans.supervision", "education_levy.minimum_rate"):
        assert twin.policy().steps[address] == other[address] != mine.policy().steps[address]


def test_what_it_is_compared_with_is_inherited_unless_stated_and_read_back() -> None:
    inherited, stated = changed(extends="only_education_levy"), changed(against="bare")
    restated = changed(extends="only_education_levy", against="policy_2017")

    assert [s.against for s in (inherited, stated, restated)] == ["bare", "bare", "policy_2017"]
    assert load("policy_2017").against is None
    for one in (inherited, restated):
        again = Scenario.from_mapping(one.as_mapping(), name="again")
        assert (again.against, again.digest) == (one.against, one.digest)
    assert stated.digest == changed().digest  # it changes no rule


def spent(yuan: int) -> tuple[Paid, ...]:
    fund = "unemployment_insurance_fund"
    return (Paid("2017-01", fund, "workers", "wage_drop_subsidy", yuan * 100),)


def test_the_cost_of_a_technician_year_is_money_over_years() -> None:
    # 12 months, 9 to 11 more technicians than 100: about 10 technician-years for 50,000 yuan
    more = (109, 110, 110, 110, 111)
    dear = [run_of(seed=s, technicians=t, paid=spent(50_000)) for s, t in enumerate(more)]
    cheap = [run_of("other", seed=s) for s in range(5)]
    found = cost_of(dear, cheap)

    assert found.per_year == 5_000
    assert found.low is not None
    assert found.high is not None
    assert 50_000 / 11 < found.low < 5_000 < found.high < 50_000 / 9


@pytest.mark.parametrize("kept", [[100] * 8, [90, 91] * 4, [90, 112, 95, 108] * 2, [109, 111]])
def test_a_cost_is_not_identified_where_nobody_clearly_stays(kept: list[float]) -> None:
    dear = [run_of(seed=s, technicians=t, paid=spent(50_000)) for s, t in enumerate(kept)]
    cheap = [run_of("other", seed=s) for s in range(len(kept))]

    assert cost_of(dear, cheap).per_year is None


@pytest.mark.parametrize("few", [[5.0], [0.0, 0.0], [162.0, 198.0], [-1.0, -1.1, -0.9, -1.0]])
def test_fewer_than_five_runs_judge_nothing(few: list[float]) -> None:
    assert verdict_of(few) == "few"
    assert band(few).tolist() == [min(few), max(few)]


def test_five_runs_are_judged_by_the_mean_and_banded_by_points() -> None:
    assert verdict_of([162.0, 198.0, 170.0, 190.0, 180.0]) == "up"
    assert verdict_of([-1.0, -1.1, -0.9, -1.0, -1.0]) == "down"
    assert verdict_of([-1.0, 1.1, -0.9, 1.0, 0.1]) == "unclear"
    assert band([0.0, 10.0, 20.0, 30.0, 40.0]) == pytest.approx([2, 38])


def test_what_never_varies_is_no_finding_unless_it_is_nothing() -> None:
    assert verdict_of([0.0] * 8) == "none"
    assert verdict_of([25.0] * 8) == "unclear"
    assert verdict_of([0.1 + 0.2, 0.3] * 4) == "unclear"  # apart by dust alone
    assert verdict_of([25.0] * 7 + [26.0]) == "up"


def test_chance_alone_is_called_an_effect_one_time_in_twenty_and_a_clear_one_always() -> None:
    luck = np.random.default_rng(1).normal(size=(4000, 8))

    assert 0.04 < np.mean([verdict_of(d) != "unclear" for d in luck]) < 0.06
    assert np.mean([verdict_of(d) == "up" for d in luck + 3]) > 0.95


def values(scenario: Scenario, address: str) -> list[str]:
    """What a run to ``UNTIL`` reads at an address, month by month."""
    steps = scenario.policy().steps[address]
    return [shown(value_at(steps, at)) for at in range(month(2017, 1), parse_month(UNTIL) + 1)]


def test_what_sets_two_scenarios_apart_is_every_number_that_a_run_would_read() -> None:
    policy, none = load("policy_2017"), load("no_policy")
    found = {one.address: (str(one.mine), str(one.theirs)) for one in apart(policy, none, UNTIL)}

    # what the file of the world without the opinion takes away, and nothing else
    taken = YAML(typ="safe").load(SHIPPED / "no_policy.yaml")
    off = {
        f"{name}.in_force"
        for name, state in taken["instruments"].items()
        if state in ("off", False)
    }
    stated = off | {one["parameter"] for one in taken["change"]}
    assert set(found) <= stated
    for address in stated - set(found):  # what the opinion leaves at its neutral value by default
        assert values(policy, address) == values(none, address), address
    assert {"plans.supervision", "training.waiver", "wage_drop_subsidy.in_force"} <= set(found)
    assert found["plans.supervision"] == ("0.05", "0.0")
    assert apart(policy, none, "2017-11") == ()  # before the opinion
    literal = {one.address for one in apart(load("text_literal"), policy, UNTIL)}
    assert literal == {TRIGGER, POT, "fund_pooling.take_up"}
    # with C12 out of force in both, how it is read is read by nobody
    off = Scenario.from_mapping(
        {"extends": "text_literal", "instruments": {"wage_drop_subsidy": "off"}}, name="off"
    )
    assert not {one.address for one in apart(off, none, UNTIL)} & {TRIGGER, POT}


def effect_of(runs: int) -> Effect:
    mine = [run_of(seed=s, technicians=110 - s) for s in range(runs)]
    others = [run_of("other", seed=s, technicians=200) for s in range(runs)]
    titles = {"zh": "我的", "en": "My own"}, {"zh": "别的", "en": "Another"}
    return effect(mine, others, "technicians", titles)


def test_an_effect_prints_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert effect_of(3).sentence("en") == (
        "By 2017-12, “My own” against “Another”: technicians and above, in the labour force "
        "\u221291 persons on average, smallest to largest of 3 paired runs [\u221292, \u221290]; "
        "fewer than 5 allow no judgement."
    )
    assert (
        effect_of(5)
        .sentence("en")
        .endswith("\u221292 persons, 5-95 % of 5 paired runs [\u221294, \u221290].")
    )
    assert "不足 5 次，不作判断" in effect_of(4).sentence("zh")
    assert "不作判断" in effect_of(1).sentence("zh")
    assert "不作判断" not in effect_of(5).sentence("zh")
    monkeypatch.setenv("LONGJIANG_LANG", "zh")
    assert str(effect_of(3)).startswith("到 2017-12，“我的”与“别的”相比")
    assert set(MEASURES) >= {"technicians", "technician_years"}


def test_a_comparison_in_python_names_scenarios_by_their_titles() -> None:
    from scenarios.runner import Ensemble, Request

    both = [
        Ensemble(load(name), Request(), (run_of(name),)) for name in ("policy_2017", "no_policy")
    ]
    said = both[0].compare(both[1]).effect("technicians").sentence("zh")

    assert said.startswith("到 2017-12，“2017年意见”与“没有该意见”相比")
    assert "policy_2017" not in said
