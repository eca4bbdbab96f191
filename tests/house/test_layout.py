"""The house: imports point one way, packages are complete, no room for odds and ends."""

import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("model", "scenarios", "calibration", "app")
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "info", "misc"}
SOURCES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"
MOST_LINES = 400  # about 300 is the aim


def installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", ROOT / ".ci" / "install.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_import_contracts_hold() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_say_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in SOURCES}

    assert (
        sorted(str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()) == []
    )


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [str(p.relative_to(ROOT)) for p in SOURCES if p.stem in NAMELESS] == []


def test_no_file_grows_too_long() -> None:
    lengths = {str(p.relative_to(ROOT)): p.read_text("utf-8").count("\n") for p in SOURCES}

    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_every_suppression_names_its_rule() -> None:
    bare = re.compile(r"#\s*(noqa(?!: ?[A-Z])|type: ignore(?!\[))")

    assert [str(p.relative_to(ROOT)) for p in SOURCES if bare.search(p.read_text("utf-8"))] == []


def test_supported_versions_are_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    install = installer()

    assert project["requires-python"] == ">=3.11,<3.14"
    assert [install.supported((3, minor)) for minor in (10, 11, 12, 13, 14)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_a_changed_lock_asks_for_a_new_installation(tmp_path: Path) -> None:
    install = installer()
    for name in ("pyproject.toml", "requirements.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    install.ROOT = tmp_path
    before = install.stamp(install.locks([]))

    assert install.stamp(install.locks([])) == before
    (tmp_path / "requirements.txt").write_text("six==1.17.0\n", encoding="utf-8")
    assert install.stamp(install.locks([])) != before


def test_windows_offers_the_same_targets_as_make() -> None:
    make = (ROOT / "Makefile").read_text("utf-8")
    windows = (ROOT / "make.ps1").read_text("utf-8-sig")

    for target in ("setup", "run", "app", "test", "test-all", "check"):
        assert f"\n{target}:" in make
        assert f'\n    "{target}" {{' in windows.replace("\r\n", "\n")


def test_the_wheel_carries_every_parameter_file_and_table(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    held = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".yaml", ".csv", ".typed"} and "__pycache__" not in path.parts
    }

    assert wanted - held == set()
    assert any(name.endswith(".yaml") for name in wanted)
