"""The account of people: everybody is somewhere, every month."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes import Status
from model.months import month
from model.people import People, PeopleError

NOW = month(2018, 6)


def book(*status: int) -> tuple[People, np.ndarray]:
    column = np.array(status, np.uint8)
    return People(counted(column)), column


def counted(status: Any) -> np.ndarray:
    return np.bincount(np.array(status, np.uint8), minlength=len(Status))


def test_moves_are_kept_by_where_from_and_where_to() -> None:
    # three employed; one quits into search, one retires
    people, status = book(1, 1, 1)
    people.move(status[[0]], Status.UNEMPLOYED)
    people.move(status[[2]], Status.RETIRED)
    people.close(NOW, counted([2, 1, 4]))
    assert people.stock.tolist() == [0, 1, 1, 0, 1, 0, 0]
    ((when, moves),) = people.history
    assert when == NOW
    assert moves[Status.EMPLOYED].tolist() == [0, 0, 1, 0, 1, 0, 0]
    assert people.moves.sum() == 0


def test_two_moves_of_one_person_in_a_month_are_two_moves() -> None:
    people, _ = book(1)
    people.move(np.array([1]), Status.UNEMPLOYED)
    people.move(np.array([2]), Status.EMPLOYED)
    people.close(NOW, counted([1]))
    assert people.history[0][1].sum() == 2


def test_nobody_moves() -> None:
    people, status = book(0, 1, 5)
    people.move(status[[]], Status.AWAY)
    people.close(NOW, counted(status))
    assert people.history[0][1].sum() == 0


@pytest.mark.parametrize(
    ("case", "status", "text"),
    [
        ("somebody is lost", [1, 1], "2018-06: employed does not close, -1 persons apart"),
        ("somebody came from nowhere", [1, 1, 1, 1], "employed does not close, 1 persons apart"),
        ("somebody moved unnoted", [1, 1, 2], "employed does not close, -1 persons apart"),
    ],
)
def test_a_gap_stops_the_month_and_is_named(case: str, status: list[int], text: str) -> None:
    people, _ = book(1, 1, 1)
    with pytest.raises(PeopleError, match=text):
        people.close(NOW, counted(status))
    assert people.history == [], case


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.data())
def test_any_moves_close_and_stocks_follow_flows(start: list[int], data: st.DataObject) -> None:
    people, status = book(*start)
    for when in range(3):
        before = np.bincount(status, minlength=7)
        for _ in range(data.draw(st.integers(0, 4))):
            after = data.draw(st.sampled_from(Status))
            who = data.draw(st.integers(0, len(start) - 1))
            people.move(status[[who]], after)
            status[who] = after
        people.close(NOW + when, counted(status))
        moves = people.history[-1][1]
        assert (before + moves.sum(axis=0) - moves.sum(axis=1) == people.stock).all()
        assert people.stock.sum() == len(start)
