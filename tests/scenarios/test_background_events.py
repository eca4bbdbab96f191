"""What else happened: each event can be switched off, and then everything stands as before it."""

from itertools import pairwise

import pytest

from app.differing_words import apart_words, off_words
from model.months import month
from model.parameters.reader import all_topics
from model.reading import InputErrors
from scenarios.policy import Policy
from scenarios.scenario import Scenario, load
from tests.lived import STORM, Job, differing_workers, lived

EVENTS = [name for name, topic in all_topics().items() if topic.background]


def world(**events: str) -> Scenario:
    content = {"title": "a world", "extends": "policy_2017", "world": {"background": events}}
    return Scenario.from_mapping(content, name="world")


def law(at: int, **events: str):
    return world(**events).policy().at(at)


def test_every_event_happens_in_both_arms_by_default() -> None:
    assert set(EVENTS) == {
        "catalogue_reform",
        "epidemic_2020",
        "premium_cuts",
        "premium_waiver_2020",
        "refunds_2019",
        "skills_action_2019",
    }
    for name in ("policy_2017", "no_policy"):
        assert all(load(name).policy().world.background[event] for event in EVENTS)


def test_what_an_event_freezes_are_parameters_there_are() -> None:
    topics = all_topics()
    for name in EVENTS:
        for address in topics[name].freezes:
            topic, _, field = address.partition(".")
            assert field in topics[topic].parameters, f"{name}: {address}"


def test_without_the_cuts_the_premium_stays_at_three_per_cent() -> None:
    for at in (month(2015, 2), month(2016, 6), month(2017, 1), month(2020, 12)):
        p = law(at, premium_cuts="off")["unemployment_insurance"]
        assert (p.employer_rate, p.employee_rate) == (20_000, 10_000)
    assert law(month(2017, 1))["unemployment_insurance"].employer_rate == 5_000


def test_without_the_skills_action_persons_are_paid_on() -> None:
    at = month(2019, 8)
    off, on = law(at, skills_action_2019="off"), law(at)
    assert (on["promotion_training_subsidy"].regime, on["skills_action_subsidy"].in_force) == (1, 1)
    assert (off["promotion_training_subsidy"].regime, off["skills_action_subsidy"].in_force) == (
        0,
        0,
    )


def test_without_the_wider_refunds_only_the_ordinary_one_stands() -> None:
    off = law(month(2020, 6), refunds_2019="off")
    assert off["distressed_firm_rebate"].in_force == 0
    assert off["stay_job_subsidy"].rate_small == off["stay_job_subsidy"].rate == 500_000
    assert law(month(2020, 6))["stay_job_subsidy"].rate_small == 1_000_000


def test_without_the_catalogue_reform_exams_and_trades_stay_as_they_were() -> None:
    off, before = law(month(2020, 6), catalogue_reform="off"), law(month(2017, 9))
    names = [a.partition(".")[2] for a in all_topics()["catalogue_reform"].freezes]
    assert len(names) == 8
    for name in names:
        assert getattr(off["training"], name) == getattr(before["training"], name)
    assert off["training"].exam_supply == 1.0 > law(month(2020, 6))["training"].exam_supply


def test_without_the_waiver_employers_pay_in_2020() -> None:
    p = law(month(2020, 3), premium_waiver_2020="off")["unemployment_insurance"]
    assert (p.waived_small, p.waived_large) == (0, 0)
    p = law(month(2020, 3))["unemployment_insurance"]
    assert (p.waived_small, p.waived_large) == (1_000_000, 500_000)


@pytest.mark.parametrize("event", EVENTS)
def test_switching_an_event_off_changes_nothing_before_it(event: str) -> None:
    on, off = load("policy_2017").policy(), world(**{event: "off"}).policy()
    start = next(at for at, raw in all_topics()[event].parameters["in_force"].steps if raw != 0)
    assert on.first_difference(off) == start


def test_an_event_switched_on_again_in_a_later_file_is_the_event() -> None:
    content = {
        "title": "on",
        "extends": "policy_2017",
        "world": {"background": {"epidemic_2020": "on"}},
    }
    assert Scenario.from_mapping(content, name="on").digest == load("policy_2017").digest


def test_a_twin_keeps_the_world_of_the_scenario() -> None:
    twin = world(premium_cuts="off").twin().policy()
    at = month(2018, 6)
    assert twin.at(at)["unemployment_insurance"].employer_rate == 20_000
    assert twin.at(at)["wage_drop_subsidy"].in_force == 0


def test_frozen_values_are_dated_steps_in_order() -> None:
    steps = world(premium_cuts="off").policy().steps["unemployment_insurance.employer_rate"]
    assert all(a < b for (a, _), (b, _) in pairwise(steps))
    assert isinstance(world().policy(), Policy)


@pytest.fixture(scope="module")
def standing():
    return lived(Job(STORM, seed=3))


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_moves_agents_or_premiums(event: str, standing) -> None:
    given = {**STORM, "world": {"demand": "downturn_2015", "background": {event: "off"}}}
    other = lived(Job(given, seed=3))
    money = {"premium_waiver_2020", "refunds_2019"}  # these move money before anybody
    if event in money:
        assert (other.ledger.balances != standing.ledger.balances).any()
    else:
        assert differing_workers(other, standing) > 0


def test_an_event_is_told_once_and_not_again_by_what_it_changed() -> None:
    off, policy = world(skills_action_2019="off", premium_cuts="off"), load("policy_2017")
    said = apart_words(off, policy, "2020-12", "en")
    for name in ("skills_action_2019", "premium_cuts"):
        assert said.count(all_topics()[name].title["en"]) == 1
    assert all_topics()["skills_action_subsidy"].title["en"] not in said
    assert "Premium of" not in said
    assert "with all that came with it, not in force" in said
    assert "with all that came with it, in force" in apart_words(policy, off, "2020-12", "en")


def test_what_a_scenario_states_itself_is_told_beside_the_event() -> None:
    content = {
        "extends": "policy_2017",
        "world": {"background": {"premium_cuts": "off"}},
        "change": [
            {"parameter": "unemployment_insurance.employer_rate", "from": "2017-01",
             "value": 0.03, "because": "to test"},
        ],
    }  # fmt: skip
    mine = Scenario.from_mapping(content, name="mine")
    said = apart_words(mine, load("policy_2017"), "2020-12", "en")
    assert "Premium of the enterprise =" in said
    assert "insured person" not in said


def test_events_that_are_off_in_both_worlds_are_named() -> None:
    off = world(skills_action_2019="off")
    title = all_topics()["skills_action_2019"].title
    for lang in ("zh", "en"):
        assert title[lang] in off_words(off, off.twin(), lang)
        assert title[lang] in off_words(off, None, lang)
        assert off_words(off, load("policy_2017"), lang) == ""  # stands among the differences
        assert off_words(load("policy_2017"), load("no_policy"), lang) == ""


def test_numbers_changed_in_both_worlds_are_named() -> None:
    mine = Scenario.from_mapping(
        {
            "extends": "policy_2017",
            "change": [
                {"parameter": "hiring.poach_share", "from": "2018-01", "value": 0.8, "because": "x"}
            ],
        },
        name="mine",
    )
    for lang in ("zh", "en"):
        assert "hiring.poach_share" in off_words(mine, mine.twin(), lang)
        assert off_words(mine, load("policy_2017"), lang) == ""  # there it is a difference


def test_an_old_name_is_answered_with_what_stands_in_its_place() -> None:
    change = [{"parameter": "ventures.take_up", "from": "2018-01", "value": 0.3, "because": "x"}]
    with pytest.raises(InputErrors) as caught:
        Scenario.from_mapping({"extends": "policy_2017", "change": change}, name="mine")
    assert "startup_grant.take_up" in str(caught.value)
    assert "innovation_loan_interest.take_up" in str(caught.value)
