"""The page in a test: the smallest province, and waiting for a run to end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.pages.session import KEY, Session
from app.question import TEST_SCALE, desk

MAIN = Path(__file__).parents[3] / "app" / "main.py"
PATIENCE = 240  # seconds; a first run compiles


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A scale of a thousand people is offered first."""
    monkeypatch.setenv(TEST_SCALE, "1/4000")
    desk.cache_clear()
    yield
    monkeypatch.undo()
    desk.cache_clear()


@pytest.fixture
def opened(small: None) -> Callable[[], AppTest]:  # noqa: ARG001 a fixture for what it does
    """Opens the page in a new session."""
    return lambda: AppTest.from_file(str(MAIN), default_timeout=60).run()


def session_of(at: AppTest) -> Session:
    """What a browser session holds."""
    found: Session = at.session_state[KEY]
    return found


def waited(at: AppTest) -> AppTest:
    """The page once its run has ended."""
    end = time.monotonic() + PATIENCE
    while session_of(at).asked is not None:
        assert time.monotonic() < end, "the run does not end"
        time.sleep(0.2)
        at.run()
    return at


def shown(at: AppTest) -> str:
    """Everything written on the page."""
    parts = (*at.markdown, *at.caption, *at.code, *at.subheader, *at.header)
    notes = (*at.info, *at.warning, *at.error)
    return "\n".join(str(element.value) for element in (*parts, *notes))


def control(at: AppTest, kind: str, address: str) -> object:
    """The control of a lever."""
    return next(one for one in getattr(at, kind) if one.key and f":{address}@" in one.key)
