"""C19: fifty chief technicians every two years, a steady hundred."""

from model.instruments.channels import AwardFacts
from model.instruments.chief_technicians import Params, Reason, amount, eligibility, winners
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["chief_technicians"]
P: Params = TOPIC.at(month(2019, 12))
NAMED = AwardFacts(month(2019, 12), 0, 1, level=4, employed=1, held=0)


def test_the_figures_of_the_text() -> None:
    assert (P.chiefs, P.prize, P.term_years, P.every_years) == (50, 20_000 * 100, 4, 2)
    for name in ("chiefs", "prize", "term_years", "every_years", "in_force"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C19" in TOPIC.parameters[name].cite["en"]
    assert P.chiefs * P.term_years // P.every_years == 100  # the steady stock that the text names


def test_a_round_costs_a_million_yuan() -> None:
    assert winners(NAMED, P) * amount(NAMED, P) == 1_000_000 * 100
    assert winners(NAMED._replace(month=month(2020, 12)), P) == 0
    assert winners(NAMED._replace(place=2), P) == 0


def test_who_serves_is_not_named_again() -> None:
    assert eligibility(NAMED, P) == Reason.ELIGIBLE
    assert eligibility(NAMED._replace(held=1), P) == Reason.STILL_SERVING
    assert eligibility(NAMED._replace(level=3), P) == Reason.LEVEL_TOO_LOW


def test_the_first_round_is_a_number_of_its_own() -> None:
    # Only the round of 2019 is sure; a scenario may leave out that of 2017.
    later = P._replace(first_round_year=2019)
    assert winners(NAMED._replace(month=month(2017, 12)), P) == 50
    assert winners(NAMED._replace(month=month(2017, 12)), later) == 0
    assert winners(NAMED, later) == 50
