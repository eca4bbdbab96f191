"""A fork lives on as a straight run would have: what is saved by it changes no bit."""

import pandas as pd
import pytest

from model.months import parse_month
from scenarios.runner import Request, fork_months, run_seed
from tests.lived import SMALL, STORM, Job, begin, changed, diary, differences, page, scenario

WITHOUT = {**STORM, "instruments": {"wage_drop_subsidy": "off"}}
OTHER = changed(WITHOUT, "training.attention", 0.02, "2018-05")


@pytest.mark.parametrize("month", ["2017-01", "2017-04", "2017-12"])
def test_a_fork_equals_a_straight_run(month: str) -> None:
    job = Job(OTHER, seed=4, n=1000, until="2018-12")
    trunk = begin(Job(STORM, seed=4, n=1000))
    trunk.run(parse_month(month) - 1)
    twin = trunk.fork(scenario(OTHER).policy())
    forked = diary(job, twin)
    straight = diary(job)
    assert differences({m: straight[m] for m in forked}, forked) == []


def test_what_a_fork_lives_leaves_its_trunk_alone() -> None:
    trunk = begin(Job(STORM, seed=4, n=1000))
    trunk.run(parse_month("2017-10"))
    before = page(trunk)
    twin = trunk.fork(scenario(OTHER).policy())
    twin.run(parse_month("2018-06"))
    assert page(trunk) == before
    assert twin.month - trunk.month == 8


def test_a_fork_of_a_fork_and_a_fork_under_the_same_policy() -> None:
    job = Job(STORM, seed=3, until="2017-12")
    trunk = begin(job)
    trunk.run(parse_month("2017-03"))
    twin = trunk.fork(trunk.policy)
    twin.run(parse_month("2017-06"))
    third = twin.fork(twin.policy)
    found, straight = diary(job, third), diary(job)
    assert differences({m: straight[m] for m in found}, found) == []


def test_runs_that_share_their_first_months_equal_runs_lived_apart() -> None:
    names = ["policy_2017", "no_policy", "text_literal", "only_wage_drop_subsidy", "bare"]
    request = Request(scale=SMALL, seeds=1, until="2018-06", jobs=1)
    all_ = [scenario(name) for name in names]
    shared = {run.scenario: run for run in run_seed(all_, request, 1)}
    for one in all_:
        (alone,) = run_seed([one], request, 1)
        for frame in ("outcomes", "ledger", "funds", "people", "incidence"):
            found, expected = getattr(shared[one.name], frame), getattr(alone, frame)
            pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_scenarios_fork_in_the_first_month_in_which_their_rules_differ() -> None:
    request = Request(scale=SMALL, seeds=1, jobs=1)
    names = ["policy_2017", "no_policy", "text_literal", "bare", "policy_2017"]
    scenarios = [scenario(name) for name in names]
    found = fork_months(scenarios, request, parse_month("2020-12"))
    opinion = parse_month("2017-12")
    # bare differs before the first month (the books open with last year's premiums): lived apart
    assert found == [None, opinion, opinion, None, None]
