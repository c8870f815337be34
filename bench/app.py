"""The page against plain folium with streamlit-folium: the same layers, the same browser, the same run.

    python -m bench.app [--rounds 6] [--starts 3] [--sessions 30] [--only atlas]

Prints a table with the median and the spread of both and the ratio; the whole run takes about seven minutes on two
quiet cores. Needs a built atlas and Chromium. The peer is `bench/app_plain.py`; the files that folium asks of public
hosts are answered by a server of the bench with a year's caching, so that the peer waits for no network. Each of its
changes takes seconds, so it is asked for half as many, started once, and met by ten sessions where the atlas is met by
thirty: its figures under load are what a third of the load does. `bench/app_empty.py`, started in turn with the atlas,
shows what of a start and a visit is Streamlit's own. Times depend on what else the machine does; ratios and processor
time hold.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from atlas.layers import catalogue
from atlas.paths import home, store_file
from atlas.store import Atlas
from atlas.ui.serve import AFTER_THE_FIRST
from atlas.web.files import leaflet_folder
from atlas.web.geometry import label_point
from bench.app_load import Load, Recording, cpu_ms, measure_load, p95, runs
from bench.app_pages import App, Sight, chromium_files, context

STREAMLIT = ("--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false")
STREAMLIT += ("--server.fileWatcherType=none", "--server.showEmailPrompt=false")
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


PEER_ROUNDS, PEER_STARTS, PEER_SESSIONS = 3, 1, 10


@dataclass
class Figures:
    """What one app was measured at: name of the row -> values."""

    times: dict[str, list[float]] = field(default_factory=dict)  # ms
    sizes: dict[str, list[float]] = field(default_factory=dict)  # bytes
    load: Load | None = None

    def add(self, row: str, took: tuple[float, int]) -> None:
        self.times.setdefault(row, []).append(took[0])
        self.sizes.setdefault(row, []).append(float(took[1]))


class _Cdn(http.server.SimpleHTTPRequestHandler):
    """Answers for the public hosts that plain folium names: Leaflet's files, and nothing for all others."""

    files: dict[str, Path] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        path = self.files.get(self.path.rsplit("/", 1)[-1])
        body = path.read_bytes() if path else b""
        self.send_response(200)
        kinds = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}
        self.send_header("Content-Type", kinds.get(Path(self.path).suffix, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def cdn() -> Iterator[str]:
    _Cdn.files = chromium_files(leaflet_folder())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Cdn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@contextmanager
def running(app: App) -> Iterator[tuple[str, int, float]]:
    """Start an app; return address, process and the moment at which it was started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(home()), **app.env}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = time.perf_counter()
    process = subprocess.Popen([*app.command, f"--server.port={port}", *STREAMLIT], cwd=home(), env=env, **quiet)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                    break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        else:
            raise SystemExit(f"{app.name} did not start")
        yield url, process.pid, begun
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def rested(pid: int) -> None:
    """Wait until a server has done what it does of its own accord some seconds after its start."""
    quiet = 0
    while quiet < AFTER_THE_FIRST + 2:
        busy = cpu_ms(pid)
        time.sleep(1)
        quiet = quiet + 1 if cpu_ms(pid) - busy < 30 else 0


def visits(browser: Browser, apps: Sequence[tuple[App, Figures]], starts: int, returns: int) -> None:
    """Measure from the start of the server to the first map, and first and second visits to a server at rest."""
    for app, figures in [*apps] * starts:  # in turn, so that they meet the same machine
        with running(app) as (url, _, begun), context(browser) as profile:
            page = profile.new_page()
            Sight(app, page).open(url)
            figures.times.setdefault("cold start to first map", []).append((time.perf_counter() - begun) * 1000)
    with ExitStack() as servers:
        addresses = []
        for app, figures in apps:
            url, pid, _ = servers.enter_context(running(app))
            addresses.append((app, figures, url))
            Sight(app, servers.enter_context(context(browser)).new_page()).open(url)
            rested(pid)
        for _ in range(returns):
            for app, figures, url in addresses:
                with context(browser) as other:
                    for row in ("first visit", "second visit"):
                        page = other.new_page()
                        sight, began = Sight(app, page), time.perf_counter()
                        figures.times.setdefault(row, []).append(sight.open(url))
                        if app.name == "atlas":  # the map comes first: what else stands on the page
                            figures.times.setdefault(f"{row}, whole page", []).append(sight.whole(began))
                        page.wait_for_timeout(4000)  # what it still loads in quiet belongs to the visit
                        page.close()


def changes(browser: Browser, app: App, url: str, pid: int, figures: Figures, rounds: int) -> Recording:
    """Measure changes, each to a state that was not seen before; return what the browser said."""
    atlas = Atlas(store_file())
    leagues = sorted(atlas.features("leagues")["name_zh"])
    border = atlas.features("border").geometry
    wide = border.loc[border.to_crs("EPSG:6933").area.sort_values(ascending=False).index]  # a finger hits them anywhere
    spots = [label_point(shape) for shape in wide][:rounds]
    atlas.close()
    titles = [layer.title.zh for layer in catalogue() if layer.shown and layer.id != "neighbours"]
    again = 4 if rounds > PEER_ROUNDS else 2
    said: list[tuple[bytes, ...]] = []
    opening: tuple[bytes, ...] = ()

    def timed(sight: Sight, row: str, what: str, act: Callable[[], None]) -> None:
        sight.messages.clear()
        busy = cpu_ms(pid)
        figures.add(row, sight.timed(what, act))
        figures.times.setdefault(f"{row}: server CPU", []).append(cpu_ms(pid) - busy)
        said.append(runs(sight.messages))

    with visiting(browser, app, url) as sight:
        opening = runs(sight.messages)
        for spot in spots:
            timed(sight, "click to articles", "articles", functools.partial(sight.click_map, *spot))
    with visiting(browser, app, url) as sight:
        for title in (*titles[:rounds], *titles[:rounds]):  # all off, then on again: no state twice
            timed(sight, "layer to redrawn", "drawn", functools.partial(sight.press_layer, title))
        for _ in range(again):
            timed(sight, "the same layer off and on", "drawn", functools.partial(sight.press_layer, titles[0]))
    with visiting(browser, app, url) as sight:
        for league in leagues[:rounds]:
            sight.open_filter()
            timed(sight, "filter to redrawn", "drawn", functools.partial(sight.press_league, league))
        if app.name == "atlas":  # the map comes first: the panel's counts, which the peer does not have
            for league in leagues[:rounds]:
                timed(sight, "filter to counts", "counts", functools.partial(sight.press_league, league))
    return Recording(opening, tuple(one for one in said if one))


@contextmanager
def visiting(browser: Browser, app: App, url: str) -> Iterator[Sight]:
    """Open the page in a profile of its own."""
    with context(browser) as profile:
        sight = Sight(app, profile.new_page())
        sight.open(url)
        sight.settle(2000)
        yield sight


def spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def _p95(values: Sequence[float]) -> list[float]:
    return [p95(values)] if values else []


def table(ours: Figures, plain: Figures, floor: Figures | None = None) -> Iterator[str]:
    yield f"| {'':41} | {'atlas':>24} | {'plain':>26} | {'ratio':>7} |"
    yield f"|{'-' * 43}|{'-' * 26}|{'-' * 28}|{'-' * 9}|"
    parts = [(row, "ms", ours.times[row], plain.times.get(row, [])) for row in ours.times]
    parts += [(row, "bytes", ours.sizes[row], plain.sizes.get(row, [])) for row in ours.sizes]
    if ours.load and plain.load:
        one, other = ours.load, plain.load
        parts += [
            ("all sessions at once: median", "ms", one.together, other.together),
            ("all sessions at once: p95", "ms", _p95(one.together), _p95(other.together)),
            ("sessions at their own pace: median", "ms", one.thinking, other.thinking),
            ("sessions at their own pace: p95", "ms", _p95(one.thinking), _p95(other.thinking)),
            ("server CPU of a change under load", "ms", [one.cpu_ms], [other.cpu_ms]),
            ("memory of a session", "KB", [one.mb_a_session * 1024], [other.mb_a_session * 1024]),
        ]
    for row, unit, one, other in parts:
        both = one and other
        ratio = f"{statistics.median(other) / max(1e-9, statistics.median(one)):.1f}" if both else "–"
        left, right = (spread(values) if values else "–" for values in (one, other))
        yield f"| {row + ', ' + unit:41} | {left:>24} | {right:>26} | {ratio:>7} |"
    for row, values in floor.times.items() if floor else ():
        name = f"empty Streamlit page: {row.removesuffix(' to first map')}, ms"
        yield f"| {name:41} | {spread(values):>24} | {'–':>26} | {'–':>7} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="changes of each kind (twice as many of layers)")
    parser.add_argument("--starts", type=int, default=3, help="starts of each server")
    parser.add_argument(
        "--returns", type=int, default=9, help="first and second visits, alternating with an empty page"
    )
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--bursts", type=int, default=4, help="how often all sessions act at once (the peer: once)")
    parser.add_argument("--seconds", type=float, default=30, help="how long sessions act at their own pace")
    parser.add_argument("--only", choices=("atlas", "plain"), help="measure one of the two, without ratios")
    asked = parser.parse_args()
    if not store_file().is_file():
        raise SystemExit("no built atlas: run `atlas build` first")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with cdn() as near, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM))
        runner = [sys.executable, "-m", "streamlit", "run"]
        scripts = {name: str(Path(__file__).with_name(f"app_{name}.py")) for name in ("plain", "empty")}
        atlas = App("atlas", [sys.executable, "-m", "atlas.ui.serve"], "[data-ready=true]")
        plain = App("plain", [*runner, scripts["plain"]], ".leaflet-pane path", {"BENCH_CDN": near})
        empty = App("empty", [*runner, scripts["empty"]], "")
        measured = {"empty": Figures()}
        for app in (atlas, plain):
            if asked.only not in {None, app.name}:
                continue
            figures = measured[app.name] = Figures()
            ours = app is atlas
            print(f"{app.name}: load of the machine {os.getloadavg()[0]:.1f}", file=sys.stderr)
            if ours:
                visits(browser, [(atlas, figures), (empty, measured["empty"])], asked.starts, asked.returns)
            else:
                visits(browser, [(plain, figures)], min(asked.starts, PEER_STARTS), min(asked.returns, PEER_ROUNDS))
            with running(app) as (url, pid, _):
                rested(pid)
                said = changes(
                    browser, app, url, pid, figures, asked.rounds if ours else min(asked.rounds, PEER_ROUNDS)
                )
                if asked.sessions:
                    bursts, seconds = (asked.bursts, asked.seconds) if ours else (1, 0.0)
                    sessions = asked.sessions if ours else min(asked.sessions, PEER_SESSIONS)
                    figures.load = measure_load(url, pid, said, sessions, bursts, seconds)
            for line in table(figures, figures):
                print(line, file=sys.stderr)
        browser.close()
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}, cores {os.cpu_count()}", file=sys.stderr)
    one = measured.get("atlas") or measured["plain"]
    for line in table(one, measured.get("plain") or one, measured["empty"]):
        print(line)


if __name__ == "__main__":
    main()
