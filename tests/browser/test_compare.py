"""The comparison in a real browser: units from list and map, side by side, in the address, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WAIT_MS, Visit

pytestmark = pytest.mark.browser
SLOW_MS = 3 * WAIT_MS


def test_units_stand_side_by_side_and_in_the_address(visit: Visit) -> None:
    visit.page.goto(f"{visit.server.url}/?view=compare&compare.units=152923")
    expect(visit.page.locator(".compare .unit").first).to_be_attached(timeout=SLOW_MS)
    visit.page.get_by_label("添加单位…").select_option("150781")
    heads = visit.page.locator(".side thead th")
    expect(heads).to_have_text(["额济纳旗", "满洲里市"], timeout=SLOW_MS)
    expect(visit.page.get_by_role("rowheader", name=re.compile("^面积"))).to_contain_text("年鉴")
    expect(visit.page.get_by_text("不表示冲突或许可")).to_be_visible()
    unit = visit.page.get_by_role("button", name=re.compile("^二连浩特市："))
    unit.focus()
    visit.page.keyboard.press("Enter")
    expect(heads).to_have_text(["额济纳旗", "满洲里市", "二连浩特市"], timeout=SLOW_MS)
    expect(visit.page).to_have_url(re.compile("compare.units=152923(%2C|,)150781(%2C|,)152501"), timeout=SLOW_MS)
    visit.page.get_by_role("button", name="移去：满洲里市").click()
    expect(heads).to_have_text(["额济纳旗", "二连浩特市"], timeout=SLOW_MS)


def test_by_keyboard_a_unit_is_added_when_it_is_taken_not_at_each_arrow(visit: Visit) -> None:
    visit.page.goto(f"{visit.server.url}/?view=compare&compare.units=152923,150781")
    heads, units = visit.page.locator(".side thead th"), visit.page.locator(".chooser select")
    expect(heads).to_have_count(2, timeout=SLOW_MS)
    for taking, before in (("Enter", 2), ("button", 3)):
        units.focus()
        for _ in range(3 + before):
            visit.page.keyboard.press("ArrowDown")
        chosen = units.evaluate("(list) => list.selectedOptions[0].textContent")
        visit.page.wait_for_timeout(500)
        assert heads.count() == before, "an arrow alone adds nothing"
        if taking == "button":
            visit.page.keyboard.press("Tab")
            expect(visit.page.get_by_role("button", name="加入比较")).to_be_focused()
        visit.page.keyboard.press("Enter")
        expect(heads).to_have_count(before + 1, timeout=SLOW_MS)
        expect(heads.last).to_have_text(chosen)
        # With four the list is full: the focus stays beside it.
        expect(units if before == 2 else visit.page.locator(".chooser .chip").last).to_be_focused()


def test_a_citation_opens_the_reader_at_the_provision(visit: Visit) -> None:
    """Whatever chapter was open there before, by keyboard, in English as a whole."""
    address = "?view=compare&lang=en&compare.units=150781,152923&texts.chapter=plan/1&document=plan"
    visit.page.goto(f"{visit.server.url}/{address}")
    visit.page.get_by_text("All of them").click(timeout=SLOW_MS)
    link = visit.page.get_by_role("button", name="Read in the full document: border/2", exact=True)
    expect(link).to_have_text("border/2", timeout=SLOW_MS)
    link.focus()
    visit.page.keyboard.press("Enter")
    current = visit.page.locator(".reader [aria-current=true]")
    expect(current).to_contain_text("额济纳旗", timeout=SLOW_MS)
    assert current.get_attribute("data-provision") == "border/2"
    expect(visit.page).to_have_url(re.compile("view=texts.*article=border(%2F|/)2"), timeout=SLOW_MS)


def test_what_the_focus_or_the_mouse_is_on_shows_above_its_neighbours(visit: Visit) -> None:
    visit.page.goto(f"{visit.server.url}/?view=compare")
    units = visit.page.locator(".compare .unit")
    expect(units.first).to_be_attached(timeout=SLOW_MS)
    mark = visit.page.locator(".compare .pointed")
    expect(mark).to_be_hidden()
    units.first.focus()
    visit.page.keyboard.press("ArrowRight")
    expect(mark).to_be_visible()
    focused = visit.page.locator(".compare .unit:focus")
    expect(mark.locator("text")).to_have_text(focused.get_attribute("aria-label"))
    assert mark.evaluate("one => one.parentNode.lastElementChild === one"), "nothing is drawn over it"
    visit.page.keyboard.press("Tab")
    expect(mark).to_be_hidden()
    ejin = visit.page.get_by_role("button", name=re.compile("^额济纳旗："))
    ejin.hover()
    expect(mark.locator("text")).to_contain_text("额济纳旗")
