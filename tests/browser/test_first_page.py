"""The first page in a real browser: opened, run once, read in two languages, photographed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.question import TEST_SCALE

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PATIENCE = 300_000  # milliseconds; a first run compiles
WIDE, NARROW = {"width": 1400, "height": 1000}, {"width": 420, "height": 900}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page served from another folder than the project's, as users may start it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "app", "--no-browser"]
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = {**os.environ, TEST_SCALE: "1/2000", "PYTHONPATH": str(ROOT)}
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(60)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert server.poll() is None, "the server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_open_run_read(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport=WIDE)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda found: asked.append(found.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(address)
    run = page.get_by_role("button", name="运行", exact=True)
    run.wait_for(timeout=PATIENCE)
    seeds = page.get_by_label("成对运行次数", exact=True)
    seeds.fill("2")
    seeds.press("Enter")
    page.get_by_text("--seeds 2").first.wait_for()
    page.get_by_role("slider").first.wait_for()
    run.click()
    page.get_by_role("button", name="取消", exact=True).wait_for(timeout=PATIENCE)
    page.get_by_text("相比，").first.wait_for(timeout=PATIENCE)
    charts = page.get_by_test_id("stVegaLiteChart")
    charts.nth(4).locator("canvas, svg").first.wait_for(timeout=PATIENCE)
    assert charts.count() == 5

    page.get_by_role("link", name="知晓与申领").first.click()
    page.wait_for_url("**#basis-claiming")
    assert len(browser.contexts[-1].pages) == 1, "a link stays on the page"

    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name="Run", exact=True).wait_for(timeout=PATIENCE)
    page.get_by_text("Target board").wait_for()
    assert page.get_by_role("button", name="运行", exact=True).count() == 0

    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        page.set_viewport_size(size)
        page.wait_for_timeout(500)
        photo = page.screenshot(path=tmp_path / f"{name}.png")
        assert photo.startswith(b"\x89PNG") and len(photo) > 20_000
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], "the page itself does not scroll sideways"

    hosts = {
        urlsplit(url).hostname for url in asked if urlsplit(url).scheme not in ("data", "blob")
    }
    assert hosts == {"localhost"}, "nothing leaves the machine"
    assert errors == []
    page.close()


def test_two_browsers_keep_their_own_question(browser: Any, address: str) -> None:
    one, other = (browser.new_context(viewport=WIDE).new_page() for _ in range(2))
    for page in (one, other):
        page.goto(address)
        page.get_by_label("晋升技师补贴上限", exact=True).wait_for(timeout=PATIENCE)

    field = one.get_by_label("晋升技师补贴上限", exact=True)
    field.fill("5000")
    field.press("Enter")
    one.get_by_text("value: 5000").first.wait_for()
    other.get_by_text("English", exact=True).click()
    other.get_by_role("button", name="Run", exact=True).wait_for()

    assert field.input_value() == "5000"
    assert one.get_by_role("button", name="运行", exact=True).count() == 1
    theirs = other.get_by_label("Most that is paid for promotion to technician", exact=True)
    assert theirs.input_value() == "3000"
    assert other.get_by_text("value: 5000").count() == 0
    for page in (one, other):
        page.context.close()
