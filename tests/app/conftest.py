"""Commands run in this process, and one small run that several tests look at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.commands.every import app

SMALL = ["--scale", "1/2000", "--until", "2018-12", "--jobs", "1"]
Command = Callable[..., Result]


@pytest.fixture(scope="session")
def longjiang() -> Command:
    """The command, with standard output and standard error apart."""
    runner = CliRunner()

    def call(*words: object) -> Result:
        result = runner.invoke(app, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture(scope="session")
def ran(longjiang: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Folder and answer of one run of the policy with two seeds."""
    folder = tmp_path_factory.mktemp("out") / "结果 一"
    result = longjiang("run", "policy_2017", *SMALL, "--seeds", 2, "--out", folder)
    return folder, result
