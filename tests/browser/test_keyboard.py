"""The whole job without a mouse: find a banner, read, filter, take a dossier away; parts of the page at a few keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WAIT_MS, Visit

LONG_MS = 180_000  # a dossier is typeset in seconds, on a busy machine in many
FOCUSED = """
() => {
  let at = document.activeElement;
  while (at && (at.shadowRoot || at.contentDocument)) {
    const inside = at.shadowRoot || at.contentDocument;
    if (!inside.activeElement || inside.activeElement === inside.body) break;
    at = inside.activeElement;
  }
  const { outlineStyle, boxShadow } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    name: at.getAttribute("aria-label") || at.title ||
      (at.labels && at.labels[0] ? at.labels[0] : at).textContent.trim().slice(0, 80),
    tag: at.tagName.toLowerCase(), classes: at.className.toString(),
    seen: box.width > 0 && box.right > 0 && box.bottom > 0 && (outlineStyle !== "none" || boxShadow !== "none"),
    inside: Boolean(at.getRootNode().host || at.closest) &&
      [...document.querySelectorAll("[class*=st-key-]")].filter((one) => {
        let up = at;
        while (up && !one.contains(up)) up = up.getRootNode().host || null;
        return Boolean(up);
      }).flatMap((one) => [...one.classList].filter((name) => name.startsWith("st-key-"))),
  };
}
"""


def tab_to(page: Page, wanted: str, most: int) -> int:
    """Press Tab until what has the focus is called so (a regular expression); return how often."""
    names = []
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        names.append(at["name"])
        if re.search(wanted, at["name"]):
            assert at["seen"], f"{at['name']} has the focus and does not show it"
            return presses
    raise AssertionError(f"{wanted} is not within {most} tabs: {names}")


@pytest.mark.parametrize(
    ("address", "skips"),
    [
        ("", [("跳到条款", "st-key-pane"), ("跳到地图", None), ("跳到筛选", "st-key-rail")]),
        ("?lang=en", [("Skip to provisions", "st-key-pane"), ("Skip to map", None), ("Skip to filter", "st-key-rail")]),
        ("?view=tables", [("跳到正文", "st-key-content"), ("跳到筛选", "st-key-side")]),
        ("?view=texts", [("跳到正文", "st-key-content"), ("跳到目录", "st-key-side"), ("跳到地图", None)]),
        ("?view=about&lang=en", [("Skip to content", "st-key-content")]),
    ],
)
def test_each_part_of_the_page_is_three_keys_away(
    visit: Visit, address: str, skips: list[tuple[str, str | None]]
) -> None:
    """WCAG 2.4.1: what skips the bar comes first, shows itself with the focus, and the next Tab goes on there."""
    visit.page.goto(f"{visit.server.url}/{address}")
    expect(visit.page.locator(".bar-row .skip").first).to_be_attached(timeout=WAIT_MS)
    expect(visit.page.locator(".st-key-content, .st-key-pane").first).to_be_visible(timeout=WAIT_MS)
    if any(part is None for _, part in skips):
        visit.map_frame()
    for number, (name, part) in enumerate(skips, start=1):
        visit.page.evaluate("document.activeElement.blur()")
        visit.page.locator(".bar-row .skip").first.focus()
        if number > 1:
            tab_to(visit.page, f"^{name}$", number - 1)
        shown = visit.page.locator(".bar-row .skip:focus")
        expect(shown).to_have_text(name)
        assert shown.bounding_box()["x"] >= 0, "it can be seen"
        visit.page.keyboard.press("Enter")
        at = visit.page.evaluate(FOCUSED)
        if part is None:
            assert "leaflet-container" in at["classes"]
            continue
        assert part in at["classes"].split()
        if "view=about" in address:
            continue  # nothing there takes the focus: the arrows scroll it
        visit.page.keyboard.press("Tab")
        assert part in visit.page.evaluate(FOCUSED)["inside"]


def test_the_whole_job_by_keyboard(visit: Visit, tmp_path: Path) -> None:
    """Find my banner by pinyin, read its articles, open one in the document, filter, clear, take a dossier away."""
    visit.open()
    page = visit.page
    tab_to(page, "^查找$", 14)
    page.keyboard.type("ejinaqi")
    expect(page.get_by_role("option").first).to_contain_text("额济纳旗", timeout=WAIT_MS)
    page.keyboard.press("Enter")
    title = page.locator(".pane .title")
    expect(title).to_contain_text("额济纳旗", timeout=WAIT_MS)
    expect(title).to_be_focused(timeout=WAIT_MS)

    tab_to(page, "^全文并落图", 25)
    tab_to(page, "^在全文中阅读", 25)
    page.keyboard.press("Enter")
    expect(page.locator(".reader [aria-current=true] .number")).to_be_focused(timeout=WAIT_MS)
    expect(page).to_have_title("全文 · 北疆图集")

    page.locator(".bar-row .skip").first.focus()
    tab_to(page, "^地图$", 4)
    page.keyboard.press("Enter")
    expect(title).to_contain_text("第二条", timeout=WAIT_MS)  # the article is still open, now with its places
    page.locator(".bar-row .skip").first.focus()
    tab_to(page, "^跳到筛选$", 2)
    page.keyboard.press("Enter")
    tab_to(page, "^盟市、旗县", 3)
    page.keyboard.press("Enter")
    tab_to(page, "查找|找", 2)
    page.keyboard.type("阿拉善盟")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chip = page.locator(".filters .chip")
    expect(chip).to_have_count(1, timeout=WAIT_MS)
    expect(chip.first).to_contain_text("阿拉善盟")
    tab_to(page, "^类别", 120)
    page.keyboard.press("Enter")
    tab_to(page, "^边境", 12)
    page.keyboard.press("Space")
    expect(chip).to_have_count(2, timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("regions=152900&classes=class(/|%2F)border"))
    page.locator(".bar-row .skip").last.focus()
    page.keyboard.press("Enter")
    tab_to(page, "^全部清除$", 2)
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0, timeout=WAIT_MS)

    page.locator(".bar-row .skip").first.focus()
    tab_to(page, "^取用$", 9)
    page.keyboard.press("Enter")
    make = page.get_by_role("button", name="生成地区档案")
    expect(make).to_be_visible(timeout=LONG_MS)
    page.locator(".bar-row .skip").first.focus()
    page.keyboard.press("Enter")
    tab_to(page, "^生成地区档案", 15)
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-take_download_dossier button")).to_contain_text("额济纳旗", timeout=LONG_MS)
    tab_to(page, "额济纳旗.*", 4)
    with page.expect_download(timeout=LONG_MS) as waiting:
        page.keyboard.press("Enter")
    out = tmp_path / "dossier.pdf"
    waiting.value.save_as(out)
    assert out.read_bytes().startswith(b"%PDF")
