"""Reading an input file: every answer to a wrong one names file, line, column and remedy.

A file that cannot be opened or is not text is answered at ``FILE:1:1``; a fault of syntax is
answered alone, since what follows it cannot be trusted; everything else is collected in
:class:`Findings` and answered together. What the fields mean is read by ``model.values``.
"""

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from model.nodes import MAX_BYTES, Mapping, Node, Sequence, UnreadableError, compose, tree
from model.system import said_of
from model.words import LANGUAGES, both

_SHOWN = 40  # characters of a wrong value that an answer repeats


class Placed(Protocol):
    """Anything with a line and a column."""

    @property
    def line(self) -> int:
        """Line, from 1."""

    @property
    def column(self) -> int:
        """Column, from 1."""


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class InputError:
    """One thing wrong in an input file, and what would be right, in Chinese and English."""

    file: str
    line: int
    column: int
    field: str
    zh: str
    en: str

    def text(self, lang: str) -> str:
        """``FILE:LINE:COLUMN field: what is wrong; what would be right``."""
        said = {"zh": self.zh, "en": self.en}[lang]
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.field}: {said}" if self.field else f"{place}: {said}"

    def __str__(self) -> str:
        """In English; a command asks for its user's language."""
        return self.text("en")


class InputErrors(Exception):  # noqa: N818 many of them, in one exception
    """All errors of the input files read together, in the order of the files' lines."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        """Keep the errors."""
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def text(self, lang: str) -> str:
        """One line per error."""
        return "\n".join(error.text(lang) for error in self.errors)

    def __str__(self) -> str:
        """In every language; a command asks for its user's."""
        return "\n".join(self.text(lang) for lang in LANGUAGES)


class Findings:
    """Errors found so far in one file."""

    def __init__(self, file: str) -> None:
        """Begin with none; ``file`` is the name that answers show."""
        self.file = file
        self._errors: list[InputError] = []

    def add(self, at: Placed, field: str, key: str, /, **words: object) -> None:
        """Note an error: message ``key`` of the catalogues, its places filled from ``words``."""
        shown = {
            name: short(word) if isinstance(word, str) else word for name, word in words.items()
        }
        self._errors.append(InputError(self.file, at.line, at.column, field, **both(key, **shown)))

    def unknown(self, at: Placed, field: str, given: str, known: Iterable[str]) -> None:
        """Note a name that is not among ``known``, with the nearest one or all of them."""
        names = sorted(known)
        if near := nearest(given, names):
            self.add(at, field, "input.unknown_near", given=given, near=near)
        elif names:
            self.add(at, field, "input.unknown", given=given, known=Whole(", ".join(names)))
        else:
            self.add(at, field, "input.unknown_none", given=given)

    def take(self, errors: Iterable[InputError]) -> None:
        """Add errors found elsewhere, for instance in a file that this one names."""
        self._errors.extend(error for error in errors if error not in self._errors)

    @property
    def errors(self) -> tuple[InputError, ...]:
        """All errors, this file's first, by place."""
        mine = sorted(
            (e for e in self._errors if e.file == self.file), key=lambda e: (e.line, e.column)
        )
        return (*mine, *(e for e in self._errors if e.file != self.file))

    def finish(self) -> None:
        """Raise what was found.

        Raises:
            InputErrors: if anything was.
        """
        if self._errors:
            raise InputErrors(self.errors)


class Whole(str):
    """A word of a message that is shown in full."""

    __slots__ = ()


def short(given: str) -> str:
    """``given`` on one line and cut to a length that a message can hold."""
    if isinstance(given, Whole):
        return str(given)
    line = " ".join(given.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that ``given`` most likely means, or None."""
    found = difflib.get_close_matches(given[:_SHOWN].lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def load(path: Path, file: str | None = None) -> Node:
    """Tree of a YAML file; ``file`` is its name in answers.

    Raises:
        InputErrors: it cannot be read; one error, or all its duplicate keys.
    """
    file = file or str(path)
    try:
        raw = _bytes(path)
    except UnreadableError as fault:
        raise _refusal(fault, file) from None
    return parse(raw, file)


def parse(raw: bytes | str, file: str) -> Node:
    """Tree of YAML text.

    Raises:
        InputErrors: as :func:`load`.
    """
    try:
        root = compose(raw if isinstance(raw, str) else _decoded(raw))
    except UnreadableError as fault:
        raise _refusal(fault, file) from None
    findings = Findings(file)
    _find_duplicates(root, "", findings)
    findings.finish()
    return root


def from_python(value: object, file: str) -> Node:
    """Tree of plain Python values; ``file`` is their name in answers.

    Raises:
        InputErrors: no file could hold them.
    """
    try:
        return tree(value)
    except UnreadableError as fault:
        raise _refusal(fault, file) from None


def _refusal(fault: UnreadableError, file: str) -> InputErrors:
    findings = Findings(file)
    findings.add(Place(fault.line, fault.column), "", fault.key, **fault.words)
    return InputErrors(findings.errors)


def obstacle(path: Path) -> UnreadableError | None:
    """Why ``path`` is no file that can be opened; None if it is one."""
    try:
        if path.is_dir():
            return UnreadableError("file.directory")
        if not path.exists():
            if path.is_symlink():
                return UnreadableError("file.dangling", target=Whole(path.readlink()))
            if near := nearest_file(path):
                return UnreadableError("file.missing_near", near=near)
            return UnreadableError("file.missing")
        return None if path.is_file() else UnreadableError("file.irregular")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return _unreadable(error)


def _unreadable(error: OSError | ValueError) -> UnreadableError:
    return UnreadableError("file.unreadable", reason=said_of(error, named=False))


def _bytes(path: Path) -> bytes:
    """Content of a regular file of at most ``MAX_BYTES``."""
    if (found := obstacle(path)) is not None:
        raise found
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(error) from None
    if len(raw) > MAX_BYTES:
        raise UnreadableError("file.large", most=MAX_BYTES // 1024)
    return raw


def nearest_file(path: Path) -> str | None:
    """Name of the file beside a missing one that was most likely meant."""
    try:
        stems = {Path(name).stem: name for name in sorted(os.listdir(path.parent))}  # noqa: PTH208 names only
    except (OSError, ValueError):
        return None
    near = nearest(path.stem, stems)
    return stems[near] if near else None


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise UnreadableError("file.large", most=MAX_BYTES // 1024)
    if not raw.strip():
        raise UnreadableError("file.empty")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("file.utf16")
    if raw.startswith(b"PK\x03\x04"):
        raise UnreadableError("file.workbook")
    if b"\x00" in raw:
        raise UnreadableError("file.binary")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise UnreadableError("file.binary") from None
    raise UnreadableError("file.gb18030")


def _find_duplicates(node: Node, field: str, findings: Findings) -> None:
    if isinstance(node, Mapping):
        first: dict[str, int] = {}
        for key, child in node.pairs:
            path = f"{field}.{short(key.text)}" if field else short(key.text)
            if key.text in first:
                findings.add(key, path, "input.duplicate", line=first[key.text])
            first.setdefault(key.text, key.line)
            _find_duplicates(child, path, findings)
    elif isinstance(node, Sequence):
        for number, child in enumerate(node.items, 1):
            _find_duplicates(child, f"{field}[{number}]", findings)
