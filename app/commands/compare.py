"""``longjiang compare``: paired effects of scenarios against one of them."""

import time
from typing import Annotated, Any

import joblib
import typer

from app.commands.run import end_workers, show_sheet
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
from app.progress import progress
from app.screen import Language, Screen
from app.sentence import note, sentence
from app.tables import effects_table
from model.words import text
from scenarios.effects import MEASURES, effect, effects_frame
from scenarios.manifest import command_of
from scenarios.runner import DEFAULT_SCALE, Request, run_scenarios
from scenarios.scenario import BASE, Scenario, load
from scenarios.store import check_target, result_folder, write_effects, write_scenario
from scenarios.story import board_of

SCENARIOS = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="help.scenarios")]
AGAINST = Annotated[str, typer.Option("--against", metavar="SCENARIO", help="help.against")]


def compare(
    scenarios: SCENARIOS,
    against: AGAINST = BASE,
    scale: Scale = str(DEFAULT_SCALE),
    seeds: Seeds = 8,
    seed: Seed = 1,
    engine: EngineName = "columns",
    until: Until = "2020-12",
    out: Out = None,
    jobs: Jobs = None,
    force: Force = False,
    lang: Lang = Language.ZH,
) -> None:
    """Compare scenarios with one of them, with the same luck."""
    began = time.monotonic()
    screen = Screen(lang)
    request = request_of(screen, scale, (seeds, seed), engine, until, jobs)
    base = load(against)
    found = [load(name) for name in scenarios]
    if out is not None:
        check_target(out, force=force)
    check_apart(screen, [base, *found])
    at_once = min(request.jobs or joblib.cpu_count(), request.seeds)
    with progress(screen, at_once) as report:
        results = run_scenarios([base, *found], request, report)
    end_workers(at_once)
    made: dict[str, Any] = {
        "command": command_of(["compare", *scenarios, "--against", against], request),
        "given": [against, *scenarios],
        "wall_seconds": round(time.monotonic() - began, 1),
    }
    if out is not None:
        with result_folder(out, force=force) as folder:
            write_arms(folder, [base, *found], results, request, made)
            write_effects(effects_frame(results, base.name), folder / "effects.csv")
    for scenario in found:
        show_effects(screen, scenario, base, results)
    screen.say(note(seeds, screen.lang))
    screen.line(text("run.again", screen.lang, command=made["command"]))
    if out is not None:
        screen.line(text("run.files", screen.lang, folder=out.resolve()))


def check_apart(screen: Screen, scenarios: list[Scenario]) -> None:
    """Refuse two scenarios of one name, which results could not tell apart."""
    names = [scenario.name for scenario in scenarios]
    for place, name in enumerate(names):
        if name in names[:place]:
            screen.refuse("compare.alike", name=name)


def write_arms(
    folder: Any,
    scenarios: list[Scenario],
    results: dict[str, Any],
    request: Request,
    made: dict[str, Any],
) -> None:
    """A folder of files for each scenario."""
    base = results[scenarios[0].name]
    for scenario in scenarios:
        runs = results[scenario.name]
        found = board_of(scenario, runs, base)
        write_scenario(folder / scenario.name, scenario, runs, request, found, made)


def show_effects(
    screen: Screen, scenario: Scenario, base: Scenario, results: dict[str, Any]
) -> None:
    """The sentence, then every measure; says where two worlds differ in more than policy."""
    lang = screen.lang
    effects = {name: effect(results[scenario.name], results[base.name], name) for name in MEASURES}
    screen.say(sentence(effects, scenario, base, lang))
    if scenario.policy().world != base.policy().world:
        screen.say(text("compare.worlds", lang))
    screen.show()
    show_sheet(screen, effects_table(list(effects.values()), lang))
