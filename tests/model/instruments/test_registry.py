"""The registry: every instrument complete, in any order, and one more without an edit elsewhere."""

import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from model.instruments import registry, stay_job_subsidy
from model.instruments.channels import FACTS, Channel
from model.instruments.registry import RegistryError, instruments, on_channel, registered
from model.parameters.reader import all_topics
from model.words import LANGUAGES, catalogue, has

NAMES = (
    "apprenticeship_subsidy",
    "education_levy",
    "promotion_training_subsidy",
    "skill_upgrade_subsidy",
    "stay_job_subsidy",
    "unemployment_insurance",
    "wage_drop_subsidy",
)


def test_the_core_instruments_are_there_each_with_its_test() -> None:
    assert set(NAMES) <= set(instruments())
    tests = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {f"test_{name}" for name in instruments()} <= tests


@pytest.mark.parametrize("name", instruments())
def test_clause_settings_and_channel_agree_with_the_parameter_file(name: str) -> None:
    instrument, topic = instruments()[name], all_topics()[name]
    assert instrument.clause == (topic.clause or "earlier")
    assert topic.params is instrument.params
    options = {n: one.options for n, one in topic.parameters.items() if one.unit == "option"}
    codes = {n: tuple(c.name.lower() for c in kind) for n, kind in instrument.settings.items()}
    assert options == codes
    for kind in instrument.settings.values():
        assert [int(code) for code in kind] == list(range(len(kind)))


@pytest.mark.parametrize("name", instruments())
def test_every_reason_has_words_that_can_be_filled(name: str) -> None:
    instrument, topic = instruments()[name], all_topics()[name]
    known = {*FACTS[instrument.channel]._fields, *topic.parameters, *instrument.figures, "when"}
    places = dict.fromkeys(known, "…")
    for reason in instrument.reasons:
        key = f"reason.{name}.{reason.name.lower()}"
        assert has(key), key
        for lang in LANGUAGES:
            said = catalogue(lang)[key]
            assert said.format(**places), f"{lang} {key}"
            assert "{" not in said.format(**places)


def test_no_fact_figure_and_parameter_share_a_name() -> None:
    for instrument in instruments().values():
        names = [*FACTS[instrument.channel]._fields, *instrument.params._fields]
        names += instrument.figures
        assert len(set(names)) == len(names), instrument.name


def test_the_order_of_registration_changes_no_instrument() -> None:
    mixed = list(NAMES)
    random.Random(3).shuffle(mixed)
    assert mixed != list(NAMES)
    again = registered(mixed)
    assert dict(again) == {name: instruments()[name] for name in mixed}


def test_channels_partition_the_instruments() -> None:
    found = [one.name for channel in Channel for one in on_channel(channel)]
    assert sorted(found) == sorted(instruments())


def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **content: Any) -> str:
    """A folder that holds one instrument of its own, with some attributes exchanged."""
    name = "made_up_subsidy"
    module = ModuleType(f"model.instruments.{name}")
    vars(module).update(content)
    (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    (tmp_path / f"{name}.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return name


def test_one_more_file_is_one_more_instrument(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = _folder(monkeypatch, tmp_path, INSTRUMENT=stay_job_subsidy.INSTRUMENT)
    assert registry.names() == (name,)
    found = registered(registry.names())[name]
    assert (found.name, found.file) == (name, tmp_path / f"{name}.yaml")


def test_a_file_without_an_instrument_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = _folder(monkeypatch, tmp_path)
    with pytest.raises(RegistryError, match=r"made_up_subsidy\.py has no INSTRUMENT"):
        registered([name])


def test_an_instrument_without_parameter_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = _folder(monkeypatch, tmp_path, INSTRUMENT=stay_job_subsidy.INSTRUMENT)
    (tmp_path / f"{name}.yaml").unlink()
    with pytest.raises(RegistryError, match=r"no parameter file made_up_subsidy\.yaml"):
        registered([name])


def test_a_parameter_file_without_an_instrument_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _folder(monkeypatch, tmp_path)
    (tmp_path / "stray.yaml").write_text("", encoding="utf-8")
    with pytest.raises(RegistryError, match="stray"):
        registry.names()
