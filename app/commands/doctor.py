"""``longjiang doctor``: this machine, and the synthetic province beside its sources."""

import re
from fractions import Fraction
from typing import Annotated

import typer

from app import doctor as machine
from app.options import Lang, request_of
from app.screen import Language, Screen

POPULATION = Annotated[bool, typer.Option("--population", help="help.population")]
SCALE = Annotated[str, typer.Option("--scale", metavar="1/N", help="help.population_scale")]
SEED = Annotated[int, typer.Option("--seed", metavar="N", help="help.population_seed")]
SOURCE = re.compile(r"\[\d+\] |[A-Z]\d{4}[:,] ")  # a source in full, which may be long


def doctor(
    population: POPULATION = False,
    scale: SCALE = "1",
    seed: SEED = 1,
    lang: Lang = Language.ZH,
) -> None:
    """Say what would go wrong here, or show the fitted margins of the population."""
    screen = Screen(lang)
    if population:
        from model.population.province import DATES
        from model.population.province import population as build
        from model.population.report import report_text

        exact = Fraction(request_of(scale, (1, seed)).scale)
        people = build(DATES[0], scale=exact, seed=seed)
        for line in report_text(screen.lang, people).split("\n"):
            if SOURCE.match(line):
                screen.say(line, "      ")
            else:
                screen.line(line)
        return
    checks = machine.report()
    for line in machine.render(checks, screen.lang).split("\n"):
        screen.line(line)
    if machine.worst(checks) == machine.State.FAILURE:
        raise typer.Exit(1)
