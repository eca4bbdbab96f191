"""Checking input files without running anything: every error of every file, in order.

What a file is shows in its fields: a parameter file says ``about`` what it is or gives entries
with a ``unit``; a case of the policy calculator has one of the fields of a case; anything else is
read as a scenario. A further kind of file is one more line in ``KINDS``.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from model.nodes import Mapping, Node
from model.parameters.reader import FOLDERS, params_of, read_topic
from model.reading import InputError, InputErrors, obstacle
from model.reading import load as load_tree
from scenarios import case_file
from scenarios.case_kinds import kinds
from scenarios.scenario import is_name, load


class Kind(NamedTuple):
    """One kind of input file."""

    name: str
    recognises: Callable[[Node], bool]
    read: Callable[[Path], object]


class Checked(NamedTuple):
    """What a file is, or what is wrong with it; ``kind`` is empty if it cannot be read at all."""

    file: str
    kind: str
    errors: tuple[InputError, ...]


def check(files: Iterable[str | Path]) -> tuple[Checked, ...]:
    """Check files, or shipped scenarios by their bare names, one after the other."""
    return tuple(_check(file) for file in files)


def _check(file: str | Path) -> Checked:
    kind = ""
    try:
        if is_name(file) and obstacle(Path(file)) is not None:
            kind = "scenario"
            load(file)
        else:
            path = Path(file)
            root = load_tree(path)
            found = next(one for one in KINDS if one.recognises(root))
            kind = found.name
            found.read(path)
    except InputErrors as found_wrong:
        return Checked(str(file), kind, found_wrong.errors)
    return Checked(str(file), kind, ())


def _is_topic(root: Node) -> bool:
    if not isinstance(root, Mapping):
        return False
    return any(
        key.text == "about"
        or (isinstance(child, Mapping) and any(inner.text == "unit" for inner, _ in child.pairs))
        for key, child in root.pairs
    )


def _is_case(root: Node) -> bool:
    known = {*case_file.KEYS, *kinds()}
    return isinstance(root, Mapping) and any(key.text in known for key, _ in root.pairs)


def _read_topic(path: Path) -> object:
    """Read a parameter file against the fields of the topic it is named after, if there is one."""
    for folder, package in FOLDERS:
        if (folder / f"{path.stem}.py").is_file() and (folder / f"{path.stem}.yaml").is_file():
            return read_topic(path, params_of(package, path.stem))
    return read_topic(path, None)


KINDS = (
    Kind("parameters", _is_topic, _read_topic),
    Kind("case", _is_case, case_file.read),
    Kind("scenario", lambda _: True, load),
)
