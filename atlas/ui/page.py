"""The page: a rail to choose in, the map, and the pane to read in. It chooses, calls and draws; it computes nothing."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from atlas import webmap
from atlas.errors import AtlasError
from atlas.models import Basis
from atlas.paths import store_file
from atlas.ui import components, content, rail, session
from atlas.ui.session import Opened
from atlas.ui.state import View
from atlas.ui.words import word

MAP_HEIGHT = 720  # CSS pixels, until the style sheet lets the frame fill the window


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title=word("title", "zh"), layout="wide", initial_sidebar_state="collapsed")
    components.frame_style()
    store = store_file()
    try:
        opened = session.open_once(str(store), store.stat().st_mtime_ns)
    except (AtlasError, FileNotFoundError):  # none, or one that an older version left
        _not_built()
        return
    session.read_address(opened)
    with st.container(key="frame"):
        left, right = st.columns([1, 5], gap=None)
        with left, st.container(key="rail"):
            rail.draw(opened)
        with right:
            _work(opened)


def _not_built() -> None:
    with st.container(key="not_built"):
        st.title(word("not_built", "zh"))
        st.write(word("not_built_step", "zh"))
        st.code("run: make build", language=None)
        st.caption(f"{word('not_built', 'en')}. {word('not_built_step', 'en')} make build")


@st.fragment
def _work(opened: Opened) -> None:
    """Draw map and pane; a click in either draws only these two again."""
    view = session.view()
    stage, pane = st.columns([1.12, 1], gap=None)
    with stage, st.container(key="stage"):
        _map(opened, view)
    with pane, st.container(key="pane"):
        if view.article:
            data = content.article_card(opened.atlas, opened.index, view)
        elif view.place:
            data = content.place_card(opened.atlas, opened.index, view, opened.governing(view.place))
        else:
            data = content.welcome(opened.atlas, opened.index, view.lang)
        components.pane(
            key="pane_card",
            data=data | {"lang": view.lang},
            on_place_change=_place_chosen,
            on_article_change=_article_opened,
            on_more_change=_more_asked,
            on_back_change=_article_left,
            on_close_change=_place_left,
        )
    session.write_address()


def _map(opened: Opened, view: View) -> None:
    index = opened.index
    on_map = index.places
    marked, points = _reached(opened, view)
    look_at = {
        "home": (),
        "place": (view.place,) if view.place and (view.place in on_map or points) else (),
        "article": marked,
        "leagues": view.leagues,
    }[view.look_at]
    folders = components.serve_folders(opened.folder)
    chart = webmap.make_map(f"{folders['data']}/{opened.config}", folders["leaflet"], folders["map_static"])
    state = webmap.make_state(
        shown=rail.layers_on(index, view),
        hidden=index.hidden(view.leagues),
        selected=view.place,
        marked=marked,
        points=points if view.place not in on_map or view.article else (),
        look_at=look_at,
        look_key=str(view.look),
        lang=view.lang,
    )
    # No returned objects: our script tells of a click itself, at once and once; pans and zooms tell nothing.
    st_folium(
        chart,
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=state,
        on_change=_clicked,
    )


def _reached(opened: Opened, view: View) -> tuple[tuple[str, ...], list[tuple[float, float, str]]]:
    """Return what the map is to mark: places that a layer draws by id, others as (lat, lon, name)."""
    on_map = opened.index.places
    places = opened.atlas.gazetteer.places
    keys = opened.atlas.reach(view.article) if view.article else (view.place,) if view.place else ()
    points = [
        (place.lat, place.lon, content.name_of(place, view.lang))
        for place in (places[key] for key in keys if key not in on_map and key in places)
        if place.lat is not None and place.lon is not None and place.type != "region"
    ]
    return (tuple(key for key in keys if key in on_map) if view.article else ()), points


def _clicked() -> None:
    value = st.session_state.get("map") or {}
    properties = (value.get("last_active_drawing") or {}).get("properties", {})
    if place := properties.get("place"):
        under = [str(key) for key in value.get("under") or ()]
        session.show(session.view().with_place(str(place), move=False, under=under))


def _place_chosen() -> None:
    if place := st.session_state["pane_card"].place:
        session.show(session.view().with_place(str(place), move=True))


def _article_opened() -> None:
    if article := st.session_state["pane_card"].article:
        session.show(session.view().with_article(str(article)))


def _more_asked() -> None:
    if basis := st.session_state["pane_card"].more:
        session.show(session.view().with_more(Basis(basis)))


def _article_left() -> None:
    session.show(session.view().with_article(None))


def _place_left() -> None:
    session.show(session.view().with_place(None, move=False))
