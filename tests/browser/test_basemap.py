"""The online base map against a tile server of our own: nothing is asked before it is switched on, then tiles alone."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from atlas.web.basemap import KEY, SERVER
from tests.browser.conftest import WAIT_MS, Server, Visit, start_app, stop_app

pytestmark = pytest.mark.browser

SECRET = "0123456789abcdef0123456789abcdef"
TRIED = """address => new Promise((done) => {
  const picture = new Image();
  picture.onload = () => done("loaded");
  picture.onerror = () => done("refused");
  picture.src = address;
})"""


def _png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = (1).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x80\xa0\xc0"))
        + chunk(b"IEND", b"")
    )


class Tiles(ThreadingHTTPServer):
    """Gives one picture for whatever is asked for, and remembers what that was."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Tiles

    def do_GET(self) -> None:  # the name is the standard library's
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(_png())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def tiles() -> Iterator[tuple[Tiles, Tiles]]:
    """The tile server that is set up, and another that nobody may ask."""
    allowed, other = Tiles(), Tiles()
    yield allowed, other
    for server in (allowed, other):
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def online(
    built_atlas: Path, app: Server, tiles: tuple[Tiles, Tiles], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY, SECRET)
        patch.setenv(SERVER, tiles[0].address)
        server = start_app(built_atlas.parent, tmp_path_factory.mktemp("online") / "streamlit.log")
    yield server
    stop_app(server)


def test_tiles_are_asked_for_only_while_it_is_on(chromium: Browser, online: Server, tiles: tuple[Tiles, Tiles]) -> None:
    allowed, other = tiles
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    visit = Visit(page, online)
    visit.open("?at=41.5000,108.0000,6")
    assert allowed.asked == []
    page.get_by_role("group", name="联网底图（天地图）").get_by_role("button", name="影像").click()
    frame = visit.map_frame()
    expect(frame.locator(".leaflet-atlas-base-pane img.leaflet-tile-loaded").first).to_be_attached(timeout=WAIT_MS)
    expect(frame.locator(".atlas-credit")).to_contain_text("联网底图：天地图")
    assert all(path.startswith("/img_w/wmts?SERVICE=WMTS&REQUEST=GetTile") for path in allowed.asked)
    assert all(path.endswith(f"&tk={SECRET}") for path in allowed.asked)
    # 108°E, 41.5°N at zoom 6 lies in column 51 and row 23 of the Mercator matrix.
    assert any("TILEMATRIX=6&TILEROW=23&TILECOL=51&" in path for path in allowed.asked)
    assert "base" not in page.url
    assert SECRET not in page.url
    # The frame may show pictures of the tile server; nothing of any other host, and no other kind of request.
    assert frame.evaluate(TRIED, f"{allowed.address}/a.png") == "loaded"
    assert frame.evaluate(TRIED, f"{other.address}/a.png") == "refused"
    assert (
        frame.evaluate("address => fetch(address).then(() => 'loaded', () => 'refused')", allowed.address) == "refused"
    )
    assert other.asked == []
    page.get_by_role("button", name="不用").click()
    expect(frame.locator(".leaflet-atlas-base-pane img")).to_have_count(0, timeout=WAIT_MS)
    before = len(allowed.asked)
    visit.click_map(105.0, 40.0)
    page.mouse.wheel(0, -240)
    page.wait_for_timeout(800)
    assert len(allowed.asked) == before
    page.close()


def test_where_no_key_is_set_nothing_offers_it(visit: Visit, tiles: tuple[Tiles, Tiles]) -> None:
    visit.open()
    assert visit.page.locator(".rail .base").count() == 0
    assert visit.map_frame().evaluate(TRIED, f"{tiles[1].address}/a.png") == "refused"
    assert tiles[1].asked == []
    assert visit.outside == [f"{tiles[1].address}/a.png"], "the browser was told to and did not"
    visit.outside.clear()
