"""Documents: current tables, examples that run, links that lead somewhere, commands that exist."""

import ast
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from model.deciding import BEHAVIOUR
from model.parameters.reader import all_topics
from scenarios.case import calculate
from scenarios.case_file import read
from scenarios.case_kinds import kinds
from scenarios.runner import simulate
from scenarios.scenario import load, shipped
from tests import lived

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])
GUIDES = (DOCS / "guide.zh.md", DOCS / "guide.en.md", ROOT / "README.md")
FENCE = re.compile(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block: its language, what stands after it, and its text."""

    language: str
    mark: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def marked(page: Path, mark: str) -> list[str]:
    return [block.text for block in blocks(page) if block.mark == mark]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_code(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


# The table of parameters


def test_the_table_of_parameters_is_current() -> None:
    made = script("parameters")
    assert made.main(["--check"]) == 0, "run: python docs/parameters.py"


def test_a_changed_number_makes_the_table_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = script("parameters")
    page = tmp_path / "parameters.md"
    page.write_text(made.page().replace("| 0.5 |", "| 0.6 |", 1), encoding="utf-8")
    monkeypatch.setattr(made, "PAGE", page)
    assert made.main(["--check"]) == 1
    assert made.main([]) == 0
    assert made.main(["--check"]) == 0


def test_the_table_holds_every_address_once() -> None:
    text = (DOCS / "parameters.md").read_text(encoding="utf-8")
    addresses = [
        f"{topic.name}.{name}" for topic in all_topics().values() for name in topic.parameters
    ]
    assert [a for a in addresses if text.count(f"| `{a}`") != 1] == []


def other_value(address: str) -> object:
    """A value that differs from the one in force."""
    topic, _, name = address.partition(".")
    found = all_topics()[topic].parameters[name]
    now = found.values[-1][1]
    if found.options:
        return next(option for option in found.options if option != now)
    far = found.high if found.high != now else found.low
    return int(far) if far == int(far) else float(far)


def test_parameters_marked_as_unheeded_change_no_run() -> None:
    marked_so = script("parameters").UNHEEDED
    change: Any = lived.STORM["change"]
    moved = [
        {"parameter": a, "from": "2016-01", "value": other_value(a), "because": "to test"}
        for a in sorted(marked_so)
    ]
    changed = {**lived.STORM, "change": [*change, *moved]}
    heeded = [
        {"parameter": address, "from": "2016-01", "value": value, "because": "to test"}
        for address, value in (
            ("wage_drop_subsidy.rate", 0.4),
            ("apprenticeship_subsidy.payee", "person"),
        )
    ]
    controls = [{**lived.STORM, "change": [*change, one]} for one in heeded]
    runs = [  # with seed 3 both C12 and apprenticeships pay
        simulate(scenario, scale=lived.SMALL, seeds=1, seed=3, until="2020-12", jobs=1).runs[0]
        for scenario in (lived.STORM, changed, *controls)
    ]
    assert runs[0].ledger.equals(runs[1].ledger)
    assert runs[0].outcomes.equals(runs[1].outcomes)
    for run in runs[2:]:
        assert not runs[0].ledger.equals(run.ledger), "a control must differ"


# Examples


def test_the_examples_of_changed_behaviour_run() -> None:
    examples = marked(DOCS / "extending.md", "run")
    assert len(examples) >= 4
    namespace: dict[str, Any] = {"__name__": "docs_extending"}
    for text in examples:
        exec(compile(text, "docs/extending.md", "exec"), namespace)


def test_the_example_of_an_instrument_works_as_it_is_printed(tmp_path: Path) -> None:
    """In a copy of the project, so that nothing here changes."""
    for package in ("model", "scenarios"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    files = [block for block in blocks(DOCS / "extending.md") if "/" in block.mark]
    assert len(files) == 5
    for block in files:
        path = tmp_path / block.mark
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    test = next(block.mark for block in files if block.mark.startswith("tests/"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"}
    added = marked(DOCS / "extending.md", "added")
    here = f"import model; assert model.__file__.startswith({str(tmp_path)!r})\n"
    for words in (
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        ["-c", here + "".join(added)],
    ):
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    names = ("test_every_reason", "test_clause_settings", "test_no_fact")
    registry = "tests/model/instruments/test_registry.py"
    shutil.copy(ROOT / registry, tmp_path / registry)
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", registry, "-k", " or ".join(names)]
    done = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_python_example_can_be_read_and_imports_what_exists(page: Path) -> None:
    for block in blocks(page):
        if block.language != "python" or "junior_bonus" in block.text:
            continue
        for node in ast.walk(ast.parse(block.text)):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                assert [a.name for a in node.names if not hasattr(module, a.name)] == []


def test_every_scenario_and_case_of_the_guides_is_right(tmp_path: Path) -> None:
    for guide in GUIDES[:2]:
        (scenario,), (case,) = marked(guide, "scenario"), marked(guide, "case")
        path = tmp_path / "示例.yaml"
        path.write_text(scenario, encoding="utf-8")
        assert load(path).differences
        path.write_text(case, encoding="utf-8")
        assert "wage_drop_subsidy" in calculate(path).to_json()


def test_the_guides_show_every_further_list_of_a_case_with_an_example_that_is_paid(
    tmp_path: Path,
) -> None:
    for guide in GUIDES[:2]:
        (lists,) = marked(guide, "lists")
        path = tmp_path / "lists.yaml"
        path.write_text(lists, encoding="utf-8")
        entries = read(path).lists
        paid = set()
        for month in ("2019-03", "2019-06"):  # cooperations are paid in March, institutions in June
            text = lists.replace("month: 2019-06", f"month: {month}", 1)
            path.write_text(text, encoding="utf-8")
            paid |= {item.who for item in calculate(path).items if item.eligible}
        assert set(entries) == set(kinds())
        assert [one["id"] for of in entries.values() for one in of if one["id"] not in paid] == []
        rows = without_code(guide).splitlines()
        for name, kind in kinds().items():
            (row,) = [line for line in rows if line.startswith(f"| `{name}` |")]
            assert [field for field in kind.fields if f"`{field}`" not in row] == [], name


def test_the_list_of_decisions_is_complete() -> None:
    rows = [
        line for line in without_code(DOCS / "extending.md").splitlines() if line.startswith("| `")
    ]
    listed = {}
    for row in rows:
        names, who, rule, topic = (cell.strip() for cell in row.strip("|").split("|"))
        for name in names.split(", "):
            listed[name.strip("`")] = (who, rule.strip("`"), topic.strip("`"))
    assert listed == {
        d.name: (d.agent, d.rule.__module__.replace(".", "/") + ".py", d.topic) for d in BEHAVIOUR
    }


def test_every_shipped_scenario_is_in_the_guides() -> None:
    for guide in GUIDES[:2]:
        text = guide.read_text(encoding="utf-8")
        assert [name for name in shipped() if f"`{name}`" not in text] == []


# Names that the documents use


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_parameter_and_file_that_is_named_exists(page: Path) -> None:
    topics = all_topics()
    text = without_code(page)
    for topic, name in re.findall(r"`(\w+)\.(\w+)[`*]", text):
        if topic in topics and f"{topic}.{name}*" not in text and name not in ("py", "yaml", "csv"):
            assert name in topics[topic].parameters, f"{page.name}: {topic}.{name}"
    for topic, stem in re.findall(r"`(\w+)\.(\w+_)\*`", text):
        assert any(name.startswith(stem) for name in topics[topic].parameters), f"{topic}.{stem}*"
    for path in re.findall(r"`((?:model|scenarios|calibration|app|docs|tests)/[\w./]*)`", text):
        assert (ROOT / path).exists() or "junior_bonus" in path, f"{page.name}: {path}"


def anchors(page: Path) -> set[str]:
    text = without_code(page)
    found = set(re.findall(r'<a id="([^"]+)"', text))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"[`*]", "", heading).strip().lower()
        kept = (c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
        found.add("".join(kept).replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(without_code(page)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}: {link}"


def commands() -> Any:
    """The commands of ``longjiang`` by name, each with its options."""
    import typer

    from app.commands.every import app

    group = typer.main.get_command(app)
    return {
        name: {option for p in command.params for option in p.opts}
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }


def said(guide: Path) -> list[list[str]]:
    """Words after ``longjiang`` wherever a guide shows a command, up to a remark beside it."""
    text = guide.read_text(encoding="utf-8")
    lines = re.findall(r"^(?:\.venv/bin/)?longjiang ([^\n]+)$", text, re.MULTILINE)
    inline = re.findall(r"`longjiang ([^`]+)`", text)
    return [re.split(r"\s{2,}", line)[0].split() for line in [*lines, *inline]]


@pytest.mark.parametrize("guide", [*GUIDES, DOCS / "index.md"], ids=lambda p: p.name)
def test_every_command_and_option_that_is_named_exists(guide: Path) -> None:
    known = commands()
    assert said(guide)
    for name, *words in said(guide):
        assert name in known, f"{guide.name}: longjiang {name}"
        options = {word for word in words if word.startswith("--")} - {"--help", "--lang"}
        assert options <= known[name], f"{guide.name}: longjiang {name} {words}"


def test_every_command_is_in_both_guides() -> None:
    for guide in GUIDES[:2]:
        assert set(commands()) <= {name for name, *_ in said(guide)}
