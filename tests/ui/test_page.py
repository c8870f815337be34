"""The page's script in Streamlit's AppTest, without a browser: the address restores, words switch, the filter narrows.

AppTest knows the page's components only as messages: what they are told is unpacked here as static/loader.js does it,
and what they would say is sent as the trigger that the browser sends. What is drawn is for the tests in tests/browser.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from atlas.filters import Filters
from atlas.paths import home
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui import components, front
from atlas.ui.words import word

EJIN = "152923"
SECONDS = 120


def put_together(old: Any, change: dict[str, Any]) -> Any:
    """Return a value from its base and the difference (`atlas.ui.packing`)."""
    if "v" in change:
        return change["v"]
    if "o" not in change:
        return old
    if isinstance(old, list):
        return [put_together(one, change["o"].get(str(at), {})) for at, one in enumerate(old)]
    return {key: put_together(one, change["o"].get(key, {})) for key, one in old.items()}


class Page:
    """One session of the page."""

    manager: Any = None  # of components; they are registered once in a process, as on the server

    def __init__(self, **address: str) -> None:
        self.test = AppTest.from_file(str(home() / "app.py"), default_timeout=SECONDS)
        self.test._bidi_component_manager = Page.manager
        self.test.query_params.update(address)
        self.test.run()
        Page.manager = self.test._bidi_component_manager
        assert not self.test.exception

    def proto(self, key: str) -> Any:
        return next(one.proto for one in self.test.get("bidi_component") if one.proto.id.endswith(f"-{key}"))

    def told(self, key: str) -> Any:
        """Return what a component is told."""
        sent = json.loads(self.proto(key).json)
        change = json.loads(zlib.decompress(base64.b64decode(sent["packed"])))
        if "base" not in sent:
            return change
        path = components.web_folder() / sent["base"].removeprefix(f"{components.KEPT}/")
        return put_together(json.loads(path.read_text(encoding="utf-8")), change)

    def say(self, key: str, event: str, value: Any) -> None:
        """Let a component say something, as in the browser."""
        states = WidgetStates()
        states.widgets.add(
            id=f"$$STREAMLIT_INTERNAL_KEY_{self.proto(key).id}__events",
            json_trigger_value=json.dumps([{"event": event, "value": value}]),
        )
        self.test._run(states)
        assert not self.test.exception

    @property
    def address(self) -> dict[str, str]:
        return {key: value[0] if isinstance(value, list) else value for key, value in self.test.query_params.items()}


@pytest.fixture(autouse=True)
def served(built_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a server: the built atlas, and our routes, which the page asks for."""
    monkeypatch.setenv("ATLAS_BUILD", str(built_atlas.parent))
    components.web_folder.cache_clear()
    front.routes()
    yield
    front._answering.clear()
    components.web_folder.cache_clear()


def test_the_address_restores_the_page(atlas: Atlas) -> None:
    asked = {"place": EJIN, "layers": "banners,lakes", "regions": "152900", "lang": "en", "scheme": "dark"}
    page = Page(**asked)
    assert page.address == asked, "nothing is added or lost"
    pane = page.told("pane_card")
    assert (pane["kind"], pane["title"]) == ("place", "Ejin Banner")
    on = {layer["id"] for theme in page.told("rail_list")["themes"] for layer in theme["layers"] if layer["on"]}
    assert on == {"banners", "lakes"}
    assert [chip["id"] for chip in page.told("filters")["chips"]] == ["152900"]
    shown = json.loads(page.told("map")["state"])
    assert (shown["selected"], shown["lang"], shown["scheme"]) == (EJIN, "en", "dark")


def test_the_language_switches_every_word(atlas: Atlas) -> None:
    page = Page(place=EJIN)
    assert page.told("pane_card")["title"] == "额济纳旗"
    page.say("bar_row", "lang", "en")
    assert page.address == {"place": EJIN, "lang": "en"}
    pane = page.told("pane_card")
    assert pane["title"] == "Ejin Banner"
    assert pane["groups"][0]["items"][0]["number"] == "Article 2"
    assert page.told("filters")["title"] == "Filter"
    assert page.told("bar_row")["title"] == "Beijiang Atlas"
    page.say("bar_row", "lang", "zh")
    assert page.address == {"place": EJIN}
    assert page.told("pane_card")["title"] == "额济纳旗"


def test_a_filter_narrows_what_is_counted(atlas: Atlas) -> None:
    page = Page()
    kept = Filters(atlas).keep(Selection(classes=("class/border",)))
    everything = page.told("filters")["left"]
    page.say("filters", "choice", {"kind": "classes", "id": "class/border", "on": True})
    assert page.address == {"classes": "class/border"}
    left = page.told("filters")["left"]
    assert left != everything
    assert left == word(
        "filter_left",
        "zh",
        units=len(kept["units"]),
        provisions=len(kept["provisions"]),
        projects=len(kept["projects"]),
    )
    page.say("bar_row", "view", "tables")
    tabs = {tab["id"]: tab["count"] for tab in page.told("register")["tabs"]}
    assert tabs["projects"].startswith(f"{len(kept['projects']):,} ")
    page.say("filters", "clear", "all")
    assert page.told("filters")["left"] == everything
    assert page.address == {"view": "tables"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_address_names_and_nobody_knows_is_said(lang: str) -> None:
    page = Page(place="nowhere", regions="999,152900", lang=lang)
    (toast,) = page.test.toast
    assert word("unknown", lang) in toast.value
    for named in ("place=nowhere", "regions=999"):
        assert named in toast.value
    assert page.told("pane_card")["kind"] == "welcome"
    assert page.address == {"regions": "152900"} | ({"lang": lang} if lang == "en" else {})


def test_from_a_quotation_to_the_text_and_back_by_the_address(atlas: Atlas) -> None:
    page = Page(place=EJIN)
    page.say("pane_card", "read", "border/2")
    assert page.address == {"place": EJIN, "view": "texts", "article": "border/2"}
    assert "border/2" in {entry["id"] for entry in page.told("reader")["provisions"]}
    page.test.query_params.clear()  # the browser goes back
    page.test.query_params["place"] = EJIN
    page.test.run()
    assert page.address == {"place": EJIN}
    assert page.told("pane_card")["kind"] == "place"


def test_without_our_routes_the_page_says_how_to_start_it() -> None:
    front._answering.clear()
    said = [error.value for error in AppTest.from_file(str(home() / "app.py"), default_timeout=SECONDS).run().error]
    assert said == [word("other_server", "zh"), word("other_server", "en")]


def test_without_an_atlas_the_page_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_BUILD", str(tmp_path))
    test = AppTest.from_file(str(home() / "app.py"), default_timeout=SECONDS).run()
    assert not test.exception
    assert test.title[0].value == word("not_built", "zh")
    assert "make build" in test.code[0].value
