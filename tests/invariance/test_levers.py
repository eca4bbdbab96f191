"""Levers: set to their own value they change nobody; changed from a month on, nobody before it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from model.months import format_month, parse_month
from model.parameters.reader import value_at
from model.province import Province
from scenarios.policy import Law
from tests.lived import (
    STORM,
    Diary,
    Job,
    begin,
    changed,
    diary,
    differences,
    differing_workers,
    lived,
    people,
    scenario,
)

JOB = Job(STORM, seed=3, until="2018-12")
FROM = "2018-02"

# Levers of every part of the model that work in the stormy province from the month they change.
LEVERS: Mapping[str, float] = {
    "skill_upgrade_subsidy.amount_senior": 3_000,
    "unemployment_insurance.employer_rate": 0.02,
    "education_levy.minimum_rate": 0.025,
    "wage_drop_subsidy.threshold": 0.3,
    "leaving.quit_private_lower": 0.028,
    "leaving.mortality": 0.001,
    "hiring.search": 1,
    "training.attention": 0.004,
    "training.dropout": 0.3,
    "plans.others_cut": 0,
    "plans.adjust_down_private": 0.5,
    "demand.elasticity": 1,
    "demand.enterprise_spread": 0.1,
    "claiming.claim": 0.02,
    "accounts.ui_rest_benefits": 0,
    "pay.minimum_other": 2_000,
}


def standing(lever: str) -> float:
    """The value of a lever in the month of the change, as a scenario states it."""
    return float(value_at(scenario(STORM).policy().steps[lever], parse_month(FROM)))


@pytest.fixture(scope="module")
def straight() -> Diary:
    return diary(JOB)


@pytest.mark.parametrize("lever", LEVERS)
def test_a_change_dated_a_month_leaves_every_month_before_it_alone(
    lever: str, straight: Diary
) -> None:
    other = diary(replace(JOB, scenario=changed(STORM, lever, LEVERS[lever], FROM)))
    early = {m: page for m, page in straight.items() if m < parse_month(FROM)}
    assert len(early) == 14
    assert differences(early, {m: other[m] for m in early}) == []
    # The control: from that month on agents, books or both do change.
    late = {m: page for m, page in straight.items() if m >= parse_month(FROM)}
    assert differences(late, {m: other[m] for m in late}) != []


def test_the_first_month_that_can_differ_is_the_one_of_the_change(straight: Diary) -> None:
    other = diary(replace(JOB, scenario=changed(STORM, "leaving.quit_private_lower", 0.028, FROM)))
    first = next(m for m in sorted(straight) if straight[m] != other[m])
    assert format_month(first) == FROM


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_set_to_its_own_value_is_no_change(lever: str, straight: Diary) -> None:
    given = changed(STORM, lever, standing(lever), FROM)
    other = diary(replace(JOB, scenario=given))
    assert differences(straight, other) == []


class Restated:
    """A policy that says every month anew what another says: equal values, other objects."""

    def __init__(self, policy: Any) -> None:
        self.policy = policy

    def at(self, month: int) -> Law:
        law = self.policy.at(month)
        return Law({name: type(law[name])(*law[name]) for name in law})


def test_every_lever_of_every_topic_set_to_its_own_value_changes_nobody(straight: Diary) -> None:
    province = begin(JOB)
    restated = Province(
        people(JOB.n, JOB.seed),
        Restated(province.policy),
        province.engine,
        seed=JOB.seed,
        start=province.start,
    )
    assert differences(straight, diary(JOB, restated)) == []


def test_levers_move_agents_and_not_only_books() -> None:
    base = lived(JOB)
    moved = {
        lever: differing_workers(
            base, lived(replace(JOB, scenario=changed(STORM, lever, LEVERS[lever], FROM)))
        )
        for lever in ("leaving.quit_private_lower", "training.attention", "hiring.search")
    }
    assert min(moved.values()) > 20, moved


def test_a_scenario_that_restates_values_is_the_same_scenario() -> None:
    same = changed(STORM, "hiring.search", standing("hiring.search"), FROM)
    assert scenario(same).digest == scenario(STORM).digest
    other = changed(STORM, "hiring.search", 0.9, FROM)
    assert scenario(other).digest != scenario(STORM).digest
