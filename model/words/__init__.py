"""Words: every message and label in Chinese and English, by key.

A catalogue file is ``<group>.<language>.yaml`` in this folder; a key is the path of its mapping
keys joined by dots. All groups of a language form one catalogue, and the Chinese and English
catalogues hold the same keys with the same places to fill in (a test holds them to it). A new
group is a new pair of files; nothing else changes.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from model.nodes import Mapping, Node, Text, compose

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent


class MissingWordError(LookupError):
    """A key, or a place to fill in, that the catalogue does not have."""


class SpokenError(Exception):
    """Something that is refused: says why, and what would do, in every language (``said``).

    A command answers in its user's language; a traceback, which knows none, shows all.
    """

    def __init__(self, key: str, /, **words: object) -> None:
        """Fill message ``key``."""
        self.said = both(key, **words)
        self._again = partial(type(self), key, **words)
        super().__init__("\n".join(self.said[lang] for lang in LANGUAGES))

    def __reduce__(self) -> tuple[Callable[[], "SpokenError"], tuple[()]]:
        """How it comes back from another process."""
        return self._again, ()


def text(key: str, lang: str, /, **fields: object) -> str:
    """Message ``key`` in ``lang``, its places filled from ``fields``.

    Raises:
        MissingWordError: no such language, key or place; never the reader's fault, always ours.
    """
    try:
        return catalogue(lang)[key].format(**fields)
    except (KeyError, IndexError) as error:
        raise MissingWordError(f"{lang} {key}: {error}") from None


def both(key: str, /, **fields: object) -> dict[str, str]:
    """Message ``key`` in every language; a field may itself be words by language."""
    return {lang: text(key, lang, **_in(lang, fields)) for lang in LANGUAGES}


def _in(lang: str, fields: dict[str, object]) -> dict[str, object]:
    return {name: one[lang] if isinstance(one, dict) else one for name, one in fields.items()}


def label(code: str, lang: str) -> str:
    """Name of a code of ``model.codes`` for people."""
    return text(f"code.{code}", lang)


def has(key: str) -> bool:
    """Whether every language has ``key``."""
    return all(key in catalogue(lang) for lang in LANGUAGES)


@cache
def catalogue(lang: str) -> MappingProxyType[str, str]:
    """All words of a language by key."""
    if lang not in LANGUAGES:
        raise MissingWordError(f"no language {lang!r}; there are {', '.join(LANGUAGES)}")
    return MappingProxyType(read_catalogue(FOLDER, lang))


def read_catalogue(folder: Path, lang: str) -> dict[str, str]:
    """Words of all ``*.<lang>.yaml`` in ``folder``; a key given twice is an error."""
    words: dict[str, str] = {}
    for path in sorted(folder.glob(f"*.{lang}.yaml")):
        for key, value in _flat(compose(path.read_text(encoding="utf-8")), ""):
            if key in words:
                raise ValueError(f"{path.name}: {key} is given twice")
            words[key] = value
    return words


def _flat(node: Node, prefix: str) -> list[tuple[str, str]]:
    if isinstance(node, Text):
        return [(prefix, node.text)]
    if not isinstance(node, Mapping):
        raise TypeError(f"{prefix}: a catalogue has no lists")
    stem = f"{prefix}." if prefix else ""
    return [found for key, child in node.pairs for found in _flat(child, stem + key.text)]
