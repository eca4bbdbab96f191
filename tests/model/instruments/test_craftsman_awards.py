"""C19: the figures of the text for Great Craftsmen and Technical Experts, and their rounds."""

import pytest

from model.instruments.channels import AwardFacts
from model.instruments.craftsman_awards import Params, Title, amount, eligibility, winners
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["craftsman_awards"]
P: Params = TOPIC.at(month(2017, 12))
CRAFTSMAN = AwardFacts(month(2017, 12), Title.GREAT_CRAFTSMAN, 1, level=4, employed=1, held=0)


def test_the_figures_of_the_text() -> None:
    assert (P.craftsman_winners, P.craftsman_prize) == (20, 30_000 * 100)
    assert (P.expert_winners, P.expert_prize, P.every_years) == (100, 10_000 * 100, 2)
    for name in ("craftsman_winners", "craftsman_prize", "expert_winners", "expert_prize",
                 "every_years", "in_force"):  # fmt: skip
        assert TOPIC.parameters[name].grade == "law"
        assert "C19" in TOPIC.parameters[name].cite["en"]
    for name in ("craftsman_level", "expert_level", "first_round_year"):
        assert TOPIC.parameters[name].grade == "assumed"


def test_a_round_costs_1_600_000_yuan() -> None:
    # 20 x 30,000 + 100 x 10,000
    total = sum(winners(CRAFTSMAN._replace(event=e), P) * amount(CRAFTSMAN._replace(event=e), P)
                for e in Title)  # fmt: skip
    assert total == 1_600_000 * 100


@pytest.mark.parametrize(
    ("year", "of_year", "number"),
    [(2017, 12, 20), (2017, 11, 0), (2018, 12, 0), (2019, 12, 20), (2019, 6, 0), (2015, 12, 0)],
)
def test_rounds_fall_in_december_of_odd_years_from_the_first(
    year: int, of_year: int, number: int
) -> None:
    assert winners(CRAFTSMAN._replace(month=month(year, of_year)), P) == number


def test_nobody_below_the_least_level_and_nobody_twice() -> None:
    assert eligibility(CRAFTSMAN, P) == 0
    assert eligibility(CRAFTSMAN._replace(level=3), P) != 0
    assert eligibility(CRAFTSMAN._replace(level=3, event=Title.TECHNICAL_EXPERT), P) == 0
    assert eligibility(CRAFTSMAN._replace(held=1), P) != 0
    assert eligibility(CRAFTSMAN._replace(employed=0), P) != 0


def test_the_opinion_applies_from_december_2017() -> None:
    assert TOPIC.at(month(2017, 11)).in_force == 0
    assert P.in_force == 1
