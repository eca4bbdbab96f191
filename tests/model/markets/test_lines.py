"""One line of applicants serves every grouping; winners leave those who may still win."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.markets.rationing import rank_in_group, sorted_by
from model.month.awards import without
from model.month.schooling import places_in_line

MEMBER = st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans())


@given(st.lists(MEMBER, max_size=60))
def test_places_in_a_line_are_ranks_within_the_group(members: list[tuple[int, int, bool]]) -> None:
    group = np.array([g for g, _, _ in members], np.int64)
    priority = (np.array([p for _, p, _ in members], np.int64), np.arange(len(members)))
    stands = np.array([here for _, _, here in members], np.bool_)
    line = sorted_by(priority) if len(members) else np.zeros(0, np.int64)
    assert places_in_line(line, group).tolist() == rank_in_group(group, priority).tolist()
    rest = np.flatnonzero(stands)
    ranks = rank_in_group(group[rest], tuple(key[rest] for key in priority))
    assert places_in_line(line[stands[line]], group)[rest].tolist() == ranks.tolist()


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_who_has_won_is_taken_out_and_nobody_else(among: set[int], some: set[int]) -> None:
    rows = np.array(sorted(among), np.int64)
    winners = np.array(sorted(some, reverse=True), np.int64)
    assert without(rows, winners).tolist() == sorted(among - some)
