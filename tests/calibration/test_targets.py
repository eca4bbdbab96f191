"""The file of targets: complete, computable, without figures that nobody uses."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from calibration import targets as module
from calibration.moments import given_values
from calibration.published import NotPublishedError, statistics, total
from calibration.targets import TargetError, targets

MODEL = Path(__file__).parents[2] / "model"


def test_every_target_has_a_figure_somewhere() -> None:
    given = given_values()
    for target in targets().targets:
        found = []
        for region in target.regions():
            try:
                found.append(total(target.published, region, given))
            except NotPublishedError:
                continue
        assert found, target.name
        assert all(one.ids for one in found), target.name


def test_every_figure_carried_over_is_used() -> None:
    given = given_values()
    used = {
        identity
        for target in targets().targets
        for region in target.regions()
        for identity in _ids(target.published, region, given)
    }
    said = " ".join(one.ids for one in targets().left_out)
    by_topic = {"employed_urban_units", "share_secondary_in_urban_units", "wage_on_post"}
    idle = {
        s.id
        for s in statistics().values()
        if s.id not in used and s.id not in said and s.topic not in by_topic
    }

    assert idle == set()


def _ids(formula: str, region: str, given: dict[str, float]) -> tuple[str, ...]:
    try:
        return total(formula, region, given).ids
    except NotPublishedError:
        return ()


def test_what_has_to_be_among_them_is() -> None:
    names = {t.name for t in targets().targets}
    wanted = {
        "exits_state", "exits_private_survey", "longmay_change", "daqing_change",
        "formal_secondary_prefecture", "pay_prefecture", "technician_certificates_2017",
        "insured", "premium_base", "premiums", "person_times", "highskilled_growth",
        "stay_job_coverage", "skill_claims", "industrial_workers",
    }  # fmt: skip

    assert wanted <= names


def test_at_least_a_fifth_of_the_targets_test_the_model() -> None:
    uses = [t.use for t in targets().targets]

    assert uses.count("test") * 5 >= len(uses)


def cited() -> set[str]:
    """Statistics that parameters and inputs of the population cite, ranges like B0133-B0137 too."""
    found = set()
    parameters = sorted((MODEL / "parameters").glob("*.yaml"))
    inputs = MODEL / "population" / "inputs"
    tables = [inputs / f"{name}.csv" for name in ("numbers", "tables", "groups")]
    for file in [*parameters, *tables]:
        for letter, first, last in re.findall(
            r"\b([A-HP])(\d{4})(?:-[A-HP](\d{4}))?\b", file.read_text("utf-8")
        ):
            numbers = range(int(first), int(last or first) + 1)
            found |= {f"{letter}{number:04d}" for number in numbers}
    return found


# The share of rural registration in the nation: an alternative of the population, not in use.
# The share with a title in the nation: named beside `training.title_share`, which is not set by it.
NOT_IN_USE = {"H0003", "H0005"}


def test_a_figure_that_a_parameter_cites_does_not_test_the_model() -> None:
    given = given_values()
    seen = cited() - NOT_IN_USE
    wrong = {
        (target.name, identity)
        for target in targets().targets
        if target.use == "test"
        for region in target.regions()
        for identity in _ids(target.published, region, given)
        if identity in seen
    }

    assert {"A0325", "F0014", "B0135", "D0009"} <= seen
    assert wrong == set()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("measure", "happiness", "measure"),
        ("group", "weather", "group"),
        ("each", "county", "each"),
        ("anomalies", {"harbin": {"zh": "错", "en": "wrong"}}, "anomalies"),
        ("use", "hope", "use"),
        ("colour", "red", "colour"),
    ],
)
def test_a_wrong_target_is_refused(
    field: str, value: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(module.FILE.read_text("utf-8"))
    content["targets"][0][field] = value
    file = tmp_path / "targets.yaml"
    with file.open("w", encoding="utf-8") as out:
        YAML(typ="safe", pure=True).dump(content, out)
    monkeypatch.setattr(module, "FILE", file)

    with pytest.raises((TargetError, ValueError), match=said):
        targets.__wrapped__()
