"""The offline map in a real browser, from the disk with the network cut: it draws, asks nothing, runs no data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from atlas.exchange import View, choose
from atlas.exchange.about import about
from atlas.exchange.html import html
from atlas.layers import Bilingual, catalogue
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.web.files import SCRIPTS
from tests.browser.conftest import WAIT_MS
from tests.browser.test_hostile import HOSTILE, HostileSource

pytestmark = pytest.mark.browser


@pytest.fixture
def offline(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without network, and everything that it asked for or complained about."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("console", lambda message: seen.append(f"{message.type}: {message.text}"))
    page.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page, seen
    context.close()


def test_it_draws_from_the_disk_and_asks_for_nothing(
    atlas: Atlas, tmp_path: Path, offline: tuple[Page, list[str]]
) -> None:
    page, seen = offline
    selection = Selection(layers=("banners", "border", "ports", "lakes"))
    chosen = choose(atlas, selection)
    out = tmp_path / "map.html"
    out.write_text(html(atlas, chosen, about(atlas, chosen.layers, "working", "EPSG:4490")), encoding="utf-8")
    page.goto(out.as_uri())
    page.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
    assert page.locator(".leaflet-atlas-ports-pane path").count() == len(chosen.features["ports"]) > 20
    assert page.locator(".leaflet-atlas-banners-pane path").count() == 103
    expect(page.locator(".atlas-label", has_text="策克口岸")).to_be_visible()
    assert page.locator(".leaflet-image-layer").evaluate("picture => picture.naturalWidth") > 1000
    expect(page.locator(".atlas-credit")).to_contain_text("未经地图审核")
    # A layer switched off goes from the map; a click, a search and the other language work.
    page.locator("[data-layer=ports]").uncheck()
    assert page.locator(".leaflet-atlas-ports-pane path").count() == 0
    page.fill("#find", "额济纳")
    page.locator(".found button").first.click()
    card = page.locator(".card")
    expect(card.locator("h2")).to_have_text("额济纳旗")
    expect(card.locator("mark").first).to_have_text("额济纳旗")
    expect(card).to_contain_text(f"全区 {sum(one.basis == 'region' for one in atlas.governing('152923'))}")
    page.locator(".languages button").nth(1).click()
    expect(card.locator("h2")).to_have_text("Ejin Banner")
    page.locator(".close").click()
    expect(card).to_be_hidden()
    page.locator("[data-layer=ports]").check()
    page.locator(".leaflet-atlas-ports-pane path").first.dispatch_event("click", {"bubbles": True})
    expect(card).to_be_visible()
    assert seen == [out.as_uri()]


class HostileAtlas(HostileSource):
    """Attacks in every property, and in what governs."""

    def __init__(self, atlas: Atlas) -> None:
        self.links = atlas.links
        self.in_region = atlas.in_region
        self.gazetteer = atlas.gazetteer
        self.meta = dict.fromkeys(("version", "built_from", "date"), HOSTILE[2])
        self._atlas = atlas

    def layers(self) -> list:
        bad = Bilingual(zh=HOSTILE[2], en=HOSTILE[3])
        changed = {"title": bad, "attribution": bad, "description": bad}
        return [layer.model_copy(update=changed) for layer in catalogue() if layer.id in {"banners", "ports"}]

    def governing(self, _: str, **__: object) -> list:
        records = [one for one in self._atlas.governing("152923") if one.basis == "named"]
        changed = {"citation": HOSTILE[0], "quotation": "".join(HOSTILE), "marks": ((0, 9),)}
        return [one.model_copy(update=changed | {"id": text}) for text in HOSTILE for one in records[:1]]


def test_no_property_runs(atlas: Atlas, tmp_path: Path, offline: tuple[Page, list[str]]) -> None:
    page, seen = offline
    source = HostileAtlas(atlas)
    places = {text: atlas.place("152923").model_copy(update={"name": text}) for text in HOSTILE}
    source.gazetteer = type("Names", (), {"places": places})()
    frames = {layer.id: source.features(layer.id) for layer in source.layers()}
    for frame in frames.values():
        frame["adcode"] = frame["note_en"] = frame["name_zh"]
    chosen = type(choose(atlas, Selection(layers=("ports",))))(tuple(source.layers()), frames, HOSTILE)
    lines = {
        "edition": f"{HOSTILE[0]} / {HOSTILE[2]}",
        "title": HOSTILE[2],
        "licence": HOSTILE[0],
        "version": HOSTILE[2],
    }
    lines |= {"attribution": "；".join(HOSTILE), "left_out": "；".join(HOSTILE)}
    view = View(shown=("banners", "ports", *HOSTILE), selected=HOSTILE[0], look_at=HOSTILE)
    out = tmp_path / "map.html"
    out.write_text(html(source, chosen, lines, view), encoding="utf-8")  # type: ignore[arg-type]
    page.goto(out.as_uri())
    page.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
    page.locator(".note summary").click()
    expect(page.locator(".card h2")).to_have_text(HOSTILE[0])
    for text in HOSTILE:
        page.fill("#find", text)
        hit = page.locator(".found button").first
        expect(hit).to_contain_text(text)
        hit.click()
        expect(page.locator(".card h2")).to_have_text(text)
        expect(page.locator(".card .law").first).to_contain_text("window.hacked='script'")
    for lang in (1, 0):
        page.locator(".languages button").nth(lang).click()
    for path in page.locator(".leaflet-atlas-ports-pane path").all():
        path.dispatch_event("mousemove", {"bubbles": True})
        path.dispatch_event("click", {"bubbles": True})
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("body img:not(.leaflet-image-layer), a:not(.leaflet-bar a), iframe, object").count() == 0
    assert page.locator("script").count() == len(SCRIPTS) + 3  # data, Leaflet, ours, the page's own
    assert seen == [out.as_uri()]


def test_the_policy_stops_a_script_that_got_in(atlas: Atlas, tmp_path: Path, offline: tuple[Page, list[str]]) -> None:
    """What escaping keeps out, the policy would stop: both guards are there."""
    page, seen = offline
    chosen = choose(atlas, Selection(layers=("ports",), regions=("152923",)))
    text = html(atlas, chosen, about(atlas, chosen.layers, "working", "EPSG:4490"))
    attack = "<script>window.hacked=1</script><img src='http://127.0.0.1:9/x' onerror='window.hacked=2'>"
    out = tmp_path / "map.html"
    out.write_text(text.replace("<noscript>", f"{attack}<noscript>"), encoding="utf-8")
    page.goto(out.as_uri())
    page.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
    assert page.evaluate("window.hacked") is None
    said = " ".join(one for one in seen if one.startswith("error:"))
    assert "img-src data:" in said
    assert "script-src" in said
