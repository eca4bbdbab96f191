from collections.abc import Sequence

import pytest

from model.months import month
from model.results import Run
from scenarios.board import Aim, Board, Goals, goals_of
from scenarios.board import board as board_of
from scenarios.effects import PairError
from scenarios.scenario import load
from tests.scenarios.results import Paid, run_of

# Goals small enough to check with a pencil.
GOALS = Goals(
    projects={
        "bases": Aim("training_bases", 70, 83),
        "studios": Aim("master_studios", 100),
        "contest_bases": Aim("contest_training_bases", 3),
    },
    person_times=30_000,
    industrial_share=0.5,
    person_times_2016=9_000,
)
FIRST = 10  # rows of bases, studios and contest bases: three readings each, one announcement


def board(runs: Sequence[Run], against: Sequence[Run] | None, goals: Goals = GOALS) -> Board:
    return board_of(runs, against, goals)


def rows_of(found: Board, target: str) -> dict[str, float]:
    return {row.definition: row.mean for row in found.rows if row.target == target}


def test_bases_and_studios_are_what_a_run_built_under_each_reading() -> None:
    # Bases grow by one a month from 63, studios from none; two more are granted than stand.
    found = board([run_of(months=13, bases=63)], None)

    assert rows_of(found, "bases") == {"finished": 75, "approved": 77, "new": 12, "announced": 83}
    assert rows_of(found, "studios") == {"finished": 12, "approved": 14, "new": 12}
    bases = found.rows[0]
    assert (bases.simulated, bases.met, bases.goal, bases.gap) == (True, 1, 70, -5)
    assert bases.month_met == "2017-08"  # 63 in January, 70 in the eighth month


def test_what_was_announced_only_informs() -> None:
    announced = board([run_of(months=13)], [run_of("other", months=13)]).rows[3]

    assert (announced.definition, announced.goal, announced.met) == ("announced", None, None)
    assert (announced.simulated, announced.against, announced.gap) == (False, None, None)


def test_a_goal_is_met_by_one_reading_and_missed_by_another() -> None:
    found = board([run_of(months=6, bases=63)], None)  # 68 stand, 70 are granted, 5 are new
    met = {row.definition: row.met for row in found.rows if row.target == "bases"}

    assert met == {"finished": 0, "approved": 1, "new": 0, "announced": None}


def test_goals_come_from_the_measures_and_what_was_announced_from_the_plan() -> None:
    law = {name: load(name).policy().at(month(2020, 12)) for name in ("policy_2017", "no_policy")}
    with_text, without = goals_of(law["policy_2017"]), goals_of(law["no_policy"])

    assert with_text.projects["bases"] == Aim("training_bases", 100, 63 + 20)
    assert with_text.projects["studios"] == Aim("master_studios", 100, 63 + 30)
    assert with_text.projects["contest_bases"] == Aim("contest_training_bases", 3, None)
    assert without.projects["bases"] == Aim("training_bases", 100, None)
    assert (with_text.person_times, with_text.person_times_2016) == (3_000_000, 944_000)


def test_what_it_is_compared_with_has_its_own_bases() -> None:
    mine, others = [run_of(months=48, bases=63)], [run_of("other", months=48, bases=20)]
    row = board(mine, others).rows[0]

    assert (row.mean, row.against) == (110, (67,))


def test_person_times_are_counted_under_every_definition() -> None:
    # 48 months of 1,000: 48,000 from 2017 and 36,000 from 2018; twice that for all groups, and
    # 9,000 more from 2016. Distinct persons, 250 a month, are known from 2017 alone, where the
    # run begins.
    paid = (
        Paid("2017-05", "unemployment_insurance_fund", "workers", "skill_upgrade_subsidy", 5, 7),
        Paid("2018-05", "employment_subsidy_fund", "workers", "promotion_training_subsidy", 5, 9),
        Paid("2018-06", "unemployment_insurance_fund", "workers", "wage_drop_subsidy", 5, 50),
    )
    found = board([run_of(months=48, paid=paid)], None)
    means = {row.definition: row.mean for row in found.rows[FIRST:]}

    assert means == {
        "all_groups_2016_2020": 105_000,
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
    row = board(runs, twins).rows[FIRST + 1]

    assert (row.definition, row.met) == ("industrial_2017_2020", 1)
    assert (row.mean, row.against_mean) == (38_400, 24_000)
    assert row.month_met == "2020-02"  # the mean of 800 a month passes 30,000 in month 38
    assert row.gap == -8_400


def test_nothing_after_the_due_month_counts() -> None:
    found = board([run_of(months=60)], None)

    assert found.month == "2020-12"
    assert found.rows[FIRST + 1].mean == 48_000


def test_few_runs_have_no_probability_and_many_do() -> None:
    few = board([run_of(seed=s, months=48) for s in range(2)], None).frame()
    many = board([run_of(seed=s, months=48) for s in range(50)], None).frame()
    columns = [
        "target", "clause", "unit", "goal", "mean", "p5", "p95", "probability_met", "month_met",
        "scenario", "definition", "against",
        "against_mean", "gap", "runs_met", "runs", "smallest", "largest",
    ]  # fmt: skip

    assert list(few.columns) == columns
    assert few["probability_met"].isna().all()
    assert few[["p5", "p95"]].isna().all(axis=None)
    assert few.loc[FIRST + 1, ["smallest", "largest"]].tolist() == [48_000, 48_000]
    assert many.loc[FIRST + 1, "p5"] == 48_000
    assert few.loc[FIRST + 1, "runs_met"] == 2
    assert many.loc[FIRST + 1, "probability_met"] == 1.0
    assert few["clause"].tolist()[7:10] == ["C21"] * 3


def test_one_year_is_called_by_its_name_alone() -> None:
    spans = [row.span for row in board([run_of(months=24)], None).rows]

    assert spans == [*[""] * FIRST, "2016-2018", *["2017-2018"] * 5, *["2018"] * 4]


def test_other_groups_stand_on_the_board_where_a_run_trains_them() -> None:
    # 48 x (1,000 + 250) = 60,000; shown only where both worlds have the measure
    mine, others = run_of(months=48, groups=250), run_of("other", months=48, groups=50)
    row = next(r for r in board([mine], [others]).rows if r.kind == "groups_modelled")
    without = board([mine], [run_of("other", months=48)])

    assert (row.definition, row.mean, row.against) == (
        "groups_modelled_2017_2020",
        60_000,
        (50_400,),
    )
    assert row.met == 1
    assert "groups_modelled" not in {r.kind for r in without.rows}


def test_runs_that_do_not_share_luck_are_refused() -> None:
    with pytest.raises(PairError):
        board([run_of(seed=1)], [run_of(seed=2)])
