"""``summary.md``: the sentence, the tables, how the run was made and what to keep in mind."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.amounts import whole
from app.outlay_table import outlay_tables
from app.sentence import headline, note
from app.tables import board_table, reading_table
from model.words import text
from scenarios.story import Story


def markdown(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of a report."""
    lines = [f"## {title}", "", _row(head), _row(["---"] * len(head))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def write_summary(path: Path, story: Story, made: Mapping[str, Any], lang: str) -> None:
    """``summary.md``: the sentence, the tables, how it was made, what to keep in mind."""
    scenario = story.arms.scenario
    lines = [
        f"# {scenario.title[lang]}",
        "",
        headline(story, lang),
        "",
        note(len(story.runs), lang),
        "",
    ]
    sheets = [board_table(story, lang), *outlay_tables(story, lang)]
    if story.readings:
        sheets.append(reading_table(story, lang))
    for sheet in sheets:
        lines += markdown(sheet.title, sheet.head, sheet.rows)
        lines += [*(f"- {line}" for line in sheet.notes), ""]
    lines += [f"## {text('summary.figures', lang)}", ""]
    lines += [f"![{name}](figures/{name})" for name in made["figures"]] + [""]
    lines += [
        f"## {text('summary.made', lang)}",
        "",
        *(f"- {line}" for line in made_lines(story, made, lang)),
        "",
    ]
    lines += [f"    {made['command']}", "", text("summary.caution", lang), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


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
