"""Columns of persons from tables and keyed draws, a block of rows at a time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.codes import Level
from model.draws import Keys, uniforms
from model.months import month
from model.population.establishments import PROVINCE
from model.population.fields import Columns
from model.population.inputs import Inputs
from model.population.lives import LEVEL_BANDS, STEPS, YEAR, Lives, age_band
from model.population.pay import Pay

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COLLEGE = 2


class Tables(NamedTuple):
    """What persons are drawn from, and the month for which they are drawn."""

    given: Inputs
    lives: Lives
    pay: Pay
    month: int


class Person(NamedTuple):
    """Traits of a block of persons that the rest depends on; ages in months."""

    luck: Keys
    branch: Ints
    region: Ints
    level: Ints
    age: Ints
    career: Ints
    columns: Columns


def draw(luck: Keys, purpose: str) -> Floats:
    """One draw a person for a purpose; the same in every run."""
    return uniforms(luck, PROVINCE, "population." + purpose)


def step(u: Floats) -> Ints:
    """The step of a table of quantiles that a draw falls on."""
    return (u * STEPS).astype(np.int64)


def sex_and_retirement(t: Tables, luck: Keys, branch: Ints, level: Ints) -> tuple[Ints, Ints]:
    """Sex (1 for women) and the index of the retirement age that sex and post give."""
    woman = (draw(luck, "female") < t.lives.female[branch, level]).astype(np.int64)
    danger = (draw(luck, "hazardous") < t.lives.hazardous[branch]).astype(np.int64)
    cadre = (draw(luck, "cadre") < t.lives.cadre).astype(np.int64)
    return woman, t.lives.retires[woman, danger, cadre]


def trade(t: Tables, luck: Keys, branch: Ints) -> Ints:
    """Group of trades."""
    u = draw(luck, "trade")
    found = np.zeros(len(u), np.int64)
    for k in range(t.lives.trades.shape[1] - 1):
        found += u >= t.lives.trades[branch, k]
    return found


def person(t: Tables, luck: Keys, branch: Ints, region: Ints, level: Ints) -> Person:
    """Draw sex, age, schooling, registration and trade of somebody of working age."""
    lives, values = t.lives, t.given.values
    woman, kind = sex_and_retirement(t, luck, branch, level)
    age = lives.ages[level, kind, step(draw(luck, "age"))].astype(np.int64)
    shares = lives.schooling[branch, LEVEL_BANDS[level], age_band(age)]
    u = draw(luck, "schooling")
    schooling = (u >= shares[:, 0]).astype(np.int64) + (u >= shares[:, 1])
    start = np.where(schooling == COLLEGE, values["college_start"], values["career_start"]) * YEAR
    birth = t.month - age
    columns: Columns = {
        "birth_month": birth,
        "female": woman,
        "rural": draw(luck, "rural") < lives.rural[branch],
        "schooling": schooling,
        "region": region,
        "branch": branch,
        "level": level,
        "trade": trade(t, luck, branch),
        "retire_month": birth + lives.retirement[kind],
        "certificate_month": _certificate(t, luck, level, age),
    }
    career = np.maximum(age - start.astype(np.int64), 0)
    return Person(luck, branch, region, level, age, career, columns)


def _certificate(t: Tables, luck: Keys, level: Ints, age: Ints) -> Ints:
    """Months of the last certificate.

    A share of each level was certified within the year. The others had theirs evenly over the
    years since the lowest age of the level, or, if most certificates are recent, after spells
    that are short on average.
    """
    lives = t.lives
    room = np.maximum(age - lives.minimum_age[level], 0)
    before = np.maximum(room - YEAR, 0)
    spread = draw(luck, "certificate")
    spell = np.floor(spread * (before + 1)).astype(np.int64)
    if lives.since_certificate is not None:
        short = lives.since_certificate[level, step(draw(luck, "certificate_recent"))]
        spell = np.where(short > before, spell, short)
    lately = (draw(luck, "certificate_lately") < lives.certified_lately[level]) | (room < YEAR)
    within = np.floor(spread * (np.minimum(room, YEAR - 1) + 1)).astype(np.int64)
    since = np.where(lately, within, np.minimum(YEAR + spell, room))
    return np.where(level > Level.NONE, t.month - since, 0)


def appointment(t: Tables, who: Person) -> Ints:
    """Level of appointment: that of the certificate, or one below."""
    lags = draw(who.luck, "appointed") >= t.lives.appointed[who.branch]
    return who.level - ((who.level > Level.NONE) & lags)


def pay(t: Tables, who: Person, appointed: Ints, premium: Floats) -> Ints:
    """Pay in fen a month; ``premium`` is the factor of the employer."""
    base = t.pay.base[who.branch, who.region, appointed]
    spread = t.pay.spread[appointed, step(draw(who.luck, "pay"))]
    return np.maximum((base * spread * premium).astype(np.int64), t.pay.floor[who.region])


def insured_months(t: Tables, who: Person, until: Ints, none: Floats | float) -> Ints:
    """Months insured with earlier employers, until the month given.

    Counted from the start of the career or of the scheme. A share ``none`` of persons has no such
    months; the others have an even share of the time.
    """
    scheme = month(int(t.given.values["insurance_start"]), 1)
    began = np.maximum(t.month - who.career, scheme)
    u = draw(who.luck, "insured_months")
    part = np.maximum(u - none, 0.0) / (1.0 - none)
    return (part * np.maximum(until - began, 0)).astype(np.int64)
