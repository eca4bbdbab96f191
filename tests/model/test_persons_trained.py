"""Person-times, persons a year and distinct persons, against a list of who was trained when."""

from typing import Any

import pytest

from model.month import climbing, moving
from model.months import parse_month, year_of
from tests.lived import STORM, Job, begin


def counted(province: Any, name: str, year: int = 0) -> int:
    return sum(
        int(cells.sum())
        for (found, month), cells in province.counts.cells.items()
        if found == name and year in (0, year_of(month))
    )


def test_each_person_counts_once_a_year_and_once_in_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trained: list[tuple[int, int]] = []
    count = climbing.count_training

    def noted(province: Any, rows: Any) -> None:
        trained.extend((year_of(province.month), row) for row in rows.tolist())
        count(province, rows)

    monkeypatch.setattr(climbing, "count_training", noted)
    monkeypatch.setattr(moving, "count_training", noted)
    province = begin(Job(STORM, n=1000))
    province.run(parse_month("2020-12"))

    assert counted(province, "person_times") == len(trained)
    assert counted(province, "persons_trained") == len(set(trained))
    assert counted(province, "persons_ever_trained") == len({row for _, row in trained})
    # nobody was trained before the first year; later most of those trained are no newcomers
    first, last = (
        [counted(province, name, year) for name in ("persons_trained", "persons_ever_trained")]
        for year in (2017, 2020)
    )
    assert first[0] == first[1] > 0
    assert 0 < last[1] < last[0]
