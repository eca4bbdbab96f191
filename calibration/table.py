"""Pages of the mirror in Chinese and English, aligned for a terminal and valid as Markdown."""

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from calibration.targets import targets
from model.words import label, text

COLUMNS = (
    "figure",
    "where",
    "period",
    "published",
    "simulated",
    "ratio",
    "use",
    "whose",
    "grade",
    "ids",
)
FLUSH_RIGHT = frozenset({"published", "simulated", "ratio"})
USES = ("test", "set", "built")
FEW_IDS = 3


def counted(found: Sequence[Any], factor: float, use: str = "") -> tuple[int, int]:
    """How many judged figures (of one use) lie within a factor, and how many there are."""
    judged = [m for m in found if m.judged and use in ("", m.target.use)]
    return sum(m.within(factor) for m in judged), len(judged)


def table_text(
    found: Sequence[Any],
    lang: str,
    factor: float,
    scale: Fraction | None = None,
    seeds: Sequence[int] = (),
    digest: str = "",
) -> str:
    """The whole page."""
    said = targets()
    lines = [f"# {_say('title', lang)}", "", _say("lead", lang), "", *_summary(found, lang, factor)]
    for key, group in said.groups.items():
        rows = [m for m in found if m.target.group == key]
        if rows:
            cells = [[_say(f"column.{c}", lang) for c in COLUMNS], *(_row(m, lang) for m in rows)]
            lines += ["", f"## {group.of(lang)}", "", *aligned(cells, COLUMNS, FLUSH_RIGHT)]
    lines += ["", f"## {_say('far', lang)}", "", *_explained(found, lang, factor)]
    lines += ["", f"## {_say('how', lang)}", "", *_derived(found, lang)]
    lines += ["", f"## {_say('left_out', lang)}", ""]
    lines += [f"- {one.ids}: {one.says.of(lang)}" for one in said.left_out]
    if scale is not None:
        command = f"longjiang moments --scale {scale} --seeds {len(seeds)} --seed {seeds[0]}"
        lines += ["", _say("made_by", lang, command=command, digest=digest[:16])]
    return "\n".join(lines)


def _say(key: str, lang: str, **fields: object) -> str:
    return text(f"calibration.mirror.{key}", lang, **fields)


def _summary(found: Sequence[Any], lang: str, factor: float) -> list[str]:
    inside, judged = counted(found, factor)
    unjudged = len(found) - judged
    lines = [
        _say(
            "count",
            lang,
            all=len(found),
            judged=judged,
            inside=inside,
            unjudged=unjudged,
            factor=factor,
        )
    ]
    for use in USES:
        good, of = counted(found, factor, use)
        lines.append(_say("count_use", lang, use=_say(f"use.{use}", lang), of=of, inside=good))
    return ["", *(f"- {line}" for line in lines)][1:]


def _row(m: Any, lang: str) -> list[str]:
    target = m.target
    where = label(m.region, lang) if m.region != "province" else _say("province", lang)
    ratio = f"{m.ratio:.2f}"
    if not m.judged:
        ratio += "*"
    few = m.ids if len(m.ids) <= FEW_IDS else (*m.ids[: FEW_IDS - 1], "…")
    whose = _say(f"whose.{target.whose}", lang)
    return [
        target.says.of(lang),
        where,
        target.period,
        shown(m.published, target.unit, lang),
        shown(m.simulated, target.unit, lang, m.spread),
        ratio,
        _say(f"use.{target.use}", lang),
        whose,
        _say(f"grade.{m.grade}", lang),
        " ".join(few),
    ]


def shown(value: float, unit: str, lang: str, spread: float = float("nan")) -> str:
    """A value with its unit; shares as per cent; the spread over seeds behind it."""
    percent = unit.startswith("share")
    factor = 100.0 if percent else 1.0
    size = abs(value) * factor
    digits = 0 if size >= 1000 else 1 if size >= 10 else 2
    said = f"{value * factor:,.{digits}f}"
    if spread == spread:  # not nan
        said += f" ± {spread * factor:,.{digits}f}"
    name = text(f"calibration.unit.{''.join(c if c.isalnum() else '_' for c in unit)}", lang)
    return f"{said} {name}".rstrip()


def _explained(found: Sequence[Any], lang: str, factor: float) -> list[str]:
    lines = []
    for target in targets().targets:
        far = [m for m in found if m.target is target and m.judged and not m.within(factor)]
        if not far:
            continue
        ratios = sorted(m.ratio for m in far)
        span = f"{ratios[0]:.2f}"
        if len(ratios) > 1:
            span += f" … {ratios[-1]:.2f}"
        why = target.because.of(lang) if target.because else _say("unexplained", lang)
        places = "" if not target.each else _say("places", lang, n=len(far))
        lines.append(f"- **{target.says.of(lang)}** ({target.period}; {span}{places}): {why}")
    return lines or [_say("none_far", lang)]


def _derived(found: Sequence[Any], lang: str) -> list[str]:
    present = {m.target.name for m in found}
    lines = []
    for target in targets().targets:
        if target.name not in present:
            continue
        note = f" {target.how.of(lang)}" if target.how else ""
        if target.how or any(sign in target.published for sign in "*+-"):
            lines.append(f"- {target.says.of(lang)} ({target.period}): `{target.published}`.{note}")
        for region, why in target.anomalies.items():
            lines.append(f"- {target.says.of(lang)}, {label(region, lang)}*: {why.of(lang)}")
    return lines


def width(said: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)


def aligned(
    rows: Sequence[Sequence[str]], names: Sequence[str], flush_right: frozenset[str]
) -> list[str]:
    """A Markdown table whose columns line up; the first row is the head."""
    cells = [[c.replace("|", "/") for c in row] for row in rows]
    widths = [max(3, *(width(row[at]) for row in cells)) for at in range(len(names))]
    right = [name in flush_right for name in names]
    lines = []
    for row in cells:
        padded = []
        for at, cell in enumerate(row):
            gap = " " * (widths[at] - width(cell))
            padded.append(gap + cell if right[at] else cell + gap)
        lines.append("| " + " | ".join(padded) + " |")
    rule = ["-" * (w - 1) + ":" if r else "-" * w for w, r in zip(widths, right, strict=True)]
    return [lines[0], "| " + " | ".join(rule) + " |", *lines[1:]]
