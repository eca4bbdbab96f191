"""Outside offers to employed workers (docs/methods.md)."""

from typing import NamedTuple

from model.codes import Level
from model.decisions import Ceiling
from model.parameters.hiring import Params
from model.scalar import scalar

SPECIAL = int(max(Level))


class OfferFacts(NamedTuple):
    """What draws an offer."""

    month: int
    level: int
    certificate_month: int
    restlessness: float
    employer_state: int
    employer_pressure_others: float
    employer_approached: float  # multiple by how many rivals there are, 1 on average
    u_offer: float


class Offer(NamedTuple):
    """``event`` 1: approached this month, and looks at what is offered."""

    event: int


@scalar
def hear_offer(f: OfferFacts, p: Params) -> Offer:
    """Skill and a fresh certificate draw offers; so do trouble at work and rivals near."""
    rate = p.offer_state if f.employer_state == 1 else p.offer_private
    rate = rate * (1.0 + p.offer_level * f.level) * f.employer_pressure_others
    rate = rate * f.employer_approached
    if f.level > 0 and f.month - f.certificate_month <= 12:
        rate = rate * p.offer_visible
    return Offer(1 if f.u_offer < rate * f.restlessness else 0)


class OfferCeilingFacts(NamedTuple):
    """How far an enterprise's staff draw offers."""

    state: int
    pressure_others: float
    approached: float


@scalar
def offer_ceiling(f: OfferCeilingFacts, p: Params) -> Ceiling:
    """The rate of the most skilled, or of the least where skill draws none; times taste."""
    level = SPECIAL if p.offer_level > 0.0 else 0
    rate = p.offer_state if f.state == 1 else p.offer_private
    rate = rate * (1.0 + p.offer_level * level) * f.pressure_others
    rate = rate * f.approached
    if p.offer_visible > 1.0:
        rate = rate * p.offer_visible
    return Ceiling(1, rate)


class BidFacts(NamedTuple):
    """A worker whom an enterprise would hire away."""

    pay: int  # fen a month by contract
    most: int  # the most that the enterprise would pay, fen a month
    minimum: int  # minimum wage there, fen a month


class Bid(NamedTuple):
    """``event`` 1: the worker would come, for ``pay`` fen a month."""

    event: int
    pay: int


@scalar
def weigh_bid(f: BidFacts, p: Params) -> Bid:
    """Whoever can pay more than the worker has gives what attracts: a share of the difference.

    The worker never loses by it.
    """
    if f.most <= f.pay:
        return Bid(0, f.pay)
    pay = f.pay + int(p.poach_share * (f.most - f.pay))
    if pay < f.minimum:
        pay = f.minimum
    return Bid(1, pay)
