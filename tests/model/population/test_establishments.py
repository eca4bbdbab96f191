import numpy as np
import pytest

from model.codes import BRANCHES, REGIONS, SIZE_CLASSES
from model.population.establishments import cell_code, establishment_id, worker_id
from model.population.inputs import inputs
from model.population.ladder import Settings
from model.population.province import DATES, province

GIVEN = inputs()


@pytest.fixture(params=DATES)
def place(request):
    return province(request.param, Settings())


def test_no_establishment_is_above_the_limit_or_outside_its_class(place):
    houses = place.houses
    low, high = GIVEN.column("classes", "low"), GIVEN.column("classes", "high")
    assert houses.staff.max() <= 5_000
    assert (houses.staff >= low[houses.size_class]).all()
    assert (houses.staff <= high[houses.size_class]).all()


def test_staff_are_the_workers_of_each_branch_and_prefecture(place):
    houses = place.houses
    cell = houses.branch * len(REGIONS) + houses.region
    staff = np.bincount(cell, houses.staff, len(BRANCHES) * len(REGIONS))
    assert (staff == place.jobs.workers.ravel()).all()


def test_groups_have_their_published_staff_where_they_are(place):
    houses, year = place.houses, place.jobs.year
    for code, group in enumerate(GIVEN.groups, start=1):
        rows = houses.group == code
        assert houses.staff[rows].sum() == group.persons[year]
        assert set(houses.region[rows]) == set(group.regions)
        assert set(houses.branch[rows]) == {group.branch}


def test_ids_are_unique_and_ascending(place):
    assert (np.diff(place.houses.id) > 0).all()


def test_an_id_says_where_the_establishment_is():
    # Group 1, prefecture 2, branch 3, class 1, number 5, position 7.
    cell = cell_code(np.array([1]), np.array([2]), np.array([3]), np.array([1]))
    identity = int(worker_id(establishment_id(cell, np.array([5])), np.array([7]))[0])
    assert identity & 0x1FFF == 7
    assert (identity >> 13) & 0xFFFFF == 5
    assert identity >> 33 == ((1 * 16 + 2) * 32 + 3) * 4 + 1


def test_sizes_have_a_heavy_tail():
    # A hundredth of the establishments has over a third of the staff; most have below 20.
    staff = np.sort(province("2016-12", Settings()).houses.staff)[::-1]
    assert staff[: len(staff) // 100].sum() > staff.sum() / 3
    assert np.median(staff) < 20


def test_a_group_larger_than_its_branch_is_refused():
    from dataclasses import replace

    from model.population.establishments import group_staff

    longmay = GIVEN.groups[0]._replace(persons={2016: 300_000})
    wrong = replace(GIVEN, groups=(longmay,))
    with pytest.raises(ValueError, match="more staff than its branch"):
        group_staff(wrong, province("2016-12", Settings()).jobs)


def test_traits_keep_branch_totals(place):
    houses, kind, persons = place.houses, place.traits, place.ladder.persons
    size = len(BRANCHES)
    skilled = np.bincount(houses.branch, houses.staff * kind.skilled, size)
    assert np.allclose(skilled, persons[:, 1:].sum(axis=1))
    top = np.bincount(houses.branch, houses.staff * kind.skilled * kind.technicians, size)
    assert np.allclose(top, persons[:, 4:].sum(axis=1))
    covered = np.bincount(houses.branch, houses.staff * kind.insures, size)
    insured = covered * kind.insured_within
    wanted = GIVEN.column("branches", "insured") * np.bincount(houses.branch, houses.staff, size)
    assert np.allclose(insured, wanted)
    assert (kind.insured_within <= 1).all()


def test_firm_schools_belong_to_large_state_establishments(place):
    houses, owns = place.houses, place.traits.owns_school == 1
    assert owns.sum() == 26
    assert set(houses.size_class[owns]) == {SIZE_CLASSES.index("large")}
    assert all(BRANCHES[b].ownership.endswith("state") for b in houses.branch[owns])


def test_compliance_is_common_in_state_firms_and_rare_in_small_private_ones(place):
    houses, kind = place.houses, place.traits
    state = np.isin(houses.branch, [b for b, x in enumerate(BRANCHES) if "state" in x.ownership])
    private = np.array([x.ownership == "private" for x in BRANCHES])[houses.branch]
    small = private & (houses.size_class < 2)
    assert kind.set_aside_complies[state].mean() == pytest.approx(0.9, abs=0.02)
    assert kind.set_aside_complies[small].mean() == pytest.approx(0.15, abs=0.01)
    assert set(kind.set_aside_rate_ppm) == {15_000, 25_000}
