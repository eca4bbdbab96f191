"""Every figure of the document, copied by hand, against the parameters that stand for it."""

from decimal import Decimal

import pytest

from app.clauses import clauses
from app.commands.policy import clause_mapping
from model.parameters.reader import all_topics

# Clause, address, and what the document says: yuan, shares, numbers.
FIGURES = (
    ("C4", "document.joint_meetings_province", "1"),  # exactly one a year in the province
    ("C4", "document.joint_meetings_elsewhere", "1"),  # at least one elsewhere
    ("C7", "education_levy.minimum_rate", "0.015"),
    ("C7", "education_levy.maximum_rate", "0.025"),
    ("C7", "education_levy.frontline_share", "0.6"),
    ("C8", "document.ladder_levels", "5"),
    ("C9", "promotion_training_subsidy.amount_technician", "3000"),
    ("C9", "promotion_training_subsidy.amount_senior_technician", "2000"),
    ("C9", "promotion_training_subsidy.amount_upgrade_course", "1500"),
    ("C9", "group_training_subsidy.groups", "9"),
    ("C9", "group_training_subsidy.programmes", "8"),
    ("C9", "training_bases.goal", "100"),
    ("C9", "master_studios.goal", "100"),
    ("C9", "targets.goal_person_times", "3000000"),
    ("C10", "skill_upgrade_subsidy.tenure", "36"),
    ("C10", "skill_upgrade_subsidy.window", "12"),
    ("C10", "skill_upgrade_subsidy.first_certificate_year", "2017"),
    ("C10", "skill_upgrade_subsidy.first_certificate_month", "1"),
    ("C12", "wage_drop_subsidy.threshold", "0.5"),
    ("C12", "wage_drop_subsidy.premium_share", "0.5"),
    ("C12", "wage_drop_subsidy.rate", "0.5"),
    ("C17", "document.title_equivalences", "3"),
    ("C19", "chief_technicians.every_years", "2"),
    ("C19", "chief_technicians.chiefs", "50"),
    ("C19", "chief_technicians.term_years", "4"),
    ("C19", "chief_technicians.prize", "20000"),
    ("C19", "craftsman_awards.every_years", "2"),
    ("C19", "craftsman_awards.craftsman_winners", "20"),
    ("C19", "craftsman_awards.craftsman_prize", "30000"),
    ("C19", "craftsman_awards.expert_winners", "100"),
    ("C19", "craftsman_awards.expert_prize", "10000"),
    ("C19", "national_awards.skills_award_prize", "200000"),
    ("C19", "national_awards.expert_prize", "100000"),
    ("C21", "contest_training_bases.fewest", "3"),
    ("C21", "contest_training_bases.most", "5"),
    ("C21", "contest_prizes.gold_prize", "100000"),
    ("C21", "contest_prizes.silver_prize", "50000"),
    ("C21", "contest_prizes.bronze_prize", "20000"),
    ("C21", "contest_prizes.national_first_prize", "50000"),
    ("C21", "contest_prizes.national_second_prize", "30000"),
    ("C21", "contest_prizes.national_third_prize", "10000"),
    ("C21", "contest_prizes.events", "50"),
    ("C21", "contest_prizes.first_prize", "10000"),
    ("C21", "contest_prizes.second_prize", "5000"),
    ("C21", "contest_prizes.third_prize", "3000"),
)
AT = {"skill_upgrade_subsidy.tenure": 0}  # step: the document's value, before a later rule
SETTINGS = (  # C17: which level may apply for which engineer-track title
    ("training.title_junior", "senior"),
    ("training.title_intermediate", "technician"),
    ("training.title_senior", "senior_technician"),
)


@pytest.mark.parametrize(("clause", "address", "figure"), FIGURES)
def test_a_figure_of_the_document_is_a_law_parameter_of_its_clause(
    clause: str, address: str, figure: str
) -> None:
    topic, _, field = address.partition(".")
    one = all_topics()[topic].parameters[field]
    _, raw = one.steps[AT.get(address, -1)]
    assert Decimal(str(raw)) == Decimal(figure)
    assert one.grade == "law"
    assert clause in one.cite["en"]
    assert f"第{clause.removeprefix('C')}条" in one.cite["zh"]


@pytest.mark.parametrize(("clause", "address", "figure"), FIGURES)
def test_policy_answers_with_the_figure_under_its_clause(
    clause: str, address: str, figure: str
) -> None:
    answered = clause_mapping(clauses()[clause])["parameters"]
    shown = {one["address"]: [Decimal(v["value"]) for v in one["values"]]
             for one in answered if one["address"] == address}  # fmt: skip
    assert Decimal(figure) in shown[address]


@pytest.mark.parametrize(("address", "level"), SETTINGS)
def test_each_title_stands_for_its_level(address: str, level: str) -> None:
    topic, _, field = address.partition(".")
    one = all_topics()[topic].parameters[field]
    assert one.steps[-1][1] == level
    assert one.grade == "law"
    assert "C17" in one.cite["en"]


def test_no_other_number_claims_to_be_the_document_s() -> None:
    known = {address for _, address, _ in FIGURES} | {"appraisal_subsidy.groups"}
    claimed = {
        f"{topic.name}.{field}"
        for topic in all_topics().values()
        for field, one in topic.parameters.items()
        if one.grade == "law" and not one.options and one.unit != "switch"
    }
    assert claimed == known


def test_every_clause_says_how_it_stands() -> None:
    found = {name: clause_mapping(one) for name, one in clauses().items()}
    assert {f"C{number}" for number in range(1, 30)} | {"三"} <= set(found)
    for name, one in found.items():
        answered = one["modelled"] or one["not_modelled"]
        assert answered, name
        if one["status"] in ("modelled", "partly"):
            assert one["files"], name
        assert one["status"] != "planned", name
