"""Every fixed sum that was paid to a person stands in that person's life: fen, month and clause.

Who was drawn for which prize is noted while the prizes are handed out, apart from the model's own
record of payments, from which a life is told.
"""

from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from model.instruments.channels import Channel
from model.instruments.registry import instruments, on_channel
from model.ledger import Account
from model.month import awards
from model.months import month, parse_month
from scenarios.biography import payments_of, relive
from scenarios.runner import Request
from scenarios.scenario import load
from tests.lived import Job, begin

NAMES = {one.name for one in on_channel(Channel.AWARD)}
JOB = Job("policy_2017", seed=1, n=500)
YUAN = 100
SUMS = {  # of the text: C19 and C21
    "craftsman_awards": {30_000, 10_000},
    "chief_technicians": {20_000},
    "national_awards": {200_000, 100_000},
}


class Prize(NamedTuple):
    """One sum handed out; ``row`` is -1 for a winner outside the sample."""

    name: str
    month: int
    fen: int
    row: int
    where: tuple[int, int, int]


class Handed:
    """A life of the province in which every prize is noted as it is handed out."""

    def __init__(self) -> None:
        self.prizes: list[Prize] = []
        self.province = begin(JOB)
        hand_out, pay = awards.hand_out, awards.pay_fixed
        turn: list[int] = []

        def watched(p: Any, found: Any, title: Any, drawn: Any, places: Any) -> None:
            turn[:] = drawn.tolist() + [-1] * (len(places) - len(drawn))
            hand_out(p, found, title, drawn, places)
            assert turn == []

        def noted(p: Any, name: str, fen: int, where: tuple[int, int, int]) -> bool:
            row, done = turn.pop(0), pay(p, name, fen, where)
            if done:
                self.prizes.append(Prize(name, p.month, fen, row, where))
            return done

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(awards, "hand_out", watched)
            patch.setattr(awards, "pay_fixed", noted)
            self.province.run(parse_month(JOB.until))


@pytest.fixture(scope="module")
def handed() -> Handed:
    return Handed()


def test_the_books_hold_each_prize_once(handed: Handed) -> None:
    lines = [line for line in handed.province.ledger.lines if line[1].instrument in NAMES]
    booked = sorted((line[1].instrument, line[0], line[-1], tuple(line[2:5])) for line in lines)
    assert booked == sorted((p.name, p.month, p.fen, p.where) for p in handed.prizes)
    assert {line[1].clause for line in lines} == {"C19", "C21"}
    assert {line[1].payer for line in lines} == {Account.PROVINCIAL_TREASURY}
    for name, sums in SUMS.items():
        assert {p.fen // YUAN for p in handed.prizes if p.name == name} == sums


def test_each_prize_stands_in_its_winners_life_and_no_other_does(handed: Handed) -> None:
    inside = [p for p in handed.prizes if p.row >= 0]
    assert {p.name for p in inside} == NAMES
    assert len(inside) > 500
    for row in sorted({p.row for p in inside}):
        told = [p for p in payments_of(handed.province, row) if p.instrument in NAMES]
        won: dict[tuple[int, str], int] = {}
        for p in inside:
            if p.row == row:
                won[p.month, p.name] = won.get((p.month, p.name), 0) + p.fen
        assert {(p.month, p.instrument): p.fen for p in told} == won
        assert all(p.clause == instruments()[p.instrument].clause for p in told)
        assert {p.payee for p in told} == {"workers"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_winners_life_lived_again_tells_the_prize(name: str, handed: Handed) -> None:
    prize = next(p for p in handed.prizes if p.name == name and p.row >= 0)
    identity = int(handed.province.workers["id"][prize.row])
    request = Request(scale=Fraction(1, JOB.n), seeds=1, seed=JOB.seed, until="2018-12")
    life = relive(load("policy_2017"), request, identity)
    found = [p for p in life.payments if p.instrument == name and p.month == prize.month]
    assert prize.month <= month(2018, 12)
    assert [p.fen for p in found] == [prize.fen]
    assert found[0].clause == instruments()[name].clause
