"""Heading 6, second part: insurance, set-aside, wages and the rest of the province."""

from typing import TYPE_CHECKING

import numpy as np

from model.codes import Status
from model.deciding import INSTRUMENTS
from model.draws import moment, uniforms_at
from model.engines.rolls import PLACES, cells_of
from model.instruments.channels import (
    MILLION,
    Channel,
    EnterpriseYearFacts,
    Instrument,
    share_of,
)
from model.instruments.registry import on_channel
from model.ledger import CASH_LIMITED, Account, Flow
from model.measures import keys_of_places, places_of
from model.month.paying import ask_instrument, pay_workers
from model.month.rolls import up_to_date
from model.month.sums import Ints, shares_of, sum_by

if TYPE_CHECKING:
    from model.province import Province


WAGES = Flow("wages", "", Account.ENTERPRISES, Account.WORKERS)
REVENUE = Flow("revenue", "", Account.OUTSIDE, Account.ENTERPRISES)
PREMIUM_BY_ENTERPRISE = Flow(
    "unemployment_insurance", "earlier", Account.ENTERPRISES, Account.UNEMPLOYMENT_INSURANCE_FUND
)
PREMIUM_BY_WORKER = Flow(
    "unemployment_insurance", "earlier", Account.WORKERS, Account.UNEMPLOYMENT_INSURANCE_FUND
)
OTHER_USES = Flow("education_levy", "C7", Account.EDUCATION_FUNDS, Account.OUTSIDE)
REST_PREMIUMS = Flow("rest_premiums", "", Account.OUTSIDE, Account.UNEMPLOYMENT_INSURANCE_FUND)
REST_BENEFITS = Flow("rest_benefits", "", Account.UNEMPLOYMENT_INSURANCE_FUND, Account.OUTSIDE)
REST_REFUNDS = Flow("rest_refunds", "", Account.UNEMPLOYMENT_INSURANCE_FUND, Account.OUTSIDE)
GRANT = Flow("employment_grant", "", Account.OUTSIDE, Account.EMPLOYMENT_SUBSIDY_FUND)
BUDGET = Flow("treasury_budget", "", Account.OUTSIDE, Account.PROVINCIAL_TREASURY)
DUES = Flow("union_dues", "", Account.OUTSIDE, Account.UNION_FUND)
ACTION_TRANSFER = Flow(
    "skills_action_transfer", "", Account.UNEMPLOYMENT_INSURANCE_FUND, Account.SKILLS_ACTION_ACCOUNT
)
REST_ACTION = Flow("rest_skills_action", "", Account.SKILLS_ACTION_ACCOUNT, Account.OUTSIDE)
REST_EMPLOYMENT = Flow("rest_employment", "", Account.EMPLOYMENT_SUBSIDY_FUND, Account.OUTSIDE)

EVERYWHERE = keys_of_places()  # what is paid for most of the staff is summed by place, then posted


def pay_insurance(province: "Province") -> None:
    """Premiums of the insured in enterprises that pay, and benefits of the unemployed."""
    e, p = province.enterprises, province.law["unemployment_insurance"]
    if not p.in_force:
        return
    rolls = up_to_date(province)
    province.counts.scalar("premium_base", province.month, int(rolls.of("premium_base").sum()))
    own, theirs = rolls.of("own_premiums"), rolls.of("staff_premiums")
    behind, both = e["behind"] == 1, own + theirs
    e["premiums_owed"] += np.where(behind, both, 0)
    e["premiums_this_year"] += np.where(behind, 0, both)
    pays = np.flatnonzero(~behind)
    place = places_of(e, pays)  # staff stand where their enterprise stands
    persons = sum_by(place, rolls.of("insured")[pays], PLACES)
    for flow, fen in ((PREMIUM_BY_ENTERPRISE, own), (PREMIUM_BY_WORKER, theirs)):
        paid = sum_by(place, fen[pays], PLACES)
        province.ledger.post_all(province.month, flow, EVERYWHERE, paid, persons)
    pay_arrears(province)
    pay_benefits(province)


def pay_arrears(province: "Province") -> None:
    """Enterprises whose cash is back pay what they owe, the part withheld from staff included."""
    e = province.enterprises
    rows = np.flatnonzero((e["behind"] == 0) & (e["premiums_owed"] > 0))
    where = (e["region"][rows], e["branch"][rows], np.full(len(rows), -1))
    province.ledger.post_all(province.month, PREMIUM_BY_ENTERPRISE, where, e["premiums_owed"][rows])
    e["premiums_this_year"][rows] += e["premiums_owed"][rows]
    e["premiums_owed"][rows] = 0


def pay_benefits(province: "Province") -> None:
    """Unemployment benefit, month by month while entitlement lasts."""
    name = "unemployment_insurance"
    w = province.workers
    since = w["benefit_since"]
    rows = province.engine.tallies.between(since, 1, province.month)
    rows = rows[w["status"][rows] == Status.UNEMPLOYED.value]
    if len(rows) == 0:
        return
    facts = {
        "month": province.month,
        "insured_months": w["insured_months"][rows].astype(np.int64),
        "harbin": w["region"][rows] == 0,
        "involuntary": 1,
        "months_drawn": (province.month - since[rows]).astype(np.int64),
    }
    reasons = province.ask_rows(INSTRUMENTS[f"{name}_eligibility"], rows, **facts).of["event"]
    amounts = province.ask_rows(INSTRUMENTS[f"{name}_amount"], rows, **facts).of["event"]
    fine = reasons == 0
    pay_workers(province, name, rows[fine], amounts[fine], since[rows[fine]].astype(np.int64))


def set_asides() -> tuple[Instrument, ...]:
    """Instruments by which enterprises put money of their own into their education funds."""
    found = on_channel(Channel.ENTERPRISE_YEAR)
    return tuple(one for one in found if one.payee == Account.EDUCATION_FUNDS)


def levies_on(province: "Province", payroll: Ints) -> Ints:
    """Fen that every enterprise sets aside of a payroll under every such instrument."""
    total = np.zeros(len(payroll), np.int64)
    for one in set_asides():
        total += levy_on(province, one.name, payroll)
    return total


def levy_on(province: "Province", name: str, payroll: Ints) -> Ints:
    """C7: fen that every enterprise sets aside of a payroll, by the levy's own rules.

    Nothing where the levy does not apply, and where an enterprise neither complies of itself nor
    under inspection.
    """
    e = province.enterprises
    supervised = uniforms_at(e["key"], moment(province.seed, "levy.supervised"))
    complies = (e["set_aside_complies"] == 1) | (supervised < province.law["plans"].supervision)
    rows = np.flatnonzero(complies & (e["exists"] == 1))
    facts = {
        **dict.fromkeys(EnterpriseYearFacts._fields, 0),
        "month": province.month,
        "payroll_last_year": payroll[rows],
        "set_aside_rate_ppm": e["set_aside_rate_ppm"][rows],
    }
    fen = np.zeros(len(e["id"]), np.int64)
    fen[rows] = ask_instrument(province, name, rows, facts)[1]
    return fen


def set_aside(province: "Province") -> None:
    """C7: enterprises that comply set money aside; it stays theirs, for training only."""
    e, law = province.enterprises, province.law
    fen = np.zeros(len(e["id"]), np.int64)
    for one in set_asides():
        part = levy_on(province, one.name, e["payroll"])  # of the month's pay
        rows = np.flatnonzero(part > 0)
        where = (e["region"][rows], e["branch"][rows], np.full(len(rows), -1))
        flow = Flow(one.name, one.clause, Account.ENTERPRISES, Account.EDUCATION_FUNDS)
        province.ledger.post_all(province.month, flow, where, part[rows])
        fen += part
    e["education_fund"] += fen
    e["set_aside"][:] = fen
    rows = np.flatnonzero(fen > 0)
    where = (e["region"][rows], e["branch"][rows], np.full(len(rows), -1))
    plans = law["plans"]
    elsewhere = share_of(plans.fund_spent, MILLION - plans.fund_for_courses)
    other = np.minimum(shares_of(fen, elsewhere), e["education_fund"])
    e["education_fund"] -= other
    e["training_spend_this_year"] += other
    province.ledger.post_all(province.month, OTHER_USES, where, other[rows])


def pay_wages(province: "Province") -> None:
    """Wages after cuts; revenue of enterprises enters as what they pay out in wages."""
    w, e = province.workers, province.enterprises
    rolls = up_to_date(province)
    payroll, fen_of = rolls.of("payroll"), rolls.pay.copy()
    if province.drops is not None:
        rows = province.drop_rows
        here = (w["joined"][rows] < province.month) & (w["status"][rows] == Status.EMPLOYED)
        rows = rows[here]  # not poached since the cut, and still in the post
        less = w["pay"][rows] - province.drops.of["paid"][here]
        payroll = payroll - sum_by(w["enterprise"][rows], less, len(payroll))
        fen_of = fen_of - sum_by(cells_of(w, rows), less, len(fen_of))
    e["payroll_this_year"] += payroll
    staff = rolls.people[:, Status.EMPLOYED]
    persons, by_place = province.counts.wages(province.month, staff, fen_of)
    for flow in (REVENUE, WAGES):
        province.ledger.post_all(province.month, flow, EVERYWHERE, by_place, persons)


def flows_of_action(province: "Province") -> list[tuple[Flow, int]]:
    """What the skills action of 2019 takes from the insurance fund and pays to people outside."""
    p = province.law["skills_action_2019"]
    if not p.in_force:
        return []
    flows = ((ACTION_TRANSFER, int(p.transfer)), (REST_ACTION, int(p.rest)))
    return [(flow, fen) for flow, fen in flows if fen > 0]


def rest_of_province(province: "Province") -> None:
    """Flows of the funds with people and purposes outside the model, at weight 1."""
    p = province.law["accounts"]
    nowhere = (-1, -1, -1)
    for flow, fen in (
        *flows_of_action(province),
        (REST_PREMIUMS, p.ui_rest_premiums),
        (REST_BENEFITS, p.ui_rest_benefits),
        (REST_REFUNDS, p.ui_rest_refunds),
        (GRANT, p.employment_grant),
        (REST_EMPLOYMENT, p.employment_rest),
        (BUDGET, p.treasury_budget),
        (DUES, p.union_dues),
    ):
        fen = int(fen)
        if flow.payer in CASH_LIMITED:
            fen = min(fen, max(0, province.balance(flow.payer)))
        province.ledger.post(province.month, flow, nowhere, 1, fen, weight=1)
