"""The map as a view mounts it: what it is to show now, and what a click on it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from atlas.ui import components, session
from atlas.ui.content import name_of
from atlas.ui.listing import LIST, shown_layers
from atlas.ui.words import word
from atlas.web.basemap import KINDS
from atlas.web.state import script_json, state

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View


def draw(opened: Opened, view: View, reach: Sequence[str] | None = None) -> None:
    """Mount the map.

    Args:
        opened: the atlas.
        view: what to show.
        reach: place ids to mark instead of those of the view's article.
    """
    # Nothing comes back by itself: our script tells of a click, at once and once; pans and zooms tell nothing.
    components.stage(
        key="map", data=stage_data(opened, view, reach), height="stretch", on_clicked_change=lambda: _clicked(opened)
    )


def stage_data(opened: Opened, view: View, reach: Sequence[str] | None = None) -> dict[str, str]:
    """Return what the map's frame is mounted with: its page, its name for screen readers, what to show as JSON."""
    return {
        "src": components.map_page(opened.config),
        "title": word("map_label", view.lang),
        "state": script_json(map_state(opened, view, reach)),
    }


def map_state(opened: Opened, view: View, reach: Sequence[str] | None = None) -> dict[str, Any]:
    """Return what the map is to show now (see `atlas.web.state`)."""
    index = opened.index
    on_map = index.places
    marked, points = _reached(opened, view, reach)
    look_at = {
        "home": (),
        "place": (view.place,) if view.place and (view.place in on_map or points) else (),
        "article": marked,
        "selection": view.selection.regions,
        "camera": (),
    }[view.look_at]
    camera = view.camera
    online = components.online()
    hidden, kept = index.narrowed(opened.filters.keep(view.selection)["features"]) if _filtered(view) else ((), {})
    return state(
        shown=shown_layers(index, view),
        hidden=hidden,
        kept=kept,
        selected=view.place,
        marked=marked,
        points=points if view.place not in on_map or view.article else (),
        look_at=look_at,
        look_key=str(view.look),
        camera=(camera.lat, camera.lon, camera.zoom) if camera and view.look_at == "camera" else None,
        opacity=dict(view.opacity),
        lang=view.lang,
        scheme=view.scheme,
        base=next((online.template(kind) for kind in KINDS if online and kind == view.base), None),
    )


def _filtered(view: View) -> bool:
    return view.selection != type(view.selection)()


def _reached(
    opened: Opened, view: View, reach: Sequence[str] | None
) -> tuple[tuple[str, ...], list[tuple[float, float, str]]]:
    """Return what the map is to mark: places that a layer draws by id, others as (lat, lon, name)."""
    on_map = opened.index.places
    places = opened.atlas.gazetteer.places
    several = reach is not None or bool(view.article) or view.place in opened.projects
    if reach is not None:
        keys = tuple(reach)
    elif view.article:
        keys = opened.atlas.reach(view.article)
    elif view.place in opened.projects:
        named = opened.projects[view.place]["places"]
        listed = named if isinstance(named, list) else ()
        keys = (view.place, *(member for key in listed for member in opened.atlas.gazetteer.members(str(key))))
    else:
        keys = (view.place,) if view.place else ()
    points = [
        (place.lat, place.lon, name_of(place, view.lang))
        for place in (places[key] for key in keys if key not in on_map and key in places)
        if place.lat is not None and place.lon is not None and place.type != "region"
    ]
    return (tuple(key for key in keys if key in on_map) if several else ()), points


def _clicked(opened: Opened) -> None:
    """Choose what was clicked, or the unit where nothing was, and offer everything that lies there."""
    value = st.session_state["map"].clicked or {}
    properties = (value.get("last_active_drawing") or {}).get("properties", {})
    at = value.get("at") or {}
    if not {"lon", "lat", "reach"} <= at.keys():
        return
    here = opened.ground.at(float(at["lon"]), float(at["lat"]), float(at["reach"]))
    place = str(properties.get("place") or here.unit or "")
    if not place:
        st.toast(word("outside", session.view().lang))
        return
    under = dict.fromkeys((*map(str, value.get("under") or ()), *here.places))
    view = session.view().with_place(place, move=False, under=tuple(under))
    session.show(view.with_own(LIST, ""))
