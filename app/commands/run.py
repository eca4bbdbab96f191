"""``longjiang run``: a scenario against no policy, on the screen and in a folder."""

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import joblib
import typer

from app.options import (
    EngineName,
    Force,
    Jobs,
    Lang,
    Out,
    Scale,
    Seed,
    Seeds,
    Until,
    request_of,
)
from app.outlay_table import outlay_tables
from app.progress import progress
from app.screen import Language, Screen
from app.sentence import headline, note
from app.summary import made_lines, write_summary
from app.tables import Sheet, board_table, reading_table, rich_table
from model.words import text
from scenarios.manifest import command_of
from scenarios.readings import Arms, arms
from scenarios.runner import DEFAULT_SCALE, Request, run_scenarios
from scenarios.scenario import BASE, load
from scenarios.store import (
    check_target,
    default_folder,
    result_folder,
    write_effects,
    write_scenario,
)
from scenarios.story import Story

SCENARIO = Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")]
ALONE = Annotated[bool, typer.Option("--alone", help="help.alone")]
RESERVED = ("figures",)  # folder names that results use themselves


def run(
    scenario: SCENARIO = BASE,
    scale: Scale = str(DEFAULT_SCALE),
    seeds: Seeds = 8,
    seed: Seed = 1,
    engine: EngineName = "columns",
    until: Until = "2020-12",
    out: Out = None,
    jobs: Jobs = None,
    alone: ALONE = False,
    force: Force = False,
    lang: Lang = Language.ZH,
) -> None:
    """Run a scenario, its twin without policy and C12 read otherwise; keep and show results."""
    began = time.monotonic()
    screen = Screen(lang)
    request = request_of(screen, scale, (seeds, seed), engine, until, jobs)
    chosen = arms(load(scenario), until, alone=alone)
    target = out or default_folder(chosen.scenario, datetime.now().strftime("%Y%m%d-%H%M%S"))
    check_target(target, force=force)
    if chosen.against is None and not alone:
        screen.tell("run.no_twin", scenario=chosen.scenario.title[screen.lang])
    story = live(screen, chosen, request)
    made: dict[str, Any] = {
        "command": command_of(["run", scenario, *(["--alone"] if alone else [])], request),
        "given": [scenario],
        "wall_seconds": round(time.monotonic() - began, 1),
    }
    kept = keep(screen, story, made, target, force=force)
    show(screen, story, made)
    if not kept:
        raise typer.Exit(1)
    screen.line(text("run.files", screen.lang, folder=target.resolve()))


def live(screen: Screen, chosen: Arms, request: Request) -> Story:
    """Run every arm, with progress; workers have ended when it returns."""
    at_once = min(request.jobs or joblib.cpu_count(), request.seeds)
    with progress(screen, at_once) as report:
        results = run_scenarios(chosen.all, request, report)
    end_workers(at_once)
    return Story(chosen, results, request)


def end_workers(at_once: int) -> None:
    """End the processes that ran seeds, so that their memory is known and nothing lingers."""
    if at_once > 1:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True)


def keep(screen: Screen, story: Story, made: dict[str, Any], target: Path, *, force: bool) -> bool:
    """Write all files; says why and returns False where the system refuses."""
    from app.figures import draw  # matplotlib takes half a second, which other commands save

    lang = screen.lang
    try:
        with result_folder(target, force=force) as folder:
            for arm in story.arms.all:
                name = f"{arm.name}_scenario" if arm.name in RESERVED else arm.name
                runs, found = story.results[arm.name], story.boards[arm.name]
                write_scenario(folder / name, arm, runs, story.request, found, made)
            if story.arms.against is not None:
                write_effects(story.effects_frame(), folder / "effects.csv")
            figures = draw(story, folder / "figures", lang)
            if figures.fallback:
                screen.tell("run.no_font")
            write_summary(folder / "summary.md", story, {**made, "figures": figures.names}, lang)
    except OSError as error:
        screen.tell("answer.unwritten", said=error)
        return False
    return True


def show(screen: Screen, story: Story, made: dict[str, Any]) -> None:
    """Print the sentence, the board, outlay, C12 and how it was made."""
    lang = screen.lang
    screen.say(headline(story, lang))
    screen.show()
    screen.say(note(len(story.runs), lang))
    screen.show()
    sheets = [board_table(story, lang), *outlay_tables(story, lang)]
    if story.readings:
        sheets.append(reading_table(story, lang))
    for sheet in sheets:
        show_sheet(screen, sheet)
    for line in made_lines(story, made, lang):
        screen.say(line)
    screen.line(text("run.again", lang, command=made["command"]))


def show_sheet(screen: Screen, sheet: Sheet) -> None:
    """Print a table with its title and remarks."""
    if sheet.title:
        screen.say(sheet.title)
    screen.show(rich_table(sheet))
    screen.points(sheet.notes)
    screen.show()
