"""Names that want to be code, through the components of the tables and of the comparison: they stay text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atlas.ui import components
from tests.browser.test_hostile import HOSTILE, page, site

pytestmark = pytest.mark.browser
__all__ = ["page", "site"]  # fixtures

EVERYTHING = HOSTILE[0] + HOSTILE[1] + HOSTILE[3] + HOSTILE[6] + HOSTILE[7]


def words(names: str, **others: Any) -> dict[str, Any]:
    """Return an attack under each name."""
    return dict.fromkeys(names.split(), EVERYTHING) | others


def draw(site: tuple[Path, str], page: Page, name: str, data: dict[str, Any]) -> None:
    """Draw a component with the data, and see that what it shows is text."""
    folder, url = site
    (folder / f"{name}.js").write_text(components.source(name)[0], encoding="utf-8")
    (folder / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><div id="{name}"></div>', encoding="utf-8"
    )
    page.goto(f"{url}/index.html")
    page.evaluate(
        """async ([name, data]) => {
          const { default: draw } = await import(`./${name}.js`);
          draw({ data, parentElement: document.getElementById(name), setTriggerValue() {}, setStateValue() {} });
        }""",
        [name, data],
    )
    shown = page.locator(f"#{name}")
    expect(shown).to_contain_text("<script>window.hacked='script'</script>")
    assert shown.locator("script, img, iframe, object, a[href], svg[onload]").count() == 0
    page.wait_for_timeout(200)


@pytest.mark.parametrize("empty", ["", EVERYTHING])
def test_no_word_of_a_table_runs(site: tuple[Path, str], page: Page, empty: str) -> None:
    plain = {"text": EVERYTHING, "place": "", "provision": "", "places": []}
    cells = [plain, plain | {"place": EVERYTHING}, plain | {"provision": EVERYTHING}]
    cells.append(plain | {"places": [{"id": EVERYTHING, "name": EVERYTHING}, {"id": "", "name": EVERYTHING}]})
    data = words(
        "lang title lead tabs_title find find_label status to_map to_text page_title page_of previous next first last",
        tabs=[words("id title count", current=True)],
        columns=[words("title sort hint", id="x", numeric=True)] * len(cells),
        rows=[{"id": EVERYTHING, "cells": cells}],
        page=1,
        pages=2,
        empty=empty,
    )
    draw(site, page, "tables", data)


def test_no_word_of_the_comparison_runs(site: tuple[Path, str], page: Page) -> None:
    lines = [
        words("text count place"),
        words("text count provision", place=""),
        words("text count", place="", provision=""),
    ]
    shape = words("id name label path", x=EVERYTHING, y=EVERYTHING, on=True) | {"class": EVERYTHING}
    option = words("id title", on=True)
    item = words("project place zone relation gap precision", quotations=[words("id title text")])
    names = "cmp_title cmp_lead cmp_add cmp_few cmp_side cmp_none cmp_shared cmp_shared_note cmp_colocation"
    names += " cmp_take"
    names += " cmp_colocation_note cmp_to_text mx_title mx_note mx_by mx_what mx_column mx_unit mx_map mx_table mx_said"
    data = {
        "lang": EVERYTHING,
        "words": words(names),
        "picker": [words("title", units=[words("id name")])],
        "full": EVERYTHING,
        "units": [words("id name label")],
        "rows": [words("id title note", cells=[lines])],
        "shared": [words("title count more", items=[words("id text")])],
        "beside": [words("title count more", items=[item])],
        "matrix": {
            "by": [option],
            "what": [option],
            "column": [option],
            "caption": EVERYTHING,
            "width": EVERYTHING,
            "height": EVERYTHING,
            "units": [shape],
            "legend": [{"class": EVERYTHING, "title": EVERYTHING}],
            "heads": [option],
            "rows": [words("id name league", values=[EVERYTHING], on=True)],
        },
    }
    draw(site, page, "compare", data)
