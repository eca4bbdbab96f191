"""Outlay by fund, instrument and year as a table: 万元 of each cell by itself, and exact yuan."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from app.amounts import wan_yuan, yuan
from app.outlay_notes import outlay_notes
from app.sentence import BAND_FROM, band_name
from app.tables import Sheet, instrument_title, words_of
from model.words import label, text
from scenarios.effects import band
from scenarios.outlay import Fen, Key, Outlay
from scenarios.story import Story

YEARS_ACROSS = 4  # that fit beside names and totals
Arms = Mapping[str, Mapping[int | None, Fen]]  # fen by run, of each year and of all, by arm


class Frame(NamedTuple):
    """What every line of a table shares; the last table of a row of years has the totals."""

    years: tuple[int, ...]
    last: bool
    lang: str


def outlay_tables(story: Story, lang: str) -> list[Sheet]:
    """Both arms and their difference, as many tables as the years need; then the bands."""
    years = story.outlay.years
    parts = [years[k : k + YEARS_ACROSS] for k in range(0, len(years), YEARS_ACROSS)]
    tables = [_table(story, Frame(part, part is parts[-1], lang)) for part in parts]
    if len(story.runs) >= BAND_FROM:
        tables.append(band_table(story, lang))
    return tables


def arms_of(story: Story, keys: Sequence[Key]) -> Arms:
    """Fen of some lines by run, year and arm; the difference is taken run by run."""

    def amounts(of: Outlay) -> dict[int | None, Fen]:
        return {year: of.fen(keys, year) for year in (*of.years, None)}

    this = amounts(story.outlay)
    if story.outlay_against is None:
        return {"this": this}
    against = amounts(story.outlay_against)
    difference = {
        year: tuple(a - b for a, b in zip(this[year], against[year], strict=True)) for year in this
    }
    return {"this": this, "against": against, "difference": difference}


def groups(story: Story, lang: str) -> list[tuple[str, list[tuple[str, list[Key]]]]]:
    """Funds in words, each with its lines and their sum: name and keys.

    Lines that paid nothing in any run of either world are left out; a sum stays.
    """
    found = []
    every = list(story.outlay.by_key)
    for fund in story.outlay.funds:
        keys = [key for key in every if key[0] == fund]
        lines = [(f" {instrument_title(k[1], lang)}", [k]) for k in keys if has_paid(story, k)]
        found.append((label(fund, lang), [*lines, (text("outlay.fund", lang), keys)]))
    return found


def has_paid(story: Story, key: Key) -> bool:
    """Whether a fund paid anything under an instrument in any run of either world."""
    worlds = [one for one in (story.outlay, story.outlay_against) if one is not None]
    return any(any(one.by_key[key].runs) for one in worlds)


def screen_tables(story: Story, lang: str) -> list[Sheet]:
    """Outlay for a screen: a line for each measure over all years, then each fund by year."""
    return [brief_table(story, lang), *_by_fund(story, lang)]


def brief_table(story: Story, lang: str) -> Sheet:
    """Sums of all years: this world, the other, the paired difference with its band."""
    arms = list(arms_of(story, []))
    rows: list[tuple[str, ...]] = []
    breaks = []
    for fund, lines in groups(story, lang):
        *own, (_, keys) = lines
        rows += [_brief(story, name, of, arms) for name, of in ((fund, keys), *own)]
        breaks.append(len(rows) - 1)
    rows.append(_brief(story, text("outlay.total", lang), list(story.outlay.by_key), arms))
    runs, years = len(story.runs), years_of(story)
    key = "outlay.brief" if runs >= BAND_FROM and len(arms) > 1 else "outlay.brief_alone"
    title = text(key, lang, runs=runs, years=years, band=band_name(runs, lang))
    heads = words_of(lang, "outlay.name", *(f"outlay.{arm}" for arm in arms))
    return Sheet(title, heads, tuple(rows), (), 1, tuple(breaks))


def _brief(story: Story, name: str, keys: Sequence[Key], arms: list[str]) -> tuple[str, ...]:
    amounts = arms_of(story, keys)
    cells = [
        _banded(amounts[arm][None], signed=True)
        if arm == "difference" and len(story.runs) >= BAND_FROM
        else wan_yuan(_mean(amounts[arm][None]), signed=arm == "difference")
        for arm in arms
    ]
    return (name, *cells)


def _by_fund(story: Story, lang: str) -> list[Sheet]:
    """Each fund by year in both worlds, and their difference."""
    years = story.outlay.years
    parts = [years[k : k + YEARS_ACROSS] for k in range(0, len(years), YEARS_ACROSS)]
    title = text("outlay.by_fund", lang)
    sheets = []
    for part in parts:
        frame = Frame(part, part is parts[-1], lang)
        rows: list[tuple[str, ...]] = []
        for fund, lines in groups(story, lang):
            rows += _lines(arms_of(story, lines[-1][1]), fund, frame)
        rows += _lines(arms_of(story, list(story.outlay.by_key)), text("outlay.total", lang), frame)
        heads = [*words_of(lang, "outlay.name", "outlay.arm"), *map(str, part)]
        heads += words_of(lang, "outlay.sum", "outlay.yuan") if frame.last else ()
        notes = outlay_notes(story, lang) if frame.last else ()
        sheets.append(Sheet(title, tuple(heads), tuple(rows), notes, 2))
    return sheets


def _table(story: Story, frame: Frame) -> Sheet:
    lang = frame.lang
    heads = [*words_of(lang, "outlay.name", "outlay.arm"), *map(str, frame.years)]
    heads += words_of(lang, "outlay.sum", "outlay.yuan") if frame.last else ()
    rows: list[tuple[str, ...]] = []
    breaks = []
    for fund, lines in groups(story, lang):
        rows.append((fund, *[""] * (len(heads) - 1)))
        for name, keys in lines:
            rows += _lines(arms_of(story, keys), name, frame)
        breaks.append(len(rows) - 1)
    rows += _lines(arms_of(story, list(story.outlay.by_key)), text("outlay.total", lang), frame)
    notes = outlay_notes(story, lang) if frame.last else ()
    runs = len(story.runs)
    title = text("outlay.title" if runs >= BAND_FROM else "outlay.title_alone", lang, runs=runs)
    return Sheet(title, tuple(heads), tuple(rows), notes, 2, tuple(breaks))


def _lines(arms: Arms, name: str, frame: Frame) -> list[tuple[str, ...]]:
    """One line an arm, and their difference."""
    lines = []
    for arm, amounts in arms.items():
        years: tuple[int | None, ...] = (*frame.years, *((None,) if frame.last else ()))
        line = [name if arm == "this" else "", text(f"outlay.{arm}", frame.lang)]
        line += [wan_yuan(_mean(amounts[year])) for year in years]
        lines.append((*line, yuan(_mean(amounts[None]))) if frame.last else tuple(line))
    return lines


def _mean(fen: Fen) -> Fraction:
    return Fraction(sum(fen), len(fen))


def band_table(story: Story, lang: str) -> Sheet:
    """Sums of all years with their bands, and the difference, paired run by run."""
    arms = [arm for arm in arms_of(story, []) if arm != "against"]
    rows: list[tuple[str, ...]] = []
    for fund, lines in groups(story, lang):
        rows.append((fund, *[""] * len(arms)))
        rows += [_bands(story, name, keys, arms) for name, keys in lines]
    rows.append(_bands(story, text("outlay.total", lang), list(story.outlay.by_key), arms))
    words = {"years": years_of(story), "band": band_name(len(story.runs), lang)}
    heads = ["outlay.name", *(f"outlay.{arm}" for arm in arms)]
    return Sheet(text("outlay.bands", lang, **words), words_of(lang, *heads), tuple(rows))


def years_of(story: Story) -> str:
    """First and last year of a run."""
    years = story.outlay.years
    return "-".join(map(str, dict.fromkeys((years[0], years[-1]))))


def _bands(story: Story, name: str, keys: list[Key], arms: list[str]) -> tuple[str, ...]:
    amounts = arms_of(story, keys)
    return (name, *(_banded(amounts[arm][None], signed=arm == "difference") for arm in arms))


def _banded(fen: Fen, *, signed: bool) -> str:
    low, high = (Fraction(end) for end in band(fen).tolist())
    mean, *ends = (wan_yuan(value, signed=signed) for value in (_mean(fen), low, high))
    return f"{mean} [{', '.join(ends)}]"
