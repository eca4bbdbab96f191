"""The result in one sentence: what the policy did against no policy, and what is unclear."""

from collections.abc import Mapping

from app.amounts import banded, whole
from app.differing_words import apart_brief, off_words
from model.months import month_of_year, parse_month, year_of
from model.words import text
from scenarios.effects import FEW, JUDGED_FROM, MEASURES, Effect, judged
from scenarios.scenario import Scenario
from scenarios.story import CLEAR, COARSE, HEADLINES, Story

MONTHS = "January February March April May June July August September October November December"
OWN_MONEY = ("education_levy_set_aside", "education_levy_spent")
BAND_FROM = 2  # runs that a band needs


def month_name(month: str, lang: str) -> str:
    """A month in words."""
    index = parse_month(month)
    if lang == "zh":
        return f"{year_of(index)}年{month_of_year(index)}月"
    return f"{MONTHS.split()[month_of_year(index) - 1]} {year_of(index)}"


def amount(found: Effect, lang: str, *, signed: bool = False) -> str:
    """A difference with its band and what is counted; without its sign where words say it."""
    values = [found.mean, found.low, found.high]
    if found.seeds < BAND_FROM:
        values = values[:1]
    elif not signed and found.verdict == "down":
        values = [-found.mean, -found.high, -found.low]
    noun = "" if found.unit == "yuan" else text(f"sentence.{found.metric}.noun", lang)
    return banded(values, found.unit, lang, noun, signed=signed)


def part_of(found: Effect, lang: str) -> str:
    """One measure of the sentence: more, fewer, unclear, the same, or of too few runs to say."""
    key = "single" if found.seeds < BAND_FROM else found.verdict
    key = "unclear" if key == "few" else key  # in the same words: the mean and what lies around it
    signed = key not in CLEAR
    return text(f"sentence.{found.metric}.{key}", lang, amount=amount(found, lang, signed=signed))


def sentence(
    effects: Mapping[str, Effect], scenario: Scenario, against: Scenario, lang: str
) -> str:
    """What a scenario did against another by the last month, in one sentence.

    What the runs do not settle is said to be unclear, with its band.
    """
    chosen = [effects[name] for name in HEADLINES]
    if chosen[0].seeds < BAND_FROM:
        kinds = {"single": chosen}
    elif not judged(chosen[0].seeds):
        kinds = {"few": chosen}
    else:
        kinds = {
            "clear": [e for e in chosen if e.verdict in CLEAR],
            "same": [e for e in chosen if e.verdict == "none"],
            "unclear": [e for e in chosen if e.verdict == "unclear"],
        }
    joint = text("sentence.joint", lang)
    parts = [
        text(
            f"sentence.{kind}",
            lang,
            said=joint.join(part_of(e, lang) for e in found),
            runs=found[0].seeds,
        )
        for kind, found in kinds.items()
        if found
    ]
    return text(
        "sentence.whole",
        lang,
        month=month_name(chosen[0].month, lang),
        scenario=scenario.title[lang],
        against=against.title[lang],
        said=text("sentence.apart", lang).join(parts),
    )


def alone_sentence(story: Story, lang: str) -> str:
    """What a scenario that ran alone shows; no claim about what the policy did."""
    words = {}
    for name in HEADLINES:
        unit, of = MEASURES[name]
        runs = [of(run) for run in story.runs]
        noun = text(f"sentence.{name}.noun", lang)
        words[name] = banded([sum(runs) / len(runs)], unit, lang, noun)
    month, title = month_name(story.month, lang), story.arms.scenario.title[lang]
    return text("sentence.alone", lang, month=month, scenario=title, **words)


def headline(story: Story, lang: str) -> str:
    """The sentence of a run."""
    against = story.arms.against
    if against is None:
        return alone_sentence(story, lang)
    return sentence(story.effects, story.arms.scenario, against, lang)


def own_money(effects: Mapping[str, Effect], lang: str) -> str:
    """What happens to the enterprises' own education money, which no public outlay shows.

    Empty where nothing of it differs in any run, or nothing is compared.
    """
    own = [effects[name] for name in OWN_MONEY if name in effects]
    if all(found.smallest == found.largest == 0 for found in own):
        return ""
    into, spent, cases = (
        amount(effects[name], lang, signed=True) for name in (*OWN_MONEY, "subsidised_cases")
    )
    return text("sentence.own_money", lang, into=into, spent=spent, cases=cases)


def remarks(story: Story, lang: str) -> list[str]:
    """What belongs under the sentence of a run, a paragraph each."""
    found = [own_money(story.effects, lang), note(len(story.runs), lang)]
    if story.arms.against is not None:
        found.append(apart_brief(story.arms.scenario, story.arms.against, story.month, lang))
    found.append(off_words(story.arms.scenario, story.arms.against, lang))
    found.append(coarse_words(story.weight, lang) if story.coarse else "")
    return [said for said in found if said]


def coarse_words(weight: int, lang: str) -> str:
    """What a very small sample cannot show."""
    return text("sentence.coarse", lang, n=whole(weight), least=COARSE)


def band_name(runs: int, lang: str) -> str:
    """What a band of so many runs is: 5 and 95 % points, or smallest and largest."""
    return text("band.points" if judged(runs) else "band.range", lang)


def note(runs: int, lang: str) -> str:
    """What the brackets are, how verdicts are come by, and what both leave out."""
    if runs < BAND_FROM:
        return text("sentence.note_single", lang, runs=runs)
    key = "sentence.note" if judged(runs) else "sentence.note_few"
    return text(key, lang, runs=runs, least=JUDGED_FROM)


def met_words(met: int | None, runs: int, lang: str) -> str:
    """How often a goal is met: runs where they are few, a share where they are many."""
    if met is None:
        return text("board.no_answer", lang)
    if runs < FEW:
        return text("board.met", lang, met=met, runs=runs)
    return f"{met / runs:.0%}"
