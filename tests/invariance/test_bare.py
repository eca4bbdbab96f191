"""Nobody knows and nothing is paid: the same as no instrument at all, agent by agent (V6)."""

from collections.abc import Mapping
from typing import Any

import pytest

from model.instruments.channels import Channel
from model.instruments.registry import on_channel
from tests.lived import KINDS, STORM, Diary, Job, diary, differences, scenario

CLAIMED = (  # instruments that somebody must know of
    "skill_upgrade_subsidy",
    "promotion_training_subsidy",
    "wage_drop_subsidy",
    "stay_job_subsidy",
    "apprenticeship_subsidy",
    "startup_grant",
    "innovation_loan_interest",
    "talent_compensation",
    "supplementary_insurance",
    "cooperation_compensation",
    "skills_action_subsidy",
    "distressed_firm_rebate",
)
AT_FIXED_NUMBERS = tuple(one.name for one in on_channel(Channel.AWARD))  # known to all or not
BY_SCHOOLS = {"appraisal_subsidy": "off"}  # schools claim it for trainees, who need not know of it
NOBODY_KNOWS = {
    "claiming.aware_own": 0,
    "claiming.aware_others": 0,
    "claiming.aware_database": 0,
    "claiming.aware_services": 0,
    "claiming.publicity": 0,
    "claiming.initial_years": 0,
    "claiming.stay_job_take_up": 0,  # knowing and asking in one figure
    "distressed_firm_rebate.take_up": 0,
}
NOTHING_IS_PAID = {
    "skill_upgrade_subsidy.amount_junior": 0,
    "skill_upgrade_subsidy.amount_intermediate": 0,
    "skill_upgrade_subsidy.amount_senior": 0,
    "promotion_training_subsidy.amount_technician": 0,
    "promotion_training_subsidy.amount_senior_technician": 0,
    "promotion_training_subsidy.amount_upgrade_course": 0,
    "wage_drop_subsidy.rate": 0,
    "wage_drop_subsidy.premium_share": 0,
    "stay_job_subsidy.rate": 0,
    "apprenticeship_subsidy.amount_per_year": 0,
    "group_training_subsidy.list_short": 0,
    "group_training_subsidy.list_junior": 0,
    "placement_bonus.bonus": 0,
    "appraisal_subsidy.fee": 0,
    "startup_grant.grant": 0,
    "innovation_loan_interest.paid_share": 0,
    "training_bases.announced": 0,  # what is not granted is not built
    "training_bases.national_awarded": 0,
    "master_studios.announced": 0,
    "master_studios.national_awarded": 0,
    "contest_training_bases.fewest": 0,
    "performance_grants.pool": 0,
    "cooperation_compensation.per_trainee": 0,
    "unemployment_insurance.employer_rate": 0,
    "unemployment_insurance.employee_rate": 0,
}


def storm(extends: str, values: Mapping[str, float] | None = None, **keys: Any) -> dict[str, Any]:
    """The stormy world on another base, with values that hold from long before the start."""
    values = values or {}
    kept = [c for c in STORM["change"] if c["parameter"] not in values]  # type: ignore[attr-defined]
    changes = [
        {"parameter": lever, "from": "1990-01", "value": value, "because": "to test"}
        for lever, value in values.items()
    ]
    world = {"title": "storm", "world": STORM["world"], "change": [*kept, *changes]}
    return {**world, "extends": extends, **keys}


def lived(given: Mapping[str, Any], seed: int = 2) -> Diary:
    return diary(Job(given, seed=seed, n=500))


# Work is counted for an instrument in force alone; nobody decides on these columns.
COUNTED_WORK = {
    f"{kind}.{name}_{year}_year"
    for kind, name in (
        ("institutions", "trained"),
        ("institutions", "certificates"),
        ("enterprises", "sent"),
    )
    for year in ("this", "last")
}


def without_counted_work(pages: Diary) -> Diary:
    """A diary without the work that an instrument in force is paid by."""
    return {
        m: {k: v for k, v in page.items() if k not in COUNTED_WORK} for m, page in pages.items()
    }


def agents(pages: Diary) -> Diary:
    """The columns of agents and the moves of people, without the books of money and work."""
    of = (*(f"{kind}." for kind in KINDS), "people.")
    return {
        m: {k: v for k, v in page.items() if k.startswith(of)}
        for m, page in without_counted_work(pages).items()
    }


@pytest.fixture(scope="module")
def off() -> Diary:
    """The instruments that are claimed, all off."""
    return lived(storm("policy_2017", instruments={**dict.fromkeys(CLAIMED, "off"), **BY_SCHOOLS}))


def test_instruments_that_nobody_knows_of_are_off(off: Diary) -> None:
    unknown = lived(storm("policy_2017", NOBODY_KNOWS, instruments=BY_SCHOOLS))
    assert differences(*map(without_counted_work, (off, unknown))) == []


def test_a_control_those_that_are_known_are_not(off: Diary) -> None:
    known = lived(storm("policy_2017"))
    parts = {p for m in known for p in known[m] if known[m][p] != off[m][p]}
    assert {"workers.received", "workers.supported", "workers.course", "workers.level"} <= parts


def test_no_budget_and_nobody_who_knows_equal_bare_agent_by_agent() -> None:
    # Of unemployment insurance the rates are zero and the benefit goes to no decision; the levy
    # and the fixed numbers of titles and contests need nobody to know of them, and neither does the
    # tax deduction, so they are off on both sides.
    values = {**NOBODY_KNOWS, **NOTHING_IS_PAID}
    off = dict.fromkeys(("education_levy", "training_tax_deduction", *AT_FIXED_NUMBERS), "off")
    nothing = lived(storm("policy_2017", values, instruments=off))
    bare = lived(storm("bare"))
    assert differences(agents(nothing), agents(bare)) == []
    assert differences(nothing, bare) != []  # benefits are still paid: the books differ


def test_in_bare_no_instrument_moves_money() -> None:
    from tests.lived import lived as live

    province = live(Job(storm("bare"), seed=2, n=500))
    names = set(scenario("bare").policy().at(1_420)) & {
        line[1].instrument for line in province.ledger.lines if line[1].clause
    }
    assert names == set()
