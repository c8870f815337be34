"""Names that want to be code: in every field that reaches the browser they stay text, in the map and in the pane."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from atlas import webmap
from atlas.layers import Bilingual, catalogue
from atlas.ui import components as app_components
from atlas.web.files import STATIC, leaflet_folder
from tests.browser.conftest import WAIT_MS

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "<script>window.hacked='script'</script>",
    "</script><script>window.hacked='close'</script>",
    "${window.hacked='template'}",
    "`;window.hacked='tick';`",
    "{{ 7*7 }}{% raw %}",
    "](javascript:window.hacked='link')",
    "'\"><svg onload=window.hacked='svg'>",
    "\\u003cimg src=x onerror=window.hacked='escape'\\u003e",
)


NEW = (("reader",), ("contents",), ("about",))


class HostileSource:
    """An atlas whose every property is an attack; one square unit a string."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        rows = []
        for number, text in enumerate(HOSTILE):
            shape = shapely.box(108 + number, 42, 109 + number, 43)
            if layer_id == "ports":
                shape = shapely.Point(108.5 + number, 44)
            rows.append(
                {
                    "feature": f"{layer_id}/{text}",
                    "place": text,
                    "name_zh": text,
                    "name_en": text,
                    "type": text,
                    "adcode": text,
                    "league": text,
                    "status": text,
                    "precision": "boundary" if layer_id == "banners" else "site",
                    "source": text,
                    "note": text,
                    "geometry": shape,
                }
            )
        return gpd.GeoDataFrame(rows, crs="EPSG:4490")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An empty folder and the address at which it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1000, "height": 700})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    yield page
    hacked = page.evaluate("window.hacked")
    page.close()
    assert hacked is None, f"a name ran as code: {hacked}"
    assert errors == []


def test_no_name_runs_on_the_map(site: tuple[Path, str], page: Page) -> None:
    folder, url = site
    hostile = Bilingual(zh=HOSTILE[0], en=HOSTILE[3])
    layers = [
        layer.model_copy(update={"title": hostile, "attribution": hostile})
        for layer in catalogue()
        if layer.id in {"banners", "ports"}
    ]
    shutil.copytree(leaflet_folder(), folder / "leaflet")
    shutil.copytree(STATIC, folder / "static")
    config = webmap.publish(HostileSource(), folder / "data", layers)
    chart = webmap.make_map(f"data/{config}", "leaflet", "static")
    webmap.make_state(
        shown=["banners", "ports", *HOSTILE],
        hidden=HOSTILE,
        selected=HOSTILE[0],
        marked=HOSTILE,
        points=[(45.0, 110.0, text) for text in HOSTILE],
        look_at=HOSTILE,
        look_key=HOSTILE[1],
        lang=HOSTILE[3],
    ).add_to(chart)
    (folder / "index.html").write_text(chart.get_root().render(), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/index.html")
    page.locator("[data-ready=true]").wait_for(timeout=WAIT_MS)
    labels = page.locator(".atlas-label")
    expect(labels.first).to_be_attached(timeout=WAIT_MS)
    assert set(labels.all_text_contents()) & set(HOSTILE)
    assert page.locator(".atlas-labels *:not(.atlas-label)").count() == 0
    for path in page.locator(".leaflet-atlas-ports-pane path").all():
        path.hover(force=True)
        assert page.locator(".atlas-tip").inner_text() in HOSTILE
        path.click(force=True)
    assert [address for address in asked if not address.startswith((url, "data:"))] == []


def test_no_word_of_the_pane_runs(site: tuple[Path, str], page: Page) -> None:
    folder, url = site
    scheme = app_components.SCHEME
    for name, *shared in (("pane",), ("rail", scheme, app_components.SWATCH), ("filters",), ("bar", scheme), *NEW):
        (folder / f"{name}.js").write_text(app_components.source(name, *shared)[0], encoding="utf-8")
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><div id="pane"></div><div id="rail"></div>'
        '<div id="filters"></div><div id="bar"></div>'
        '<div id="reader"></div><div id="contents"></div><div id="about"></div>',
        encoding="utf-8",
    )
    page.goto(f"{url}/index.html")
    everything = HOSTILE[0] + HOSTILE[1] + HOSTILE[3] + HOSTILE[6] + HOSTILE[7]
    run = {"text": everything, "mark": False}
    mark = {"text": everything, "mark": True, "place": everything, "own": True}
    fact = {"label": everything, "value": everything, "place": everything}
    item = dict.fromkeys(
        ("id", "document", "number", "citation", "why", "certainty", "open", "read", "copy", "copied"), everything
    )
    group = dict.fromkeys(("basis", "title", "hint", "count", "total", "more"), everything)
    words = (
        "key kicker title subtitle provenance_title under_title governing_title governing_none total disclaimer close "
        "citation restored places_title places_none places_count places_more back lead examples_title documents_title "
        "id read copy copied units_title"
    )
    named = {"id": everything, "name": everything, "hint": everything, "named": False, "on_map": True}
    data = dict.fromkeys(words.split(), everything) | {
        "lang": everything,
        "facts": [fact],
        "provenance": [fact],
        "under": [named],
        "groups": [group | {"items": [item | {"quotation": [run, mark]}]}],
        "path": [everything],
        "paragraphs": [[run, mark]],
        "leagues": [{"id": everything, "name": everything, "units": [named]}],
        "columns": [everything],
        "layers": [{"title": everything, "rows": [named | {"feature": everything, "cells": [everything]}]}],
        "places": [named],
        "examples": [named],
        "documents": [{"title": everything, "note": everything}],
    }
    symbol = {"stroke": everything, "width": 1, "dash": [], "fill": everything, "fillOpacity": 1, "size": 9}
    row = {
        "id": everything,
        "title": everything,
        "description": everything,
        "count": everything,
        "on": True,
        "opacity": 100,
        "opacity_label": everything,
        "kind": "polygon",
        "symbol": symbol,
        "look": None,
        "cases": [{"title": everything, "symbol": symbol}],
    }
    layers = {
        "lang": everything,
        "themes": [{"id": everything, "title": everything, "layers": [row]}],
        "list_title": everything,
        "list_open": True,
        "opacity": everything,
        "precision_title": everything,
        "precisions": [{"title": everything, "kind": "line", "symbol": symbol, "look": None}],
        "colophon": everything,
    }
    choice = {
        "id": everything,
        "title": everything,
        "count": everything,
        "on": True,
        "child": True,
        "label": everything,
    }
    panel = dict.fromkeys(("lang", "title", "clear", "search", "left", "empty"), everything) | {
        "chips": [choice | {"kind": everything}],
        "kinds": [{"id": everything, "title": everything, "choices": [choice] * 20}],
    }
    found = dict.fromkeys(("kind", "id", "label", "detail", "kind_title"), everything)
    words_of_bar = ("lang", "title", "unfold", "views_title", "language", "find", "hint", "none", "found")
    tab = {"id": everything, "title": everything, "current": True}
    row_of_bar = dict.fromkeys(words_of_bar, everything) | {
        "skips": [tab],
        "views": [tab],
        "langs": [tab],
        "scheme": everything,
        "scheme_title": everything,
        "schemes": [tab],
        "typed": "x",
        "suggestions": [found],
    }
    place = {"id": everything, "name": everything, "on_map": True}
    paragraph = {"number": 1, "runs": [run, mark], "named": True, "label": everything} | {
        "reach": {"count": everything, "places": [place], "more": everything}
    }
    words_of_provision = ("id", "number", "title", "kind", "above", "open", "open_label", "reach_word")
    turn = {"id": everything, "label": everything, "title": everything}
    words_of_chapter = ("lang", "key", "document", "document_en", "part", "title", "authentic", "open")
    article = dict.fromkeys(words_of_provision, everything) | {"kind": "article", "current": True}
    chapter = dict.fromkeys(words_of_chapter, everything) | {
        "provisions": [article | {"paragraphs": [paragraph]}],
        "before": turn,
        "after": turn,
    }
    contents = {
        "lang": everything,
        "document_title": everything,
        "documents": [tab],
        "contents_title": everything,
        "chapters": [tab | {"part": everything}],
    }
    table = {"title": everything, "lead": everything, "columns": [everything], "rows": [[everything]]}
    about = dict.fromkeys(("lang", "title", "lead", "note"), everything) | {
        "facts": [[everything, everything]],
        "tables": [table],
    }
    for module, box, cards in (
        ("filters.js", "filters", [panel]),
        ("reader.js", "reader", [chapter]),
        ("contents.js", "contents", [contents]),
        ("about.js", "about", [about]),
        ("bar.js", "bar", [row_of_bar | {"typed": ""}]),
        ("pane.js", "pane", [data | {"kind": kind} for kind in ("welcome", "place", "article", "list")]),
        ("rail.js", "rail", [layers]),
    ):
        for card in cards:
            page.evaluate(
                """async ([module, box, data]) => {
                  const { default: draw } = await import(`./${module}`);
                  const parentElement = document.getElementById(box);
                  draw({ data, parentElement, setTriggerValue() {}, setStateValue() {} });
                }""",
                [module, box, card],
            )
            shown = page.locator(f"#{box}")
            expect(shown).to_contain_text("<script>window.hacked='script'</script>")
            assert shown.locator("script, img, iframe, object, a[href], svg[onload]").count() == 0
    page.wait_for_timeout(300)
