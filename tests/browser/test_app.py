"""The app as a planner uses it, in a real Chromium that can reach nothing but the app itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from atlas.filters import Filters
from atlas.selection import Selection
from atlas.store import Atlas
from tests.browser.conftest import WAIT_MS, Visit, start_app, stop_app

pytestmark = pytest.mark.browser

EJIN = "152923"
EJIN_POINT = (99.2, 42.2)  # lon, lat: in 额济纳旗, away from any port or line


def title(visit: Visit):
    return visit.page.locator(".pane .title")


def test_a_click_on_the_map_reads_what_governs_the_banner(visit: Visit, atlas: Atlas) -> None:
    visit.open()
    visit.click_map(*EJIN_POINT)
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)
    item = visit.page.locator('.item[data-provision="border/2"]')
    expect(item.locator(".number")).to_have_text("第二条")
    expect(item.locator(".of")).to_contain_text("《内蒙古自治区促进边境地区高质量发展条例》")
    expected = next(row for row in atlas.governing(EJIN) if row.id == "border/2")
    expect(item.locator(".law")).to_have_text(expected.quotation)
    assert "额济纳旗" in item.locator("mark").all_text_contents()
    expect(visit.page).to_have_url(re.compile(f"place={EJIN}"), timeout=WAIT_MS)


def test_a_click_offers_everything_that_lies_there(visit: Visit, atlas: Atlas) -> None:
    """A lake lies on its banner: the click chooses the lake and offers the banner."""
    visit.open()
    lake = atlas.place("lake/hulun")
    visit.click_map(lake.lon, lake.lat)
    expect(title(visit)).to_contain_text("呼伦湖", timeout=WAIT_MS)
    visit.page.locator(".under .chip", has_text="新巴尔虎右旗").click()
    expect(title(visit)).to_contain_text("新巴尔虎右旗", timeout=WAIT_MS)


def test_every_click_counts(visit: Visit) -> None:
    """Close the pane and click the same banner again: it opens again."""
    visit.open()
    for _ in range(2):
        visit.click_map(*EJIN_POINT)
        expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)
        visit.page.get_by_role("button", name="关闭").click()
        expect(visit.page.locator(".pane[data-kind=welcome]")).to_be_visible(timeout=WAIT_MS)


def test_without_a_mouse(visit: Visit) -> None:
    visit.open()
    field = visit.page.get_by_role("combobox", name="查找", exact=True)
    field.focus()
    visit.page.keyboard.type("额济纳")
    expect(visit.page.get_by_role("option").first).to_contain_text("额济纳旗", timeout=WAIT_MS)
    visit.page.keyboard.press("Enter")
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)
    opener = visit.page.locator('.item[data-provision="border/2"] .open')
    opener.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".pane[data-kind=article]")).to_be_visible(timeout=WAIT_MS)


def test_latin_letters_find_a_banner(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("combobox", name="查找", exact=True).focus()
    visit.page.keyboard.type("Ejin")
    expect(visit.page.get_by_role("option").first).to_contain_text("额济纳旗", timeout=WAIT_MS)


def test_an_article_lights_all_its_places(visit: Visit, atlas: Atlas) -> None:
    visit.open(f"?place={EJIN}")
    visit.page.locator('.item[data-provision="border/2"] .open').click()
    expect(visit.page.locator(".pane[data-kind=article]")).to_be_visible(timeout=WAIT_MS)
    reach = atlas.reach("border/2")
    assert len(reach) == 20
    chips = visit.page.locator(".pane .chip")
    assert set(chips.all_text_contents()) == {atlas.place(key).name for key in reach}
    text = "".join(visit.page.locator(".law.full p").all_text_contents())
    assert text == atlas.provision("border/2").text.replace("\n", "")
    marks = visit.page.locator(".law.full mark").all_text_contents()
    assert {"额济纳旗", "满洲里市", "二连浩特市"} <= set(marks)
    # Each place is drawn twice, as a halo and as a line over it, in the pane for what is marked.
    frame = visit.map_frame()
    drawn = frame.locator(".leaflet-atlas-marked-pane path")
    # A hub or zone that stands for a unit is a shape of it too, so that there may be more.
    lit = {key for layer in atlas.layers() for key in atlas.features(layer.id)["place"] if key in reach}
    assert lit == set(reach)
    expect(drawn.nth(2 * len(reach) - 1)).to_be_attached(timeout=WAIT_MS)
    # The map flies to where the whole border is seen, and no farther.
    frame.wait_for_function("map.getBounds().contains([[42.0, 98.0], [52.5, 121.0]])", timeout=WAIT_MS)
    assert not frame.evaluate("map.getBounds().contains([[33.0, 88.0], [57.0, 132.0]])")
    visit.page.get_by_role("button", name="返回 额济纳旗").click()
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)


def test_a_place_in_an_article_leads_to_the_place(visit: Visit) -> None:
    visit.open("?article=border/2")
    visit.page.locator(".law.full .lead", has_text="满洲里市").click()
    expect(title(visit)).to_contain_text("满洲里市", timeout=WAIT_MS)


def test_filter_by_league(visit: Visit, atlas: Atlas) -> None:
    visit.open("?layers=banners")
    paths = visit.map_frame().locator(".leaflet-atlas-banners-pane path")
    expect(paths).to_have_count(103, timeout=WAIT_MS)
    visit.page.locator(".filters summary", has_text="盟市、旗县").click()
    visit.page.get_by_role("checkbox", name="阿拉善盟").check()
    expect(paths).to_have_count(3, timeout=WAIT_MS)
    expect(visit.page).to_have_url(re.compile("regions=152900"), timeout=WAIT_MS)


def test_the_map_follows_the_filter_ahead_of_the_script(visit: Visit) -> None:
    visit.page.add_init_script(
        "window.mute = false; const send = WebSocket.prototype.send;"
        "WebSocket.prototype.send = function (data) { if (!window.mute) send.call(this, data); }"
    )
    visit.open("?layers=banners")
    paths = visit.map_frame().locator(".leaflet-atlas-banners-pane path")
    visit.page.locator(".filters summary", has_text="盟市、旗县").click()
    visit.page.evaluate("window.mute = true")  # the script hears of nothing
    visit.page.get_by_role("checkbox", name="阿拉善盟").check()
    expect(paths).to_have_count(3, timeout=WAIT_MS)
    visit.page.get_by_role("checkbox", name="乌海市").check()
    expect(paths).to_have_count(6, timeout=WAIT_MS)  # a change builds on the one before, whoever has heard of it
    assert "regions" not in visit.page.url


def test_the_map_follows_the_filter_where_nothing_is_said_ahead(visit: Visit) -> None:
    visit.page.route("**/ahead?*", lambda route: route.abort())
    visit.open("?layers=banners")
    paths = visit.map_frame().locator(".leaflet-atlas-banners-pane path")
    visit.page.locator(".filters summary", has_text="盟市、旗县").click()
    visit.page.get_by_role("checkbox", name="阿拉善盟").check()
    expect(paths).to_have_count(3, timeout=WAIT_MS)
    visit.errors.clear()  # Chromium names the refused request


def test_an_answer_that_is_none_keeps_no_change_from_the_script(visit: Visit) -> None:
    visit.page.route("**/ahead?*", lambda route: route.fulfill(status=200, body='{"hidden": ['))
    visit.open("?layers=banners")
    paths = visit.map_frame().locator(".leaflet-atlas-banners-pane path")
    visit.page.locator(".filters summary", has_text="盟市、旗县").click()
    visit.page.get_by_role("checkbox", name="阿拉善盟").check()
    expect(paths).to_have_count(3, timeout=WAIT_MS)
    visit.page.get_by_role("checkbox", name="乌海市").check()
    expect(paths).to_have_count(6, timeout=WAIT_MS)


def test_filters_combine_and_clear_one_by_one_and_all_at_once(visit: Visit, atlas: Atlas) -> None:
    visit.open("?layers=banners")
    paths = visit.map_frame().locator(".leaflet-atlas-banners-pane path")
    filters = Filters(atlas)
    chosen = (("类别", "边境旗市区", Selection(classes=("class/border",))),)
    chosen += (("项目类别", "铁路", Selection(classes=("class/border",), categories=("railway",))),)
    for kind, name, selection in chosen:
        visit.page.locator(".filters summary", has_text=re.compile(f"^{kind}")).click()
        visit.page.get_by_role("group", name=kind, exact=True).get_by_role(
            "checkbox", name=re.compile(f"^{name}")
        ).check()
        expect(paths).to_have_count(len(filters.keep(selection)["units"]), timeout=WAIT_MS)
    chips = visit.page.locator(".filters .chip")
    expect(chips).to_have_count(2)
    visit.page.get_by_role("button", name="取消筛选：边境旗市区").click()
    expect(paths).to_have_count(len(filters.keep(Selection(categories=("railway",)))["units"]), timeout=WAIT_MS)
    visit.page.get_by_role("button", name="全部清除").click()
    expect(paths).to_have_count(103, timeout=WAIT_MS)
    expect(chips).to_have_count(0)


def test_a_project_is_found_by_its_initials_and_shows_its_places(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("combobox", name="查找", exact=True).focus()
    visit.page.keyboard.type("东台子水库")
    expect(visit.page.get_by_role("option").first).to_contain_text("东台子水库", timeout=WAIT_MS)
    visit.page.keyboard.press("Enter")
    expect(title(visit)).to_contain_text("东台子水库", timeout=WAIT_MS)


def test_layers_go_off_and_on(visit: Visit) -> None:
    visit.open()
    paths = visit.map_frame().locator(".leaflet-atlas-border-pane path")
    expect(paths).to_have_count(20, timeout=WAIT_MS)
    box = visit.page.get_by_role("checkbox", name="边境旗市区")
    box.uncheck()
    expect(paths).to_have_count(0, timeout=WAIT_MS)
    box.check()
    expect(paths).to_have_count(20, timeout=WAIT_MS)


def test_the_address_restores_the_view(visit: Visit) -> None:
    visit.open("?place=lake/hulun&layers=lakes,banners&leagues=150700&lang=en")
    expect(visit.page.locator(".rail input:checked")).to_have_count(2, timeout=WAIT_MS)
    expect(visit.page.locator(".pane .kicker")).to_have_text("lake")
    expect(visit.map_frame().locator(".leaflet-atlas-banners-pane path")).to_have_count(14, timeout=WAIT_MS)


def test_back_goes_back(visit: Visit) -> None:
    visit.open(f"?place={EJIN}")
    visit.page.locator('.item[data-provision="border/2"] .open').click()
    expect(visit.page.locator(".pane[data-kind=article]")).to_be_visible(timeout=WAIT_MS)
    expect(visit.page).to_have_url(re.compile("article=border"), timeout=WAIT_MS)  # it comes a moment after the pane
    visit.page.go_back()
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)


def test_region_wide_provisions_come_in_pages(visit: Visit) -> None:
    visit.open(f"?place={EJIN}")
    group = visit.page.locator('.group[data-basis="region"]')
    expect(group.locator(".item")).to_have_count(0)
    group.locator(".more").click()
    expect(group.locator(".item")).to_have_count(12, timeout=WAIT_MS)
    group.locator(".more").click()
    expect(group.locator(".item")).to_have_count(24, timeout=WAIT_MS)


def test_the_switch_to_english(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_text("English", exact=True).click()
    expect(visit.page.locator(".brand")).to_have_text("Beijiang Atlas", timeout=WAIT_MS)
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    expect(visit.page.locator(".rail")).to_contain_text("Border units")


@pytest.mark.parametrize("content", [None, b"not an atlas"])
def test_without_an_atlas_it_says_what_to_run(chromium: Browser, tmp_path: Path, content: bytes | None) -> None:
    build = tmp_path / "build"
    build.mkdir()
    if content is not None:
        (build / "atlas.gpkg").write_bytes(content)
    server = start_app(build, tmp_path / "streamlit.log")
    page = chromium.new_page()
    try:
        page.goto(server.url)
        expect(page.get_by_text("run: make build", exact=True).first).to_be_visible(timeout=WAIT_MS)
        assert page.get_by_text("Traceback").count() == 0
    finally:
        page.close()
        stop_app(server)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_nothing_scrolls_sideways_and_the_credit_stands(visit: Visit, width: int, height: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.open(f"?place={EJIN}")
    sizes = visit.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert sizes[0] <= sizes[1]
    pane = visit.page.locator(".st-key-pane")
    assert pane.evaluate("box => box.scrollHeight > box.clientHeight && box.clientHeight <= innerHeight")
    credit = visit.map_frame().locator(".atlas-credit")
    for words in ("境界资料来源：天地图", "未经地图审核", "公开出版须送审"):
        expect(credit).to_contain_text(words)


def test_a_strange_address_runs_nothing_and_is_named(visit: Visit) -> None:
    visit.open("?place=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&article=%24%7Balert(1)%7D&lang=`")
    expect(visit.page.locator(".pane[data-kind=welcome]")).to_be_visible(timeout=WAIT_MS)
    expect(visit.page.get_by_text("地址里有认不出的内容")).to_be_visible(timeout=WAIT_MS)


def test_from_a_quotation_to_the_full_text_and_back_to_a_place(visit: Visit) -> None:
    visit.open(f"?place={EJIN}")
    visit.page.locator('.item[data-provision="border/2"] .act', has_text="在全文中阅读").click()
    article = visit.page.locator('.reader .provision[data-provision="border/2"]')
    expect(article).to_have_class(re.compile("current"), timeout=WAIT_MS)
    expect(visit.page.locator('.reader .provision[data-provision="border/3"]')).to_be_attached()  # its neighbour
    article.locator(".reach").nth(1).click()
    expect(article.locator(".reached .chip")).to_have_count(20, timeout=WAIT_MS)
    expect(visit.page).to_have_url(re.compile("texts.paragraph=2"), timeout=WAIT_MS)
    article.locator(".law .place", has_text="满洲里市").first.click()
    expect(title(visit)).to_contain_text("满洲里市", timeout=WAIT_MS)


def test_a_click_beside_every_feature_chooses_the_unit(visit: Visit) -> None:
    visit.open("?layers=-")
    visit.click_map(*EJIN_POINT)
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)


def test_where_the_map_looks_is_in_the_address_and_restored(visit: Visit) -> None:
    visit.open("?at=42.0000,110.0000,6.5")
    frame = visit.map_frame()
    middle = frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    assert [round(value, 2) for value in middle] == [42.0, 110.0, 6.5]
    frame.locator(".leaflet-control-zoom-in").click()
    expect(visit.page).to_have_url(re.compile(r"at=[0-9.,]+,7(&|$)"), timeout=WAIT_MS)


def test_the_legend_follows_the_layers(visit: Visit) -> None:
    visit.open("?layers=ports,lakes")
    rows = visit.map_frame().locator(".atlas-legend-row")
    expect(rows).to_have_count(2, timeout=WAIT_MS)
    visit.page.get_by_role("checkbox", name=re.compile("^口岸")).first.uncheck()
    expect(rows).to_have_count(1, timeout=WAIT_MS)


def test_the_list_does_what_a_click_does(visit: Visit) -> None:
    visit.open("?regions=152900")
    visit.page.get_by_role("button", name="图上内容列表").click()
    chips = visit.page.locator(".pane[data-kind=list] .chip")
    expect(chips).to_have_count(3, timeout=WAIT_MS)
    chips.filter(has_text="额济纳旗").click()
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)


def test_about_says_version_and_coverage(visit: Visit, atlas: Atlas) -> None:
    visit.page.goto(f"{visit.server.url}/?view=about&lang=en")
    about = visit.page.locator(".about")
    expect(about).to_contain_text(atlas.meta["built_from"], timeout=WAIT_MS)
    expect(about).to_contain_text("unplaceable")


def test_whoever_goes_by_keyboard_goes_on_reading_where_it_led(visit: Visit) -> None:
    """One way past the bar, in the page's language; a search leads into the pane, a quotation into the text."""
    visit.open()
    page = visit.page
    expect(page).to_have_title("地图 · 北疆图集")
    page.keyboard.press("Tab")
    assert page.get_by_role("button", name="跳到条款").evaluate("one => one.getRootNode().activeElement === one")
    page.get_by_role("combobox", name="查找", exact=True).focus()
    page.keyboard.type("额济纳旗")
    expect(page.get_by_role("option").first).to_contain_text("额济纳旗", timeout=WAIT_MS)
    page.keyboard.press("Enter")
    expect(title(visit)).to_contain_text("额济纳旗", timeout=WAIT_MS)
    expect(title(visit)).to_be_focused(timeout=WAIT_MS)
    page.keyboard.press("Tab")
    read = page.locator('.item[data-provision="border/2"]').get_by_role("button", name="在全文中阅读")
    read.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reader [aria-current=true] .number")).to_be_focused(timeout=WAIT_MS)
    expect(page).to_have_title("全文 · 北疆图集")


def test_a_button_that_goes_with_its_card_leaves_the_focus_at_the_next_head(visit: Visit) -> None:
    visit.open("?place=150621")
    opener = visit.page.locator(".pane .open").first
    opener.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".pane .article-title")).to_be_focused(timeout=WAIT_MS)
    visit.page.keyboard.press("Shift+Tab")
    expect(visit.page.locator(".pane .back")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(title(visit)).to_be_focused(timeout=WAIT_MS)
    expect(title(visit)).to_contain_text("达拉特旗")
