"""Measures of jobs, separations, pay and people."""

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


def jobs(lived: Lived, ask: Ask) -> float:
    """Persons employed in some branches at the end of a year, 10,000."""
    return stock(lived, "employed", december(ask.years[-1]), ask, ask.of) / PERSONS


def jobs_share(lived: Lived, ask: Ask) -> float:
    """Share of some branches in all employed at the end of a year."""
    month = december(ask.years[-1])
    whole = stock(lived, "employed", month, ask)
    return over(stock(lived, "employed", month, ask, ask.of), whole)


def jobs_change(lived: Lived, ask: Ask) -> float:
    """Change of jobs a year, from the end of the first year to the end of the last."""
    first, last = ask.years[0], ask.years[-1]
    before = stock(lived, "employed", december(first), ask, ask.of)
    after = stock(lived, "employed", december(last), ask, ask.of)
    return (over(after, before) - 1.0) / (last - first)


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
    return over(last, first) - 1.0


def group_yearly_change(lived: Lived, ask: Ask) -> float:
    """Mean yearly change of a group's staff over the years."""
    return mean(
        ask,
        lambda y: (
            over(
                float(lived.groups[ask.of][lived.at(december(y))]),
                float(lived.groups[ask.of][lived.at(december(y - 1))]),
            )
            - 1.0
        ),
    )


def group_lost(lived: Lived, ask: Ask) -> float:
    """Persons by which a group shrank in a year."""
    year, held = ask.years[-1], lived.groups[ask.of]
    return float(held[lived.at(december(year - 1))] - held[lived.at(december(year))])


def group_hires(lived: Lived, ask: Ask) -> float:
    """Persons who joined a group and stayed to the end of the month, a year."""
    return mean(ask, lambda y: float(lived.group_hires[ask.of][lived.months(y)].sum()))


def group_exits(lived: Lived, ask: Ask) -> float:
    """Persons who left a group over its mean staff, a year: hires less the change of staff."""

    def rate(year: int) -> float:
        held = lived.groups[ask.of]
        first, last = lived.at(december(year - 1)), lived.at(december(year))
        left = float(lived.group_hires[ask.of][lived.months(year)].sum() + held[first] - held[last])
        return over(left, float(held[first : last + 1].mean()))

    return mean(ask, rate)


def exits(lived: Lived, ask: Ask) -> float:
    """Separations of every kind over mean staff, a year."""
    return mean(
        ask,
        lambda y: over(
            flow(lived, "separations", y, ask, ask.of),
            mean_stock(lived, "employed", y, ask, ask.of),
        ),
    )


def net_out_migration(lived: Lived, ask: Ask) -> float:
    """Persons who left the province less those who came back, over the labour force, a year."""

    def rate(year: int) -> float:
        gone = flow(lived, "out_migration", year, ask) - flow(lived, "returns", year, ask)
        force = sum(mean_stock(lived, n, year, ask) for n in ("employed", "unemployed", "informal"))
        return over(gone, force)

    return mean(ask, rate)


def _pay(lived: Lived, year: int, ask: Ask) -> float:
    months = lived.months(year)
    weights = branches(ask.of)
    paid = total(lived.pay[months], ask, weights).sum()
    staff = total(lived.stocks["employed"][months.start + 1 : months.stop + 1], ask, weights).sum()
    return over(float(paid), float(staff)) * YEAR


def pay(lived: Lived, ask: Ask) -> float:
    """Mean pay of some branches, yuan a year."""
    return mean(ask, lambda y: _pay(lived, y, ask))


def pay_change(lived: Lived, ask: Ask) -> float:
    """Growth of mean pay from the first year to the last."""
    return _pay(lived, ask.years[-1], ask) / _pay(lived, ask.years[0], ask) - 1.0


def rural_pay(lived: Lived, ask: Ask) -> float:
    """Mean pay of workers of rural registration at the end of a year, yuan a month."""
    return lived.years[ask.years[-1]].rural_pay


def stayers_growth(lived: Lived, ask: Ask) -> float:
    """Growth of the mean pay of those who stayed with their employer over a year."""
    return mean(ask, lambda y: lived.years[y].stayers_growth)


def person(lived: Lived, ask: Ask) -> float:
    """A mean or share of the employed at the end of a year, by its name in ``Year``."""
    return float(getattr(lived.years[ask.years[-1]], ask.of))


def rural_workers(lived: Lived, ask: Ask) -> float:
    """Workers of rural registration at the end of a year, 10,000."""
    year = ask.years[-1]
    return lived.years[year].rural * stock(lived, "employed", december(year), ask) / PERSONS
