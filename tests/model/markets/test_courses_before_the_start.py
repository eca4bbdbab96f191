"""Courses and queues are full in the first month, and nothing else has happened before it."""

from fractions import Fraction

import numpy as np

from model.codes import REGIONS
from model.ledger import Account
from model.measures import SHAPE
from model.months import parse_month
from model.population.province import population
from tests.lived import Job, begin

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


def test_certificates_of_a_year_do_not_hang_on_the_scale() -> None:
    """Seats of a sample are its part of the province's, in each band."""
    rates = {}
    for n in (100, 25):
        province = begin(Job("no_policy", n=n))
        province.run(parse_month("2017-12"))
        cells = sum(province.counts.cells["certificates", START + m] for m in range(12))
        by_level = np.asarray(cells).reshape(SHAPE).sum(axis=(0, 1)) * n
        rates[n] = by_level[:4].sum(), by_level[4:].sum()
    for band in (0, 1):
        # upper: about 86 of 1/100 and 344 of 1/25, four standard errors
        error = 0.48 if band else 0.2
        assert abs(rates[100][band] / rates[25][band] - 1) < error
