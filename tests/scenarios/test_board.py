from typing import NamedTuple

import pytest

from scenarios.board import board
from scenarios.effects import PairError
from tests.scenarios.results import Paid, run_of


class Targets(NamedTuple):
    """Goals small enough to check with a pencil."""

    goal_bases: int = 100
    goal_studios: int = 100
    goal_person_times: int = 30_000
    standing_bases: int = 63
    standing_studios: int = 63
    planned_bases: int = 24
    planned_studios: int = 48
    industrial_share: float = 0.5


def test_bases_and_studios_follow_the_plan_and_are_not_simulated() -> None:
    # 12 of 48 months: 63 + 24 * 12 / 48 = 69 bases and 63 + 48 * 12 / 48 = 75 studios
    found = board([run_of()], None, Targets())
    bases, studios = found.rows[:2]

    assert (bases.mean, studios.mean) == (69, 75)
    assert (bases.simulated, bases.met, bases.gap) == (False, None, 31)
    assert (bases.definition, bases.against) == ("planned_path", (63.0,))


def test_without_the_plan_nothing_is_added() -> None:
    bases, studios = board([run_of()], None, Targets(), plan=False).rows[:2]

    assert (bases.mean, studios.mean) == (63, 63)


def test_a_plan_that_reaches_the_goal_says_when() -> None:
    # 63 + 48 * 37 / 48 = 100 in month 37, January 2020
    found = board([run_of(months=48)], None, Targets())

    assert found.rows[1].month_met == "2020-01"
    assert found.rows[0].month_met is None


def test_person_times_are_counted_under_every_definition() -> None:
    # 48 months of 1,000: 48,000 from 2017 and 36,000 from 2018; twice that for all groups. Distinct
    # persons, 250 a month, are known from 2017 alone, where the run begins.
    paid = (
        Paid("2017-05", "unemployment_insurance_fund", "workers", "skill_upgrade_subsidy", 5, 7),
        Paid("2018-05", "employment_subsidy_fund", "workers", "promotion_training_subsidy", 5, 9),
        Paid("2018-06", "unemployment_insurance_fund", "workers", "wage_drop_subsidy", 5, 50),
    )
    found = board([run_of(months=48, paid=paid)], None, Targets())
    means = {row.definition: row.mean for row in found.rows}

    assert means == {
        "planned_path": 111,
        "industrial_2017_2020": 48_000,
        "all_groups_2017_2020": 96_000,
        "subsidised_2017_2020": 16,
        "persons_2017_2020": 24_000,
        "persons_ever_2017_2020": 12_000,
        "industrial_2018_2020": 36_000,
        "all_groups_2018_2020": 72_000,
        "subsidised_2018_2020": 9,
        "persons_2018_2020": 18_000,
    }


def test_runs_that_meet_a_goal_are_counted_and_the_month_is_told() -> None:
    # 30,000 at 1,000 a month: reached in month 30, June 2019; at 600 a month (28,800) never
    runs = [run_of(seed=1, months=48), run_of(seed=2, months=48, person_times=600)]
    twins = [run_of("other", seed=s, months=48, person_times=500) for s in (1, 2)]
    row = board(runs, twins, Targets()).rows[2]

    assert (row.definition, row.met) == ("industrial_2017_2020", 1)
    assert (row.mean, row.against_mean) == (38_400, 24_000)
    assert row.month_met == "2020-02"  # the mean of 800 a month passes 30,000 in month 38
    assert row.gap == -8_400


def test_nothing_after_the_due_month_counts() -> None:
    found = board([run_of(months=60)], None, Targets())

    assert found.month == "2020-12"
    assert found.rows[2].mean == 48_000


def test_few_runs_have_no_probability_and_many_do() -> None:
    few = board([run_of(seed=s, months=48) for s in range(2)], None, Targets()).frame()
    many = board([run_of(seed=s, months=48) for s in range(50)], None, Targets()).frame()
    columns = [
        "target", "clause", "unit", "goal", "mean", "p5", "p95", "probability_met", "month_met",
        "scenario", "definition", "no_policy_mean", "gap", "runs_met", "runs",
    ]  # fmt: skip

    assert list(few.columns) == columns
    assert few["probability_met"].isna().all()
    assert few.loc[2, "runs_met"] == 2
    assert many.loc[2, "probability_met"] == 1.0
    assert many.loc[:1, "probability_met"].isna().all()


def test_runs_that_do_not_share_luck_are_refused() -> None:
    with pytest.raises(PairError):
        board([run_of(seed=1)], [run_of(seed=2)], Targets())
