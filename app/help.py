"""Commands that speak two languages and answer what goes wrong without a traceback.

Help texts in the code are keys of the catalogue; they are put into words when help is shown.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.text import Text
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from app.screen import Language, Screen, language_of
from model.ledger import LedgerError
from model.people import PeopleError
from model.reading import InputErrors, nearest
from model.system import said_of
from model.words import SpokenError, has, text
from scenarios.effects import PairError
from scenarios.runner import OptionError, RequestError

DONE, FAILED, WRONG = 0, 1, 2
WHOLE = ("N", "ID")  # how whole numbers are named in help
KEYS = "help."
TYPERS_WORDS = ("usage", "options", "command", "arguments")  # in the line of usage
PANELS = {"argument": "help.arguments", "option": "help.options"}


def put_into_words(command: Any, ctx: Any) -> None:
    """Replace keys of help texts by their words; a second call may choose another language."""
    lang = ctx.find_root().meta.get("lang", "zh")
    items = (command, *command.get_params(ctx), *getattr(command, "commands", {}).values())
    for item in items:
        key = getattr(item, "help_key", None) or getattr(item, "help", None)
        if isinstance(key, str) and key.startswith(KEYS) and has(key):
            item.help_key = key
            item.help = text(key, lang)
        panel = PANELS.get(getattr(item, "param_type_name", ""))
        if panel:
            item.rich_help_panel = text(panel, lang)
        elif item is not command:
            item.rich_help_panel = text("help.commands", lang)
            item.short_help = item.help.splitlines()[0] if item.help else ""
        if getattr(item, "name", "") == "help":
            item.help = text("help.help", lang)
    for constant in ("DEFAULT_STRING", "ENVVAR_STRING", "REQUIRED_LONG_STRING"):
        setattr(rich_utils, constant, text(f"help.typer.{constant.lower()}", lang))


def usage_line(said: str, ctx: Any) -> str:
    """A line of usage with typer's own words in the language asked for."""
    lang = ctx.find_root().meta.get("lang", "zh")
    for name in TYPERS_WORDS:
        given = text(f"help.typer.{name}", "en")
        said = said.replace(given, text(f"help.typer.{name}", lang))
    return said


@contextmanager
def read_to_the_end() -> Iterator[None]:
    """No failure where the reader of a pipe stops before the end of help."""
    try:
        yield
    except (BrokenPipeError, SystemExit):  # the second is rich's answer to the first
        raise typer.Exit(DONE) from None


class Spoken(TyperCommand):
    """One command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help in the language asked for."""
        put_into_words(self, ctx)
        with read_to_the_end():
            super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """The first line of help, in the language asked for."""
        return usage_line(super().get_usage(ctx), ctx)


class Commands(TyperGroup):
    """All commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note the language before anything can go wrong."""
        ctx.meta["lang"] = language_of(args)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help in the language asked for."""
        put_into_words(self, ctx)
        with read_to_the_end():
            super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """The first line of help, in the language asked for."""
        return usage_line(super().get_usage(ctx), ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 click's signature
        """In the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; every failure ends with a sentence and its exit code."""
        screen = Screen(ctx.meta.get("lang", "zh"))
        return answered(lambda: super(Commands, self).invoke(ctx), screen)


def answered(call: Callable[[], Any], screen: Screen) -> Any:
    """Result of ``call``, or an answer on standard error and the exit code that fits.

    Raises:
        Exit: code 2 for wrong input, 1 for a run that failed or was stopped.
    """
    lang = screen.lang
    try:
        return call()
    except InputErrors as errors:
        screen.complain(errors.text(lang))
        code = WRONG
    except OptionError as error:
        screen.complain(f"--{error.said[lang]}")
        code = WRONG
    except (RequestError, PairError) as error:
        screen.tell("answer.request", said=error.said[lang])
        code = WRONG
    except SpokenError as error:
        screen.complain(error.said[lang])
        code = WRONG
    except (LedgerError, PeopleError) as error:
        screen.tell("answer.books", said=error)
        code = FAILED
    except KeyboardInterrupt:
        screen.tell("answer.stopped")
        code = FAILED
    except MemoryError:
        screen.tell("answer.memory")
        code = FAILED
    except BrokenPipeError:  # who reads has seen enough
        code = DONE
    except OSError as error:
        screen.tell("answer.system", said=said_of(error)[lang])
        code = FAILED
    except Exception as error:
        if not is_usage(error):
            raise
        screen.err.print(Text(text("answer.usage", lang, said=usage(error, lang))), soft_wrap=True)
        code = WRONG
    raise typer.Exit(code)


def is_usage(error: Exception) -> bool:
    """Whether the command line itself was wrong: an option, an argument, a command."""
    return isinstance(error, typer.BadParameter.__mro__[1])


def usage(error: Any, lang: str) -> str:
    """What is wrong with the command line, what would be right, and how to ask for help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "longjiang"
    said = error.format_message()
    kind, words = _kind(error, said)
    if kind == "value":
        whole = words["form"] in WHOLE
        words["form"] = text("usage.whole", lang) if whole else words["form"]
    known = words.pop("known", ())
    near = nearest(words.get("given", ""), known)
    if near is not None:
        kind, words = f"{kind}_near", {**words, "near": near}
    return text("usage.see", lang, said=text(f"usage.{kind}", lang, **words), path=path)


def _kind(error: Any, said: str) -> tuple[str, dict[str, Any]]:
    """Key of the answer and what fills it; what is not foreseen is shown as typer says it."""
    name, param = type(error).__name__, getattr(error, "param", None)
    if name == "NoSuchOption":
        options = [one for p in error.ctx.command.params for one in p.opts] if error.ctx else []
        return "option", {"given": error.option_name, "known": options}
    if name == "MissingParameter" and param is not None:
        return "missing", {"name": _typed(param)}
    if name == "BadParameter" and param is not None:
        form = param.metavar or ("|".join(Language) if param.name == "lang" else param.name)
        return "value", {"name": _typed(param), "form": form}
    if name == "BadOptionUsage":
        return ("no_value" if "requires" in said else "flag"), {"name": error.option_name}
    if found := re.match("No such command '([^']*)'", said):
        known = list(getattr(error.ctx.command, "commands", ())) if error.ctx else []
        return "command", {"given": found[1], "known": known}
    if found := re.match(r"Got unexpected extra argument\S* \((.*)\)", said):
        return "extra", {"given": found[1]}
    return "other", {"said": said}


def _typed(param: Any) -> str:
    """A parameter as one types it."""
    option = param.param_type_name == "option"
    return str(param.opts[-1] if option else param.metavar or param.name)
