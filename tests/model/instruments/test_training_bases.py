"""C9: bases by plan and by award, one grant each; what a run builds, pays and adds."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.instruments import training_bases
from model.instruments.channels import Channel, ProjectFacts, by_batches
from model.instruments.registry import on_channel
from model.instruments.training_bases import (
    INSTRUMENT,
    NationalPayer,
    Payer,
    Plan,
    amount,
    eligibility,
)
from model.ledger import PUBLIC, Account
from model.month import projects
from model.months import format_month, month, parse_month
from model.parameters.reader import all_topics
from tests.lived import Job, begin, differing_workers, lived
from tests.oracle import projects as oracle

TOPIC = all_topics()["training_bases"]
KINDS = tuple(one.name for one in on_channel(Channel.PROJECT))
PLANS = ("none", "announced", "goal")


def project(**facts: int) -> ProjectFacts:
    known = {"month": month(2018, 12), "national": 0, "number": 1, "standing": 0, "paid": 0}
    return ProjectFacts(**{**known, **facts})


def paid(facts: ProjectFacts, p: Any) -> int | None:
    return amount(facts, p) if eligibility(facts, p) == 0 else None


def test_figures_of_the_text_and_of_what_stood() -> None:
    p = TOPIC.at(month(2018, 6))
    assert p.goal == 100  # C9
    assert p.standing_national + p.standing_provincial == 63
    assert (p.grant_national, p.grant_provincial) == (500_000_000, 200_000_000)
    plans = [TOPIC.at(month(2017, m)).plan for m in (11, 12)]
    assert plans == [Plan.NONE, Plan.ANNOUNCED]


def test_a_setting_decides_which_account_pays() -> None:
    p = TOPIC.at(month(2018, 12))
    assert INSTRUMENT.accounts(p) == (Account.EMPLOYMENT_SUBSIDY_FUND, Account.INSTITUTIONS)
    other = p._replace(payer=Payer.TREASURY)
    assert INSTRUMENT.accounts(other) == (Account.PROVINCIAL_TREASURY, Account.INSTITUTIONS)


def test_national_projects_are_paid_with_central_money_unless_a_setting_says_otherwise() -> None:
    p = TOPIC.at(month(2019, 12))
    mine, national = project(), project(national=1)
    assert INSTRUMENT.paid_by(mine, p) == Account.EMPLOYMENT_SUBSIDY_FUND
    assert INSTRUMENT.paid_by(national, p) == Account.CENTRAL_FUNDS
    same = p._replace(payer_national=NationalPayer.SAME, payer=Payer.TREASURY)
    assert INSTRUMENT.paid_by(national, same) == Account.PROVINCIAL_TREASURY


@given(
    kind=st.sampled_from(KINDS[1:]),  # the contest bases have a test of their own
    plan=st.sampled_from(PLANS),
    when=st.integers(month(2017, 1), month(2021, 6)),
    number=st.integers(1, 45),
    flags=st.tuples(*[st.integers(0, 1)] * 3),
)
def test_rule_and_second_reading_agree(
    kind: str, plan: str, when: int, number: int, flags: tuple[int, int, int]
) -> None:
    # The plan of the text begins with December 2017; before it nothing is planned.
    national, standing, was_paid = flags
    chosen = plan if when >= month(2017, 12) else "none"
    p = all_topics()[kind].at(when)._replace(plan=PLANS.index(chosen))
    facts = ProjectFacts(when, national, number, standing, was_paid)
    second = oracle.grant(
        kind, when, number, national=national, standing=standing, paid=was_paid, plan=chosen
    )
    assert paid(facts, p) == second


def test_where_there_is_no_time_everything_comes_with_the_first_part() -> None:
    # 48 months of building: the last year for approval would be 2016
    assert [by_batches(month(2018, m), 37, 12, 2018, 2016) for m in (11, 12)] == [0, 37]


# A run


def scenario(**changes: Any) -> dict[str, Any]:
    change = [
        {"parameter": name.replace("__", "."), "from": "2016-01", "value": value, "because": "test"}
        for name, value in changes.items()
    ]
    return {"title": "bases", "extends": "policy_2017", "change": change}


class Watch:
    """Every grant of a run, in the order of payment, beside what was granted by then."""

    def __init__(self, job: Job) -> None:
        self.paid: list[tuple[str, int, int]] = []  # kind, month, fen
        province = begin(job)
        with pytest.MonkeyPatch.context() as patch:
            pay = projects.pay_fixed

            def noted(
                p: Any, name: str, fen: int, where: tuple[int, int, int], by: Account
            ) -> bool:
                done = pay(p, name, fen, where, by)
                if done:
                    self.paid.append((name, p.month, fen))
                return done

            patch.setattr(projects, "pay_fixed", noted)
            province.run(parse_month(job.until))
        self.province = province


@pytest.fixture(scope="module")
def run() -> Watch:
    return Watch(Job("policy_2017", seed=1, n=2000))


def test_a_run_pays_each_grant_that_is_due_once_and_no_other(run: Watch) -> None:
    # For every month the projects due by then and not before: their grants, national ones first.
    for kind in KINDS:
        expected = []
        for when in range(month(2017, 1), month(2020, 12) + 1):
            for national in (1, 0):
                plan = "fewest" if kind == "contest_training_bases" else "announced"
                if kind == "contest_training_bases" and national:
                    continue
                now, before = (
                    oracle.due(
                        kind, (1900 + m // 12, m % 12 + 1), national=bool(national), plan=plan
                    )
                    if m >= month(2017, 12)
                    else 0
                    for m in (when, when - 1)
                )
                for number in range(before + 1, now + 1):
                    fen = oracle.grant(kind, when, number, national=national, plan=plan)
                    expected.append((kind, when, fen))
        assert [one for one in run.paid if one[0] == kind] == expected
    # 20 x 2 million + 5 x 5 million; 30 x 0.1 million + 5 x 0.2 million; 3 x 1 million
    sums = {kind: sum(fen for one, _, fen in run.paid if one == kind) for kind in KINDS}
    assert sums == {
        "training_bases": 65_000_000_00,
        "master_studios": 4_000_000_00,
        "contest_training_bases": 3_000_000_00,
    }


def test_the_ledger_says_the_same_at_weight_one(run: Watch) -> None:
    lines = [line for line in run.province.ledger.lines if line[1].instrument in KINDS]
    assert len(lines) == len(run.paid) == 25 + 35 + 3
    assert [(line[1].instrument, line[0], line[-1]) for line in lines] == run.paid
    assert {line[-2] for line in lines} == {1}


def test_central_money_comes_with_the_national_projects_and_is_no_outlay_of_the_province(
    run: Watch,
) -> None:
    # 5 bases at 5 million and 5 studios at 0.2 million, in both worlds; the account keeps nothing
    central = Account.CENTRAL_FUNDS
    assert central not in PUBLIC
    for province in (run.province, lived(Job("no_policy", seed=1, n=2000))):
        lines = province.ledger.lines
        out = [line for line in lines if line[1].payer == central]
        assert {line[1].instrument for line in out} == {"training_bases", "master_studios"}
        assert sum(line[-2] for line in out) == 10
        assert sum(line[-1] for line in out) == 26_000_000_00
        assert sum(line[-1] for line in lines if line[1].payee == central) == 26_000_000_00
        balances = [one[-1] for one in province.ledger.history if one[1] == central]
        assert set(balances) == {0}


def test_numbers_are_those_of_the_province_at_every_scale(run: Watch) -> None:
    other = lived(Job("policy_2017", seed=1, n=500, until="2018-12"))
    for name in KINDS:
        for part in ("", "_approved", "_new"):
            for when in range(month(2017, 1), month(2018, 12) + 1):
                key = (name + part, when)
                assert other.counts.scalars[key] == run.province.counts.scalars[key]


def test_what_is_granted_stands_after_the_months_of_building(run: Watch) -> None:
    # Bases: 6 of December 2018 open in December 2020. Studios: 10 and 15 after a year each.
    found = run.province.counts.scalars
    stand = {
        name: [
            found[name, month(*when)] for when in ((2017, 1), (2019, 11), (2019, 12), (2020, 12))
        ]
        for name in KINDS
    }
    assert stand == {
        "training_bases": [63, 63, 63, 69],
        "master_studios": [63, 63, 73, 88],
        "contest_training_bases": [0, 0, 1, 3],
    }
    assert found["training_bases_approved", month(2020, 12)] == 63 + 20 + 5
    assert found["master_studios_new", month(2020, 12)] == 25


def test_no_institution_has_two_before_all_have_one(run: Watch) -> None:
    j = run.province.institutions
    for name in KINDS:
        here = (j[name] + j[f"{name}_building"])[:-1]
        assert here.max() == 1 and here.min() == 0


def test_prefectures_share_and_technician_colleges_come_first(run: Watch) -> None:
    j = run.province.institutions
    name = "master_studios"
    new = np.flatnonzero(((j[name] + j[f"{name}_building"]) > 0) & (j["type"] != 4))
    assert len(new) == 35
    assert len(set(j["region"][new].tolist())) >= 10
    for region in set(j["region"][new].tolist()):
        here = j["region"][:-1] == region
        colleges = np.flatnonzero(here & (j["type"][:-1] == 0))
        others = [row for row in new.tolist() if j["region"][row] == region and j["type"][row] != 0]
        assert not others or set(colleges.tolist()) <= set(new.tolist())


def test_an_open_base_adds_its_seats_and_quality_to_its_institution(run: Watch) -> None:
    # 6 new bases: 6 x 4 and 6 x 2 seats a month; a base and a studio lift quality by 0.01 each
    fresh, j = begin(Job("policy_2017", seed=1, n=2000)).institutions, run.province.institutions
    more = {
        band: int((j[f"base_{band}"] - fresh[f"base_{band}"]).sum()) for band in ("lower", "upper")
    }
    assert more == {"lower": 24, "upper": 12}
    assert j["lift"].sum() == pytest.approx(0.01 * (6 + 25))


def test_nothing_is_planned_without_the_text_but_national_awards_stay() -> None:
    other = lived(Job("no_policy", seed=1, n=2000))
    found = other.counts.scalars
    last = month(2020, 12)
    approved = {name: found[f"{name}_approved", last] for name in KINDS}
    assert approved == {
        "training_bases": 63 + 5, "master_studios": 63 + 5, "contest_training_bases": 0,
    }  # fmt: skip


def test_an_empty_fund_builds_nothing_and_pays_when_it_can() -> None:
    # The employment fund is empty until its monthly grant rises in June 2019.
    given = scenario(
        accounts__employment_opening=0, accounts__employment_grant=0, accounts__employment_rest=0
    )
    given["change"] = [
        {**one, "to": "2019-05"} if one["parameter"] == "accounts.employment_grant" else one
        for one in given["change"]
    ]
    watch = Watch(Job(given, seed=1, n=2000, until="2019-08"))
    when = {format_month(m) for name, m, _ in watch.paid if name == "training_bases"}
    assert when and min(when) >= "2019-05"
    assert sum(name == "training_bases" for name, _, _ in watch.paid) == 6


def test_the_plan_moves_workers_and_the_amount_of_a_grant_nobody() -> None:
    base = Job(scenario(training_bases__plan="goal", training_bases__seats_lower=50,
                        training_bases__seats_upper=50, training_bases__build_months=1),
               seed=2, n=1000, until="2020-12")  # fmt: skip
    here = lived(base)
    free = lived(replace(base, scenario={**base.scenario, "change": [  # type: ignore[dict-item]
        *base.scenario["change"],  # type: ignore[index]
        {"parameter": "training_bases.grant_provincial", "from": "2016-01", "value": 0,
         "because": "test"}]}))  # fmt: skip
    none = lived(replace(base, scenario=scenario(training_bases__plan="none")))
    assert differing_workers(here, free) == 0
    assert differing_workers(here, none) > 0
    assert training_bases.INSTRUMENT.clause == "C9"
