"""The command ``longjiang``."""

import sys
from typing import Annotated, Any

import typer

from app.help import Commands, Spoken
from app.screen import VARIABLE, Language, any_encoding

app = typer.Typer(
    cls=Commands,
    help="help.longjiang",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
NAMES = ("run", "compare", "policy", "check", "case", "worker", "moments", "app", "doctor")


@app.callback()
def longjiang(
    ctx: typer.Context,
    lang: Annotated[
        Language | None, typer.Option("--lang", envvar=VARIABLE, help="help.lang")
    ] = None,
) -> None:
    """Take the language for every command."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang.value} for name in NAMES}


def _add() -> None:
    from app.commands.case import case
    from app.commands.check import check
    from app.commands.compare import compare
    from app.commands.doctor import doctor
    from app.commands.moments import moments
    from app.commands.page import app as page
    from app.commands.policy import policy
    from app.commands.run import run
    from app.commands.worker import worker

    commands: tuple[Any, ...] = (
        run, compare, policy, check, case, worker, moments, page, doctor,
    )  # fmt: skip
    for name, command in zip(NAMES, commands, strict=True):
        app.command(name, cls=Spoken, help=f"help.{name}.about")(command)


_add()


def main() -> None:
    """Entry point."""
    with any_encoding():
        try:
            app(prog_name="longjiang")
        except BrokenPipeError:  # the reader of a pipe has seen enough
            sys.stderr.close()
            sys.exit(0)


if __name__ == "__main__":
    main()
