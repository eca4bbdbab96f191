"""Figures of a run as PNG files; words in Chinese where a font for them is found."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from app.charts import OTHER, colour_of
from app.doctor import SAMPLE, shows
from app.largest import OTHERS, largest, largest_paid
from app.sentence import BAND_FROM, band_name
from app.tables import instrument_title
from model.codes import LEVELS
from model.ledger import Account
from model.results import ALL, Run
from model.words import label, text
from scenarios.effects import UPPER, band
from scenarios.outlay import Outlay
from scenarios.story import Story
from scenarios.totals import path

SIZE, DOTS = (9.6, 5.4), 150
POLICY, AGAINST, GOAL = "#0072b2", "#d55e00", "#555555"  # told apart by colour-blind eyes too
YEAR = 12
HEADROOM = 1.5  # of the height of the bars, for the legend above them
UNSEEN = 0.01  # a bar shorter than this part of the longest is left out
BUNDLED = Path(__file__).parent / "fonts"
FUND = Account.UNEMPLOYMENT_INSURANCE_FUND.name.lower()
PREFERRED = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei")


class Drawn(NamedTuple):
    """Names of the files, and whether English stands where Chinese was asked for."""

    names: tuple[str, ...]
    fallback: bool


class Look(NamedTuple):
    """Language and font of one set of figures."""

    lang: str
    font: str | None

    def words(self, key: str, **fields: object) -> str:
        """A label."""
        return text(f"figure.{key}", self.lang, **fields)


@cache
def chinese_font() -> str | None:
    """Name of a font with Chinese characters: bundled, preferred, or any that is found."""
    from matplotlib.font_manager import FontEntry, fontManager

    for file in sorted(BUNDLED.glob("*.[ot]tf")) if BUNDLED.is_dir() else ():
        fontManager.addfont(file)
    fonts: list[FontEntry] = [f for f in fontManager.ttflist if "Last Resort" not in f.name]

    def rank(font: FontEntry) -> tuple[bool, int, str]:
        known = font.name in PREFERRED
        return not known, PREFERRED.index(font.name) if known else 0, font.name

    return next((f.name for f in sorted(fonts, key=rank) if shows(str(f.fname), SAMPLE)), None)


def draw(story: Story, folder: Path, lang: str) -> Drawn:
    """Draw every figure into a new folder."""
    folder.mkdir(parents=True)
    font = chinese_font()
    look = Look(lang, font) if lang != "zh" or font else Look("en", None)
    names = []
    with matplotlib.rc_context(_style(look)):
        for number, (name, figure) in enumerate(FIGURES.items(), start=1):
            drawn = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
            figure(story, drawn, look)
            drawn.supxlabel(_footer(story, name, look), fontsize=8, color=GOAL)
            names.append(f"{number}_{name}.png")
            drawn.savefig(folder / names[-1], metadata={"Software": None})
    return Drawn(tuple(names), look.lang != lang)


def _footer(story: Story, name: str, look: Look) -> str:
    """What a figure shows over runs, and how; nothing of shading where nothing is shaded."""
    runs = len(story.runs)
    lines = [look.words("special")] if name == "ladder" else []
    if runs < BAND_FROM:
        lines.append(look.words("single"))
    else:
        key = "bars" if name == "outlay" else "runs"
        lines.append(look.words(key, runs=runs, band=band_name(runs, look.lang)))
    return "\n".join(lines)


def _style(look: Look) -> Any:
    families = [look.font] if look.font else []
    return {
        "font.family": [*families, "DejaVu Sans"],
        "axes.unicode_minus": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.3,
        "font.size": 10,
        "axes.axisbelow": True,
    }


def _arms(story: Story) -> list[tuple[str, str, Sequence[Run]]]:
    """Key, colour and runs of the scenario and of what it is compared with."""
    found = [("this", POLICY, story.runs)]
    return found if story.against is None else [*found, ("against", AGAINST, story.against)]


def _named(key: str, story: Story, look: Look) -> str:
    """An arm in a legend."""
    against = story.arms.against
    return look.words(key, title="" if against is None else against.title[look.lang])


def _months(run: Run) -> list[np.datetime64]:
    names = run.funds["month"].drop_duplicates()
    return [np.datetime64(name) for name in names]


def _levels(runs: Sequence[Run], metric: str, levels: Sequence[str] = (ALL,)) -> Any:
    """Runs by months."""
    return np.array([path(run, metric, levels) for run in runs])


def _line(axes: Any, months: Any, values: Any, colour: str, **options: Any) -> None:
    """Mean over runs, and the band where there are several."""
    axes.plot(months, values.mean(axis=0), color=colour, **options)
    if len(values) > 1:
        low, high = band(values)
        axes.fill_between(months, low, high, color=colour, alpha=0.15, linewidth=0)


def _scaled(largest: float, look: Look, unit: str) -> tuple[float, str]:
    """What to divide by so that an axis reads well, and its unit in words."""
    if unit == "fen":
        return (1e6, look.words("wan_yuan")) if largest < 1e10 else (1e10, look.words("yi_yuan"))
    return (1e4, look.words(f"wan_{unit}")) if largest >= 1e5 else (1.0, look.words(unit))


def technicians(story: Story, figure: Figure, look: Look) -> None:
    """Technicians in both worlds, and below the difference, which the lines hide."""
    months = _months(story.runs[0])
    top, low = (
        figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        if story.against is not None
        else (figure.subplots(), None)
    )
    for key, colour, runs in _arms(story):
        values = _levels(runs, "certified", UPPER)
        style = "-" if key == "this" else "--"
        _line(top, months, values, colour, label=_named(key, story, look), linestyle=style)
    top.set(title=look.words("technicians"), ylabel=look.words("persons"))
    top.yaxis.set_major_formatter("{x:,.0f}")
    top.legend(frameon=False)
    if low is not None and story.against is not None:
        gap = _levels(story.runs, "certified", UPPER) - _levels(story.against, "certified", UPPER)
        _line(low, months, gap, POLICY)
        low.axhline(0, color=GOAL, linewidth=0.8)
        low.set(title=look.words("difference"), ylabel=look.words("persons"))
        low.yaxis.set_major_formatter("{x:,.0f}")


def person_times(story: Story, figure: Figure, look: Look) -> None:
    """Person-times of training from the first month on, against the goal."""
    axes = figure.subplots()
    months = _months(story.runs[0])
    targets: Any = story.arms.scenario.policy().at(story.runs[0].end)["targets"]
    for key, colour, runs in _arms(story):
        values = _levels(runs, "person_times").cumsum(axis=1) / 1e4
        style = "-" if key == "this" else "--"
        for factor, name, width in (
            (1.0, "industrial", 1.2),
            (1.0 / targets.industrial_share, "all_groups", 2.0),
        ):
            said = f"{_named(key, story, look)}: {look.words(name)}"
            _line(
                axes, months, values * factor, colour, label=said, linestyle=style, linewidth=width
            )
    axes.axhline(targets.goal_person_times / 1e4, color=GOAL, linestyle=":")
    axes.annotate(
        look.words("goal", goal=f"{targets.goal_person_times:,}"),
        (months[0], targets.goal_person_times / 1e4),
        xytext=(4, 4),
        textcoords="offset points",
        color=GOAL,
    )
    axes.set(title=look.words("person_times"), ylabel=look.words("wan_person_times"))
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="lower right")


def outlay_by_year(story: Story, figure: Figure, look: Look) -> None:
    """Outlay by instrument and year; beside it what the policy adds."""
    worlds = [one for one in (story.outlay, story.outlay_against) if one is not None]
    panels = figure.subplots(1, len(worlds), squeeze=False)[0]
    mine, *other = (_fen(one) for one in worlds)
    _stack(panels[0], _together(mine, largest_paid(worlds)), story.outlay.years, look)
    if other:
        gaps = {name: values - other[0][name] for name, values in mine.items()}
        sums = {name: Fraction(values.sum()) for name, values in gaps.items()}
        _bars(panels[1], _together(gaps, largest(sums)), story.outlay.years, look)


def _fen(found: Outlay) -> dict[str, Any]:
    """Runs by years, by instrument."""
    fen: dict[str, Any] = {}
    for line in found.lines:
        values = np.array([line.fen[year] for year in found.years], float).T
        fen[line.instrument] = fen.get(line.instrument, 0.0) + values
    return fen


def _together(fen: dict[str, Any], shown: Sequence[str]) -> dict[str, Any]:
    """Some instruments by themselves, all others as one; what is zero in every run is left out."""
    found = {name: fen[name] for name in shown}
    rest = [values for name, values in fen.items() if name not in shown]
    found[OTHERS] = sum(rest, np.zeros(1))
    return {name: values for name, values in found.items() if np.any(values)}


def _title(name: str, look: Look) -> str:
    return look.words("others") if name == OTHERS else instrument_title(name, look.lang)


def _colour(name: str) -> str:
    return OTHER if name == OTHERS else colour_of(name)


def _whiskers(axes: Any, at: Any, values: Any, divisor: float) -> float:
    """The band of each bar, where there are several runs; returns how high the highest reaches."""
    if len(values) < BAND_FROM:
        return 0.0
    low, high = band(values) / divisor
    axes.vlines(at, low, high, color="black", linewidth=1.2)
    return float(high.max())


def _stack(axes: Any, paid: dict[str, Any], years: Any, look: Look) -> None:
    at, base = np.arange(len(years)), np.zeros(len(years))
    sums = {key: values.mean(axis=0) for key, values in paid.items()}
    divisor, unit = _scaled(max(sum(sums.values(), base)), look, "fen")
    for name, values in sums.items():
        axes.bar(
            at,
            values / divisor,
            bottom=base / divisor,
            color=_colour(name),
            label=_title(name, look),
        )
        base = base + values
    highest = base.max() / divisor
    if paid:
        highest = max(highest, _whiskers(axes, at, sum(paid.values()), divisor))
    axes.set_xticks(at, [str(y) for y in years])
    axes.set(title=look.words("outlay"), ylabel=unit)
    axes.set_ylim(bottom=0, top=HEADROOM * max(highest, 1e-9))
    if sums:  # an empty legend would be a warning
        axes.legend(frameon=False, fontsize=8, loc="upper right", reverse=True)


def _bars(axes: Any, apart: dict[str, Any], years: Any, look: Look) -> None:
    means = {name: values.mean(axis=0) for name, values in apart.items()}
    largest_mean = max((np.abs(values).max() for values in means.values()), default=0.0)
    gaps = {name: v for name, v in means.items() if np.abs(v).max() > largest_mean * UNSEEN}
    divisor, unit = _scaled(largest_mean, look, "fen")
    width = 0.8 / max(1, len(gaps))
    for place, (name, values) in enumerate(gaps.items()):
        at = np.arange(len(years)) + (place - (len(gaps) - 1) / 2) * width
        axes.bar(at, values / divisor, width, color=_colour(name), label=_title(name, look))
        _whiskers(axes, at, apart[name], divisor)
    axes.set_xticks(np.arange(len(years)), [str(y) for y in years])
    axes.axhline(0, color=GOAL, linewidth=0.8)
    axes.set(title=look.words("outlay_difference"), ylabel=unit)
    if gaps:
        low, high = axes.get_ylim()
        axes.set_ylim(top=high + (HEADROOM - 1) * (high - low))
        axes.legend(frameon=False, fontsize=8)
    else:
        axes.text(0.5, 0.5, look.words("no_difference"), ha="center", transform=axes.transAxes)


def ladder(story: Story, figure: Figure, look: Look) -> None:
    """Holders of each level over time."""
    months = _months(story.runs[0])
    januaries = [month for month in months if month.astype(int) % YEAR == 0]
    labels = [str(month)[:4] for month in januaries]
    panels = figure.subplots(2, 3, sharex=True)
    for level, axes in zip(LEVELS[1:], panels.flat, strict=True):
        largest = max(_levels(runs, "certified", (level,)).max() for _, _, runs in _arms(story))
        divisor, unit = _scaled(float(largest), look, "persons")
        for key, colour, runs in _arms(story):
            values = _levels(runs, "certified", (level,)) / divisor
            style = "-" if key == "this" else "--"
            _line(axes, months, values, colour, label=_named(key, story, look), linestyle=style)
        axes.set(title=label(level, look.lang), ylabel=unit)
        axes.yaxis.set_major_formatter("{x:,.0f}" if divisor == 1 else "{x:,.1f}")
        axes.set_xticks(januaries, labels)
    panels.flat[0].legend(frameon=False, fontsize=8)
    figure.suptitle(look.words("ladder"))


def fund_balance(story: Story, figure: Figure, look: Look) -> None:
    """Balance of the unemployment-insurance fund."""
    axes = figure.subplots()
    months = _months(story.runs[0])
    for key, colour, runs in _arms(story):
        values = np.array([run.funds[run.funds["account"] == FUND]["closing"] for run in runs])
        style = "-" if key == "this" else "--"
        _line(axes, months, values / 1e10, colour, label=_named(key, story, look), linestyle=style)
    axes.set(title=look.words("fund"), ylabel=look.words("yi_yuan"))
    axes.yaxis.set_major_formatter("{x:,.1f}")
    axes.legend(frameon=False)


FIGURES = {
    "technicians": technicians,
    "person_times": person_times,
    "outlay": outlay_by_year,
    "ladder": ladder,
    "fund": fund_balance,
}
