"""The province before its first month: balances, premium bases, standing of newcomers."""

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from model.codes import Status
from model.draws import normals
from model.instruments.unemployment_insurance import employee_premium, employer_premium
from model.ledger import Account
from model.month.climbing import settle_courses
from model.month.enterprises import declare, live_demand, look_ahead
from model.month.money import levies_on
from model.month.projects import settle_standing
from model.month.sums import shares_of, sum_by, sum_staff
from model.month.world import move_sectors
from model.numbers import exps

if TYPE_CHECKING:
    from model.province import Province


def open_books(province: "Province") -> None:
    """Fill what the population does not know: funds, premium bases, insured shares, talents."""
    w, e, law = province.workers, province.enterprises, province.law
    idle = np.flatnonzero(w["status"] != Status.EMPLOYED)
    drawing = idle[(w["status"][idle] == Status.UNEMPLOYED) & (w["registered"][idle] == 1)]
    w["benefit_since"][drawing] = w["status_since"][drawing] + 1
    drawn = normals(w["key"][idle], province.seed, "talent")
    w["talent"][idle] = exps(law["pay"].talent_spread * drawn)
    province.month = province.start
    e["minimum"][:] = np.where(
        e["region"] == 0, law["pay"].minimum_harbin, law["pay"].minimum_other
    )
    settle_demand(province)
    sum_staff(province)
    employed = np.flatnonzero(w["status"] == Status.EMPLOYED)
    declare(province, employed)
    employer = w["enterprise"][employed]
    insured = np.bincount(employer, weights=w["insured"][employed], minlength=len(e["id"]))
    e["insured_share"] = insured / np.maximum(1, e["staff"])
    e["payroll_last_year"][:] = e["payroll"] * 12
    e["small"][:] = e["staff"] < law["unemployment_insurance"].small_below
    e["premiums_last_year"][:] = premiums_of_last_year(province)
    accounts = law["accounts"]
    ledger = province.ledger
    ledger.open_with(Account.UNEMPLOYMENT_INSURANCE_FUND, int(accounts.ui_opening))
    ledger.open_with(Account.EMPLOYMENT_SUBSIDY_FUND, int(accounts.employment_opening))
    ledger.open_with(Account.PROVINCIAL_TREASURY, int(accounts.treasury_opening))
    ledger.open_with(Account.UNION_FUND, int(accounts.union_opening))
    province.law = province.policy.at(province.start - 1)  # what was set aside so far
    year = levies_on(province, e["payroll_last_year"])
    province.law = law
    e["education_fund"][:] = shares_of(year, accounts.education_opening)
    e["set_aside"][:] = year // 12
    total = int(e["education_fund"].sum()) * province.weight
    ledger.open_with(Account.EDUCATION_FUNDS, total)
    settle_standing(province)
    look_ahead(province)
    settle_courses(province)


def settle_demand(province: "Province") -> None:
    """Live demand and distress alone for some months, so that they start stationary."""
    start = province.start
    for month in range(start - province.law["demand"].settling_months, start):
        province.month = month
        province.law = province.policy.at(month)
        move_sectors(province)
        live_demand(province)
    province.month = start
    province.law = province.policy.at(start)
    province.enterprises["jobs_left"][:] = 1.0


def premiums_of_last_year(province: "Province") -> Any:
    """Premiums paid in the year before the start, at the rates in force in each of its months."""
    w, e = province.workers, province.enterprises
    employed = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["insured"] == 1))
    base = w["premium_base"][employed].astype(np.int64)
    total = np.zeros(len(base), np.int64)
    for month in range(province.start - 12, province.start):
        p = province.policy.at(month)["unemployment_insurance"]
        if p.in_force:
            total += cast(Any, employer_premium)(base, p) + cast(Any, employee_premium)(base, p)
    return sum_by(w["enterprise"][employed], total, len(e["id"]))
