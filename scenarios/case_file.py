"""A case file: the facts of one enterprise and some people in one month, as data.

Every field may be left out and then takes the default stated in the tables below. Unknown and
repeated fields, impossible values and amounts finer than a fen are refused, all at once, with
line and column.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from model.codes import LEVELS, Level
from model.instruments.channels import UPGRADE_COURSE_BIT, Channel
from model.instruments.registry import instruments
from model.months import format_month, year_of
from model.nodes import Mapping as MappingNode
from model.nodes import Node
from model.nodes import Sequence as SequenceNode
from model.reading import Findings, InputErrors, Place, load
from model.values import children, mapping, sequence, under
from scenarios import scenario as scenarios
from scenarios.case_fields import (
    OF_APPRENTICE,
    OF_CERTIFICATE,
    OF_ENTERPRISE,
    OF_PERSON,
    OF_RECEIPT,
    OF_TRAINING,
    TOP,
    Facts,
    Field,
    fields_of,
    group,
    shown_fields,
)
from scenarios.case_kinds import Entry, Kind, kinds
from scenarios.case_text import Defaults
from scenarios.scenario import Scenario

ENTERPRISE = "enterprise"
KEYS = ("month", "scenario", ENTERPRISE, "workers")
_OWN_RECORD = {  # drawn amounts that a case states elsewhere
    "wage_drop_subsidy": "enterprise.wage_drop_subsidy_this_year",
    "stay_job_subsidy": "enterprise.stay_job_subsidy_this_year",
    "distressed_firm_rebate": "enterprise.distressed_firm_rebate_this_year",
    "fund_pooling": "enterprise.education_fund_unspent",
    "training_tax_deduction": "enterprise.training_spend_last_year",
    "training_donations": "enterprise.training_donation_last_year",
    "education_levy": "enterprise.education_fund_rate",
    "unemployment_insurance": "ui_months",
}
_PARTS = ("certificate", "training", "apprentice", "received")


class Case(NamedTuple):
    """Facts with their defaults; money in fen, shares in millionths, months as integers."""

    month: int
    scenario: Scenario
    enterprise: Facts
    people: tuple[Facts, ...]
    named: str  # the scenario as the file names it
    lists: Mapping[str, tuple[Facts, ...]] = {}  # entries of the further lists the file has
    defaults: tuple[Defaults, ...] = ()  # what the file leaves out


def read(path: Path) -> Case:
    """Case of a file.

    Raises:
        InputErrors: everything wrong in it, and in the scenario file it names.
    """
    findings = Findings(str(path))
    root = mapping(load(path), "", findings)
    parts = children(root, "", findings, (*KEYS, *kinds())) if root is not None else {}
    top = fields_of(parts, "", findings, TOP)
    scenario = _scenario(parts.get("scenario"), top["scenario"], path, findings)
    firm = _enterprise(parts.get(ENTERPRISE), top["month"], findings)
    people = _people(parts.get("workers"), top["month"], findings)
    taken = {person["id"] for person in people}
    lists = {
        name: _entries(parts[name], kind, taken, top["month"], findings)
        for name, kind in kinds().items()
        if name in parts
    }
    findings.finish()
    assert scenario is not None
    case = Case(top["month"], scenario, firm, people, top["scenario"], lists)
    assert root is not None
    return case._replace(defaults=tuple(_defaults(shown(case), root)))


def _defaults(facts: Mapping[str, Any], root: MappingNode) -> Iterator[Defaults]:
    """What a file leaves out and stands among the facts all the same, people alike together."""
    given = {key.text: child for key, child in root.pairs}
    top = {name: facts[name] for name in TOP if name not in given}
    firm = {**top, **_left_out(facts[ENTERPRISE], given.get(ENTERPRISE))}
    if firm:
        yield (ENTERPRISE,), firm
    alike: dict[str, tuple[list[str], Facts]] = {}
    for person, node in _listed(facts, given):
        left = {name: value for name, value in _left_out(person, node).items() if name != "id"}
        alike.setdefault(repr(left), ([], left))[0].append(person["id"])
    for who, left in alike.values():
        if left:
            yield tuple(who), left


def _listed(facts: Mapping[str, Any], given: Mapping[str, Node]) -> Iterator[tuple[Facts, Node]]:
    """People and entries of further lists, each with its node of the file."""
    for name in ("workers", *kinds()):
        listed = given.get(name)
        nodes = listed.items if isinstance(listed, SequenceNode) else ()
        yield from zip(facts.get(name, ()), nodes, strict=True)


def _left_out(facts: Mapping[str, Any], node: Node | None, field: str = "") -> Facts:
    """Fields that a mapping of the file does not give, with the values they take."""
    given = {key.text: child for key, child in node.pairs} if isinstance(node, MappingNode) else {}
    found: Facts = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            found |= _left_out(value, given.get(name), under(field, name))
        elif name not in given and not isinstance(value, list):
            found[under(field, name)] = value
    return found


def _scenario(node: Node | None, given: str, path: Path, findings: Findings) -> Scenario | None:
    """The scenario that a case names: a shipped one, or a file beside the case."""
    if scenarios.is_name(given):
        if given not in scenarios.shipped():
            findings.unknown(node or Place(), "scenario", given, scenarios.shipped())
            return None
        return scenarios.load(given)
    try:
        return scenarios.load(path.parent / given)
    except InputErrors as wrong:
        findings.take(wrong.errors)
        return None


def _enterprise(node: Node | None, claimed: int, findings: Findings) -> Facts:
    before = len(findings.errors)
    firm, nodes = group(node, ENTERPRISE, findings, OF_ENTERPRISE)
    stated = node is not None and firm["insured_headcount"] is not None
    if node is not None and stated and len(findings.errors) == before:
        entry = Entry(firm, node, nodes, ENTERPRISE, claimed, findings)
        entry.at_most("insured_headcount", "headcount")
    return firm


def _people(node: Node | None, claimed: int, findings: Findings) -> tuple[Facts, ...]:
    listed = sequence(node, "workers", findings) if node is not None else None
    people: list[Facts] = []
    lines: dict[str, int] = {}
    for place, one in enumerate(listed.items if listed else (), 1):
        person = _person(one, f"workers[{place}]", claimed, findings)
        person["id"] = person["id"] or str(place)
        field = under(f"workers[{place}]", "id")
        if person["id"] == ENTERPRISE:
            findings.add(one, field, "case.reserved_id")
        if person["id"] in lines:
            words = {"given": person["id"], "line": lines[person["id"]]}
            findings.add(one, field, "case.duplicate_id", **words)
        lines.setdefault(person["id"], one.line)
        people.append(person)
    return tuple(people)


def _entries(
    node: Node, kind: Kind, taken: set[str], claimed: int, findings: Findings
) -> tuple[Facts, ...]:
    """Entries of a further list; ``taken`` are the names used so far and grows."""
    listed = sequence(node, kind.key, findings)
    found: list[Facts] = []
    for place, one in enumerate(listed.items if listed else (), 1):
        here = f"{kind.key}[{place}]"
        before = len(findings.errors)
        entry, nodes = group(one, here, findings, {"id": Field("text"), **kind.fields})
        if len(findings.errors) == before:  # fields that are wrong hold defaults
            kind.check(Entry(entry, one, nodes, here, claimed, findings))
        entry["id"] = entry["id"] or f"{kind.key}-{place}"
        if entry["id"] == ENTERPRISE:
            findings.add(one, under(here, "id"), "case.reserved_id")
        if entry["id"] in taken:
            findings.add(one, under(here, "id"), "case.used_id", given=entry["id"])
        taken.add(entry["id"])
        found.append(entry)
    return tuple(found)


def _person(node: Node, field: str, claimed: int, findings: Findings) -> Facts:
    person, parts = group(node, field, findings, OF_PERSON, _PARTS)
    for name, fields in (("certificate", OF_CERTIFICATE), ("training", OF_TRAINING)):
        part = parts.get(name)
        person[name] = group(part, under(field, name), findings, fields)[0] if part else None
    person["apprentice"] = _apprentice(parts.get("apprentice"), field, findings)
    person["received"] = _receipts(parts.get("received"), under(field, "received"), findings)
    certificate, training = person["certificate"], person["training"]
    if certificate is not None:
        certificate["month"] = claimed if certificate["month"] is None else certificate["month"]
        certificate["level"] = certificate["level"] or person["level"] or "none"
        if certificate["first"] is None:
            certificate["first"] = LEVELS.index(certificate["level"]) == Level.JUNIOR
    if training is not None and training["completed"] is None:
        training["completed"] = claimed
    person["level"] = person["level"] or (certificate["level"] if certificate else "none")
    if person["key_post"] is None:
        person["key_post"] = LEVELS.index(person["level"]) >= Level.TECHNICIAN
    if person["pay"] is None:
        person["pay"] = person["reference_pay"]
    return person


def _apprentice(node: Node | None, field: str, findings: Findings) -> Facts | None:
    if node is None:
        return None
    return group(node, under(field, "apprentice"), findings, OF_APPRENTICE, needed=["start"])[0]


def _receipts(node: Node | None, field: str, findings: Findings) -> tuple[Facts, ...]:
    listed = sequence(node, field, findings) if node is not None else None
    found = []
    for place, one in enumerate(listed.items if listed else (), 1):
        here = f"{field}[{place}]"
        receipt, _ = group(one, here, findings, OF_RECEIPT, needed=["instrument"])
        name = receipt["instrument"]
        if name is not None and name not in instruments():
            findings.unknown(one, under(here, "instrument"), name, instruments())
        elif name in _OWN_RECORD:
            words = {"given": name, "meant": _OWN_RECORD[name]}
            findings.add(one, under(here, "instrument"), "case.not_for_instrument", **words)
        elif name is not None and _unsaid(receipt, name):
            findings.add(one, under(here, "level"), "input.missing", name="level")
        found.append(receipt)
    return tuple(found)


def _unsaid(receipt: Facts, name: str) -> bool:
    """Whether a receipt for a certificate does not say for which level or course."""
    by_level = instruments()[name].channel == Channel.CERTIFICATE
    return by_level and receipt["level"] is None and receipt["training"] is None


def received(person: Facts, instrument: str, year: int | None = None) -> int:
    """Mask of what ``instrument`` paid before: bit k for level k, bit 7 for the upgrade course.

    With ``year``, an upgrade course counts only if it was paid in that year or at a time unknown.
    """
    mask = 0
    for one in person["received"]:
        if one["instrument"] != instrument:
            continue
        if one["training"] is not None:
            other_year = one["month"] is not None and year_of(one["month"]) != year
            mask |= 0 if year is not None and other_year else 1 << UPGRADE_COURSE_BIT
        elif one["level"] is not None:
            mask |= 1 << LEVELS.index(one["level"])
    return mask


def shown(case: Case) -> dict[str, object]:
    """The facts as a file would write them, defaults included."""
    return {
        "month": format_month(case.month),
        "scenario": case.named,
        ENTERPRISE: shown_fields(case.enterprise, OF_ENTERPRISE),
        "workers": [_shown_person(person) for person in case.people],
        **{
            name: [shown_fields(one, {"id": Field("text"), **kinds()[name].fields}) for one in of]
            for name, of in case.lists.items()
        },
    }


def _shown_person(person: Facts) -> dict[str, object]:
    found = shown_fields(person, OF_PERSON)
    parts = (("certificate", OF_CERTIFICATE), ("training", OF_TRAINING))
    for name, fields in (*parts, ("apprentice", OF_APPRENTICE)):
        if person[name] is not None:
            found[name] = shown_fields(person[name], fields)
    found["received"] = [shown_fields(one, OF_RECEIPT) for one in person["received"]]
    return found


__all__ = ["KEYS", "Case", "Facts", "read", "received", "shown"]
