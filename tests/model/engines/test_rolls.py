"""The rolls in a run: kept up to date by what is announced, and counted anew once a year."""

from typing import Any

import numpy as np
import pytest

from model.month import rolls
from model.months import month_of_year
from model.people import PeopleError
from tests.lived import Job, begin


def lived(name: str, months: int) -> Any:
    province = begin(Job(name))
    for _ in range(months):
        province.step()
        rolls.audit(province)
    return province


@pytest.mark.parametrize("name", ["policy_2017", "everybody_asks"])
def test_what_is_kept_is_what_a_count_gives_every_month(name: str) -> None:
    province = lived(name, 14)
    assert province.rolls.terms is not None  # kept, not counted anew each month


@pytest.mark.parametrize("column", ["status", "level", "pay", "insured", "enterprise"])
def test_a_control_what_is_not_announced_is_found_by_the_audit(column: str) -> None:
    province = lived("policy_2017", 1)
    rows = np.flatnonzero((province.workers["status"] == 1) & (province.workers["insured"] == 1))
    assert len(rows)
    province.workers[column][rows[0]] ^= 1
    with pytest.raises(PeopleError, match="on the rolls is not counted"):
        rolls.audit(province)


def test_nobody_reads_them_in_the_midst_of_a_change() -> None:
    province = lived("policy_2017", 1)
    with (
        pytest.raises(RuntimeError, match="while workers change"),
        rolls.changing(province, np.arange(3)),
    ):
        rolls.up_to_date(province)


def test_after_a_fault_in_the_midst_of_a_change_all_are_counted_anew() -> None:
    province = lived("policy_2017", 1)
    rows = np.flatnonzero(province.workers["status"] == 1)[:2]
    with pytest.raises(ValueError, match="halfway"), rolls.changing(province, rows):
        province.workers["pay"][rows] += 1
        raise ValueError("halfway")
    rolls.audit(province)


def test_a_year_closes_with_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from model.month import accounts

    audited = []
    province: Any = begin(Job("policy_2017"))
    monkeypatch.setattr(accounts, "audit", lambda _: audited.append(province.month))
    province.run(province.start + 24)
    assert [month_of_year(month) for month in audited] == [12, 12]
