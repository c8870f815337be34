"""A small screen, and an office screen at 200 % zoom: what is read, seen and reached by Tab keeps one order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WAIT_MS, Visit

pytestmark = pytest.mark.browser

# 1366×768 at 200 % zoom, and a telephone.
SIZES = [(683, 384), (390, 844)]
# Where the focus is: the part of the page, and its upper edge on the whole page (CSS pixels).
WHERE = """
() => {
  let at = document.activeElement;
  const outer = at;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const part = ["bar", "rail", "side", "stage", "pane", "content"].find((name) => outer.closest(`.st-key-${name}`));
  const box = at.getBoundingClientRect();
  const main = document.querySelector("[data-testid=stMain]");
  return { part, top: box.top + main.scrollTop, left: box.left, skip: at.classList.contains("skip") };
}
"""


def walk(page: Page, last: str, most: int) -> list[dict[str, object]]:
    """Press Tab from the top of the page until a part is reached; return where the focus was."""
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None or at["skip"]:
            continue
        seen.append(at)
        if at["part"] == last:
            return seen
    raise AssertionError(f"{last} is not within {most} tabs: {seen}")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("address", "last"), [("?place=152923", "pane"), ("?view=tables", "content"), ("?view=take", "content")]
)
def test_the_order_of_tab_is_the_order_that_is_seen(
    visit: Visit, address: str, last: str, size: tuple[int, int]
) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.page.goto(f"{visit.server.url}/{address}")
    expect(visit.page.locator(f".st-key-{last}")).to_be_visible(timeout=WAIT_MS)
    if last == "pane":
        visit.map_frame()
    left = visit.page.locator(".st-key-rail, .st-key-side")
    act = visit.page.locator(".bar-row .fold")
    expect(act).to_be_visible(timeout=WAIT_MS)
    expect(left).to_be_hidden()
    for is_open in (False, True):
        if is_open:
            act.click()
            expect(left).to_be_visible()
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate(WHERE)["part"] in {"rail", "side"}, "the next Tab goes into what was unfolded"
        seen = walk(visit.page, last, 160)
        parts = list(dict.fromkeys(at["part"] for at in seen))
        tops = {part: min(at["top"] for at in seen if at["part"] == part) for part in parts}
        assert parts == sorted(parts, key=lambda part: tops[part])
        assert ("rail" in parts or "side" in parts) is is_open
        bar = [at for at in seen if at["part"] == "bar"]
        rows = [(round(at["top"] / 24), at["left"]) for at in bar]
        assert rows == sorted(rows), "the bar is read line by line"


def test_the_way_to_the_filter_unfolds_it(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 683, "height": 384})
    visit.open()
    rail = visit.page.locator(".st-key-rail")
    act = visit.page.get_by_role("button", name="筛选与图层")
    expect(act).to_have_attribute("aria-expanded", "false")
    expect(rail).to_be_hidden()
    visit.page.locator(".bar-row .skip").last.focus()
    visit.page.keyboard.press("Enter")
    expect(act).to_have_attribute("aria-expanded", "true")
    expect(rail).to_be_focused()
    act.click()
    expect(rail).to_be_hidden()
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    expect(rail).to_be_visible()
    expect(act).to_be_hidden()


@pytest.mark.parametrize("address", ["?view=compare&compare.units=150781,152923", "?view=about", "?view=texts"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_lies_over_anything_else(visit: Visit, address: str, lang: str) -> None:
    """On a telephone what is wide scrolls by itself, and the page does not."""
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.goto(f"{visit.server.url}/{address}&lang={lang}")
    expect(visit.page.locator(".st-key-content").first).to_be_visible(timeout=WAIT_MS)
    if "compare" in address:
        heads = visit.page.locator(".side thead th")
        expect(heads).to_have_count(2, timeout=WAIT_MS)
        first, second = (heads.nth(at).bounding_box() for at in (0, 1))
        assert first["x"] + first["width"] <= second["x"] + 1
        assert heads.first.evaluate("head => head.scrollWidth <= head.clientWidth")
    assert visit.page.evaluate("document.querySelector('.st-key-content').scrollWidth <= innerWidth")
