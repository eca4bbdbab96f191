from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.outlay import apportion, cells, differences, levy, outlay, payers, rounded
from tests.scenarios.results import Paid, run_of

FUND, WORKERS = "unemployment_insurance_fund", "workers"
C10, C12 = (FUND, "skill_upgrade_subsidy"), (FUND, "wage_drop_subsidy")


def paid(month: str, instrument: str, fen: int, payer: str = FUND) -> Paid:
    return Paid(month, payer, WORKERS, instrument, fen)


def test_outlay_is_what_public_funds_paid_by_year() -> None:
    one = run_of(
        months=24,
        paid=(
            paid("2017-03", "skill_upgrade_subsidy", 100),
            paid("2018-03", "skill_upgrade_subsidy", 300),
            paid("2018-04", "rest_benefits", 999),
            paid("2018-04", "wages", 999, "enterprises"),
        ),
    )
    two = run_of(seed=2, months=24, paid=(paid("2018-03", "skill_upgrade_subsidy", 101),))
    line = outlay([one, two]).by_key[C10]

    assert dict(line.fen) == {2017: (100, 0), 2018: (300, 101)}
    assert line.runs == (400, 101)
    assert line.mean() == Fraction(501, 2)
    assert {key for key, one in outlay([one, two]).by_key.items() if one.mean()} == {C10}


def test_an_instrument_that_paid_nothing_has_a_line() -> None:
    found = outlay([run_of()])

    assert set(found.by_key) == set(payers())
    assert C12 in found.by_key


def test_cells_meet_the_rounded_total() -> None:
    # thirds of 10 units: 3.33 each; the total is 10, so the first gets 4
    assert apportion([Fraction(10, 3)] * 3, 10, 1) == [4, 3, 3]
    assert apportion([Fraction(5), Fraction(0)], 5, 1) == [5, 0]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8), st.integers(1, 10**6))
def test_apportioned_cells_add_up_and_stay_within_a_unit(amounts: list[int], unit: int) -> None:
    exact = [Fraction(a) for a in amounts]
    total = rounded(sum(exact, Fraction(0)), unit)
    found = apportion(exact, total, unit)

    assert sum(found) == total
    assert all(abs(units - amount / unit) <= 1 for units, amount in zip(found, exact, strict=True))


def test_a_table_adds_up_and_what_is_equal_shows_no_difference() -> None:
    both = (
        paid("2017-03", "skill_upgrade_subsidy", 333),
        paid("2017-04", "wage_drop_subsidy", 333),
    )
    mine = outlay([run_of(paid=(*both, paid("2017-05", "wage_drop_subsidy", 334)))])
    theirs = outlay([run_of(paid=both)])
    found, more = cells(theirs, 100), differences(mine, theirs, 100)

    assert sum(sum(years.values()) for years in found.values()) == 7  # 6.66
    assert more[C10] == {2017: 0}
    assert more[C12] == {2017: 3}


def test_the_levy_is_the_enterprises_own_money() -> None:
    run = run_of(
        paid=(
            Paid("2017-01", "enterprises", "education_funds", "education_levy", 500),
            Paid("2017-02", "education_funds", "institutions", "education_levy", 200),
            Paid("2017-02", "education_funds", "outside", "education_levy", 100),
        )
    )

    assert levy(run) == (500, 300)
    assert outlay([run]).lines[0].mean() == 0


def test_years_without_a_run_are_an_error() -> None:
    with pytest.raises(IndexError):
        outlay([])
