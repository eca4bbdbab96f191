"""Facts and parameters for a case: what is not stated is zero."""

from typing import Any, TypeVar

from hypothesis import strategies as st

from model.parameters.reader import Parameter, Topic

T = TypeVar("T")


def given(kind: type[T], /, **stated: Any) -> T:
    """A named tuple with the stated fields; the others are 0."""
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    unknown = set(stated) - set(names)
    assert not unknown, f"{kind.__qualname__} has no {', '.join(sorted(unknown))}"
    hints = kind.__annotations__
    zero = {name: 0.0 if hints[name] is float else 0 for name in names}
    return kind(**{**zero, **stated})


def hazard_of(rule: Any, kind: type[Any], draw: str, p: Any, /, **facts: Any) -> float:
    """The probability behind a threshold rule: the draw at which the event stops, by bisection."""
    low, high = 0.0, 1.0
    if rule(given(kind, **facts, **{draw: low}), p).event == 0:
        return 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if rule(given(kind, **facts, **{draw: middle}), p).event != 0:
            low = middle
        else:
            high = middle
    return high


def within(one: Parameter) -> st.SearchStrategy[Any]:
    """Values of a parameter within the range that its file states."""
    if one.options:
        return st.integers(0, len(one.options) - 1)
    low, high = one.inside(one.low), one.inside(one.high)
    if one.is_float:
        return st.floats(float(low), float(high))
    return st.integers(int(low), int(high))


@st.composite
def params_within(draw: st.DrawFn, topic: Topic) -> Any:
    """``Params`` of a topic with every value within its range."""
    return topic.params(**{name: draw(within(one)) for name, one in topic.parameters.items()})
