"""Businesses that people without a post start for the money they expect (C22, C27)."""

from typing import NamedTuple

from model.codes import Status
from model.decisions import Ceiling
from model.parameters.ventures import Params
from model.scalar import scalar

UNIT = 1_000_000  # fen: the response is stated for 10,000 yuan


class ThinkFacts(NamedTuple):
    """Somebody without a post."""

    u_think: float


class Think(NamedTuple):
    """``event`` 1: thinks of a business this month."""

    event: int


@scalar
def think_of_business(f: ThinkFacts, p: Params) -> Think:
    """A small monthly chance, the same for all."""
    return Think(1 if f.u_think < p.attention else 0)


class ThinkCeilingFacts(NamedTuple):
    """A status, code of ``model.codes.Status``."""

    status: int


@scalar
def think_ceiling(f: ThinkCeilingFacts, p: Params) -> Ceiling:
    """The chance itself, of those who seek a post."""
    return Ceiling(1 if f.status == Status.UNEMPLOYED else 0, p.attention)


class StartFacts(NamedTuple):
    """What public and union money is expected to give to the business."""

    expected: int  # fen
    u_start: float


class Start(NamedTuple):
    """``event`` 1: starts it, and would not have done so without the money."""

    event: int


@scalar
def start_business(f: StartFacts, p: Params) -> Start:
    """In proportion to the money expected; nobody where none is."""
    return Start(1 if f.u_start < p.response * f.expected / UNIT else 0)
