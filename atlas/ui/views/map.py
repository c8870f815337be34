"""The map view: filter and layers on the left, the map, and the pane to read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from atlas.models import Basis
from atlas.ui import chart, components, content, filtering, listing, rail, session
from atlas.ui.listing import LIST
from atlas.ui.narrowing import ALL_GOVERNING, narrow_governing
from atlas.ui.reading import CHAPTER, PARAGRAPH

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view; whatever is clicked in it draws only this again."""
    if st.session_state.pop("_leave_map", False):
        st.rerun(scope="app")
    view = session.view()
    left, middle, right = st.columns([1, 2, 2], gap=None)
    # What somebody waits for goes first: the browser draws it while the lists are still being made.
    with middle, st.container(key="stage"):
        chart.draw(opened, view)
    with right, st.container(key="pane"):
        if view.get_own(LIST):
            data = listing.list_card(opened, view)
        elif view.article:
            data = content.article_card(opened.atlas, opened.index, view)
        elif view.place:
            governing = opened.governing(view.place)
            kept = narrow_governing(opened.filters, view, governing)
            data = content.place_card(opened.atlas, opened.index, view, governing, opened.projects, kept)
        else:
            data = content.welcome(opened.atlas, opened.index, view.lang)
        components.pane(
            key="pane_card",
            data=data | {"lang": view.lang},
            on_place_change=_place_chosen,
            on_article_change=_article_opened,
            on_more_change=_more_asked,
            on_all_change=_all_asked,
            on_read_change=_reader_asked,
            on_document_change=_document_asked,
            on_back_change=_article_left,
            on_close_change=_place_left,
        )
    with left, st.container(key="rail"):
        filtering.draw(opened, view)
        rail.draw(opened, view)
    session.write_address()


def _place_chosen() -> None:
    if place := st.session_state["pane_card"].place:
        session.show(session.view().with_place(str(place), move=True).with_own(LIST, ""))


def _article_opened() -> None:
    if article := st.session_state["pane_card"].article:
        session.show(session.view().with_article(str(article)))


def _reader_asked() -> None:
    if article := st.session_state["pane_card"].read:
        session.show(session.view().with_name("texts").with_article(str(article)))
        st.session_state["_leave_map"] = True


def _document_asked() -> None:
    if document := st.session_state["pane_card"].document:
        view = session.view().with_name("texts").with_own(CHAPTER, "").with_own(PARAGRAPH, "")
        session.show(view.model_copy(update={"document": str(document), "article": None}))
        st.session_state["_leave_map"] = True


def _more_asked() -> None:
    if basis := st.session_state["pane_card"].more:
        session.show(session.view().with_more(Basis(basis)))


def _all_asked() -> None:
    if st.session_state["pane_card"].all:
        view = session.view()
        session.show(view.with_own(ALL_GOVERNING, "" if view.get_own(ALL_GOVERNING) else "1"))


def _article_left() -> None:
    session.show(session.view().with_article(None))


def _place_left() -> None:
    session.show(session.view().with_place(None, move=False).with_own(LIST, ""))
