"""What an enterprise expects of C12 before it cuts pay, against sums done by hand."""

from typing import Any

import numpy as np
import pytest

from model.month import expecting
from model.month.expecting import reckon_with_support
from model.months import parse_month
from tests.lived import STORM, Job, begin

PAY = 2_000_000  # fen a month of all technicians of the enterprise: at half pay 500,000 are due


def reckoned(monkeypatch: pytest.MonkeyPatch, month: str, **known: int) -> dict[str, Any]:
    """Expectations of one enterprise in distress that knows of C12 and asks for it.

    ``known`` are its own columns and, as ``law__name``, parameters of C12.
    """
    law = {k.removeprefix("law__"): v for k, v in known.items() if k.startswith("law__")}
    province = begin(Job(STORM, n=1000))
    e = province.enterprises
    monkeypatch.setattr(expecting, "takes_up", lambda _: np.ones(len(e["id"]), np.bool_))
    province.month = parse_month(month)
    rules = dict(province.policy.at(province.month))
    rules["wage_drop_subsidy"] = rules["wage_drop_subsidy"]._replace(**law)
    rules["plans"] = rules["plans"]._replace(horizon_months=9)
    province.law = rules
    standing = {"insures": 1, "paid_up": 1, "distress": 0.5, "upper_pay": PAY, "upper_staff": 2,
                "certified_pay": 2 * PAY, "stay_job_drawn": 0, "wage_drop_drawn": 0}  # fmt: skip
    own = {k: v for k, v in known.items() if not k.startswith("law__")}
    for name, value in {**standing, **own}.items():
        e[name][0] = value
    reckon_with_support(province)
    names = (
        "trigger_ppm", "paid_to_ppm", "support_ppm", "supported_share", "months_now",
        "months_later", "pot_now", "pot_later",
    )  # fmt: skip
    return {name: e[name][0].item() for name in names}


def months_paid(found: dict[str, Any]) -> float:
    """Months of entitlement at the least cut that are covered."""
    now = min(found["months_now"], found["pot_now"])
    return float(now + min(found["months_later"], found["pot_later"]))


@pytest.mark.parametrize(
    ("case", "known", "expected"),
    [
        ("half and more", {}, (500_000, 800_000, 500_000)),
        ("exactly half", {"law__comparison": 1}, (500_000, 500_000, 500_000)),
        ("the mean of all, exactly", {"law__comparison": 1, "law__trigger": 1},
         (500_000, 500_000, 500_000)),
        ("three tenths and more, nine tenths of it", {"law__threshold": 300_000,
         "law__rate": 900_000}, (300_000, 800_000, 900_000)),
        # cuts go in steps of five per cent: the first that reaches 52 % is 55 %
        ("a threshold between two steps", {"law__threshold": 520_000}, (550_000, 800_000, 500_000)),
        ("a third of the drop", {"law__rate": 333_333}, (500_000, 800_000, 333_333)),
    ],
)  # fmt: skip
def test_which_cuts_are_expected_to_be_paid(
    case: str, known: dict[str, int], expected: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reckoned(monkeypatch, "2018-06", premiums_last_year=10**9, **known)
    assert (found["trigger_ppm"], found["paid_to_ppm"], found["support_ppm"]) == expected, case
    assert months_paid(found) == 9.0


@pytest.mark.parametrize(
    ("case", "known"),
    [
        ("not insured", {"insures": 0}),
        ("behind with premiums", {"paid_up": 0}),
        ("no technician in a key post", {"upper_pay": 0}),
        ("no distress", {"distress": 0.01}),
        ("no transformation where both are asked", {"law__distress_gate": 1}),
        ("too many lay-offs where that counts", {"law__layoff_condition": 1,
         "layoff_rate_ppm": 900_000}),
        ("between two steps where exactly that is asked", {"law__comparison": 1,
         "law__threshold": 520_000}),
        ("not in force", {"law__in_force": 0}),
    ],
)  # fmt: skip
def test_who_does_not_reckon_with_it(
    case: str, known: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reckoned(monkeypatch, "2018-06", premiums_last_year=10**9, **known)
    assert found["trigger_ppm"] == 0, case


@pytest.mark.parametrize(
    ("case", "month", "limit", "premiums", "months"),
    [
        # 500,000 fen fall due in each of nine months; a pot is half of the premiums.
        ("no limit, a pot that lasts", "2018-06", 0, 10**9, 9.0),
        # June to December: two months of pot; January and February: two of the next
        ("no limit, a pot of two months", "2018-06", 0, 2_000_000, 4.0),
        ("six months of nine", "2018-06", 6, 10**9, 6.0),
        ("a limit beyond the horizon", "2018-06", 12, 10**9, 9.0),
        # two months this year use up the pot; one more in January, then three are paid
        ("three months, a pot of two", "2018-06", 3, 2_000_000, 3.0),
        ("one month", "2018-06", 1, 2_000_000, 1.0),
        # the pot pays one month and half of the next, which counts as paid; January the third
        ("a month paid in part is a month", "2018-06", 3, 1_500_000, 2.5),
        # from January the whole horizon lies in one year
        ("one year's pot", "2019-01", 0, 3_000_000, 3.0),
        # from December one month, then eight of the next year, four of them within the limit
        ("five months across the year", "2018-12", 5, 10**9, 5.0),
    ],
)
def test_for_how_many_months_it_expects_to_be_paid(
    case: str, month: str, limit: int, premiums: int, months: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    known = {"law__duration_limit": limit, "premiums_last_year": premiums}
    found = reckoned(monkeypatch, month, **known)
    assert months_paid(found) == pytest.approx(months, rel=1e-12), case


def test_under_the_group_trigger_technicians_are_a_part_of_those_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 20,000 yuan of technicians among 40,000 of all certified staff
    found = reckoned(monkeypatch, "2018-06", premiums_last_year=10**9, law__trigger=1)
    assert found["supported_share"] == 0.5
