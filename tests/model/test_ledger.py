"""Double entry in integer fen: postings, weights, cells, closing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger import PUBLIC, Account, Flow, Ledger, LedgerError
from model.months import month

NOW = month(2018, 6)
FUND = Account.UNEMPLOYMENT_INSURANCE_FUND
SUBSIDY = Flow("skill_upgrade_subsidy", "C10", FUND, Account.WORKERS)
NOWHERE = (-1, -1, -1)


def opened(weight: int = 1, fen: int = 1_000_000) -> Ledger:
    ledger = Ledger(weight)
    ledger.open_with(FUND, fen)
    return ledger


def test_an_opening_balance_is_owed_by_the_outside() -> None:
    ledger = opened()
    assert ledger.balances[FUND] == 1_000_000
    assert ledger.balances[Account.OUTSIDE] == -1_000_000
    assert ledger.balances.sum() == 0


def test_a_posting_moves_money_and_leaves_a_line() -> None:
    # C10: 2,000 yuan for a senior certificate
    ledger = opened()
    ledger.post(NOW, SUBSIDY, (0, 2, 3), 1, 200_000)
    assert ledger.balances[FUND] == 800_000
    assert ledger.balances[Account.WORKERS] == 200_000
    assert ledger.lines == [(NOW, SUBSIDY, 0, 2, 3, 1, 200_000)]


def test_the_sample_s_weight_multiplies_money_and_cases() -> None:
    # one sampled worker stands for twenty
    ledger = opened(20, 100_000_000)
    ledger.post(NOW, SUBSIDY, (0, 2, 3), 1, 200_000)
    assert ledger.lines[0][-2:] == (20, 4_000_000)
    assert ledger.balances[FUND] == 96_000_000


def test_fixed_numbers_are_posted_as_they_are() -> None:
    ledger = opened(20)
    ledger.post(NOW, SUBSIDY, NOWHERE, 1, 200_000, weight=1)
    assert ledger.lines[0][-2:] == (1, 200_000)


def test_what_a_sample_may_still_draw_is_in_its_own_fen() -> None:
    # 1,000,000 fen for twenty: 50,000 each; 1,000,019 still 50,000
    assert opened(20).available(FUND) == 50_000
    assert opened(20, 1_000_019).available(FUND) == 50_000
    assert opened(20, -5).available(FUND) == 0


@pytest.mark.parametrize(("fen", "cases"), [(-1, 1), (1, -1), (-1, -1)])
def test_nothing_negative_is_posted(fen: int, cases: int) -> None:
    ledger = opened()
    with pytest.raises(LedgerError, match="2018-06 skill_upgrade_subsidy"):
        ledger.post(NOW, SUBSIDY, NOWHERE, cases, fen)
    assert ledger.lines == []
    assert ledger.balances[FUND] == 1_000_000


def test_nothing_at_all_leaves_no_line() -> None:
    ledger = opened()
    ledger.post(NOW, SUBSIDY, NOWHERE, 0, 0)
    assert ledger.lines == []


def test_many_payments_are_summed_by_region_branch_and_level() -> None:
    # two in Harbin at level 3 (200,000 + 150,000), one in Qiqihar at level 1
    ledger = opened()
    region, branch, level = np.array([0, 1, 0]), np.array([2, 2, 2]), np.array([3, 1, 3])
    fen = np.array([200_000, 100_000, 150_000])
    assert ledger.post_all(NOW, SUBSIDY, (region, branch, level), fen) == 450_000
    assert [line[2:] for line in ledger.lines] == [(0, 2, 3, 2, 350_000), (1, 2, 1, 1, 100_000)]


def test_payments_without_a_level_keep_none() -> None:
    ledger = opened()
    ledger.post_all(NOW, SUBSIDY, (np.array([-1]), np.array([-1]), np.array([-1])), np.array([7]))
    assert ledger.lines[0][2:] == (-1, -1, -1, 1, 7)


def test_cases_may_be_counted_otherwise_than_one_a_payment() -> None:
    # an enterprise's 30 course places in one payment
    ledger = opened()
    columns = (np.array([0]), np.array([0]), np.array([-1]))
    ledger.post_all(NOW, SUBSIDY, columns, np.array([90_000]), np.array([30]))
    assert ledger.lines[0][-2:] == (30, 90_000)


def test_one_bad_payment_among_many_stops_all() -> None:
    ledger = opened()
    columns = (np.zeros(2), np.zeros(2), np.zeros(2))
    with pytest.raises(LedgerError, match="2018-06 skill_upgrade_subsidy: a negative payment"):
        ledger.post_all(NOW, SUBSIDY, columns, np.array([5, -1]))
    assert ledger.lines == []


def test_sums_too_large_to_be_exact_are_refused() -> None:
    ledger = opened()
    columns = (np.zeros(2), np.zeros(2), np.zeros(2))
    with pytest.raises(LedgerError, match="too large to sum exactly"):
        ledger.post_all(NOW, SUBSIDY, columns, np.array([2**52, 1]))


ROW = st.tuples(st.integers(-1, 12), st.integers(-1, 15), st.integers(-1, 6), st.integers(0, 10**9))


@given(st.lists(ROW, max_size=40), st.integers(1, 5_000))
def test_cells_hold_exactly_what_was_paid(rows: list[tuple[int, ...]], weight: int) -> None:
    ledger = Ledger(weight)
    region, branch, level, fen = (np.array([r[k] for r in rows], np.int64) for k in range(4))
    assert ledger.post_all(NOW, SUBSIDY, (region, branch, level), fen) == int(fen.sum())
    by_hand: dict[tuple[int, ...], list[int]] = {}
    for *where, paid in rows:
        cell = by_hand.setdefault(tuple(where), [0, 0])
        cell[0] += weight
        cell[1] += weight * paid
    assert {line[2:5]: list(line[5:]) for line in ledger.lines} == by_hand


def test_a_month_closes_on_its_own_lines() -> None:
    ledger = opened()
    ledger.post(NOW, SUBSIDY, NOWHERE, 1, 300_000)
    ledger.close(NOW)
    ledger.post(NOW + 1, SUBSIDY, NOWHERE, 1, 100_000)
    ledger.close(NOW + 1)
    assert [line for line in ledger.history if line[1] == FUND] == [
        (NOW, FUND, 1_000_000, 0, 300_000, 700_000),
        (NOW + 1, FUND, 700_000, 0, 100_000, 600_000),
    ]


def test_a_closed_month_says_what_every_flow_came_to() -> None:
    # two postings of one flow, with another between them, and the same flow a month later
    ledger = opened()
    back = Flow("unemployment_insurance", "earlier", Account.ENTERPRISES, FUND)
    for flow, fen in ((SUBSIDY, 300_000), (back, 50_000), (SUBSIDY, 7)):
        ledger.post(NOW, flow, NOWHERE, 1, fen)
    ledger.close(NOW)
    ledger.post(NOW + 1, SUBSIDY, NOWHERE, 1, 1)
    assert ledger.flows == {NOW: {SUBSIDY: 300_007, back: 50_000}}


def test_the_matrix_of_a_month_has_rows_and_columns_that_sum_to_zero() -> None:
    ledger = opened()
    back = Flow("unemployment_insurance", "earlier", Account.ENTERPRISES, FUND)
    ledger.post(NOW, SUBSIDY, NOWHERE, 1, 300_000)
    ledger.post(NOW, back, NOWHERE, 1, 50_000)
    ledger.close(NOW)
    flows = np.zeros((len(Account), len(Account)), np.int64)
    for line in ledger.lines:
        flows[line[1].payer, line[1].payee] += line[-1]
    inflow, outflow = flows.sum(axis=0), flows.sum(axis=1)
    assert (inflow - outflow).sum() == 0
    change = {line[1]: line[5] - line[2] for line in ledger.history}
    assert [change[a] for a in Account] == (inflow - outflow).tolist()


def test_public_money_is_what_the_policy_may_spend() -> None:
    assert Account.EDUCATION_FUNDS not in PUBLIC  # C7: the enterprises' own restricted money
    assert {Account.WORKERS, Account.ENTERPRISES, Account.OUTSIDE}.isdisjoint(PUBLIC)
