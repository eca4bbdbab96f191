"""YAML 1.2 text as a tree of nodes that know their line and column.

Only the plain part of YAML is read: mappings with text keys, sequences and scalars. Anchors,
aliases, tags, second documents, deep nesting and huge files are faults, found while events
stream in, so that a hostile file costs no more than a good one. Nothing is resolved here: a
scalar is its text, and the reader of a field decides what the text means.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

try:  # twenty times faster, though not all of YAML 1.2: what it refuses is read again
    from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # ships no types
except ImportError:  # no wheel for this interpreter
    CParser = None

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000

_REFUSED = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_HUGE = 10**99  # more digits than any reader of numbers accepts
_SYNTAX = (  # what the parser says -> what we say
    ("unexpected end of stream", "yaml.quote"),
    ("document separator", "yaml.quote"),
    ("escape", "yaml.escape"),
    ("cannot start any token", "yaml.character"),
    ("mapping values are not allowed", "yaml.colon"),
    ("entries are not allowed", "yaml.dash"),
    ("flow", "yaml.bracket"),
    ("block mapping", "yaml.indent"),
    ("block collection", "yaml.indent"),
    ("expected <document start>", "yaml.documents"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; ``quoted`` is true for anything but a plain scalar."""

    line: int
    column: int
    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    column: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs of key and value in the order of the file; a repeated key stays visible."""

    line: int
    column: int
    pairs: tuple[tuple[Text, "Node"], ...]


Node = Text | Sequence | Mapping


class UnreadableError(Exception):
    """The text cannot be read as YAML at one place; ``key`` names the message."""

    def __init__(self, key: str, line: int = 1, column: int = 1, **words: object) -> None:
        """Note the place and what fills the message."""
        super().__init__(f"{line}:{column} {key}")
        self.key = key
        self.line = line
        self.column = column
        self.words = words


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    line: int
    column: int
    mapping: bool
    flow: bool
    children: list[Node]

    def close(self) -> Node:
        if not self.mapping:
            return Sequence(self.line, self.column, tuple(self.children))
        pairs = []
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            assert isinstance(key, Text)
            pairs.append((key, value))
        return Mapping(self.line, self.column, tuple(pairs))

    def take(self, node: Node) -> None:
        """Add a child; a key must be a text that is not empty."""
        is_key = self.mapping and len(self.children) % 2 == 0
        if is_key and not (isinstance(node, Text) and node.text):
            raise UnreadableError("yaml.key", node.line, node.column)
        if not is_key and self.mapping and isinstance(node, Text) and not node.text:
            key = self.children[-1]  # nothing stands there: point at its key
            node = node if node.quoted else Text(key.line, key.column, "", False)
        self.children.append(node)


def compose(text: str, *, fast: bool = CParser is not None) -> Node:
    """Tree of the only document in ``text``.

    ``fast`` tries the compiled parser first. It knows the grammar before 1.2, in which a question
    mark, say, may not end a text inside brackets; so the last word is always the other parser's.

    Raises:
        UnreadableError: the text is not YAML, or more of YAML than is accepted here.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    refused = _REFUSED.search(text)
    if refused:
        line, column = _place(text, refused.start())
        key = "yaml.tab" if refused[0] == "\t" else "yaml.control"
        raise UnreadableError(key, line, column, code=f"U+{ord(refused[0]):04X}")
    stack: list[_Open] = []
    if fast:
        try:
            return _build(_compiled(text), stack)
        except YAMLError:
            stack.clear()
    try:
        return _build(YAML(typ="safe", pure=True).parse(text), stack)
    except YAMLError as error:
        raise _fault(error, text, stack) from None


def _compiled(text: str) -> Iterator[Any]:
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def _build(events: Iterable[Any], stack: list[_Open]) -> Node:
    """Tree of parser events; ``stack`` holds what is open, also when the parser gives up."""
    root: Node | None = None
    for count, event in enumerate(events, 1):
        kind = type(event).__name__
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if count > MAX_NODES:
            raise UnreadableError("yaml.nodes", line, column, most=MAX_NODES)
        node: Node
        if kind in ("ScalarEvent", "AliasEvent"):
            node = _scalar(event, kind, line, column)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            _check_node(event, line, column)
            if len(stack) == MAX_DEPTH:
                raise UnreadableError("yaml.depth", line, column, most=MAX_DEPTH)
            mapping = kind == "MappingStartEvent"
            stack.append(_Open(line, column, mapping, bool(event.flow_style), []))
            continue
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            node = stack.pop().close()
        else:
            if kind == "DocumentStartEvent":
                _check_document(event, root)
            continue
        if stack:
            stack[-1].take(node)
        else:
            root = node
    if root is None or (isinstance(root, Text) and not root.text):
        raise UnreadableError("file.empty")
    return root


def _check_document(event: Any, root: Node | None) -> None:
    if root is not None:
        mark = event.start_mark
        raise UnreadableError("yaml.documents", mark.line + 1, mark.column + 1)
    if event.version not in (None, (1, 2)) or event.tags:
        raise UnreadableError("yaml.directive")


def _check_node(event: Any, line: int, column: int) -> None:
    if event.anchor is not None:
        raise UnreadableError("yaml.alias", line, column)
    if event.tag is not None:
        raise UnreadableError("yaml.tag", line, column, tag=str(event.tag))


def _scalar(event: Any, kind: str, line: int, column: int) -> Text:
    if kind == "AliasEvent":
        raise UnreadableError("yaml.alias", line, column)
    _check_node(event, line, column)
    refused = _REFUSED.search(event.value)
    if refused:
        raise UnreadableError("yaml.control", line, column, code=f"U+{ord(refused[0]):04X}")
    return Text(line, column, event.value, bool(event.style))


def _fault(error: YAMLError, text: str, stack: list[_Open]) -> UnreadableError:
    """Say in our words what the parser found, where the reader of the file would look."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return UnreadableError("yaml.other")
    lines = text.split("\n")
    at_end = mark.line >= len(lines) or not any(
        part.split("#")[0].strip()
        for part in [lines[mark.line][mark.column :], *lines[mark.line + 1 :]]
    )
    context = getattr(error, "context", None) or ""
    said = f"{getattr(error, 'problem', None) or ''} {context}"
    key = next((ours for theirs, ours in _SYNTAX if theirs in said), "yaml.other")
    if key == "yaml.quote":
        mark = getattr(error, "context_mark", None) or mark
    elif at_end and stack and stack[-1].flow:
        return UnreadableError("yaml.unclosed", stack[-1].line, stack[-1].column)
    line_text = lines[mark.line] if mark.line < len(lines) else ""
    if "\uff1a" in line_text or (mark.line and "\uff1a" in lines[min(mark.line, len(lines)) - 1]):
        key = "yaml.full_width"
    return UnreadableError(key, mark.line + 1, mark.column + 1)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def tree(value: object) -> Node:
    """Tree of plain Python values, as if they had been written in a file at 1:1.

    Raises:
        UnreadableError: a value that no file could hold, or more than is accepted here.
    """
    return _tree(value, 1, [MAX_NODES])


def _tree(value: object, depth: int, left: list[int]) -> Node:
    left[0] -= 1
    if left[0] < 0:
        raise UnreadableError("yaml.nodes", most=MAX_NODES)
    if isinstance(value, str):
        refused = _REFUSED.search(value)
        if refused:
            raise UnreadableError("yaml.control", code=f"U+{ord(refused[0]):04X}")
        return Text(1, 1, value, True)
    if isinstance(value, bool):
        return Text(1, 1, "on" if value else "off", False)
    if isinstance(value, Integral):
        whole = max(-_HUGE, min(_HUGE, int(value)))  # Python will not print a longer one
        return Text(1, 1, str(whole), False)
    if isinstance(value, Real | Decimal):
        return Text(1, 1, str(value), False)
    if value is None:
        return Text(1, 1, "", False)
    if depth > MAX_DEPTH:
        raise UnreadableError("yaml.depth", most=MAX_DEPTH)
    if isinstance(value, AnyMapping):
        pairs = []
        for key, child in value.items():
            if not isinstance(key, str) or not key:
                raise UnreadableError("yaml.key")
            pairs.append((Text(1, 1, key, False), _tree(child, depth + 1, left)))
        return Mapping(1, 1, tuple(pairs))
    if isinstance(value, list | tuple):
        return Sequence(1, 1, tuple(_tree(child, depth + 1, left) for child in value))
    raise UnreadableError("yaml.python", kind=type(value).__name__)
