"""Same seed, same bits: threads, blocks, processes, hash seeds, processors, Python versions."""

import shutil
import subprocess
import sys
import venv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios.runner import Request, run_scenarios, run_seed
from tests.invariance.elsewhere import ROOT, diaries_elsewhere
from tests.lived import SMALL, STORM, Diary, Job, diary, differences, scenario

JOB = Job(STORM, seed=3, until="2018-06")
OTHER_PYTHON = (3, 13)


@pytest.fixture(scope="module")
def straight() -> Diary:
    """The province of the job with one thread, in one block."""
    return diary(JOB)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("block", [700, 97])
def test_threads_and_blocks_change_no_bit(threads: int, block: int, straight: Diary) -> None:
    assert differences(straight, diary(replace(JOB, threads=threads, block=block))) == []


@pytest.mark.parametrize("block", [1, 2_221, 2_222, 1 << 20])
def test_blocks_of_one_and_of_everybody_change_no_bit(block: int, straight: Diary) -> None:
    short = replace(JOB, until="2017-03", block=block)
    pages = diary(short)
    assert differences({month: straight[month] for month in pages}, pages) == []


def test_a_control_another_seed_changes_nearly_everything(straight: Diary) -> None:
    other = diary(replace(JOB, seed=2))
    last = max(straight)
    same = [part for part in straight[last] if straight[last][part] == other[last][part]]
    assert len(same) < len(straight[last]) / 4


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_the_hash_seed_of_python_changes_no_bit(
    hash_seed: str, straight: Diary, tmp_path: Path
) -> None:
    environment = {"PYTHONHASHSEED": hash_seed}
    (found,) = diaries_elsewhere([JOB], tmp_path, environment=environment)
    assert differences(straight, found) == []


PROCESSORS = {
    "numpy without AVX-512": {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL"},
    "numpy without AVX2": {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL"},
    "an older compiler target": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "another BLAS kernel": {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "2"},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PROCESSORS)
def test_features_of_the_processor_change_no_bit(
    name: str, straight: Diary, tmp_path: Path
) -> None:
    environment = {**PROCESSORS[name], "LONGJIANG_CACHE": str(tmp_path / "cache")}
    (found,) = diaries_elsewhere([JOB], tmp_path, environment=environment)
    assert differences(straight, found) == []


def other_python(folder: Path) -> str | None:
    """An interpreter of the other version with the locked packages; None where there is none."""
    version = ".".join(map(str, OTHER_PYTHON))
    installed = Path.home() / ".pyenv" / "versions"
    found = sorted(installed.glob(f"{version}.*/bin/python")) if installed.is_dir() else []
    base = str(found[0]) if found else shutil.which(f"python{version}")
    if base is None:
        return None
    place = folder / "venv"
    if Path(base).resolve() == Path(sys.executable).resolve():
        venv.create(place, with_pip=True)
    else:
        subprocess.run([base, "-m", "venv", str(place)], check=True)
    python = place / "bin" / "python"
    lock = str(ROOT / "requirements.txt")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
    subprocess.run(pip, check=True)
    return str(python)


@pytest.mark.slow
def test_another_python_gives_the_same_bits(tmp_path: Path) -> None:
    python = other_python(tmp_path)
    if python is None:
        pytest.skip(f"no Python {OTHER_PYTHON} here")
    jobs = [
        Job("policy_2017", until="2020-12"),
        Job("no_policy", seed=2, until="2018-12"),
        Job(STORM, seed=3, until="2020-12", n=500),
    ]
    environment = {"LONGJIANG_CACHE": str(tmp_path / "cache")}
    found = diaries_elsewhere(jobs, tmp_path, python=python, environment=environment)
    for job, other in zip(jobs, found, strict=True):
        assert differences(diary(job), other) == []


FRAMES = ("outcomes", "ledger", "funds", "people", "incidence")


def assert_same_run(one: Any, other: Any) -> None:
    assert (one.scenario, one.seed, one.digest) == (other.scenario, other.seed, other.digest)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


NAMES = ["policy_2017", "no_policy"]
SEEDS = Request(scale=SMALL, seeds=3, seed=3, until="2018-01", jobs=1)


def test_one_process_and_two_give_the_same_runs() -> None:
    alone, shared = (run_scenarios(NAMES, replace(SEEDS, jobs=jobs)) for jobs in (1, 2))
    for name in NAMES:
        assert [run.seed for run in shared[name]] == [3, 4, 5]
        for one, other in zip(alone[name], shared[name], strict=True):
            assert_same_run(one, other)


def test_the_order_of_seeds_and_of_scenarios_changes_no_run() -> None:
    both = [scenario(name) for name in NAMES]
    straight = {(r.scenario, r.seed): r for s in (3, 4, 5) for r in run_seed(both, SEEDS, s)}
    mixed = [r for s in (5, 3, 4) for r in run_seed(both[::-1], SEEDS, s)]
    assert len(mixed) == len(straight) == 6
    for run in mixed:
        assert_same_run(straight[run.scenario, run.seed], run)
