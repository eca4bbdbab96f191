from collections.abc import Sequence
from typing import NamedTuple

import pytest

from model.months import month
from model.results import Run
from scenarios.board import DUE, Board, Plans, planned
from scenarios.board import board as board_of
from scenarios.effects import PairError
from tests.scenarios.results import Paid, run_of

OPINION = tuple(range(month(2017, 12), DUE + 1))


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


def board(
    runs: Sequence[Run],
    against: Sequence[Run] | None,
    targets: Targets,
    plans: Plans = Plans(OPINION),  # noqa: B008 a value
) -> Board:
    return board_of(runs, against, targets, plans)


def test_bases_and_studios_follow_the_plan_from_its_month_on_and_are_not_simulated() -> None:
    # 2 of the 37 months from December 2017 to December 2020 by January 2018:
    # 63 + 37 * 2 / 37 = 65 bases and 63 + 74 * 2 / 37 = 67 studios
    targets = Targets(planned_bases=37, planned_studios=74)
    bases, studios = board([run_of(months=13)], None, targets).rows[:2]

    assert (bases.mean, studios.mean) == (65, 67)
    assert (bases.simulated, bases.met, bases.gap) == (False, None, 35)
    assert (bases.definition, bases.against) == ("planned_path", None)


def test_before_the_opinion_nothing_is_added_and_by_the_due_month_all_of_it_is() -> None:
    line = planned(63, 37, OPINION, DUE)

    assert line[:11] == (63,) * 11  # January to November 2017
    assert line[11:] == tuple(range(64, 101))


def test_a_plan_that_is_dropped_adds_nothing_more_and_one_taken_up_late_goes_faster() -> None:
    dropped = planned(63, 37, OPINION[:10], DUE)
    late = planned(63, 36, range(month(2020, 1), DUE + 1), DUE)

    assert dropped[-1] == dropped[-20] == 73
    assert late[-13:] == (63, *range(66, 100, 3))


def test_without_the_plan_nothing_is_added() -> None:
    bases, studios = board([run_of()], None, Targets(), Plans(())).rows[:2]

    assert (bases.mean, studios.mean) == (63, 63)


def test_what_it_is_compared_with_follows_its_own_plan() -> None:
    mine, others = [run_of(months=48)], [run_of("other", months=48)]
    without = board(mine, others, Targets(), Plans(OPINION, ())).rows[0]
    alike = board(mine, others, Targets(), Plans(OPINION, OPINION)).rows[0]

    assert (without.mean, without.against) == (87, (63,))
    assert (alike.mean, alike.against) == (87, (87,))


def test_a_plan_that_reaches_the_goal_says_when() -> None:
    # 63 + 48 * 29 / 37 = 100.6 in month 29 from December 2017, April 2020
    found = board([run_of(months=48)], None, Targets())

    assert found.rows[1].month_met == "2020-04"
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
        "scenario", "definition", "against",
        "against_mean", "gap", "runs_met", "runs", "smallest", "largest",
    ]  # fmt: skip

    assert list(few.columns) == columns
    assert few["probability_met"].isna().all()
    assert few[["p5", "p95"]].isna().all(axis=None)
    assert few.loc[2, ["smallest", "largest"]].tolist() == [48_000, 48_000]
    assert many.loc[2, "p5"] == 48_000
    assert few.loc[2, "runs_met"] == 2
    assert many.loc[2, "probability_met"] == 1.0
    assert many.loc[:1, "probability_met"].isna().all()


def test_one_year_is_called_by_its_name_alone() -> None:
    spans = [row.span for row in board([run_of(months=24)], None, Targets()).rows]

    assert spans == ["", "", *["2017-2018"] * 5, *["2018"] * 4]


def test_runs_that_do_not_share_luck_are_refused() -> None:
    with pytest.raises(PairError):
        board([run_of(seed=1)], [run_of(seed=2)], Targets())
