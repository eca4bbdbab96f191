"""Rows that a screened decision may concern, by loops that sift and narrow."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from numba.core import types
from numpy.typing import NDArray

from model.decisions import Decision, Screen, ceilings_of
from model.draws import moment
from model.engines.asking import COUNT, ROWS, BoundLoop, Question, Room, picker
from model.engines.protocol import State, columns_of

Limits = tuple[float, NDArray[np.float64]]
MARKS = types.boolean[::1]
FLOATS = types.float64[::1]
DRAW = (COUNT, COUNT, None, types.uint64, types.float64)  # from, to, keys, moment, highest


class Screening:
    """A decision's screen.

    Args:
        decision: a decision with a screen.
        loops: the loops of ``model.engines.sifting``, compiled.
        ceiling: the compiled loop of its ceilings by enterprise; None where they are by status.
    """

    def __init__(self, decision: Decision, loops: SimpleNamespace, ceiling: Any) -> None:
        screen = decision.screen
        assert screen is not None
        self.screen: Screen = screen
        self._agent = decision.agent
        self._purpose = decision.source(screen.draw)[1]
        rule = decision.ceilings()
        self._ceiling = None if rule is None else Question(rule, ceiling, rows=False)
        self._known: tuple[Any, Limits] | None = None  # by status, with their parameters
        sift, form, own = _sift_of(screen)
        self._sift = BoundLoop(getattr(loops, sift), form)
        self._sifted = picker(own)
        self._narrow: BoundLoop | None = None
        if not screen.due:  # who is due is asked whatever the draw
            name, own = _narrow_of(screen)
            form = (COUNT, ROWS, None, types.uint64, None, FLOATS, *(None for _ in own[2:]))
            self._narrow = BoundLoop(getattr(loops, f"{name}_by_{screen.by}"), form)
            self._narrowed = picker(own)
        self._among = [
            (column, code, BoundLoop(loops.among, (COUNT, ROWS, None, COUNT)))
            for column, code in decision.among
        ]

    def limits(self, state: State, parameters: Any, *, asks_all: bool) -> Limits:
        """The highest ceiling, and that of every group, by its number."""
        if self._ceiling is None:
            known = self._known
            if known is None or known[0] is not parameters:
                ceilings = ceilings_of(self.screen, parameters)
                known = (parameters, (float(ceilings.max()), ceilings))
                self._known = known
            highest, ceilings = known[1]
        else:
            ceilings = np.zeros(len(state.enterprises["id"]), np.float64)
            run, tail = self._ceiling.of(state, parameters)
            run(0, len(ceilings), parameters, ceilings, *tail)
            highest = float(ceilings.max())
        if asks_all:
            return np.inf, np.full(len(ceilings), np.inf)
        return highest, ceilings

    def looking(self, state: State, limits: Limits) -> Callable[[int, int, Room], int] | None:
        """A function that puts rows from one to another into a room's ``chosen``; how many.

        None where nothing can happen to anybody.
        """
        screen, (highest, ceilings) = self.screen, limits
        if highest <= 0.0 and not (screen.always or screen.due):
            return None
        columns = columns_of(state, self._agent)
        at, month = moment(state.seed, self._purpose, state.month), state.month
        own = self._sifted(columns)
        sift = self._sift.bound(own)
        first: tuple[Any, ...] = (*own, month) if screen.until else (own[0], at, highest, *own[1:])
        if screen.due:
            first += (month,)
        steps: list[tuple[Callable[..., int], tuple[Any, ...]]] = []
        if self._narrow is not None:
            key, group, *more = self._narrowed(columns)
            narrow = self._narrow.bound((key, group, *more))
            steps.append((narrow, (key, at, group, ceilings, *more)))
        for column, code, loop in self._among:
            steps.append((loop.bound((columns[column],)), (columns[column], code)))

        def look(lo: int, hi: int, room: Room) -> int:
            found: int = sift(lo, hi, *first, room.maybe, room.chosen)
            for step, given in steps:
                if found:
                    found = step(found, room.chosen, *given)
            return found

        return look


def _sift_of(screen: Screen) -> tuple[str, tuple[Any, ...], tuple[str, ...]]:
    """The loop that sifts by a screen, the types of its arguments, and the columns among them."""
    room = (MARKS, ROWS)
    if screen.until:
        return "sift_until", (COUNT, COUNT, None, COUNT, *room), (screen.until,)
    if screen.due:
        return "sift_due", (*DRAW, None, COUNT, *room), ("key", screen.due)
    if screen.always:
        return "sift_kept", (*DRAW, None, None, *room), ("key", screen.scale, screen.always)
    if screen.scale:
        return "sift_scaled", (*DRAW, None, *room), ("key", screen.scale)
    return "sift", (*DRAW, *room), ("key",)


def _narrow_of(screen: Screen) -> tuple[str, tuple[str, ...]]:
    """The loop that holds rows against their own group's ceiling, and its columns."""
    if screen.always:
        return "narrow_kept", ("key", screen.by, screen.scale, screen.always)
    if screen.scale:
        return "narrow_scaled", ("key", screen.by, screen.scale)
    return "narrow", ("key", screen.by)
