import shutil
from pathlib import Path

import numpy as np
import pytest

from model.population.inputs import FOLDER, GRADES, PopulationInputError, inputs, read

SOURCES = Path(inputs.__wrapped__.__code__.co_filename).parent


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the inputs in which one file says something else."""
    folder = tmp_path / "inputs"
    shutil.copytree(FOLDER, folder)
    said = (folder / file).read_text(encoding="utf-8")
    assert old in said
    (folder / file).write_text(said.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("case", "file", "old", "new", "said"),
    [
        ("out of range", "numbers.csv", "mean_age,38.29", "mean_age,83.29", "83.29 is outside"),
        ("not a grade", "numbers.csv", "years,law", "years,certain", "grade 'certain'"),
        ("twice", "numbers.csv", "farm_2013,", "private_2013,", "private_2013: given twice"),
        ("no unit", "numbers.csv", "exponent", "", "unit is empty"),
        ("no meaning", "tables.csv", "branches,pay,", "branches,wage,", "pay is not described"),
        ("no column", "branches.csv", ",hazardous,", ",dangerous,", "dangerous is not described"),
        ("misspelt row", "branches.csv", "coal_state", "coal_sate", "rows must be"),
        ("misspelt column", "prior.csv", "harbin", "haerbin", "columns must be"),
        ("share above one", "trades.csv", "0.48", "1.48", "1.48 is outside"),
        ("no such block", "branches.csv", "farm_forest,farm_forest", "farm_forest,farm", "a block"),
    ],
)
def test_a_wrong_input_is_refused(tmp_path, case, file, old, new, said):
    with pytest.raises(PopulationInputError, match=said):
        read(changed(tmp_path, file, old, new))
    assert case


def test_a_prefecture_without_a_figure_is_named(tmp_path):
    given = read(
        changed(tmp_path, "gaps.csv", "wage_on_post,daxinganling,2016", "x,daxinganling,1")
    )
    with pytest.raises(PopulationInputError, match="wage_on_post 2016: no value for daxinganling"):
        given.by_region("wage_on_post", 2016)


def test_every_number_is_read_somewhere():
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    built = ("private_2013", "farm_2013", "dispatch_2013", "seats_lower", "seats_upper")
    built += tuple(
        f"minimum_wage_{place}_{year}" for place in ("harbin", "other") for year in (2013, 2016)
    )
    built += ("set_aside_low", "set_aside_high", "years_lower", "years_upper", "years_college")
    unread = [name for name in inputs().numbers if f'"{name}"' not in code and name not in built]
    assert not unread


def test_every_figure_has_a_title_and_an_address_and_every_gap_says_why():
    given = inputs()
    assert all(f.title and f.url and f.grade in GRADES for f in given.figures.values())
    assert all(gap.source and gap.grade == "assumed" for gap in given.gaps)


def test_table_of_groups_adds_up():
    # Groups of branches in 10,000 persons: 400 workers, 107.1 certified, 8.0 technicians.
    given = inputs()
    sums = [given.column("branches", c).sum() for c in ("workers", "skilled", "technicians")]
    assert np.allclose(sums, (400, 107.1, 8.0))
    # In all 44 % insured and 45,000 yuan a year, both rounded.
    workers = given.column("branches", "workers") / 400
    assert (given.column("branches", "insured") * workers).sum() == pytest.approx(0.44, abs=0.005)
    assert (given.column("branches", "pay") * workers).sum() == pytest.approx(45, abs=0.5)


def test_levels_add_up_to_the_published_stock():
    # 54.0 + 50.4 + 37.2 + 7.5 + 2.5 = 151.6, of whom 37.2 + 7.5 + 2.5 = 47.2 high-skilled.
    given = inputs()
    stock = given.column("levels", "stock")[1:]
    assert stock.sum() == pytest.approx(given.figure("D0015"))
    assert stock[2:].sum() == pytest.approx(given.figure("D0016"))
    structure = given.column("levels", "structure")[1:]
    shares = [structure[0], structure[1], structure[2:].sum()]
    assert np.allclose(np.array(shares) / given.figure("D0015") * 100, (55, 24, 21), atol=0.1)


def test_trades_of_a_branch_are_shares_of_one():
    assert np.allclose(inputs().matrix("trades").sum(axis=1), 1)


def test_school_output_is_that_of_the_statistics():
    given = inputs()
    intake, secondary, higher = (given.figure(i) for i in ("D0019", "D0046", "D0043"))
    wanted = [intake, secondary - intake, higher]
    assert np.allclose(given.column("routes", "graduates"), wanted)
    stay = [given.figure("D0039") / 100] * 2 + [given.figure("D0048") / 100]
    assert np.allclose(given.column("routes", "stay"), stay)


def test_headcounts_of_groups_follow_from_published_ones():
    # Longmay lost 8,000 in the 18 months to 2015-09, 444 a month: 248,000 + 3 x 444 at the end of
    # 2013, 240,000 - 15 x 444 - 30,000 resettled at the end of 2016. Daqing: 1.9 % a year.
    given = inputs()
    start, end, plan = given.figure("F0002"), given.figure("F0003"), given.figure("F0039")
    a_month = (start - end) / 18
    longmay, daqing, heavy = given.groups
    assert longmay.persons[2013] == pytest.approx(start + 3 * a_month, abs=1)
    assert longmay.persons[2016] == pytest.approx(end - 15 * a_month - plan * 10_000, abs=1)
    staff = given.figure("F0011")
    assert daqing.persons[2016] == pytest.approx(staff * 0.981, abs=1)
    assert daqing.persons[2013] == pytest.approx(staff / 0.981**2, abs=1)
    assert heavy.persons[2016] == given.figure("F0016")


def test_seats_follow_from_certificates():
    # 15.25 million certificates a year x 2 % x 542/1,690 in work x 107.1/151.6 modelled / 83.1 %
    # passing / 12 = 6,930; 433,488 technicians x 2 % x 8.0/10.0 / 55 % / 12 = 1,051.
    given = inputs()
    share = given.figure("E0014") / given.figure("E0016")
    working = given.figure("E0008") / given.figure("E0007")
    lower = 76.25e6 / 5 * share * working * 107.1 / given.figure("D0015") / 0.831 / 12
    assert given.values["seats_lower"] == pytest.approx(lower, rel=0.002)
    upper = given.figure("D0009") * 10_000 * share * 0.8 / 0.55 / 12
    assert given.values["seats_upper"] == pytest.approx(upper, rel=0.002)
