"""Any order of operations: the ledger keeps its balance, a pot never pays more than it holds.

The books beside the ledger here are a dictionary and a list of what was meant, no copy of its
sums. Small in `make test`, five thousand programs of fifty steps in `make test-all`.
"""

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from model.instruments import stay_job_subsidy, wage_drop_subsidy
from model.instruments.channels import PotFacts
from model.ledger import Account, Flow, Ledger, LedgerError
from model.markets.cash import Exhausted, settle
from model.markets.pot import share_out
from model.parameters.reader import all_topics

ACCOUNTS = st.sampled_from(list(Account))
FEN = st.integers(0, 10**9)
FUND = Account.UNEMPLOYMENT_INSURANCE_FUND
NOWHERE = (-1, -1, -1)


class Books(RuleBasedStateMachine):
    """A ledger, and the same kept on paper."""

    @initialize(weight=st.sampled_from([1, 20, 200]), fund=st.integers(0, 10**10))
    def open(self, weight: int, fund: int) -> None:
        self.ledger = Ledger(weight)
        self.month = 1_404
        self.paper: dict[Account, int] = defaultdict(int)
        self.lines = 0
        self.ledger.open_with(FUND, fund)
        self.paper[FUND] += fund
        self.paper[Account.OUTSIDE] -= fund

    @rule(payer=ACCOUNTS, payee=ACCOUNTS, fen=FEN)
    def post(self, payer: Account, payee: Account, fen: int) -> None:
        self.ledger.post(self.month, Flow("any", "", payer, payee), NOWHERE, 1, fen)
        self._move(payer, payee, fen * self.ledger.weight)

    @rule(payer=ACCOUNTS, payee=ACCOUNTS, fen=st.lists(FEN, max_size=12), data=st.data())
    def post_many(
        self, payer: Account, payee: Account, fen: list[int], data: st.DataObject
    ) -> None:
        regions = [data.draw(st.integers(-1, 12)) for _ in fen]
        columns = (np.array(regions), np.zeros(len(fen)), np.full(len(fen), -1))
        flow = Flow("many", "", payer, payee)
        self.ledger.post_all(self.month, flow, columns, np.array(fen, np.int64))
        self._move(payer, payee, sum(fen) * self.ledger.weight)

    @rule(fen=st.lists(FEN, min_size=1, max_size=8))
    def pay_as_far_as_cash_goes(self, fen: list[int]) -> None:
        claims = np.array(fen, np.int64)
        available = self.ledger.available(FUND)
        order = (np.zeros(len(fen), np.int64), np.arange(len(fen)))
        paid = claims[settle(claims, available, order, Exhausted.QUEUE)]
        nobody = (np.full(len(paid), -1),) * 3
        self.ledger.post_all(self.month, Flow("C10", "", FUND, Account.WORKERS), nobody, paid)
        self._move(FUND, Account.WORKERS, int(paid.sum()) * self.ledger.weight)
        assert int(paid.sum()) <= available

    @rule(fen=st.integers(-(10**9), -1))
    def refuse_what_is_negative(self, fen: int) -> None:
        before = self.ledger.balances.copy()
        with pytest.raises(LedgerError):
            self.ledger.post(self.month, Flow("C10", "", FUND, Account.WORKERS), NOWHERE, 1, fen)
        assert (self.ledger.balances == before).all()

    @rule(fen=FEN)
    def take_back(self, fen: int) -> None:
        """A payment and its reversal leave everything where it was."""
        before = self.ledger.balances.copy()
        self.post(FUND, Account.WORKERS, fen)
        self.post(Account.WORKERS, FUND, fen)
        assert (self.ledger.balances == before).all()

    @rule()
    def close(self) -> None:
        self.ledger.close(self.month)
        for month, account, opening, inflow, outflow, closing in self.ledger.history[-9:]:
            assert month == self.month
            assert opening + inflow - outflow == closing == self.paper[Account(account)]
        self.month += 1

    @invariant()
    def nothing_comes_from_nowhere(self) -> None:
        assert int(self.ledger.balances.sum()) == 0
        assert {a: int(self.ledger.balances[a]) for a in Account} == {
            a: self.paper[a] for a in Account
        }

    def _move(self, payer: Account, payee: Account, fen: int) -> None:
        self.paper[payer] -= fen
        self.paper[payee] += fen


class Pot(RuleBasedStateMachine):
    """One enterprise's pot over years: C12 and the stay-job subsidy draw on it in any order."""

    @initialize(premiums=st.integers(0, 10**7), pot=st.sampled_from(wage_drop_subsidy.Pot))
    def open(self, premiums: int, pot: wage_drop_subsidy.Pot) -> None:
        topics = all_topics()
        self.wage_drop = topics["wage_drop_subsidy"].at(1_420)._replace(pot=pot)
        self.stay_job = topics["stay_job_subsidy"].at(1_420)
        self.new_year(premiums)

    @rule(premiums=st.integers(0, 10**7))
    def new_year(self, premiums: int) -> None:
        self.premiums = premiums
        self.c12: list[int] = []
        self.refunds: list[int] = []

    @rule(claims=st.lists(st.integers(0, 10**6), min_size=1, max_size=10))
    def cut_pay(self, claims: list[int]) -> None:
        left = wage_drop_subsidy.ceiling(self._facts(), self.wage_drop)
        paid = share_out(claims, left)
        assert sum(paid) == min(left, sum(claims))
        self.c12.append(sum(paid))

    @precondition(lambda self: not self.refunds)
    @rule()
    def ask_for_the_refund(self) -> None:
        facts = self._facts()
        counted = wage_drop_subsidy.counted_by_stay_job(facts, self.wage_drop)
        left = stay_job_subsidy.ceiling(facts._replace(wage_drop_drawn=counted), self.stay_job)
        self.refunds.append(min(left, self.premiums // 2))

    @rule(pot=st.sampled_from(wage_drop_subsidy.Pot))
    def read_the_text_otherwise(self, pot: wage_drop_subsidy.Pot) -> None:
        """The setting changes within the year; what was paid stays paid."""
        if not self.c12 and not self.refunds:
            self.wage_drop = self.wage_drop._replace(pot=pot)

    @invariant()
    def no_more_than_half_of_last_year_s_premiums(self) -> None:
        half = Fraction(self.premiums, 2)
        assert sum(self.c12) <= half
        assert sum(self.refunds) <= half
        if self.wage_drop.pot in (wage_drop_subsidy.Pot.SAME_POT, wage_drop_subsidy.Pot.EXCLUSIVE):
            assert sum(self.c12) + sum(self.refunds) <= half
        if self.wage_drop.pot == wage_drop_subsidy.Pot.EARMARK_ONLY:
            assert sum(self.c12) <= sum(self.refunds)

    def _facts(self) -> PotFacts:
        return PotFacts(self.premiums, sum(self.refunds), sum(self.c12))


QUICK = settings(max_examples=40, stateful_step_count=25, deadline=None)
FULL = settings(
    max_examples=5_000,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestBooks = Books.TestCase
TestBooks.settings = QUICK
TestPot = Pot.TestCase
TestPot.settings = QUICK


@pytest.mark.slow
@pytest.mark.parametrize("machine", [Books, Pot])
def test_five_thousand_programs_of_fifty_steps(machine: type[RuleBasedStateMachine]) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(machine, settings=FULL)


def pay_many(number: int, seed: int) -> int:
    """``number`` claims in random pots: shared, posted, closed; returns fen paid."""
    from model.markets.pot import share_out_groups

    draw = np.random.default_rng(seed)
    pots = max(1, number // 25)
    group = draw.integers(0, pots, number)
    claims = draw.integers(0, 10**6, number)
    premiums = draw.integers(0, 3 * 10**7, pots)
    half = premiums // 2
    paid = share_out_groups(group, claims, half, draw.permutation(number))
    by_pot = np.bincount(group, weights=paid, minlength=pots).astype(np.int64)
    asked = np.bincount(group, weights=claims, minlength=pots).astype(np.int64)
    assert (by_pot == np.minimum(asked, half)).all()
    assert ((paid >= 0) & (paid <= claims)).all()
    ledger = Ledger()
    ledger.open_with(FUND, int(half.sum()))
    columns = (draw.integers(0, 13, number), draw.integers(0, 16, number), np.full(number, 4))
    flow = Flow("wage_drop_subsidy", "C12", FUND, Account.WORKERS)
    assert ledger.post_all(1_420, flow, columns, paid) == int(paid.sum())
    ledger.close(1_420)
    assert ledger.balances[FUND] == half.sum() - paid.sum()
    assert sum(line[-1] for line in ledger.lines) == int(paid.sum())
    assert sum(line[-2] for line in ledger.lines) == number
    return int(paid.sum())


def test_two_hundred_thousand_claims() -> None:
    assert pay_many(200_000, 1) > 0


@pytest.mark.slow
def test_twenty_million_claims() -> None:
    assert sum(pay_many(1_000_000, seed) for seed in range(20)) > 0


@pytest.mark.slow
def test_a_million_postings_one_by_one() -> None:
    draw = np.random.default_rng(5)
    ledger = Ledger(20)
    paper = [0] * len(Account)
    accounts = list(Account)
    months = [(1_404 + m, draw.integers(0, 9, (25_000, 2)), draw.integers(0, 10**7, 25_000))
              for m in range(40)]  # fmt: skip
    for month, parties, fen in months:
        for (payer, payee), amount in zip(parties.tolist(), fen.tolist(), strict=True):
            flow = Flow("any", "", accounts[payer], accounts[payee])
            ledger.post(month, flow, NOWHERE, 1, amount)
            paper[payer] -= 20 * amount
            paper[payee] += 20 * amount
        ledger.close(month)
        assert ledger.balances.tolist() == paper
    assert sum(paper) == 0
