"""Faults of one fen or one person, planted at random: each one stops the month that has it."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from model.codes import STATUSES
from model.ledger import PUBLIC, Account, Flow, Ledger, LedgerError
from model.month import accounts
from model.months import format_month
from model.people import PeopleError
from tests.lived import STORM, Job, begin

TIMES = 100
Luck = random.Random
Fault = Callable[[Ledger, int, Luck], str]


def posted(luck: Luck, now: int) -> Ledger:
    """Two closed months and a third with postings between all accounts."""
    ledger = Ledger(luck.choice([1, 20, 2_000]))
    for account in PUBLIC:
        ledger.open_with(account, luck.randrange(10**12))
    for month in (now - 2, now - 1, now):
        for _ in range(luck.randrange(5, 30)):
            payer, payee = luck.sample(list(Account), 2)
            flow = Flow(luck.choice(["wages", "course_fee", "C10"]), "", payer, payee)
            ledger.post(month, flow, (luck.randrange(13), 0, -1), 1, luck.randrange(1, 10**7))
        if month < now:
            ledger.close(month)
    return ledger


def leak(ledger: Ledger, _now: int, luck: Luck) -> str:
    """One fen vanishes from, or appears in, an account."""
    account = luck.choice(list(Account))
    ledger.balances[account] += luck.choice([-1, 1])
    return account.name.lower()


def half_a_posting(ledger: Ledger, now: int, luck: Luck) -> str:
    """The payer is charged and the payee gets nothing."""
    month_start = next(i for i, line in enumerate(ledger.lines) if line[0] == now)
    line = luck.choice(ledger.lines[month_start:])
    ledger.balances[line[1].payee] -= line[-1]
    return str(line[1].payee.name.lower())


def lost_line(ledger: Ledger, now: int, luck: Luck) -> str:
    """Money moved and nothing says why."""
    month_start = next(i for i, line in enumerate(ledger.lines) if line[0] == now)
    line = ledger.lines.pop(luck.randrange(month_start, len(ledger.lines)))
    return str(min(line[1].payer, line[1].payee).name.lower())


def line_twice(ledger: Ledger, now: int, luck: Luck) -> str:
    """One payment is booked twice."""
    month_start = next(i for i, line in enumerate(ledger.lines) if line[0] == now)
    line = luck.choice(ledger.lines[month_start:])
    ledger.lines.append(line)
    return str(min(line[1].payer, line[1].payee).name.lower())


def rounded_up(ledger: Ledger, now: int, luck: Luck) -> str:
    """A line says one fen more than was moved."""
    month_start = next(i for i, line in enumerate(ledger.lines) if line[0] == now)
    place = luck.randrange(month_start, len(ledger.lines))
    line = ledger.lines[place]
    ledger.lines[place] = (*line[:-1], line[-1] + 1)
    return str(min(line[1].payer, line[1].payee).name.lower())


def late_reversal(ledger: Ledger, now: int, luck: Luck) -> str:
    """A payment of a closed month is taken back under that month's date."""
    line = luck.choice([one for one in ledger.lines if one[0] < now])
    flow = Flow(line[1].instrument, line[1].clause, line[1].payee, line[1].payer)
    ledger.post(line[0], flow, line[2:5], 1, 1, weight=1)
    return str(flow.payer.name.lower())


FAULTS: tuple[Fault, ...] = (
    leak, half_a_posting, lost_line, line_twice, rounded_up, late_reversal,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_every_time_and_named(fault: Fault) -> None:
    found = 0
    for number in range(TIMES):
        luck = random.Random(number)
        now = luck.randrange(1_404, 1_452)
        ledger = posted(luck, now)
        account = fault(ledger, now, luck)
        with pytest.raises(LedgerError) as caught:
            ledger.close(now)
        assert format_month(now) in str(caught.value)
        assert account in str(caught.value)
        found += 1
    assert found == TIMES


def test_a_control_without_a_fault_every_month_closes() -> None:
    for number in range(TIMES):
        ledger = posted(random.Random(number), 1_410)
        ledger.close(1_410)
        assert ledger.balances.sum() == 0


# The same in a province: between the last payment and the closing of the month.


def steal(province: Any, luck: Luck) -> str:
    account = luck.choice(list(Account))
    province.ledger.balances[account] += 1
    return account.name.lower()


def misplace_set_aside(province: Any, luck: Luck) -> str:
    province.enterprises["education_fund"][luck.randrange(province.nobody)] += 1
    return "education funds"


def overdraw(province: Any, luck: Luck) -> str:
    account = luck.choice(PUBLIC)
    too_much = int(province.ledger.balances[account]) + 1
    flow = Flow("leak", "", account, Account.OUTSIDE)
    province.ledger.post(province.month, flow, (-1, -1, -1), 1, too_much, weight=1)
    return account.name.lower()


def kidnap(province: Any, luck: Luck) -> str:
    """Somebody's status changes and no book says so."""
    status = province.workers["status"]
    who = luck.randrange(len(status))
    before = int(status[who])
    status[who] = (before + luck.randrange(1, len(STATUSES))) % len(STATUSES)
    return STATUSES[min(before, int(status[who]))]


def count_twice(province: Any, luck: Luck) -> str:
    """A move is noted that nobody made."""
    before, after = luck.sample(range(len(STATUSES)), 2)
    province.people.move(np.array([before]), after)
    return STATUSES[min(before, after)]


@pytest.mark.parametrize("fault", [steal, misplace_set_aside, overdraw, kidnap, count_twice])
def test_a_fault_in_a_province_stops_the_month_and_is_named(
    fault: Callable[[Any, Luck], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = begin(Job(STORM, seed=3))
    whole.run(whole.start + 2)
    close, named = accounts.close, ""
    luck = random.Random(0)

    def planted(province: Any) -> None:
        nonlocal named
        named = fault(province, luck)
        close(province)

    monkeypatch.setattr(accounts, "close", planted)
    found = 0
    for _ in range(TIMES):
        province = whole.fork(whole.policy)
        with pytest.raises((LedgerError, PeopleError)) as caught:
            province.step()
        assert format_month(whole.month) in str(caught.value)
        assert named in str(caught.value)
        found += 1
    assert found == TIMES


def test_a_control_the_same_month_without_a_fault_closes() -> None:
    province = begin(Job(STORM, seed=3))
    province.run(province.start + 3)
    assert province.month == province.start + 4
