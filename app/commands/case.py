"""``longjiang case``: the policy calculator."""

import sys
from typing import Annotated

import typer

from app.options import Json, Lang
from app.screen import Language, Screen
from scenarios.case import calculate

FILE = Annotated[str, typer.Argument(metavar="FILE", help="help.case_file")]


def case(file: FILE, as_json: Json = False, lang: Lang = Language.ZH) -> None:
    """Say for one enterprise and some workers what each instrument gives, and why."""
    screen = Screen(lang)
    answer = calculate(file)
    if as_json:
        sys.stdout.write(answer.to_json())
        return
    for line in answer.to_text(screen.lang).rstrip("\n").split("\n"):
        screen.line(line)
