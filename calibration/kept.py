"""What a long pass over readings has done so far, kept so that a stopped pass can go on."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from scenarios.effects import Effect
from scenarios.manifest import code_digest, inputs
from scenarios.runner import Progress, Request
from scenarios.scenario import BASE, Scenario, load

PARTIAL = "readings.partial.jsonl"
A_MINUTE = 60  # seconds


class Read(Protocol):
    """A reading: its name and the scenario that states it."""

    @property
    def name(self) -> str:
        """A name for the scenario."""

    def scenario(self) -> Scenario:
        """The policy under this reading."""


class Kept:
    """Effects of readings, by a key of everything that they hang on, in a file if one is given.

    The key is made of the request, the policy, the reading, the code and the tables: where one of
    them has changed, what was kept is not found and is dropped.
    """

    def __init__(self, file: Path | None, request: Request) -> None:
        """Take from the file what an earlier pass kept."""
        self.file = file
        same_for_all = (
            str(request.scale), request.seeds, request.seed, request.until, request.engine,
            request.behaviour(), load(BASE).digest, code_digest(), inputs(),
        )  # fmt: skip
        self._common = json.dumps(same_for_all, sort_keys=True)
        self._found: dict[str, Mapping[str, Effect]] = {}
        self._before = _lines(file)

    def key(self, one: Read) -> str:
        """What the effects of a reading hang on, as SHA-256."""
        stated = json.dumps([self._common, one.name, one.scenario().digest])
        return hashlib.sha256(stated.encode()).hexdigest()

    def of(self, one: Read) -> Mapping[str, Effect] | None:
        """Effects by measure; None if they are not kept under today's key."""
        key = self.key(one)
        if key not in self._found and key in self._before:
            self._found[key] = self._before[key]
        return self._found.get(key)

    def effects(self, one: Read) -> Mapping[str, Effect]:
        """Effects by measure of a reading that is kept."""
        return self._found[self.key(one)]

    def add(self, one: Read, effects: Mapping[str, Effect]) -> None:
        """Keep the effects of a reading; the file is replaced whole or not at all."""
        self._found[self.key(one)] = effects
        if self.file is not None:
            lines = (_line(key, found) for key, found in self._found.items())
            put(self.file, "".join(lines))

    def forget(self) -> None:
        """Remove the file, once what it holds is written in full elsewhere."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


def _line(key: str, effects: Mapping[str, Effect]) -> str:
    told = {metric: asdict(one) for metric, one in effects.items()}
    return json.dumps({"key": key, "effects": told}) + "\n"


def _lines(file: Path | None) -> dict[str, Mapping[str, Effect]]:
    """What a file holds; lines that cannot be read are lived again."""
    found: dict[str, Mapping[str, Effect]] = {}
    if file is None or not file.exists():
        return found
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            told: dict[str, Any] = json.loads(line)
            found[told["key"]] = {name: Effect(**one) for name, one in told["effects"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def put(file: Path, said: str) -> None:
    """Write a file so that it is the old one or the new one at every moment, never a part."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            stream.write(said)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


class Clock:
    """Progress on standard error; time left from the runs of this pass alone."""

    def __init__(self, readings: int, left: int, seeds: int) -> None:
        """So many readings in all, so many to be lived, with so many seeds each and the policy."""
        self.readings, self.done = readings, readings - left
        self.runs = (left + 1) * seeds if left else 0
        self.seeds = seeds
        self.lived = 0  # runs of batches that ended
        self.scenarios = 0  # of the present batch
        self.began = time.monotonic()
        if self.done:
            print(f"{self.done}/{readings} kept from before", file=sys.stderr, flush=True)

    def left(self, lived: int) -> float | None:
        """Seconds left after so many runs of this batch; None before the first one."""
        done = self.lived + lived
        if done == 0:
            return None
        return (time.monotonic() - self.began) / done * (self.runs - done)

    def batch(self, scenarios: int) -> Progress:
        """Begin a batch of so many scenarios; what to call after each of its seeds."""
        self.scenarios = scenarios
        return lambda seeds, _of, _name: self.tell(seeds * scenarios)

    def tell(self, lived: int) -> None:
        """Say how many runs of the present batch are done, where somebody watches a terminal."""
        if lived and sys.stderr.isatty():
            said = f"{self.done}/{self.readings}, {self.lived + lived}/{self.runs} runs"
            print(f"\r{said}, {self._time(lived)}   ", end="", file=sys.stderr, flush=True)

    def ended(self, readings: int, name: str) -> None:
        """The batch is done, and with it so many readings."""
        self.done += readings
        self.lived += self.scenarios * self.seeds
        start = "\r" if sys.stderr.isatty() else ""
        said = f"{start}{self.done}/{self.readings} {name}, {self._time(0)}"
        print(said, file=sys.stderr, flush=True)

    def _time(self, lived: int) -> str:
        spent, left = time.monotonic() - self.began, self.left(lived)
        after = "" if left is None else f", about {_spoken(left)} left"
        return f"{_spoken(spent)}{after}"


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), A_MINUTE)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
