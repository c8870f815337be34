"""The bar at the top: name, navigation between the views, search with suggestions, language, light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas.ui import components, navigation, session
from atlas.ui.state import SCHEMES
from atlas.ui.suggesting import suggestions
from atlas.ui.words import LANGS, word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

# Where whoever goes by keyboard may go at once, by view: the container and its name (`words/common.py`), the first for
# what one comes for. The script leaves out what is not there.
SKIPS: dict[str, tuple[tuple[str, str], ...]] = {
    "map": (("pane", "skip_to_pane"), ("stage", "skip_to_map"), ("rail", "skip_to_filter")),
    "texts": (("content", "skip_to_content"), ("side", "skip_to_contents"), ("stage", "skip_to_map")),
    "tables": (("content", "skip_to_content"), ("side", "skip_to_filter")),
    "take": (("content", "skip_to_content"), ("side", "skip_to_filter")),
    "own": (("side", "skip_to_file"), ("stage", "skip_to_map"), ("content", "skip_to_found")),
}
SKIP_ELSEWHERE = (("content", "skip_to_content"),)

# What the button is called that folds the left column on a small screen, by view; others have none to fold.
FOLDS = {"map": "fold_map", "texts": "fold_texts", "tables": "fold_filter", "take": "fold_filter"}

LANG_NAMES = {"zh": "中文", "en": "English"}


@st.fragment
def draw(opened: Opened) -> None:
    """Draw the bar; typing runs only this again, a choice the whole page."""
    if st.session_state.pop("_whole_page", False):
        st.rerun(scope="app")
    with st.container(key="bar"):
        components.bar(
            key="bar_row",
            data=bar_data(opened, session.view(), st.session_state.get("_typed", "")) | {"session": _session()},
            on_view_change=_view_chosen,
            on_lang_change=_lang_chosen,
            on_scheme_change=_scheme_chosen,
            on_typed_change=_typed,
            on_chosen_change=_found,
        )


def _session() -> str:
    """Return the id of the session, by which the page asks whether it is still there (static/bar.js)."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def bar_data(opened: Opened, view: View, typed: str) -> dict[str, Any]:
    """Return the bar as plain data."""
    lang = view.lang
    found = suggestions(opened, typed, lang)
    return {
        "lang": lang,
        "title": word("title", lang),
        "skips": [{"id": target, "title": word(key, lang)} for target, key in SKIPS.get(view.name, SKIP_ELSEWHERE)],
        "unfold": word("unfold", lang),
        "fold": word(FOLDS[view.name], lang) if view.name in FOLDS else "",
        "lost": {part: word(f"lost_{part}", lang) for part in ("title", "step", "close")},
        "views_title": word("views", lang),
        "views": [
            {"id": name, "title": word(f"view_{name}", lang), "current": name == view.name}
            for name in navigation.available()
        ],
        "language": word("language", lang),
        "langs": [{"id": key, "title": LANG_NAMES[key], "current": key == lang} for key in LANGS],
        "scheme": view.scheme,
        "scheme_title": word("scheme", lang),
        "schemes": [
            {"id": key, "title": word(f"scheme_{key}", lang), "current": key == view.scheme} for key in SCHEMES
        ],
        "find": word("find", lang),
        "hint": word("find_hint", lang),
        "none": word("find_none", lang),
        "found": word("find_count", lang, count=len(found)),
        "typed": typed,
        "suggestions": found,
    }


def _view_chosen() -> None:
    name = st.session_state["bar_row"].view
    if name in navigation.available():
        _show(session.view().with_name(name))


def _lang_chosen() -> None:
    lang = st.session_state["bar_row"].lang
    if lang in LANGS:
        _show(session.view().model_copy(update={"lang": lang}))


def _scheme_chosen() -> None:
    scheme = st.session_state["bar_row"].scheme
    if scheme in SCHEMES:
        _show(session.view().model_copy(update={"scheme": scheme}))


def _typed() -> None:
    typed = st.session_state["bar_row"].typed
    if typed is not None:
        st.session_state["_typed"] = str(typed)


def _found() -> None:
    chosen = st.session_state["bar_row"].chosen or {}
    st.session_state["_typed"] = ""
    kind, key = chosen.get("kind"), str(chosen.get("id", ""))
    view = session.view()
    if kind in {"place", "project"}:
        _show(view.with_name("map").with_place(key, move=True))
    elif kind == "provision":
        reading = view.name == "texts"
        _show((view if reading else view.with_name("map")).with_article(key))
    elif kind == "document":
        _show(view.with_name("texts").model_copy(update={"document": key, "article": None}))


def _show(changed: View) -> None:
    session.show(changed)
    st.session_state["_whole_page"] = True
