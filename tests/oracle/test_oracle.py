"""The model's rules against the second reading: not one fen apart, on boundary-heavy cases."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from model.instruments import (
    apprenticeship_subsidy,
    education_levy,
    promotion_training_subsidy,
    skill_upgrade_subsidy,
    stay_job_subsidy,
    unemployment_insurance,
    wage_drop_subsidy,
)
from model.instruments.channels import (
    ApprenticeFacts,
    CertificateFacts,
    EnterpriseYearFacts,
    PayDropFacts,
    PotFacts,
    SocialInsuranceFacts,
    mean_drop,
)
from model.months import month
from model.parameters.reader import all_topics
from tests.oracle import clauses

CI = 100_000  # cases in all, shared out below
SHARES = {
    "wage_drop": 30,
    "skill_upgrade": 20,
    "promotion": 15,
    "apprentice": 10,
    "stay_job": 5,
    "levy": 5,
    "benefit": 5,
    "pot": 10,
}
Draw = random.Random


def choose(luck: Draw, *values: Any) -> Any:
    return values[luck.randrange(len(values))]


def yes(luck: Draw, odds: float = 0.9) -> int:
    """Mostly 1, so that few conditions fail at once and each one decides cases."""
    return int(luck.random() < odds)


def around(luck: Draw, centre: int) -> int:
    return centre + choose(luck, -2, -1, 0, 0, 1, 2)


def pay_drop(luck: Draw) -> PayDropFacts:
    reference = choose(luck, 0, 1, 2, 3, 800_000, 700_001, luck.randrange(1, 3_000_000))
    half = reference - (reference + 1) // 2
    pay = choose(luck, max(0, around(luck, half)), half, luck.randrange(0, reference + 2))
    return PayDropFacts(
        month=choose(luck, month(2017, 11), month(2017, 12), month(2018, 6), month(2020, 12)),
        teacher=1 - yes(luck, 0.7),
        level=choose(luck, 0, 1, 3, 4, 4, 5, 5, 6),
        senior_title=yes(luck, 0.4),
        key_post=yes(luck),
        reference_pay=reference,
        pay=pay,
        insured=yes(luck, 0.95),
        paid_up=yes(luck, 0.95),
        distressed=choose(luck, 0, 1, 1, 2, 2),
        owns_school=yes(luck, 0.8),
        mean_drop_ppm=choose(luck, 0, 499_999, 500_000, 500_001, luck.randrange(1_000_001)),
        months_paid=choose(luck, 0, 5, 6, 11, 12, 13),
        layoffs_low=yes(luck),
    )


def certificate(luck: Draw) -> CertificateFacts:
    now = luck.randrange(month(2017, 6), month(2020, 6))
    now = choose(luck, now, month(2017, 12), month(2018, 12), month(2019, 1), month(2019, 8))
    return CertificateFacts(
        month=now,
        level=choose(luck, 0, 1, 2, 3, 4, 4, 5, 5, 6),
        certificate_month=choose(
            luck, now, now - 12, now - 13, now + 1, month(2016, 12), month(2017, 1), month(2017, 12)
        ),
        insured=yes(luck),
        insured_months=choose(luck, 11, 12, 35, 36, 37, 120),
        employed=yes(luck, 0.95),
        in_catalogue=yes(luck),
        by_course=yes(luck),
        upgrade_course=1 - yes(luck, 0.75),
        received=choose(luck, 0, 0, 0, luck.randrange(256)),
    )


def apprentice(luck: Draw) -> ApprenticeFacts:
    start = choose(luck, 0, around(luck, month(2018, 11)), luck.randrange(1_400, 1_440))
    gained = choose(luck, 0, start + choose(luck, 11, 12, 13, 24, 30, 36, 37, 40))
    return ApprenticeFacts(
        month=start + choose(luck, -1, 0, 11, 12, 24, 37, 48),
        start_month=start,
        certificate_month=gained if start else 0,
        insured=yes(luck),
        employed=yes(luck, 0.95),
        months_paid=choose(luck, 0, 0, 0, 12, 24, 36, 1_000),
        qualification=yes(luck, 0.8),
        standard=yes(luck, 0.7),
    )


def enterprise(luck: Draw) -> EnterpriseYearFacts:
    return EnterpriseYearFacts(
        month=choose(
            luck,
            month(2002, 8),
            month(2015, 4),
            month(2015, 5),
            month(2018, 6),
            month(2020, 4),
            month(2020, 5),
            month(2020, 12),
            month(2021, 1),
        ),
        insured=yes(luck),
        paid_up=yes(luck),
        premiums_last_year=choose(luck, 0, 1, 3, 6_000_000, luck.randrange(10**9)),
        layoff_rate_ppm=choose(luck, 0, 0, 0, 44_999, 45_000, 45_001, luck.randrange(10**6)),
        registered_unemployment_ppm=choose(luck, 0, 45_000, 45_000, 35_000),
        stay_job_drawn=choose(luck, 0, 0, 0, 0, 1, luck.randrange(10**8)),
        wage_drop_drawn=choose(luck, 0, 1, luck.randrange(10**8)),
        payroll_last_year=choose(luck, 0, 1, 600_000_000, luck.randrange(10**11)),
        set_aside_rate_ppm=choose(luck, 0, 14_999, 15_000, 20_000, 25_000, 25_001, 10**6),
        frontline_share_ppm=choose(luck, 0, 599_999, 600_000, 10**6),
        refund_elsewhere=choose(luck, 0, 0, 0, 0, 1),
        small=yes(luck, 0.5),
        reserve_months=choose(luck, 11, 12, 13, 100, 100),
    )


def jobless(luck: Draw) -> SocialInsuranceFacts:
    return SocialInsuranceFacts(
        month=choose(luck, month(2018, 1), month(2020, 3), month(2020, 4)),
        insured_months=choose(luck, 0, 11, 12, 59, 60, 119, 120, 400),
        harbin=yes(luck, 0.5),
        involuntary=yes(luck),
        months_drawn=choose(luck, 0, 11, 12, 17, 18, 23, 24),
    )


def law(name: str, now: int, **settings: str | int) -> Any:
    """Parameters in force, with some settings in place of their defaults."""
    topic = all_topics()[name]
    codes = {
        key: topic.parameters[key].options.index(value) if isinstance(value, str) else value
        for key, value in settings.items()
    }
    return topic.at(now)._replace(**codes)


def answer(instrument: Any, facts: Any, p: Any) -> int | None:
    return instrument.amount(facts, p) if instrument.eligibility(facts, p) == 0 else None


def cases(name: str, scale: int = 1) -> Iterator[Draw]:
    luck = Draw(f"oracle {name}")
    for _ in range(CI * SHARES[name] // 100 * scale):
        yield luck


def compare(
    name: str,
    rules: tuple[Any, str, Callable[..., int | None]],
    draw: Callable[[Draw], Any],
    options: dict[str, tuple[str | int, ...]],
    scale: int,
) -> None:
    module, topic, second = rules
    found = {True: 0, False: 0}
    for luck in cases(name, scale):
        facts = draw(luck)
        settings: dict[str, Any] = {
            key: choose(luck, values[0], *values) for key, values in options.items()
        }
        p = law(topic, facts.month, **settings)
        ours, theirs = answer(module, facts, p), second(facts._asdict(), **settings)
        assert ours == theirs, f"{facts} {settings}: {ours} and {theirs}"
        found[theirs is not None] += 1
    assert min(found.values()) > CI * SHARES[name] // 2_000, "the cases decide too little"


COMPARED: dict[str, tuple[Any, ...]] = {
    "wage_drop": (
        (wage_drop_subsidy, "wage_drop_subsidy", clauses.wage_drop),
        pay_drop,
        {
            "trigger": ("own_drop", "mean_drop"),
            "comparison": ("at_least", "exactly"),
            "distress_gate": ("either", "both", "none"),
            "layoff_condition": ("none", "as_stay_job"),
            "special_technician": (1, 0),
            "duration_limit": (0, 6, 12),
        },
    ),
    "skill_upgrade": (
        (skill_upgrade_subsidy, "skill_upgrade_subsidy", clauses.skill_upgrade),
        certificate,
        {"includes_technicians": (0, 1), "catalogue_required": (1, 0)},
    ),
    "promotion": (
        (promotion_training_subsidy, "promotion_training_subsidy", clauses.promotion_training),
        certificate,
        {
            "after_2019_08": ("replaced", "both"),
            "without_course": ("not_paid", "paid"),
            "upgrade_frequency": ("once", "yearly", "each_course"),
            "order": ("as_listed", "reversed"),
        },
    ),
    "apprentice": (
        (apprenticeship_subsidy, "apprenticeship_subsidy", clauses.apprenticeship),
        apprentice,
        {
            "paid_when": ("on_certificate", "each_year"),
            "part_years": ("by_month", "whole_years"),
            "training_certificate": ("where_no_standard", "always", "never"),
        },
    ),
    "stay_job": ((stay_job_subsidy, "stay_job_subsidy", clauses.stay_job), enterprise, {}),
    "levy": (
        (education_levy, "education_levy", clauses.levy),
        enterprise,
        {"required_rate": ("own_within_range", "minimum", "maximum")},
    ),
    "benefit": (
        (unemployment_insurance, "unemployment_insurance", clauses.benefit),
        jobless,
        {},
    ),
}


@pytest.mark.parametrize("name", COMPARED)
def test_rule_and_second_reading_agree(name: str) -> None:
    compare(name, *COMPARED[name], scale=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPARED)
def test_rule_and_second_reading_agree_on_many_more(name: str) -> None:
    compare(name, *COMPARED[name], scale=10)


def test_pots_agree_under_every_reading() -> None:
    for luck in cases("pot"):
        premiums = choose(luck, 0, 1, 2, 6_000_001, luck.randrange(10**9))
        most = premiums // 2
        pot = PotFacts(
            premiums,
            choose(luck, 0, most, max(0, around(luck, most)), luck.randrange(most + 2)),
            choose(luck, 0, most, max(0, around(luck, most)), luck.randrange(most + 2)),
        )
        reading = choose(luck, "same_pot", "additive", "exclusive", "earmark_only")
        p = law("wage_drop_subsidy", month(2018, 6), pot=reading)
        ours = wage_drop_subsidy.ceiling(pot, p)
        assert ours == clauses.wage_drop_pot(*pot[:3], pot=reading), (pot, reading)


def test_premiums_agree_at_every_date() -> None:
    luck = Draw("premiums")
    for now in range(month(2014, 1), month(2021, 1)):
        p = law("unemployment_insurance", now)
        for _ in range(50):
            pay = choose(luck, 1, 300_000, luck.randrange(5_000_000))
            base = unemployment_insurance.declared_base(pay, p)
            ours = (
                unemployment_insurance.employer_premium(base, p),
                unemployment_insurance.employee_premium(base, p),
            )
            assert ours == clauses.premiums(now, pay), (now, pay)


def test_a_mean_drop_in_millionths_decides_as_the_exact_fraction_does() -> None:
    luck = Draw("means")
    for _ in range(3_000):
        pays = []
        for _ in range(luck.randrange(1, 6)):
            reference = luck.randrange(1, 2_000_000)
            pays.append((reference, max(0, around(luck, reference // 2))))
        exact = clauses.fall_of_mean_pay(pays)
        ours = mean_drop(sum(r for r, _ in pays), sum(pay for _, pay in pays))
        assert (ours >= 500_000) == (2 * exact >= 1), pays
