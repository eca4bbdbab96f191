"""``longjiang check``: validate input files; every error of every file."""

from typing import Annotated

import typer

from app.options import Lang
from app.screen import Language, Screen
from model.words import text
from scenarios.check import check as check_files

FILES = Annotated[list[str], typer.Argument(metavar="FILE...", help="help.files")]


def check(files: FILES, lang: Lang = Language.ZH) -> None:
    """Check files without running anything."""
    screen = Screen(lang)
    wrong = False
    for found in check_files(files):
        if found.errors:
            wrong = True
            for error in found.errors:
                screen.line(error.text(screen.lang))
        else:
            kind = text(f"check.{found.kind}", screen.lang)
            screen.line(text("check.good", screen.lang, file=found.file, kind=kind))
    if wrong:
        raise typer.Exit(2)
