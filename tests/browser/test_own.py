"""A visitor's own file in the browser: drawn over the atlas, joined, asked about, refused; nothing in it runs."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WAIT_MS, Visit

pytestmark = pytest.mark.browser

LONG_MS = 180_000  # the guard's child loads its libraries anew for each file
PORT = [101.28, 42.41]  # lon, lat: in 额济纳旗
HOSTILE = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "${window.hacked='template'}`</script><script>window.hacked='close'</script>",
    "[x](javascript:window.hacked='link') :red[y] $z$",
)
VRT = b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"


def upload(visit: Visit, name: str, content: bytes) -> None:
    visit.page.goto(f"{visit.server.url}/?view=own")
    visit.page.locator(".st-key-stage iframe").wait_for(timeout=LONG_MS)  # the first visitor waits for the atlas
    visit.map_frame()
    chooser = visit.page.locator(".st-key-own_form input[type=file]")
    chooser.set_input_files(files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}])


def points(*names: str) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, name: name},
            "geometry": {"type": "Point", "coordinates": PORT},
        }
        for name in names
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_features_lie_on_the_map_and_go_with_the_data(visit: Visit) -> None:
    upload(visit, "mine.geojson", points("甲"))
    expect(visit.page.locator(".st-key-own_found")).to_contain_text("1 个要素，1 个在区内", timeout=LONG_MS)
    drawn = visit.map_frame().locator(".leaflet-atlas-own-pane path.leaflet-interactive")
    expect(drawn).to_have_count(1, timeout=LONG_MS)
    assert "mine" not in visit.page.url
    assert visit.page.locator("[data-testid=stDataFrame], [data-testid=stElementToolbar]").count() == 0
    with visit.page.expect_download(timeout=LONG_MS) as waiting:
        visit.page.get_by_role("button", name="下载 CSV").click()
    assert "152923" in waiting.value.path().read_text(encoding="utf-8-sig")
    visit.page.get_by_role("button", name="移除数据").click()
    expect(visit.page.locator(".st-key-own_found")).to_contain_text("选择左侧的文件", timeout=LONG_MS)
    expect(drawn).to_have_count(0, timeout=WAIT_MS)


def test_own_data_are_not_on_the_map_of_another_view(visit: Visit) -> None:
    upload(visit, "mine.geojson", points("甲"))
    drawn = visit.map_frame().locator(".leaflet-atlas-own-pane path.leaflet-interactive")
    expect(drawn).to_have_count(1, timeout=LONG_MS)
    visit.page.get_by_role("button", name="地图", exact=True).click()
    expect(visit.page.locator(".pane")).to_be_visible(timeout=LONG_MS)
    assert visit.map_frame().locator(".leaflet-atlas-own-pane path.leaflet-interactive").count() == 0


def test_a_table_in_gcj02_is_asked_about_and_converted(visit: Visit) -> None:
    upload(visit, "mine.csv", f"名称,经度,纬度\n甲,{PORT[0]},{PORT[1]}\n".encode("gb18030"))
    question = visit.page.get_by_role("combobox", name="文件没有说明坐标系")
    expect(question).to_be_visible(timeout=LONG_MS)
    question.click()
    visit.page.get_by_role("option", name="GCJ-02").click()
    expect(visit.page.locator(".st-key-own_found")).to_contain_text("由 GCJ-02 换算", timeout=LONG_MS)
    expect(visit.page.locator(".st-key-own_found")).to_contain_text("1 个要素，1 个在区内")


def test_a_disguised_file_is_refused_in_one_line(visit: Visit) -> None:
    upload(visit, "mine.geojson", VRT)
    alert = visit.page.locator(".st-key-own_form [data-testid=stAlert]")
    expect(alert).to_contain_text("mine.geojson 的内容不是 GeoJSON：请用原软件重新导出", timeout=LONG_MS)
    assert "root:" not in visit.page.content()


def test_no_word_of_a_file_runs(visit: Visit) -> None:
    for name, content in ((f"{HOSTILE[0]}.geojson", points(*HOSTILE)), (f"{HOSTILE[2]}.geojson", VRT)):
        upload(visit, name, content)
        expect(visit.page.get_by_role("button", name="移除数据")).to_be_visible(timeout=LONG_MS)
        if content is not VRT:
            drawn = visit.map_frame().locator(".leaflet-atlas-own-pane path.leaflet-interactive")
            expect(drawn).to_have_count(len(HOSTILE), timeout=LONG_MS)
            drawn.last.hover(force=True)
            assert HOSTILE[2][:20] in visit.map_frame().locator(".atlas-tip").inner_text()
            table = visit.page.get_by_role("table", name="要素所在旗县")
            expect(table).to_contain_text(HOSTILE[0])
            for column in range(6):  # heads of the file's own columns are words too
                table.get_by_role("columnheader").nth(column).get_by_role("button").click()
                expect(table.locator("[aria-sort=ascending]")).to_have_count(1, timeout=LONG_MS)
            assert table.locator("img, script, a").count() == 0
        form = visit.page.locator(".st-key-own_form")
        assert form.locator("a[href], img, script").count() == 0
        assert [frame.evaluate("window.hacked") for frame in visit.page.frames] == [None] * len(visit.page.frames)
