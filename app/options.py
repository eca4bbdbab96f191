"""Options that several commands share, and what they mean for a run."""

from pathlib import Path
from typing import Annotated

import typer

from app.screen import VARIABLE, Language, Screen
from model.months import format_month, parse_month, year_of
from model.population.inputs import inputs
from model.population.jobs import jobs
from scenarios.runner import BASE, LARGEST_MESA, START, Request, RequestError, as_scale

ENGINES = ("columns", "mesa")
LONGEST = parse_month("2025-12")
MOST_SEEDS, MOST_SEED = 10_000, 2**31 - 1

Lang = Annotated[Language, typer.Option("--lang", envvar=VARIABLE, help="help.lang")]
Scale = Annotated[str, typer.Option("--scale", metavar="1/N", help="help.scale")]
Seeds = Annotated[int, typer.Option("--seeds", metavar="N", help="help.seeds")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="help.seed")]
EngineName = Annotated[str, typer.Option("--engine", metavar="columns|mesa", help="help.engine")]
Until = Annotated[str, typer.Option("--until", metavar="YYYY-MM", help="help.until")]
Jobs = Annotated[int | None, typer.Option("--jobs", metavar="N", help="help.jobs")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.out")]
Force = Annotated[bool, typer.Option("--force", help="help.force")]
Json = Annotated[bool, typer.Option("--json", help="help.json")]


def request_of(
    screen: Screen,
    scale: str,
    seeds: tuple[int, int],
    engine: str = ENGINES[0],
    until: str = "2020-12",
    jobs: int | None = None,
) -> Request:
    """How to run, from options as typed; ``seeds`` are their number and the first.

    Raises:
        Exit: code 2 and a sentence for the first option that cannot be met.
        RequestError: what only the runner knows.
    """
    number, first = seeds
    try:
        exact = as_scale(scale)
    except RequestError:
        exact = None
    if exact is None or exact <= 0 or exact.numerator != 1:
        screen.refuse("option.scale", given=scale)
    if not 1 <= number <= MOST_SEEDS:
        screen.refuse("option.seeds", given=number, most=MOST_SEEDS)
    if not 0 <= first <= MOST_SEED:
        screen.refuse("option.seed", given=first, most=MOST_SEED)
    if engine not in ENGINES:
        screen.refuse("option.engine", given=engine)
    try:
        last = parse_month(until)
    except ValueError:
        last = -1
    if not START <= last <= LONGEST:
        low, high = format_month(START), format_month(LONGEST)
        screen.refuse("option.until", given=until, low=low, high=high)
    if jobs is not None and jobs < 1:
        screen.refuse("option.jobs", given=jobs)
    request = Request(exact, number, first, engine, until, jobs)
    request.check()
    check_size(screen, request)
    return request


def check_size(screen: Screen, request: Request) -> None:
    """Refuse a scale that leaves too few workers, or too many for the engine of agents."""
    given = inputs()
    workers = int(jobs(given, year_of(parse_month(BASE))).workers.sum())
    n, fewest = request.scale.denominator, int(given.values["fewest"])
    if workers < fewest * n:
        screen.refuse(
            "option.few", given=request.scale, left=workers // n, fewest=fewest, n=workers // fewest
        )
    if request.engine == "mesa" and workers > LARGEST_MESA * n:
        least = -(-workers // LARGEST_MESA)
        screen.refuse("option.mesa", most=LARGEST_MESA, given=request.scale, n=round_up(least))


def round_up(n: int) -> int:
    """The next round number, with room for those without a post."""
    return -(-n * 5 // 4 // 50) * 50
