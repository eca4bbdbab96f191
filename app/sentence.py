"""The result in one sentence: what the policy did against no policy, and what is unclear."""

from collections.abc import Mapping

from app.amounts import count, money
from model.months import month_of_year, parse_month, year_of
from model.words import text
from scenarios.effects import FEW, MEASURES, Effect
from scenarios.scenario import Scenario
from scenarios.story import CLEAR, HEADLINES, Story

MONTHS = "January February March April May June July August September October November December"
BAND_FROM = 2  # runs that a band needs


def month_name(month: str, lang: str) -> str:
    """A month in words."""
    index = parse_month(month)
    if lang == "zh":
        return f"{year_of(index)}年{month_of_year(index)}月"
    return f"{MONTHS.split()[month_of_year(index) - 1]} {year_of(index)}"


def said(value: float, unit: str, lang: str) -> str:
    """A number of a measure, with its unit where that is money."""
    return money(value, lang) if unit == "yuan" else count(value, lang)


def clause_of(found: Effect, lang: str) -> str:
    """One measure of the sentence: more, fewer, unclear or the same."""
    low, high = (said(value, found.unit, lang) for value in (found.low, found.high))
    if found.seeds < BAND_FROM:
        sign = "+" if found.mean > 0 else ""
        words = {"mean": f"{sign}{said(found.mean, found.unit, lang)}"}
        return text(f"sentence.{found.metric}.single", lang, **words)
    if found.verdict not in CLEAR:
        words = {"mean": said(found.mean, found.unit, lang), "low": low, "high": high}
        return text(f"sentence.{found.metric}.{found.verdict}", lang, **words)
    if found.mean < 0:
        low, high = (said(-value, found.unit, lang) for value in (found.high, found.low))
    words = {"mean": said(abs(found.mean), found.unit, lang), "low": low, "high": high}
    return text(f"sentence.{found.metric}.{found.verdict}", lang, **words)


def sentence(
    effects: Mapping[str, Effect], scenario: Scenario, against: Scenario, lang: str
) -> str:
    """What a scenario did against another by the last month, in one sentence.

    What the runs do not settle is said to be unclear, with its band.
    """
    chosen = [effects[name] for name in HEADLINES]
    first = chosen[0]
    if first.seeds < BAND_FROM:
        kinds = {"single": chosen}
    else:
        kinds = {
            "clear": [e for e in chosen if e.verdict in CLEAR],
            "same": [e for e in chosen if e.verdict == "none"],
            "unclear": [e for e in chosen if e.verdict == "unclear"],
        }
    joint = text("sentence.joint", lang)
    parts = [
        text(f"sentence.{kind}", lang, said=joint.join(clause_of(e, lang) for e in found))
        for kind, found in kinds.items()
        if found
    ]
    return text(
        "sentence.whole",
        lang,
        month=month_name(first.month, lang),
        scenario=scenario.title[lang],
        against=against.title[lang],
        said=text("sentence.apart", lang).join(parts),
    )


def alone_sentence(story: Story, lang: str) -> str:
    """What a scenario that ran alone shows; no claim about what the policy did."""
    values = {}
    for name in HEADLINES:
        unit, of = MEASURES[name]
        runs = [of(run) for run in story.runs]
        values[name] = said(sum(runs) / len(runs), unit, lang)
    month, title = month_name(story.month, lang), story.arms.scenario.title[lang]
    return text("sentence.alone", lang, month=month, scenario=title, **values)


def headline(story: Story, lang: str) -> str:
    """The sentence of a run."""
    against = story.arms.against
    if against is None:
        return alone_sentence(story, lang)
    return sentence(story.effects, story.arms.scenario, against, lang)


def note(story: Story, lang: str) -> str:
    """What the brackets are, and what they leave out."""
    runs = len(story.runs)
    if story.arms.against is None or runs < BAND_FROM:
        return text("sentence.note_single", lang, runs=runs)
    return text("sentence.note", lang, runs=runs)


def met_words(met: int | None, runs: int, lang: str) -> str:
    """How often a goal is met: runs where they are few, a share where they are many."""
    if met is None:
        return text("board.no_answer", lang)
    if runs < FEW:
        return text("board.met", lang, met=met, runs=runs)
    return f"{met / runs:.0%}"
