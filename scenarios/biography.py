"""One worker's life: a run lived again with that worker's row written down every month."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from model.codes import TRADES, Status
from model.instruments.registry import instruments, titles
from model.ledger import Account
from model.months import parse_month
from model.words import SpokenError
from scenarios.life_events import Event, events_of, place_column
from scenarios.runner import Request, begin, live, people_of
from scenarios.scenario import Scenario

COLUMNS = (
    "status", "enterprise", "region", "branch", "level", "appointed", "pay", "course",
    "course_ends", "queued", "attempts", "sponsored", "insured", "certificate_month",
    "upgrade_month", "trained_year", "apprentice_since", "apprentice_finished",
    "benefit_since", "joined", "waived", "honours", "chief_until",
    "public_course", "public_level", "public_ends", "public_gained",
)  # fmt: skip
BENEFIT = "unemployment_insurance"
ALIKE = 2  # of one kind
SHOWN = 8  # workers named where nobody is asked for


class UnknownWorkerError(SpokenError, LookupError):
    """No such worker in this population."""


class State(NamedTuple):
    """The worker at the end of a month, by column; ``employer`` is an identity, 0 for none.

    ``wage`` is what was paid this month after any cut, ``reference`` pay before the cut of the
    spell under way (0 outside a spell), fen.
    """

    month: int
    columns: dict[str, int]
    employer: int
    wage: int
    reference: int

    def __getattr__(self, name: str) -> int:
        """A column by its name."""
        try:
            return self.columns[name]
        except KeyError:
            raise AttributeError(name) from None


class Payment(NamedTuple):
    """Money that an instrument paid for this worker in a month."""

    month: int
    instrument: str
    clause: str
    payee: str
    fen: int


@dataclass(frozen=True)
class Biography:
    """Who it is, the state month by month, what happened, and every payment."""

    identity: int
    weight: int
    birth_month: int
    female: bool
    rural: bool
    trade: str
    start: State
    states: tuple[State, ...]
    events: tuple[Event, ...]
    payments: tuple[Payment, ...]

    @property
    def received(self) -> int:
        """Fen of all payments."""
        return sum(payment.fen for payment in self.payments)

    @property
    def to_person(self) -> int:
        """Fen of the payments that reached the worker; the others went elsewhere for them."""
        own = Account.WORKERS.name.lower()
        return sum(payment.fen for payment in self.payments if payment.payee == own)

    @property
    def wages(self) -> int:
        """Fen of all wages."""
        return sum(state.wage for state in self.states)


def relive(
    scenario: Scenario,
    request: Request,
    identity: int,
    on_month: Callable[[int], None] | None = None,
) -> Biography:
    """Live a run again and follow one worker.

    Raises:
        UnknownWorkerError: the sample holds no such worker.
        RequestError: the run cannot be done as asked.
    """
    people = people_of(request, request.seed)
    found = np.flatnonzero(people.workers["id"] == identity)
    if len(found) == 0:
        words = {"id": identity, "scale": request.scale, "seed": request.seed}
        raise UnknownWorkerError("life.unknown", **words)
    row = int(found[0])
    province = begin(scenario, people, request, request.seed)
    start = state_of(province, row, province.start - 1)
    states: list[State] = []

    def note(month: int) -> None:
        states.append(state_of(province, row, month))
        if on_month:
            on_month(month)

    live(province, parse_month(request.until), note)
    payments = payments_of(province, row)
    pairs = zip([start, *states[:-1]], states, strict=True)
    events = [event for before, after in pairs for event in events_of(before, after)]
    w = province.workers
    return Biography(
        identity,
        int(province.weight),
        int(w["birth_month"][row]),
        bool(w["female"][row]),
        bool(w["rural"][row]),
        TRADES[int(w["trade"][row])],
        start,
        tuple(states),
        tuple(events),
        payments,
    )


def state_of(province: Any, row: int, month: int) -> State:
    """One worker's state now."""
    w, e = province.workers, province.enterprises
    columns = {name: int(w[name][row]) for name in COLUMNS} | places_of(province, row, month)
    employer = int(e["id"][columns["enterprise"]]) if columns["status"] == Status.EMPLOYED else 0
    wage = columns["pay"] if employer and month >= province.start else 0
    reference = 0
    drops = getattr(province, "drops", None)
    if drops is not None and employer and month >= province.start:
        at = np.flatnonzero(province.drop_rows == row)
        if len(at) and int(drops.of["paid"][at[0]]) < int(drops.of["reference"][at[0]]):
            wage = int(drops.of["paid"][at[0]])
            reference = int(drops.of["reference"][at[0]])
    return State(month, columns, employer, wage, reference)


def places_of(province: Any, row: int, month: int) -> dict[str, int]:
    """Best place that the worker took this month in each contest, by :func:`place_column`."""
    bits = [(name, code) for name, code, _ in titles()]
    found = dict.fromkeys(map(place_column, range(len(bits))), 0)
    for at, name, title, rows, places in province.counts.places:
        mine = places[rows == row]
        if at == month and len(mine):
            found[place_column(bits.index((name, title)))] = int(mine.min())
    return found


def payments_of(province: Any, row: int) -> tuple[Payment, ...]:
    """Every payment made for the worker in a row, in order of month and instrument."""
    found = []
    for (name, month), parts in sorted(
        province.counts.payments.items(), key=lambda item: (item[0][1], item[0][0])
    ):
        fen = sum(int(amounts[rows == row].sum()) for rows, amounts in parts)
        if fen:
            one = instruments()[name]
            _, payee = one.accounts(province.policy.at(month)[name])
            found.append(Payment(month, name, one.clause, payee.name.lower(), fen))
    return tuple(found)


def notable(scenario: Scenario, request: Request) -> list[tuple[int, tuple[str, ...]]]:
    """Workers worth following: one paid under each instrument, then those paid under several."""
    people = people_of(request, request.seed)
    province = begin(scenario, people, request, request.seed)
    live(province, parse_month(request.until))
    kinds: dict[int, set[str]] = {}
    for (name, _), parts in sorted(province.counts.payments.items()):
        for rows, _ in parts:
            for row in rows.tolist():
                kinds.setdefault(row, set()).add(name)
    rare = Counter(name for names in kinds.values() for name in names)

    def interest(row: int) -> tuple[float, int]:
        worth = sum(1.0 / rare[name] for name in kinds[row] if name != BENEFIT)
        return -len(kinds[row]) - worth, row

    ranked = sorted(kinds, key=interest)
    rarest = sorted(rare, key=lambda name: (rare[name], name))
    first = (next(row for row in ranked if name in kinds[row]) for name in rarest)
    alike: Counter[frozenset[str]] = Counter()
    others = []
    for row in ranked:
        alike[frozenset(kinds[row])] += 1
        if alike[frozenset(kinds[row])] <= ALIKE:
            others.append(row)
    chosen = list(dict.fromkeys([*first, *others]))[:SHOWN]
    identities = province.workers["id"]
    return [(int(identities[row]), tuple(sorted(kinds[row]))) for row in chosen]
