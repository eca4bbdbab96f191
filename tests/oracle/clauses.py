"""Entitlements under each clause, in fen."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

Facts = Mapping[str, int]
YearMonth = tuple[int, int]
YUAN = 100
NONE, JUNIOR, INTERMEDIATE, SENIOR, TECHNICIAN, SENIOR_TECHNICIAN, SPECIAL = range(7)


def calendar(month: int) -> YearMonth:
    """Year and month of the year."""
    years, rest = divmod(month, 12)
    return 1900 + years, rest + 1


def months_between(earlier: int, later: int) -> int:
    """Calendar months from one to the other, counted on the calendar."""
    (y0, m0), (y1, m1) = calendar(earlier), calendar(later)
    return 12 * (y1 - y0) + (m1 - m0)


def on(flag: int) -> bool:
    return flag == 1


# C12


def wage_drop(
    f: Facts,
    *,
    trigger: str = "own_drop",
    comparison: str = "at_least",
    distress_gate: str = "either",
    layoff_condition: str = "none",
    special_technician: int = 1,
    duration_limit: int = 0,
) -> int | None:
    """Half of the monthly drop, where the enterprise, the person and the drop qualify."""
    top_levels = {TECHNICIAN, SENIOR_TECHNICIAN} | ({SPECIAL} if special_technician else set())
    qualified = f["level"] in top_levels
    if on(f["teacher"]):
        in_group = on(f["owns_school"]) and (on(f["senior_title"]) or qualified)
    else:
        in_group = qualified and on(f["key_post"])
    hit = f["distressed"] >= {"either": 1, "both": 2, "none": 0}[distress_gate]
    lay_offs = layoff_condition == "none" or on(f["layoffs_low"])
    before, now = Fraction(f["reference_pay"]), Fraction(f["pay"])
    if before <= 0 or now >= before:
        return None
    fall = 1 - now / before if trigger == "own_drop" else Fraction(f["mean_drop_ppm"], 10**6)
    half = Fraction(1, 2)
    if trigger == "own_drop":
        exact = 0 <= (fall - half) * before < 1  # within one fen of this pay
    else:
        exact = 0 <= fall - half < Fraction(1, 100_000)  # within one fen of 1,000 yuan
    fires = exact if comparison == "exactly" else fall >= half
    lasting = duration_limit == 0 or f["months_paid"] < duration_limit
    started = calendar(f["month"]) >= (2017, 12)
    firm = on(f["insured"]) and on(f["paid_up"]) and hit and lay_offs
    if not (started and firm and in_group and fires and lasting):
        return None
    return floor((before - now) * half)


def wage_drop_pot(premiums: int, stay_job: int, wage_drop: int, pot: str = "same_pot") -> int:
    """What an insured unit may still draw this year under C12."""
    most = floor(Fraction(premiums, 2))
    room = {
        "same_pot": most - stay_job - wage_drop,
        "additive": most - wage_drop,
        "exclusive": most - wage_drop if stay_job == 0 else 0,
        "earmark_only": min(most, stay_job) - wage_drop,
    }[pot]
    return max(0, room)


def fall_of_mean_pay(pays: Sequence[tuple[int, int]]) -> Fraction:
    """Fall of mean pay of (reference, current) pairs; none if it rose."""
    before = sum(reference for reference, _ in pays)
    now = sum(pay for _, pay in pays)
    return max(Fraction(0), 1 - Fraction(now, before)) if before > 0 else Fraction(0)


def divide(claims: Sequence[int], available: int) -> list[int]:
    """Largest remainder over one pot; ties by place."""
    total = sum(claims)
    pot = min(total, max(0, available))
    if total == 0:
        return [0] * len(claims)
    exact = [Fraction(claim * pot, total) for claim in claims]
    paid = [floor(share) for share in exact]
    while sum(paid) < pot:
        gaps = [
            share - floor(share) if p == floor(share) else Fraction(-1)
            for share, p in zip(exact, paid, strict=True)
        ]
        paid[gaps.index(max(gaps))] += 1
    return paid


# C10


def skill_upgrade(
    f: Facts, *, includes_technicians: int = 0, catalogue_required: int = 1
) -> int | None:
    """By level, once, with insurance and within a year."""
    yuan = {JUNIOR: 1_000, INTERMEDIATE: 1_500, SENIOR: 2_000}
    if includes_technicians:
        yuan |= {TECHNICIAN: 2_000, SENIOR_TECHNICIAN: 2_000}
    need = 36 if calendar(f["month"]) < (2019, 1) else 12
    age = months_between(f["certificate_month"], f["month"])
    met = (
        calendar(f["month"]) >= (2017, 8),
        not on(f["upgrade_course"]),
        f["level"] in yuan,
        calendar(f["certificate_month"]) >= (2017, 1),
        0 <= age <= 12,
        on(f["in_catalogue"]) or not catalogue_required,
        on(f["employed"]),
        on(f["insured"]),
        f["insured_months"] >= need,
        (f["received"] // 2 ** f["level"]) % 2 == 0,
    )
    return yuan[f["level"]] * YUAN if all(met) else None


# C9


def promotion_training(
    f: Facts,
    *,
    after_2019_08: str = "replaced",
    without_course: str = "not_paid",
    upgrade_frequency: str = "once",
    order: str = "as_listed",
) -> int | None:
    """3,000 and 2,000 for promotion, 1,500 for the upgrade course, to the person till 2019-07."""
    first, second = (3_000, 2_000) if order == "as_listed" else (2_000, 3_000)
    when = calendar(f["month"])
    dated = (2017, 12) <= calendar(f["certificate_month"]) <= when
    open_now = when >= (2017, 12) and (after_2019_08 == "both" or when <= (2019, 7))
    if not (open_now and dated and on(f["employed"])):
        return None
    paid_before = {k for k in range(8) if (f["received"] >> k) % 2}
    if on(f["upgrade_course"]):
        again = 7 in paid_before and upgrade_frequency != "each_course"
        return 1_500 * YUAN if f["level"] >= SENIOR_TECHNICIAN and not again else None
    taught = on(f["by_course"]) or without_course == "paid"
    yuan = {TECHNICIAN: first, SENIOR_TECHNICIAN: second}.get(f["level"])
    if yuan is None or not taught or f["level"] in paid_before:
        return None
    return yuan * YUAN


# C8, C25


def apprenticeship(
    f: Facts,
    *,
    paid_when: str = "on_certificate",
    part_years: str = "by_month",
    training_certificate: str = "where_no_standard",
) -> int | None:
    """4,000 a year of term, from one to three years, for terms begun from 2018-11 on.

    C25: a training certificate only where the trade has no national standard.
    """
    if f["start_month"] == 0 or not on(f["employed"]):
        return None
    if not (2018, 11) <= calendar(f["start_month"]) <= calendar(f["month"]):
        return None
    certified = f["certificate_month"] != 0 and f["certificate_month"] <= f["month"]
    if paid_when == "on_certificate" and not certified:
        return None
    enough = {
        "always": True,
        "never": False,
        "where_no_standard": not on(f.get("standard", 1)),
    }[training_certificate]
    if certified and not on(f.get("qualification", 1)) and not enough:
        return None
    end = f["certificate_month"] if certified else f["month"]
    served = min(36, months_between(f["start_month"], end))
    if served < 12:
        return None
    years = Fraction(served, 12)
    if part_years == "whole_years" or not certified:
        years = Fraction(floor(years))
    due = years - Fraction(f["months_paid"], 12)
    return floor(due * 4_000 * YUAN) if due > 0 else None


# Earlier rules


def stay_job(f: Facts) -> int | None:
    """Half of last year's premiums, once a year, with few lay-offs; all of it to small in 2020."""
    few = f["layoff_rate_ppm"] == 0 or f["layoff_rate_ppm"] < f["registered_unemployment_ppm"]
    met = (
        calendar(f["month"]) >= (2015, 5),
        on(f["insured"]),
        on(f["paid_up"]),
        few,
        f["premiums_last_year"] > 0,
        f["stay_job_drawn"] == 0,
        f.get("refund_elsewhere", 0) == 0,
        f.get("reserve_months", 12) >= 12,
    )
    whole = on(f.get("small", 0)) and (2020, 5) <= calendar(f["month"]) <= (2020, 12)
    part = Fraction(1) if whole else Fraction(1, 2)
    return floor(f["premiums_last_year"] * part) if all(met) else None


def levy(f: Facts, *, required_rate: str = "own_within_range") -> int | None:
    """Between 1.5 and 2.5 % of payroll."""
    if f["payroll_last_year"] <= 0 or calendar(f["month"]) < (2002, 9):
        return None
    low, high = Fraction(15, 1000), Fraction(25, 1000)
    own = Fraction(f["set_aside_rate_ppm"], 10**6)
    rate = {"minimum": low, "maximum": high}.get(required_rate, min(high, max(low, own)))
    return floor(rate * f["payroll_last_year"])


def premiums(month: int, pay: int) -> tuple[int, int]:
    """Monthly premiums of enterprise and person on actual pay, in fen."""
    when = calendar(month)
    yearly = {2014: 43_447, 2015: 46_893, 2016: 51_626, 2017: 57_370}.get(when[0], 62_345)
    mean_wage = round(Fraction(yearly * YUAN, 12))  # published to the fen
    base = floor(Fraction(8, 10) * pay)
    base = min(3 * mean_wage, max(floor(Fraction(6, 10) * mean_wage), base))
    employer = Fraction(5, 1000)
    for start, rate in (((2017, 1), 5), ((2016, 5), 10), ((2015, 3), 15), ((0, 1), 20)):
        if when >= start:
            employer = Fraction(rate, 1000)
            break
    person = Fraction(5 if when >= (2015, 3) else 10, 1000)
    return floor(base * employer), floor(base * person)


def benefit(f: Facts) -> int | None:
    """Monthly benefit of somebody who lost a job."""
    years = Fraction(f["insured_months"], 12)
    term = 0
    for least, months in ((10, 24), (5, 18), (1, 12)):
        if years >= least:
            term = months
            break
    if not on(f["involuntary"]) or f["months_drawn"] >= term:
        return None
    later = calendar(f["month"]) >= (2020, 4)
    share = Fraction(9, 10) if later else Fraction(8, 10)
    if on(f["harbin"]):
        return floor(share * 1_680) * YUAN
    return (1_143 if later else 1_015) * YUAN
