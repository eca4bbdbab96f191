"""C9: studios are granted as bases are, with their own figures."""

from model.instruments import master_studios, training_bases
from model.instruments.channels import ProjectFacts
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["master_studios"]


def test_figures_of_the_text_and_of_what_stood() -> None:
    p = TOPIC.at(month(2018, 6))
    assert p.goal == 100  # C9
    assert (p.standing_national, p.standing_provincial) == (20, 43)
    assert p.announced == 30


def test_a_national_studio_is_worth_twice_as_much_from_2019() -> None:
    facts = ProjectFacts(month(2018, 12), 1, 1, 0, 0)
    found = [master_studios.INSTRUMENT.amount(facts, TOPIC.at(month(y, 1))) for y in (2018, 2019)]
    assert found == [100_000_00, 200_000_00]


def test_the_rules_are_those_of_the_bases() -> None:
    assert master_studios.INSTRUMENT.eligibility is training_bases.eligibility
    assert master_studios.INSTRUMENT.clause == "C9"
