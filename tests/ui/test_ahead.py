"""What a change of the filter does to the map, said ahead of the script: the same that the script will say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from atlas.ui import chart, components, filtering
from atlas.ui.ahead import state_ahead
from atlas.ui.opened import Opened
from atlas.ui.state import View, from_address


@pytest.fixture(scope="module")
def opened(built_atlas: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("web")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atlas.ui.components.web_folder", lambda: folder)
        components.map_page.cache_clear()
        made = Opened(built_atlas)
        yield made
        components.map_page.cache_clear()
        made.atlas.close()


def script_says(
    opened: Opened, address: Mapping[str, str], look: int, change: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what the script would tell the map: the session's view, changed, as its state."""
    view: View = from_address(address, opened.known)[0].model_copy(update={"look": look})
    return chart.map_state(opened, filtering.with_change(view, change) if change else view.without())


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ({}, {"kind": "regions", "id": "152900", "on": True}),
        ({"regions": "152900,150400"}, {"kind": "regions", "id": "150400", "on": False}),
        ({"classes": "class/border", "place": "152923"}, {"kind": "categories", "id": "railway", "on": True}),
        ({"article": "border/2"}, {"kind": "regions", "id": "150700", "on": True}),
        ({"at": "42.0,101.0,7"}, {"kind": "documents", "id": "border", "on": True}),
        ({"regions": "152900", "years": "2025"}, None),
        ({"themes": "water"}, None),
    ],
)
def test_it_says_what_the_script_will_say(
    opened: Opened, address: dict[str, str], change: dict[str, Any] | None
) -> None:
    asked = {**address, "look": "7"}
    if change:
        asked |= {"kind": change["kind"], "id": change["id"], "on": str(int(change["on"]))}
    ahead = state_ahead(opened, asked)
    wanted = script_says(opened, address, 7, change)
    assert {"hidden", "kept"} <= ahead.keys()
    assert ahead == {part: wanted[part] for part in ahead}
    assert ("view" in ahead) == (wanted["view"]["key"] != "7"), "the map is told to move when it is to move"


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "regions", "id": "152900", "on": "1"},  # no number: nobody who has a map
        {"look": "-1", "kind": "regions", "id": "152900", "on": "1"},
        {"look": "1" * 400, "kind": "regions", "id": "152900", "on": "1"},
        {"look": "²", "kind": "regions", "id": "152900", "on": "1"},
        {"look": "1", "kind": "regions", "id": "999999", "on": "1"},
        {"look": "1", "kind": "years", "id": "<img src=x>", "on": "1"},
        {"look": "1", "kind": "__class__", "id": "x", "on": "1"},
        {"look": "1", "kind": "layers", "id": "banners", "on": "1"},
        {"look": "1", "kind": "regions", "id": "152900", "on": "1", "view": "tables"},
    ],
)
def test_what_is_no_change_of_a_map_gets_nothing(opened: Opened, asked: dict[str, str]) -> None:
    assert state_ahead(opened, asked) == {}
