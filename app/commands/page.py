"""``longjiang app``: the page in the browser; nothing leaves this machine."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.options import Lang
from app.screen import VARIABLE, Language, Screen

MAIN = Path(__file__).parents[1] / "main.py"
PORT = Annotated[int, typer.Option("--port", metavar="N", help="help.port")]
ADDRESS = Annotated[str, typer.Option("--address", metavar="ADDRESS", help="help.address")]
QUIET = Annotated[bool, typer.Option("--no-browser", help="help.no_browser")]
PORTS = (1, 65535)


def app(
    port: PORT = 8501,
    address: ADDRESS = "localhost",
    no_browser: QUIET = False,
    lang: Lang = Language.ZH,
) -> None:
    """Start the page; it ends with Ctrl-C."""
    import os

    screen = Screen(lang)
    if not PORTS[0] <= port <= PORTS[1]:
        screen.refuse("page_command.port", given=port)
    if not MAIN.is_file():
        screen.tell("page_command.missing")
        raise typer.Exit(1)
    options = {
        "server.port": port,
        "server.address": address,
        "server.headless": str(no_browser).lower(),
        "browser.gatherUsageStats": "false",
    }
    words = [sys.executable, "-m", "streamlit", "run", str(MAIN)]
    words += [f"--{name}={value}" for name, value in options.items()]
    screen.tell("page_command.begin", address=address, port=port)
    environment = {**os.environ, VARIABLE: lang.value}
    raise typer.Exit(subprocess.call(words, env=environment))
