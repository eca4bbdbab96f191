"""The command ``longjiang``: what is loaded first, so that it can be stopped at any time."""

import os
import signal
import sys
from typing import Any


def main() -> None:
    """Entry point."""
    signal.signal(signal.SIGTERM, stop)
    try:
        from app.commands.every import app
        from app.screen import any_encoding

        any_encoding()
        app(prog_name="longjiang")
    except KeyboardInterrupt:  # while the libraries were loading
        sys.exit(1)
    finally:
        empty()


def empty() -> None:
    """Print what is left; where nobody reads any more (`longjiang policy | head`), drop it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stop(*_: Any) -> None:
    """Answer to a request to end: as to Ctrl-C; a second one ends at once.

    Raises:
        KeyboardInterrupt: always.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
