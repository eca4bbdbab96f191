"""What stands under a table of outlay: rounding, what is in both worlds, whose money is whose."""

from collections.abc import Iterator, Sequence

from app.amounts import FEN_PER_YUAN, banded, money
from app.beside import beside_notes
from app.tables import instrument_title
from model.ledger import PUBLIC
from model.words import label, text
from scenarios.differing import apart
from scenarios.outlay import books, levy
from scenarios.scenario import Scenario
from scenarios.story import Story

UNEMPLOYMENT = "unemployment_insurance"
RESERVE = tuple(account.name.lower() for account in PUBLIC[:2])


def outlay_notes(story: Story, lang: str) -> tuple[str, ...]:
    """Rounding, which measures both worlds have, money that is not public, books of the funds."""
    notes = [text("outlay.rounding", lang), *standing_notes(story, lang)]
    first, last = story.outlay.years[0], story.outlay.years[-1]
    benefit = [line for line in story.outlay.lines if line.instrument == UNEMPLOYMENT]
    if any(line.mean(first) > line.mean(last) for line in benefit):
        notes.append(text("outlay.benefit_note", lang))
    if any(any(levy(run)) for runs in (story.runs, story.against) for run in runs or ()):
        notes.append(levy_note(story, lang))
    return (*notes, *beside_notes(story, lang), *fund_notes(story, lang))


def standing_notes(story: Story, lang: str) -> Iterator[str]:
    """Which of the measures that paid are in force in which world, and which paid nothing."""
    worlds = [one for one in (story.outlay, story.outlay_against) if one is not None]
    names = dict.fromkeys(line.instrument for line in story.outlay.lines)
    paying = {line.instrument for one in worlds for line in one.lines if any(line.runs)}
    other = story.arms.against
    if other is not None:
        mine, theirs = in_force(story, story.arms.scenario), in_force(story, other)
        both = mine & theirs
        until = story.month
        changed = {one.topic.name for one in apart(story.arms.scenario, other, until)} & both
        sets = {
            "both_alike": both - changed,
            "both_changed": changed,
            "only_this": mine - theirs,
            "only_against": theirs - mine,
        }
        for key, found in sets.items():
            if listed := [name for name in names if name in found and name in paying]:
                yield text(f"outlay.{key}", lang, names=_titles(listed, lang))
    if nothing := [name for name in names if name not in paying]:
        yield text("outlay.nothing", lang, names=_titles(nothing, lang))


def _titles(names: Sequence[str], lang: str) -> str:
    return text("apart.and", lang).join(instrument_title(name, lang) for name in names)


def in_force(story: Story, scenario: Scenario) -> set[str]:
    """Instruments that a scenario has in force in any month of the run."""
    policy, run = scenario.policy(), story.runs[0]
    names = {line.instrument for line in story.outlay.lines}
    return {
        name
        for month in range(run.start, run.end + 1)
        for name in names
        if policy.at(month)[name].in_force
    }


def levy_note(story: Story, lang: str) -> str:
    """The enterprises' own education money in both worlds, and the difference."""

    def mean(fen: Sequence[int], *, signed: bool = False) -> str:
        value = sum(fen) / len(fen) / FEN_PER_YUAN
        return banded([value], "yuan", lang, signed=signed)

    worlds = [[levy(run) for run in runs] for runs in (story.runs, story.against) if runs]
    words = {}
    for place, name in enumerate(("into", "spent")):
        mine, *other = ([pair[place] for pair in world] for world in worlds)
        words[f"{name}_this"] = mean(mine)
        if other:
            words[f"{name}_against"] = mean(other[0])
            apart = [a - b for a, b in zip(mine, other[0], strict=True)]
            words[f"{name}_more"] = mean(apart, signed=True)
    return text("outlay.levy" if len(worlds) > 1 else "outlay.levy_alone", lang, **words)


def fund_notes(story: Story, lang: str) -> Iterator[str]:
    """How each fund came to its balance, so that its lines agree with ``funds.csv``.

    Of the treasury and the account of the skills action only where they paid anything.
    """
    worlds = [one for one in (story.outlay, story.outlay_against) if one is not None]
    paying = {line.fund for one in worlds for line in one.lines if any(line.runs)}
    arms = [runs for runs in (story.runs, story.against) if runs is not None]
    for fund in (account.name.lower() for account in PUBLIC):
        if fund not in RESERVE and fund not in paying:
            continue
        every = [books(runs, fund) for runs in arms]
        words = {name: money(float(fen) / FEN_PER_YUAN, lang) for name, fen in zip(
            every[0]._fields, every[0], strict=True)}  # fmt: skip
        words |= {"fund": label(fund, lang), "month": story.month}
        key = "outlay.closing_alone"
        if len(every) > 1:
            key = "outlay.closing"
            words["against"] = money(float(every[1].closing) / FEN_PER_YUAN, lang)
        yield text(key, lang, **words)
