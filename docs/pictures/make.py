"""Make the pictures of the README and docs: the running app in Chromium, view by view, a plate, and pages of the book.

Run by `make pictures`. Needs a Chromium (the system's, or `playwright install chromium`) and poppler's `pdftoppm`;
asks no other host.
"""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader
from pypdf.generic import Destination

HERE = Path(__file__).resolve().parent
ATLAS = Path(sys.executable).with_name("atlas")

# What the README shows first: a border banner with what governs it.
ADDRESS = "?place=152923"
# The other views: address, and what has to be there before the shutter falls.
VIEWS = {
    "texts": ("?view=texts&document=border&article=border/2", ".st-key-content"),
    "tables": ("?view=tables&classes=class/border", "table tbody tr"),
    "compare": ("?view=compare&compare.units=150781,152923", "table tbody tr"),
    "take": ("?view=take&place=152923", ".st-key-content button"),
    "own": ("?view=own", ".st-key-content"),
    "about": ("?view=about", "table tbody tr"),
}
OFFICE = {"width": 1366, "height": 768}
COLOURS = 256  # of a screenshot: enough for its type and tints, and a third of the bytes
SIZE = {"width": 1600, "height": 900}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
START_SECONDS = 120
# Pages of the book: what their bookmark is called, and how many pages behind it.
PAGES = (("十大孔兑", 0), ("十大孔兑", 1), ("额济纳旗", 0), ("地名索引", 0))
PAGE_DPI, GUTTER, DESK = 55, 10, "#8a867e"


@contextmanager
def app() -> Iterator[str]:
    """Run the app on a free port of 127.0.0.1 and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([ATLAS, "serve", "--port", str(port), "--no-browser"])
    try:
        yield _answering(process, f"http://127.0.0.1:{port}")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _answering(process: subprocess.Popen[bytes], url: str) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return url
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise SystemExit(f"the app did not answer at {url}")


def picture_of_app(target: Path) -> None:
    """Photograph the app: the map to `target`, the other views beside it."""
    system = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    with app() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{url}/{ADDRESS}")
        page.frame_locator(".st-key-stage iframe").locator("[data-ready=true]").wait_for(timeout=60_000)
        page.locator(".pane .item").first.wait_for(timeout=60_000)
        # The whole region is a better first sight than one banner.
        frame = page.locator(".st-key-stage iframe").element_handle().content_frame()
        frame.evaluate("map.fitBounds(atlasMap.view.home, { animate: false })")
        page.wait_for_timeout(1500)
        _shoot(page, target)
        page.set_viewport_size(OFFICE)
        for name, (address, sign) in VIEWS.items():
            page.goto(f"{url}/{address}")
            page.locator(sign).first.wait_for(timeout=120_000)
            page.wait_for_timeout(4000)
            _shoot(page, target.with_name(f"view-{name}.png"))
        browser.close()


def _shoot(page: Page, target: Path) -> None:
    page.screenshot(path=target)
    with Image.open(target) as shot:
        few = shot.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


def picture_of_book(target: Path) -> None:
    """Lay pages of the book beside one another, two in a row: a plate with the page it faces, a unit, the index."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.pdf"
        subprocess.run([ATLAS, "book", "-o", book], check=True)
        reader = PdfReader(book)
        starts = {
            str(mark.title).split()[-1]: reader.get_destination_page_number(mark) for mark in _marks(reader.outline)
        }
        pages = [_page(book, starts[name] + behind + 1, Path(folder)) for name, behind in PAGES]
    width, height = pages[0].size
    desk = Image.new("RGB", (2 * (width + GUTTER) + GUTTER, len(pages) // 2 * (height + GUTTER) + GUTTER), DESK)
    for at, page in enumerate(pages):
        desk.paste(page, (GUTTER + at % 2 * (width + GUTTER), GUTTER + at // 2 * (height + GUTTER)))
    desk.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def _marks(outline: list[Any]) -> Iterator[Destination]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _marks(entry)
        else:
            yield entry


def _page(book: Path, number: int, folder: Path) -> Image.Image:
    made = folder / f"page-{number}"
    pages = ["-f", str(number), "-l", str(number), "-r", str(PAGE_DPI), "-singlefile"]
    subprocess.run(["pdftoppm", "-png", *pages, book, made], check=True)
    with Image.open(made.with_suffix(".png")) as page:
        return page.convert("RGB")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "border.png"
        subprocess.run([ATLAS, "plate", "border", "-o", sheet], check=True)
        # 300 dpi is for paper; a page needs a third of it.
        with Image.open(sheet) as printed:
            printed.convert("RGB").resize((printed.width // 3, printed.height // 3), Image.Resampling.LANCZOS).save(
                HERE / "border.png", optimize=True
            )
    picture_of_book(HERE / "book.png")
    picture_of_app(HERE / "app.png")


if __name__ == "__main__":
    main()
