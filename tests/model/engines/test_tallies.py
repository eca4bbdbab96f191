"""Sums and selections over all workers: compiled, on any number of threads, as numpy gives them."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.codes import BRANCHES, LEVELS, REGIONS, STATUSES, Status
from model.deciding import DECISIONS
from model.draws import keys, moment
from model.engines import kernels
from model.engines.compiled_tallies import CompiledTallies
from model.engines.rolls import SUMS, Rolls, Terms, waivers
from model.engines.tallies import PlainTallies
from model.markets.hiring import Seekers, directories, preferences
from model.markets.schools import Offers
from model.parameters.reader import all_topics
from scenarios.scenario import load
from tests.model.rules.given import params_within

PLAIN = PlainTallies()
SEED, MONTH = 7, 1_410
AT = moment(SEED, "to.test", MONTH)


@cache
def compiled(threads: int) -> CompiledTallies:
    pool = ThreadPoolExecutor(threads) if threads > 1 else None
    return CompiledTallies(kernels.load(DECISIONS), pool, threads)


class Place(NamedTuple):
    """People and enterprises, the last enterprise being that of nobody."""

    w: dict[str, Any]
    e: dict[str, Any]

    @property
    def number(self) -> int:
        return len(self.e["id"])


def place(luck: int, people: int, houses: int, employed: float) -> Place:
    draw = np.random.default_rng(luck)
    status = draw.integers(0, len(STATUSES), people)
    status[status == Status.EMPLOYED] = Status.UNEMPLOYED
    status[draw.random(people) < employed] = Status.EMPLOYED
    post = status == Status.EMPLOYED
    w = {
        "id": np.arange(people),
        "key": keys(luck, np.arange(people)),
        "status": status.astype(np.uint8),
        "enterprise": np.where(post, draw.integers(0, houses, people), houses).astype(np.int32),
        "region": draw.integers(0, len(REGIONS), people).astype(np.uint8),
        "branch": draw.integers(0, len(BRANCHES), people).astype(np.uint8),
        "level": draw.integers(0, len(LEVELS), people).astype(np.uint8),
        "appointed": draw.integers(0, len(LEVELS), people).astype(np.uint8),
        "insured": (draw.random(people) < 0.7).astype(np.uint8),
        "pay": draw.integers(0, 10_000_000, people).astype(np.int32),
        "premium_base": draw.integers(0, 3_000_000, people).astype(np.int32),
    }
    e = {
        "id": np.arange(houses + 1),
        "key": keys(luck, np.arange(houses + 1) + 10**6),
        "region": draw.integers(0, len(REGIONS), houses + 1).astype(np.uint8),
        "branch": draw.integers(0, len(BRANCHES), houses + 1).astype(np.uint8),
        "small": draw.integers(0, 2, houses + 1).astype(np.uint8),
        "behind": draw.integers(0, 2, houses + 1).astype(np.uint8),
        "size": np.r_[draw.integers(0, 50, houses), 0],
        "vacancies": np.r_[draw.integers(0, 3, houses), 0].astype(np.int64),
        "attraction": np.exp(draw.normal(0.0, 0.5, houses + 1)),
    }
    return Place(w, e)


places = st.builds(
    place,
    st.integers(0, 10**6),
    st.sampled_from([0, 1, 2, 3, 50, 1_000, 5_000]),
    st.sampled_from([1, 2, 30]),
    st.sampled_from([0.0, 0.5, 1.0]),
)
threads = st.sampled_from([1, 2, 3])


def assert_same(one: Any, other: Any) -> None:
    """The same whole numbers (or marks) in arrays of the same kind, throughout a tuple of them."""
    if isinstance(one, tuple):
        assert len(one) == len(other)
        for mine, theirs in zip(one, other, strict=True):
            assert_same(mine, theirs)
        return
    one, other = np.asarray(one), np.asarray(other)
    assert one.dtype == other.dtype
    assert one.dtype.kind in "ib"
    assert one.shape == other.shape
    np.testing.assert_array_equal(one, other)


def terms_of(here: Place, p: Any, key_share: float = 0.5) -> Terms:
    return Terms(p, waivers(here.e, p), key_share, moment(SEED, "key_post"))


def rolls_of(tallies: Any, here: Place, terms: Terms) -> Rolls:
    found = Rolls.empty(here.number)
    tallies.count(found, here.w, terms)
    return found


insurance = params_within(all_topics()["unemployment_insurance"])


@given(places, threads, insurance, st.sampled_from([0.0, 0.5, 1.0]))
def test_rolls_are_those_of_numpy(here: Place, number: int, p: Any, key_share: float) -> None:
    terms = terms_of(here, p, key_share)
    plain, fast = (rolls_of(tallies, here, terms) for tallies in (PLAIN, compiled(number)))
    assert_same(plain.tables(), fast.tables())
    assert_same(PLAIN.levels(here.w, here.number), compiled(number).levels(here.w, here.number))


CHANGED = ("status", "enterprise", "region", "level", "pay", "insured", "premium_base", "appointed")


@given(places, places, threads, insurance, st.data())
def test_rolls_follow_announced_changes(
    here: Place, other: Place, number: int, p: Any, data: st.DataObject
) -> None:
    people = min(len(here.w["id"]), len(other.w["id"]))
    some = st.lists(st.integers(0, max(0, people - 1)), max_size=20 if people else 0)
    terms, fast = terms_of(here, p), compiled(number)
    kept = rolls_of(fast, here, terms)
    for _ in range(3):  # changes within changes, of the same workers and of others, some twice
        outer, inner = (np.array(data.draw(some), np.int64) for _ in range(2))
        name, after = (data.draw(st.sampled_from(CHANGED)) for _ in range(2))
        houses = here.number - 1
        fast.take_off(kept, here.w, outer)
        here.w[name][outer] = np.minimum(other.w[name][outer], houses)
        fast.take_off(kept, here.w, inner)
        here.w[after][inner] = np.minimum(other.w[after][inner], houses)
        fast.put_on(kept, here.w, inner)
        fast.put_on(kept, here.w, outer)
        if kept.terms is not None:  # else so many changed that all are to be counted
            assert_same(rolls_of(PLAIN, here, terms).tables(), kept.tables())
            assert not kept.changing.any()


@given(places, threads, st.sampled_from([0.0, 0.3, 1.0]))
def test_the_staff_of_flagged_enterprises_are_those_of_numpy(
    here: Place, number: int, part: float
) -> None:
    flags = np.random.default_rng(number).random(here.number) < part
    flags[-1] = False
    assert_same(PLAIN.staff_of(here.w, flags), compiled(number).staff_of(here.w, flags))


@given(
    places,
    threads,
    st.sampled_from(["status", "level", "pay", "premium_base"]),
    st.integers(-(2**40), 2**40) | st.integers(-2, 9),
    st.integers(-(2**40), 2**40) | st.integers(-2, 9),
)
def test_rows_between_two_values(
    here: Place, number: int, name: str, least: int, most: int
) -> None:
    column = here.w[name]
    found = compiled(number).between(column, least, most)
    assert_same(PLAIN.between(column, least, most), found)
    expected = [row for row, value in enumerate(column.tolist()) if least <= value <= most]
    assert found.tolist() == expected


@given(places, threads, st.lists(st.floats(0.0, 1.0), min_size=7, max_size=7))
def test_rows_near_their_ceiling_are_those_whose_draw_lies_below_it(
    here: Place, number: int, given: list[float]
) -> None:
    ceilings, group = np.array(given), here.w["status"]
    near = (here.w["key"], AT, group, ceilings)
    assert_same(PLAIN.near(*near), compiled(number).near(*near))


@given(places, st.integers(0, 10**6), st.booleans())
def test_the_lowest_of_each_group_are_those_of_numpy(here: Place, luck: int, alike: bool) -> None:
    w, draw = here.w, np.random.default_rng(luck)
    key = np.zeros_like(w["key"]) if alike else w["key"]  # equal draws: the row is left to decide
    quota = draw.integers(-1, 6, here.number)
    given = (w["enterprise"], quota, w["level"], key, AT)
    lowest = PLAIN.lowest(*given)
    assert_same(lowest, compiled(1).lowest(*given))
    chosen = np.bincount(w["enterprise"][lowest], minlength=here.number)
    people = np.bincount(w["enterprise"], minlength=here.number)
    np.testing.assert_array_equal(chosen, np.minimum(people, np.maximum(quota, 0)))


def seekers_of(here: Place) -> Seekers:
    w = here.w
    own = [w[name].astype(np.int64) for name in ("region", "branch", "level", "enterprise")]
    return Seekers(w["id"], w["key"], *own)


@settings(max_examples=60)
@given(places, threads, params_within(all_topics()["hiring"]))
def test_seekers_consider_and_prefer_what_they_do_in_numpy(
    here: Place, number: int, p: Any
) -> None:
    seekers, e, fast = seekers_of(here), here.e, compiled(number)
    books = directories(e["region"], e["branch"], e["size"])
    given = (seekers, books, p, (SEED, MONTH), e["vacancies"])
    sets, possible = PLAIN.consider(*given)
    assert_same((sets, possible), fast.consider(*given))
    np.testing.assert_array_equal(possible, (sets >= 0) & (e["vacancies"][sets] > 0))
    liked, _ = preferences(seekers, sets, possible, (e["key"], e["attraction"]), AT)
    assert_same(liked, fast.prefer(seekers, sets, possible, (e["key"], e["attraction"]), AT))
    every, _ = preferences(seekers, sets, sets >= 0, (e["key"], e["attraction"]), AT)
    for column, considered in zip(every.T, sets, strict=True):  # all of them, the rest at the end
        assert sorted(column.tolist()) == sorted(considered.tolist())
        assert (np.diff((column < 0).astype(int)) >= 0).all()
    # what is not open keeps its round, empty: a post that opens moves no other round
    np.testing.assert_array_equal(liked[liked >= 0], every[liked >= 0])


@settings(max_examples=100)
@given(places, threads, st.integers(0, 10**6), st.booleans())
def test_seekers_are_taken_by_whom_they_are_in_numpy(
    here: Place, number: int, luck: int, alike: bool
) -> None:
    seekers, e, draw = seekers_of(here), here.e, np.random.default_rng(luck)
    if alike:  # equal draws everywhere: only level and row are left to decide
        seekers = seekers._replace(key=np.zeros_like(seekers.key))
        e["key"][:] = 0
    sets = draw.integers(-1, here.number - 1, (len(seekers.rows), 5)).astype(np.int32)
    possible = (sets >= 0) & (e["vacancies"][sets] > 0) & (draw.random(sets.shape) < 0.8)
    given = (seekers, sets, possible, e["vacancies"], (e["key"], e["attraction"]), (SEED, MONTH))
    before = e["vacancies"].copy()
    taken = PLAIN.match(*given)
    assert_same(taken, compiled(number).match(*given))
    np.testing.assert_array_equal(e["vacancies"], before)
    assert (np.bincount(taken[taken >= 0], minlength=here.number) <= before).all()


@given(places, threads, st.integers(0, 10**6))
def test_applicants_choose_the_school_that_they_choose_in_numpy(
    here: Place, number: int, luck: int
) -> None:
    draw = np.random.default_rng(luck)
    schools = draw.integers(0, 4, len(REGIONS))  # some places have none
    first = np.r_[0, np.cumsum(schools)].astype(np.int64)
    rows = draw.integers(0, 20, first[-1])
    offers = Offers(first, rows, keys(luck, np.arange(20)), draw.uniform(0.1, 50, first[-1]))
    applicants = (here.w["key"], here.w["region"].astype(np.int64))
    chosen = PLAIN.race(applicants, offers, AT, 20)
    assert_same(chosen, compiled(number).race(applicants, offers, AT, 20))
    assert ((chosen == 20) == (schools[here.w["region"]] == 0)).all()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_nobody_every_sum_is_nothing(number: int) -> None:
    here, fast = place(1, 0, 3, 0.5), compiled(number)
    rolls = rolls_of(fast, here, terms_of(here, in_force()))
    assert [int(table.sum()) for table in rolls.tables()] == [0, 0, 0, 0]
    assert fast.near(here.w["key"], AT, here.w["status"], np.ones(7)).tolist() == []


def in_force() -> Any:
    return load("policy_2017").policy().at(MONTH)["unemployment_insurance"]


def test_a_control_a_change_that_nobody_announced_is_seen_in_every_sum() -> None:
    here = place(3, 4_000, 5, 1.0)
    terms = terms_of(here, in_force())
    here.w["insured"][:], here.w["level"][:], here.w["appointed"][:] = 1, 5, 5
    before = rolls_of(PLAIN, here, terms)
    here.w["status"][:] = Status.UNEMPLOYED
    here.w["insured"][:] = 0
    after = rolls_of(PLAIN, here, terms)
    for name in SUMS:
        assert (before.of(name) != after.of(name)).any(), name
    for mine, theirs in zip(before.tables(), after.tables(), strict=True):
        assert (mine != theirs).any()


def test_terms_differ_where_a_sum_would() -> None:
    here, p = place(3, 10, 5, 1.0), in_force()
    terms = terms_of(here, p)
    assert terms.same(terms_of(here, p))
    assert not terms.same(None)
    assert not terms.same(terms_of(here, p, 0.6))
    assert not terms.same(terms_of(here, p._replace(employer_rate=p.employer_rate + 1)))
    assert not terms.same(terms._replace(waived=terms.waived + 1))
