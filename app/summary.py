"""``summary.md``: the sentence, the tables, how the run was made and what to keep in mind."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.amounts import whole
from app.differing_words import apart_lines
from app.outlay_table import outlay_tables, screen_tables
from app.sentence import headline, remarks
from app.tables import Sheet, board_table, reading_table
from model.words import text
from scenarios.story import Story


def markdown(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of a report."""
    lines = [f"## {title}", "", _row(head), _row(["---"] * len(head))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def write_summary(
    path: Path,
    stories: Sequence[Story],
    made: Mapping[str, Any],
    figures: Mapping[str, Sequence[str]],
    lang: str,
) -> None:
    """``summary.md``: for each story the sentence, the tables and figures; how all was made.

    ``figures`` are paths from the folder of the summary, by name of the scenario.
    """
    lines = []
    for story in stories:
        lines += _story_lines(story, figures[story.arms.scenario.name], lang)
    lines += [
        f"## {text('summary.made', lang)}",
        "",
        *(f"- {line}" for story in stories[:1] for line in made_lines(story, made, lang)),
        "",
    ]
    lines += [f"    {made['command']}", "", text("summary.caution", lang), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _story_lines(story: Story, figures: Sequence[str], lang: str) -> list[str]:
    lines = [f"# {story.arms.scenario.title[lang]}", ""]
    for said in (headline(story, lang), *remarks(story, lang)):
        lines += [said, ""]
    lines += _differing(story, lang)
    for sheet in story_sheets(story, lang):
        lines += markdown(sheet.title, sheet.head, sheet.rows)
        lines += [*(f"- {line}" for line in sheet.notes), ""]
    lines += [f"## {text('summary.figures', lang)}", ""]
    return [*lines, *(f"![{Path(name).stem}]({name})" for name in figures), ""]


def _differing(story: Story, lang: str) -> list[str]:
    """Every parameter in which the two scenarios differ, clause by clause."""
    arms = story.arms
    if arms.against is None:
        return []
    said = apart_lines(arms.scenario, arms.against, story.month, lang)
    title = text("summary.differing", lang, against=arms.against.title[lang])
    return [f"## {title}", "", *(f"- {line}" for line in said), ""] if said else []


def screen_sheets(story: Story, lang: str) -> list[Sheet]:
    """The tables of a run for a screen, where outlay takes a line for each measure."""
    sheets = [board_table(story, lang), *screen_tables(story, lang)]
    return [*sheets, reading_table(story, lang)] if story.readings else sheets


def story_sheets(story: Story, lang: str) -> list[Sheet]:
    """The tables of a run in their order."""
    sheets = [board_table(story, lang), *outlay_tables(story, lang)]
    if story.readings:
        sheets.append(reading_table(story, lang))
    return sheets


def made_lines(story: Story, made: Mapping[str, Any], lang: str) -> list[str]:
    """Seeds, scale, digest and time of a run, a line each."""
    request = story.request
    words = {
        "seeds": request.seeds,
        "first": request.seed,
        "last": request.seed + request.seeds - 1,
        "scale": request.scale,
        "weight": whole(story.weight),
        "engine": request.engine,
        "digest": story.arms.scenario.digest,
        "seconds": f"{made['wall_seconds']:.0f}",
    }
    return [text(f"summary.{key}", lang, **words) for key in ("luck", "sample", "digest")]
