"""Files are made in the browser when they are asked for and are what they say; the address is text and code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

LONG_MS = 180_000  # a dossier is typeset in seconds, on a busy machine in many
EJIN = "152923"


def open_view(visit: Visit, address: str) -> None:
    visit.page.goto(f"{visit.server.url}/{address}")
    expect(visit.page.locator(".st-key-take .address")).to_be_visible(timeout=LONG_MS)


def test_a_dossier_is_made_and_downloaded(visit: Visit, tmp_path: Path) -> None:
    open_view(visit, f"?view=take&place={EJIN}")
    assert visit.page.locator(".st-key-take_download_dossier").count() == 0, "nothing is made before it is asked for"
    visit.page.get_by_role("button", name="生成地区档案").click()
    button = visit.page.locator(".st-key-take_download_dossier button")
    expect(button).to_contain_text("额济纳旗", timeout=LONG_MS)
    with visit.page.expect_download(timeout=LONG_MS) as waiting:
        button.click()
    out = tmp_path / "dossier.pdf"
    waiting.value.save_as(out)
    assert out.read_bytes().startswith(b"%PDF")


def test_link_and_code_lead_to_the_map(visit: Visit) -> None:
    open_view(visit, f"?view=take&place={EJIN}&classes=class/border")
    link = visit.page.get_by_role("textbox", name="链接与二维码")
    expect(link).to_have_value(f"{visit.server.url}/?place={EJIN}&classes=class/border")
    code = visit.page.get_by_role("img", name="本页地址的二维码")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.complete && image.naturalWidth > 50")
    visit.page.get_by_role("button", name="复制", exact=True).click()
    expect(visit.page.locator(".st-key-take .said")).to_have_text(re.compile("已复制|Ctrl"))


def test_without_a_place_the_next_step_is_said(visit: Visit) -> None:
    open_view(visit, "?view=take&lang=en")
    expect(visit.page.locator(".st-key-take_card_dossier")).to_contain_text("Choose a unit above")


@pytest.mark.parametrize(("lang", "unfold"), [("zh", "展开选项"), ("en", "Show the choices")])
def test_lists_name_their_button_in_the_language_of_the_page(visit: Visit, lang: str, unfold: str) -> None:
    open_view(visit, f"?view=take&place={EJIN}&lang={lang}")
    named = ".st-key-content button[aria-haspopup=listbox]"
    expect(visit.page.locator(f"{named}[aria-label='{unfold}']").first).to_be_attached(timeout=LONG_MS)
    expect(visit.page.locator(f"{named}:not([aria-label='{unfold}'])")).to_have_count(0)
