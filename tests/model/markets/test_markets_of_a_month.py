"""Lay-offs, seats, hiring, cash and pots inside a province, against the same done by hand.

A stormy province is lived; each market is caught as the step calls it, played a second time from
the province's own columns with loops and sorted lists, and compared person by person.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.draws import moment, uniform
from model.markets.cash import settle
from model.markets.support import share_support
from model.month import climbing, enterprises, moving, paying
from model.month.by_skill import pays_allowances
from model.months import parse_month
from model.numbers import exp
from model.rules.pay import skill_pay, step_of
from tests.lived import STORM, Job, begin
from tests.model.markets import naive
from tests.oracle.clauses import divide

JOB = Job(STORM, seed=1, n=500, until="2019-06")
Played = Callable[[Any], None]


def played(module: Any, name: str, check: Callable[[Any, Played], None]) -> int:
    """Live the stormy province with a stage caught by ``check``; how often it was called."""
    stage, calls = getattr(module, name), 0

    def caught(province: Any) -> None:
        nonlocal calls
        calls += 1
        check(province, stage)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, caught)
        province = begin(JOB)
        province.run(parse_month(JOB.until))
    return calls


def test_lay_offs_take_the_least_skilled_first_ties_by_draw() -> None:
    number = Counter[str]()

    def check(province: Any, stage: Played) -> None:
        w, e = province.workers, province.enterprises
        at = moment(province.seed, "layoff.order", province.month)
        expected = set()
        for house in np.flatnonzero(e["layoffs"] > 0).tolist():
            staff = [r for r in np.flatnonzero(w["enterprise"] == house).tolist()
                     if w["status"][r] == Status.EMPLOYED]  # fmt: skip
            staff.sort(key=lambda r: (w["level"][r], uniform(int(w["key"][r]), at), r))
            expected |= set(staff[: int(e["layoffs"][house])])
        before = w["status"].copy()
        stage(province)
        gone = np.flatnonzero((before == Status.EMPLOYED) & (w["status"] != Status.EMPLOYED))
        assert set(gone.tolist()) == expected
        assert (w["status"][gone] == Status.UNEMPLOYED).all()
        number["laid off"] += len(expected)

    assert played(moving, "lay_off", check) == 30
    assert number["laid off"] > 100


def test_those_put_out_of_work_by_restructuring_are_lay_offs_of_the_year() -> None:
    """They draw benefit, so the test of the stay-job subsidy must see them; the diverted not."""
    number = Counter[str]()

    def check(province: Any, stage: Played) -> None:
        w, e = province.workers, province.enterprises
        employer, before = w["enterprise"].copy(), e["layoffs_this_year"].copy()
        employed = w["status"] == Status.EMPLOYED
        stage(province)
        out = np.flatnonzero(employed & (w["status"] == Status.UNEMPLOYED))
        assert (w["benefit_since"][out] == province.month + 1).all()
        by_hand = Counter(employer[out].tolist())
        found = e["layoffs_this_year"] - before
        assert {r: int(found[r]) for r in np.flatnonzero(found)} == dict(by_hand)
        number["out of work"] += len(out)
        number["diverted"] += int((employed & (w["status"] != Status.EMPLOYED)).sum()) - len(out)

    assert played(moving, "restructure", check) == 30
    assert number["out of work"] > 5
    assert number["diverted"] > 5


def seats_by_hand(province: Any) -> dict[tuple[int, int], int]:
    """Seats of each school and band: those of its prefecture per worker, rounded by its draw."""
    j = province.institutions
    p = province.law["training"]
    supply = p.exam_supply * p.evaluation_supply
    found = {}
    for upper, name in enumerate(("base_lower", "base_upper")):
        at = moment(province.seed, f"seats.{name.removeprefix('base_')}", province.month)
        for school in range(len(j["id"]) - 1):
            exact = float(j[name][school]) * float(j["factor"][school])
            exact = exact * float(j["extension"][school])
            exact = exact * supply * float(j["reach"][school]) / province.weight
            found[school, upper] = int(exact + uniform(int(j["key"][school]), at))
    return found


def test_seats_go_to_the_sent_then_to_those_who_wait_longest() -> None:
    number = Counter[str]()

    def check(province: Any, stage: Played) -> None:
        w, j = province.workers, province.institutions
        order = moment(province.seed, "seats.order", province.month)
        turn = moment(province.seed, "seats.free", province.month)
        queue: list[tuple[tuple[Any, ...], int, int]] = []
        for r in np.flatnonzero((w["course"] > 0) & (w["course_ends"] == 0)).tolist():
            sent, since = int(w["sponsored"][r]), int(w["queued"][r])
            rank = (1 - sent, since, uniform(int(w["key"][r]), order), r)
            queue.append((rank, int(w["school"][r]), int(w["course"][r] >= 4)))
        free = seats_by_hand(province)
        at_school: dict[int, int] = {}
        waiting = []
        for rank, school, upper in sorted(queue):  # first each school's own applicants
            if free[school, upper] > 0:
                free[school, upper] -= 1
                at_school[rank[-1]] = school
            else:
                waiting.append((rank, school, upper))
        at = moment(province.seed, "seats.online", province.month)
        places = province.law["accounts"].online_seats / province.weight
        online = int(places + uniform(int(j["key"][-1]), at))
        learns: set[int] = set()
        for rank, school, upper in waiting:  # then free seats of the prefecture or the province
            near = [
                (uniform(int(j["key"][s]), turn), int(j["id"][s]), s)
                for (s, u), seats in free.items()
                if u == upper and seats > 0 and (upper or j["region"][s] == j["region"][school])
            ]
            if near:
                first = min(near)[-1]
                free[first, upper] -= 1
                at_school[rank[-1]] = first
                number["moved"] += 1
            elif not upper and len(learns) < online:  # then courses online, up to senior worker
                at_school[rank[-1]] = school
                learns.add(rank[-1])
            else:
                number["left waiting"] += 1
        stage(province)
        waited = {rank[-1] for rank, _, _ in queue}
        started = np.flatnonzero(
            (w["course_ends"] > province.month) & (w["queued"] == 0) & (w["attempts"] == 0)
        )
        assert waited & set(started.tolist()) == set(at_school)
        assert {r: int(w["school"][r]) for r in at_school} == at_school
        assert {r for r in at_school if w["online"][r] == 1} == learns
        number["online"] += len(learns)
        number["served"] += len(at_school)

    assert played(climbing, "ration_seats", check) == 30
    assert number["served"] > 100
    assert number["left waiting"] > 10
    assert number["moved"] > 10


def test_the_hiring_market_of_every_month_is_the_one_played_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    province, number = begin(JOB), Counter[str]()
    tallies = province.engine.tallies
    original = tallies.match

    def check(seekers: Any, sets: Any, possible: Any, vacancies: Any, houses: Any, at: Any) -> Any:
        taken = original(seekers, sets, possible, vacancies, houses, at)
        people = naive.seekers_of(seekers, sets, possible)
        posts = dict(enumerate(naive.ints(vacancies)))
        keys, attraction = naive.ints(houses[0]), houses[1].tolist()
        by_hand = naive.match(people, posts, keys, attraction, at)
        assert taken.tolist() == [by_hand.get(s.row, -1) for s in people]
        number["hired"] += len(by_hand)
        number["sought"] += len(people)
        return taken

    monkeypatch.setattr(tallies, "match", check)
    province.run(parse_month("2017-12"))
    assert number["hired"] > 50
    assert number["sought"] > number["hired"]


def test_those_who_change_enterprise_get_a_share_of_the_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of their own pay and the most that the new enterprise would bid, worked out person by person.

    Where the enterprise owes the former one a compensation (C9, from 2017-12) it bids less.
    """
    number = Counter[str]()
    original = moving.join

    def check(province: Any, rows: Any, employer: Any, pay: Any = None) -> None:
        if pay is not None:
            w, e = province.workers, province.enterprises
            p, law = province.law["hiring"], province.law["pay"]
            paying = pays_allowances(province)
            for row, house, fen in zip(rows.tolist(), employer.tolist(), pay.tolist(), strict=True):
                own, grade = int(w["pay"][row]), int(w["appointed"][row])
                assert house != w["enterprise"][row]
                more = skill_pay(grade, int(paying[house]), 0, float(e["skill_tilt"][house]), law)
                scale = float(e["scale"][house]) * exp(step_of(grade, law) + more)
                most = int(scale * float(w["talent"][row]) * (1 + p.poach_premium / 1_000_000))
                most = min(max(most, int(e["minimum"][house])), law.ceiling)
                in_full = max(own + int(p.poach_share * (most - own)), int(e["minimum"][house]))
                assert own <= fen <= in_full + 1
                assert own < most + 1
                number["poached"] += 1
                number["in full"] += abs(fen - in_full) <= 1
        original(province, rows, employer, pay)
        if pay is not None:
            assert (province.workers["pay"][rows] == pay).all()

    monkeypatch.setattr(moving, "join", check)
    begin(JOB).run(parse_month("2018-06"))
    assert number["poached"] > 10
    assert number["in full"] > number["poached"] // 2


def test_the_fund_s_queue_is_the_one_kept_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    original, number = settle, Counter[str]()
    poor = {
        **STORM,
        "change": [
            *STORM["change"],  # type: ignore[misc]
            *(
                {"parameter": f"accounts.{name}", "from": "2016-01", "value": value, "because": "x"}
                for name, value in (
                    ("ui_opening", 4_000_000),
                    ("ui_rest_premiums", 40_000_000),
                    ("employment_opening", 0),
                    ("employment_grant", 0),
                )
            ),
        ],
    }

    def check(fen: Any, available: int | None, order: Any, exhausted: int) -> Any:
        paid = original(fen, available, order, exhausted)
        dates = np.broadcast_to(order[0], len(fen)).tolist()
        by_hand = naive.settle(naive.ints(fen), available, dates, naive.ints(order[1]))
        assert paid.tolist() == by_hand
        number["paid"] += sum(by_hand)
        number["turned away"] += len(by_hand) - sum(by_hand)
        return paid

    monkeypatch.setattr(paying, "settle", check)
    begin(Job(poor, n=500)).run(parse_month("2018-12"))
    assert number["paid"] > 100
    assert number["turned away"] > 10


def test_every_pot_is_divided_as_the_second_reading_divides_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original, number = share_support, Counter[str]()

    def check(claims: Any, available: Any, p: Any) -> Any:
        paid = original(claims, available, p)
        for unit in range(len(claims.units)):
            mine = np.flatnonzero(claims.unit == unit)
            mine = mine[np.argsort(claims.identity[mine], kind="stable")]
            expected = divide(naive.ints(claims.fen[mine]), int(available[unit]))
            assert paid[mine].tolist() == expected
            number["scarce"] += 0 < int(available[unit]) < int(claims.fen[mine].sum())
            number["claims"] += len(mine)
        return paid

    monkeypatch.setattr(enterprises, "share_support", check)
    begin(Job(STORM, n=500)).run(parse_month("2020-12"))
    assert number["claims"] > 100
    assert number["scarce"] > 0
