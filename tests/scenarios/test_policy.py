"""Dated values laid over one another."""

import pytest

from scenarios.policy import canonical_json, digest_of, overlaid

BASE = ((0, "a"), (10, "b"), (20, "c"))


@pytest.mark.parametrize(
    ("case", "start", "end", "raw", "expected"),
    [
        ("from the middle for good", 15, None, "x", ((0, "a"), (10, "b"), (15, "x"))),
        ("within one step", 12, 14, "x", ((0, "a"), (10, "b"), (12, "x"), (15, "b"), (20, "c"))),
        ("across a step", 5, 12, "x", ((0, "a"), (5, "x"), (13, "b"), (20, "c"))),
        ("up to a step", 12, 19, "x", ((0, "a"), (10, "b"), (12, "x"), (20, "c"))),
        ("one month", 10, 10, "x", ((0, "a"), (10, "x"), (11, "b"), (20, "c"))),
        ("from ever for good", 0, None, "x", ((0, "x"),)),
        ("the value it has", 12, 14, "b", BASE),
        ("the value that follows", 15, 19, "c", ((0, "a"), (10, "b"), (15, "c"))),
        ("everything before", 0, 9, "b", ((0, "b"), (20, "c"))),
    ],
)
def test_a_value_is_laid_over_others(case, start, end, raw, expected):
    assert overlaid(BASE, start, end, raw) == expected, case


def test_the_canonical_form_is_text_in_one_order():
    steps = {"b.y": ((0, "x"), (1_416, "y")), "a.x": ((0, "z"),)}
    assert (
        canonical_json(steps) == '{"a.x":[["1900-01","z"]],"b.y":[["1900-01","x"],["2018-01","y"]]}'
    )
    assert digest_of(steps) == digest_of(dict(reversed(steps.items())))
