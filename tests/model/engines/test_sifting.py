"""Loops that sift rows by their draws, against numpy; and those that hold a row against its own."""

from collections.abc import Callable, Sequence
from inspect import signature
from typing import Any

import numba
import numpy as np
import pytest

from model.draws import keys, moment, uniforms_at
from model.engines import sifting
from model.engines.sifting import CHUNK, DRAWS, part_of_draws

AT = moment(5, "to.test", 1_410)
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 3)
STARTS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1)
CEILINGS = (0.0, 2.0**-53, 0.002, 0.3, 0.5, 1.0 - 2.0**-53, 1.0, 1.7, np.inf, -0.5)
KEYS = keys(5, np.arange(max(SIZES)))
DRAWN = uniforms_at(KEYS, AT)
LUCK = np.random.default_rng(4)
SCALE = np.exp(LUCK.normal(0.0, 0.5, len(KEYS)))
ALWAYS = (LUCK.random(len(KEYS)) < 0.02).astype(np.int16) * 1_400
DUE = LUCK.integers(1_400, 3_000, len(KEYS)).astype(np.int16)
NOW = 1_420


def compiled(loop: Callable[..., Any]) -> Callable[..., Any]:
    """The loop called from compiled code, as the generated loops call it."""
    names = ", ".join(signature(loop).parameters)
    space: dict[str, Any] = {"loop": loop}
    exec(f"def call({names}):\n    return loop({names})", space)
    found: Callable[..., Any] = numba.njit(error_model="numpy")(space["call"])
    return found


SIFTED = {
    name: compiled(getattr(sifting, name))
    for name in ("sift", "sift_due", "sift_until", "sift_scaled", "sift_kept")
}


def rows_of(name: str, lo: int, hi: int, *given: Any) -> list[int]:
    """Rows that a loop keeps, with rubbish in the room it is given."""
    maybe, chosen = np.ones(CHUNK, np.bool_), np.full(max(1, hi - lo), -7, np.int64)
    count = SIFTED[name](lo, hi, *given, maybe, chosen)
    assert (chosen[count:] == -7).all() or count == hi - lo
    kept: list[int] = chosen[:count].tolist()
    return kept


def spans() -> Sequence[tuple[int, int]]:
    return [(lo, hi) for lo in STARTS for hi in SIZES if lo <= hi]


def expected(lo: int, hi: int, mask: Any) -> list[int]:
    found: list[int] = (np.flatnonzero(mask[lo:hi]) + lo).tolist()
    return found


@pytest.mark.parametrize("ceiling", CEILINGS)
def test_rows_kept_are_those_that_numpy_keeps(ceiling: float) -> None:
    at = np.uint64(AT)
    for lo, hi in spans():
        below = ceiling > DRAWN
        assert rows_of("sift", lo, hi, KEYS, at, ceiling) == expected(lo, hi, below)
        due = rows_of("sift_due", lo, hi, KEYS, at, ceiling, DUE, NOW)
        assert due == expected(lo, hi, below | (DUE <= NOW))
        scaled = ceiling * SCALE > DRAWN
        found = rows_of("sift_scaled", lo, hi, KEYS, at, ceiling, SCALE)
        assert found == expected(lo, hi, scaled)
        kept = rows_of("sift_kept", lo, hi, KEYS, at, ceiling, SCALE, ALWAYS)
        assert kept == expected(lo, hi, scaled | (ALWAYS > 0))


@pytest.mark.parametrize("now", [1_399, 1_400, NOW, 2_999, 3_000])
def test_rows_kept_until_a_month_are_those_that_numpy_keeps(now: int) -> None:
    for lo, hi in spans():
        assert rows_of("sift_until", lo, hi, DUE, now) == expected(lo, hi, now <= DUE)


def test_a_ceiling_of_a_row_s_own_draw_spares_it_and_one_just_above_does_not() -> None:
    at = np.uint64(AT)
    for row in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1):
        draw = float(DRAWN[row])
        assert rows_of("sift", row, row + 1, KEYS, at, draw) == []
        assert rows_of("sift", row, row + 1, KEYS, at, np.nextafter(draw, 2.0)) == [row]
        assert rows_of("sift", row, row + 1, KEYS, at, np.nextafter(draw, 0.0)) == []
        assert sifting.above(int(KEYS[row]), AT, draw)
        assert not sifting.above(int(KEYS[row]), AT, float(np.nextafter(draw, 2.0)))


def test_the_part_of_draws_is_the_least_whole_number_not_below_a_ceiling() -> None:
    fast = compiled(part_of_draws)
    luck = np.random.default_rng(1).random(1_000).tolist()
    for ceiling in (*CEILINGS, 1e-300, 2.0**-54, 3 * 2.0**-54, *luck):
        parts = part_of_draws(ceiling)
        assert fast(ceiling) == parts
        if 0.0 < ceiling < 1.0:
            assert (parts - 1) / DRAWS < ceiling <= parts / DRAWS
        else:
            assert parts == (0 if ceiling <= 0.0 else int(DRAWS))


def test_rows_are_held_against_the_ceilings_of_their_groups() -> None:
    at, group = np.uint64(AT), np.arange(len(KEYS)) % 7
    ceilings = np.array([0.0, 0.1, 0.4, 0.5, 0.9, 1.0, np.inf])
    rows = np.flatnonzero(LUCK.random(len(KEYS)) < 0.3)
    ceilings[1] = DRAWN[rows[group[rows] == 1][0]]  # that row's own draw spares it
    own = ceilings[group[rows]]
    for name, more, kept in (
        ("narrow", (), DRAWN[rows] < own),
        ("narrow_scaled", (SCALE,), DRAWN[rows] < own * SCALE[rows]),
        (
            "narrow_kept",
            (SCALE, ALWAYS),
            (DRAWN[rows] < own * SCALE[rows]) | (ALWAYS[rows] > 0),
        ),
    ):
        chosen = rows.copy()
        given = (KEYS, at, group, ceilings, *more)
        count = compiled(getattr(sifting, name))(len(rows), chosen, *given)
        assert chosen[:count].tolist() == rows[kept].tolist()
        assert 0 < count < len(rows)
        assert compiled(getattr(sifting, name))(0, chosen, *given) == 0


def test_rows_are_kept_among_those_of_a_code() -> None:
    column = (np.arange(50) % 3).astype(np.uint8)
    chosen = np.arange(5, 45)
    count = compiled(sifting.among)(len(chosen), chosen, column, 2)
    assert chosen[:count].tolist() == [row for row in range(5, 45) if row % 3 == 2]


def test_marks_are_found_wherever_they_stand_in_a_word() -> None:
    marked = compiled(sifting.marked)
    for number in (1, 7, 8, 9, 64, 71):
        for bits in (0, 1, 0b1000_0000, 0b1010_0101, 0b1111_1111):
            maybe = np.ones(CHUNK, np.bool_)
            maybe[:number] = [bits >> (j % 8) & 1 for j in range(number)]
            chosen = np.full(number + 3, -7, np.int64)
            count = marked(maybe, number, 100, chosen, 3)
            expected_rows = [100 + j for j in range(number) if bits >> (j % 8) & 1]
            assert chosen[:3].tolist() == [-7, -7, -7]
            assert chosen[3:count].tolist() == expected_rows
            assert (chosen[count:] == -7).all()
