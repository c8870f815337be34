"""What `bench/app.py` does in Chromium: opens a page, changes layers and filter, clicks the map, and measures it.

Times run inside the browser: from the click event to the second frame after the change is in the page, so that what is
measured has been painted. Bytes are those of the websocket, both ways.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket

WAIT_MS = 90_000

# Arms a stop-watch: it starts with the next click, wherever, and ends two frames after `seen()` is another value.
_ARM = """
({ what }) => {
  const frame = () => [...document.querySelectorAll("iframe")].filter((one) => one.contentDocument).at(-1);
  const lookers = {
    drawn: () => {
      const inside = frame();
      return inside ? inside.contentDocument.querySelectorAll(".leaflet-pane path, .leaflet-marker-icon").length : 0;
    },
    counts: () => {
      const holders = [...document.querySelectorAll(".st-key-rail *")].filter((one) => one.shadowRoot);
      const lines = holders.map((one) => one.shadowRoot.querySelector(".filters .left"));
      return lines.filter(Boolean).map((one) => one.textContent).join("");
    },
    articles: () => {
      const host = document.querySelector(".st-key-pane, .st-key-articles");
      if (!host) return "";
      const holders = [...host.querySelectorAll("*")].filter((one) => one.shadowRoot).map((one) => one.shadowRoot);
      const pane = holders.map((one) => one.querySelector(".pane")).find(Boolean);
      if (!pane) return host.querySelectorAll("p, [data-testid=stText]").length > 1 ? host.innerText : "";
      return pane.querySelector(".item") ? pane.querySelector(".title").textContent : "";
    },
  };
  const seen = lookers[what];
  const before = seen();
  const watch = { began: null, took: null };
  window.benchWatch = watch;
  const begin = () => { if (watch.began === null) watch.began = performance.now(); };
  for (const target of [window, ...(frame() ? [frame().contentWindow] : [])]) {
    target.addEventListener("click", begin, { capture: true, once: true });
  }
  const look = () => {
    const now = seen();
    if (watch.began !== null && now && now !== before) {
      requestAnimationFrame(() => { watch.took = performance.now() - watch.began; });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


@dataclass
class App:
    """One of the two apps: what its page looks like to a hand with a mouse."""

    name: str
    command: list[str]
    ready: str  # says of the map's document that the map is drawn; empty where a page has none and shows a text
    env: dict[str, str] = field(default_factory=dict)


@dataclass
class Sight:
    """One page with what went over its websocket."""

    app: App
    page: Page
    received: int = 0
    sent: int = 0
    messages: list[bytes] = field(default_factory=list)  # to the server, in their order

    def open(self, url: str) -> float:
        """Open the page; return the milliseconds to the first map."""
        self.page.on("websocket", self._listen)
        begun = time.perf_counter()
        self.page.goto(url, wait_until="commit")
        if not self.app.ready:
            self.page.wait_for_selector("[data-testid=stText]", timeout=WAIT_MS)
            return (time.perf_counter() - begun) * 1000
        self.page.wait_for_function(
            "(ready) => [...document.querySelectorAll('iframe')].some((one) => one.contentDocument"
            " && one.contentDocument.querySelector(ready))",
            arg=self.app.ready,
            timeout=WAIT_MS,
        )
        return (time.perf_counter() - begun) * 1000

    def whole(self, begun: float) -> float:
        """Return the milliseconds since `begun` (`time.perf_counter`) until map, layers, bar and pane are all there."""
        for part in (".pane", "label.layer", ".filters", ".bar-row .field"):
            self.page.locator(part).first.wait_for(timeout=WAIT_MS)
        return (time.perf_counter() - begun) * 1000

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload: str | bytes) -> None:
        self.received += len(payload)

    def _sent(self, payload: str | bytes) -> None:
        self.sent += len(payload)
        if isinstance(payload, bytes):
            self.messages.append(payload)

    def settle(self, quiet_ms: int = 700) -> None:
        """Wait until nothing has come for a while."""
        last = -1
        while last != self.received:
            last = self.received
            self.page.wait_for_timeout(quiet_ms)

    def arm(self, what: str) -> None:
        """Arm the stop-watch for the next click."""
        self.page.evaluate(_ARM, {"what": what})

    def timed(self, what: str, act: object) -> tuple[float, int]:
        """Return the milliseconds from a click until `drawn`, `counts` or `articles` change, and the bytes it took."""
        self.settle()
        before = self.received + self.sent
        self.arm(what)
        act()  # type: ignore[operator]
        self.page.wait_for_function("window.benchWatch.took !== null", timeout=WAIT_MS)
        took = self.page.evaluate("window.benchWatch.took")
        self.settle()  # what still comes belongs to this change
        return float(took), self.received + self.sent - before

    # -- the hand ----------------------------------------------------------------------------------------------------

    def press_layer(self, title: str) -> None:
        """Press the checkbox of a layer."""
        if self.app.name == "plain":
            self.page.locator("label[data-baseweb=checkbox], label", has_text=title).first.click()
            return
        label = self.page.locator(f"label.layer:has(.name:text-is('{title}'))")
        theme = self.page.locator("details.theme", has=label)
        if not theme.evaluate("(one) => one.open"):
            theme.locator("summary").click()  # the stop-watch of a layer begins with its own click
            self.arm("drawn")
        label.click()

    def open_filter(self) -> None:
        """Open the list of leagues; what follows is the choice itself."""
        if self.app.name == "plain":
            self.page.locator("[data-testid=stMultiSelect] input").click()
            return
        kind = self.page.locator(".filters details.kind").first
        if not kind.evaluate("(one) => one.open"):
            kind.locator("summary").click()

    def press_league(self, name: str) -> None:
        """Choose a league."""
        if self.app.name == "plain":
            self.page.locator("[role=option]", has_text=name).first.click()
            return
        self.page.locator(f".filters label.choice:has(.name:text-is('{name}'))").click()

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where on the page the map shows a point (degrees), in CSS pixels."""
        element = self.page.locator("iframe").last
        box = element.bounding_box()
        frame = element.element_handle().content_frame()
        assert box is not None
        assert frame is not None
        at = frame.evaluate("([lat, lon]) => window.map.latLngToContainerPoint([lat, lon])", [lat, lon])
        return box["x"] + at["x"], box["y"] + at["y"]

    def click_map(self, lon: float, lat: float) -> None:
        """Press the mouse on a point of the map."""
        self.page.mouse.click(*self.spot(lon, lat))


@contextmanager
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a profile with an empty cache."""
    made = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    try:
        yield made
    finally:
        made.close()


def chromium_files(folder: Path) -> dict[str, Path]:
    """Return the files that answer for folium's public hosts: Leaflet's, by name; every other name gets nothing."""
    return {path.name: path for path in (*folder.glob("*.js"), *folder.glob("*.css"), *folder.glob("images/*"))}
