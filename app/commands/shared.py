"""What commands that run scenarios share: living them with progress, keeping them, showing them."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import joblib

from app.progress import progress
from app.screen import Screen
from app.summary import write_summary
from app.tables import Sheet, rich_table
from model.results import Run
from model.system import said_of
from scenarios.board import Board
from scenarios.manifest import command_of
from scenarios.processes import end_processes
from scenarios.runner import Progress, Request, compiled, run_scenarios
from scenarios.scenario import Scenario
from scenarios.store import result_folder, write_scenario
from scenarios.story import Story

RESERVED = ("figures",)  # folder names that results use themselves
Results = Mapping[str, Sequence[Run]]


def live(screen: Screen, scenarios: Sequence[Scenario], request: Request) -> Results:
    """Run every scenario, with progress."""
    with reported(screen, request) as report:
        return run_scenarios(scenarios, request, report)


@contextmanager
def reported(screen: Screen, request: Request) -> Iterator[Progress]:
    """A function that runs report to; the processes that ran seeds end with the block."""
    at_once = min(request.jobs or joblib.cpu_count(), request.seeds)
    if request.engine == "columns" and not compiled():
        screen.tell("progress.compiling")
    whole = False
    try:
        with progress(screen, at_once) as report:
            yield report
        whole = True
    finally:
        if at_once > 1:  # so that their memory is known and nothing lingers
            end_processes(at_once=not whole)


def made_of(
    words: Sequence[str], given: Sequence[str], request: Request, began: float
) -> dict[str, Any]:
    """How results were made: the command, names and files as typed, seconds since ``began``."""
    return {
        "command": command_of(words, request),
        "given": list(given),
        "wall_seconds": round(time.monotonic() - began, 1),
    }


def keep(screen: Screen, target: Path, write: Callable[[Path], None], *, force: bool) -> bool:
    """Let ``write`` fill a folder that becomes ``target``; says why if the system refuses."""
    try:
        with result_folder(target, force=force) as folder:
            write(folder)
    except OSError as error:
        screen.tell("answer.unwritten", said=said_of(error)[screen.lang])
        return False
    return True


def write_scenarios(
    folder: Path,
    scenarios: Sequence[Scenario],
    against: Scenario | None,
    results: Results,
    boards: Mapping[str, Board],
    request: Request,
    made: Mapping[str, Any],
) -> None:
    """A folder of files for each scenario; the manifest names what it is compared with."""
    for one in scenarios:
        name = f"{one.name}_scenario" if one.name in RESERVED else one.name
        other = None if against is None or against.name == one.name else against.name
        runs = results[one.name]
        write_scenario(
            folder / name, one, runs, request, boards[one.name], {**made, "against": other}
        )


def write_report(
    screen: Screen, folder: Path, stories: Sequence[Story], made: Mapping[str, Any]
) -> None:
    """``summary.md`` and the figures; of several scenarios, a folder of figures for each."""
    from app.figures import draw  # matplotlib takes half a second, which other commands save

    figures: dict[str, list[str]] = {}
    fallback = False
    for story in stories:
        name = story.arms.scenario.name
        place = Path("figures") / (name if len(stories) > 1 else "")
        drawn = draw(story, folder / place, screen.lang)
        fallback = fallback or drawn.fallback
        figures[name] = [(place / one).as_posix() for one in drawn.names]
    if fallback:
        screen.tell("run.no_font")
    write_summary(folder / "summary.md", stories, made, figures, screen.lang)


def show_sheet(screen: Screen, sheet: Sheet) -> None:
    """Print a table with its title and remarks."""
    if sheet.title:
        screen.say(sheet.title)
    screen.show(rich_table(sheet))
    screen.points(sheet.notes)
    screen.show()
