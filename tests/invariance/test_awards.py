"""Titles and prizes of lived provinces, paid a second time by the second reading of C19 and C21.

A province of 1/500 has winners enough for everything, one of 1/2000 has not; both pay the same.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.instruments.channels import Channel
from model.instruments.registry import on_channel, titles
from model.ledger import Account
from model.month import awards, contests
from model.months import month, month_of_year, parse_month, year_of
from model.province import Province
from tests.lived import Job, begin, changed, differing_workers, lived, people
from tests.oracle import chief_technicians as chiefs
from tests.oracle import contest_prizes as contest
from tests.oracle import craftsman_awards as craftsmen
from tests.oracle import national_awards as nationals

NAMES = ("chief_technicians", "contest_prizes", "craftsman_awards", "national_awards")
BITS = {(name, code): bit for bit, (name, code, _) in enumerate(titles())}
YUAN = 100
# 1/500 with a seed, and 1/2000, where there are too few technicians for a round
POLICY = {n: Job("policy_2017", seed=1, n=n) for n in (500, 2000)}


class Auditor:
    """Watches the two stages that give titles and prizes, and gives them again beside them."""

    def __init__(self, province: Any) -> None:
        self.province = province
        self.held: dict[tuple[str, int], set[int]] = defaultdict(set)  # title: rows
        self.terms: dict[int, list[int]] = defaultdict(list)  # months in which chiefs were named
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []

    def watch(self, stage: Any, names: tuple[str, ...]) -> None:
        w = self.province.workers
        before = {c: w[c].copy() for c in ("level", "status", "honours", "certificate_month")}
        start = len(self.province.ledger.lines)
        stage(self.province)
        lines = self.province.ledger.lines[start:]
        for name in names:
            mine = [line for line in lines if line[1].instrument == name]
            self.check(name, mine, before)
        if "contest_prizes" in names:
            self.certificates(before)

    def check(self, name: str, lines: list[Any], before: Mapping[str, Any]) -> None:
        now = self.province.month
        w = self.province.workers
        due = self.due(name, now)
        # The books: every line once, from the treasury, the amounts of the text.
        assert all(line[-2] == 1 for line in lines)
        assert all(line[1].payer == Account.PROVINCIAL_TREASURY for line in lines)
        assert all(line[1].payee == Account.WORKERS for line in lines)
        if Counter(line[-1] for line in lines) != due:
            self.wrong.append(f"{name} {now}: {Counter(line[-1] for line in lines)}, due {due}")
        # The persons: qualified, nobody twice for a title, named unless the sample has no more.
        parts = self.province.counts.payments.get((name, now), [])
        paid = [(row, fen) for rows, sums in parts for row, fen in zip(rows.tolist(), sums.tolist(),
                                                                       strict=True)]  # fmt: skip
        assert len({row for row, _ in paid}) == len(paid)
        outside, left = self.province.counts.fixed.get((name, now), (0, 0))
        assert len(paid) + outside == sum(due.values())
        assert sum(fen for _, fen in paid) + left == sum(fen * n for fen, n in due.items())
        self.seen[f"{name} outside"] += outside
        for row, fen in paid:
            given = int(w["honours"][row]) & ~int(before["honours"][row])
            level, employed = int(before["level"][row]), int(before["status"][row] == 1)
            self.person(name, row, fen, level, employed, given)
            self.seen[name] += 1

    def due(self, name: str, now: int) -> Counter[int]:
        """Prizes of a month by amount, from the text and the numbers assumed."""
        if name == "chief_technicians":
            return +Counter({chiefs.PRIZE: chiefs.of_month(now)})
        if name == "craftsman_awards":
            of_month = craftsmen.of_month(now)
            return Counter({craftsmen.due(now, e, 6, 1, 0): n for e, n in of_month.items()})
        if month_of_year(now) != 11:
            return Counter()
        if name == "national_awards":  # 1 and 9 winners in even years, assumed
            even = year_of(now) % 2 == 0 and now >= month(2017, 12)
            return Counter({200_000 * YUAN: 1, 100_000 * YUAN: 9} if even else {})
        prizes: Counter[int] = Counter()
        for place in (1, 2, 3):
            prizes[contest.due(now, 0, place)] += contest.contests(year_of(now))
            if fen := contest.due(now, 1, place):  # one winner a place, assumed
                prizes[fen] += 1
        return prizes

    def person(self, name: str, row: int, fen: int, level: int, employed: int, given: int) -> None:
        now = self.province.month
        if name == "chief_technicians":
            serving = int(chiefs.serving(self.terms[row], now) > 0)
            assert fen == chiefs.due(now, level, employed, serving)
            self.terms[row].append(now)
            return
        if name == "contest_prizes":
            assert employed == 1 and level >= 2
            return
        oracle = craftsmen.due if name == "craftsman_awards" else nationals.due
        event = next(e for e in (0, 1) if given >> BITS[name, e] & 1)  # new: never held before
        assert row not in self.held[name, event]
        self.held[name, event].add(row)
        assert fen == oracle(now, event, level, employed, 0)

    def certificates(self, before: Mapping[str, Any]) -> None:
        """Certificates of the fast track: how many, to which level, and for whom."""
        province, now = self.province, self.province.month
        w = province.workers
        gained = np.flatnonzero(w["level"] != before["level"])
        counted = province.counts.cells.get(("contest_certificates", now))
        assert (0 if counted is None else int(counted.sum())) == len(gained)
        if month_of_year(now) != 11:
            assert len(gained) == 0
            return
        assert (w["waived"][gained] == 1).all()
        assert (w["certificate_month"][gained] == now).all()
        assert (before["level"][gained] >= 2).all()
        assert (before["status"][gained] == Status.EMPLOYED).all()
        to = Counter((w["level"][gained]).tolist())
        assert set(to) <= {3, 4, 5}
        for places, level in contest.BROUGHT:
            turns = (40, contest.contests(year_of(now)) - 40)
            most = sum(contest.between(events, places, province.weight)[1] for events in turns)
            assert to[level] <= most
            self.seen[f"level {level}"] += to[level]


def audited(job: Job) -> Auditor:
    province = begin(job)
    auditor = Auditor(province)
    stages = ((awards, "give", ("chief_technicians", "craftsman_awards", "national_awards")),
              (contests, "hold", ("contest_prizes",)))  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for module, name, names in stages:
            stage = getattr(module, name)
            patch.setattr(
                module, name, lambda _p, stage=stage, names=names: auditor.watch(stage, names)
            )
        province.run(parse_month(job.until))
    return auditor


@pytest.fixture(scope="module", params=POLICY)
def audit(request: pytest.FixtureRequest) -> Auditor:
    return audited(POLICY[request.param])


def paid_by(province: Any, name: str) -> dict[str, int]:
    """Yuan in the ledger, by month."""
    from model.months import format_month

    found: Counter[str] = Counter()
    for line in province.ledger.lines:
        if line[1].instrument == name:
            found[format_month(line[0])] += line[-1]
    return {when: fen // YUAN for when, fen in found.items()}


def test_every_title_and_prize_is_the_one_that_is_due(audit: Auditor) -> None:
    assert audit.wrong == []
    assert {one.name for one in on_channel(Channel.AWARD)} == set(NAMES)
    assert all(audit.seen[name] > 0 for name in NAMES)


def test_only_a_sample_without_enough_technicians_leaves_prizes_outside(audit: Auditor) -> None:
    # 1/500: 150-odd technicians for 20 + 50 titles; 1/2000: about 40, so 2 x 50 chiefs cannot be.
    outside = audit.seen["chief_technicians outside"]
    assert (outside > 0) == (audit.province.weight == 2000)
    named = [m for months in audit.terms.values() for m in months]
    assert chiefs.serving(named, month(2020, 6)) + outside == 100  # a steady hundred


def test_each_december_of_an_odd_year_pays_2_600_000_yuan(audit: Auditor) -> None:
    # 20 x 30,000 + 100 x 10,000 = 1,600,000; 50 x 20,000 = 1,000,000
    province = audit.province
    assert paid_by(province, "craftsman_awards") == {"2017-12": 1_600_000, "2019-12": 1_600_000}
    assert paid_by(province, "chief_technicians") == {"2017-12": 1_000_000, "2019-12": 1_000_000}


def test_a_year_of_contests_pays_900_000_yuan_and_what_national_ones_add(audit: Auditor) -> None:
    # 18,000 a contest: 40 in 2017 are 720,000; 50 from 2018 are 900,000, and 90,000 for a first,
    # a second and a third of national contests (50,000 + 30,000 + 10,000).
    assert paid_by(audit.province, "contest_prizes") == {
        "2017-11": 720_000, "2018-11": 990_000, "2019-11": 990_000, "2020-11": 990_000,
    }  # fmt: skip
    assert contest.of_year(2018) == 900_000 * YUAN
    # 200,000 + 9 x 100,000, in even years
    assert paid_by(audit.province, "national_awards") == {
        "2018-11": 1_100_000,
        "2020-11": 1_100_000,
    }


@pytest.mark.parametrize("n", POLICY)
def test_without_the_opinion_40_contests_stay_and_nothing_else(n: int) -> None:
    province = lived(replace(POLICY[n], scenario="no_policy"))
    yearly = {f"{year}-11": 720_000 for year in (2017, 2018, 2019, 2020)}
    assert paid_by(province, "contest_prizes") == yearly
    assert contest.of_year(2019, opinion=False) == 720_000 * YUAN
    assert [paid_by(province, name) for name in NAMES if name != "contest_prizes"] == [{}] * 3
    assert not province.workers["chief_until"].any()


def test_the_opinion_is_credited_with_ten_contests_a_year() -> None:
    # Provincial prizes alone: 10 x 18,000 = 180,000 yuan in each year from 2018.
    sums = [contest.of_year(y) - contest.of_year(y, opinion=False) for y in range(2017, 2021)]
    assert [fen // YUAN for fen in sums] == [0, 180_000, 180_000, 180_000]


def with_levers(values: Mapping[str, float], **settings: str) -> dict[str, Any]:
    given: dict[str, Any] = {"title": "awards", "extends": "policy_2017"}
    for lever, value in values.items():
        given = changed(given, lever.replace("__", "."), value, "2016-01")
    return {**given, "settings": {k.replace("__", "."): v for k, v in settings.items()}}


FEW = Job("policy_2017", seed=3, n=2000, until="2018-12")
PRIZES_ONLY = {"contest_prizes__fast_track": "prizes_only"}


def test_titles_and_money_alone_move_nobody() -> None:
    # L38 and F5: at the default weight of status awards have no effect on certificates at all.
    given = with_levers({}, **PRIZES_ONLY)
    off = {**given, "instruments": dict.fromkeys(NAMES, "off")}
    one, other = lived(replace(FEW, scenario=given)), lived(replace(FEW, scenario=off))
    for name, values in one.workers.items():
        if name not in ("honours", "chief_until"):
            assert (values == other.workers[name]).all(), name
    assert one.workers["honours"].any() and not other.workers["honours"].any()


def test_prizes_of_nothing_change_nobody() -> None:
    nothing = {f"craftsman_awards.{n}_prize": 0 for n in ("craftsman", "expert")} | {
        "chief_technicians.prize": 0
    } | {f"contest_prizes.{n}_prize": 0 for n in ("first", "second", "third")}  # fmt: skip
    one = lived(FEW)
    assert differing_workers(one, lived(replace(FEW, scenario=with_levers(nothing)))) == 0


@pytest.mark.parametrize(
    ("lever", "value", "beside"),
    [
        ("training.award_status", 0.3, {}),
        ("training.contest_attention", 0.2, {}),
        ("training.award_memory", 1, {"training.award_status": 0.3}),
        ("contest_prizes.other_passers", 100, {"contest_prizes.events": 500}),
        ("contest_prizes.papers", 0, {"contest_prizes.events": 500}),
        ("contest_prizes.last_technician_place", 30, {"contest_prizes.events": 500}),
        ("contest_prizes.level_weight", 10, {"contest_prizes.events": 5}),
    ],
)
def test_each_lever_of_behaviour_moves_somebody(
    lever: str, value: float, beside: Mapping[str, float]
) -> None:
    base = lived(replace(FEW, scenario=with_levers(beside)))
    other = lived(replace(FEW, scenario=with_levers({**beside, lever: value})))
    assert differing_workers(base, other) > 0


def test_contests_that_stood_certify_the_same_persons_whatever_the_text_adds() -> None:
    # A sample of 1/2000 and 400 contests that stood: 1,200 / 2,000 = 0.6 of a senior technician,
    # 1.4 technicians and 20 others who pass; 100 contests more bring 0.15, 0.35 and 5.
    stood = {"contest_prizes.events_before": 400, "contest_prizes.other_passers": 100}
    certified = []
    for events in (400, 500):
        given = with_levers({**stood, "contest_prizes.events": events})
        province = lived(replace(FEW, scenario=given, until="2017-11"))
        rows = np.flatnonzero(province.workers["waived"] == 1).tolist()
        certified.append({(row, int(province.workers["level"][row])) for row in rows})
    assert len(certified[0]) >= 3
    assert certified[0] <= certified[1]
    assert len(certified[0]) < len(certified[1])


def test_at_full_scale_the_three_first_are_those_who_become_senior_technicians() -> None:
    # The province of 1/2000 taken as the whole: weight 1, so nothing is rounded. 5 contests: 15
    # prizes, 15 chances of a senior technician, 35 of a technician, 10 others each.
    population = replace(people(2000, FEW.seed), weight=1)
    given = with_levers({"contest_prizes.events": 5, "contest_prizes.events_before": 3})
    plain = begin(replace(FEW, scenario=given))
    province = Province(
        population, plain.policy, plain.engine, seed=FEW.seed, start=month(2017, 11)
    )
    before = province.workers["level"].copy()
    province.run(month(2017, 11))
    ((winners, _),) = province.counts.payments["contest_prizes", month(2017, 11)]
    level = province.workers["level"]
    assert len(winners) == 15
    assert (level[winners] >= 5).all()
    up = (province.workers["waived"] == 1) & (level == 5)
    assert set(np.flatnonzero(up).tolist()) == set(winners[before[winners] < 5].tolist())


def test_an_empty_treasury_gives_no_title() -> None:
    poor = with_levers({"accounts.treasury_opening": 0, "accounts.treasury_budget": 0})
    province = lived(replace(FEW, scenario=poor, until="2017-12"))
    assert not province.workers["honours"].any()
    assert [paid_by(province, name) for name in NAMES] == [{}] * 4
    assert province.balance(Account.PROVINCIAL_TREASURY) == 0


def test_a_treasury_that_holds_a_little_gives_the_first_titles() -> None:
    # 75,000 yuan: four contests take 4 x 18,000 = 72,000; of the fifth 10,000 and 5,000 are more
    # than the 3,000 that are left, its third prize is not.
    little = with_levers({"accounts.treasury_opening": 75_000, "accounts.treasury_budget": 0})
    province = lived(replace(FEW, scenario=little, until="2017-11"))
    (paid,) = paid_by(province, "contest_prizes").values()
    assert paid == 75_000
    assert province.balance(Account.PROVINCIAL_TREASURY) == 0


def test_the_first_are_the_same_whether_all_are_sorted_or_only_those_near() -> None:
    luck = np.random.default_rng(5)
    for number in (0, 1, 3, 40, 100, 300):
        for size in (0, 1, 50, 5_000):
            weights = luck.integers(1, 4, size).astype(float)
            priority = np.round(luck.random(size), 3) / weights  # many ties
            identity = luck.permutation(size)
            naive = sorted(range(size), key=lambda k: (priority[k], identity[k]))[:number]
            found = awards.first(priority, identity, number, float(weights.sum()))
            assert found.tolist() == naive
