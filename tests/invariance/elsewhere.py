"""Diaries lived in another process: another interpreter, hash seed, processor, or no compiler."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.lived import Diary, Job, Month

ROOT = Path(__file__).parents[2]


def diaries_elsewhere(
    jobs: Sequence[Job],
    folder: Path,
    *flags: str,
    python: str = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> list[Diary]:
    """Live the jobs in a process of their own and return their diaries."""
    file = folder / "jobs.json"
    file.write_text(json.dumps([asdict(job) for job in jobs]), encoding="utf-8")
    done = subprocess.run(
        [python, "-m", "tests.lived", str(file), *flags],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Month]] = json.loads(done.stdout)
    return [{int(month): page for month, page in one.items()} for one in found]
