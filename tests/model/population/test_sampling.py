from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes import Status
from model.population.ladder import Settings
from model.population.province import population, province
from model.population.sampling import interval, layers, one_in, sample

LARGEST = 5_000


@pytest.mark.parametrize(
    ("case", "scale", "said"),
    [
        ("too small", Fraction(1, 8001), "leaves 499 workers; at least 500 are needed.*1/8000"),
        ("not one of n", Fraction(2, 5), "1/n"),
        ("larger than all", Fraction(2), "1/n"),
        ("nothing", Fraction(0), "1/n"),
        ("negative", Fraction(-1, 20), "1/n"),
    ],
)
def test_a_scale_that_cannot_be_is_refused(case, scale, said):
    with pytest.raises(ValueError, match=said):
        population("2016-12", scale=scale, seed=0)
    assert case


def test_the_smallest_scale_is_accepted():
    assert interval(Fraction(1, 8000), 4_000_000, 500) == 8000
    people = population("2016-12", scale=Fraction(1, 8000), seed=0)
    assert people.weight == 8000
    assert len(people.enterprises["id"]) > 10


@given(st.integers(1, 50), st.integers(0, 2_000), st.integers(0, 2**31))
def test_one_of_each_stretch_is_drawn(n, size, seed):
    places = one_in(n, size, seed, "test")
    assert (places < size).all()
    full = size // n
    assert (places[:full] // n == np.arange(full)).all()
    assert len(places) in (full, -(-size // n))


def test_every_place_is_as_likely():
    # 4,000 draws of one of ten stretches of five: 800 each, standard deviation 25.
    drawn = [one_in(5, 50, 7, "test", attempt) for attempt in range(4_000)]
    counts = np.bincount(np.concatenate(drawn), minlength=50)
    assert (np.abs(counts - 800) < 5 * 25.3).all()


@pytest.mark.parametrize("n", [5, 20, 200])
def test_a_sample_has_its_share_of_workers_and_of_each_class(n):
    place = province("2016-12", Settings())
    sizes = np.bincount(place.houses.size_class)
    laid = layers(place.houses, place.balance)
    for seed in range(3):
        rows = sample(laid, place.balance, n, seed, 256)
        assert abs(place.houses.staff[rows].sum() - 4_000_000 / n) <= LARGEST
        kept = np.bincount(place.houses.size_class[rows], minlength=4)
        assert (np.abs(kept - sizes / n) < 1).all()


def test_balance_leaves_the_chances_equal():
    # 30 samples of 1/5: the large of each third by size are kept 6 times on average.
    place = province("2016-12", Settings())
    large = np.flatnonzero(place.houses.size_class == 3)
    times = np.zeros(len(place.houses.id))
    laid = layers(place.houses, place.balance)
    for seed in range(30):
        times[sample(laid, place.balance, 5, seed, 256)] += 1
    thirds = np.array_split(large[np.argsort(place.houses.staff[large], kind="stable")], 3)
    assert all(times[third].mean() == pytest.approx(6, rel=0.08) for third in thirds)


def test_a_sample_is_part_of_the_province(whole, twentieth):
    rows = np.searchsorted(whole.workers["id"], twentieth.workers["id"], sorter=_order(whole))
    rows = _order(whole)[rows]
    for name, values in twentieth.workers.items():
        if name != "enterprise":
            assert (whole.workers[name][rows] == values).all(), name
    kept = np.isin(whole.enterprises["id"], twentieth.enterprises["id"])
    for name, values in twentieth.enterprises.items():
        if name != "first":
            assert (whole.enterprises[name][kept] == values).all(), name


def _order(people):
    return np.argsort(people.workers["id"], kind="stable")


def test_another_seed_draws_another_sample():
    one, other = (population("2016-12", scale=Fraction(1, 200), seed=s) for s in (1, 2))
    assert one.digest != other.digest
    assert set(one.enterprises["id"]) != set(other.enterprises["id"])


def test_persons_outside_establishments_are_sampled_too(whole, twentieth):
    for status in (Status.UNEMPLOYED, Status.SCHOOL):
        found, full = ((p.workers["status"] == status).sum() for p in (twentieth, whole))
        assert abs(int(found) - int(full) / 20) <= 1
