"""Simulated values, one function a published figure: what the model says to the same question.

Each measure takes a life (:class:`calibration.observing.Lived`) and what is asked of it, and
answers in the unit of the figure it stands beside. A name in ``targets.yaml`` is a function here.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.observing import YEAR, Lived
from model.codes import BRANCHES, REGIONS
from model.population.inputs import inputs
from model.population.pay import FORMAL
from model.population.province import Province, Settings, province

Floats = NDArray[np.float64]

PERSONS = 10_000
HUNDRED_MILLION = 100_000_000
UPPER, HIGH = 4, 3  # levels: technicians and above, senior workers and above
FUND = "unemployment_insurance_fund"
STATE = ("central_state", "local_state")


class Ask(NamedTuple):
    """What is asked: for which prefecture (or ``province``), years, and of whom."""

    region: str
    years: tuple[int, ...]
    of: str


@lru_cache(maxsize=4)
def shared(base: str) -> Province:
    """What every scale and seed of a base month shares."""
    return province(base, Settings())


def modelled_shares() -> dict[str, float]:
    """Parts of the province's certified that the workers modelled are, at the end of 2016."""
    persons = shared("2016-12").ladder.persons.sum(axis=0) / PERSONS
    stock = inputs().column("levels", "stock")
    return {
        "modelled_skilled": float(persons[1:].sum() / stock[1:].sum()),
        "modelled_technicians": float(persons[UPPER:].sum() / stock[UPPER:].sum()),
    }


def _branches(of: str) -> Floats:
    """Weights of branches: 1 for those that a name means, or part of a branch."""
    if of == "formal_secondary":
        return shared("2016-12").jobs.counted
    tests: dict[str, Callable[[str, str], bool]] = {
        "all": lambda sector, owner: True,  # noqa: ARG005  # every test takes both
        "state": lambda sector, owner: owner in STATE and sector != "farm_forest",
        "private": lambda sector, owner: owner == "private",  # noqa: ARG005
        "nonpublic": lambda sector, owner: owner in ("private", "foreign"),  # noqa: ARG005
        "gig": lambda sector, owner: owner == "dispatch",  # noqa: ARG005
        "private_manufacturing": lambda sector, owner: (
            owner == "private" and sector in ("manufacturing", "machinery")
        ),
        "manufacturing": lambda sector, owner: sector in ("manufacturing", "machinery"),  # noqa: ARG005
        "other_manufacturing": lambda sector, owner: (
            sector in ("manufacturing", "machinery") and owner != "private"
        ),
    }
    if of == "formal":
        return np.isin(inputs().blocks, FORMAL).astype(np.float64)
    return np.array([tests[of](b.sector, b.ownership) for b in BRANCHES], np.float64)


def _sum(cube: Floats, ask: Ask, branches: Floats, levels: slice = slice(None)) -> Floats:
    """Totals over time of a cube by prefecture, branch and level."""
    if ask.region != "province":
        at = REGIONS.index(ask.region)
        cube = cube[:, at : at + 1]
    by_branch: Floats = cube[..., levels].sum(axis=(1, 3))
    return by_branch @ branches


def _stock(
    lived: Lived, name: str, month: str, ask: Ask, of: str = "all", levels: slice = slice(None)
) -> float:
    at = lived.at(month)
    return float(_sum(lived.stocks[name][at : at + 1], ask, _branches(of), levels)[0])


def _flow(
    lived: Lived, name: str, year: int, ask: Ask, of: str = "all", levels: slice = slice(None)
) -> float:
    if name not in lived.flows:
        return 0.0
    return float(_sum(lived.flows[name][lived.months(year)], ask, _branches(of), levels).sum())


def _mean_stock(lived: Lived, name: str, year: int, ask: Ask, of: str = "all") -> float:
    months = lived.months(year)
    held = _sum(lived.stocks[name][months.start : months.stop + 1], ask, _branches(of))
    return float(held.mean())


def _over(part: float, whole: float) -> float:
    """A ratio; nan where a sample holds nothing to divide by."""
    return part / whole if whole else float("nan")


def _december(year: int) -> str:
    return f"{year}-{YEAR}"


def _mean(ask: Ask, of: Callable[[int], float]) -> float:
    return float(np.mean([of(year) for year in ask.years]))


def jobs(lived: Lived, ask: Ask) -> float:
    """Persons employed in some branches at the end of a year, 10,000."""
    return _stock(lived, "employed", _december(ask.years[-1]), ask, ask.of) / PERSONS


def jobs_share(lived: Lived, ask: Ask) -> float:
    """Share of some branches in all employed at the end of a year."""
    month = _december(ask.years[-1])
    whole = _stock(lived, "employed", month, ask)
    return _over(_stock(lived, "employed", month, ask, ask.of), whole)


def jobs_change(lived: Lived, ask: Ask) -> float:
    """Change of jobs a year, from the end of the first year to the end of the last."""
    first, last = ask.years[0], ask.years[-1]
    before = _stock(lived, "employed", _december(first), ask, ask.of)
    after = _stock(lived, "employed", _december(last), ask, ask.of)
    return (_over(after, before) - 1.0) / (last - first)


def firm_size(lived: Lived, ask: Ask) -> float:
    """Mean staff of an industrial establishment."""
    return lived.years[ask.years[-1]].firm_size


def group_staff(lived: Lived, ask: Ask) -> float:
    """Staff of a group in a month, ``group@YYYY-MM``."""
    group, _, month = ask.of.partition("@")
    return float(lived.groups[group][lived.at(month)])


def group_change(lived: Lived, ask: Ask) -> float:
    """Change of a group's staff between two months, ``group@YYYY-MM:YYYY-MM``."""
    group, _, months = ask.of.partition("@")
    first, last = (float(lived.groups[group][lived.at(m)]) for m in months.split(":"))
    return _over(last, first) - 1.0


def group_yearly_change(lived: Lived, ask: Ask) -> float:
    """Mean yearly change of a group's staff over the years."""
    return _mean(
        ask,
        lambda y: (
            _over(
                float(lived.groups[ask.of][lived.at(_december(y))]),
                float(lived.groups[ask.of][lived.at(_december(y - 1))]),
            )
            - 1.0
        ),
    )


def group_lost(lived: Lived, ask: Ask) -> float:
    """Persons by which a group shrank in a year."""
    year, held = ask.years[-1], lived.groups[ask.of]
    return float(held[lived.at(_december(year - 1))] - held[lived.at(_december(year))])


def group_hires(lived: Lived, ask: Ask) -> float:
    """Persons who joined a group, a year."""
    return _mean(ask, lambda y: float(lived.group_hires[ask.of][lived.months(y)].sum()))


def exits(lived: Lived, ask: Ask) -> float:
    """Separations of every kind over mean staff, a year."""
    return _mean(
        ask,
        lambda y: _over(
            _flow(lived, "separations", y, ask, ask.of),
            _mean_stock(lived, "employed", y, ask, ask.of),
        ),
    )


def net_out_migration(lived: Lived, ask: Ask) -> float:
    """Persons who left the province less those who came back, over the labour force, a year."""

    def rate(year: int) -> float:
        gone = _flow(lived, "out_migration", year, ask) - _flow(lived, "returns", year, ask)
        force = sum(
            _mean_stock(lived, n, year, ask) for n in ("employed", "unemployed", "informal")
        )
        return _over(gone, force)

    return _mean(ask, rate)


def _pay(lived: Lived, year: int, ask: Ask) -> float:
    months = lived.months(year)
    weights = _branches(ask.of)
    paid = _sum(lived.pay[months], ask, weights).sum()
    staff = _sum(lived.stocks["employed"][months.start + 1 : months.stop + 1], ask, weights).sum()
    return _over(float(paid), float(staff)) * YEAR


def pay(lived: Lived, ask: Ask) -> float:
    """Mean pay of some branches, yuan a year."""
    return _mean(ask, lambda y: _pay(lived, y, ask))


def pay_change(lived: Lived, ask: Ask) -> float:
    """Growth of mean pay from the first year to the last."""
    return _pay(lived, ask.years[-1], ask) / _pay(lived, ask.years[0], ask) - 1.0


def rural_pay(lived: Lived, ask: Ask) -> float:
    """Mean pay of workers of rural registration at the end of a year, yuan a month."""
    return lived.years[ask.years[-1]].rural_pay


def stayers_growth(lived: Lived, ask: Ask) -> float:
    """Growth of the mean pay of those who stayed with their employer over a year."""
    return _mean(ask, lambda y: lived.years[y].stayers_growth)


def person(lived: Lived, ask: Ask) -> float:
    """A mean or share of the employed at the end of a year, by its name in ``Year``."""
    return float(getattr(lived.years[ask.years[-1]], ask.of))


def rural_workers(lived: Lived, ask: Ask) -> float:
    """Workers of rural registration at the end of a year, 10,000."""
    year = ask.years[-1]
    return lived.years[year].rural * _stock(lived, "employed", _december(year), ask) / PERSONS


def insured(lived: Lived, ask: Ask) -> float:
    """Insured against unemployment at the end of a year, 10,000."""
    return _stock(lived, "insured", _december(ask.years[-1]), ask) / PERSONS


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
    month = _december(ask.years[-1])
    idle = _stock(lived, "unemployed", month, ask)
    share = idle / (idle + _stock(lived, "employed", month, ask))
    return share * (1.0 - inputs().values["unregistered"])


def stay_job_coverage(lived: Lived, ask: Ask) -> float:
    """Share of the insured whose enterprise drew the stay-job subsidy in a year."""
    return lived.years[ask.years[-1]].insured_covered


def stay_job_per_worker(lived: Lived, ask: Ask) -> float:
    """Stay-job subsidy over the insured it covered, yuan."""
    year = ask.years[-1]
    covered = lived.years[year].insured_covered * insured(lived, ask) * PERSONS
    return _over(lived.money("stay_job_subsidy", year)[1], covered)


def skill_claims(lived: Lived, ask: Ask) -> float:
    """Skill-upgrade subsidies paid in a year over the insured."""
    cases = lived.money("skill_upgrade_subsidy", ask.years[-1])[0]
    return _over(cases, insured(lived, ask) * PERSONS)


def skill_claim_mean(lived: Lived, ask: Ask) -> float:
    """Mean skill-upgrade subsidy, yuan."""
    cases, yuan = lived.money("skill_upgrade_subsidy", ask.years[-1])
    return _over(yuan, cases)


def certified(lived: Lived, ask: Ask) -> float:
    """Certified persons at the end of a year, 10,000; ``of`` is ``all`` or ``high``."""
    return _certified(lived, ask.years[-1], ask) / PERSONS


def _certified(lived: Lived, year: int, ask: Ask) -> float:
    levels = slice(HIGH, None) if ask.of == "high" else slice(1, None)
    return _stock(lived, "certified", _december(year), ask, levels=levels)


def certified_growth(lived: Lived, ask: Ask) -> float:
    """Growth of the certified a year, from the first year to the last."""
    first, last = ask.years[0], ask.years[-1]
    ratio = _over(_certified(lived, last, ask), _certified(lived, first, ask))
    return (ratio - 1.0) / (last - first)


def certified_share(lived: Lived, ask: Ask) -> float:
    """Certified among the employed at the end of a year."""
    month = _december(ask.years[-1])
    held = _stock(lived, "employed", month, ask, levels=slice(1, None))
    return held / _stock(lived, "employed", month, ask)


_LEVELS = {
    "upper": slice(UPPER, None),
    "high": slice(HIGH, None),
    "lower": slice(1, UPPER),
    "all": slice(1, None),
}


def certificates(lived: Lived, ask: Ask) -> float:
    """Certificates of a year; ``of`` names the levels, ``upper@9`` the first nine months."""
    of, _, months = ask.of.partition("@")
    if not months:
        return _mean(ask, lambda y: _flow(lived, "certificates", y, ask, levels=_LEVELS[of]))
    year = lived.months(ask.years[-1])
    part = slice(year.start, year.start + int(months))
    cube = lived.flows["certificates"][part]
    return float(_sum(cube, ask, _branches("all"), _LEVELS[of]).sum())


def upper_share_of_certificates(lived: Lived, ask: Ask) -> float:
    """Technicians and above among the certificates of a year."""
    upper = _mean(ask, lambda y: _flow(lived, "certificates", y, ask, levels=_LEVELS["upper"]))
    return _over(upper, _mean(ask, lambda y: _flow(lived, "certificates", y, ask)))


def pass_rate(lived: Lived, ask: Ask) -> float:
    """Certificates over exams sat in a year."""
    passed = _mean(ask, lambda y: _flow(lived, "certificates", y, ask))
    return _over(passed, _mean(ask, lambda y: _flow(lived, "exams", y, ask)))


def person_times(lived: Lived, ask: Ask) -> float:
    """Person-times of training, a year."""
    return _mean(ask, lambda y: _flow(lived, "person_times", y, ask))


def incidence(lived: Lived, ask: Ask) -> float:
    """Persons trained in a year over mean staff."""
    return _mean(
        ask,
        lambda y: _flow(lived, "persons_trained", y, ask) / _mean_stock(lived, "employed", y, ask),
    )


Measure = Callable[[Lived, Ask], float]
MEASURES: dict[str, Measure] = {
    m.__name__: m
    for m in (
        jobs, jobs_share, jobs_change, firm_size, group_staff, group_change, group_yearly_change,
        group_lost, group_hires, exits, net_out_migration, pay, pay_change, rural_pay,
        stayers_growth, person, rural_workers, insured, premium_base, fund_premiums, fund_outlay,
        benefit_recipients, registered_unemployment, stay_job_coverage, stay_job_per_worker,
        skill_claims, skill_claim_mean, certified, certified_growth, certified_share,
        certificates, upper_share_of_certificates, pass_rate, person_times, incidence,
    )
}  # fmt: skip
