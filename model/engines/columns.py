"""The compiled engine: the whole province in loops over columns, on plain threads."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.decisions import Decision
from model.draws import moment
from model.engines import kernels
from model.engines.protocol import Answers, Given, State, columns_of

BLOCK = 1 << 16


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
    ) -> None:
        module = kernels.load(decisions)
        self._loops = {
            d.name: (getattr(module, d.name + "_all"), getattr(module, d.name + "_rows"))
            for d in decisions
        }
        for d in decisions:
            if rules and d.name in rules:
                self._loops[d.name] = kernels.build(replace(d, rule=rules[d.name]))
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def ask(self, decision: Decision, state: State, parameters: Any, given: Given) -> Answers:
        """Ask every agent concerned; return those who answer with an event."""
        size = len(columns_of(state, decision.agent)["id"])
        loop = self._loops[decision.name][0]
        values = _values(decision, state, given, rows=None)
        blocks = [(lo, min(size, lo + BLOCK)) for lo in range(0, size, BLOCK)]

        def block(bounds: tuple[int, int]) -> tuple[NDArray[np.int64], Any, Any]:
            lo, hi = bounds
            chosen, ints, floats = _room(decision, hi - lo)
            count = loop(lo, hi, parameters, chosen, ints, floats, *values)
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
        if len(rows):
            self._loops[decision.name][1](0, len(rows), parameters, rows, ints, floats, *values)
        return _answers(decision, rows, ints, floats)


def _room(decision: Decision, size: int) -> tuple[NDArray[np.int64], Any, Any]:
    floats = sum(is_float for _, is_float in decision.answers())
    ints = len(decision.answers()) - floats
    return (
        np.empty(size, np.int64),
        np.empty((ints, size), np.int64),
        np.empty((floats, size), np.float64),
    )


def _answers(decision: Decision, rows: NDArray[np.int64], ints: Any, floats: Any) -> Answers:
    of: dict[str, NDArray[Any]] = {}
    positions = {False: 0, True: 0}
    for name, is_float in decision.answers():
        of[name] = (floats if is_float else ints)[positions[is_float]]
        positions[is_float] += 1
    return Answers(rows, of)


def _values(
    decision: Decision, state: State, given: Given, rows: NDArray[np.int64] | None
) -> list[Any]:
    """The arrays and scalars behind a kernel's argument names, in order."""
    own = columns_of(state, decision.agent)
    floats = {fact for fact, is_float in decision.fields() if is_float}
    values: list[Any] = []
    for name in kernels.arguments(decision, rows=rows is not None):
        prefix, _, rest = name.partition("_")
        if name == "month":
            values.append(state.month)
        elif name == "key":
            values.append(own["key"])
        elif prefix == "m":
            purpose = decision.source(rest)[1]
            values.append(np.uint64(moment(state.seed, purpose, state.month)))
        elif prefix == "e":
            values.append(state.enterprises[rest])
        elif prefix == "g":
            kind = np.float64 if rest in floats else np.int64
            if rows is None:
                values.append(kind(given[rest]))
            else:
                values.append(
                    np.ascontiguousarray(np.broadcast_to(np.asarray(given[rest], kind), len(rows)))
                )
        else:
            values.append(own[rest])
    return values
