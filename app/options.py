"""Options that several commands share, and what they mean for a run."""

from pathlib import Path
from typing import Annotated

import typer

from app.screen import VARIABLE, Language
from scenarios.runner import ENGINES, Request, as_scale

Lang = Annotated[Language, typer.Option("--lang", envvar=VARIABLE, help="help.lang")]
Scale = Annotated[str, typer.Option("--scale", metavar="1/N", help="help.scale")]
Seeds = Annotated[int, typer.Option("--seeds", metavar="N", help="help.seeds")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="help.seed")]
OneSeed = Annotated[int, typer.Option("--seed", metavar="N", help="help.one_seed")]
EngineName = Annotated[str, typer.Option("--engine", metavar="columns|mesa", help="help.engine")]
Until = Annotated[str, typer.Option("--until", metavar="YYYY-MM", help="help.until")]
Jobs = Annotated[int | None, typer.Option("--jobs", metavar="N", help="help.jobs")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.out")]
Force = Annotated[bool, typer.Option("--force", help="help.force")]
Json = Annotated[bool, typer.Option("--json", help="help.json")]


def request_of(
    scale: str,
    seeds: tuple[int, int],
    engine: str = ENGINES[0],
    until: str = "2020-12",
    jobs: int | None = None,
) -> Request:
    """How to run, from options as typed; ``seeds`` are their number and the first.

    Raises:
        RequestError: it cannot be run so.
    """
    number, first = seeds
    request = Request(as_scale(scale), number, first, engine, until, jobs)
    request.check()
    return request
