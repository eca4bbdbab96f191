"""Money that moves under measures but is no public outlay: it stands apart, by who bears it."""

from collections.abc import Iterator

from app.amounts import FEN_PER_YUAN, banded
from model.instruments.registry import instruments
from model.ledger import PUBLIC, Account
from model.parameters.reader import all_topics
from model.results import Run
from model.words import text
from scenarios.story import Story

LEVY = "education_levy"  # has a line of its own
OWN = (
    Account.POOLED_EDUCATION_FUND,
    Account.UNION_FUND,
    Account.TAX_OFFICE,
    Account.CENTRAL_FUNDS,
)
Amounts = dict[tuple[str, str], list[int]]  # fen by run, by payer and instrument


def beside(runs: tuple[Run, ...]) -> Amounts:
    """What others than public funds paid, or forwent, under each measure."""
    payers = {name: Account(one.payer) for name, one in instruments().items() if name != LEVY}
    found: Amounts = {}
    for number, run in enumerate(runs):
        sums = run.ledger.groupby(["payer", "instrument"])["amount_fen"].sum()
        for (payer, name), fen in zip(sums.index.to_list(), sums.tolist(), strict=True):
            account = Account[payer.upper()]
            if name not in payers or account in PUBLIC:
                continue
            if account in OWN or account == payers[name]:
                found.setdefault((payer, name), [0] * len(runs))[number] += int(fen)
    return found


def beside_notes(story: Story, lang: str) -> Iterator[str]:
    """A line for each such measure: this world, the other one, the difference."""
    mine = beside(tuple(story.runs))
    theirs = beside(tuple(story.against)) if story.against is not None else None
    none = [0] * len(story.runs)
    for payer, name in sorted({**mine, **(theirs or {})}):
        own = mine.get((payer, name), none)
        words = {
            "kind": text(f"beside.{payer}", lang),
            "instrument": all_topics()[name].title[lang],
            "clause": all_topics()[name].clause or "",
            "this": _mean(own, lang),
        }
        if theirs is None:
            yield text("beside.alone", lang, **words)
            continue
        other = theirs.get((payer, name), none)
        apart = [a - b for a, b in zip(own, other, strict=True)]
        words |= {"against": _mean(other, lang), "more": _mean(apart, lang, signed=True)}
        yield text("beside.both", lang, **words)


def _mean(fen: list[int], lang: str, *, signed: bool = False) -> str:
    return banded([sum(fen) / len(fen) / FEN_PER_YUAN], "yuan", lang, signed=signed)
