"""``longjiang policy``: the document clause by clause, and the codes of files."""

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from app.clauses import Clause, clauses, named, parameter
from app.evidence import bounds, unit_of, value_words
from app.options import Json, Lang
from app.screen import Language, Screen
from app.standing import differences, files
from app.tables import Sheet, rich_table
from model import codes
from model.instruments.registry import titles
from model.ledger import Account
from model.parameters.reader import Parameter, Raw, Step, all_topics, shown
from model.words import label, text
from scenarios.case_text import clause_label
from scenarios.policy import dated

CLAUSE = Annotated[str | None, typer.Argument(metavar="CLAUSE", help="help.clause")]
CODES = Annotated[bool, typer.Option("--codes", help="help.codes")]
GROUPS = {
    "region": codes.REGIONS,
    "sector": codes.SECTORS,
    "ownership": codes.OWNERSHIPS,
    "level": codes.LEVELS,
    "branch": tuple(branch.name for branch in codes.BRANCHES),
    "status": codes.STATUSES,
    "size": codes.SIZE_CLASSES,
    "trade": codes.TRADES,
    "institution": codes.INSTITUTION_TYPES,
    "account": tuple(account.name.lower() for account in Account),
    "title": tuple(name for _, _, name in titles()),
}
ALWAYS = "1900-01"  # the date of values without one


def policy(
    clause: CLAUSE = None,
    as_json: Json = False,
    show_codes: CODES = False,
    lang: Lang = Language.ZH,
) -> None:
    """Print one clause, all clauses or the codes."""
    screen = Screen(lang)
    chosen: tuple[Clause, ...] = tuple(clauses().values())
    if clause is not None:
        name = named(clause)
        if name is None:
            screen.refuse("clause.unknown", given=clause)
        chosen = (clauses()[name],)
    if show_codes:
        print_codes(screen, as_json=as_json)
    elif as_json:
        found = [clause_mapping(one) for one in chosen]
        print_json(found[0] if clause is not None else found)
    elif clause is None:
        print_list(screen, chosen)
    else:
        print_clause(screen, chosen[0])


def print_json(found: Any) -> None:
    """One JSON document."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def clause_mapping(one: Clause) -> dict[str, Any]:
    """A clause with its files and what shipped scenarios read otherwise."""
    others = [difference.as_mapping() for difference in differences(one)]
    return {**one.as_mapping(), "files": files(one), "otherwise": others}


def print_codes(screen: Screen, *, as_json: bool) -> None:
    """Every code with its names."""
    if as_json:
        found = {
            group: {code: {lang: label(code, lang) for lang in Language} for code in names}
            for group, names in GROUPS.items()
        }
        instruments = {
            topic.name: dict(topic.title) for topic in all_topics().values() if topic.instrument
        }
        print_json({**found, "instrument": instruments})
        return
    for group, names in GROUPS.items():
        screen.say(text(f"clause.group.{group}", screen.lang))
        for code in names:
            screen.say(f"  {code:<28}{label(code, screen.lang)}")
    screen.say(text("clause.group.instrument", screen.lang))
    for topic in all_topics().values():
        if topic.instrument:
            screen.say(f"  {topic.name:<28}{topic.title[screen.lang]}")


def print_list(screen: Screen, chosen: tuple[Clause, ...]) -> None:
    """One line a clause."""
    lang = screen.lang
    rows = [
        (
            clause_name(one, lang),
            one.title[lang],
            text("clause.joint", lang).join(text(f"clause.role.{r}", lang) for r in one.role),
            text(f"clause.status.{one.status}", lang),
            text("clause.joint", lang).join(all_topics()[n].title[lang] for n in one.instruments),
        )
        for one in chosen
    ]
    heads = ("name", "title", "roles", "state", "instruments")
    sheet = Sheet("", tuple(text(f"clause.{h}", lang) for h in heads), tuple(rows), (), len(heads))
    screen.say(text("clause.head", lang))
    screen.show(rich_table(sheet))
    screen.say(text("clause.more", lang))


def clause_name(one: Clause, lang: str) -> str:
    """The clause as people call it."""
    if one.name.startswith("C") or one.name == "earlier":
        return clause_label(one.name, lang)
    return text("clause.third", lang)


def print_clause(screen: Screen, one: Clause) -> None:
    """Everything about one clause."""
    lang = screen.lang
    screen.say(f"{clause_name(one, lang)}  {one.title[lang]}")
    roles = text("clause.joint", lang).join(text(f"clause.role.{r}", lang) for r in one.role)
    status = text(f"clause.status.{one.status}", lang)
    screen.say(text("clause.stands", lang, roles=roles, status=status))
    said = {"provides": one.provides, "new": one.new, "how": one.modelled, "why": one.missing}
    for key, words in said.items():
        if words:
            screen.show()
            screen.say(text(f"clause.{key}", lang, said=words[lang]))
    if one.parameters:
        screen.show()
        print_parameters(screen, one)
        print_standing(screen, one)


def print_standing(screen: Screen, one: Clause) -> None:
    """What shipped scenarios read otherwise and why, and the files the clause is built in."""
    lang = screen.lang
    found = differences(one)
    if found:
        screen.say(text("clause.otherwise", lang))
        for d in found:
            _, about = parameter(d.address)
            said = _stepped(about, d.steps, lang)
            because = text("clause.because", lang, said=d.because[lang]) if d.because else ""
            screen.say(f"  {d.scenario.title[lang]}  {d.address} = {said}{because}", "      ")
        screen.show()
    screen.say(text("clause.files", lang, names=text("clause.joint", lang).join(files(one))))


def print_parameters(screen: Screen, one: Clause) -> None:
    """Values with range, grade, unit and source, by topic."""
    lang = screen.lang
    topics = dict.fromkeys(address.partition(".")[0] for address in one.parameters)
    for name in topics:
        screen.say(f"{all_topics()[name].title[lang]}  ({name})")
        for address in one.parameters:
            if address.partition(".")[0] != name:
                continue
            _, found = parameter(address)
            grade = text(f"clause.grade.{found.grade}", lang)
            values = _values(found, lang)
            limits = bounds(found)
            within = text("clause.range", lang, range=limits) if limits else ""
            screen.say(f"  {address} = {values}{within}  [{grade}] {found.says[lang]}", "      ")
            source = [found.cite[lang], *([found.note[lang]] if found.note else [])]
            said = text("clause.comma", lang).join(source)
            screen.say(f"      {unit_of(found, lang)} · {said}", "      ")
        screen.show()


def _worded(found: Parameter, raw: Raw, lang: str) -> str:
    """A value as files write it, with its words where it stands for something."""
    if found.options or found.unit == "switch":
        said = {"value": shown(raw), "said": value_words(found, raw, lang)}
        return text("clause.worded", lang, **said)
    return shown(raw)


def _values(found: Parameter, lang: str) -> str:
    joint = text("clause.joint", lang)
    others = ""
    if found.options:
        taken = {raw for _, raw in found.steps}
        names = [_worded(found, name, lang) for name in found.options if name not in taken]
        others = text("clause.others", lang, names=joint.join(names)) if names else ""
    return _stepped(found, found.steps, lang) + others


def _stepped(found: Parameter, dates: Sequence[Step], lang: str) -> str:
    """Values by date, in words."""
    steps = [
        (month, _worded(found, raw, lang))
        for (month, _), (_, raw) in zip(dated(dates), dates, strict=True)
    ]
    if len(steps) == 1:
        return steps[0][1]
    return text("clause.comma", lang).join(
        value if month == ALWAYS else text("clause.since", lang, month=month, value=value)
        for month, value in steps
    )
