"""Put the locked packages and the project itself into .venv; do nothing if that is done.

Used by Makefile and make.ps1 with any Python from 3.11 to 3.13; needs the standard library only.
``python .ci/install.py [EXTRA...]`` where EXTRA is one of browser, analysis, cluster.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
EXTRAS = ("analysis", "browser", "cluster")
OLDEST, NEWEST = (3, 11), (3, 13)
NO_VENV = """\
这个 Python 没有 venv 或 ensurepip，无法建立虚拟环境：{python}
  Debian、Ubuntu：apt install python3-venv；也可以安装 python.org 的 Python 3.11 至 3.13。
This Python cannot make virtual environments (no venv or ensurepip): {python}
  Debian, Ubuntu: apt install python3-venv. Python 3.11 to 3.13 from python.org does as well.
"""
FAILED = """\
依赖没有装好。检查网络后再执行同一条命令即可接着安装。
英特尔芯片的苹果电脑没有 numba 的安装包，不能使用。
The packages were not installed. Check the network and repeat the same command.
Macs with Intel chips have no numba packages and cannot be used.
"""


def supported(version: tuple[int, int]) -> bool:
    """Whether the lock holds for this Python version."""
    return OLDEST <= version <= NEWEST


def locks(extras: list[str]) -> list[Path]:
    """Lock files that make up the environment, the common one first."""
    names = ["requirements.txt", *(f"requirements-{e}.txt" for e in sorted(extras))]
    return [ROOT / name for name in names]


def stamp(files: list[Path]) -> str:
    """What .venv holds once it is complete: a digest of the lock files and pyproject.toml."""
    digest = hashlib.sha256()
    for file in [ROOT / "pyproject.toml", *files]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def interpreter(venv: Path) -> Path:
    """The Python inside a virtual environment on this system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def usable(python: Path) -> bool:
    """Whether .venv's Python starts, is of a supported version and has pip."""
    asked = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([str(python), "-c", asked], capture_output=True, text=True)
    except OSError:
        return False
    numbers = answer.stdout.split()
    return answer.returncode == 0 and supported((int(numbers[0]), int(numbers[1])))


def create(venv: Path) -> None:
    """Make an empty virtual environment, in place of one that no longer works."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(NO_VENV.format(python=sys.executable))
    if venv.exists():
        shutil.rmtree(venv)
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)])
    if made.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise SystemExit(NO_VENV.format(python=sys.executable))


def main() -> None:
    """Bring .venv up to the lock."""
    unknown = sorted(set(sys.argv[1:]) - set(EXTRAS))
    if unknown:
        raise SystemExit(f"{' '.join(unknown)}: not one of {' '.join(EXTRAS)}")
    files = locks(sys.argv[1:])
    mark = VENV / ("longjiang-" + "-".join(file.stem for file in files) + ".stamp")
    wanted = stamp(files)
    if mark.exists() and mark.read_text() == wanted and interpreter(VENV).exists():
        return
    if not usable(interpreter(VENV)):
        create(VENV)
    print("正在安装依赖 / installing packages: .venv", file=sys.stderr)
    pip = [str(interpreter(VENV)), "-m", "pip", "--disable-pip-version-check", "install"]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    for file in files:
        locked = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(file)]
        if subprocess.run([*pip, *quiet, *locked]).returncode:
            raise SystemExit(FAILED)
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    if subprocess.run([*pip, "--quiet", *itself]).returncode:
        raise SystemExit(FAILED)
    mark.write_text(wanted)


if __name__ == "__main__":
    if not supported(sys.version_info[:2]):
        raise SystemExit("需要 Python 3.11 至 3.13 / Python 3.11 to 3.13 is needed")
    main()
