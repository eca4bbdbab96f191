"""Finds every instrument: a Python file here with an ``INSTRUMENT`` and a YAML file beside it."""

import importlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_type_hints

from model.instruments.channels import FACTS, READ_BY_CALLERS, Channel, Instrument

FOLDER = Path(__file__).resolve().parent
NOT_INSTRUMENTS = frozenset({"__init__", "channels", "facts", "registry"})


class RegistryError(Exception):
    """An instrument that is not built as the others are; says which file and what is missing."""


@cache
def instruments() -> MappingProxyType[str, Instrument]:
    """Every instrument by name, in the order of names."""
    return registered(names())


def names() -> tuple[str, ...]:
    """Names of all instruments: the Python files of this folder that are not the machinery."""
    found = {path.stem for path in FOLDER.glob("*.py")} - NOT_INSTRUMENTS
    loose = {path.stem for path in FOLDER.glob("*.yaml")} - found
    if loose:
        raise RegistryError(f"parameter files without an instrument: {', '.join(sorted(loose))}")
    return tuple(sorted(found))


def registered(order: Iterable[str]) -> MappingProxyType[str, Instrument]:
    """The named instruments, in the given order, which must change no result."""
    return MappingProxyType({name: _load(name) for name in order})


@cache
def on_channel(channel: Channel) -> tuple[Instrument, ...]:
    """Instruments that use ``channel``, in the order of names."""
    return tuple(i for i in instruments().values() if i.channel == channel)


def titles() -> tuple[tuple[str, int, str], ...]:
    """Every title of the AWARD channel: instrument, code and name; its place is its bit.

    In the order of names, whatever the order of registration: ``honours`` of a worker is a mask of
    these places.
    """
    found = sorted(on_channel(Channel.AWARD), key=lambda one: one.name)
    return tuple(
        (one.name, int(title), title.name.lower()) for one in found for title in one.titles or ()
    )


def _load(name: str) -> Instrument:
    module = importlib.import_module(f"model.instruments.{name}")
    found = getattr(module, "INSTRUMENT", None)
    if not isinstance(found, Instrument):
        raise RegistryError(f"{name}.py has no INSTRUMENT")
    file = FOLDER / f"{name}.yaml"
    if not file.is_file():
        raise RegistryError(f"{name}.py has no parameter file {file.name} beside it")
    return _complete(replace(found, name=name, file=file))


def _complete(instrument: Instrument) -> Instrument:
    name = instrument.name
    if instrument.channel not in FACTS:
        raise RegistryError(f"{name}: channel {instrument.channel!r} has no facts")
    hints = get_type_hints(instrument.params)
    wrong = [f for f, kind in hints.items() if kind not in (int, float)]
    if wrong:
        raise RegistryError(f"{name}: parameters must be int or float: {', '.join(wrong)}")
    needed = {"in_force", *READ_BY_CALLERS.get(instrument.channel, ())}
    if missing := sorted(needed - set(hints)):
        raise RegistryError(f"{name}: its channel reads {', '.join(missing)}")
    if instrument.channel == Channel.AWARD and not (
        instrument.titles and "winners" in instrument.figures
    ):
        raise RegistryError(f"{name}: its channel needs titles and a figure of winners")
    unknown = sorted(set(instrument.settings) - set(hints))
    if unknown:
        raise RegistryError(f"{name}: settings without a parameter: {', '.join(unknown)}")
    if instrument.reasons(0).name != "ELIGIBLE":
        raise RegistryError(f"{name}: reason 0 must be ELIGIBLE")
    return instrument
