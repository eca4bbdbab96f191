"""The published path of formal posts, derived again from the statistics it cites."""

import csv
import math
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

import calibration
from model.codes import REGIONS
from model.months import parse_month
from scenarios.scenario import load

YEARS = range(2013, 2018)
BREAKS = {("mudanjiang", 2017), ("heihe", 2016)}  # carry the mean of the other years


def formal_jobs() -> dict[tuple[str, int], float]:
    """Formal jobs of the secondary sector, 10,000 persons, by prefecture and year end."""
    path = Path(calibration.__file__).parent / "statistics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    value = {
        (r["topic"], r["region"], int(r["year"])): r["value"] for r in rows if r["year"].isdigit()
    }
    found = {}
    for region in REGIONS:
        for year in YEARS:
            units = float(value["employed_urban_units", region, year])
            share = value.get(("share_secondary_in_urban_units", region, year), "100")
            found[region, year] = units * float(share) / 100
    return found


@pytest.mark.parametrize("region", REGIONS)
def test_the_path_is_the_log_change_of_the_published_figures(region: str) -> None:
    jobs = formal_jobs()
    monthly = {
        year: max(0.0, -math.log(jobs[region, year] / jobs[region, before]) / 12)
        for before, year in pairwise(YEARS)
    }
    for broken in [year for year in monthly if (region, year) in BREAKS]:
        monthly[broken] = mean(rate for year, rate in monthly.items() if year != broken)
    policy = load("no_policy").policy()
    for year, rate in monthly.items():
        law = policy.at(parse_month(f"{year}-06"))["demand"]
        assert getattr(law, f"formal_loss_{region}") == pytest.approx(rate, abs=0.00006)
    after = policy.at(parse_month("2018-01"))["demand"]
    assert getattr(after, f"formal_loss_{region}") == 0  # a scenario by ownership from then on
