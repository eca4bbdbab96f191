"""Tables of a result: rows of words, printed on a screen or written into a report."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from rich import box
from rich.table import Table
from rich.text import Text

from app.amounts import MINUS, TENTH_WAN_FEN, count, money, tenths, whole, yuan
from app.sentence import BAND_FROM, met_words, said
from model.ledger import PUBLIC
from model.parameters.reader import all_topics
from model.words import label, text
from scenarios.board import Row
from scenarios.effects import Effect
from scenarios.outlay import Outlay, closing, levy, rounded
from scenarios.readings import INSTRUMENT, POT, TRIGGER
from scenarios.story import Reading, Story

YEARS_ACROSS = 4  # that fit beside names and totals
BAND = (0.05, 0.95)
RESERVE = tuple(account.name.lower() for account in PUBLIC[:2])


class Sheet(NamedTuple):
    """A table in words. The first ``names`` columns are names, the others numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    names: int = 1
    breaks: tuple[int, ...] = ()  # rows after which a line is drawn


def rich_table(sheet: Sheet) -> Table:
    """A sheet for the screen; Chinese characters count two columns."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left", expand=False)
    for place, name in enumerate(sheet.head):
        right = place >= sheet.names
        table.add_column(
            Text(name), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for place, row in enumerate(sheet.rows):
        table.add_row(*(Text(cell) for cell in row), end_section=place in sheet.breaks)
    return table


def _words(lang: str, *keys: str) -> tuple[str, ...]:
    return tuple(text(key, lang) for key in keys)


def board_table(story: Story, lang: str) -> Sheet:
    """The target board."""
    found = story.board
    heads = ["board.target", "board.goal", "board.this"]
    heads += ["board.against"] if story.against is not None else []
    heads += ["board.whether", "board.gap"]
    rows = [_board_row(row, story, lang) for row in found.rows]
    notes = [text("board.planned_note", lang), text("board.groups_note", lang)]
    if story.weight > 1:
        notes.append(text("board.persons_note", lang))
    breaks = [k for k in range(1, len(found.rows)) if _new_part(found.rows, k)]
    title = text("board.title", lang, month=found.month)
    return Sheet(title, _words(lang, *heads), tuple(rows), tuple(notes), 1, tuple(breaks))


def _new_part(rows: Sequence[Row], k: int) -> bool:
    return k + 1 < len(rows) and rows[k].span != rows[k + 1].span


def _board_row(row: Row, story: Story, lang: str) -> tuple[str, ...]:
    if not row.simulated:
        name = text(f"board.row.{row.target}", lang)
        mean = whole(row.mean)
        verdict = text("board.planned", lang)
    else:
        name = text(f"board.row.{row.kind}", lang, span=row.span)
        mean = count(row.mean, lang)
        if len(row.values) >= BAND_FROM:
            low, high = (count(value, lang) for value in row.band)
            mean = f"{mean} [{low}, {high}]"
        verdict = met_words(row.met, len(row.values), lang)
    cells = [name, "" if row.goal is None else count(row.goal, lang), mean]
    if story.against is not None:
        cells.append("" if row.against_mean is None else count(row.against_mean, lang))
    gap = "" if row.gap is None else _gap(row.gap, lang)
    return (*cells, verdict, gap)


def _gap(gap: float, lang: str) -> str:
    if gap > 0:
        return count(gap, lang)
    return text("board.over", lang, by=count(-gap, lang))


def outlay_tables(story: Story, lang: str) -> list[Sheet]:
    """Outlay by fund, instrument and year, both arms and their difference; 万元 and yuan."""
    years = story.outlay.years
    parts = [years[k : k + YEARS_ACROSS] for k in range(0, len(years), YEARS_ACROSS)]
    return [_outlay_part(story, part, lang, last=part is parts[-1]) for part in parts]


def _outlay_part(story: Story, years: tuple[int, ...], lang: str, *, last: bool) -> Sheet:
    arms = _arms(story)
    cells = {name: found.cells(TENTH_WAN_FEN) for name, found in arms.items()}
    exact = {name: found.cells(1) for name, found in arms.items()}
    rows: list[tuple[str, ...]] = []
    breaks = []
    every: list[tuple[str, str]] = []
    for fund in story.outlay.funds:
        rows.append((label(fund, lang), "", *[""] * (len(years) + (2 if last else 0))))
        keys = [key for key in story.outlay.by_key if key[0] == fund]
        every += keys
        for key in keys:
            rows += _lines_of([key], _instrument(key[1], lang), cells, exact, years, lang, last)
        rows += _lines_of(keys, text("outlay.fund", lang), cells, exact, years, lang, last)
        breaks.append(len(rows) - 1)
    rows += _lines_of(every, text("outlay.total", lang), cells, exact, years, lang, last)
    heads = [*_words(lang, "outlay.name", "outlay.arm"), *map(str, years)]
    heads += _words(lang, "outlay.sum", "outlay.yuan") if last else ()
    notes = _outlay_notes(story, lang) if last else ()
    title = text("outlay.title", lang, runs=len(story.runs))
    return Sheet(title, tuple(heads), tuple(rows), notes, 2, tuple(breaks))


def _arms(story: Story) -> dict[str, Outlay]:
    found = {"this": story.outlay}
    if story.outlay_against is not None:
        found["against"] = story.outlay_against
    return found


def _lines_of(
    keys: list[tuple[str, str]],
    name: str,
    cells: dict[str, dict[tuple[str, str], dict[int, int]]],
    exact: dict[str, dict[tuple[str, str], dict[int, int]]],
    years: tuple[int, ...],
    lang: str,
    last: bool,
) -> list[tuple[str, ...]]:
    """One line an arm, and their difference, of one instrument or of several added up."""
    sums = {
        arm: [sum(of[key][year] for key in keys) for year in years] for arm, of in cells.items()
    }
    wholes = {arm: sum(sum(of[key].values()) for key in keys) for arm, of in cells.items()}
    fen = {arm: sum(sum(of[key].values()) for key in keys) for arm, of in exact.items()}
    if "against" in sums:
        pairs = zip(sums["this"], sums["against"], strict=True)
        sums["difference"] = [a - b for a, b in pairs]
        wholes["difference"] = wholes["this"] - wholes["against"]
        fen["difference"] = fen["this"] - fen["against"]
    lines = []
    for arm, values in sums.items():
        line = [name if arm == "this" else "", text(f"outlay.{arm}", lang), *map(tenths, values)]
        if last:
            line += [tenths(wholes[arm]), yuan(fen[arm])]
        lines.append(tuple(line))
    return lines


def _instrument(name: str, lang: str) -> str:
    topic = all_topics()[name]
    return f"  {topic.title[lang]}" + (f" {topic.clause}" if topic.clause else "")


def _outlay_notes(story: Story, lang: str) -> tuple[str, ...]:
    into, spent = zip(*(levy(run) for run in story.runs), strict=True)
    n = len(story.runs)
    notes = [
        text("outlay.new_note", lang),
        text(
            "outlay.levy",
            lang,
            into=money(sum(into) / n / 100, lang),
            spent=money(sum(spent) / n / 100, lang),
        ),
    ]
    for fund in RESERVE:
        words = {"fund": label(fund, lang), "month": story.month}
        words["this"] = money(sum(closing(run, fund) for run in story.runs) / n / 100, lang)
        key = "outlay.closing_alone"
        if story.against is not None:
            left = sum(closing(run, fund) for run in story.against) / n / 100
            key, words["against"] = "outlay.closing", money(left, lang)
        notes.append(text(key, lang, **words))
    return tuple(notes)


def reading_table(story: Story, lang: str) -> Sheet:
    """C12 under both readings."""
    heads = ["reading.name", "reading.outlay", "reading.cases", "reading.sampled"]
    heads += ["reading.stayed"] if story.against is not None else []
    rows = [_reading_row(one, story, lang) for one in story.readings]
    title = text("reading.title", lang, runs=len(story.runs))
    return Sheet(title, _words(lang, *heads), tuple(rows), (), 1)


def _reading_row(one: Reading, story: Story, lang: str) -> tuple[str, ...]:
    runs = len(one.fen)
    says = all_topics()[INSTRUMENT].parameters
    trigger = says[TRIGGER.partition(".")[2]].option_says[one.trigger][lang]
    pot = says[POT.partition(".")[2]].option_says[one.pot][lang]
    name = f"{one.scenario.title[lang]}: {trigger}; {pot}"
    paid = tenths(rounded(Fraction(sum(one.fen), runs), TENTH_WAN_FEN))
    low, high = (tenths(round(float(np.quantile(one.fen, q)) / TENTH_WAN_FEN)) for q in BAND)
    if runs >= BAND_FROM:
        paid = f"{paid} [{low}, {high}]"
    cases = sum(one.cases) / runs
    cells = [name, paid, count(cases, lang), whole(cases / story.weight)]
    if one.stayed is not None:
        cells.append(_signed(one.stayed, lang))
    return tuple(cells)


def _signed(found: Effect, lang: str) -> str:
    """A difference with its band, and a mark where it is not clear."""

    def plus(value: float) -> str:
        return f"+{said(value, found.unit, lang)}" if value > 0 else said(value, found.unit, lang)

    if found.seeds < BAND_FROM:
        return plus(found.mean)
    return f"{plus(found.mean)} [{plus(found.low)}, {plus(found.high)}]"


def reading_lines(story: Story, lang: str) -> list[str]:
    """What a technician-year costs, and the warnings that belong to C12."""
    lines = []
    cost = story.cost
    if cost is not None:
        words = {
            "outlay": money(cost.outlay.mean, lang),
            "years": _signed(cost.years, lang),
            "runs": cost.years.seeds,
        }
        key = "reading.not_identified"
        if cost.per_year is not None and cost.low is not None and cost.high is not None:
            key = "reading.cost"
            words |= {"cost": money(cost.per_year, lang)}
            words |= {"low": money(cost.low, lang), "high": money(cost.high, lang)}
        lines.append(text(key, lang, **words))
    if story.weight > 1:
        lines.append(text("reading.sample", lang, n=story.weight))
    lines.append(text("reading.prior", lang))
    return lines


def effects_table(effects: Sequence[Effect], lang: str) -> Sheet:
    """Every measure: both worlds, the difference, its band and what it says."""
    heads = ("effects.measure", "effects.against", "effects.difference", "effects.verdict")
    rows = []
    for found in effects:
        name = text(f"measure.{found.metric}", lang)
        unit = text(f"unit.{found.unit.replace(' ', '_').replace('-', '_')}", lang)
        verdict = text(f"verdict.{found.verdict}", lang)
        name = name if found.unit == "yuan" else f"{name} ({unit})"
        rows.append((name, _level(found, lang), _signed_exact(found, lang), verdict))
    return Sheet("", _words(lang, *heads), tuple(rows), (), 1)


def _level(found: Effect, lang: str) -> str:
    if found.unit == "yuan per month":
        return f"{found.base:,.2f}"
    return said(found.base, found.unit, lang)


def _signed_exact(found: Effect, lang: str) -> str:
    if found.unit != "yuan per month":
        return _signed(found, lang)
    low, high = (f"{v:+,.2f}".replace("-", MINUS) for v in (found.low, found.high))
    mean = f"{found.mean:+,.2f}".replace("-", MINUS)
    return mean if found.seeds < BAND_FROM else f"{mean} [{low}, {high}]"
