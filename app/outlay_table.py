"""Outlay by fund, instrument and year as a table: 万元 that add up, and exact yuan."""

from collections.abc import Mapping
from typing import NamedTuple

from app.amounts import TENTH_WAN_FEN, tenths, yuan
from app.tables import Sheet, instrument_title, outlay_notes, words_of
from model.words import label, text
from scenarios.outlay import cells, differences
from scenarios.story import Story

YEARS_ACROSS = 4  # that fit beside names and totals
Key = tuple[str, str]  # fund and instrument
Cells = Mapping[Key, Mapping[int, int]]


class Frame(NamedTuple):
    """What every line of a table shares; the last table of a row of years has the totals."""

    years: tuple[int, ...]
    last: bool
    lang: str
    cells: Mapping[str, Cells]  # tenths of 万元 by arm
    exact: Mapping[str, Cells]  # fen by arm


def outlay_tables(story: Story, lang: str) -> list[Sheet]:
    """Both arms and their difference; as many tables as the years need."""
    years = story.outlay.years
    parts = [years[k : k + YEARS_ACROSS] for k in range(0, len(years), YEARS_ACROSS)]
    both = [cells_of(story, unit) for unit in (TENTH_WAN_FEN, 1)]
    return [_table(story, Frame(part, part is parts[-1], lang, *both)) for part in parts]


def cells_of(story: Story, unit: int) -> dict[str, Cells]:
    """Units by arm: what stood without the policy, what it adds, and both together.

    The sum is taken after rounding, so that what does not differ shows no difference.
    """
    if story.outlay_against is None:
        return {"this": cells(story.outlay, unit)}
    against = cells(story.outlay_against, unit)
    more = differences(story.outlay, story.outlay_against, unit)
    this = {
        key: {year: against[key][year] + units for year, units in years.items()}
        for key, years in more.items()
    }
    return {"this": this, "against": against, "difference": more}


def _table(story: Story, frame: Frame) -> Sheet:
    lang = frame.lang
    heads = [*words_of(lang, "outlay.name", "outlay.arm"), *map(str, frame.years)]
    heads += words_of(lang, "outlay.sum", "outlay.yuan") if frame.last else ()
    rows: list[tuple[str, ...]] = []
    breaks = []
    every = list(story.outlay.by_key)
    for fund in story.outlay.funds:
        rows.append((label(fund, lang), *[""] * (len(heads) - 1)))
        keys = [key for key in every if key[0] == fund]
        for key in keys:
            rows += _lines([key], f" {instrument_title(key[1], lang)}", frame)
        rows += _lines(keys, text("outlay.fund", lang), frame)
        breaks.append(len(rows) - 1)
    rows += _lines(every, text("outlay.total", lang), frame)
    notes = outlay_notes(story, lang) if frame.last else ()
    title = text("outlay.title", lang, runs=len(story.runs))
    return Sheet(title, tuple(heads), tuple(rows), notes, 2, tuple(breaks))


def _lines(keys: list[Key], name: str, frame: Frame) -> list[tuple[str, ...]]:
    """One line an arm, and their difference, of one instrument or of several added up."""
    sums = {
        arm: [sum(of[key][year] for key in keys) for year in frame.years]
        + [sum(sum(of[key].values()) for key in keys)]
        for arm, of in frame.cells.items()
    }
    fen = {arm: sum(sum(of[key].values()) for key in keys) for arm, of in frame.exact.items()}
    lines = []
    for arm, values in sums.items():
        shown = [*values] if frame.last else values[:-1]
        line = [name if arm == "this" else "", text(f"outlay.{arm}", frame.lang)]
        line += map(tenths, shown)
        lines.append((*line, yuan(fen[arm])) if frame.last else tuple(line))
    return lines
