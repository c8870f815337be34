"""The texts view: contents on the left, a chapter to read, and the map with the places of what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from atlas.ui import chart, components, session
from atlas.ui.narrowing import ALL_TEXTS
from atlas.ui.reading import CHAPTER, PARAGRAPH, contents_data, reach_of, reader_data

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view; whatever is clicked in it draws only this again."""
    if st.session_state.pop("_leave_texts", False):
        st.rerun(scope="app")
    view = session.view()
    left, middle, right = st.columns([1, 3, 2], gap=None)
    with left, st.container(key="side"):
        components.contents(
            key="contents",
            data=contents_data(opened, view),
            on_document_change=_document_chosen,
            on_chapter_change=_chapter_chosen,
        )
    with middle, st.container(key="content"):
        components.reader(
            key="reader",
            data=reader_data(opened, view),
            on_article_change=_article_chosen,
            on_paragraph_change=_paragraph_chosen,
            on_chapter_change=_neighbour_chosen,
            on_place_change=_place_chosen,
            on_all_change=_all_asked,
        )
    with right, st.container(key="stage"):
        chart.draw(opened, view, reach_of(opened, view))
    session.write_address()


def _document_chosen() -> None:
    if document := st.session_state["contents"].document:
        view = session.view().with_own(CHAPTER, "").with_own(PARAGRAPH, "")
        session.show(view.model_copy(update={"document": str(document), "article": None}))


def _chapter_chosen() -> None:
    if chapter := st.session_state["contents"].chapter:
        _open_chapter(str(chapter))


def _neighbour_chosen() -> None:
    if chapter := st.session_state["reader"].chapter:
        _open_chapter(str(chapter))


def _open_chapter(chapter: str) -> None:
    view = session.view().with_own(CHAPTER, chapter).with_own(PARAGRAPH, "")
    session.show(view.model_copy(update={"article": None}))


def _article_chosen() -> None:
    if article := st.session_state["reader"].article:
        session.show(session.view().with_own(PARAGRAPH, "").with_article(str(article)))


def _paragraph_chosen() -> None:
    if chosen := st.session_state["reader"].paragraph:
        view = session.view().with_own(PARAGRAPH, str(chosen["number"]))
        session.show(view.with_article(str(chosen["article"])))


def _all_asked() -> None:
    if st.session_state["reader"].all:
        view = session.view()
        session.show(view.with_own(ALL_TEXTS, "" if view.get_own(ALL_TEXTS) else "1"))


def _place_chosen() -> None:
    if place := st.session_state["reader"].place:
        view = session.view().with_own(PARAGRAPH, "").with_own(CHAPTER, "")
        session.show(view.with_name("map").with_place(str(place), move=True))
        st.session_state["_leave_texts"] = True
