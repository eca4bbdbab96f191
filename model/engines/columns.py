"""The compiled engine: the whole province in loops over columns, on plain threads."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.decisions import Decision, Screen, ceilings_of
from model.draws import moment
from model.engines import kernels
from model.engines.compiled_tallies import CompiledTallies
from model.engines.protocol import Answers, Given, State, columns_of, of_statuses
from model.engines.sifting import CHUNK
from model.engines.tallies import Tallies
from model.engines.vector_loops import over_arrays
from model.scalar import COMPILED

BLOCK = 1 << 16
FEW = 1 << 12  # rows that are not worth a second thread


class ColumnsEngine:
    """Runs every decision as a compiled loop in blocks; the same bits for any number of threads.

    Args:
        decisions: all decisions of the model.
        threads: how many threads share the blocks.
        rules: rules to put in place of the model's, by decision name.
    """

    name = "columns"

    def __init__(
        self,
        decisions: tuple[Decision, ...],
        threads: int = 1,
        rules: Mapping[str, Callable[..., Any]] | None = None,
        *,
        screens: bool = True,
    ) -> None:
        module = kernels.load(decisions)
        COMPILED.update(over_arrays(module))
        self._loops = {
            d.name: (getattr(module, d.name + "_all"), getattr(module, d.name + "_rows"))
            for d in kernels.with_ceilings(decisions)
        }
        self._screens = {d.name: d.screen for d in decisions if d.screen}
        for d in decisions:
            if rules and d.name in rules:
                # A ceiling bounds the model's own rule, not one put in its place.
                self._loops[d.name] = kernels.build(replace(d, rule=rules[d.name], screen=None))
                self._screens.pop(d.name, None)
        self._asks_all = not screens
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self._compiled = CompiledTallies(module, self._pool, threads)
        self.tallies: Tallies = self._compiled

    def ask(self, decision: Decision, state: State, parameters: Any, given: Given) -> Answers:
        """Ask every agent concerned; return those who answer with an event."""
        size = len(columns_of(state, decision.agent)["id"])
        loop = self._loops[decision.name][0]
        screen = self._screens.get(decision.name)
        values = _values(decision, state, given, rows=None, screened=screen is not None)
        length = max(1, min(BLOCK, -(-size // self._threads)))
        limits: tuple[Any, ...] = ()
        if screen is not None:
            limits = self._limits(decision, screen, state, parameters)
            length = max(BLOCK, -(-size // self._threads))  # a sift walks by chunks of its own
        blocks = [(lo, min(size, lo + length)) for lo in range(0, size, length)]

        def block(bounds: tuple[int, int]) -> tuple[NDArray[np.int64], Any, Any]:
            lo, hi = bounds
            chosen, ints, floats = _room(decision, hi - lo)
            room = (np.empty(CHUNK, np.bool_), *limits) if limits else ()
            count = loop(lo, hi, parameters, chosen, ints, floats, *room, *values)
            return chosen[:count], ints[:, :count], floats[:, :count]

        parts = list(self._pool.map(block, blocks) if self._pool else map(block, blocks))
        if not parts:
            return _answers(decision, *_room(decision, 0))
        return _answers(
            decision,
            np.concatenate([p[0] for p in parts]),
            np.concatenate([p[1] for p in parts], axis=1),
            np.concatenate([p[2] for p in parts], axis=1),
        )

    def may_concern(self, decision: Decision, state: State, parameters: Any) -> NDArray[np.int64]:
        """Rows whose draw lies below the ceiling of their status."""
        screen = self._screens.get(decision.name)
        if screen is None or self._asks_all:  # a rule put in place of the model's has no ceiling
            return of_statuses(decision, state, parameters)
        columns = columns_of(state, decision.agent)
        highest, ceilings = self._limits(decision, screen, state, parameters)
        at = np.uint64(moment(state.seed, decision.source(screen.draw)[1], state.month))
        given = (columns["key"], at, highest, columns[screen.by], ceilings)
        return self._compiled.near(*given)

    def _limits(
        self, decision: Decision, screen: Screen, state: State, parameters: Any
    ) -> tuple[float, NDArray[np.float64]]:
        """The highest ceiling, and that of every group, by its number."""
        rule = decision.ceilings()
        if rule is None:
            ceilings = ceilings_of(screen, parameters)
        else:
            ceilings = np.zeros(len(state.enterprises["id"]), np.float64)
            if not self._asks_all:
                answers = self.ask(rule, state, parameters, {})
                ceilings[answers.rows] = answers.of["ceiling"]
        if self._asks_all:
            ceilings[:] = np.inf
        return float(ceilings.max()), ceilings

    def ask_rows(
        self,
        decision: Decision,
        state: State,
        parameters: Any,
        rows: NDArray[np.int64],
        given: Given,
    ) -> Answers:
        """Ask the agents in ``rows``; return every answer, in the order of ``rows``."""
        rows = np.ascontiguousarray(rows, np.int64)
        _, ints, floats = _room(decision, len(rows))
        values = _values(decision, state, given, rows=rows)
        loop = self._loops[decision.name][1]
        blocks = self._shares(len(rows))

        def share(bounds: tuple[int, int]) -> None:
            loop(*bounds, parameters, rows, ints, floats, *values)

        if len(blocks) > 1 and self._pool:
            list(self._pool.map(share, blocks))
        elif blocks:
            share((0, len(rows)))
        return _answers(decision, rows, ints, floats)

    def _shares(self, number: int) -> list[tuple[int, int]]:
        """Parts of so many rows for the threads; one part where few are asked."""
        length = max(FEW, -(-number // self._threads))
        return [(lo, min(number, lo + length)) for lo in range(0, number, length)]


class _Source(NamedTuple):
    """Where one argument of a loop comes from."""

    kind: str  # month, key, own, employer, draw or given
    name: str  # column, purpose of the draw, or fact handed in
    number: type  # of facts handed in


@cache
def _sources(decision: Decision, *, rows: bool, screened: bool) -> tuple[_Source, ...]:
    """The sources behind a loop's arguments, in order; worked out once, asked every month."""
    floats = {fact for fact, is_float in decision.fields() if is_float}
    kinds = {"m": "draw", "e": "employer", "g": "given", "w": "own"}
    found = []
    asked = decision if screened else replace(decision, screen=None)
    for name in kernels.arguments(asked, rows=rows):
        prefix, _, rest = name.partition("_")
        if name in ("month", "key"):
            found.append(_Source(name, name, int))
        elif prefix == "m":
            found.append(_Source("draw", decision.source(rest)[1], float))
        else:
            number = np.float64 if rest in floats else np.int64
            found.append(_Source(kinds[prefix], rest, number))
    return tuple(found)


@cache
def _fields(decision: Decision) -> tuple[int, int, tuple[tuple[str, bool, int], ...]]:
    """Numbers of ints and floats of an answer, and each field with its place among its kind."""
    ints = floats = 0
    fields = []
    for name, is_float in decision.answers():
        fields.append((name, is_float, floats if is_float else ints))
        ints, floats = ints + (not is_float), floats + is_float
    return ints, floats, tuple(fields)


def _room(decision: Decision, size: int) -> tuple[NDArray[np.int64], Any, Any]:
    ints, floats, _ = _fields(decision)
    return (
        np.empty(size, np.int64),
        np.empty((ints, size), np.int64),
        np.empty((floats, size), np.float64),
    )


def _answers(decision: Decision, rows: NDArray[np.int64], ints: Any, floats: Any) -> Answers:
    fields = _fields(decision)[2]
    return Answers(rows, {name: (floats if is_f else ints)[at] for name, is_f, at in fields})


def _values(
    decision: Decision,
    state: State,
    given: Given,
    rows: NDArray[np.int64] | None,
    *,
    screened: bool = False,
) -> list[Any]:
    """The arrays and scalars behind a kernel's argument names, in order."""
    own = columns_of(state, decision.agent)
    values: list[Any] = []
    for kind, name, number in _sources(decision, rows=rows is not None, screened=screened):
        if kind == "own":
            values.append(own[name])
        elif kind == "given":
            fact = given[name]
            values.append(number(fact) if rows is None else _handed(fact, number, len(rows)))
        elif kind == "employer":
            values.append(state.enterprises[name])
        elif kind == "draw":
            values.append(np.uint64(moment(state.seed, name, state.month)))
        else:
            values.append(own["key"] if kind == "key" else state.month)
    return values


def _handed(fact: Any, number: type, size: int) -> NDArray[Any]:
    """A fact handed in, one value a row: an array of so many, or one value for all."""
    values: NDArray[Any] = np.asarray(fact, number)
    if values.ndim == 0:
        whole: NDArray[Any] = np.empty(size, number)
        whole.fill(values)
        return whole
    if values.shape != (size,):
        values = np.broadcast_to(values, size)
    return np.ascontiguousarray(values)
