"""The tables in a real browser: a table that screen readers read, sorted and turned by keyboard, rows lead onward."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from atlas.exchange.tables import table
from atlas.filters import Filters
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.registers import PAGE_ROWS
from tests.browser.conftest import WAIT_MS, Visit

pytestmark = pytest.mark.browser
SLOW_MS = 2 * WAIT_MS


def go(visit: Visit, address: str) -> None:
    visit.page.goto(f"{visit.server.url}/?view=tables{address}")
    expect(visit.page.locator(".tables tbody tr").first).to_be_visible(timeout=SLOW_MS)


def test_a_table_is_a_table_and_sorts_by_keyboard(visit: Visit, atlas: Atlas) -> None:
    go(visit, "&tables.show=targets")
    heads = visit.page.get_by_role("columnheader")
    assert [head.get_attribute("scope") for head in heads.all()] == ["col"] * heads.count()
    expect(visit.page.get_by_role("rowheader")).to_have_count(PAGE_ROWS)
    year = visit.page.get_by_role("columnheader", name="目标年")
    expect(year).to_have_attribute("aria-sort", "none")
    for state in ("ascending", "descending", "none"):
        year.get_by_role("button").focus()
        visit.page.keyboard.press("Enter")
        expect(year).to_have_attribute("aria-sort", state, timeout=SLOW_MS)
    total = len(table(atlas, "targets")[0])
    expect(visit.page.locator(".tables .status")).to_have_text(f"第 1–50 行，共 {total} 行")
    visit.page.get_by_role("button", name="末页").click()
    expect(visit.page.locator(".tables .status")).to_contain_text(f"–{total} 行", timeout=SLOW_MS)
    expect(visit.page).to_have_url(re.compile("tables.page="), timeout=SLOW_MS)


def test_the_filter_and_the_search_narrow_it(visit: Visit, atlas: Atlas) -> None:
    go(visit, "&regions=150700")
    kept = Filters(atlas).keep(Selection(regions=("150700",)))["projects"]
    expect(visit.page.locator(".tables .status")).to_contain_text(f"共 {len(kept)} 行")
    field = visit.page.get_by_role("searchbox", name="在本表中查找")
    field.press_sequentially("铁路")
    expect(visit.page.locator(".tables .status")).not_to_contain_text(f"共 {len(kept)} 行", timeout=SLOW_MS)
    expect(field).to_have_value("铁路")
    expect(field).to_be_focused()
    assert all("铁路" in text for text in visit.page.locator(".tables tbody tr").all_text_contents())


def test_a_row_leads_to_the_map_and_to_the_text(visit: Visit) -> None:
    go(visit, "&tables.show=places&tables.find=呼伦湖")
    visit.page.get_by_role("button", name="在地图上看：呼伦湖", exact=True).first.click()
    expect(visit.page.locator(".pane .title")).to_contain_text("呼伦湖", timeout=SLOW_MS)
    expect(visit.page).to_have_url(re.compile("place=lake(%2F|/)hulun"), timeout=SLOW_MS)
    go(visit, "&tables.show=provisions&documents=border")
    visit.page.locator(".tables tbody th button", has_text="第二条").first.click()
    expect(visit.page.locator(".pane[data-kind=article]")).to_contain_text("额济纳旗", timeout=SLOW_MS)


def test_a_download_is_what_is_seen(visit: Visit, atlas: Atlas, tmp_path) -> None:
    go(visit, "&categories=railway&tables.sort=name")
    names = visit.page.locator(".tables tbody th").all_text_contents()
    with visit.page.expect_download(timeout=SLOW_MS) as waiting:
        visit.page.get_by_role("button", name=re.compile("下载 CSV")).click()
    waiting.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    kept = Filters(atlas).keep(Selection(categories=("railway",)))["projects"]
    assert len(lines) == len(kept) + 1
    assert names[0] in lines[1]
    with visit.page.expect_download(timeout=SLOW_MS) as waiting:
        visit.page.get_by_role("button", name="下载 XLSX").click()
    waiting.value.save_as(tmp_path / "table.xlsx")
    assert (tmp_path / "table.xlsx").read_bytes().startswith(b"PK")
