"""The page on paper, and at 200 % zoom of an office screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WAIT_MS, Visit

READ = {
    "?place=152923": (".st-key-pane", ".pane .item"),
    "?view=tables&classes=class/border": (".st-key-content", "table tbody tr"),
    "?view=texts&article=border/2": (".st-key-content", ".reader .provision"),
}


@pytest.mark.parametrize("address", READ)
def test_paper_holds_the_whole_of_what_is_read_and_no_controls(visit: Visit, address: str) -> None:
    part, sign = READ[address]
    visit.page.goto(f"{visit.server.url}/{address}")
    expect(visit.page.locator(sign).first).to_be_visible(timeout=WAIT_MS)
    shown = visit.page.locator(part)
    assert shown.evaluate("one => one.scrollHeight > one.clientHeight"), "on the screen it scrolls by itself"
    visit.page.emulate_media(media="print")
    assert shown.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    expect(visit.page.locator(".st-key-bar")).to_be_hidden()
    for control in (".st-key-rail", ".st-key-side", ".st-key-stage"):
        if visit.page.locator(control).count():
            expect(visit.page.locator(control)).to_be_hidden()
    assert visit.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") > 1500


def test_at_200_percent_nothing_scrolls_sideways_and_the_map_comes_first(visit: Visit) -> None:
    """WCAG 1.4.10: 1366 × 768 at 200 % is half of it in CSS pixels."""
    visit.page.set_viewport_size({"width": 683, "height": 384})
    for address, sign in (("?place=152923", ".pane .item"), ("?view=compare&compare.units=150781,152923", "tbody tr")):
        visit.page.goto(f"{visit.server.url}/{address}")
        expect(visit.page.locator(sign).first).to_be_visible(timeout=WAIT_MS)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert visit.page.evaluate(
            "(one => one.scrollWidth <= one.clientWidth)(document.querySelector('[data-testid=stMain]'))"
        )
        if "place" in address:
            expect(
                visit.page.locator(".st-key-rail")
            ).to_be_hidden()  # folded; unfolded it stands first (test_narrow.py)
            parts = [visit.page.locator(f".st-key-{name}").bounding_box() for name in ("stage", "pane")]
            assert [round(part["y"]) for part in parts] == sorted(round(part["y"]) for part in parts)
            assert parts[0]["y"] < 384, "the map is on the first screen"
