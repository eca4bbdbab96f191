"""Telling people of the policy: more of them claim, hardly more of them train.

The payments claimed after a certificate rise nearly one for one with those who know; of those who
consider climbing, few decide by a subsidy (elsewhere mailed brochures doubled awareness and moved
participation by nothing).
"""

from typing import Any

import pytest

from model.awareness import Awareness
from model.months import parse_month
from model.parameters.reader import all_topics
from tests.lived import Job, begin, changed

SINCE, UNTIL = "2017-12", "2019-12"
C10 = "skill_upgrade_subsidy"


def lived(publicity: float, seed: int) -> Any:
    given: Any = {"title": "publicity", "extends": "policy_2017"}
    given = changed(given, "training.attention", 0.06, "2016-01")
    given = changed(given, "claiming.publicity", publicity, SINCE)
    province = begin(Job(given, seed=seed, n=500))
    province.run(parse_month(UNTIL))
    return province


def total(province: Any, name: str) -> int:
    cells = province.counts.cells.items()
    since = parse_month(SINCE)
    return sum(int(v.sum()) for (measure, at), v in cells if measure == name and at >= since)


def test_publicity_moves_claims_as_awareness_and_hardly_applications() -> None:
    quiet, loud = ([lived(publicity, seed) for seed in (1, 2)] for publicity in (0.0, 0.02))

    def rise(name: str) -> float:
        before, after = (sum(total(one, name) for one in group) for group in (quiet, loud))
        return after / before - 1

    known = loud[0].awareness.share(C10) / quiet[0].awareness.share(C10) - 1
    assert known > 0.7
    assert rise("claims_made") > 0.5 * known
    assert 0 <= rise("applications") < known / 5  # by a fifth of the effect on awareness, at most


def law(**claiming: float) -> dict[str, Any]:
    found = {name: topic.at(parse_month("2019-06")) for name, topic in all_topics().items()}
    return {**found, "claiming": found["claiming"]._replace(**claiming)}


@pytest.mark.parametrize(
    ("channel", "workers", "enterprises"),
    [("aware_database", True, False), ("aware_services", True, False), ("publicity", True, True)],
)
def test_who_hears(channel: str, workers: bool, enterprises: bool) -> None:
    # C14 and C16 tell workers; publicity (part 3) tells workers and enterprises.
    off = dict.fromkeys(("aware_database", "aware_services", "publicity"), 0.0)
    before = Awareness(law(**off)).hazard[C10]
    after = Awareness(law(**{**off, channel: 0.005})).hazard[C10]
    assert [a > b for a, b in zip(after, before, strict=True)] == [
        workers, enterprises, enterprises,
    ]  # fmt: skip


def test_small_enterprises_hear_least_of_publicity() -> None:
    _, large, small = Awareness(law(publicity=0.02)).hazard[C10]
    assert small < large
