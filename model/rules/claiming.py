"""Awareness and claiming: knowing of an instrument, then asking for it (docs/methods.md)."""

from typing import NamedTuple

from model.codes import Status
from model.decisions import Ceiling
from model.numbers import exp
from model.parameters.claiming import Params
from model.scalar import scalar


@scalar
def share_aware(hazard: float) -> float:
    """Share of a cell that knows, after a cumulative hazard: ``1 - exp(-hazard)``.

    A worker knows once the hazard passes the worker's own keyed exponential, which is the same as
    a keyed uniform draw below this share.
    """
    return 1.0 - exp(-hazard)


@scalar
def next_hazard(hazard: float, multiple: float, told: float, p: Params) -> float:
    """Bass diffusion: media, what the opinion's channels tell, and word of mouth."""
    return hazard + multiple * (p.aware_own + told + p.aware_others * share_aware(hazard))


@scalar
def told_to_workers(p: Params) -> float:
    """Monthly hazard through the database (C14), online services (C16) and publicity (part 3)."""
    return p.aware_database + p.aware_services + p.publicity


class ClaimFacts(NamedTuple):
    """A certificate or upgrade course that may still be claimed for."""

    month: int
    claim_until: int
    u_claim: float


class Claim(NamedTuple):
    """``event`` 1: asks this month."""

    event: int


@scalar
def ask_for_subsidy(f: ClaimFacts, p: Params) -> Claim:
    """A monthly chance until the claim lapses."""
    if f.month > f.claim_until:
        return Claim(0)
    return Claim(1 if f.u_claim < p.claim else 0)


class ClaimCeilingFacts(NamedTuple):
    """A status, code of ``model.codes.Status``."""

    status: int


@scalar
def claim_ceiling(f: ClaimCeilingFacts, p: Params) -> Ceiling:
    """The chance itself, of those who hold a post."""
    return Ceiling(1 if f.status == Status.EMPLOYED else 0, p.claim)
