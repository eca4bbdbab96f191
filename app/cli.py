"""The command ``longjiang``: what is loaded first, so that it can be stopped at any time."""

import sys


def main() -> None:
    """Entry point."""
    try:
        from app.commands.every import app
        from app.screen import any_encoding

        any_encoding()
        app(prog_name="longjiang")
    except KeyboardInterrupt:  # while the libraries were loading
        sys.exit(1)


if __name__ == "__main__":
    main()
