"""``longjiang app``: the page in the browser; nothing leaves this machine.

The server runs in this process, so that what ends the command ends the page and frees its port.
"""

import errno
import os
import signal
import socket
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
    screen = Screen(lang)
    if not PORTS[0] <= port <= PORTS[1]:
        screen.refuse("page_command.port", given=port)
    if not MAIN.is_file():
        screen.tell("page_command.missing")
        raise typer.Exit(1)
    wrong = obstacle(address, port)
    if wrong is not None:
        other = port + 1 if port < PORTS[1] else port - 1
        screen.refuse(f"page_command.{wrong}", address=address, port=port, other=other)
    options = {
        "server.port": port,
        "server.address": address,
        "server.headless": str(no_browser).lower(),
        "browser.gatherUsageStats": "false",
    }
    screen.tell("page_command.begin", address=address, port=port)
    os.environ[VARIABLE] = lang.value
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the server answers it in its own way
    from streamlit.web import cli

    words = ["run", str(MAIN), *(f"--{name}={value}" for name, value in options.items())]
    cli.main(words, prog_name="longjiang app", standalone_mode=False)


def obstacle(address: str, port: int) -> str | None:
    """Why no page can be served there: ``taken``, ``denied`` or ``address``; None if it can."""
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return "address"
    for family, kind, protocol, _, place in places:
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # a port that was free a moment ago is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                found = {errno.EADDRINUSE: "taken", errno.EACCES: "denied"}.get(error.errno or 0)
                if found or len(places) == 1:
                    return found or "address"
    return None
