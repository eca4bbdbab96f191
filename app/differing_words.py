"""In words what sets a scenario apart from another: all of it, or what a screen has room for."""

from collections import Counter

from app.clauses import CLAUSES, EARLIER, clause_of
from app.evidence import value_words
from model.parameters.reader import IN_FORCE, Topic
from model.words import text
from scenarios.differing import Apart, apart
from scenarios.scenario import WITHOUT_POLICY, Scenario, load

SHORT = 12  # differences that a paragraph can list whole
MOST_SHARED = 8  # numbers changed in both worlds that a line names
ASSUMED, LAW = "assumed", "law"
ORDER = (*CLAUSES, EARLIER, "")  # "" for what no clause states
Found = dict[str, list[Apart]]  # differences by clause, in the document's order


def grouped(scenario: Scenario, against: Scenario, until: str) -> Found:
    """Differences by clause, in each clause measures that pay money first."""
    found: Found = {}
    every = apart(scenario, against, until)
    events = [one.topic for one in every if one.is_switch and one.topic.background]
    follows = {address for topic in events for address in topic.freezes or ()}
    for one in every:
        if one.address in follows and _alike(scenario, against, one.address):
            continue  # the event itself says it
        found.setdefault(clause_of(one.address) or "", []).append(one)
    ordered = sorted(found.items(), key=lambda pair: ORDER.index(pair[0]))
    return {clause: sorted(ones, key=lambda one: not one.is_switch) for clause, ones in ordered}


def _alike(scenario: Scenario, against: Scenario, address: str) -> bool:
    """Whether two scenarios state the same of a parameter, whatever an event does to it."""
    mine, theirs = (one.differences.get(address) for one in (scenario, against))
    return mine == theirs


def off_words(scenario: Scenario, against: Scenario | None, lang: str) -> str:
    """Background events that the scenario switches off, in the world compared with too.

    Those that only one of the two switches off stand among the differences. Empty if none.
    """
    names = [
        scenario.topics[name].title[lang]
        for name, happens in scenario.policy().world.background.items()
        if not happens
        and _happened(scenario.topics[name])
        and (against is None or not against.policy().world.background[name])
    ]
    said = []
    if names:
        key = "apart.off_alone" if against is None else "apart.off_both"
        said.append(text(key, lang, names=text("apart.joint", lang).join(names)))
    if shared := _shared(scenario, against, lang):
        key = "apart.shared_alone" if against is None else "apart.shared"
        said.append(text(key, lang, names=text("apart.joint", lang).join(shared)))
    return text("apart.space", lang).join(said)


def _shared(scenario: Scenario, against: Scenario | None, lang: str) -> list[str]:
    """Numbers that the scenario changes in both worlds, so that they are no difference."""
    usual = load(WITHOUT_POLICY, topics=scenario.topics).differences
    found = []
    for address, steps in sorted(scenario.differences.items()):
        topic, _, field = address.partition(".")
        ours = scenario.topics[topic]
        if address in usual or field == IN_FORCE or (against is None and ours.instrument):
            continue
        if against is None or against.differences.get(address) == steps:
            found.append(f"{ours.parameters[field].says[lang]} ({address})")
    more = len(found) - MOST_SHARED
    if more > 0:
        found[MOST_SHARED:] = [text("apart.shared_more", lang, number=more)]
    return found


def _happened(topic: Topic) -> bool:
    """Whether an event happens unless a scenario says otherwise."""
    return any(raw != 0 for _, raw in topic.parameters[IN_FORCE].steps)


def apart_words(scenario: Scenario, against: Scenario, until: str, lang: str) -> str:
    """Every difference with clause, both values and grade, in one paragraph; empty if none."""
    lines = apart_lines(scenario, against, until, lang)
    if not lines:
        return ""
    words = {"said": text("apart.apart", lang).join(lines), "against": against.title[lang]}
    return text("apart.whole", lang, **words)


def apart_lines(scenario: Scenario, against: Scenario, until: str, lang: str) -> list[str]:
    """Every difference with both values and grade, a line for each clause."""
    found = grouped(scenario, against, until)
    names = Counter(one.parameter.says[lang] for ones in found.values() for one in ones)
    return [
        text(
            "apart.clause",
            lang,
            clause=clause_words(clause, lang),
            said=text("apart.joint", lang).join(
                difference_words(one, lang, among=names[one.parameter.says[lang]]) for one in ones
            ),
        )
        for clause, ones in found.items()
    ]


def apart_brief(scenario: Scenario, against: Scenario, until: str, lang: str) -> str:
    """Differences for a screen: whole if few; else measures, stated numbers, and how many others.

    Numbers that are assumed are counted by clause; the full list stands in ``summary.md``.
    """
    found = grouped(scenario, against, until)
    every = [one for ones in found.values() for one in ones]
    if len(every) <= SHORT:
        return apart_words(scenario, against, until, lang)
    parts = [
        _listed("measures", {c: _switches(ones, lang) for c, ones in found.items()}, lang),
        _listed("stated", {c: _stated(ones, lang) for c, ones in found.items()}, lang),
        _counted(found, lang),
    ]
    words = {"against": against.title[lang], "n": len(every), "said": "".join(parts)}
    return text("apart.brief", lang, **words)


def _listed(key: str, found: dict[str, list[str]], lang: str) -> str:
    said = [
        text("apart.group", lang, clause=clause_words(clause, lang),
             said=text("apart.and", lang).join(ones))
        for clause, ones in found.items() if ones
    ]  # fmt: skip
    return text(f"apart.{key}", lang, said=text("apart.apart", lang).join(said)) if said else ""


def _switches(ones: list[Apart], lang: str) -> list[str]:
    """Measures by title; how far they are in force, and their grade, only where not as usual."""
    said = []
    for one in ones:
        if one.is_switch:
            usual = one.mine != 0 and one.parameter.grade == LAW
            said.append(one.topic.title[lang] if usual else difference_words(one, lang))
    return said


def _stated(ones: list[Apart], lang: str) -> list[str]:
    return [
        difference_words(one, lang)
        for one in ones
        if not one.is_switch and one.parameter.grade != ASSUMED
    ]


def _counted(found: Found, lang: str) -> str:
    counts = {
        clause: sum(not one.is_switch and one.parameter.grade == ASSUMED for one in ones)
        for clause, ones in found.items()
    }
    said = [
        text("apart.count", lang, clause=clause_words(c, lang), n=n)
        if n > 1
        else clause_words(c, lang)
        for c, n in counts.items()
        if n
    ]
    words = {"n": sum(counts.values()), "said": text("apart.and", lang).join(said)}
    return text("apart.assumed", lang, **words) if said else ""


def clause_words(clause: str, lang: str) -> str:
    """A clause as people call it."""
    if not clause:
        return text("apart.elsewhere", lang)
    if clause == EARLIER:
        return text("page.earlier", lang)
    if clause == CLAUSES[-1]:
        return text("clause.third", lang)
    return text("page.clause", lang, n=clause.removeprefix("C"))


def difference_words(one: Apart, lang: str, *, among: int = 1) -> str:
    """One difference; names its topic where ``among`` several numbers are called alike."""
    grade = text(f"clause.grade.{one.parameter.grade}", lang)
    title = one.topic.title[lang]
    if one.is_switch:
        state = "on" if one.mine != 0 else "off"
        state += "_event" if one.topic.freezes else ""
        return text(f"apart.{state}", lang, title=title, grade=grade)
    mine, theirs = (value_words(one.parameter, raw, lang) for raw in (one.mine, one.theirs))
    says = one.parameter.says[lang]
    says = text("apart.of", lang, title=title, says=says) if among > 1 else says
    return text("apart.value", lang, says=says, mine=mine, theirs=theirs, grade=grade)
