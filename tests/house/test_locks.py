"""The locks: every package pinned by hash, nothing about the machine that made them."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\\\n]*?)(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})*)$",
    re.MULTILINE,
)
PLACE = re.compile(
    r"https?:|file:|--index|--extra-index|--find-links|--trusted|^/|^-[a-z] ", re.MULTILINE
)


def pins(lock: str) -> dict[str, tuple[Requirement, int]]:
    """Requirement and number of hashes of each package of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = [(Requirement(m["pin"]), m["hashes"].count("--hash")) for m in PIN.finditer(text)]
    return {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in found}


def asked(extra: str) -> list[Requirement]:
    """Packages named in pyproject.toml for everybody and for one extra."""
    optional = PROJECT["optional-dependencies"]
    named = PROJECT["dependencies"] + (optional[extra] if extra else [])
    return [Requirement(text) for text in named]


def test_there_is_one_common_lock_and_one_per_extra() -> None:
    extras = set(PROJECT["optional-dependencies"]) - {"dev"}

    assert set(LOCKS) == {"requirements.txt", *(f"requirements-{e}.txt" for e in extras)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_to_one_version_with_hashes(lock: str) -> None:
    loose = [
        name
        for name, (pin, hashes) in pins(lock).items()
        if hashes == 0 or not re.fullmatch(r"==[^,*]+", str(pin.specifier))
    ]

    assert loose == []
    assert len(pins(lock)) > 50


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_tells_where_it_was_made(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert PLACE.findall(text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str) -> None:
    extra = lock.removeprefix("requirements").removesuffix(".txt").removeprefix("-") or "dev"
    held = pins(lock)

    unmet = []
    for need in asked(extra):
        pin = held.get(canonicalize_name(need.name))
        version = str(pin[0].specifier).removeprefix("==") if pin else ""
        if not pin or not need.specifier.contains(version):
            unmet.append(str(need))

    assert unmet == []


@pytest.mark.parametrize("lock", [name for name in LOCKS if name != "requirements.txt"])
def test_extras_share_the_versions_of_the_common_lock(lock: str) -> None:
    common = pins("requirements.txt")

    differing = [
        name
        for name, (pin, _) in pins(lock).items()
        if name in common and pin.specifier != common[name][0].specifier
    ]

    assert differing == []


def test_windows_gets_its_own_packages() -> None:
    held = pins("requirements.txt")

    needed = {name: held[name][0].marker for name in ("colorama", "tzdata")}

    assert all(m is None or m.evaluate({"sys_platform": "win32"}) for m in needed.values())


def test_what_is_installed_is_what_the_lock_says() -> None:
    differing = []
    for name, (pin, _) in pins("requirements.txt").items():
        if pin.marker is None or pin.marker.evaluate():
            installed = metadata.version(name)
            if not pin.specifier.contains(installed, prereleases=True):
                differing.append(f"{pin}: {installed}")

    assert differing == []
