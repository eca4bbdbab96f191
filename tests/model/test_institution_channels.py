"""What the text does to institutions beyond grants: neutral at zero, felt across the range."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from model.codes import INSTITUTION_TYPES
from model.month import schooling
from model.months import month, parse_month
from model.parameters.accounts import Params
from model.parameters.reader import all_topics
from model.rules.schools import SchoolFacts, adjust_seats
from tests.lived import STORM, Job, begin, changed, differing_workers, lived

TOPIC = all_topics()["accounts"]
LAW: Params = TOPIC.at(month(2018, 6))
NEUTRAL = {
    "enrolment_growth": 0,
    "public_base_seats": 0,
    "teacher_titles": 0,
    "teachers_titled": 0,
    "review_quality": 0,
    "online_seats": 0,
}
SCHOOL = SchoolFacts(
    factor=1.0, base_seats=10, supply=1.0, demand=8.0, quality=0.0, base_quality=0.0,
    extension=1.0, lift=0.0, type=INSTITUTION_TYPES.index("technical_school"),
)  # fmt: skip


def test_every_channel_is_neutral_before_the_text_and_without_it() -> None:
    from scenarios.scenario import load

    early, none = TOPIC.at(month(2017, 11)), load("no_policy").policy().at(month(2020, 1))
    for name, zero in NEUTRAL.items():
        assert getattr(early, name) == zero, name
        assert getattr(none["accounts"], name) == zero, name


def test_projects_titles_and_review_raise_the_quality_to_which_a_school_returns() -> None:
    # The monthly step is stocking x (target - quality): 0.05 x (0.02 + 0.005 + 0.01) = 0.00175
    p = LAW._replace(stocking=0.05, teacher_titles=0.005, review_quality=0.01)
    assert adjust_seats(SCHOOL._replace(lift=0.02), p).quality == pytest.approx(0.00175)
    base = SCHOOL._replace(lift=0.02, type=INSTITUTION_TYPES.index("public_base"))
    assert adjust_seats(base, p).quality == pytest.approx(0.0015)  # C11 speaks of schools


def test_seats_that_are_added_lower_the_use_of_a_school() -> None:
    # 9.8 applicants for 10 seats are 98 %: the school grows; for 10 x 1.1 seats 89 %: it stands
    full = SCHOOL._replace(demand=9.8)
    assert adjust_seats(full, LAW).factor == pytest.approx(1.0 + LAW.seats_response)
    assert adjust_seats(full._replace(extension=1.1), LAW).factor == 1.0


def scenario(values: Mapping[str, Any]) -> Mapping[str, Any]:
    given: Mapping[str, Any] = STORM
    for name, value in values.items():
        given = changed(given, f"accounts.{name}", value, "2016-01")
    return given


def life(values: Mapping[str, Any]) -> Any:
    return lived(Job(scenario(values), seed=3, n=500, until="2018-06"))


@pytest.fixture(scope="module")
def neutral() -> Any:
    return life(NEUTRAL)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("enrolment_growth", 0.2),
        ("public_base_seats", 500),
        ("teacher_titles", 0.1),
        ("review_quality", 0.1),
        ("online_seats", 2000),
    ],
)
def test_a_channel_moved_across_its_range_changes_somebody(
    name: str, most: float, neutral: Any
) -> None:
    assert differing_workers(neutral, life({**NEUTRAL, name: most})) > 0


def test_prices_of_online_courses_are_nobodys_where_there_are_none(neutral: Any) -> None:
    other = {**NEUTRAL, "online_fee": 3000, "online_completion": 1, "online_quality": 0.2}
    assert differing_workers(neutral, life(other)) == 0


def test_technical_schools_grow_by_a_twelfth_of_the_year_each_month() -> None:
    # 0.12 a year: 1.01 after a month, 1.02 after two; private schools and bases stay
    given = scenario({**NEUTRAL, "enrolment_growth": 0.12, "public_base_seats": 80.5})
    province = begin(Job(given, seed=1, n=2000))
    province.run(parse_month("2017-02"))
    j = province.institutions
    by_type = {
        name: np.unique(j["extension"][:-1][j["type"][:-1] == kind].round(9)).tolist()
        for kind, name in enumerate(INSTITUTION_TYPES)
    }
    assert by_type == {
        "technician_college": [1.02],
        "technical_school": [1.02],
        "private_school": [1.0],
        "enterprise_school": [1.0],
        "public_base": [1.1],  # 80.5 over the 805 seats of the bases
    }


def test_online_learners_pay_less_and_fewer_of_them_finish() -> None:
    given = scenario({**NEUTRAL, "online_seats": 2000, "online_completion": 0.3})
    province = begin(Job(given, seed=3, n=500))
    w, fees, ended = province.workers, [], []
    pay, broken = schooling.fees_of, schooling.broken_off
    with pytest.MonkeyPatch.context() as patch:
        from model.month import climbing

        def fees_of(p: Any, rows: Any) -> Any:
            found = pay(p, rows)
            fees.extend(found[w["online"][rows] == 1].tolist())
            return found

        def broken_off(p: Any, rows: Any) -> Any:
            found = broken(p, rows)
            online = (w["online"][rows] == 1) & (w["attempts"][rows] == 0)
            assert not found[~online].any()
            ended.extend(found[online].tolist())
            return found

        patch.setattr(climbing, "fees_of", fees_of)
        patch.setattr(climbing, "broken_off", broken_off)
        province.run(parse_month("2018-06"))
    assert set(fees) == {400_00}
    assert len(ended) > 30
    assert 0.5 < np.mean(ended) < 0.9  # 70 % break off
    left = w["online"] == 1
    assert (w["course"][left] > 0).all() and (w["course"][left] < 4).all()


def test_teachers_gain_senior_titles_in_january_and_only_then() -> None:
    province = begin(Job(scenario({**NEUTRAL, "teachers_titled": 0.2}), seed=1, n=200))
    w = province.workers
    teachers = w["teacher"] == 1
    before = int(w["senior_title"][teachers].sum())
    without = int(teachers.sum()) - before
    province.month = month(2018, 2)
    schooling.title_teachers(province)
    assert int(w["senior_title"][teachers].sum()) == before
    province.month = month(2018, 1)
    schooling.title_teachers(province)
    gained = int(w["senior_title"][teachers].sum()) - before
    assert without > 20
    assert 0 < gained < without // 2  # a fifth, by luck of each
    assert int(w["senior_title"][~teachers].sum()) == 0
