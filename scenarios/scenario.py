"""A scenario: a question as data. Read, checked and merged along ``extends``.

``load`` and ``Scenario.from_mapping`` give the same scenario, with the same digest, for the same
content. The digest is taken over the dated values that differ from the parameter files, so it
depends neither on words and reasons, nor on order or layout, nor on a change that sets a value
to what it already is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from model.months import format_month
from model.nodes import Node, Text
from model.parameters.reader import Raw, Step, Topic, all_topics
from model.reading import Findings, InputErrors, Place, from_python, obstacle
from model.reading import load as load_tree
from model.words import LANGUAGES, both
from scenarios.policy import Policy, dated, digest_of, overlaid, steps_of
from scenarios.scenario_file import MONTHS, Layer, Stated, Words, read

SHIPPED = Path(__file__).parent
BASE = "policy_2017"
WITHOUT_POLICY = "no_policy"
MAX_CHAIN = 8  # files along `extends`
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Reason:
    """A change as its author states it."""

    parameter: str
    start: int
    end: int | None
    value: Raw
    because: Words


@dataclass(frozen=True)
class Scenario:
    """What differs from the parameter files, when and why."""

    name: str
    title: Words
    question: Words | None
    lineage: tuple[str, ...]  # the scenarios extended, nearest first
    against: str | None  # shipped scenario that it is compared with if nobody says otherwise
    differences: Mapping[str, tuple[Step, ...]]  # dated values by address, where they differ
    reasons: tuple[Reason, ...]  # of the base first
    topics: Mapping[str, Topic] = field(repr=False, compare=False)

    @staticmethod
    def from_mapping(
        content: Mapping[str, object],
        *,
        name: str = "scenario",
        topics: Mapping[str, Topic] | None = None,
    ) -> "Scenario":
        """Scenario of plain Python values with the keys of a scenario file.

        Raises:
            InputErrors: everything wrong in it, by field.
        """
        file = f"<{name}>"
        return _resolve(_Origin(name, file, Path()), from_python(content, file), topics)

    @property
    def digest(self) -> str:
        """SHA-256 of the values that differ from the parameter files, with their months."""
        return digest_of(self.differences)

    def policy(self) -> Policy:
        """What is in force in every month."""
        return Policy(self.topics, self.differences)

    def twin(self) -> "Scenario":
        """What this scenario is held against: other policy, the same world.

        Instruments, and the numbers by which ``no_policy`` takes the document away, are those of
        ``against`` (of ``no_policy`` if none is named). Demand, background events and every other
        number stay as they are here, so that a difference between the two is the policy's.
        """
        without = load(WITHOUT_POLICY, topics=self.topics)
        other = without if self.against is None else load(self.against, topics=self.topics)

        def of_policy(address: str) -> bool:
            topic = self.topics[address.partition(".")[0]]
            return topic.instrument or address in without.differences

        world = {a: steps for a, steps in self.differences.items() if not of_policy(a)}
        policy = {a: steps for a, steps in other.differences.items() if of_policy(a)}
        reasons = (
            *(one for one in self.reasons if not of_policy(one.parameter)),
            *(one for one in other.reasons if of_policy(one.parameter)),
        )
        return replace(other, differences={**world, **policy}, reasons=reasons)

    def as_mapping(self) -> dict[str, object]:
        """The whole scenario without ``extends``; reading it back gives the same digest.

        Each change keeps the reason of whoever stated its value for that month last.
        """
        change = [
            {
                "parameter": address,
                "from": format_month(start),
                **(
                    {"to": format_month(steps[number + 1][0] - 1)}
                    if number + 1 < len(steps)
                    else {}
                ),
                "value": raw if isinstance(raw, str) else _number(raw),
                "because": self._because(address, start, raw),
            }
            for address, steps in sorted(self.differences.items())
            for number, (start, raw) in enumerate(steps)
        ]
        found: dict[str, object] = {"title": dict(self.title)}
        if self.question:
            found["question"] = dict(self.question)
        if self.against:
            found["against"] = self.against
        return {**found, "change": change} if change else found

    def _because(self, address: str, start: int, raw: Raw) -> Words:
        """Why a value holds from a month on; where nobody says, that it follows from the files."""
        stated = [
            one.because
            for one in self.reasons
            if (one.parameter, one.value) == (address, raw)
            and one.start <= start
            and (one.end is None or start <= one.end)
        ]
        return dict(stated[-1]) if stated else both("scenario.resolved")


@dataclass(frozen=True)
class _Origin:
    """Where a scenario stands: its name, its name in answers and the folder of its paths."""

    name: str
    file: str
    folder: Path


def shipped(folder: Path = SHIPPED) -> tuple[str, ...]:
    """Names of the scenarios that come with the model."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load(name_or_path: str | Path, *, topics: Mapping[str, Topic] | None = None) -> Scenario:
    """A shipped scenario by its bare name, or a file by its path.

    Raises:
        InputErrors: everything wrong in the file and in those it extends.
    """
    if is_name(name_or_path):
        name = str(name_or_path)
        if name not in shipped():
            findings = Findings(name)
            findings.unknown(Place(), "", name, shipped())
            findings.finish()
        path = SHIPPED / f"{name}.yaml"
    else:
        path = Path(name_or_path)
    origin = _Origin(path.stem, str(path), path.parent)
    return _resolve(origin, load_tree(path), topics)


def is_name(given: str | Path) -> bool:
    """Whether ``given`` is the bare name of a shipped scenario rather than a path."""
    return isinstance(given, str) and not (
        given.endswith(_SUFFIXES) or any(mark in given for mark in "/\\.")
    )


def _resolve(origin: _Origin, root: Node, topics: Mapping[str, Topic] | None) -> Scenario:
    topics = all_topics() if topics is None else topics
    layers = _layers(origin, root, topics)
    given = steps_of(topics)
    steps = dict(given)
    for _, layer in reversed(layers):
        for stated in layer.stated:
            steps[stated.address] = _applied(stated, steps[stated.address], given[stated.address])
    name = layers[0][0].name
    reasons = [reason for _, layer in reversed(layers) for reason in _reasons(layer)]
    return Scenario(
        name=name,
        title=layers[0][1].title or dict.fromkeys(LANGUAGES, name),
        question=layers[0][1].question,
        lineage=tuple(one.name for one, _ in layers[1:]),
        against=next((layer.against.text for _, layer in layers if layer.against), None),
        differences={a: s for a, s in steps.items() if s != given[a]},
        reasons=tuple(reasons),
        topics=topics,
    )


def _layers(
    origin: _Origin, root: Node, topics: Mapping[str, Topic]
) -> list[tuple[_Origin, Layer]]:
    """The file and those it extends, nearest first.

    Raises:
        InputErrors: everything wrong in any of them.
    """
    layers: list[tuple[_Origin, Layer]] = []
    findings = Findings(origin.file)
    seen = {_identity(origin.file)}
    here, inner = origin, findings
    while True:
        layer = read(root, topics, inner)
        layers.append((here, layer))
        if layer.against is not None and layer.against.text not in shipped():
            inner.unknown(layer.against, "against", layer.against.text, shipped())
        if inner is not findings:
            findings.take(inner.errors)
        if layer.extends is None:
            break
        path = _base_path(layer.extends, here.folder, inner)
        if path is not None and (len(layers) == MAX_CHAIN or _identity(path) in seen):
            key = "scenario.chain" if len(layers) == MAX_CHAIN else "scenario.circle"
            inner.add(layer.extends, "extends", key, given=layer.extends.text, most=MAX_CHAIN)
            path = None
        if path is None:
            findings.take(inner.errors)
            break
        seen.add(_identity(path))
        here = _Origin(path.stem, str(path), path.parent)
        inner = Findings(here.file)
        try:
            root = load_tree(path)
        except InputErrors as errors:
            findings.take(errors.errors)
            break
    findings.finish()
    return layers


def _base_path(extends: Text, folder: Path, findings: Findings) -> Path | None:
    """File that ``extends`` names; None, and a finding, if there is none."""
    given = extends.text
    if is_name(given):
        if given in shipped():
            return SHIPPED / f"{given}.yaml"
        findings.unknown(extends, "extends", given, shipped())
        return None
    found = obstacle(folder / given)
    if found is None:
        return folder / given
    findings.add(extends, "extends", found.key, **found.words)
    return None


def _identity(path: str | Path) -> str:
    return str(Path(path).resolve())


def _applied(stated: Stated, steps: tuple[Step, ...], given: tuple[Step, ...]) -> tuple[Step, ...]:
    if stated.value is None:
        return given
    return overlaid(steps, stated.start, stated.end, stated.value)


def _reasons(layer: Layer) -> list[Reason]:
    return [
        Reason(one.address, one.start, one.end, one.value, one.because)
        for one in layer.stated
        if one.because is not None and one.value is not None
    ]


def _number(raw: Raw) -> int | float | str:
    text = dated([(MONTHS[0], raw)])[0][1]
    return float(text) if "." in text else int(text)


__all__ = ["BASE", "InputErrors", "Reason", "Scenario", "is_name", "load", "shipped"]
