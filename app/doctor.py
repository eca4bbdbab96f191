"""What would go wrong on this machine: versions, compiler, cores, memory, cache, fonts, screen.

Every check answers even where the thing it looks at is broken: the doctor never raises.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from enum import IntEnum, unique
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

from model.words import both, text

GIB = 1 << 30
LEAST_MEMORY_GIB = 4  # below this several seeds side by side may not fit
LEAST_DISK_GIB = 1  # compiled code and checkpoints
OLDEST, NEWEST = (3, 11), (3, 13)  # versions for which the lock is compiled and tried
SHOWN = ("mesa", "numpy", "numba", "scipy", "pandas", "pyarrow", "streamlit")
LOCK = Path(__file__).parent.parent / "requirements.txt"  # absent where installed from a wheel
SAMPLE = "龙江工匠"
LAST_RESORT = "Last Resort"  # comes with matplotlib; has a box for every character


@unique
class State(IntEnum):
    """How bad a finding is; the worst one decides."""

    GOOD = 0
    WARNING = 1  # it runs, but slower, uglier or with other last digits
    FAILURE = 2


class Check(NamedTuple):
    """One finding: what was looked at, how it is, and what to do, by language."""

    topic: str
    state: State
    finding: dict[str, str]
    remedy: dict[str, str] | None = None


def report() -> list[Check]:
    """Every check of this machine, in the order in which people read them."""
    return [
        check_python(sys.version_info[:2]),
        check_packages(),
        check_compiler(),
        check_cores(usable_cores(), os.cpu_count() or 1),
        check_memory(available_memory()),
        check_cache(cache_folder()),
        check_fonts(chinese_font()),
        check_screen(getattr(sys.stdout, "encoding", None) or "ascii"),
    ]


def worst(checks: list[Check]) -> State:
    """The state that decides; FAILURE means that nothing should be run here."""
    return max((check.state for check in checks), default=State.GOOD)


def render(checks: list[Check], lang: str) -> str:
    """The report as lines of text in Chinese or English, the verdict last."""
    lines = [text("doctor.title", lang)]
    for check in checks:
        state = text(f"doctor.state.{check.state.name.lower()}", lang)
        topic = text(f"doctor.topic.{check.topic}", lang)
        lines.append(f"[{state}] {topic}: {check.finding[lang]}")
        if check.remedy:
            lines.append(f"    → {check.remedy[lang]}")
    lines.append(text(f"doctor.verdict.{worst(checks).name.lower()}", lang))
    return "\n".join(lines)


def check_python(version: tuple[int, int]) -> Check:
    """Whether this Python is one for which the lock was compiled, and of 64 bits."""
    system = f"{platform.system()} {platform.machine()}"
    finding = both("doctor.python.found", version=platform.python_version(), system=system)
    if OLDEST <= version <= NEWEST and sys.maxsize > 1 << 32:
        return Check("python", State.GOOD, finding)
    return Check("python", State.FAILURE, finding, both("doctor.python.remedy"))


def check_packages(lock: Path = LOCK) -> Check:
    """Whether the packages asked for are there, in the versions of the lock if there is one."""
    remedy = both("doctor.packages.missing_remedy")
    try:
        asked = [Requirement(line) for line in metadata.requires("longjiang") or ()]
    except metadata.PackageNotFoundError:
        finding = both("doctor.packages.uninstalled")
        return Check("packages", State.FAILURE, finding, remedy)
    missing = unmet([need for need in asked if need.marker is None])
    if missing:
        finding = both("doctor.packages.missing", names=", ".join(missing))
        return Check("packages", State.FAILURE, finding, remedy)
    other = unmet(pins(lock))
    if other:
        finding = both("doctor.packages.unlocked", names=", ".join(other))
        remedy = both("doctor.packages.unlocked_remedy")
        return Check("packages", State.WARNING, finding, remedy)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in SHOWN)
    return Check("packages", State.GOOD, both("doctor.packages.found", versions=versions))


def pins(lock: Path) -> list[Requirement]:
    """The pinned packages of a lock file that concern this machine; none without the file."""
    if not lock.is_file():
        return []
    lines = lock.read_text(encoding="utf-8").splitlines()
    named = [line.removesuffix("\\").strip() for line in lines if line[:1].isalnum()]
    pinned = [Requirement(line) for line in named]
    return [pin for pin in pinned if pin.marker is None or pin.marker.evaluate()]


def unmet(needs: list[Requirement]) -> list[str]:
    """Those of ``needs`` that are not installed, or in a version that will not do."""
    found = []
    for need in needs:
        try:
            version = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            found.append(str(need))
            continue
        if not need.specifier.contains(version, prereleases=True):
            found.append(f"{need.name} {version}")
    return found


def check_compiler() -> Check:
    """Compile one function and compare its answer; a broken compiler shows here first."""
    try:
        import numba

        if getattr(numba.config, "DISABLE_JIT", 0):
            remedy = both("doctor.compiler.off_remedy")
            return Check("compiler", State.WARNING, both("doctor.compiler.off"), remedy)
        compiled: Callable[[int], int] = numba.njit()(_trial)
        answer = compiled(20)
        version = numba.__version__
    except Exception as error:  # noqa: BLE001 - whatever it is, the doctor reports it
        return _compiler_broken(f"{type(error).__name__}: {error}")
    if answer != _trial(20):
        return _compiler_broken(f"{answer} != {_trial(20)}")
    return Check("compiler", State.GOOD, both("doctor.compiler.found", version=version))


def _compiler_broken(error: str) -> Check:
    finding = both("doctor.compiler.broken", error=error)
    return Check("compiler", State.FAILURE, finding, both("doctor.compiler.broken_remedy"))


def _trial(n: int) -> int:
    total = 0
    for i in range(n):
        total += i * i // 3
    return total


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_cores(usable: int, total: int) -> Check:
    """Whether anything can run side by side."""
    finding = both("doctor.cores.found", usable=usable, total=total)
    if usable > 1:
        return Check("cores", State.GOOD, finding)
    return Check("cores", State.WARNING, finding, both("doctor.cores.remedy"))


def available_memory() -> int | None:
    """Bytes that this process can still get, or the machine's memory; None if not to be told."""
    readers: dict[str, Callable[[], int]] = {
        "Linux": _linux_memory,
        "Darwin": _mac_memory,
        "Windows": _windows_memory,
    }
    try:
        return readers[platform.system()]()
    except (KeyError, OSError, ValueError, StopIteration, AttributeError):
        return None


def _linux_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    free = next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))
    for limit in ("memory.max", "memory/memory.limit_in_bytes"):  # of a container
        file = Path("/sys/fs/cgroup") / limit
        if file.is_file() and (bound := file.read_text(encoding="ascii").strip()).isdigit():
            free = min(free, int(bound))
    return free


def _mac_memory() -> int:
    asked = ["/usr/sbin/sysctl", "-n", "hw.memsize"]
    return int(subprocess.run(asked, capture_output=True, text=True, check=False).stdout)


def _windows_memory() -> int:
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    status = Status(length=ctypes.sizeof(Status))
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.available)


def check_memory(available: int | None) -> Check:
    """Whether several seeds fit side by side."""
    if available is None:
        return Check("memory", State.GOOD, both("doctor.memory.unknown"))
    finding = both("doctor.memory.found", gib=f"{available / GIB:.1f}")
    if available >= LEAST_MEMORY_GIB * GIB:
        return Check("memory", State.GOOD, finding)
    remedy = both("doctor.memory.remedy", least=LEAST_MEMORY_GIB)
    return Check("memory", State.WARNING, finding, remedy)


def cache_folder() -> Path:
    """Where the engine keeps compiled code; the user's home if the engine does not even load."""
    try:
        from model.engines.kernels import cache_folder as of_engine

        return of_engine()
    except Exception:  # noqa: BLE001 - check_compiler tells what is wrong with it
        return Path.home() / ".cache" / "longjiang"


def check_cache(folder: Path) -> Check:
    """Whether compiled code can be kept; tries it and leaves nothing behind."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"1")
        free = shutil.disk_usage(place).free
    except OSError as error:
        finding = both("doctor.cache.unwritable", folder=folder, error=error.strerror)
        remedy = both("doctor.cache.unwritable_remedy")
        return Check("cache", State.WARNING, finding, remedy)
    gib = f"{free / GIB:.1f}"
    if free < LEAST_DISK_GIB * GIB:
        finding = both("doctor.cache.full", folder=folder, gib=gib)
        return Check("cache", State.WARNING, finding, both("doctor.cache.full_remedy"))
    return Check("cache", State.GOOD, both("doctor.cache.found", folder=folder, gib=gib))


def chinese_font() -> str | None:
    """Name of a font that matplotlib finds and that has our sample of Chinese characters."""
    try:
        from matplotlib.font_manager import fontManager
    except ImportError:
        return None
    from app.figures import BUNDLED

    for file in sorted(BUNDLED.glob("*.[ot]tf")) if BUNDLED.is_dir() else ():
        fontManager.addfont(file)  # as figures do
    real = (font for font in fontManager.ttflist if not font.name.startswith(LAST_RESORT))
    return next((font.name for font in real if shows(font.fname, SAMPLE)), None)


def shows(font: str, sample: str) -> bool:
    """Whether a font file has every character of ``sample``."""
    from matplotlib.ft2font import FT2Font

    try:
        face = FT2Font(font)
        return all(face.get_char_index(ord(character)) for character in sample)
    except (OSError, RuntimeError):  # a font that cannot be read shows nothing
        return False


def check_fonts(name: str | None) -> Check:
    """Whether figures can carry Chinese text."""
    if name:
        return Check("fonts", State.GOOD, both("doctor.fonts.found", name=name))
    try:
        from matplotlib import get_cachedir

        folder = get_cachedir()
    except ImportError:
        folder = "matplotlib"
    remedy = both("doctor.fonts.missing_remedy", folder=folder)
    return Check("fonts", State.WARNING, both("doctor.fonts.missing"), remedy)


def check_screen(encoding: str) -> Check:
    """Whether the standard output can carry Chinese text."""
    finding = both("doctor.screen.found", encoding=encoding)
    try:
        SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Check("screen", State.WARNING, finding, both("doctor.screen.remedy"))
    return Check("screen", State.GOOD, finding)
