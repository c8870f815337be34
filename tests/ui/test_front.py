"""The first answer to a browser: Streamlit's page with ours around it, and what the map is to show."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from atlas.ui import chart, components, front
from atlas.ui.opened import Opened
from atlas.ui.state import from_address


def asked_of(app: Starlette, path: str) -> tuple[int, dict[str, str]]:
    """Ask an app for a path; return status and headers."""
    said: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()  # a browser that waits for its answer
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": b"", "headers": []}
    with ThreadPoolExecutor(1) as pool:  # Playwright, where it has run, keeps a loop in this thread
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return int(said[0]["status"]), headers


HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def opened(built_atlas: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("web")  # publishing takes seconds: once for all
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atlas.ui.components.web_folder", lambda: folder)
        components.map_page.cache_clear()
        made = Opened(built_atlas)
        made.warm()
        yield made
        components.map_page.cache_clear()
        made.atlas.close()


@pytest.fixture
def shell() -> str:
    return front.SHELL.read_text(encoding="utf-8")


def test_streamlits_page_is_as_we_know_it(shell: str) -> None:
    """If a new Streamlit has another page, the map opens later and this says why."""
    page = front.make_index(shell, {"scheme": "system", "lang": "zh-CN", "src": "x", "state": "{}", "title": "x"})
    assert page.index("atlas-early") < page.index('rel="stylesheet"'), "a script behind a style sheet waits for it"
    assert 'id="atlas-entry"' in page
    assert '<script type="module"' not in page, "the frontend waits for the map"
    assert "<title>北疆图集</title>" in page
    assert page.index("<body>") < page.index("<style>") < page.index('<div id="root">')


def test_a_view_without_a_map_holds_nothing_back(shell: str) -> None:
    page = front.make_index(shell, {"scheme": "dark", "lang": "en"})
    assert re.findall(r'<script type="module"[^>]*>', page) == re.findall(r'<script type="module"[^>]*>', shell)
    assert "atlas-entry" not in page.replace('getElementById("atlas-entry")', "")


def test_a_page_that_we_do_not_know_is_served_as_it_is() -> None:
    assert front.make_index("<html><p>other</p></html>", {"scheme": "system", "lang": "zh-CN"}) == (
        "<html><p>other</p></html>"
    )


def test_scripts_that_streamlit_will_want_are_there() -> None:
    names = front.chunks(front.CHUNKS)
    assert names
    assert all((front.CHUNKS / name).is_file() for name in names)
    assert names[0].startswith("BidiComponent")


def test_without_such_scripts_there_are_no_hints(tmp_path: Path) -> None:
    assert front.chunks(tmp_path) == []


def test_the_map_begins_with_what_its_view_will_tell_it(opened: Opened) -> None:
    address = {"place": "152923", "regions": "152900", "lang": "en", "scheme": "dark", "opacity": "border:40"}
    asked = front.what_to_open(opened, address)
    view, lost = from_address(address, opened.known)
    assert not lost
    assert asked == {"scheme": "dark", "lang": "en", **chart.stage_data(opened, view)}
    state = json.loads(asked["state"])
    assert state["selected"] == "152923"
    assert state["opacity"] == {"border": 40}
    assert (components.web_folder() / asked["src"].removeprefix("kept/")).is_file()


@pytest.mark.parametrize("name", ["tables", "texts", "compare", "about"])
def test_only_the_map_view_begins_with_the_map(opened: Opened, name: str) -> None:
    assert front.what_to_open(opened, {"view": name}) == {"scheme": "system", "lang": "zh-CN"}


def test_while_the_atlas_is_being_opened_nobody_waits(opened: Opened) -> None:
    assert front.what_to_open(None, {"scheme": "light"}) == {"scheme": "light", "lang": "zh-CN"}


@pytest.mark.parametrize("key", ["place", "scheme", "lang", "at", "layers", "map.list", "view"])
def test_an_address_puts_nothing_into_the_page(opened: Opened, shell: str, key: str) -> None:
    plain = front.make_index(shell, front.what_to_open(opened, {}))
    page = front.make_index(shell, front.what_to_open(opened, {key: HOSTILE}))
    assert "alert(1)" not in page
    assert page.count("<script") == plain.count("<script")


def test_what_never_changes_is_kept_and_nothing_else_is_given(tmp_path: Path) -> None:
    inside = tmp_path / "web"
    (inside / "parts" / ("a" * 16)).mkdir(parents=True)
    given = {
        f"banners-{'0' * 16}.geojson": 200,
        f"parts/own-{'1' * 16}.js": 200,
        f"parts/{'a' * 16}/index.html": 200,
        "published.json": 404,
        "parts/other.js": 404,
        "../secret-0000000000000000.txt": 404,
    }
    for name in given:
        (inside / name).write_text("x", encoding="utf-8")
    app = Starlette(routes=[Mount("/kept", front.KeptFiles(directory=inside))])
    for name, status in given.items():
        answered, headers = asked_of(app, f"/kept/{name}")
        assert (name, answered) == (name, status)
        assert ("immutable" in headers.get("cache-control", "")) == (status == 200)


def test_a_session_of_no_server_is_not_alive() -> None:
    answer = front.is_alive(Request({"type": "http", "path_params": {"session": "nobody"}}))
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
