"""Measures against lives made by hand, the arithmetic beside each."""

import numpy as np
import pandas as pd
import pytest

from calibration.asking import Ask, branches
from calibration.measuring import MEASURES
from calibration.observing import STOCKS, Lived, Year
from model.codes import BRANCHES, REGIONS
from model.measures import SHAPE
from model.months import parse_month

MONTHS = 24
FLOWS = (
    "separations", "out_migration", "returns", "certificates", "exams", "person_times",
    "persons_trained",
)  # fmt: skip
NAMES = [branch.name for branch in BRANCHES]
OIL, PRIVATE = NAMES.index("oil_gas_central"), NAMES.index("industry_private_large")
HARBIN = REGIONS.index("harbin")


def year(**values: float) -> Year:
    return Year(**{**dict.fromkeys(Year._fields, 0.0), **values})


def life(**changed: object) -> Lived:
    stocks = {name: np.zeros((MONTHS + 1, *SHAPE)) for name in STOCKS}
    flows = {name: np.zeros((MONTHS, *SHAPE)) for name in FLOWS}
    ledger = pd.DataFrame(columns=["month", "instrument", "payer", "payee", "cases", "amount_fen"])
    given = {
        "base": "2016-12",
        "seed": 1,
        "start": parse_month("2017-01"),
        "stocks": stocks,
        "flows": flows,
        "pay": np.zeros((MONTHS, *SHAPE)),
        "scalars": {"premium_base": np.zeros(MONTHS)},
        "groups": {"longmay": np.zeros(MONTHS + 1)},
        "group_hires": {"longmay": np.zeros(MONTHS)},
        "years": {2016: year(), 2017: year(), 2018: year()},
        "ledger": ledger,
    }
    return Lived(**{**given, **changed})  # type: ignore[arg-type]  # a life by hand


def ask(*years: int, region: str = "province", of: str = "all") -> Ask:
    return Ask(region, years, of)


def test_jobs_are_counted_in_ten_thousands_at_the_end_of_the_year() -> None:
    one = life()
    one.stocks["employed"][12, HARBIN, PRIVATE, 0] = 25_000  # 2.5 (10k) at the end of 2017
    one.stocks["employed"][13, HARBIN, PRIVATE, 0] = 99_000  # January 2018 does not count

    assert MEASURES["jobs"](one, ask(2017)) == 2.5
    assert MEASURES["jobs"](one, ask(2017, of="private")) == 2.5
    assert MEASURES["jobs"](one, ask(2017, of="state")) == 0.0
    assert MEASURES["jobs"](one, ask(2017, region="daqing")) == 0.0


def test_change_of_jobs_is_over_the_end_of_the_year_before() -> None:
    one = life()
    one.stocks["employed"][0, HARBIN, PRIVATE, 0] = 200
    one.stocks["employed"][12, HARBIN, PRIVATE, 0] = 180  # -10 % in a year
    one.stocks["employed"][24, HARBIN, PRIVATE, 0] = 140  # -30 % in two: -15 % a year

    assert MEASURES["jobs_change"](one, ask(2016, 2017)) == pytest.approx(-0.10)
    assert MEASURES["jobs_change"](one, ask(2016, 2018)) == pytest.approx(-0.15)


def test_separations_are_over_mean_staff() -> None:
    one = life()
    one.stocks["employed"][:13, HARBIN, OIL, 0] = 1_000
    one.flows["separations"][:12, HARBIN, OIL, 0] = 5  # 60 of 1,000 in the year
    one.flows["separations"][12:, HARBIN, OIL, 0] = 50  # another year

    assert MEASURES["exits"](one, ask(2017, of="state")) == pytest.approx(0.06)


def test_a_measure_with_nobody_to_divide_by_is_not_a_number() -> None:
    assert np.isnan(MEASURES["exits"](life(), ask(2017, of="state")))


def test_net_out_migration_takes_returns_off_over_the_labour_force() -> None:
    one = life()
    for name, persons in (("employed", 800), ("unemployed", 150), ("informal", 50)):
        one.stocks[name][:, HARBIN, PRIVATE, 0] = persons
    one.flows["out_migration"][0, HARBIN, PRIVATE, 0] = 30
    one.flows["returns"][1, HARBIN, PRIVATE, 0] = 10

    assert MEASURES["net_out_migration"](one, ask(2017)) == pytest.approx(20 / 1_000)


def test_mean_pay_of_a_year_is_pay_over_persons_paid() -> None:
    one = life()
    one.stocks["employed"][1:13, HARBIN, OIL, 0] = 2
    one.pay[:12, HARBIN, OIL, 0] = 10_000  # two people share 10,000 yuan a month: 60,000 a year

    assert MEASURES["pay"](one, ask(2017, of="formal")) == pytest.approx(60_000)


def test_a_group_is_followed_between_months() -> None:
    staff = np.full(MONTHS + 1, 1_000.0)
    staff[12:] = 960.0  # 40 fewer by December 2017
    hires = np.zeros(MONTHS)
    hires[3] = 10.0
    one = life(groups={"longmay": staff}, group_hires={"longmay": hires})

    change = MEASURES["group_change"](one, ask(2017, of="longmay@2017-01:2017-12"))
    assert change == pytest.approx(-0.04)
    assert MEASURES["group_lost"](one, ask(2017, of="longmay")) == 40.0
    assert MEASURES["group_hires"](one, ask(2017, of="longmay")) == 10.0
    # 50 left: 10 hired and 40 fewer; mean staff over the thirteen ends is (12 x 1000 + 960) / 13.
    left = MEASURES["group_exits"](one, ask(2017, of="longmay"))
    assert left == pytest.approx(50 / ((12 * 1_000 + 960) / 13))


def test_certificates_are_told_apart_by_level_and_months() -> None:
    one = life()
    one.flows["certificates"][2, HARBIN, OIL, 4] = 7  # March 2017, technicians
    one.flows["certificates"][10, HARBIN, OIL, 5] = 2  # November 2017, senior technicians
    one.flows["certificates"][2, HARBIN, OIL, 1] = 91
    one.flows["exams"][2, HARBIN, OIL, 0] = 125

    assert MEASURES["certificates"](one, ask(2017, of="upper")) == 9
    assert MEASURES["certificates"](one, ask(2017, of="upper@9")) == 7
    assert MEASURES["certificates"](one, ask(2017, of="lower")) == 91
    assert MEASURES["upper_share_of_certificates"](one, ask(2017)) == pytest.approx(0.09)
    assert MEASURES["pass_rate"](one, ask(2017)) == pytest.approx(100 / 125)


def test_payments_are_read_from_the_ledger_of_the_year() -> None:
    fund = "unemployment_insurance_fund"
    rows = [
        ("2017-03", "unemployment_insurance", "enterprises", fund, 1, 300_000_00),
        ("2017-03", "unemployment_insurance", fund, "workers", 24, 120_000_00),
        ("2017-04", "rest_premiums", "outside", fund, 1, 700_000_00),
        ("2018-04", "rest_premiums", "outside", fund, 1, 999_000_00),
        ("2017-09", "skill_upgrade_subsidy", fund, "workers", 10, 15_000_00),
    ]
    columns = ["month", "instrument", "payer", "payee", "cases", "amount_fen"]
    one = life(ledger=pd.DataFrame(rows, columns=columns))
    one.stocks["insured"][12, HARBIN, OIL, 0] = 5_000

    assert MEASURES["fund_premiums"](one, ask(2017)) == pytest.approx(1_000_000 / 1e8)
    assert MEASURES["fund_outlay"](one, ask(2017)) == pytest.approx(135_000 / 1e8)
    assert MEASURES["benefit_recipients"](one, ask(2017)) == pytest.approx(24 / 12 / 10_000)
    assert MEASURES["skill_claims"](one, ask(2017)) == pytest.approx(10 / 5_000)
    assert MEASURES["skill_claim_mean"](one, ask(2017)) == pytest.approx(1_500)


def test_names_of_branches_mean_what_they_say() -> None:
    named = {of: {NAMES[k] for k in np.flatnonzero(branches(of))} for of in ("state", "gig")}

    assert named["gig"] == {"dispatch"}
    assert "farm_forest" not in named["state"]
    assert {"oil_gas_central", "coal_state"} <= named["state"]
    assert 0.0 < branches("formal_secondary")[OIL] <= 1.0
    with pytest.raises(KeyError):
        branches("everyone")
