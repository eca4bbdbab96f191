"""``longjiang moments``: simulated values beside published figures."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.cells import cell_len

from app.commands.shared import reported
from app.options import Jobs, Lang, Scale, Seed, Seeds, request_of
from app.screen import Language, Screen
from scenarios.runner import DEFAULT_SCALE
from scenarios.store import check_file, write_csv

CSV = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="help.csv")]
MARKS = re.compile(r"^#+ |\*\*|`")  # of headings, of bold and of code


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
    show_page(screen, found.text(screen.lang))
    if csv is not None:
        write_csv(found.frame(), csv)


def show_page(screen: Screen, page: str) -> None:
    """Print a page of Markdown as people read it: tables without their frames, words wrapped."""
    for line in page.split("\n"):
        if line.startswith("| -"):
            screen.line("─" * cell_len(row_of(line)))
        elif line.startswith("| "):
            screen.line(row_of(line).rstrip())
        else:
            screen.say(MARKS.sub("", line), "  " if line.startswith("- ") else "")


def row_of(line: str) -> str:
    """Cells of a row, aligned as they stand."""
    return line.removeprefix("| ").removesuffix(" |").replace(" | ", "  ")
