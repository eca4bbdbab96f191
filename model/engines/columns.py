"""The compiled engine: the whole province in loops over columns, on plain threads."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.decisions import Decision
from model.draws import moment
from model.engines import kernels
from model.engines.asking import AnswerForm, Question, Room
from model.engines.compiled_tallies import CompiledTallies
from model.engines.protocol import Answers, Given, State, columns_of, of_statuses
from model.engines.screening import Screening
from model.engines.tallies import Tallies
from model.engines.vector_loops import over_arrays
from model.scalar import COMPILED

BLOCK = 1 << 17  # rows sifted together
SHARE = 16_040  # rows asked together; no power of two, as in model.engines.gathering
FEW = 1 << 12  # rows that are not worth a second thread
INT64 = np.dtype(np.int64)

Part = tuple[NDArray[np.int64], Any, Any]  # rows, and their answers: whole numbers and floats
T = TypeVar("T")


class _Asked:
    """A decision as this engine asks it."""

    def __init__(self, decision: Decision, loops: Any, sifting: Any) -> None:
        name, rule = decision.name, decision.ceilings()
        self.form = AnswerForm(decision)
        self.over_all = Question(decision, getattr(loops, f"{name}_all"), rows=False)
        self.over_rows = Question(decision, getattr(loops, f"{name}_rows"), rows=True)
        self.screening: Screening | None = None
        if decision.screen is not None:
            ceiling = None if rule is None else getattr(loops, f"{rule.name}_all")
            self.screening = Screening(decision, sifting, ceiling)


class ColumnsEngine:
    """Runs every decision as a compiled loop in blocks; the same bits for any number of threads.

    Args:
        decisions: all decisions of the model.
        threads: how many threads share the blocks.
        rules: rules to put in place of the model's, by decision name.
        screens: False asks everybody, whatever the draw.
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
        self._module = kernels.load(decisions)
        COMPILED.update(over_arrays(self._module))
        self._asked = {d.name: _Asked(d, self._module, self._module) for d in decisions}
        self._fields = 1 + max(max(len(d.fields()), len(d.answers())) for d in decisions)
        for d in decisions:
            if rules and d.name in rules:
                # A ceiling bounds the model's own rule, not one put in its place.
                self.put(replace(d, rule=rules[d.name], screen=None))
        self._asks_all = not screens
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self._rooms: list[Room] = []
        self._compiled = CompiledTallies(self._module, self._pool, threads)
        self.tallies: Tallies = self._compiled

    def put(self, decision: Decision) -> None:
        """Ask ``decision``, with its own rule and screen, in place of the model's of that name."""
        self._asked[decision.name] = _Asked(decision, kernels.build(decision), self._module)

    def ask(self, decision: Decision, state: State, parameters: Any, given: Given) -> Answers:
        """Ask every agent concerned; return those who answer with an event."""
        asked = self._asked[decision.name]
        size = len(columns_of(state, decision.agent)["id"])
        handed = [float(given[n]) if real else int(given[n]) for n, real in asked.over_all.given]
        run, tail = asked.over_all.of(state, parameters)
        if asked.screening is None:
            return asked.form.joined(self._over_all(asked, size, run, (*handed, *tail), parameters))
        limits = asked.screening.limits(state, parameters, asks_all=self._asks_all)
        look = asked.screening.looking(state, limits)
        ints, floats = asked.form.ints, asked.form.floats

        def block(bounds: tuple[int, int]) -> Part:
            room = self._room()
            found = look(*bounds, room) if look else 0
            space = (room.chosen, room.ints, room.floats, room.wholes, room.reals)
            count = run(found, parameters, *space, *handed, *tail) if found else 0
            part = (room.chosen[:count], room.ints[:ints, :count], room.floats[:floats, :count])
            kept = part[0].copy(), part[1].copy(), part[2].copy()
            self._rooms.append(room)
            return kept

        blocks = _blocks(size, BLOCK) if look else [(0, 0)]
        return asked.form.joined(self._each(block, blocks))

    def _over_all(
        self, asked: _Asked, size: int, run: Callable[..., int], last: Any, parameters: Any
    ) -> list[Part]:
        """Answers with an event of all of so many, block by block."""
        rows = np.empty(size, np.int64)
        ints, floats = asked.form.room(size)

        def block(bounds: tuple[int, int]) -> int:
            lo, hi = bounds
            room = (rows[lo:hi], ints[:, lo:hi], floats[:, lo:hi])
            return run(lo, hi, parameters, *room, *last)

        blocks = _blocks(size, self._length(size, SHARE))
        counts = self._each(block, blocks)
        if all(lo + count == hi for count, (lo, hi) in zip(counts[:-1], blocks[:-1], strict=True)):
            blocks, counts = [(0, size)], [sum(counts)]  # every block is full: no gap in between
        return [
            (rows[lo : lo + n], ints[:, lo : lo + n], floats[:, lo : lo + n])
            for n, (lo, _) in zip(counts, blocks, strict=True)
        ]

    def may_concern(self, decision: Decision, state: State, parameters: Any) -> NDArray[np.int64]:
        """Rows whose draw lies below the ceiling of their status."""
        screening = self._asked[decision.name].screening
        if screening is None or self._asks_all:  # a rule put in place of the model's has no ceiling
            return of_statuses(decision, state, parameters)
        columns, screen = columns_of(state, decision.agent), screening.screen
        _, ceilings = screening.limits(state, parameters, asks_all=False)
        at = moment(state.seed, decision.source(screen.draw)[1], state.month)
        return self._compiled.near(columns["key"], at, columns[screen.by], ceilings)

    def ask_rows(
        self,
        decision: Decision,
        state: State,
        parameters: Any,
        rows: NDArray[np.int64],
        given: Given,
    ) -> Answers:
        """Ask the agents in ``rows``; return every answer, in the order of ``rows``."""
        asked = self._asked[decision.name]
        form, question, number = asked.form, asked.over_rows, len(rows)
        if rows.dtype is not INT64 or not rows.flags.c_contiguous:
            rows = np.ascontiguousarray(rows, np.int64)
        ints, floats = form.room(number)
        if number == 0:
            return form.answers(rows, ints, floats)
        run, tail = question.of(state, parameters)
        if number <= FEW:
            room = self._room()
            handed = question.handed(given, number, 0, number)
            answers = (rows, ints, floats, room.wholes, room.reals)
            run(number, parameters, *answers, *handed, *tail)
            self._rooms.append(room)
            return form.answers(rows, ints, floats)

        def share(bounds: tuple[int, int]) -> None:
            lo, hi = bounds
            room = self._room()
            handed = question.handed(given, number, lo, hi)
            answers = (rows[lo:hi], ints[:, lo:hi], floats[:, lo:hi], room.wholes, room.reals)
            run(hi - lo, parameters, *answers, *handed, *tail)
            self._rooms.append(room)

        self._each(share, _blocks(number, self._length(number, SHARE)))
        return form.answers(rows, ints, floats)

    def _room(self) -> Room:
        """Room for one thread; the caller gives it back."""
        try:
            return self._rooms.pop()
        except IndexError:
            return Room(self._fields, BLOCK)

    def _length(self, number: int, most: int) -> int:
        """How many of so many rows a thread takes at a time."""
        return max(FEW, min(most, -(-number // self._threads)))

    def _each(
        self, work: Callable[[tuple[int, int]], T], blocks: Sequence[tuple[int, int]]
    ) -> list[T]:
        """The work on every block, in their order, shared with the other threads as they come."""
        pool = self._pool
        if pool is None or len(blocks) < 2:
            return [work(block) for block in blocks]
        left = deque(enumerate(blocks))
        done: dict[int, T] = {}

        def take() -> None:
            while left:
                try:
                    at, block = left.popleft()
                except IndexError:  # another thread took the last
                    return
                done[at] = work(block)

        helpers = [pool.submit(take) for _ in range(min(self._threads, len(blocks)) - 1)]
        take()
        for helper in helpers:
            helper.result()
        return [done[at] for at in range(len(blocks))]


def _blocks(size: int, length: int) -> list[tuple[int, int]]:
    """Bounds of blocks of at most so many rows."""
    return [(lo, min(size, lo + length)) for lo in range(0, size, length)] or [(0, 0)]
