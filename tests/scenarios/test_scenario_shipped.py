"""The scenarios that come with the model say what they should."""

from collections import Counter

import pytest

from model.instruments.registry import instruments
from model.months import month
from model.parameters.reader import all_topics
from model.words import both
from scenarios.scenario import BASE, Scenario, load, shipped
from tests.lived import Job, lived

MEASURES = tuple(instruments())
NEW = (  # of the document of 2017-11-30
    "promotion_training_subsidy",  # C9
    "wage_drop_subsidy",  # C12
    "craftsman_awards",  # C19
    "chief_technicians",
    "national_awards",
    "startup_grant",  # C27
    "innovation_loan_interest",  # C22
    "contest_training_bases",  # C21
    "performance_grants",  # C25
    "cooperation_compensation",  # C6
    "talent_compensation",  # C9
    "talent_hire_grant",
    "supplementary_insurance",  # C12
    "fund_pooling",  # C26
    "training_donations",
)
OCTOBER = month(2019, 10)  # every instrument is in force


def on(name: str) -> set[str]:
    """Instruments in force in October 2019."""
    law = load(name).policy().at(OCTOBER)
    return {measure for measure in MEASURES if law[measure].in_force}


def test_every_scenario_the_project_promises_is_there():
    promised = {
        BASE,
        "no_policy",
        "text_literal",
        "bare",
        "everybody_asks",
        "no_policy_older_titles",
    }
    promised |= {f"only_{m}" for m in MEASURES}
    assert promised | {"downturn_coal_oil_2015", "downturn_coal_oil_2015_no_policy"} <= set(
        shipped()
    )


@pytest.mark.parametrize("name", shipped())
def test_each_has_a_title_and_a_question_in_both_languages(name):
    found = load(name)
    assert found.question is not None
    for words in (found.title, found.question):
        assert words["zh"] != words["en"]
        assert any("\u4e00" <= c <= "\u9fff" for c in words["zh"])
        assert not any("\u4e00" <= c <= "\u9fff" for c in words["en"])


def test_no_two_are_the_same_scenario():
    digests = {load(name).digest for name in shipped()}
    assert len(digests) == len(shipped())


def test_the_base_is_what_the_parameter_files_say():
    base = load(BASE)
    assert base.differences == {}
    law = base.policy().at(OCTOBER)
    assert all(law[name] == topic.at(OCTOBER) for name, topic in all_topics().items())
    assert on(BASE) == set(MEASURES)


def test_no_policy_lacks_what_the_document_brought_and_nothing_else():
    assert on("no_policy") == set(MEASURES) - set(NEW)
    first = load("no_policy").policy().first_difference(load(BASE).policy())
    assert first == month(2017, 12)  # the first month that begins after the document


def test_contests_that_stood_stay_without_the_document():
    law, without = (load(n).policy().at(OCTOBER)["contest_prizes"] for n in (BASE, "no_policy"))
    assert (law.events, without.events) == (50, 40)
    assert (law.national_in_force, without.national_in_force) == (1, 0)
    assert without == law._replace(events=40, national_in_force=0)
    assert load(BASE).policy().at(month(2017, 11))["contest_prizes"].events == 40


def test_bare_has_no_instrument_in_any_month():
    policy = load("bare").policy()
    for index in range(month(1990, 1), month(2026, 1), 5):
        assert [m for m in MEASURES if policy.at(index)[m].in_force] == []


@pytest.mark.parametrize("measure", MEASURES)
def test_one_measure_alone(measure):
    base = on("no_policy") if measure in NEW else on("bare")
    expected = base | {measure}
    if measure in ("stay_job_subsidy", "distressed_firm_rebate"):  # refunds need the insured
        expected |= {"unemployment_insurance"}
    assert on(f"only_{measure}") == expected


def test_the_text_at_its_word_changes_the_trigger_the_pot_and_pooling_only():
    base, literal = (load(name).policy().at(OCTOBER) for name in (BASE, "text_literal"))
    parameters = all_topics()["wage_drop_subsidy"].parameters
    law = literal["wage_drop_subsidy"]
    assert parameters["trigger"].options[law.trigger] == "mean_drop"
    assert parameters["pot"].options[law.pot] == "additive"
    same = base["wage_drop_subsidy"]._replace(trigger=law.trigger, pot=law.pot)
    assert law == same
    pooling = base["fund_pooling"]._replace(take_up=1_000_000)
    assert literal["fund_pooling"] == pooling
    assert {name for name in literal if literal[name] != base[name]} == {
        "fund_pooling",
        "wage_drop_subsidy",
    }


def test_both_arms_of_the_downturn_share_their_world():
    policy, without = load("downturn_coal_oil_2015"), load("downturn_coal_oil_2015_no_policy")
    assert policy.policy().world == without.policy().world
    assert policy.policy().world.demand == "downturn_2015"
    twin = policy.twin()
    assert (twin.name, twin.digest) == (without.name, without.digest)
    assert policy.policy().first_difference(without.policy()) == month(2017, 12)


def test_the_whole_scenario_keeps_the_reason_of_each_change() -> None:
    stated = {
        "extends": "no_policy",
        "change": [
            {"parameter": "wage_drop_subsidy.rate", "from": "2018-01", "to": "2018-02",
             "value": 1, "because": {"zh": "看看上限", "en": "to see the limit"}},
            {"parameter": "wage_drop_subsidy.rate", "from": "2018-03", "to": "2018-04",
             "value": 0.8, "because": "less for a while"},
        ],
    }  # fmt: skip
    found = Scenario.from_mapping(stated, name="mine").as_mapping()["change"]
    mine = [one for one in found if one["parameter"] == "wage_drop_subsidy.rate"]
    reasons = [(one["from"], one["because"]["en"]) for one in mine]
    assert reasons[-3:] == [
        ("2018-01", "to see the limit"),
        ("2018-03", "less for a while"),
        ("2018-05", both("scenario.resolved")["en"]),  # nobody's: the value of the file again
    ]
    theirs = load("no_policy").as_mapping()["change"]
    kept = {one["parameter"]: one["because"] for one in theirs}
    inherited = {one["parameter"]: one["because"] for one in found}
    assert kept.items() <= inherited.items()
    again = Scenario.from_mapping(Scenario.from_mapping(stated).as_mapping())
    assert again.as_mapping()["change"] == found
    assert again.digest == Scenario.from_mapping(stated).digest


def test_a_twin_keeps_the_reasons_of_what_it_takes_from_either() -> None:
    change = [
        {"parameter": "hiring.search", "from": "2018-01", "value": 0.9, "because": "my world"},
        {"parameter": "plans.supervision", "from": "2018-01", "value": 0.4, "because": "mine"},
    ]
    mine = Scenario.from_mapping({"extends": "policy_2017", "change": change}, name="mine")
    told = {one["parameter"]: one["because"]["en"] for one in mine.twin().as_mapping()["change"]}
    assert told["hiring.search"] == "my world"
    assert told["plans.supervision"] != "mine"


def test_older_rounds_of_titles_are_held_against_the_opinion_every_three_years() -> None:
    # C19: 20 x 30,000 and 100 x 10,000 yuan a round. Opinion: Decembers of 2017 and 2019; as
    # before: of 2017 and 2020. Nothing else differs from the world without the opinion.
    older, without = load("no_policy_older_titles"), load("no_policy")
    assert on(older.name) == on(without.name) | {"craftsman_awards"}
    apart = {
        address
        for address in {**older.differences, **without.differences}
        if older.differences.get(address) != without.differences.get(address)
    }
    assert {address.partition(".")[0] for address in apart} == {"craftsman_awards"}
    rounds = {}
    for name in (BASE, older.name):
        lines = lived(Job(name, seed=1, n=2000)).ledger.lines
        paid = Counter[int]()
        for line in lines:
            if line[1].instrument == "craftsman_awards":
                paid[line[0]] += line[-1] // 100
        rounds[name] = dict(paid)
    assert rounds[BASE] == {month(2017, 12): 1_600_000, month(2019, 12): 1_600_000}
    assert rounds[older.name] == {month(2017, 12): 1_600_000, month(2020, 12): 1_600_000}
