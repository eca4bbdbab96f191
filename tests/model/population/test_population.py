from fractions import Fraction

import numpy as np
import pytest

from model.codes import BRANCHES, REGIONS, TRADES, Status
from model.months import parse_month
from model.population.fields import ENTERPRISES, INSTITUTIONS, WORKERS
from model.population.ladder import Settings
from model.population.province import population

BASE = parse_month("2016-12")


def of(people, status):
    return people.workers["status"] == status


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("workers", WORKERS), ("enterprises", ENTERPRISES), ("institutions", INSTITUTIONS)],
)
def test_columns_are_those_documented(twentieth, kind, fields):
    columns = getattr(twentieth, kind)
    assert [(f.name, f.dtype) for f in fields] == [(n, v.dtype.name) for n, v in columns.items()]
    assert len({len(values) for values in columns.values()}) == 1
    assert all(field.zh and field.en for field in fields)


def test_ids_are_unique(whole):
    for columns in (whole.workers, whole.enterprises, whole.institutions):
        assert (np.diff(np.sort(columns["id"])) > 0).all()


def test_the_same_call_gives_the_same_bits(twentieth):
    again = population("2016-12", scale=Fraction(1, 20), seed=1)
    assert again.digest == twentieth.digest


def test_the_whole_province_does_not_hang_on_the_seed(whole):
    assert population("2016-12", scale=Fraction(1), seed=99).digest == whole.digest


def test_digest_notices_one_changed_value(twentieth):
    workers, enterprises, institutions = twentieth.copies()
    workers["pay"][0] += 1
    other = type(twentieth)(
        workers, enterprises, institutions, twentieth.weight, twentieth.date, twentieth.settings
    )
    assert other.digest != twentieth.digest


def test_columns_cannot_be_written_but_copies_can(twentieth):
    with pytest.raises(ValueError, match="read-only"):
        twentieth.workers["pay"][0] = 1
    twentieth.copies()[0]["pay"][0] = 1


def test_another_date_is_refused():
    with pytest.raises(ValueError, match="2016-12 and 2013-12"):
        population("2015-12", scale=Fraction(1), seed=0)


def test_staff_of_every_enterprise_are_its_workers(whole, twentieth):
    for people in (whole, twentieth):
        e, w = people.enterprises, people.workers
        employer = w["enterprise"][of(people, Status.EMPLOYED)]
        assert (np.bincount(employer, minlength=len(e["id"])) == e["staff"]).all()
        assert (e["staff"] == e["baseline_staff"]).all()
        assert (employer[e["first"]] == np.arange(len(e["id"]))).all()
        assert (e["region"][employer] == w["region"][: len(employer)]).all()
        assert (e["branch"][employer] == w["branch"][: len(employer)]).all()
        others = w["enterprise"][~of(people, Status.EMPLOYED)]
        assert (others == len(e["id"])).all()


def test_the_whole_province_has_four_million_workers(whole):
    assert of(whole, Status.EMPLOYED).sum() == 4_000_000
    assert whole.weight == 1
    assert set(np.unique(whole.workers["status"])) == {
        Status.SCHOOL,
        Status.EMPLOYED,
        Status.UNEMPLOYED,
    }


def test_codes_are_codes(twentieth):
    w = twentieth.workers
    sizes = (("region", REGIONS), ("branch", BRANCHES), ("trade", TRADES))
    for name, codes in sizes:
        assert w[name].max() < len(codes), name
    assert w["level"].max() <= 5
    assert w["schooling"].max() <= 2


def test_nobody_at_work_is_past_retirement_or_too_young(twentieth):
    w, at_work = twentieth.workers, ~of(twentieth, Status.SCHOOL)
    age = (BASE - w["birth_month"][at_work]) / 12
    assert (w["retire_month"][at_work] > BASE).all()
    assert age.min() >= 16
    assert age.max() < 60
    lifetimes = set(np.unique(w["retire_month"][at_work] - w["birth_month"][at_work]))
    assert lifetimes == {45 * 12, 50 * 12, 55 * 12, 60 * 12}
    women = w["female"][at_work] == 1
    last = (w["retire_month"] - w["birth_month"])[at_work]
    assert last[women].max() == 55 * 12
    assert last[~women].min() == 55 * 12


def test_certificates_are_neither_before_the_lowest_age_nor_in_the_future(twentieth):
    w, at_work = twentieth.workers, ~of(twentieth, Status.SCHOOL)
    certified = at_work & (w["level"] > 0)
    youngest = np.array([16, 18, 20, 25, 29, 33]) * 12
    age = w["certificate_month"] - w["birth_month"]
    assert (age[certified] >= youngest[w["level"][certified]]).all()
    assert (w["certificate_month"][certified] <= BASE).all()
    assert (w["certificate_month"][at_work & (w["level"] == 0)] == 0).all()


def test_appointment_is_the_level_or_one_below(twentieth):
    w = twentieth.workers
    lag = w["level"].astype(int) - w["appointed"]
    at_work = ~of(twentieth, Status.SCHOOL)
    assert set(np.unique(lag[at_work])) == {0, 1}
    assert (w["appointed"][w["level"] == 0] == 0).all()
    certified = of(twentieth, Status.EMPLOYED) & (w["level"] > 0)
    assert 0.6 < (lag[certified] == 0).mean() < 0.9


def test_key_posts_are_appointed_technicians(twentieth):
    w = twentieth.workers
    technicians = of(twentieth, Status.EMPLOYED) & (w["appointed"] >= 4)
    assert ((w["key_post"] == 1) == technicians).all()


def test_teachers_belong_to_firms_with_a_school(whole):
    w, e = whole.workers, whole.enterprises
    teachers = w["teacher"] == 1
    per_school = np.bincount(w["enterprise"][teachers], minlength=len(e["id"]))
    assert ((per_school > 0) == (e["owns_school"] == 1)).all()
    limit = np.minimum(60, np.floor(e["staff"] * 0.05))
    assert (per_school == limit * e["owns_school"]).all()
    assert (teachers[w["senior_title"] == 1]).all()
    assert w["senior_title"].sum() == pytest.approx(0.3 * teachers.sum(), rel=0.15)


def test_only_insuring_enterprises_have_insured_staff(twentieth):
    w, e = twentieth.workers, twentieth.enterprises
    insured = w["insured"] == 1
    assert (e["insures"][w["enterprise"][insured]] == 1).all()
    assert (insured <= of(twentieth, Status.EMPLOYED)).all()
    employed = of(twentieth, Status.EMPLOYED)
    covered = employed & (np.append(e["insures"], 0)[w["enterprise"]] == 1)
    assert w["insured"][covered & (w["level"] >= 4)].all()
    assert 0.5 < w["insured"][covered].mean() < 1


def test_insured_months_fit_into_a_working_life(twentieth):
    w = twentieth.workers
    insured = w["insured"] == 1
    start = np.maximum(w["birth_month"].astype(int) + 18 * 12, parse_month("1999-01"))
    assert (w["insured_since"][~insured] == 0).all()
    since = w["insured_since"][insured].astype(int)
    assert (since >= parse_month("1999-01")).all()
    assert (since <= BASE).all()
    total = w["insured_months"][insured] + (BASE - since)
    assert (total <= np.maximum(BASE - start[insured], 0)).all()
    at_work = ~of(twentieth, Status.SCHOOL)
    assert (w["insured_months"][at_work] <= np.maximum(BASE - start[at_work], 0)).all()


def test_pay_is_above_the_minimum_wage_and_was_revised_in_january(twentieth):
    w, employed = twentieth.workers, of(twentieth, Status.EMPLOYED)
    floor = np.where(w["region"] == 0, 168_000, 127_000)
    assert (w["pay"][employed] >= floor[employed]).all()
    assert (w["pay"][~employed] == 0).all()
    assert set(w["pay_month"][employed]) == {parse_month("2016-01")}
    # The last revision was 5 %: 105,000 fen were 100,000.
    before = w["pay"][employed].astype(np.int64) * 1_000_000 // 1_050_000
    assert (w["previous_pay"][employed] == before).all()


def test_pay_rises_with_appointment(whole):
    w, employed = whole.workers, of(whole, Status.EMPLOYED)
    medians = [np.median(w["pay"][employed & (w["appointed"] == level)]) for level in range(6)]
    assert (np.diff(medians) > 0).all()


def test_the_unemployed_look_back_on_a_job(twentieth):
    w, idle = twentieth.workers, of(twentieth, Status.UNEMPLOYED)
    assert (w["previous_pay"][idle] >= 127_000).all()
    assert (w["insured"][idle] == 0).all()
    assert (w["status_since"][idle] <= BASE).all()
    assert (BASE - w["status_since"][idle]).max() <= 48
    assert w["registered"][idle].mean() == pytest.approx(0.7, abs=0.02)
    assert not w["registered"][~idle].any()


def test_school_leavers_come_every_summer_to_2025(whole):
    w, later = whole.workers, of(whole, Status.SCHOOL)
    entry = w["entry_month"][later].astype(int)
    years, counts = np.unique(entry // 12 + 1900, return_counts=True)
    assert years.tolist() == list(range(2017, 2026))
    # 2.3 x 81.3 % x 70 % + 7.9 x 81.3 % x 35 % + 6.2 x 58 % x 35 % = 1.309 + 2.248 + 1.259.
    assert (np.abs(counts - 48_155) <= 3).all()
    assert set(entry % 12 + 1) == {6, 7, 8, 9}
    age = (entry - w["birth_month"][later]) / 12
    assert age.min() >= 18
    assert age.max() < 23
    assert (w["entry_month"][~later] == 0).all()


def test_seats_are_those_of_the_province_at_every_scale(whole):
    for n in (7, 20, 2_000):
        part = population("2016-12", scale=Fraction(1, n), seed=3).institutions
        for name in ("id", "region", "seats_lower", "seats_upper", "workers", "quality"):
            assert (part[name] == whole.institutions[name]).all()


def test_institutions_know_the_workers_of_their_prefecture_in_the_whole_province(whole):
    w, j = whole.workers, whole.institutions
    staff = np.bincount(w["region"][of(whole, Status.EMPLOYED)], minlength=13)
    assert (j["workers"] == staff[j["region"]]).all()
    assert (staff > 0).all()


def test_every_prefecture_has_institutions_and_firm_schools_have_owners(whole, twentieth):
    schools = whole.institutions
    assert set(schools["region"]) == set(range(13))
    owned = schools["owner"] >= 0
    assert owned.sum() == 26
    assert (whole.enterprises["owns_school"][schools["owner"][owned]] == 1).all()
    assert (whole.enterprises["region"][schools["owner"][owned]] == schools["region"][owned]).all()
    part = twentieth.institutions["owner"]
    assert (part >= 0).sum() == twentieth.enterprises["owns_school"].sum()


def test_2013_is_another_province(whole):
    past = population("2013-12", scale=Fraction(1, 20), seed=1)
    assert past.month == parse_month("2013-12")
    assert past.workers["joined"].max() <= past.month
    assert set(past.workers["entry_month"][of(past, Status.SCHOOL)] // 12 + 1900) == set(
        range(2014, 2026)
    )
    employed = of(past, Status.EMPLOYED)
    now = whole.workers["pay"][of(whole, Status.EMPLOYED)].mean()
    # Published mean pay: 43,447 in 2013 over 57,370 in 2016.
    assert past.workers["pay"][employed].mean() == pytest.approx(now * 43_447 / 57_370, rel=0.04)


def test_other_readings_change_what_they_name_and_nothing_else(twentieth):
    def other(**choice):
        settings = Settings(**choice)
        return population("2016-12", scale=Fraction(1, 20), seed=1, settings=settings)

    recent = other(certificates="recent")
    certified = twentieth.workers["level"] > 0
    assert (recent.workers["level"] == twentieth.workers["level"]).all()
    for name, values in recent.workers.items():
        if name != "certificate_month":
            assert (values == twentieth.workers[name]).all(), name
    at_work = certified & ~of(twentieth, Status.SCHOOL)
    spell, usual = (
        (BASE - p.workers["certificate_month"][at_work]).mean() for p in (recent, twentieth)
    )
    assert spell < 0.6 * usual

    low = other(levels="structure")
    share = (low.workers["level"] >= 3).sum() / (low.workers["level"] > 0).sum()
    assert share < 0.25 < (twentieth.workers["level"] >= 3).sum() / certified.sum()

    rural = other(rural="national")
    assert rural.workers["rural"][of(rural, Status.EMPLOYED)].mean() == pytest.approx(
        0.521, abs=0.02
    )
