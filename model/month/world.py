"""Heading 1: calendar, rules in force, sector demand, awareness, yearly counters."""

from typing import TYPE_CHECKING

import numpy as np

from model.draws import key, moment, uniform
from model.months import month_of_year
from model.numbers import normal
from model.state import DRAWN, approached, job_losses, quit_rates, restlessness

if TYPE_CHECKING:
    from model.province import Province


def enter_month(province: "Province") -> None:
    """Take the rules of the month, move sector demand, spread awareness, turn the year."""
    before = province.law
    province.law = province.policy.at(province.month)
    w, e = province.workers, province.enterprises
    leaving, demand = province.law["leaving"], province.law["demand"]
    if leaving != before["leaving"]:
        e["quit_rate"][:] = quit_rates(e["state"], leaving)
    if leaving.taste_spread != before["leaving"].taste_spread:
        w["restlessness"][:] = restlessness(w["key"], province.seed, leaving.taste_spread)
    if demand != before["demand"]:
        e["job_loss"][:] = job_losses(e, demand)
    if province.law["hiring"] != before["hiring"]:
        e["approached"][:] = approached(e, province.law["hiring"])
    move_sectors(province)
    province.awareness.spread(province.law)
    pay = province.law["pay"]
    e["minimum"][:] = np.where(e["region"] == 0, pay.minimum_harbin, pay.minimum_other)
    if month_of_year(province.month) == 1:
        turn_year(province)


def move_sectors(province: "Province") -> None:
    """Log demand of each sector: an AR(1) that no policy touches, less what the epidemic takes."""
    e = province.enterprises
    p = province.law["demand"]
    at = moment(province.seed, "demand.sector", province.month)
    for sector in range(len(province.sector_demand)):
        shock = normal(uniform(key(province.seed, sector), at))
        province.sector_demand[sector] = (
            p.sector_persistence * province.sector_demand[sector] + p.sector_spread * shock
        )
    e["sector_demand"][:] = province.sector_demand[e["sector"]]
    epidemic = province.law["epidemic_2020"]
    if epidemic.in_force:
        e["sector_demand"] -= epidemic.demand_fall


def turn_year(province: "Province") -> None:
    """Renew the pots and close the yearly counters of every enterprise."""
    e = province.enterprises
    if province.month > province.start:
        e["premiums_last_year"][:] = e["premiums_this_year"]
        e["payroll_last_year"][:] = e["payroll_this_year"]
        staff = np.maximum(e["staff"], 1)
        e["layoff_rate_ppm"][:] = e["layoffs_this_year"] * 1_000_000 // staff
        e["training_spend_last_year"][:] = e["training_spend_this_year"]
    for name in (
        "premiums_this_year",
        "payroll_this_year",
        "layoffs_this_year",
        "training_spend_this_year",
        "trained_upper",
        "wage_drop_drawn",
        *DRAWN,
    ):
        e[name][:] = 0
    e["small"][:] = e["staff"] < province.law["unemployment_insurance"].small_below
    e["scale"] *= 1.0 + province.law["pay"].growth
    e["skill_tilt"] += province.law["pay"].bargaining_tilt
