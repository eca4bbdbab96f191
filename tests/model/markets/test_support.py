"""The pots of many enterprises at once are shared as each would be alone (C12)."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.markets.pot import Rationing
from model.markets.support import Claims, share_support
from tests.oracle.clauses import divide

PEOPLE = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 500_000), st.integers(4, 6)), max_size=25
)


class Setting:
    """The one parameter that sharing reads."""

    rationing = Rationing.PRO_RATA


def claims_of(people: list[tuple[int, int, int]], identity: Any) -> Claims:
    employer, fen, level = (np.array([p[k] for p in people], np.int64) for k in range(3))
    return Claims.of(np.arange(len(people)), employer, fen, 2 * fen, level, identity)


@given(PEOPLE, st.integers(0, 10**6), st.permutations(range(25)))
def test_each_pot_is_divided_to_the_fen(
    people: list[tuple[int, int, int]], available: int, numbers: list[int]
) -> None:
    identity = np.array(numbers[: len(people)], np.int64)
    claims = claims_of(people, identity)
    pots = available + 1_000 * np.arange(len(claims.units))
    paid = share_support(claims, pots, Setting)
    for unit, employer in enumerate(claims.units.tolist()):
        mine = [i for i, p in enumerate(people) if p[0] == employer]
        mine.sort(key=lambda i: identity[i])  # the second reading breaks ties by place
        expected = divide([people[i][1] for i in mine], int(pots[unit]))
        assert [int(paid[i]) for i in mine] == expected


def test_two_technicians_and_one_fen_short() -> None:
    # C12: entitled 2,000.00 and 1,500.00 yuan; the pot holds 3,499.99.
    # 349,999 x 4/7 = 199,999.43 and 349,999 x 3/7 = 149,999.57: the odd fen to the second.
    claims = claims_of([(7, 200_000, 4), (7, 150_000, 5)], np.array([1, 2]))
    assert share_support(claims, np.array([349_999]), Setting).tolist() == [199_999, 150_000]


def test_nobody_claims() -> None:
    empty = claims_of([], np.zeros(0, np.int64))
    assert share_support(empty, np.zeros(0, np.int64), Setting).tolist() == []
