"""Tables of a result: rows of words, printed on a screen or written into a report."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from rich import box
from rich.table import Table
from rich.text import Text

from app.amounts import FEN_PER_YUAN, banded, count, fixed, money
from app.sentence import BAND_FROM, band_name, met_words
from model.parameters.reader import all_topics
from model.words import has, text
from scenarios.board import Row
from scenarios.effects import Effect, band, measure_name
from scenarios.readings import INSTRUMENT, POT, TRIGGER
from scenarios.story import Reading, Story

FOLDED = 16  # columns of a cell that may be broken
MONTHLY = "yuan per month"


class Sheet(NamedTuple):
    """A table in words. The first ``names`` columns are names, the others numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    names: int = 1
    breaks: tuple[int, ...] = ()  # rows after which a line is drawn
    folds: tuple[int, ...] = ()  # columns of numbers that may be broken


def rich_table(sheet: Sheet) -> Table:
    """A sheet for the screen; Chinese characters count two columns."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=False)
    for place, name in enumerate(sheet.head):
        right = place >= sheet.names
        folds = place in sheet.folds
        table.add_column(
            Text(name),
            justify="right" if right else "left",
            no_wrap=right and not folds,
            overflow="fold",
            max_width=FOLDED if folds else None,
        )
    for place, row in enumerate(sheet.rows):
        table.add_row(*(Text(cell) for cell in row), end_section=place in sheet.breaks)
    return table


def words_of(lang: str, *keys: str) -> tuple[str, ...]:
    """Several words of the catalogue."""
    return tuple(text(key, lang) for key in keys)


def unit_word(unit: str, lang: str) -> str:
    """A unit in words."""
    return text(f"unit.{unit.replace(' ', '_').replace('-', '_')}", lang)


def short(said: str) -> str:
    """English numbers for narrow columns."""
    return said.replace(" million", " m").replace(" billion", " bn")


def instrument_title(name: str, lang: str) -> str:
    """An instrument as tables name it, with its clause."""
    key, topic = f"outlay.row.{name}", all_topics()[name]
    title = text(key, lang) if has(key) else topic.title[lang]
    return f"{title} {topic.clause}" if topic.clause else title


def board_table(story: Story, lang: str) -> Sheet:
    """The target board."""
    found = story.board
    compared = story.against is not None
    heads = ["board.target", "board.goal", "board.this"]
    heads += ["board.against"] if compared else []
    heads += ["board.whether", "board.gap"]
    rows: list[tuple[str, ...]] = []
    breaks = []
    part = ""
    for row in found.rows:
        if (row.span or row.target) != part:
            part = row.span or row.target
            key = "board.part" if row.span else f"board.row.{part}"
            if rows:
                breaks.append(len(rows) - 1)
            rows.append((text(key, lang, span=part), *[""] * (len(heads) - 1)))
        rows.append(_board_row(row, lang, compared=compared))
    title = text("board.title", lang, month=found.month)
    if found.runs >= BAND_FROM:
        words = {"runs": found.runs, "band": band_name(found.runs, lang)}
        title = text("board.title_band", lang, month=found.month, **words)
    notes, whether = board_notes(story, lang), (len(heads) - 2,)
    return Sheet(title, words_of(lang, *heads), tuple(rows), notes, 1, tuple(breaks), whether)


def board_notes(story: Story, lang: str) -> tuple[str, ...]:
    """What the definitions mean."""
    targets = story.arms.scenario.policy().at(story.runs[0].end)["targets"]
    share = f"{targets.industrial_share:g}"
    before = short(count(targets.person_times_2016, lang))
    return (
        text("board.projects_note", lang),
        text("board.groups_note", lang, share=share, before=before),
        text("board.persons_note", lang),
    )


def _board_row(row: Row, lang: str, *, compared: bool) -> tuple[str, ...]:
    values = [row.mean]
    if row.simulated and len(row.values) >= BAND_FROM:
        values += row.band
    name = f"  {text(f'board.row.{row.kind}', lang)}"
    verdict = met_words(row.met, len(row.values), lang)
    cells = [
        name,
        "" if row.goal is None else short(count(row.goal, lang)),
        short(banded(values, "count", lang)),
    ]
    if compared:
        cells.append("" if row.against_mean is None else short(count(row.against_mean, lang)))
    return (*cells, verdict, _gap(row, lang))


def _gap(row: Row, lang: str) -> str:
    """A gap in the unit of the numbers it lies between, unless it would round to nothing there."""
    gap = row.gap
    if gap is None or row.goal is None:
        return ""
    said = banded([abs(gap)], "count", lang, beside=max(row.goal, row.mean))
    nothing = not said.split()[0].strip("0.")
    size = short(count(abs(gap), lang) if nothing else said)
    return size if gap > 0 else text("board.over", lang, by=size)


def reading_table(story: Story, lang: str) -> Sheet:
    """C12 under both readings side by side, told apart by a letter that the notes explain."""
    heads = ["outlay", "median", "paying", "cases", "sampled"]
    heads += ["stayed"] if story.against is not None else []
    says = all_topics()[INSTRUMENT].parameters
    columns, notes = [], []
    for letter, one in zip("AB", story.readings, strict=True):
        columns.append(_reading_cells(one, story.weight, lang))
        trigger, pot = (
            says[address.partition(".")[2]].option_says[value][lang]
            for address, value in ((TRIGGER, one.trigger), (POT, one.pot))
        )
        words = {"letter": letter, "title": one.scenario.title[lang]}
        notes.append(text("reading.legend", lang, trigger=trigger, pot=pot, **words))
    runs = len(story.runs)
    title = text("reading.title_alone", lang)
    if runs >= BAND_FROM:
        title = text("reading.title", lang, runs=runs, band=band_name(runs, lang))
    names = (text(f"reading.{head}", lang) for head in heads)
    rows = tuple(zip(names, *columns, strict=True))
    head = words_of(lang, "reading.name", "reading.A", "reading.B")
    return Sheet(title, head, rows, (*notes, *_reading_notes(story, lang)))


def _reading_cells(one: Reading, weight: int, lang: str) -> list[str]:
    """What C12 paid under a reading, in how many runs, and what became of technicians."""
    runs = len(one.fen)
    values = [float(Fraction(sum(one.fen), runs))]
    if runs >= BAND_FROM:
        values += band(one.fen).tolist()
    cases = sum(one.cases) / runs
    cells = [
        short(banded([value / FEN_PER_YUAN for value in values], "yuan", lang)),
        short(money(median(one.fen) / FEN_PER_YUAN, lang)),
        text("reading.paid_in", lang, runs=runs, paying=sum(fen > 0 for fen in one.fen)),
        count(cases, lang),
        fixed(cases / weight, 1),
    ]
    return cells if one.stayed is None else [*cells, difference(one.stayed, lang)]


def _reading_notes(story: Story, lang: str) -> list[str]:
    """What a technician-year costs, and the warnings that belong to C12."""
    lines = []
    cost = story.cost
    if cost is not None:
        words = {
            "outlay": money(cost.outlay.mean, lang),
            "years": difference(cost.years, lang),
            "runs": cost.years.seeds,
        }
        key = "reading.not_identified"
        if cost.per_year is not None and cost.low is not None and cost.high is not None:
            key = "reading.cost"
            words["cost"] = banded([cost.per_year, cost.low, cost.high], "yuan", lang)
        lines.append(text(key, lang, **words))
    if story.weight > 1:
        lines.append(text("reading.sample", lang, n=story.weight))
    if story.against is not None:
        lines.append(text("reading.stayed_note", lang))
    return [*lines, text("reading.prior", lang)]


def difference(found: Effect, lang: str) -> str:
    """A difference with its band."""
    values = [found.mean, found.low, found.high]
    values = values if found.seeds >= BAND_FROM else values[:1]
    if found.unit == MONTHLY:
        mean, *band = (fixed(value, 2, signed=True) for value in values)
        return f"{mean} [{', '.join(band)}]" if band else mean
    return short(banded(values, found.unit, lang, signed=True))


def effects_table(effects: Sequence[Effect], lang: str) -> Sheet:
    """Every measure: both worlds, the difference, its band and what it says."""
    names = [text(f"effects.{key}", lang) for key in ("measure", "against", "plain", "verdict")]
    if effects and effects[0].seeds >= BAND_FROM:
        names[2] = text("effects.difference", lang, band=band_name(effects[0].seeds, lang))
    rows = []
    for found in effects:
        name = measure_name(found.metric, lang)
        if found.unit != "yuan":
            name = text("effects.name", lang, name=name, unit=unit_word(found.unit, lang))
        monthly = found.unit == MONTHLY
        base = fixed(found.base, 2) if monthly else banded([found.base], found.unit, lang)
        verdict = text(f"verdict.{found.verdict}", lang)
        rows.append((name, short(base), difference(found, lang), verdict))
    return Sheet("", tuple(names), tuple(rows))
