"""One more vacancy in one month moves a handful of people, not thousands."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from model.month import enterprises as stage
from model.months import parse_month
from tests.lived import Job, begin

MEAN = 3
MOST = 20  # each who moves leaves a place in a queue to another


def with_vacancies(
    trunk: Any, enterprises: Any, until: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """A fork of the trunk in which the given enterprises open one post more this month."""
    plan, month = stage.plan, trunk.month

    def planned(province: Any) -> None:
        plan(province)
        if province.month == month:
            np.add.at(province.enterprises["vacancies"], enterprises, 1)

    twin = trunk.fork(trunk.policy)
    with monkeypatch.context() as patch:
        patch.setattr(stage, "plan", planned)
        until(twin)
    return twin


def moved(one: Any, other: Any) -> int:
    """Workers whose employer differs."""
    return int((one.workers["enterprise"] != other.workers["enterprise"]).sum())


def hiring(trunk: Any, number: int) -> Any:
    """Enterprises spread over the province that are there and do not cut pay."""
    free = np.flatnonzero(trunk.enterprises["cut_ppm"][:-1] == 0)
    return free[np.linspace(0, len(free) - 1, number).astype(np.int64)]


def test_one_more_vacancy_moves_a_handful(monkeypatch: pytest.MonkeyPatch) -> None:
    trunk = begin(Job("policy_2017", n=200))
    trunk.run(parse_month("2018-05"))
    straight = trunk.fork(trunk.policy)
    straight.step()
    counts = [
        moved(straight, with_vacancies(trunk, [one], lambda p: p.step(), monkeypatch))
        for one in hiring(trunk, 30)
    ]
    assert max(counts) < MOST, counts
    assert np.mean(counts) < MEAN, counts
    assert sum(counts) > 0  # some of the posts are filled


def test_a_control_many_more_vacancies_move_many(monkeypatch: pytest.MonkeyPatch) -> None:
    trunk = begin(Job("policy_2017", n=200))
    trunk.run(parse_month("2018-05"))
    straight = trunk.fork(trunk.policy)
    straight.step()
    many = np.repeat(hiring(trunk, 100), 20)
    assert moved(straight, with_vacancies(trunk, many, lambda p: p.step(), monkeypatch)) > MOST


@pytest.mark.slow
def test_one_more_vacancy_among_two_hundred_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    trunk = begin(Job("policy_2017", n=20))
    trunk.step()
    last = parse_month("2020-12")
    chosen = hiring(trunk, 5)
    now, later = trunk.fork(trunk.policy), []
    now.step()
    first = [
        moved(now, with_vacancies(trunk, [one], lambda p: p.step(), monkeypatch))
        for one in hiring(trunk, 40)
    ]
    months: dict[int, Any] = {}
    now.run(trunk.month + 11)
    months[12] = now.fork(now.policy)
    now.run(last)
    for one in chosen:
        twin = with_vacancies(trunk, [one], lambda p: p.run(trunk.month + 11), monkeypatch)
        after_12 = moved(months[12], twin)
        twin.run(last)
        later.append((after_12, moved(now, twin)))
    workers = len(trunk.workers["id"])
    print(f"{workers} persons; employers changed in the month, 40 enterprises: {sorted(first)}")
    print(f"after 12 and 47 months, {len(chosen)} enterprises: {later}")
    assert max(first) < MOST
    assert np.mean(first) < MEAN
    assert sum(first) > 0
