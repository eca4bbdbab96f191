"""Courses and queues are full in the first month, and nothing else has happened before it."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from model.codes import REGIONS, Status
from model.ledger import Account
from model.measures import SHAPE
from model.month.schooling import choose_school
from model.months import parse_month
from model.population.province import population
from model.province import Province
from scenarios.scenario import load
from tests.lived import STORM, Job, begin, changed

SMALL = 100
START = parse_month("2017-01")


def test_queues_and_courses_are_full_at_the_start() -> None:
    province = begin(Job("no_policy", n=SMALL))
    w = province.workers
    waiting = (w["course"] > 0) & (w["course_ends"] == 0)
    training = w["course_ends"] > 0
    assert province.month == START
    assert waiting.sum() > 50
    assert training.sum() > 50
    assert (w["course_ends"][training] >= START).all()
    assert (w["queued"][waiting] < START).all()
    assert (w["school"][waiting | training] < province.no_school).all()


def test_nobody_climbed_moved_or_paid_before_the_start() -> None:
    people = population("2016-12", scale=Fraction(1, SMALL), seed=1)
    province = begin(Job("no_policy", n=SMALL))
    for name in ("level", "certificate_month", "status", "enterprise", "pay", "appointed"):
        assert (province.workers[name] == people.workers[name]).all(), name
    assert not province.counts.cells
    assert not province.counts.scalars
    assert (province.workers["trained_year"] == 0).all()
    fund = int(province.enterprises["education_fund"].sum()) * province.weight
    assert province.balance(Account.EDUCATION_FUNDS) == fund  # no fee was taken


def test_the_first_months_certify_as_many_as_the_following_ones() -> None:
    province = begin(Job("no_policy", n=SMALL))
    province.run(parse_month("2017-08"))
    by_month = [int(province.counts.cells["certificates", START + m].sum()) for m in range(8)]
    first, later = sum(by_month[:4]), sum(by_month[4:])
    assert first > 0.6 * later  # an empty pipeline gives none for two months, a third in four


def test_a_prefecture_waits_as_long_as_its_own_queue() -> None:
    """Applicants of small prefectures do not wait for those of Harbin, technicians all alike."""
    province = begin(Job("no_policy", n=SMALL))
    province.run(parse_month("2017-06"))
    j = province.institutions
    lower = [set(j["wait_lower"][:-1][j["region"][:-1] == r].tolist()) for r in range(len(REGIONS))]
    assert all(len(waits) == 1 for waits in lower)
    assert len({wait for waits in lower for wait in waits}) > 5
    assert len(set(j["wait_upper"][:-1].tolist())) == 1


def certificates(n: int, seed: int) -> tuple[int, int]:
    """Certificates of 2017 in each band, provincial."""
    province = begin(Job("no_policy", n=n, seed=seed))
    province.run(parse_month("2017-12"))
    cells = sum(province.counts.cells["certificates", START + m] for m in range(12))
    by_level = np.asarray(cells).reshape(SHAPE).sum(axis=(0, 1)) * n
    return int(by_level[:4].sum()), int(by_level[4:].sum())


def test_certificates_of_a_year_hardly_hang_on_the_scale() -> None:
    """Seats of a sample are its part of the province's, in each band.

    Places with less than one seat a month leave some of them empty: 5 % at 1/60 against 1/20.
    """
    small = np.array([certificates(60, seed) for seed in range(1, 7)])
    large = np.array([certificates(20, seed) for seed in range(1, 5)])
    ratio = small.mean(axis=0) / large.mean(axis=0)
    assert 0.88 < ratio[0] < 1.04  # standard error 1.1 %
    assert 0.86 < ratio[1] < 1.14  # standard error 3.5 %


def test_a_rule_dated_the_first_month_leaves_the_opening_alone() -> None:
    plain = begin(Job(STORM, n=SMALL))
    for lever, value in (
        ("training.exam_supply", 1.5),
        ("training.accept_nomination", 0.5),
        ("plans.nomination_attention", 0.05),
    ):
        other = begin(Job(changed(STORM, lever, value, "2017-01"), n=SMALL))
        earlier = begin(Job(changed(STORM, lever, value, "2016-01"), n=SMALL))
        for name in ("course", "course_ends", "queued", "school", "sponsored"):
            assert (plain.workers[name] == other.workers[name]).all(), (lever, name)
        assert (plain.workers["course"] != earlier.workers["course"]).any(), lever  # the control


def test_one_school_more_draws_only_those_who_choose_it() -> None:
    province = begin(Job("no_policy", n=SMALL))
    rows = np.flatnonzero(province.workers["status"] == Status.EMPLOYED)
    band = np.zeros(len(rows), np.int64)
    before = choose_school(province, rows, band)
    j = province.institutions
    schools = np.bincount(before, minlength=province.no_school)
    closed = int(np.argmax(schools))
    j["base_lower"][closed] = 0
    after = choose_school(province, rows, band)
    stays = before != closed
    assert (before[stays] == after[stays]).all()
    assert (after[~stays] != closed).all()
    assert schools[closed] > 100


def test_schools_are_chosen_in_proportion_to_seats() -> None:
    province = begin(Job("no_policy", n=SMALL))
    w, j = province.workers, province.institutions
    rows = np.flatnonzero((w["status"] == Status.EMPLOYED) & (w["region"] == 0))
    chosen = np.bincount(
        choose_school(province, rows, np.zeros(len(rows), np.int64)), minlength=len(j["id"])
    )
    here = np.flatnonzero((j["region"][:-1] == 0) & (j["base_lower"][:-1] > 0))
    assert chosen.sum() == chosen[here].sum() == len(rows)
    expected = len(rows) * j["base_lower"][here] / j["base_lower"][here].sum()
    chi2 = float(((chosen[here] - expected) ** 2 / expected).sum())
    freedom = len(here) - 1
    assert chi2 < freedom + 5 * (2 * freedom) ** 0.5


def test_the_order_of_schools_changes_no_life() -> None:
    """Schools are told apart by identity; rows are only where they stand."""
    people = population("2016-12", scale=Fraction(1, SMALL), seed=1)
    number = len(people.institutions["id"])
    order = np.random.default_rng(4).permutation(number)
    mixed = replace(people, institutions={n: c[order] for n, c in people.institutions.items()})
    plain = begin(Job("policy_2017", n=SMALL))
    policy = load("policy_2017").policy()
    other = Province(mixed, policy, plain.engine, seed=1, start=START)
    for province in (plain, other):
        province.run(parse_month("2018-06"))
    for name, column in plain.workers.items():
        if name != "school":
            assert (column == other.workers[name]).all(), name
    at = [p.institutions["id"][p.workers["school"]] for p in (plain, other)]
    assert (at[0] == at[1]).all()
    lines = [
        sorted((m, f.instrument, *rest) for m, f, *rest in p.ledger.lines) for p in (plain, other)
    ]
    assert lines[0] == lines[1]
    assert len(set(at[0].tolist())) > 50  # the control: many schools have pupils
