"""Recorded figures: facts whose verdicts changed need an entry, far figures need a reason."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from calibration.claims import VERDICTS, claims
from calibration.moments import FACTOR
from calibration.targets import targets

ROOT = Path(__file__).parents[2]
FACTS_FILE = ROOT / "docs" / "facts.csv"
MOMENTS_FILE = ROOT / "docs" / "moments.csv"
RECORD = Path(__file__).parent / "verdicts.yaml"


def verdicts(file: Path) -> dict[str, str]:
    """Verdict of each fact in a file of figures."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["verdict"] for row in csv.DictReader(lines)}


def faults(found: dict[str, str], record: dict[str, Any], changelog: str) -> list[str]:
    """What stands between the file of figures, the record of verdicts and the changelog."""
    wrong = []
    for name in sorted(set(found) | set(record)):
        noted = record.get(name, {})
        if found.get(name) != noted.get("verdict"):
            wrong.append(f"{name}: {found.get(name)}, recorded {noted.get('verdict')}")
        elif noted["changelog"] not in changelog:
            wrong.append(f"{name}: no entry {noted['changelog']!r} in the changelog")
    return wrong


def test_every_verdict_is_recorded_and_has_its_entry() -> None:
    record = YAML(typ="safe", pure=True).load(RECORD.read_text("utf-8"))
    changelog = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())

    assert faults(verdicts(FACTS_FILE), record, changelog) == [], (
        "a verdict changed: write an entry in CHANGELOG.md and name it in verdicts.yaml beside this"
    )


@pytest.mark.parametrize(
    ("found", "record", "entry"),
    [
        ({"L3": "holds"}, {"L3": {"verdict": "does_not_hold", "changelog": "a"}}, "a"),
        ({"L3": "holds"}, {"L3": {"verdict": "holds", "changelog": "b"}}, "a"),
        ({"L3": "holds"}, {}, "a"),
        ({}, {"L3": {"verdict": "holds", "changelog": "a"}}, "a"),
    ],
)
def test_a_verdict_that_changed_unsaid_is_noticed(
    found: dict[str, str], record: dict[str, Any], entry: str
) -> None:
    assert len(faults(found, record, entry)) == 1
    assert faults({"L3": "holds"}, {"L3": {"verdict": "holds", "changelog": "a"}}, "a") == []


def test_the_file_of_facts_holds_every_figure() -> None:
    found = pd.read_csv(FACTS_FILE)
    wanted = [(name, figure.name) for name, c in claims().items() for figure in c.figures]

    assert sorted(zip(found["id"], found["figure"], strict=True)) == sorted(wanted)
    assert set(found["verdict"]) <= set(VERDICTS)
    assert found["command"].str.startswith("python -m calibration.facts").all()


def test_every_figure_far_off_has_its_reason_and_no_other_has_one() -> None:
    found = pd.read_csv(MOMENTS_FILE)
    inside = found["ratio"].between(1 / FACTOR, FACTOR)
    far = set(found.loc[(found["judged"] == 1) & ~inside, "name"])
    explained = {t.name for t in targets().targets if t.because}

    assert explained == far


def test_the_pages_hold_what_the_files_hold() -> None:
    moments, facts = (
        (ROOT / "docs" / name).read_text("utf-8") for name in ("moments.md", "facts.md")
    )
    found = pd.read_csv(MOMENTS_FILE)

    assert all(t.says.zh in moments and t.says.en in moments for t in targets().targets)
    assert len(found) == sum(line.startswith("| ") for line in moments.split("\n")) // 2 - 2 * len(
        targets().groups
    )
    assert all(c.claim.zh in facts and c.claim.en in facts for c in claims().values())
