"""Back and forward through place, article, filter, view; what is said where nothing, or nobody, is there to answer."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import WAIT_MS, Visit, start_app, stop_app

pytestmark = pytest.mark.browser

EJIN = "152923"
SETTLED_MS = 1500  # in which an address that answers itself would have changed


def asked(visit: Visit) -> dict[str, str]:
    """Return what the address asks for, without where the map looks."""
    found = parse_qs(urlsplit(visit.page.url).query)
    return {key: value for key, (value,) in found.items() if key != "at"}


def test_back_and_forward_through_place_article_filter_and_view(visit: Visit) -> None:
    visit.open()
    page = visit.page
    title = page.locator(".pane .title")
    chip = page.locator(".filters .chip")
    page.locator(".pane .chip", has_text="额济纳旗").click()
    expect(page).to_have_url(re.compile(f"place={EJIN}"), timeout=WAIT_MS)
    page.locator('.item[data-provision="border/2"] .open').click()
    expect(page).to_have_url(re.compile("article=border"), timeout=WAIT_MS)
    page.locator(".filters summary", has_text="盟市、旗县").click()
    page.get_by_role("checkbox", name="阿拉善盟").check()
    expect(page).to_have_url(re.compile("regions=152900"), timeout=WAIT_MS)
    page.get_by_role("button", name="表格", exact=True).click()
    expect(page).to_have_url(re.compile("view=tables"), timeout=WAIT_MS)

    states = [
        {},
        {"place": EJIN},
        {"place": EJIN, "article": "border/2"},
        {"place": EJIN, "article": "border/2", "regions": "152900"},
        {"place": EJIN, "article": "border/2", "regions": "152900", "view": "tables"},
    ]

    def is_seen(state: dict[str, str]) -> None:
        if "view" in state:
            expect(page.locator(".tables")).to_be_visible(timeout=WAIT_MS)
        else:
            kind = "article" if "article" in state else "place" if "place" in state else "welcome"
            expect(page.locator(f".pane[data-kind={kind}]")).to_be_visible(timeout=WAIT_MS)
            expect(title).to_contain_text({"article": "第二条", "place": "额济纳旗", "welcome": "选一个地方"}[kind])
        expect(chip).to_have_count(1 if "regions" in state else 0, timeout=WAIT_MS)
        page.wait_for_timeout(SETTLED_MS)
        assert asked(visit) == state

    is_seen(states[-1])
    for state in reversed(states[:-1]):
        page.go_back()
        is_seen(state)
    for state in states[1:]:
        page.go_forward()
        is_seen(state)
    # Nothing was written behind one's back: a step on from here goes where it says, and back comes here again.
    page.get_by_role("button", name="比较", exact=True).click()
    expect(page).to_have_url(re.compile("view=compare"), timeout=WAIT_MS)
    page.go_back()
    is_seen(states[-1])


@pytest.mark.parametrize(
    ("lang", "none", "left", "row"),
    [
        (
            "zh",
            "没有找到。可输入汉字",
            "没有同时符合这些条件的内容，请取消其中一项",
            "左侧的筛选没有留下任何一行，请取消其中一项",
        ),
        ("en", "Nothing found. Try", "Nothing meets all of these at once: remove one", "remove one"),
    ],
)
def test_where_there_is_nothing_it_says_what_to_do(visit: Visit, lang: str, none: str, left: str, row: str) -> None:
    nothing = "regions=150300&classes=class/border"  # Wuhai has no border
    visit.open(f"?lang={lang}&{nothing}")
    expect(visit.page.locator(".filters .left.empty")).to_contain_text(left, timeout=WAIT_MS)
    visit.page.get_by_role("combobox").first.fill("qqqqzz")
    expect(visit.page.locator(".bar-row .none")).to_contain_text(none, timeout=WAIT_MS)
    visit.page.goto(f"{visit.server.url}/?view=tables&lang={lang}&{nothing}")
    expect(visit.page.locator(".tables .empty")).to_contain_text(row, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("?place=xyz", "place=xyz"),
        ("?view=mapp&regions=999,150300", "view=mapp, regions=999"),
        ("?view=compare&compare.units=150781,999", "compare.units=999"),
        ("?view=tables&tables.show=nope&tables.sort=nope", "tables.show=nope"),
    ],
)
@pytest.mark.parametrize(("lang", "words"), [("zh", "地址里有认不出的内容，已忽略"), ("en", "something unknown")])
def test_what_an_address_names_and_nobody_knows_is_said(
    visit: Visit, address: str, named: str, lang: str, words: str
) -> None:
    visit.page.goto(f"{visit.server.url}/{address}&lang={lang}")
    toast = visit.page.locator("[data-testid=stToast]")
    expect(toast).to_contain_text(words, timeout=WAIT_MS)
    for one in named.split(", "):
        expect(toast).to_contain_text(one.replace(".", "·"))


def test_a_document_of_the_first_page_opens_in_the_reader(visit: Visit) -> None:
    visit.open("?lang=en")
    visit.page.get_by_role("button", name="High-quality Development of Border Areas").click()
    expect(visit.page.locator(".reader .title")).to_be_focused(timeout=WAIT_MS)
    expect(visit.page.locator(".contents .document")).to_have_value("border")
    expect(visit.page.locator(".contents .document option:checked")).to_have_text("Border Areas Regulations")
    visit.page.go_back()
    expect(visit.page.locator(".pane[data-kind=welcome]")).to_be_visible(timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "重新运行 atlas serve"), ("en", "run atlas serve on that computer again")]
)
def test_when_the_server_stops_the_page_says_so_and_goes_on_with_the_next(
    chromium: Browser, built_atlas: Path, tmp_path: Path, lang: str, words: str
) -> None:
    first = start_app(built_atlas.parent, tmp_path / "first.log")
    page = chromium.new_page()
    second = None
    try:
        page.goto(f"{first.url}/?place={EJIN}&lang={lang}")
        expect(page.locator(".pane .title")).to_contain_text("额济纳旗", timeout=WAIT_MS)
        stop_app(first)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(words, timeout=WAIT_MS)
        expect(dialog).not_to_contain_text("Streamlit")
        expect(dialog).not_to_contain_text("Connection error")
        page.evaluate("window.cutOff = true")
        second = start_app(built_atlas.parent, tmp_path / "second.log", port=int(first.url.rpartition(":")[2]))
        page.wait_for_function(
            "!window.cutOff", timeout=WAIT_MS
        )  # the new server does not know the session: loaded anew
        expect(dialog).to_have_count(0, timeout=WAIT_MS)
        expect(page.locator(".pane .title")).to_contain_text("额济纳旗", timeout=WAIT_MS)
        page.get_by_role("button", name={"zh": "表格", "en": "Tables"}[lang], exact=True).click()
        expect(page.locator(".tables")).to_be_visible(timeout=WAIT_MS)
        assert f"place={EJIN}" in page.url
    finally:
        page.close()
        for server in (first, second):
            if server:
                stop_app(server)


def test_a_short_break_loads_nothing_anew(visit: Visit) -> None:
    visit.open(f"?place={EJIN}")
    page = visit.page
    page.evaluate("window.here = true")
    with page.expect_response(re.compile("/alive/")) as asked_for:
        page.evaluate("fetch('_stcore/health')")  # as Streamlit does before it connects again
    assert asked_for.value.status == 204
    page.wait_for_timeout(SETTLED_MS)
    assert page.evaluate("window.here")
    page.get_by_role("button", name="表格", exact=True).click()
    expect(page.locator(".tables")).to_be_visible(timeout=WAIT_MS)
