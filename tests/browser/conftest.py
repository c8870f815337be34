"""The app in a real browser: on a free port of 127.0.0.1, looked at by Chromium, and cut off from every other host.

Chromium is the system's (chromium, google-chrome) or Playwright's own. Where there is none the tests are skipped with
the reason; where CI=true they fail instead, so that no build passes because nobody looked.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Error, Frame, Page, Playwright, expect, sync_playwright

from atlas.cli.serving import publish_for_browser
from atlas.paths import home

START_SECONDS = 60
WAIT_MS = 30_000

# What Chromium must not do by itself: a sandbox needs a user that is not root; the rest are requests of its own.
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def _no_browser(reason: str) -> None:
    message = f"no Chromium for the browser tests ({reason}): install chromium, or run `playwright install chromium`"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(message)
    pytest.skip(message)


def _launch(kind: BrowserType) -> Browser:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and not Path(kind.executable_path).exists():
        _no_browser("neither the system's nor Playwright's own was found")
    try:
        # Playwright gives every launch a new, empty profile.
        return kind.launch(executable_path=found, headless=True, args=list(CHROMIUM_FLAGS))
    except Error as error:
        _no_browser(str(error).splitlines()[0])
        raise


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = _launch(playwright.chromium)
    yield browser
    browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running app."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path


def start_app(build: Path, log: Path, port: int | None = None) -> Server:
    """Start the app on what is built in `build`, as `atlas serve` does, and wait until it answers."""
    port = port or _free_port()
    command = [sys.executable, "-m", "atlas.ui.serve"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=home(),
            env={**os.environ, "ATLAS_BUILD": str(build)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return server
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    stop_app(server)
    raise RuntimeError(f"the app did not start in {START_SECONDS} s:\n{log.read_text(errors='replace')[-3000:]}")


def stop_app(server: Server) -> None:
    """End the app that this test started."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGINT)
        try:
            server.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait(timeout=10)


@pytest.fixture(scope="session")
def app(built_atlas: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Server]:
    publish_for_browser(built_atlas)  # as `atlas build` does
    server = start_app(built_atlas.parent, tmp_path_factory.mktemp("app") / "streamlit.log")
    yield server
    stop_app(server)


@dataclass
class Visit:
    """One page of the app with everything that it asked for and complained about."""

    page: Page
    server: Server
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> None:
        """Open the app at an address and wait until the map is drawn and the pane filled."""
        self.page.goto(f"{self.server.url}/{address}")
        self.map_frame()
        expect(self.page.locator(".pane")).to_be_visible(timeout=WAIT_MS)

    def map_frame(self) -> Frame:
        """Return the map's frame once everything on it is loaded."""
        frame_element = self.page.locator(".st-key-stage iframe")
        frame_element.wait_for(timeout=WAIT_MS)
        frame = frame_element.element_handle().content_frame()
        assert frame is not None
        frame.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
        return frame

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where on the page the map shows a point (degrees), in CSS pixels."""
        where = self.map_frame().evaluate("([lat, lon]) => map.latLngToContainerPoint([lat, lon])", [lat, lon])
        box = self.page.locator(".st-key-stage iframe").bounding_box()
        assert box is not None
        return box["x"] + where["x"], box["y"] + where["y"]

    def click_map(self, lon: float, lat: float) -> None:
        """Move the mouse to a point of the map and press it there."""
        x, y = self.spot(lon, lat)
        self.page.mouse.move(x, y, steps=4)
        self.page.mouse.click(x, y)


@pytest.fixture
def visit(chromium: Browser, app: Server) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    seen = Visit(page, app)
    ours = (app.url + "/", "data:", f"blob:{app.url}")

    def asked(address: str) -> None:
        if not address.startswith(ours):
            seen.outside.append(address)

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url.replace("ws://", "http://", 1)))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", lambda dialog: (seen.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield seen
    context.close()
    assert seen.outside == [], "the page asked another host"
    assert seen.errors == []
