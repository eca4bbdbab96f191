"""The hiring market against one played by hand with lists and dictionaries."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.codes import BRANCHES, REGIONS
from model.draws import keys
from model.markets.hiring import Seekers, attractions, consideration_sets, directories, match
from model.parameters.hiring import Params
from tests.model.markets import naive
from tests.model.rules.given import given as with_zeros

P = with_zeros(
    Params, search=0.5, candidates=6, own_branch=0.6, own_region=0.3, premium_weight=3.0,
    offer_private=0.0, offer_state=0.0, offer_level=0.0, offer_visible=1.0, poach_premium=100_000,
)  # fmt: skip
SEED, MONTH = 11, 1_410


class Town:
    """Enterprises and seekers drawn for a test."""

    def __init__(self, luck: int, houses: int, people: int, posts: int = 2) -> None:
        draw = np.random.default_rng(luck)
        self.region = draw.integers(0, 3, houses)
        self.branch = draw.integers(0, 4, houses)
        self.sizes = draw.integers(0, 40, houses)
        self.house_keys = keys(SEED, np.arange(houses) + 1)
        self.premium = draw.normal(0, 0.2, houses)
        self.posts = draw.integers(0, posts + 1, houses)
        self.seekers = Seekers(
            np.sort(draw.permutation(10 * people)[:people]),
            keys(SEED, draw.permutation(10**6)[:people]),
            draw.integers(0, 3, people),
            draw.integers(0, 4, people),
            draw.integers(0, 6, people),
            np.where(draw.random(people) < 0.4, draw.integers(0, houses, people), houses),
        )
        self.books = directories(self.region, self.branch, self.sizes)
        self.sets = consideration_sets(self.seekers, self.books, P, (SEED, MONTH))

    def possible(self, posts: Any) -> np.ndarray:
        return (self.sets >= 0) & (posts[np.maximum(self.sets, 0)] > 0)

    def matched(self, posts: Any = None) -> np.ndarray:
        given = self.posts if posts is None else posts
        houses = (self.house_keys, attractions(self.premium, P))
        return match(self.seekers, self.sets, self.possible(given), given, houses, (SEED, MONTH))

    def by_hand(self) -> list[naive.Seeker]:
        houses = [
            naive.House(row, *map(int, place))
            for row, place in enumerate(zip(self.region, self.branch, self.sizes, strict=True))
        ]
        every = naive.seekers_of(self.seekers, None)
        looks = [naive.consider(one, houses, P, (SEED, MONTH)) for one in every]
        return [
            one._replace(looks_at=own, possible=[h >= 0 and self.posts[h] > 0 for h in own])
            for one, own in zip(every, looks, strict=True)
        ]


towns = st.builds(Town, st.integers(0, 10**6), st.integers(1, 25), st.integers(0, 40))


@given(towns)
def test_seekers_consider_what_laying_sizes_end_to_end_gives(town: Town) -> None:
    assert town.sets.tolist() == [one.looks_at for one in town.by_hand()]


@given(towns)
def test_the_match_is_the_one_played_by_hand(town: Town) -> None:
    posts = dict(enumerate(naive.ints(town.posts)))
    taken = naive.match(
        town.by_hand(), posts, naive.ints(town.house_keys),
        attractions(town.premium, P).tolist(), (SEED, MONTH),
    )  # fmt: skip
    expected = [taken.get(int(row), -1) for row in town.seekers.rows]
    assert town.matched().tolist() == expected


@given(towns)
def test_nobody_is_hired_twice_and_no_post_is_filled_twice(town: Town) -> None:
    taken = town.matched()
    filled = Counter(taken[taken >= 0].tolist())
    assert all(number <= town.posts[house] for house, number in filled.items())
    own = town.seekers.employer
    assert not (taken[taken >= 0] == own[taken >= 0]).any()


@given(towns)
def test_no_post_stays_open_while_somebody_who_looked_at_it_goes_without(town: Town) -> None:
    taken = town.matched()
    left = town.posts - np.bincount(taken[taken >= 0], minlength=len(town.posts))
    for row in np.flatnonzero(taken < 0):
        looked_at = [house for house in town.sets[row].tolist() if house >= 0]
        assert all(left[house] == 0 for house in looked_at)


@settings(max_examples=15)
@given(towns, st.randoms(use_true_random=False))
def test_the_order_of_seekers_decides_nothing(town: Town, luck: Any) -> None:
    order = list(range(len(town.seekers.rows)))
    luck.shuffle(order)
    mixed = np.array(order, np.int64)
    straight = town.matched()
    columns: Any = tuple(column[mixed] for column in town.seekers)
    town.seekers = Seekers(*columns)
    town.sets = town.sets[mixed]
    assert town.matched().tolist() == straight[mixed].tolist()


def test_the_more_skilled_is_taken_first() -> None:
    # One house with one post, two seekers who look at nothing else: level 4 before level 2.
    town = Town(1, 1, 2)
    town.sets = np.zeros((2, P.candidates), np.int64)
    town.seekers = town.seekers._replace(level=np.array([2, 4]), employer=np.array([1, 1]))
    assert town.matched(np.array([1])).tolist() == [-1, 0]


def test_chances_follow_the_sizes_of_the_base_year() -> None:
    # Two houses of one cell, 30 and 10 posts: three candidates in four are the larger one.
    number = 40_000
    seekers = Seekers(
        np.arange(number), keys(SEED, np.arange(number)), np.zeros(number, np.int64),
        np.zeros(number, np.int64), np.zeros(number, np.int64), np.full(number, 2),
    )  # fmt: skip
    books = directories(np.zeros(2), np.zeros(2), np.array([30, 10]))
    sets = consideration_sets(seekers, books, P, (SEED, MONTH))
    share = (sets == 0).mean()
    assert share == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / (number * P.candidates)))


def test_tastes_are_a_race_so_that_choices_follow_the_softmax_of_premiums() -> None:
    # Premium .2 against 0 at weight 3: first choices are exp(.6) : 1, that is 64.6 %.
    number = 40_000
    seekers = Seekers(
        np.arange(number), keys(SEED, np.arange(number)), np.zeros(number, np.int64),
        np.zeros(number, np.int64), np.zeros(number, np.int64), np.full(number, 2),
    )  # fmt: skip
    sets = np.full((number, P.candidates), -1)
    sets[:, 0], sets[:, 1] = 0, 1
    houses = (keys(SEED, np.array([1, 2])), attractions(np.array([0.2, 0.0]), P))
    taken = match(seekers, sets, sets >= 0, np.array([number, number]), houses, (SEED, MONTH))
    share = np.exp(0.6) / (1 + np.exp(0.6))
    assert (taken == 0).mean() == pytest.approx(share, abs=4 * np.sqrt(0.25 / number))
    assert (taken >= 0).all()


def test_one_more_vacancy_moves_a_handful() -> None:
    moved = []
    for luck in range(30):
        town = Town(luck, 60, 500, posts=6)
        before = town.matched()
        more = town.posts.copy()
        more[luck % 60] += 1
        moved.append(int((town.matched(more) != before).sum()))
    assert max(moved) < 20
    assert np.mean(moved) < 5
    assert sum(moved) > 0


def test_every_region_and_branch_has_a_place_in_the_directories() -> None:
    books = directories(np.array([len(REGIONS) - 1]), np.array([len(BRANCHES) - 1]), np.array([7]))
    cells = len(REGIONS) * len(BRANCHES)
    assert len(books.total) == cells + len(REGIONS) + len(BRANCHES)
    assert np.flatnonzero(books.total).tolist() == [
        cells - 1,
        cells + len(REGIONS) - 1,
        len(books.total) - 1,
    ]
    assert books.total.sum() == 3 * 7
