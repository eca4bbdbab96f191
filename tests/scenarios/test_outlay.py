from fractions import Fraction

import pytest

from scenarios.effects import MEASURES, PairError
from scenarios.outlay import levy, outlay, outlay_frame, payers
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


def test_several_lines_add_up_run_by_run() -> None:
    one = run_of(months=24, paid=(paid("2017-03", "skill_upgrade_subsidy", 333),
                                  paid("2018-03", "wage_drop_subsidy", 334)))  # fmt: skip
    two = run_of(seed=2, months=24, paid=(paid("2018-04", "wage_drop_subsidy", 1),))
    found = outlay([one, two])

    assert found.fen([C10, C12]) == (667, 1)
    assert found.fen([C10, C12], 2018) == (334, 1)
    assert found.fen(list(found.by_key), 2017) == (333, 0)


def test_the_file_holds_mean_band_and_paired_difference_of_every_cell() -> None:
    # C12 paid 100 and 300 yuan, the other world 50 and 350: means 200 and 200, apart +50 and -50
    mine = [
        run_of(seed=s, months=24, paid=(paid("2018-03", "wage_drop_subsidy", fen),))
        for s, fen in ((1, 10_000), (2, 30_000))
    ]
    theirs = [
        run_of("other", seed=s, months=24, paid=(paid("2018-03", "wage_drop_subsidy", fen),))
        for s, fen in ((1, 5_000), (2, 35_000))
    ]
    frame = outlay_frame({"mine": mine, "other": theirs}, "other")
    cell = frame[(frame["instrument"] == C12[1]) & (frame["scenario"] == "mine")]

    row = cell[cell["year"] == 2018].iloc[0]
    assert (row["fund"], row["clause"], row["against"]) == (FUND, "C1", "other")
    assert (row["mean_yuan"], row["low"], row["high"]) == (200, 100, 300)
    apart = (row["difference_yuan"], row["difference_low"], row["difference_high"])
    assert apart == (0, -50, 50)
    assert (row["band"], row["runs"]) == ("smallest-largest", 2)
    assert list(cell["year"]) == [2017, 2018, "all"]
    assert cell[cell["year"] == 2017].iloc[0]["mean_yuan"] == 0
    whole = frame[(frame["fund"] == "all") & (frame["year"] == "all")]
    assert list(whole["mean_yuan"]) == [200, 200]
    assert frame.loc[frame["scenario"] == "other", "difference_yuan"].isna().all()
    assert outlay_frame({"mine": mine}, None)["difference_yuan"].isna().all()


def test_runs_of_other_luck_have_no_difference() -> None:
    with pytest.raises(PairError):
        outlay_frame({"mine": [run_of(seed=1)], "other": [run_of("other", seed=2)]}, "other")


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


def test_who_pays_for_training_stands_beside_public_outlay_and_not_in_it() -> None:
    # C26: persons 500 fen, enterprises 300, education funds 200, pooled funds 100, donors 50;
    # tax not levied 75. Public money paid nothing.
    def to_institutions(payer: str, fen: int, instrument: str = "course_fee") -> Paid:
        return Paid("2017-05", payer, "institutions", instrument, fen)

    run = run_of(
        paid=(
            to_institutions("workers", 500),
            to_institutions("enterprises", 300),
            to_institutions("education_funds", 200, "education_levy"),
            to_institutions("pooled_education_fund", 100, "fund_pooling"),
            to_institutions("outside", 50, "training_donations"),
            Paid("2017-05", "tax_office", "enterprises", "training_tax_deduction", 75),
        ),
    )
    shown = {name: value(run) for name, (_, value) in MEASURES.items()}

    assert shown["training_paid_by_workers"] == 5
    assert shown["training_paid_by_enterprises"] == 3
    assert shown["training_paid_by_education_funds"] == 2
    assert shown["training_paid_by_pooled_funds"] == 1
    assert shown["training_paid_by_donors"] == 0.5
    assert shown["tax_not_levied"] == 0.75
    assert shown["public_outlay"] == 0
