"""Light and dark by choice, in Chromium: page, Streamlit's own widgets, map and legend follow; all can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from atlas.exchange import choose
from atlas.exchange.about import about
from atlas.exchange.html import html
from atlas.selection import Selection
from atlas.store import Atlas
from tests.browser.conftest import WAIT_MS, Visit
from tests.ui.test_contrast import contrast, schemes

pytestmark = pytest.mark.browser

LIGHT, DARK = ("rgb({}, {}, {})".format(*bytes.fromhex(schemes()[one]["ground"][1:])) for one in ("light", "dark"))
COLOURS = """labels => [...new Set(labels.map(label => {
  const pixel = document.createElement("canvas").getContext("2d");
  pixel.fillStyle = getComputedStyle(label).color;
  return pixel.fillStyle;
}))]"""


def choose_scheme(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true", timeout=WAIT_MS)


def ground_is(page: Page, colour: str) -> None:
    """Expect the colour below the reading pane and below Streamlit's own widgets."""
    expect(page.locator(".st-key-pane, .st-key-content").first).to_have_css("background-color", colour, timeout=WAIT_MS)
    expect(page.locator(".stApp")).to_have_css("background-color", colour, timeout=WAIT_MS)


def test_dark_by_choice_and_back(visit: Visit) -> None:
    page = visit.page
    visit.open("?place=152923")
    ground_is(page, LIGHT)
    frame = visit.map_frame()
    swatch = page.locator(".rail .swatch path, .rail .swatch rect, .rail .swatch line").first
    line = frame.locator(".leaflet-atlas-leagues-pane path").first
    before = swatch.get_attribute("stroke"), line.get_attribute("stroke")
    choose_scheme(page, "深色")
    ground_is(page, DARK)
    expect(page).to_have_url(re.compile("scheme=dark"), timeout=WAIT_MS)
    expect(frame.locator(".leaflet-container")).to_have_class(re.compile("atlas-dark"), timeout=WAIT_MS)
    expect(line).not_to_have_attribute("stroke", before[1])
    expect(swatch).not_to_have_attribute("stroke", before[0])
    found = frame.locator(".atlas-label").evaluate_all(COLOURS)
    assert found
    assert all(contrast(colour, "#1c1a17") >= 4.5 for colour in found), found
    choose_scheme(page, "浅色")
    ground_is(page, LIGHT)
    expect(line).to_have_attribute("stroke", before[1])
    found = frame.locator(".atlas-label").evaluate_all(COLOURS)
    assert all(contrast(colour, "#fdfcf9") >= 4.5 for colour in found), found


@pytest.mark.parametrize("view", ["texts", "tables", "compare", "take", "own", "about"])
def test_every_view_opens_in_the_scheme_of_the_address(visit: Visit, view: str) -> None:
    """The choice stands above the browser's own wish, in either direction."""
    for media, scheme, colour in (("light", "dark", DARK), ("dark", "light", LIGHT)):
        visit.page.emulate_media(color_scheme=media)
        visit.page.goto(f"{visit.server.url}/?view={view}&scheme={scheme}")
        ground_is(visit.page, colour)


def test_without_a_choice_the_browser_is_followed_at_once(visit: Visit) -> None:
    visit.open()
    container = visit.map_frame().locator(".leaflet-container")
    for media, colour in (("dark", DARK), ("light", LIGHT)):
        visit.page.emulate_media(color_scheme=media)
        ground_is(visit.page, colour)
        expect(container).to_have_class(re.compile("atlas-dark" if media == "dark" else "^(?!.*atlas-dark)"))


def test_the_offline_map_has_the_same_choice(atlas: Atlas, tmp_path: Path, visit: Visit) -> None:
    chosen = choose(atlas, Selection(layers=("leagues", "ports")))
    out = tmp_path / "map.html"
    out.write_text(html(atlas, chosen, about(atlas, chosen.layers, "working", "EPSG:4490")), encoding="utf-8")
    page = visit.page.context.browser.new_page(color_scheme="dark")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(out.as_uri())
    page.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
    body, container = page.locator("body"), page.locator(".leaflet-container")
    expect(body).to_have_css("background-color", DARK)
    expect(container).to_have_class(re.compile("atlas-dark"))
    page.get_by_role("button", name="浅色", exact=True).click()
    expect(body).to_have_css("background-color", LIGHT)
    expect(container).not_to_have_class(re.compile("atlas-dark"))
    page.mouse.click(700, 60)  # beside every feature: nothing is chosen, nothing breaks
    expect(page.locator(".card")).to_be_hidden()
    page.close()
    assert errors == []
