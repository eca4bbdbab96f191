"""Progress of a run on standard error, with a time left that is never a guess before data."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from app.screen import Screen
from model.words import text
from scenarios.runner import Progress as Report


class Clock:
    """Seconds left, from runs that have ended; runs come in batches of as many as run at once."""

    def __init__(self, at_once: int) -> None:
        """Begin now."""
        self.at_once = max(1, at_once)
        self.began = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def left(self, done: int, total: int) -> float | None:
        """Seconds left; None while no run has ended."""
        if done == 0:
            return None
        batch = self.elapsed / math.ceil(done / self.at_once)
        return max(0.0, batch * math.ceil(total / self.at_once) - self.elapsed)


def spoken(seconds: float, lang: str) -> str:
    """Seconds as people say them."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return text("progress.minutes", lang, minutes=minutes, seconds=f"{rest:02d}")
    return text("progress.seconds", lang, seconds=rest)


@contextmanager
def progress(screen: Screen, at_once: int) -> Iterator[Report]:
    """A function that runs report to: done, in all, name.

    A terminal gets a bar, anything else a line at the beginning and for each run that ends.
    """
    clock = Clock(at_once)
    if not screen.err.is_terminal:
        yield _lines(screen, clock)
        return
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}  {task.fields[left]}", markup=False),
        console=screen.err,
        transient=True,
    )
    task: TaskID | None = None

    def report(done: int, total: int, name: str) -> None:
        nonlocal task
        left = clock.left(done, total)
        if left is None:
            said = text("progress.unknown", screen.lang)
        else:
            said = text("progress.left", screen.lang, time=spoken(left, screen.lang))
        if task is None:
            task = bar.add_task(name, total=total, left=said)
        bar.update(task, completed=done, left=said)

    with bar:
        yield report


def _lines(screen: Screen, clock: Clock) -> Report:
    def report(done: int, total: int, name: str) -> None:
        left = clock.left(done, total)
        if left is None:
            screen.tell("progress.begin", name=name, total=total)
        elif done < total:
            time_left = spoken(left, screen.lang)
            screen.tell("progress.step", done=done, total=total, time=time_left)
        else:
            screen.tell("progress.end", done=done, total=total)

    return report
