"""``longjiang worker``: one worker's life, every step and payment with its clause."""

from typing import Annotated

import typer

from app.amounts import yuan
from app.options import Lang, OneSeed, Scale, Until, request_of
from app.screen import Language, Screen
from app.tables import Sheet, rich_table
from model.codes import BRANCHES, LEVELS, REGIONS, STATUSES
from model.months import format_month
from model.parameters.reader import all_topics
from model.words import label, text
from scenarios.biography import Biography, notable, relive
from scenarios.case_text import clause_label
from scenarios.runner import DEFAULT_SCALE
from scenarios.scenario import BASE, load

IDENTITY = Annotated[int | None, typer.Argument(metavar="ID", help="help.worker_id")]
SCENARIO = Annotated[str, typer.Option("--scenario", metavar="SCENARIO", help="help.of_scenario")]


def worker(
    identity: IDENTITY = None,
    scenario: SCENARIO = BASE,
    seed: OneSeed = 1,
    scale: Scale = str(DEFAULT_SCALE),
    until: Until = "2020-12",
    lang: Lang = Language.ZH,
) -> None:
    """Live a run again and follow one worker; without an ID name some worth following."""
    screen = Screen(lang)
    request = request_of(scale, (1, seed), until=until)
    chosen = load(scenario)
    if identity is None:
        screen.tell("life.searching")
        screen.say(text("life.notable", screen.lang))
        for found, names in notable(chosen, request):
            titles = [all_topics()[name].title[screen.lang] for name in names]
            screen.say(f"  {found}  {text('life.comma', screen.lang).join(titles)}")
        return
    screen.tell("life.living", scenario=chosen.title[screen.lang])
    life = relive(chosen, request, identity)
    show(screen, life, chosen.title[screen.lang])


def show(screen: Screen, life: Biography, title: str) -> None:
    """Print who it is, what happened, the payments and the end."""
    lang = screen.lang
    screen.say(text("life.title", lang, id=life.identity, scenario=title))
    screen.say(who(life, lang))
    screen.show()
    paid: dict[int, list[str]] = {}
    for payment in life.payments:
        said = text(
            "life.paid",
            lang,
            instrument=all_topics()[payment.instrument].title[lang],
            clause=clause_label(payment.clause, lang),
            yuan=yuan(payment.fen),
            payee=label(payment.payee, lang),
        )
        paid.setdefault(payment.month, []).append(said)
    happened: dict[int, list[str]] = {}
    for event in life.events:
        clause = f" [{clause_label(event.clause, lang)}]" if event.clause else ""
        happened.setdefault(event.month, []).append(event.said[lang] + clause)
    for month in sorted({*paid, *happened}):
        for said in (*happened.get(month, ()), *paid.get(month, ())):
            screen.say(f"{format_month(month)}  {said}", " " * 9)
    screen.show()
    show_payments(screen, life)
    screen.say(ending(life, lang))


def who(life: Biography, lang: str) -> str:
    """Who the worker was before the first month."""
    start = life.start
    return text(
        f"life.{'woman' if life.female else 'man'}",
        lang,
        born=format_month(life.birth_month),
        registered=text(f"life.{'rural' if life.rural else 'urban'}", lang),
        status=label(STATUSES[start.status], lang),
        region=label(REGIONS[start.region], lang),
        branch=label(BRANCHES[start.branch].name, lang),
        level=label(LEVELS[start.level], lang),
        trade=label(life.trade, lang),
        pay=yuan(start.pay),
        enterprise=start.employer or "-",
    )


def show_payments(screen: Screen, life: Biography) -> None:
    """Payments by instrument, to the fen; what reached the person and what others got."""
    lang = screen.lang
    sums: dict[tuple[str, str], list[int]] = {}
    for payment in life.payments:
        sums.setdefault((payment.instrument, payment.clause), []).append(payment.fen)
    rows = [
        (all_topics()[name].title[lang], clause_label(clause, lang), str(len(fen)), yuan(sum(fen)))
        for (name, clause), fen in sums.items()
    ]
    total = (text("outlay.total", lang), "", str(len(life.payments)), yuan(life.received))
    heads = tuple(text(f"life.{key}", lang) for key in ("instrument", "clause", "times", "yuan"))
    screen.show(rich_table(Sheet("", heads, (*rows, total), (), 2, (len(rows) - 1,))))
    own = life.to_person
    screen.say(text("life.paid_to", lang, own=yuan(own), others=yuan(life.received - own)))


def ending(life: Biography, lang: str) -> str:
    """Where the worker stands at the end, and wages in all."""
    last = life.states[-1]
    return text(
        "life.end",
        lang,
        month=format_month(last.month),
        status=label(STATUSES[last.status], lang),
        level=label(LEVELS[last.level], lang),
        wages=yuan(life.wages),
        weight=life.weight,
    )
