"""The page against plain folium with streamlit-folium: the same layers, the same browser, the same run.

    python bench/app.py [--rounds 10]

Prints, for each of the two, the median time from a layer's switch to the redrawn map and the websocket bytes that it
took, and the ratio. Needs a built atlas and Chromium. Times depend on what else the machine does; ratios hold.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from atlas.paths import home, store_file
from atlas.web.files import leaflet_folder

LAYERS = ("banners", "border", "leagues", "lakes", "rivers", "railways", "ports")
SWITCHED = "border"

PLAIN = f"""
import folium, streamlit as st
from streamlit_folium import st_folium
from atlas.store import Atlas
from atlas.paths import store_file

@st.cache_resource
def frames():
    atlas = Atlas(store_file())
    return {{key: atlas.features(key)[["feature", "name_zh", "geometry"]] for key in {LAYERS!r}}}

shown = [key for key in {LAYERS!r} if st.checkbox(key, value=True)]
chart = folium.Map(location=[44, 112], zoom_start=5, tiles=None)
for key in shown:
    folium.GeoJson(frames()[key], name=key).add_to(chart)
st_folium(chart, key="map", height=600)
"""


def start(command: list[str]) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    options += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none", "--server.showEmailPrompt=false"]
    env = {**os.environ, "PYTHONPATH": str(home())}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, *options], cwd=home(), env=env, **quiet)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return process, url
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"{command} did not start")


class Measured:
    """One page with the websocket bytes that it got."""

    def __init__(self, browser: Browser) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        self.bytes = 0
        self.page.on("websocket", lambda one: one.on("framereceived", self._count))

        # Plain folium asks public hosts for scripts: Leaflet is answered from the wheel, the rest with nothing.
        self.page.route(lambda url: not url.startswith("http://127.0.0.1"), self._answer)

    @staticmethod
    def _answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if name in {"leaflet.js", "leaflet.css"}:
            route.fulfill(path=leaflet_folder() / name)
        else:
            route.fulfill(body="")

    def _count(self, payload: str | bytes) -> None:
        self.bytes += len(payload)


def switch(seen: Measured, box: str, count: str, wanted: int) -> tuple[float, int]:
    """Press a checkbox and wait until the frame's paths are as many as wanted; return ms and bytes."""
    before = seen.bytes
    begun = time.perf_counter()
    seen.page.locator(box).first.click()
    seen.page.wait_for_function(
        "([count, wanted]) => { const frame = document.querySelector('iframe');"
        " const inside = frame && frame.contentDocument;"
        " return inside && (wanted < 0 || inside.querySelectorAll(count).length === wanted); }",
        arg=[count, wanted],
        timeout=120_000,
        polling=5,
    )
    passed = (time.perf_counter() - begun) * 1000
    seen.page.wait_for_timeout(1500)  # what the server still sends belongs to this change
    return passed, seen.bytes - before


def measure(browser: Browser, url: str, rounds: int, *, plain: bool) -> tuple[float, float]:
    seen = Measured(browser)
    box = f"label:has-text('{SWITCHED}')" if plain else ".rail .layer:has-text('边境旗市区') input"
    paths = "path.leaflet-interactive" if plain else ".leaflet-atlas-border-pane path"
    layers = ",".join(LAYERS)
    seen.page.goto(url if plain else f"{url}/?layers={layers}")
    seen.page.locator("iframe").first.wait_for(timeout=120_000)
    ready = f"document.querySelector('iframe').contentDocument.querySelectorAll('{paths}').length > 0"
    seen.page.wait_for_function(ready, timeout=120_000)
    seen.page.wait_for_timeout(3000)
    full = seen.page.evaluate(f"document.querySelector('iframe').contentDocument.querySelectorAll('{paths}').length")
    without = full - 20 if plain else 0
    results = [switch(seen, box, paths, without if number % 2 == 0 else full) for number in range(rounds)]
    seen.page.context.close()
    return statistics.median(ms for ms, _ in results), statistics.median(size for _, size in results)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    if not store_file().is_file():
        raise SystemExit("no built atlas: run `atlas build` first")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        script = Path(folder) / "plain.py"
        script.write_text(PLAIN, encoding="utf-8")
        browser = running.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"])
        figures = {}
        commands = {
            "atlas": [sys.executable, "-m", "atlas.ui.serve"],
            "plain": [sys.executable, "-m", "streamlit", "run", str(script)],
        }
        for name, command in commands.items():
            process, url = start(command)
            try:
                figures[name] = measure(browser, url, rounds, plain=name == "plain")
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=20)
            print(f"{name}: {figures[name][0]:.0f} ms, {figures[name][1] / 1024:.1f} KB a change")
        ms, size = (figures["plain"][at] / figures["atlas"][at] for at in (0, 1))
        print(f"ratio: {ms:.1f} times as fast, {size:.0f} times fewer bytes")
        browser.close()


if __name__ == "__main__":
    main()
