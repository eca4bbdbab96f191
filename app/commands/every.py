"""All commands of ``longjiang`` in one application."""

from typing import Annotated, Any

import typer

from app.commands.case import case
from app.commands.check import check
from app.commands.compare import compare
from app.commands.doctor import doctor
from app.commands.moments import moments
from app.commands.page import app as page
from app.commands.policy import policy
from app.commands.run import run
from app.commands.worker import worker
from app.help import Commands, Spoken
from app.screen import VARIABLE, Language

COMMANDS: dict[str, Any] = {
    "run": run,
    "compare": compare,
    "policy": policy,
    "check": check,
    "case": case,
    "worker": worker,
    "moments": moments,
    "app": page,
    "doctor": doctor,
}

app = typer.Typer(
    cls=Commands,
    help="help.longjiang",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def longjiang(
    ctx: typer.Context,
    lang: Annotated[
        Language | None, typer.Option("--lang", envvar=VARIABLE, help="help.lang")
    ] = None,
) -> None:
    """Take the language for every command."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang.value} for name in COMMANDS}


for _name, _command in COMMANDS.items():
    app.command(_name, cls=Spoken, help=f"help.{_name}.about")(_command)
