import numpy as np
import pytest

from model.codes import REGIONS
from model.population.inputs import BRANCH_NAMES, inputs
from model.population.jobs import (
    branch_totals,
    formal_secondary,
    jobs,
    members,
)

YEARS = (2016, 2013)
GIVEN = inputs()


def cell(year: int, branch: str, region: str) -> int:
    return int(jobs(GIVEN, year).workers[BRANCH_NAMES.index(branch), REGIONS.index(region)])


def test_the_total_is_four_million():
    assert jobs(GIVEN, 2016).workers.sum() == 4_000_000


@pytest.mark.parametrize(("year", "identity"), [(2016, "A0558"), (2013, "A0552")])
def test_formal_secondary_jobs_are_the_published_sum(year, identity):
    # Twelve prefectures: 126.2 at the end of 2016, 157.3 at the end of 2013; one has no share.
    published = formal_secondary(GIVEN, year)[:-1].sum()
    assert published == pytest.approx(GIVEN.figure(identity), abs=0.05)


@pytest.mark.parametrize("year", YEARS)
def test_branches_and_prefectures_meet_their_totals(year):
    found = jobs(GIVEN, year)
    totals = branch_totals(GIVEN, year)
    assert (np.abs(found.workers.sum(axis=1) - totals * 10_000) <= 0.5).all()
    for block, margin in found.margins.items():
        inside = members(GIVEN, block)
        share = found.counted[inside] if block == "formal_secondary" else np.ones(len(inside))
        there = (found.workers[inside] * share[:, None]).sum(axis=0)
        # Each branch is rounded by itself: at most one person a branch.
        assert (np.abs(there - margin * 10_000) <= len(inside) + 1).all(), block


@pytest.mark.parametrize("year", YEARS)
def test_coal_lies_in_coal_cities_and_oil_in_daqing(year):
    coal = jobs(GIVEN, year).workers[BRANCH_NAMES.index("coal_state")]
    oil = jobs(GIVEN, year).workers[BRANCH_NAMES.index("oil_gas_central")]
    cities = [REGIONS.index(r) for r in ("jixi", "hegang", "shuangyashan", "qitaihe")]
    assert coal[cities].sum() > 0.95 * coal.sum()
    assert oil[REGIONS.index("daqing")] > 0.75 * oil.sum()
    assert cell(year, "coal_state", "suihua") == 0
    assert cell(year, "equipment_state", "daxinganling") == 0


def test_oil_and_coal_of_2013_follow_their_cities():
    # Daqing: 53.1 x 52.16 % in 2013 over 51.6746 x 50.06 % in 2016 = 1.0707.
    totals = branch_totals(GIVEN, 2013)
    oil = totals[BRANCH_NAMES.index("oil_gas_central")]
    assert oil == pytest.approx(27 * (53.1 * 0.5216) / (51.6746 * 0.5006), rel=1e-6)
    assert 28 < totals[BRANCH_NAMES.index("coal_state")] < 29
    assert totals.sum() == pytest.approx(431, abs=1)


def test_each_branch_of_2013_had_no_fewer_formal_secondary_jobs():
    inside = members(GIVEN, "formal_secondary")
    assert (branch_totals(GIVEN, 2013)[inside] > branch_totals(GIVEN, 2016)[inside]).all()
