"""Who stands on the rolls: changes announced, sums read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from model.draws import moment
from model.engines.rolls import TABLES, Ints, Rolls, Terms, waivers
from model.instruments.channels import MILLION
from model.months import format_month
from model.people import PeopleError

if TYPE_CHECKING:
    from model.province import Province


@contextmanager
def changing(province: "Province", rows: Ints) -> Iterator[None]:
    """Place, status, level, grade, pay or insurance of given workers may change within.

    Whoever writes one of these columns does so under this; changes may be announced within
    changes.
    """
    tallies, rolls, w = province.engine.tallies, province.rolls, province.workers
    tallies.take_off(rolls, w, rows)
    rolls.under_way += 1
    try:
        yield
    except BaseException:
        rolls.terms = None  # what was changed halfway is counted anew
        raise
    finally:
        rolls.under_way -= 1
    tallies.put_on(rolls, w, rows)


def up_to_date(province: "Province") -> Rolls:
    """The rolls as of now.

    Raises:
        RuntimeError: a change is under way.
    """
    rolls = province.rolls
    if rolls.under_way:
        raise RuntimeError("the rolls are asked for while workers change")
    terms = terms_of(province)
    if not terms.same(rolls.terms):
        province.engine.tallies.count(rolls, province.workers, terms)
    return rolls


def terms_of(province: "Province") -> Terms:
    """The rules of the month on which the sums hang."""
    insurance = province.law["unemployment_insurance"]
    waived = waivers(province.enterprises, insurance)
    return Terms(insurance, waived, *key_posts(province))


def key_posts(province: "Province") -> tuple[float, int]:
    """Share of technicians who hold a key post, and the moment of their lasting draw (C12)."""
    share = province.law["wage_drop_subsidy"].key_post_share / MILLION
    return share, moment(province.seed, "key_post")


def audit(province: "Province") -> None:
    """Count everybody anew and compare.

    Raises:
        PeopleError: a sum on the rolls is not what a count gives.
    """
    kept, found = up_to_date(province), Rolls.empty(len(province.enterprises["id"]))
    province.engine.tallies.count(found, province.workers, terms_of(province))
    for name, mine, anew in zip(TABLES, kept.tables(), found.tables(), strict=True):
        if not np.array_equal(mine, anew):
            raise PeopleError(f"{format_month(province.month)}: {name} on the rolls is not counted")
