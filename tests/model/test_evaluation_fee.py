"""Evaluation paid from education funds (C10): every exam of somebody sent, once, at the fee."""

from typing import Any

import numpy as np
import pytest

from model.ledger import Account
from model.month import climbing
from model.months import parse_month
from tests.lived import Job, begin, changed

FEE = 20_000  # fen


def lines_of(province: Any, month: int) -> list[tuple[Any, ...]]:
    return [
        line for line in province.ledger.lines
        if line[1].instrument == "evaluation" and line[0] == month
    ]  # fmt: skip


@pytest.mark.parametrize("scenario", ["policy_2017", "no_policy"])
def test_every_exam_of_the_sent_costs_the_fee(
    scenario: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # C10, from 2017-12: 200 yuan an exam, out of the fund while it lasts, then the enterprise's.
    given = changed(
        {"title": "more are sent", "extends": scenario}, "plans.nomination_attention", 0.08,
        "2017-01",
    )  # fmt: skip
    province = begin(Job(given, n=1000))
    sent: list[tuple[int, int]] = []
    pay = climbing.pay_for_evaluation

    def noted(lived: Any, rows: Any) -> None:
        assert (lived.workers["sponsored"][rows] == 1).all()
        assert len(set(rows.tolist())) == len(rows)  # nobody twice in one month
        sent.append((lived.month, len(rows)))
        pay(lived, rows)

    monkeypatch.setattr(climbing, "pay_for_evaluation", noted)
    province.run(parse_month("2018-12"))
    paid = 0
    for month, number in sent:
        lines = lines_of(province, month)
        amount = sum(line[-1] for line in lines)
        new = month >= parse_month("2017-12") and scenario == "policy_2017"
        assert amount == (number * FEE * province.weight if new else 0)
        payers = {line[1].payer for line in lines}
        assert payers <= {Account.EDUCATION_FUNDS, Account.ENTERPRISES}
        assert all(line[1].payee == Account.INSTITUTIONS for line in lines)
        paid += len(lines)
    assert (paid > 0) == (scenario == "policy_2017")
    assert (province.enterprises["education_fund"] >= 0).all()


def test_the_fund_pays_first_and_the_enterprise_the_rest() -> None:
    province = begin(Job("policy_2017", n=2000))
    province.run(parse_month("2017-12"))
    w, e = province.workers, province.enterprises
    employer = int(np.argmax(np.bincount(w["enterprise"][w["enterprise"] != province.nobody])))
    three = np.flatnonzero(w["enterprise"] == employer)[:3]
    e["education_fund"][:] = 0
    e["education_fund"][employer] = 45_000  # two fees and a quarter
    before = len(province.ledger.lines)
    climbing.pay_for_evaluation(province, three)
    by_payer = {line[1].payer: line[-1] for line in province.ledger.lines[before:]}
    assert by_payer == {
        Account.EDUCATION_FUNDS: 45_000 * province.weight,
        Account.ENTERPRISES: (3 * FEE - 45_000) * province.weight,
    }
    assert e["education_fund"].sum() == 0
