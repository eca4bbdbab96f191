"""What a command says and where: results on standard output, the rest on standard error."""

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn, TextIO

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from app.wrapping import wrap
from model.words import text

WIDTH = 100
VARIABLE = "LONGJIANG_LANG"


class Language(StrEnum):
    """Languages of everything printed."""

    ZH = "zh"
    EN = "en"


class Screen:
    """Standard output and standard error in one language."""

    def __init__(self, lang: str) -> None:
        """Begin; the width is the terminal's, at most ``WIDTH``."""
        self.lang = lang
        self.out = _console(sys.stdout, stderr=False)
        self.err = _console(sys.stderr, stderr=True)

    def show(self, what: RenderableType = "") -> None:
        """Print a table, or an empty line."""
        self.out.print(what)

    def say(self, said: str, hanging: str = "") -> None:
        """Print a result in words, broken into lines of the width."""
        for line in wrap(said, self.out.width, hanging):
            self.line(line)

    def points(self, lines: Iterable[str]) -> None:
        """Print remarks as a list."""
        for line in lines:
            self.say(f"- {line}", "  ")

    def line(self, said: str) -> None:
        """Print a result as one line, however long."""
        self.out.print(Text(said), soft_wrap=True)

    def tell(self, key: str, /, **words: object) -> None:
        """Print a message of the catalogue on standard error."""
        self.err.print(Text(text(key, self.lang, **words)), soft_wrap=True)

    def complain(self, said: str) -> None:
        """Print what is wrong on standard error."""
        self.err.print(Text(said), soft_wrap=True)

    def refuse(self, key: str, /, **words: object) -> NoReturn:
        """Say that the input is wrong and end with code 2."""
        self.tell(key, **words)
        raise typer.Exit(2)


class _Console(Console):
    """A console that leaves it to the command what to do where nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Let the command end.

        Raises:
            BrokenPipeError: always.
        """
        self.quiet = True
        raise BrokenPipeError


def _console(stream: TextIO, *, stderr: bool) -> Console:
    console = _Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    width = min(console.width, WIDTH) if stream.isatty() else WIDTH
    console.width = width
    return console


def language_of(words: list[str]) -> str:
    """The language that a command line asks for, before it is parsed: option, variable, Chinese."""
    found = os.environ.get(VARIABLE, "")
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            found = words[place + 1]
        elif word.startswith("--lang="):
            found = word.partition("=")[2]
    return found if found in tuple(Language) else Language.ZH.value


def any_encoding() -> None:
    """Let a terminal without Chinese characters show replacements instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
