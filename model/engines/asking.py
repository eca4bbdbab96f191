"""Compiled loops bound to what they read: what asking costs before a loop runs.

A sample asks small groups many times a month. The compiler's own way in looks at every argument
anew and at every field of the parameters; a bound loop looks whether the columns and parameters
are those of the last call and goes in directly. A loop has one form of arguments, so its code is
kept once and may be written by two processes at the same time.
"""

from collections.abc import Callable, Sequence
from operator import is_, itemgetter
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.core import types
from numba.extending import as_numba_type
from numpy.typing import NDArray

from model.decisions import Decision
from model.draws import moment
from model.engines.gathering import PART
from model.engines.protocol import Answers, Columns, Given, State, columns_of
from model.engines.sifting import CHUNK
from model.engines.texts import frame, head

NO_FLOATS = np.empty((0, 0), np.float64)
ROWS = types.int64[::1]
COUNT = types.int64
ROOM = {False: types.int64[:, ::1], True: types.float64[:, ::1]}
KINDS = {False: np.int64, True: np.float64}
FORMS: dict[str, Any] = {  # types of a loop's arguments before its columns, by name
    "lo": COUNT,
    "hi": COUNT,
    "number": COUNT,
    "chosen": ROWS,
    "ceilings": types.float64[::1],
    "ints": types.int64[:, :],
    "floats": types.float64[:, :],
    "wholes": ROOM[False],
    "reals": ROOM[True],
    "given_wholes": ROOM[False],
    "given_reals": ROOM[True],
}


def picker(names: Sequence[str]) -> Callable[[Columns], tuple[NDArray[Any], ...]]:
    """A function that takes the named columns out of all, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    if names:
        name = names[0]
        return lambda columns: (columns[name],)
    return lambda _columns: ()


def form_of(column: NDArray[Any]) -> Any:
    """The compiler's type of a column that is only read."""
    number: Any = numba.from_dtype(column.dtype)
    return types.Array(number, 1, "C" if column.flags.c_contiguous else "A")


class _Entry(NamedTuple):
    """A compiled function, and the parameters and columns that it was last bound to."""

    run: Callable[..., Any]
    parameters: Any
    columns: tuple[NDArray[Any], ...]


class BoundLoop:
    """A compiled loop over columns, entered without a look at its arguments.

    Args:
        loop: the compiled function.
        form: the types of its arguments; None for a column, in the order in which they are bound,
            and the word ``p`` for the parameters.
    """

    def __init__(self, loop: Any, form: Sequence[Any]) -> None:
        self._loop = loop
        self._form = tuple(form)
        self._entry: _Entry | None = None

    def bound(self, columns: tuple[NDArray[Any], ...], parameters: Any = ()) -> Callable[..., Any]:
        """The function for these columns and parameters, compiled or read where it must be."""
        entry = self._entry
        if (
            entry is not None
            and entry.parameters is parameters
            and all(map(is_, columns, entry.columns))
        ):
            return entry.run
        if entry is None or not _alike(entry, columns, parameters):
            run = self._compiled(columns, parameters)
        else:
            run = entry.run
        self._entry = _Entry(run, parameters, columns)
        return run

    def _compiled(self, columns: tuple[NDArray[Any], ...], parameters: Any) -> Callable[..., Any]:
        waiting = iter(columns)
        found = []
        for one in self._form:
            if one is None:
                found.append(form_of(next(waiting)))
            else:
                found.append(numba.typeof(parameters) if isinstance(one, str) else one)  # type: ignore[no-untyped-call]
        run: Callable[..., Any] = self._loop.compile(tuple(found))
        return run


def _alike(entry: _Entry, columns: tuple[NDArray[Any], ...], parameters: Any) -> bool:
    """Whether columns and parameters have the types of those of an entry."""
    old = entry.parameters
    if parameters is not old:  # named tuples of numbers
        kinds = list(map(type, parameters))
        if type(parameters) is not type(old) or kinds != list(map(type, old)):
            return False
    return all(
        new is one or (new.dtype == one.dtype and new.flags.c_contiguous and one.flags.c_contiguous)
        for new, one in zip(columns, entry.columns, strict=True)
    )


class Question:
    """A decision's loop over all or over given rows, and where it finds its facts."""

    def __init__(self, decision: Decision, loop: Any, *, rows: bool) -> None:
        found = frame(decision, rows=rows)
        names = head(decision, rows=rows)
        given = {f"g_{name}": as_numba_type(float if real else int) for name, real in found.given}
        known: dict[str, Any] = {**FORMS, **given, "p": "p"}
        columns = len(found.own) + len(found.employer)
        form = [known[name] for name in names] + [None] * columns
        form += [types.uint64] * len(found.draws) + [COUNT]
        self._loop = BoundLoop(loop, form)
        self._agent = decision.agent
        self._own = picker(found.own)
        self._employer = picker(found.employer)
        self._purposes = [decision.source(fact)[1] for fact in found.draws]
        self._luck: tuple[int, int, tuple[int, ...]] = (-1, -1, ())
        self.given = found.given
        places = {real: [n for n, kind in found.given if kind is real] for real in KINDS}
        used = [real for real in KINDS if places[real]]
        self._given_rooms = [(len(places[real]), KINDS[real]) for real in used]
        self._handed = [
            (name, at, row) for at, real in enumerate(used) for row, name in enumerate(places[real])
        ]

    def handed(self, given: Given, number: int, lo: int, hi: int) -> list[NDArray[Any]]:
        """Facts handed in for ``number`` rows, of which those from ``lo`` to ``hi`` are asked."""
        rooms = [np.empty((k, hi - lo), kind) for k, kind in self._given_rooms]
        if hi - lo == number:
            for name, at, row in self._handed:
                rooms[at][row] = given[name]
        else:
            for name, at, row in self._handed:
                fact = given[name]
                own = isinstance(fact, np.ndarray) and fact.shape == (number,)
                rooms[at][row] = fact[lo:hi] if own else fact
        return rooms

    def of(self, state: State, parameters: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The loop for a state, and its last arguments: columns, moments of draws, month."""
        columns = self._own(columns_of(state, self._agent)) + self._employer(state.enterprises)
        run = self._loop.bound(columns, parameters)
        seed, month, moments = self._luck
        if month != state.month or seed != state.seed:
            seed, month = state.seed, state.month
            moments = tuple(moment(seed, purpose, month) for purpose in self._purposes)
            self._luck = (seed, month, moments)
        return run, (*columns, *moments, month)


class Room:
    """What a thread needs while it asks: handed on from question to question.

    ``maybe`` and ``chosen`` are for sifting a block of rows, ``ints`` and ``floats`` for answers of
    those found, ``wholes`` and ``reals`` for facts of a part.
    """

    def __init__(self, fields: int, block: int) -> None:
        self.maybe = np.empty(CHUNK, np.bool_)
        self.chosen = np.empty(block, np.int64)
        self.ints = np.empty((fields, block), np.int64)
        self.floats = np.empty((fields, block), np.float64)
        self.wholes = np.empty((fields, PART), np.int64)
        self.reals = np.empty((fields, PART), np.float64)


class AnswerForm:
    """The fields of a decision's answer, in an array of whole numbers and in one of floats."""

    def __init__(self, decision: Decision) -> None:
        self.ints = self.floats = 0
        fields = []
        for name, is_float in decision.answers():
            fields.append((name, is_float, self.floats if is_float else self.ints))
            self.ints, self.floats = self.ints + (not is_float), self.floats + is_float
        self._fields = tuple(fields)

    def room(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Arrays for so many answers, a row a field."""
        ints = np.empty((self.ints, number), np.int64)
        return ints, np.empty((self.floats, number), np.float64) if self.floats else NO_FLOATS

    def answers(self, rows: NDArray[np.int64], ints: Any, floats: Any) -> Answers:
        """The answers of ``rows`` by field."""
        return Answers(rows, {n: (floats if real else ints)[at] for n, real, at in self._fields})

    def joined(self, parts: Sequence[tuple[NDArray[np.int64], Any, Any]]) -> Answers:
        """The answers of parts, one after the other."""
        if len(parts) == 1:
            return self.answers(*parts[0])
        rows, ints, floats = zip(*parts, strict=True)
        return self.answers(
            np.concatenate(rows), np.concatenate(ints, axis=1), np.concatenate(floats, axis=1)
        )
