"""``longjiang compare``: paired effects of scenarios against one of them."""

import time
from pathlib import Path
from typing import Annotated

import typer

from app.commands.shared import (
    keep,
    live,
    made_of,
    show_sheet,
    write_report,
    write_scenarios,
)
from app.differing_words import apart_brief, apart_words, off_words
from app.options import (
    EngineName,
    Force,
    Jobs,
    Lang,
    Scale,
    Seed,
    Seeds,
    Until,
    request_of,
)
from app.screen import Language, Screen
from app.sentence import coarse_words, headline, note, own_money
from app.tables import effects_table
from model.words import text
from scenarios.readings import Arms
from scenarios.runner import DEFAULT_SCALE
from scenarios.scenario import BASE, Scenario, load
from scenarios.store import check_target, write_results
from scenarios.story import Story, boards_of

SCENARIOS = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="help.scenarios")]
KEPT = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.out_kept")]
AGAINST = Annotated[str | None, typer.Option("--against", metavar="SCENARIO", help="help.against")]


def compare(
    scenarios: SCENARIOS,
    against: AGAINST = None,
    scale: Scale = str(DEFAULT_SCALE),
    seeds: Seeds = 8,
    seed: Seed = 1,
    engine: EngineName = "columns",
    until: Until = "2020-12",
    out: KEPT = None,
    jobs: Jobs = None,
    force: Force = False,
    lang: Lang = Language.ZH,
) -> None:
    """Compare scenarios with one of them, with the same luck."""
    began = time.monotonic()
    screen = Screen(lang)
    request = request_of(scale, (seeds, seed), engine, until, jobs)
    found = [load(name) for name in scenarios]
    named = against or usual(screen, found)
    base = load(named)
    if out is not None:
        check_target(out, force=force)
    check_apart(screen, [base, *found])
    results = live(screen, [base, *found], request)
    stories = [Story(Arms(scenario, base, None), results, request) for scenario in found]
    made = made_of(["compare", *scenarios, "--against", named], [named, *scenarios], request, began)

    def write(folder: Path) -> None:
        every = [base, *found]
        boards = boards_of(every, results, base)
        write_scenarios(folder, every, base, results, boards, request, made)
        write_results(folder, results, base.name)
        write_report(screen, folder, stories, made)

    kept = out is None or keep(screen, out, write, force=force)
    for story in stories:
        show_effects(screen, story, whole=out is None)
    screen.say(note(seeds, screen.lang))
    if stories[0].coarse:
        screen.say(coarse_words(stories[0].weight, screen.lang))
    screen.line(text("run.again", screen.lang, command=made["command"]))
    if not kept:
        raise typer.Exit(1)
    if out is not None:
        screen.line(text("run.files", screen.lang, folder=out.resolve()))


def usual(screen: Screen, scenarios: list[Scenario]) -> str:
    """What scenarios are compared with if nobody says: what they name, or the opinion."""
    names = list(dict.fromkeys(scenario.against or BASE for scenario in scenarios))
    if len(names) > 1:
        screen.refuse("compare.several", names=text("life.comma", screen.lang).join(names))
    return names[0]


def check_apart(screen: Screen, scenarios: list[Scenario]) -> None:
    """Refuse two scenarios of one name, which results could not tell apart."""
    names = [scenario.name for scenario in scenarios]
    for place, name in enumerate(names):
        if name in names[:place]:
            screen.refuse("compare.alike", name=name)


def show_effects(screen: Screen, story: Story, *, whole: bool) -> None:
    """The sentence, what sets the two apart, every measure; says where the worlds differ.

    ``whole``: all that sets them apart, as no file lists it.
    """
    lang, scenario, base = screen.lang, story.arms.scenario, story.arms.against
    assert base is not None
    screen.say(headline(story, lang))
    words = apart_words if whole else apart_brief
    for said in (
        own_money(story.effects, lang),
        words(scenario, base, story.month, lang),
        off_words(scenario, base, lang),
    ):
        if said:
            screen.show()
            screen.say(said)
    if scenario.policy().world != base.policy().world:
        screen.say(text("compare.worlds", lang))
    screen.show()
    show_sheet(screen, effects_table(list(story.effects.values()), lang))
