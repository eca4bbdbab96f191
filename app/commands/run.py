"""``longjiang run``: a scenario and what it is held against, on the screen and in a folder."""

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.shared import (
    keep,
    live,
    made_of,
    show_sheet,
    write_report,
    write_scenarios,
)
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
from app.screen import Language, Screen
from app.sentence import headline, remarks
from app.summary import made_lines, screen_sheets
from model.words import text
from scenarios.readings import arms as arms_of
from scenarios.runner import DEFAULT_SCALE
from scenarios.scenario import BASE, load
from scenarios.store import (
    check_target,
    default_folder,
    write_results,
)
from scenarios.story import Story

SCENARIO = Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")]
ALONE = Annotated[bool, typer.Option("--alone", help="help.alone")]


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
    """Run a scenario, what it is held against and C12 read otherwise; keep and show results."""
    began = time.monotonic()
    screen = Screen(lang)
    request = request_of(scale, (seeds, seed), engine, until, jobs)
    chosen = arms_of(load(scenario), until, alone=alone)
    target = out or default_folder(chosen.scenario, datetime.now().strftime("%Y%m%d-%H%M%S"))
    check_target(target, force=force)
    if chosen.against is None and not alone:
        screen.tell("run.no_twin", scenario=chosen.scenario.title[screen.lang])
    story = Story(chosen, live(screen, chosen.all, request), request)
    words = ["run", scenario, *(["--alone"] if alone else [])]
    made = made_of(words, [scenario], request, began)
    kept = keep(screen, target, lambda folder: write(screen, story, made, folder), force=force)
    show(screen, story, made)
    if not kept:
        raise typer.Exit(1)
    screen.line(text("run.files", screen.lang, folder=target.resolve()))


def write(screen: Screen, story: Story, made: dict[str, Any], folder: Path) -> None:
    """All files of a run."""
    arms = story.arms
    write_scenarios(
        folder, arms.all, arms.against, story.results, story.boards, story.request, made
    )
    write_results(folder, story.results, arms.against.name if arms.against else None)
    write_report(screen, folder, [story], made)


def show(screen: Screen, story: Story, made: dict[str, Any]) -> None:
    """Print the sentence, the board, outlay, C12 and how it was made."""
    lang = screen.lang
    screen.say(headline(story, lang))
    screen.show()
    for said in remarks(story, lang):
        screen.say(said)
        screen.show()
    for sheet in screen_sheets(story, lang):
        show_sheet(screen, sheet)
    for line in made_lines(story, made, lang):
        screen.say(line)
    screen.line(text("run.again", lang, command=made["command"]))
