"""Heading 6: what enterprises claim once a year, every instrument of the channel by rank.

Each is asked in its month (``claim_month``; 0 for what is set aside month by month), of the
enterprises that ask for it (``take_up``), within its pot if it has one and within its payer's cash.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.deciding import INSTRUMENTS
from model.draws import moment, uniforms_at
from model.instruments.channels import MILLION, Channel, Instrument, PotFacts
from model.instruments.registry import on_channel
from model.instruments.wage_drop_subsidy import counted_by_stay_job
from model.ledger import Account
from model.markets.pot import share_out
from model.month.expecting import burdens
from model.month.paying import ask_instrument, pay_to_enterprises
from model.month.rolls import up_to_date
from model.month.sums import Ints, shares_of
from model.months import month_of_year, year_of
from model.state import drawn_column

if TYPE_CHECKING:
    from model.province import Province

FUND = Account.UNEMPLOYMENT_INSURANCE_FUND
STAY_JOB = "stay_job_subsidy"
TAX = "training_tax_deduction"
BENEFITS = ("unemployment_insurance", "rest_benefits")
AMPLE = 1_000  # months of reserve where nothing was paid yet


def claimed() -> tuple[Instrument, ...]:
    """Instruments of the channel that are claimed; set-asides, which nobody claims, are not."""
    return tuple(
        one for one in on_channel(Channel.ENTERPRISE_YEAR) if one.payee != Account.EDUCATION_FUNDS
    )


def settle(province: "Province") -> None:
    """Every instrument whose month it is, by rank."""
    law = province.law
    for one in sorted(claimed(), key=lambda one: (law[one.name].rank, one.name)):
        p = law[one.name]
        if p.in_force and p.claim_month == month_of_year(province.month):
            pay_claims(province, one)
            if one.name == TAX:
                carry_forward(province)


def takes_up(province: "Province", name: str) -> NDArray[np.bool_]:
    """Which enterprises ask: one draw a calendar year below the share of take-up."""
    e, law = province.enterprises, province.law
    at = moment(province.seed, f"{name}.take_up", year_of(province.month))
    share = law["claiming"].stay_job_take_up if name == STAY_JOB else MILLION
    if name != STAY_JOB:
        share = getattr(law[name], "take_up", MILLION) / MILLION
    asks: NDArray[np.bool_] = (uniforms_at(e["key"], at) < share) & (e["exists"] == 1)
    return asks


def pay_claims(province: "Province", one: Instrument) -> None:
    """Claims of one instrument, cut to what is left in the pot and under the cap of the fund."""
    e, name = province.enterprises, one.name
    rows = np.flatnonzero(takes_up(province, name))
    if len(rows) == 0:
        return
    facts = year_facts(province, one, rows)
    _, fen = ask_instrument(province, name, rows, facts)
    if one.ceiling is not None:
        fen = np.minimum(fen, pot_left(province, name, rows))
    rows, fen = rows[fen > 0], fen[fen > 0]
    payer, _ = one.accounts(province.law[name])
    if payer == FUND:
        fen = within_cap(province, rows, fen)
        rows, fen = rows[fen > 0], fen[fen > 0]
    before = e[drawn_column(name)][rows]
    pay_to_enterprises(province, name, rows, fen, drawn_column(name))
    paid = e[drawn_column(name)][rows] - before
    if payer == Account.EDUCATION_FUNDS:
        e["education_fund"][rows] -= paid
    if payer == FUND:
        note_help(province, rows[paid > 0], paid[paid > 0])


def note_help(province: "Province", rows: Ints, fen: Ints) -> None:
    """Money given back stands by for wages; what earlier help has not met yet is added.

    Help is spent in equal parts over the horizon (:func:`model.rules.plans.count_cash`).
    """
    e, month = province.enterprises, province.month
    horizon = int(province.law["plans"].horizon_months)
    left = np.maximum(0, horizon - (month - e["help_month"][rows]))
    e["cash_help"][rows] = e["cash_help"][rows] * left // horizon + fen
    e["help_month"][rows] = month


def pot_left(province: "Province", name: str, rows: Ints) -> Ints:
    """Fen left in the premium pots of given enterprises, by the instrument's own ceiling."""
    e, p12 = province.enterprises, province.law["wage_drop_subsidy"]
    counted = np.zeros(len(rows), np.int64)
    drew = np.flatnonzero(e["wage_drop_drawn"][rows])  # where nothing was drawn, 0
    pots = zip(*(e[name][rows[drew]].tolist() for name in PotFacts._fields), strict=True)
    counted[drew] = [counted_by_stay_job(PotFacts(*pot), p12) for pot in pots]
    left: Ints = province.ask_rows(
        INSTRUMENTS[f"{name}_ceiling"],
        rows,
        premiums_last_year=e["premiums_last_year"][rows],
        stay_job_drawn=e["stay_job_drawn"][rows],
        wage_drop_drawn=counted,
        small=e["small"][rows].astype(np.int64),
    ).of["event"]
    return left


def year_facts(province: "Province", one: Instrument, rows: Ints) -> dict[str, Any]:
    """Facts of the ENTERPRISE_YEAR channel for given enterprises."""
    e, law = province.enterprises, province.law
    insurance = law["unemployment_insurance"]
    heads, base = insured_staff(province)
    distressed = burdens(province, rows)
    profit = shares_of(e["payroll_last_year"][rows], law[TAX].profit_ratio)
    drawn = e[drawn_column(one.name)][rows]
    return {
        "month": province.month,
        "insured": e["insures"][rows],
        "paid_up": e["paid_up"][rows],
        "premiums_last_year": e["premiums_last_year"][rows],
        "layoff_rate_ppm": e["layoff_rate_ppm"][rows],
        "registered_unemployment_ppm": law[STAY_JOB].registered_unemployment,
        "stay_job_drawn": e["stay_job_drawn"][rows],
        "wage_drop_drawn": e["wage_drop_drawn"][rows],
        "payroll_last_year": e["payroll_last_year"][rows],
        "set_aside_rate_ppm": e["set_aside_rate_ppm"][rows],
        "frontline_share_ppm": 0,
        "drawn": drawn,
        "refund_elsewhere": refunds(province)[rows] - (drawn if is_refund(one) else 0),
        "headcount": e["staff"][rows],
        "insured_heads": heads[rows],
        "premium_base": base[rows],
        "distressed": distressed,
        "small": e["small"][rows].astype(np.int64),
        "benefit": np.where(
            e["region"][rows] == 0, insurance.benefit_harbin, insurance.benefit_elsewhere
        ),
        "reserve_months": reserve_months(province),
        "education_fund": e["education_fund"][rows],
        "trained_upper": e["trained_upper"][rows],
        "training_spend": e["training_spend_last_year"][rows] + e["training_carried"][rows],
        "profit": np.where(distressed > 0, 0, profit),
        "donation": 0,  # what is given is a fixed number from outside
        "donation_qualified": 0,
    }


def insured_staff(province: "Province") -> tuple[Ints, Ints]:
    """Insured staff and the sum of their declared pay a month, by enterprise."""
    rolls = up_to_date(province)
    return rolls.of("insured"), rolls.of("premium_base")


def is_refund(one: Instrument) -> bool:
    """Whether an instrument gives premiums back from the insurance fund."""
    return one.payer == FUND


def refunds(province: "Province") -> Ints:
    """What the insurance fund gave back to each enterprise this year, fen."""
    e = province.enterprises
    total = np.zeros(len(e["id"]), np.int64)
    for one in claimed():
        if is_refund(one):
            total += e[drawn_column(one.name)]
    return total


def reserve_of_last_year(province: "Province") -> int:
    """Fen in the insurance fund at the end of last year, provincial."""
    december = province.month - month_of_year(province.month)
    for month, account, _, _, _, closing in reversed(province.ledger.history):
        if account == FUND and month == december:
            return closing
    return int(province.law["accounts"].ui_opening)


def reserve_months(province: "Province") -> int:
    """Months of last year's benefits that the fund held at its end; ample before the first year."""
    december = province.month - month_of_year(province.month)
    year = (province.ledger.flows.get(m, {}) for m in range(december - 11, december + 1))
    paid = sum(
        fen
        for flows in year
        for flow, fen in flows.items()
        if flow.instrument in BENEFITS and flow.payer == FUND
    )
    return AMPLE if paid == 0 else min(AMPLE, reserve_of_last_year(province) * 12 // paid)


def under_cap(province: "Province") -> int | None:
    """Fen that this year's refunds may still take of last year's reserve, in the sample's fen."""
    event = province.law["refunds_2019"]
    if not event.in_force or event.fund_cap >= MILLION:
        return None
    most = reserve_of_last_year(province) * int(event.fund_cap) // MILLION
    return max(0, most // province.weight - int(refunds(province).sum()))


def within_cap(province: "Province", rows: Ints, fen: Ints) -> Ints:
    """Refunds asked for in one month, pro rata where the cap is less than all of them together."""
    left = under_cap(province)
    if left is None or int(fen.sum()) <= left:
        return fen
    ids = province.enterprises["id"][rows].tolist()
    return np.array(share_out(fen.tolist(), left, keys=ids), np.int64)


def carry_forward(province: "Province") -> None:
    """What exceeds the part of payroll that may be deducted is deducted in a later year."""
    e = province.enterprises
    most = shares_of(e["payroll_last_year"], province.law[TAX].limit)
    total = e["training_spend_last_year"] + e["training_carried"]
    e["training_carried"][:] = np.maximum(0, total - most)
