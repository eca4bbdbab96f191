"""The policy calculator: what every instrument gives in one enterprise in one month, and why.

The same rules as in the simulation are asked with the facts of a case file. What several people
may draw from one pot is shared as in the simulation; ties go by place in the list. Which
instruments exist, and the clause each belongs to, is the registry's business: one more on a
known channel appears here by itself.
"""

from pathlib import Path

from model.instruments.channels import Channel
from model.instruments.registry import instruments
from scenarios.case_desk import Desk
from scenarios.case_file import ENTERPRISE, Case, read, shown
from scenarios.case_text import CaseAnswer, Item

_FIRST = (Channel.PAY_DROP, Channel.CERTIFICATE, Channel.APPRENTICE, Channel.ENTERPRISE_YEAR)
_ORDER = (*_FIRST, *(channel for channel in Channel if channel not in _FIRST))


def calculate(path: str | Path) -> CaseAnswer:
    """Answer of a case file.

    Raises:
        InputErrors: everything wrong in the file.
    """
    return answer(read(Path(path)))


def answer(case: Case) -> CaseAnswer:
    """An item for each person and instrument in the order of the list, then the enterprise's."""
    desk = Desk(case)
    pot = desk.pot_state()
    desk.certificates()
    desk.apprentices()
    desk.premium_pot()
    desk.lists()
    place = {person["id"]: number for number, person in enumerate(case.people)}
    place[ENTERPRISE] = len(place)
    for entries in case.lists.values():
        place |= {entry["id"]: len(place) + number for number, entry in enumerate(entries)}

    def order(item: Item) -> tuple[int, int, str]:
        channel = instruments()[item.instrument].channel
        return place[item.who], _ORDER.index(channel), item.instrument

    topics = case.scenario.topics
    return CaseAnswer(
        month=case.month,
        scenario=case.named,
        digest=case.scenario.digest,
        facts=shown(case),
        items=tuple(sorted(desk.items, key=order)),
        pot=pot,
        titles={item.instrument: topics[item.instrument].title for item in desk.items},
        defaults=case.defaults,
    )


__all__ = ["CaseAnswer", "Item", "answer", "calculate"]
