"""The page: the bar, and below it one of the views. It chooses, calls and draws; it computes nothing."""

from __future__ import annotations

import streamlit as st

from atlas.errors import AtlasError
from atlas.paths import store_file
from atlas.ui import bar, camera, front, serve, session, views
from atlas.ui.opened import open_once
from atlas.ui.words import word

_drawn: set[str] = set()  # views that somebody has opened since the server was started


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title=word("title", "zh"), layout="wide", initial_sidebar_state="collapsed")
    if not front.answers():
        st.error(word("other_server", "zh"))
        st.error(word("other_server", "en"))
        return
    store = store_file()
    try:
        opened = open_once(str(store), store.stat().st_mtime_ns)
    except (AtlasError, FileNotFoundError):  # none, or one that an older version left
        _not_built()
        return
    session.read_address(opened)
    bar.draw(opened)
    camera.keep()
    view = session.view()
    with st.container(key="frame"):
        views.load(view.name).draw(opened, view)
    session.write_address()
    if view.name not in _drawn:
        _drawn.add(view.name)
        serve.keep_out_of_collections()  # what this view has loaded for all that come after


def _not_built() -> None:
    with st.container(key="not_built"):
        st.title(word("not_built", "zh"))
        st.write(word("not_built_step", "zh"))
        st.code("run: make build", language=None)
        st.caption(f"{word('not_built', 'en')}. {word('not_built_step', 'en')} make build")
