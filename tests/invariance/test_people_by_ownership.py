"""People close at each kind of enterprise, and an empty fund supports nobody."""

from typing import Any

import numpy as np
import pytest

from model.codes import OWNERSHIPS
from model.months import month
from scenarios.runner import simulate
from tests.lived import SMALL as SCALE
from tests.lived import STORM, Job, begin


def test_hires_less_separations_are_the_change_of_staff_in_every_ownership() -> None:
    run = simulate("policy_2017", scale=SCALE, seeds=1, until="2018-12", jobs=1).runs[0]
    for ownership in OWNERSHIPS:
        staff = run.series("employed", ownership=ownership)
        hires = run.series("hires", ownership=ownership)
        left = run.series("separations", ownership=ownership)
        change = staff.to_numpy()[1:] - staff.to_numpy()[:-1]
        assert np.array_equal(change, (hires - left).to_numpy()[1:]), ownership


@pytest.mark.parametrize(("benefits", "supports"), [(1_000_000_000, False), (0, True)])
def test_support_that_the_fund_cannot_pay_is_neither_drawn_nor_felt(
    benefits: int, supports: bool
) -> None:
    """Benefits of the rest of the province empty the fund at the end of every month, or do not."""
    values = {"ui_opening": 0, "ui_rest_benefits": benefits}
    poor = [
        {"parameter": f"accounts.{name}", "from": "2016-01", "value": value, "because": "to test"}
        for name, value in values.items()
    ]
    changes: Any = STORM["change"]
    province = begin(Job({**STORM, "change": [*changes, *poor]}, until="2018-12", n=500, seed=3))
    drawn = supported = 0
    while province.month < month(2019, 1):
        province.step()
        drawn += int(province.enterprises["wage_drop_drawn"].sum())
        supported += int(province.workers["supported"].sum())
    assert (drawn > 0) == (supported > 0) == supports
