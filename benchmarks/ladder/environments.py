"""A virtual environment for each framework, made when it is first needed: their pins disagree."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.ladder.peers import Peer

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "bench"
LOCKS = Path(__file__).parent / "requirements"
VERSION = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
NEWEST = (3, 13)
INSTALL = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
INSTALL += ["--require-hashes", "--only-binary", ":all:", "-r"]


class GapError(Exception):
    """A framework cannot be run here; says why."""


def lock_of(peer: Peer) -> Path:
    """The file of pinned versions."""
    return LOCKS / f"{peer.name}.txt"


def interpreter(peer: Peer) -> Path:
    """The Python of the peer, installed if need be. Raises :class:`GapError` with the reason."""
    if not peer.packages:
        return Path(sys.executable)
    home = BUILT / peer.name
    inside = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / "lock.sha256"
    digest = hashlib.sha256(lock_of(peer).read_bytes()).hexdigest()
    if not (inside.exists() and stamp.exists() and stamp.read_text("utf-8") == digest):
        print(f"{peer.name}: installing", file=sys.stderr, flush=True)
        shutil.rmtree(home, ignore_errors=True)
        _run([_python(peer), "-m", "venv", str(home)])
        _run([str(inside), *INSTALL, str(lock_of(peer))])
        stamp.write_text(digest, encoding="utf-8")
    return inside


def _python(peer: Peer) -> str:
    """An interpreter that the peer's packages take: this one if it will do."""
    if peer.python <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(peer.python[1], NEWEST[1] + 1):
        for found in _named(f"python3.{minor}"):
            asked = subprocess.run([found, "-c", VERSION], capture_output=True, text=True)
            if asked.returncode == 0 and asked.stdout.split() == ["3", str(minor)]:
                return found
    wanted = ".".join(map(str, peer.python))
    raise GapError(f"no Python {wanted} to {NEWEST[0]}.{NEWEST[1]} found on the path")


def _named(name: str) -> list[str]:
    """Interpreters of that name on the path and among those of pyenv."""
    on_path = shutil.which(name)
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    others = [str(found) for found in home.glob(f"versions/*/bin/{name}")]
    return [on_path, *others] if on_path else others


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["no message"]
        raise GapError(f"installation failed: {said[-1].strip()}")
