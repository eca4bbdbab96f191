"""``longjiang moments``: simulated values beside published figures."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.shared import reported
from app.options import Jobs, Lang, Scale, Seed, Seeds, request_of
from app.screen import Language, Screen
from scenarios.runner import DEFAULT_SCALE
from scenarios.store import check_file, write_csv

CSV = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="help.csv")]


def moments(
    scale: Scale = str(DEFAULT_SCALE),
    seeds: Seeds = 8,
    seed: Seed = 1,
    jobs: Jobs = None,
    csv: CSV = None,
    lang: Lang = Language.ZH,
) -> None:
    """Put every published figure that the model can produce beside its simulated value."""
    screen = Screen(lang)
    try:
        from calibration.moments import compute
    except ImportError as error:
        screen.tell("moments_command.missing", said=error)
        raise typer.Exit(1) from None
    request = request_of(scale, (seeds, seed), jobs=jobs)
    if csv is not None:
        check_file(csv)
    with reported(screen, request) as report:
        found: Any = compute(request.scale, seeds, seed, jobs, report)
    for line in found.text(screen.lang).split("\n"):
        screen.line(line)
    if csv is not None:
        write_csv(found.frame(), csv)
