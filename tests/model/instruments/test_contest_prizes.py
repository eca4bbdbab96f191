"""C21: prizes of contests, the ten events that the text adds, and who wins."""

import pytest

from model.instruments.channels import AwardFacts
from model.instruments.contest_prizes import Params, Title, amount, eligibility, weight, winners
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["contest_prizes"]
P: Params = TOPIC.at(month(2018, 11))
FIRST = AwardFacts(month(2018, 11), Title.CONTEST_PROVINCIAL, 1, level=3, employed=1, held=0)


@pytest.mark.parametrize(
    ("event", "prizes"),
    [
        (Title.CONTEST_PROVINCIAL, (10_000, 5_000, 3_000)),
        (Title.CONTEST_NATIONAL, (50_000, 30_000, 10_000)),
        (Title.WORLDSKILLS, (100_000, 50_000, 20_000)),
    ],
)
def test_the_prizes_of_the_text(event: Title, prizes: tuple[int, ...]) -> None:
    paid = tuple(amount(FIRST._replace(event=event, place=place), P) for place in (1, 2, 3))
    assert paid == tuple(yuan * 100 for yuan in prizes)
    assert amount(FIRST._replace(event=event, place=4), P) == 0


def test_the_figures_of_the_text_are_law_and_those_of_2017_are_not() -> None:
    law = [name for name in Params._fields if name.endswith("_prize")] + ["events"]
    assert len(law) == 10
    for name in law:
        assert TOPIC.parameters[name].grade == "law"
        assert "C21" in TOPIC.parameters[name].cite["en"]
    assert TOPIC.parameters["events_before"].grade == TOPIC.parameters["in_force"].grade == "data"


def test_50_contests_from_2018_and_40_before() -> None:
    numbers = {y: winners(FIRST._replace(month=month(y, 11)), TOPIC.at(month(y, 11)))
               for y in (2017, 2018, 2020)}  # fmt: skip
    assert numbers == {2017: 40, 2018: 50, 2020: 50}
    assert P.events - P.events_before == 10  # what the text is credited with
    assert winners(FIRST._replace(month=month(2018, 10)), P) == 0


def test_prizes_that_stood_are_older_than_the_opinion() -> None:
    april, march = TOPIC.at(month(2017, 4)), TOPIC.at(month(2017, 3))
    assert eligibility(FIRST, april) == 0
    assert eligibility(FIRST, march) != 0
    national = FIRST._replace(event=Title.CONTEST_NATIONAL)
    assert eligibility(national, TOPIC.at(month(2017, 11))) != 0
    assert eligibility(national, TOPIC.at(month(2017, 12))) == 0


def test_worldskills_counts_its_medals_in_its_own_month() -> None:
    three = P._replace(gold=1, silver=2, bronze=3)
    august = FIRST._replace(month=month(2019, 8), event=Title.WORLDSKILLS)
    assert [winners(august._replace(place=k), three) for k in (1, 2, 3, 4)] == [1, 2, 3, 0]
    assert winners(august._replace(month=month(2018, 8)), three) == 0
    assert winners(august, three._replace(national_in_force=0)) == 0


def test_a_technician_is_three_times_as_likely_as_an_intermediate_worker() -> None:
    # One part at the least level (intermediate), one more for each level above: 1, 2, 3.
    chances = [weight(FIRST._replace(level=level), P) for level in range(5)]
    assert chances == [0, 0, 1_000_000, 2_000_000, 3_000_000]
