"""The map that is there before Streamlit: drawn as the address says, clicked, and taken over as it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import WAIT_MS, Visit

EARLY = "#atlas-early-map"
FRONTEND = "**/static/js/index.*.js"


class Held:
    """Streamlit's frontend, kept back until it is let go."""

    def __init__(self, visit: Visit) -> None:
        self.routes: list[Route] = []
        self.free = False
        visit.page.route(FRONTEND, self._asked)

    def _asked(self, route: Route) -> None:
        if self.free:
            route.continue_()
        else:
            self.routes.append(route)

    def let_go(self) -> None:
        self.free = True
        for route in self.routes:
            route.continue_()


def early_map(visit: Visit, address: str) -> None:
    """Open an address, and wait until the map is drawn that comes before Streamlit."""
    visit.page.goto(f"{visit.server.url}/{address}", wait_until="commit")
    frame = visit.page.frame_locator(EARLY)
    frame.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)


def test_the_map_is_there_before_streamlit_and_stays(visit: Visit) -> None:
    visit.open()  # the server is warm
    held = Held(visit)
    early_map(visit, "?regions=152900&lang=en&scheme=dark")
    assert visit.page.locator(".stApp").count() == 0
    frame = visit.page.frame_locator(EARLY)
    expect(frame.locator(".leaflet-atlas-banners-pane path")).to_have_count(3)  # Alxa League alone
    expect(frame.locator(".atlas-credit")).to_contain_text("Boundaries: Tianditu")
    expect(frame.locator(".atlas-dark")).to_have_count(1)
    element = visit.page.locator(EARLY).element_handle()
    element.content_frame().evaluate("window.seen = 'the same'")
    before = visit.page.locator(EARLY).bounding_box()
    held.let_go()
    taken = visit.map_frame()
    expect(visit.page.locator(".pane")).to_be_visible(timeout=WAIT_MS)
    assert taken.evaluate("window.seen") == "the same"
    assert visit.page.locator("iframe").count() == 1
    after = visit.page.locator(".st-key-stage iframe").bounding_box()
    assert [round(after[side]) for side in after] == [round(before[side]) for side in before]
    visit.page.get_by_role("button", name="Clear all").click()
    expect(taken.locator(".leaflet-atlas-banners-pane path")).to_have_count(103, timeout=WAIT_MS)


def test_a_click_before_streamlit_is_answered(visit: Visit) -> None:
    visit.open()
    held = Held(visit)
    early_map(visit, "")
    box = visit.page.locator(EARLY).bounding_box()
    frame = visit.page.locator(EARLY).element_handle().content_frame()
    at = frame.evaluate("map.latLngToContainerPoint([41.3, 99.9])")
    visit.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    held.let_go()
    expect(visit.page.locator(".pane .title")).to_contain_text("额济纳旗", timeout=WAIT_MS)


@pytest.mark.parametrize("view", ["tables", "about"])
def test_a_view_without_a_map_has_none(visit: Visit, view: str) -> None:
    visit.open()
    visit.page.goto(f"{visit.server.url}/?view={view}")
    expect(visit.page.locator(".st-key-content")).to_be_visible(timeout=WAIT_MS)
    assert visit.page.locator("iframe").count() == 0


def test_whoever_is_quicker_than_the_page_keeps_no_map_over_another_view(visit: Visit) -> None:
    visit.open()
    # A frame that no view will take, as when the view was changed while the page came.
    held = Held(visit)
    early_map(visit, "")
    visit.page.evaluate("window.atlasEarly.frame.src = 'about:blank#other'")
    held.let_go()
    visit.map_frame()
    expect(visit.page.locator(EARLY)).to_have_count(0)
    assert visit.page.locator("iframe").count() == 1


def test_a_browser_that_cannot_move_a_frame_has_the_map_too(visit: Visit) -> None:
    visit.page.add_init_script("delete Element.prototype.moveBefore")
    visit.open("?place=152923")
    expect(visit.page.locator(".pane .title")).to_contain_text("额济纳旗", timeout=WAIT_MS)
    assert visit.page.locator("iframe").count() == 1
