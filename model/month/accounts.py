"""Heading 7: every account closes, every person is somewhere; what is measured is measured."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.codes import Status
from model.ledger import CASH_LIMITED, Account, LedgerError
from model.markets.cash import Exhausted
from model.month.rolls import audit, up_to_date
from model.months import format_month, month_of_year

if TYPE_CHECKING:
    from model.province import Province


def close(province: "Province") -> None:
    """Close ledger and people, measure, and turn to the next month.

    Raises:
        LedgerError: an account does not close, a fund is negative unasked, or the enterprises'
            education funds differ from their account.
        PeopleError: somebody is lost or counted twice, or, once a year, the rolls are wrong.
    """
    month = province.month
    province.ledger.close(month)
    rolls = up_to_date(province)
    province.people.close(month, recount(province))
    if month_of_year(month) == 12:
        audit(province)
    held = int(province.enterprises["education_fund"].sum()) * province.weight
    booked = province.balance(Account.EDUCATION_FUNDS)
    if held != booked:
        raise LedgerError(
            f"{format_month(month)}: enterprises hold {held} fen of education funds, "
            f"the account says {booked}"
        )
    if province.law["accounts"].exhausted != Exhausted.OVERDRAW:
        for account in CASH_LIMITED:
            if province.balance(account) < 0:
                raise LedgerError(f"{format_month(month)}: {account.name.lower()} is negative")
    province.counts.close(province, rolls)
    province.datacollector.collect(province)
    province.month += 1


def recount(province: "Province") -> NDArray[np.int64]:
    """Everybody by status, counted from the workers themselves and not from what was announced."""
    status = province.workers["status"]
    return np.array([np.count_nonzero(status == code.value) for code in Status], np.int64)
