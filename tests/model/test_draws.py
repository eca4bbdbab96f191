"""Draws: the same for ever, even, and blind to neighbouring people, months, purposes and seeds."""

import ast
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import model
from model.deciding import DECISIONS
from model.draws import (
    key,
    keys,
    mix,
    mix_all,
    moment,
    normals,
    pair_key,
    purpose_code,
    uniform,
    uniforms,
)

WORD = st.integers(0, 2**64 - 1)
IDS = np.arange(1, 200_001)
MONTH = 1_404
MANY = len(IDS)
FAR = 5.0  # standard errors; about one false alarm in two million


def drawn(seed: int = 1, purpose: str = "leave.quit", month: int = MONTH, n: int = 0) -> np.ndarray:
    return uniforms(keys(seed, IDS), seed, purpose, month, n)


def test_reference_values_stay_for_ever() -> None:
    # Written down once; a change here changes the luck of every run ever published.
    assert mix(1) == 6238072747940578789
    assert purpose_code("leave.quit") == 5168346458403837652
    assert key(1, 1) == 658006869215568080
    assert key(1, 42) == 12773752546824563843
    assert moment(1, "leave.quit", MONTH, 0) == 15189065524596891867
    assert moment(2, "leave.quit", MONTH, 3) == 5801382257482666728
    assert uniform(key(1, 1), moment(1, "leave.quit", MONTH)) == 0.7096060065116706
    assert pair_key(key(1, 1), key(1, 2)) == 9218797960428162274


def test_mix_is_the_published_generator_splitmix64() -> None:
    # Steele, Lea and Flood (2014): from state 1234567 the first outputs are these.
    state, step = 1_234_567, 0x9E3779B97F4A7C15
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert [mix((state + k * step) % 2**64) for k in (1, 2, 3)] == published


def test_a_purpose_s_code_is_the_published_hash_fnv_1a_mixed() -> None:
    assert purpose_code("foobar") == mix(0x85944171F73967E8)
    assert purpose_code("a") == mix(0xAF63DC4C8601EC8C)


@given(st.lists(WORD, min_size=1, max_size=50))
def test_many_at_once_give_the_bits_of_one_at_a_time(words: list[int]) -> None:
    assert mix_all(np.array(words, np.uint64)).tolist() == [mix(w) for w in words]


@given(st.integers(0, 2**31 - 1), st.lists(st.integers(0, 2**62), min_size=1, max_size=20))
def test_keys_and_draws_of_a_column_are_those_of_each_person(seed: int, ids: list[int]) -> None:
    column = keys(seed, np.array(ids, np.int64))
    assert column.tolist() == [key(seed, one) for one in ids]
    at = moment(seed, "any", 7, 2)
    assert uniforms(column, seed, "any", 7, 2).tolist() == [uniform(int(k), at) for k in column]


def test_compiled_draws_give_the_bits_of_plain_ones() -> None:
    from numba import njit, uint64

    compiled = njit(error_model="numpy")(uniform)
    at = moment(3, "leave.quit", MONTH)
    some = keys(3, IDS[:5_000])
    word: Any = uint64
    found = [compiled(word(int(k)), word(at)) for k in some]
    assert found == [uniform(int(k), at) for k in some]


@given(WORD, WORD)
def test_a_draw_lies_between_0_and_1(one: int, other: int) -> None:
    u = uniform(one, other)
    assert 0.0 <= u < 1.0
    assert u * 2**53 == int(u * 2**53)  # 53 random bits, nothing rounded


def test_the_widest_words_stay_below_one() -> None:
    # (2**64 - 1) >> 11 is 2**53 - 1: the largest draw is 1 - 2**-53
    assert ((2**64 - 1) >> 11) * 1.1102230246251565e-16 == 1 - 2.0**-53


@given(st.lists(st.integers(1, MANY), min_size=1, max_size=30, unique=True))
def test_who_is_asked_and_in_what_order_changes_nobody_s_draw(ids: list[int]) -> None:
    alone = uniforms(keys(5, np.array(ids)), 5, "order", MONTH)
    assert alone.tolist() == uniforms(keys(5, IDS), 5, "order", MONTH)[np.array(ids) - 1].tolist()


def test_draws_are_even() -> None:
    for bins in (16, 256, 4_096):
        counts = np.bincount((drawn() * bins).astype(np.int64), minlength=bins)
        chi = ((counts - MANY / bins) ** 2 / (MANY / bins)).sum()
        assert abs(chi - (bins - 1)) < FAR * np.sqrt(2 * (bins - 1))


def test_each_of_the_53_bits_is_even() -> None:
    bits = (drawn() * 2**53).astype(np.uint64)
    for k in range(53):
        ones = int((bits >> np.uint64(k) & np.uint64(1)).sum())
        assert abs(ones - MANY / 2) < FAR * np.sqrt(MANY / 4), k


def test_the_largest_gap_from_an_even_spread_is_small() -> None:
    ordered = np.sort(drawn())
    gap = np.abs(ordered - (np.arange(MANY) + 0.5) / MANY).max()
    assert gap < 2.2 / np.sqrt(MANY)  # Kolmogorov's bound at one in ten thousand


def test_normals_have_mean_0_and_spread_1() -> None:
    z = normals(keys(1, IDS), 1, "taste")
    assert abs(z.mean()) < FAR / np.sqrt(MANY)
    assert abs(z.var() - 1) < FAR * np.sqrt(2 / MANY)


NEIGHBOURS = {
    "the next person": (drawn()[:-1], drawn()[1:]),
    "the person 4,096 further": (drawn()[:-4_096], drawn()[4_096:]),
    "the next month": (drawn(), drawn(month=MONTH + 1)),
    "the same month a year later": (drawn(), drawn(month=MONTH + 12)),
    "another purpose": (drawn(), drawn(purpose="leave.quit2")),
    "the next number": (drawn(), drawn(n=1)),
    "number against month": (drawn(n=1), drawn(month=MONTH + 1)),
    "the next seed": (drawn(), drawn(seed=2)),
    "seed against person": (drawn(seed=2)[:-1], drawn(seed=1)[1:]),
    "month against person": (drawn(month=MONTH + 1)[:-1], drawn()[1:]),
    "seed against month": (drawn(seed=2), drawn(month=MONTH + 1)),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbours_do_not_go_together(name: str) -> None:
    one, other = NEIGHBOURS[name]
    size = len(one)
    # Correlation of the draws, and of their distances from the middle (tails going together).
    for a, b in ((one, other), (np.abs(one - 0.5), np.abs(other - 0.5))):
        assert abs(np.corrcoef(a, b)[0, 1]) < FAR / np.sqrt(size)
    # Any other dependence: 32 x 32 cells.
    cells = np.bincount((one * 32).astype(np.int64) * 32 + (other * 32).astype(np.int64))
    chi = ((cells - size / 1_024) ** 2 / (size / 1_024)).sum()
    assert abs(chi - 1_023) < FAR * np.sqrt(2 * 1_023)


def test_a_control_a_linear_combination_of_keys_would_be_noticed() -> None:
    # Were seed and person added before mixing, person k under seed 2 were person k + 1 under 1.
    one = (mix_all((IDS + 1).astype(np.uint64)) >> np.uint64(11)) * 2.0**-53
    other = (mix_all((IDS + 2).astype(np.uint64)) >> np.uint64(11)) * 2.0**-53
    assert np.corrcoef(one[1:], other[:-1])[0, 1] > 0.99


def test_no_two_decision_sites_go_together() -> None:
    purposes = [d.source(f)[1] for d in DECISIONS for f, _ in d.fields() if f.startswith("u_")]
    assert len(purposes) > 20
    some = keys(1, IDS[:20_000])
    table = np.array([uniforms(some, 1, purpose, MONTH) for purpose in purposes])
    apart = np.abs(np.corrcoef(table) - np.eye(len(purposes))).max()
    assert apart < FAR / np.sqrt(20_000)


# One purpose names one decision site. A name is written twice only where one draw is meant twice.
SHARED = {
    "aware.*": "awareness.py asks workers and enterprises, whose ids differ",
    "*.take_up": "one for each instrument, whose names differ",
}


def purposes_in_sources() -> Counter[str]:
    """Every purpose written out in the model, with how often; ``*`` for a part filled in."""
    found: Counter[str] = Counter()
    for path in Path(model.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            place = {"moment": 1, "uniforms": 2, "normals": 2}.get(name)
            if place is None or len(node.args) <= place:
                continue
            written = ast.unparse(node.args[place])
            if re.match(r"f?['\"]", written):
                found[re.sub(r"\{[^}]*\}", "*", written.strip("f'\""))] += 1
    return found


def test_one_purpose_names_one_decision_site() -> None:
    found = purposes_in_sources()
    assert len(found) > 20
    twice = {name for name, times in found.items() if times > 1} - set(SHARED)
    assert twice == set()
    decided = [d.source(f)[1] for d in DECISIONS for f, _ in d.fields() if f.startswith("u_")]
    assert [name for name, times in Counter(decided).items() if times > 1] == []
    assert set(decided) & set(found) == set()


def test_purposes_have_codes_of_their_own() -> None:
    names = [*purposes_in_sources(), *(f"{d.name}.{f}" for d in DECISIONS for f, _ in d.fields())]
    for one, other in combinations(sorted(set(names)), 2):
        assert purpose_code(one) != purpose_code(other)
