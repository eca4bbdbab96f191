"""Measures of unemployment insurance, the ladder and training."""

from calibration.asking import (
    PERSONS,
    Ask,
    branches,
    december,
    flow,
    mean,
    mean_stock,
    over,
    stock,
    total,
)
from calibration.observing import YEAR, Lived
from model.codes import Level
from model.population.inputs import inputs

HUNDRED_MILLION = 100_000_000
FUND = "unemployment_insurance_fund"


def insured(lived: Lived, ask: Ask) -> float:
    """Insured against unemployment at the end of a year, 10,000."""
    return stock(lived, "insured", december(ask.years[-1]), ask) / PERSONS


def premium_base(lived: Lived, ask: Ask) -> float:
    """Pay on which premiums were paid in a year, 100 million yuan."""
    months = lived.months(ask.years[-1])
    return float(lived.scalars["premium_base"][months].sum()) / 100 / HUNDRED_MILLION


def fund_premiums(lived: Lived, ask: Ask) -> float:
    """Premiums of the whole fund in a year, the rest of the province included, 100 million yuan."""
    year = ask.years[-1]
    own = lived.money("unemployment_insurance", year, payee=FUND)[1]
    return (own + lived.money("rest_premiums", year)[1]) / HUNDRED_MILLION


def fund_outlay(lived: Lived, ask: Ask) -> float:
    """Everything the unemployment-insurance fund paid in a year, 100 million yuan."""
    found = lived.ledger
    mask = (found["payer"] == FUND) & found["month"].str.startswith(str(ask.years[-1]))
    return float(found.loc[mask, "amount_fen"].sum()) / 100 / HUNDRED_MILLION


def benefit_recipients(lived: Lived, ask: Ask) -> float:
    """Persons who drew unemployment benefit in a mean month, 10,000."""
    cases = lived.money("unemployment_insurance", ask.years[-1], payer=FUND)[0]
    return cases / YEAR / PERSONS


def registered_unemployment(lived: Lived, ask: Ask) -> float:
    """Unemployed over the labour force, of whom a stated part is registered, end of a year."""
    month = december(ask.years[-1])
    idle = stock(lived, "unemployed", month, ask)
    share = idle / (idle + stock(lived, "employed", month, ask))
    return share * (1.0 - inputs().values["unregistered"])


def stay_job_coverage(lived: Lived, ask: Ask) -> float:
    """Share of the insured whose enterprise drew the stay-job subsidy in a year."""
    return lived.years[ask.years[-1]].insured_covered


def stay_job_per_worker(lived: Lived, ask: Ask) -> float:
    """Stay-job subsidy over the insured it covered, yuan."""
    year = ask.years[-1]
    covered = lived.years[year].insured_covered * insured(lived, ask) * PERSONS
    return over(lived.money("stay_job_subsidy", year)[1], covered)


def skill_claims(lived: Lived, ask: Ask) -> float:
    """Skill-upgrade subsidies paid in a year over the insured."""
    cases = lived.money("skill_upgrade_subsidy", ask.years[-1])[0]
    return over(cases, insured(lived, ask) * PERSONS)


def skill_claim_mean(lived: Lived, ask: Ask) -> float:
    """Mean skill-upgrade subsidy, yuan."""
    cases, yuan = lived.money("skill_upgrade_subsidy", ask.years[-1])
    return over(yuan, cases)


def certified(lived: Lived, ask: Ask) -> float:
    """Certified persons at the end of a year, 10,000; ``of`` is ``all`` or ``high``."""
    return _certified(lived, ask.years[-1], ask) / PERSONS


def _certified(lived: Lived, year: int, ask: Ask) -> float:
    levels = slice(Level.SENIOR, None) if ask.of == "high" else slice(1, None)
    return stock(lived, "certified", december(year), ask, levels=levels)


def certified_growth(lived: Lived, ask: Ask) -> float:
    """Growth of the certified a year, from the first year to the last."""
    first, last = ask.years[0], ask.years[-1]
    ratio = over(_certified(lived, last, ask), _certified(lived, first, ask))
    return (ratio - 1.0) / (last - first)


def certified_share(lived: Lived, ask: Ask) -> float:
    """Certified among the employed at the end of a year."""
    month = december(ask.years[-1])
    held = stock(lived, "employed", month, ask, levels=slice(1, None))
    return held / stock(lived, "employed", month, ask)


_LEVELS = {
    "upper": slice(Level.TECHNICIAN, None),
    "high": slice(Level.SENIOR, None),
    "lower": slice(1, Level.TECHNICIAN),
    "all": slice(1, None),
}


def certificates(lived: Lived, ask: Ask) -> float:
    """Certificates of a year; ``of`` names the levels, ``upper@9`` the first nine months."""
    of, _, months = ask.of.partition("@")
    if not months:
        return mean(ask, lambda y: flow(lived, "certificates", y, ask, levels=_LEVELS[of]))
    year = lived.months(ask.years[-1])
    part = slice(year.start, year.start + int(months))
    cube = lived.flows["certificates"][part]
    return float(total(cube, ask, branches("all"), _LEVELS[of]).sum())


def upper_share_of_certificates(lived: Lived, ask: Ask) -> float:
    """Technicians and above among the certificates of a year."""
    upper = mean(ask, lambda y: flow(lived, "certificates", y, ask, levels=_LEVELS["upper"]))
    return over(upper, mean(ask, lambda y: flow(lived, "certificates", y, ask)))


def pass_rate(lived: Lived, ask: Ask) -> float:
    """Certificates over exams sat in a year."""
    passed = mean(ask, lambda y: flow(lived, "certificates", y, ask))
    return over(passed, mean(ask, lambda y: flow(lived, "exams", y, ask)))


def person_times(lived: Lived, ask: Ask) -> float:
    """Person-times of training, a year."""
    return mean(ask, lambda y: flow(lived, "person_times", y, ask))


def incidence(lived: Lived, ask: Ask) -> float:
    """Persons trained in a year over mean staff."""
    return mean(
        ask,
        lambda y: flow(lived, "persons_trained", y, ask) / mean_stock(lived, "employed", y, ask),
    )
