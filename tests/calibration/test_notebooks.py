"""What notebooks note of a small province, held against what the province counts itself."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from calibration.experiments import Arm, live_arm, settled, world
from calibration.noting_enterprises import Asking, Helped, Refunded, Schools, Senders
from calibration.noting_people import Courses, Going, Knowing, Moves, Searching
from calibration.stylised_measures import SKILL
from model.codes import Level
from model.measures import SHAPE
from scenarios.runner import Request, people_of

NOTEBOOKS = (Senders, Helped, Refunded, Asking, Schools, Going, Moves, Searching, Courses)


@pytest.fixture(scope="module")
def noted() -> dict[Any, Any]:
    """Every notebook of one life to March 2018, and the province."""
    request = Request(Fraction(1, 500), 1, 1, until="2018-03")
    books: dict[Any, Any] = {make: make() for make in NOTEBOOKS}
    books[Knowing] = Knowing(SKILL)
    watches = list(books.values())
    province = live_arm(Arm(world("policy_2017")), people_of(request, 1), request, 1, watches)
    return {**books, "province": province}


def counted(province: Any, name: str, levels: slice = slice(None)) -> int:
    """A measure after the warm-up, unweighted."""
    return sum(
        int(cells.reshape(SHAPE)[:, :, levels].sum())
        for (measure, at), cells in province.counts.cells.items()
        if measure == name and settled(at)
    )


def test_those_sent_and_those_poached_are_the_provinces(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Senders]
    certified = slice(1, None)
    for of, name in ((book.sent, "applications_sponsored"), (book.took, "poached")):
        found = sum(int(n.sum()) for at, n in of.items() if settled(at))
        assert found == counted(province, name, certified) > 0
    assert book.staff.sum() > 0
    assert int(book.recent(book.sent, province).sum()) == sum(
        int(n.sum()) for n in book.sent.values()
    )  # the whole life is recent


def test_technicians_are_counted_where_they_work(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Helped]
    upper = slice(Level.TECHNICIAN, None)

    months = counted(province, "employed", upper) * province.weight
    assert book.months.sum() == pytest.approx(months)
    assert book.dangers == {}  # no December yet
    assert book.hired.sum() >= 0


def test_refunds_are_noted_in_the_month_of_payment(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Refunded]

    assert (
        sorted(book.staff)
        == sorted(book.distress)
        == [m for m in range(province.start, province.month) if settled(m)]
    )
    assert book.paid == {}  # those of 2017 were paid before the warm-up ended


def test_everybody_who_leaves_the_province_is_noted_once(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Going]
    went = counted(province, "out_migration")

    assert book.moves["age"].sum() == book.moves["level"].sum() == went > 0
    assert (book.months["private"] <= book.months["level"]).all()
    here = sum(counted(province, n) for n in ("employed", "unemployed", "informal"))
    assert book.months["age"].sum() == here
    assert 0.0 < book.expected < counted(province, "employed", slice(4, None)) * province.weight


def test_every_poached_worker_has_a_gain(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Moves]

    assert 0 < len(book.gains) <= counted(province, "poached")
    assert float(np.mean(book.gains)) > 0
    assert book.certificates == counted(province, "certificates") > 0
    assert 0 < book.months_kept <= 3 * book.certificates


def test_posts_found_are_found_by_those_who_searched(noted: dict[Any, Any]) -> None:
    province, book = noted["province"], noted[Searching]
    hired = counted(province, "hires") - counted(province, "poached")

    assert 0 < book.found.sum() <= hired
    assert (book.found <= book.months).all()
    assert -1.0 < book.alike < 1.0


def test_shares_and_schools_are_within_bounds(noted: dict[Any, Any]) -> None:
    province, asking, schools = noted["province"], noted[Asking], noted[Schools]

    assert (asking.aware <= asking.months).all() and asking.months.sum() > 0
    assert (asking.asked <= asking.cut).all()
    assert len(schools.use) == len(schools.quality) == 3
    assert all(0.0 < use < 10.0 for use in schools.use)
    knowing = noted[Knowing]
    assert 0.0 < knowing.share <= province.awareness.share(SKILL) < 1.0
