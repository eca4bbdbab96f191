"""Samples of other sizes agree on rates; other seeds are not called another scenario."""

import pytest

from tests.invariance.scale import Rate, apart, called_different, runs_at, scale_table, summed


def test_two_small_scales_agree_on_the_rates_of_one_year() -> None:
    # 1/500 and 1/100, six seeds each: everything within five standard errors (19 rates at once).
    small = summed(runs_at(500, 6, until="2017-12"))
    large = summed(runs_at(100, 6, until="2017-12"))
    far = {name: apart(small[name], large[name]) for name in small}
    assert {name: z for name, z in far.items() if abs(z) > 5} == {}
    assert len(far) == 19


def test_a_control_a_province_with_other_rates_is_far_apart() -> None:
    one, other = Rate(0.010, 0.0001), Rate(0.011, 0.0001)
    assert apart(one, other) == pytest.approx(-0.001 / 0.00014142, rel=1e-3)  # seven errors


@pytest.mark.slow
def test_a_twentieth_and_a_fifth_agree_on_rates() -> None:
    table = scale_table(36, 18)
    for name, (small, large, z) in table.items():
        print(name, small, large, round(z, 2))
    assert {name: z for name, (_, _, z) in table.items() if abs(z) > 3} == {}
    wide = {
        name: max(small.error / small.mean, large.error / large.mean)
        for name, (small, large, _) in table.items()
    }
    assert {name: error for name, error in wide.items() if error > 0.03} == {}


@pytest.mark.slow
def test_other_seeds_of_one_scenario_are_called_different_one_time_in_twenty() -> None:
    different, total = called_different(55)
    print(f"{different} of {total} comparisons called different")
    assert total >= 1_000
    assert 0.03 < different / total < 0.07
