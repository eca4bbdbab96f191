"""C19: what the province adds to national awards; how many win is assumed."""

from model.instruments.channels import AwardFacts
from model.instruments.national_awards import Params, Title, amount, eligibility, winners
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["national_awards"]
P: Params = TOPIC.at(month(2018, 11))
WINNER = AwardFacts(month(2018, 11), Title.CHINA_SKILLS_AWARD, 1, level=5, employed=1, held=0)


def test_amounts_are_the_texts_and_numbers_are_not() -> None:
    assert (P.skills_award_prize, P.expert_prize) == (200_000 * 100, 100_000 * 100)
    for name in ("skills_award_prize", "expert_prize", "in_force"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C19" in TOPIC.parameters[name].cite["en"]
    for name in ("skills_award_winners", "expert_winners", "first_round_year", "round_month"):
        assert TOPIC.parameters[name].grade == "assumed"


def test_a_round_of_one_and_nine_costs_1_100_000_yuan() -> None:
    # 1 x 200,000 + 9 x 100,000
    both = [WINNER._replace(event=event) for event in Title]
    assert sum(winners(f, P) * amount(f, P) for f in both) == 1_100_000 * 100
    assert winners(WINNER._replace(month=month(2019, 11)), P) == 0  # between two rounds
    assert winners(WINNER._replace(month=month(2018, 12)), P) == 0


def test_an_award_is_paid_once() -> None:
    assert eligibility(WINNER, P) == 0
    assert eligibility(WINNER._replace(held=1), P) != 0
    assert eligibility(WINNER._replace(month=month(2019, 3)), P) == 0  # C19 names no rounds
