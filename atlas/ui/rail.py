"""The left column: title, language, search by name, filter by league, and the layers with their symbols."""

from __future__ import annotations

from typing import Any

import streamlit as st

from atlas.layers import PRECISION_TITLES, THEMES, palette
from atlas.models import Precision
from atlas.ui import components, session
from atlas.ui.content import name_of
from atlas.ui.index import Index
from atlas.ui.session import Opened
from atlas.ui.state import View
from atlas.ui.words import LANGS, named, word
from atlas.web.style import layer_values, precision_values

_LANG_NAMES = {"zh": "中文", "en": "English"}


def draw(opened: Opened) -> None:
    """Draw the column."""
    view, index = session.view(), opened.index
    lang = view.lang
    places = index.places
    with st.container(key=f"masthead_{lang}", gap=None):
        st.title(word("title", lang))
        st.caption(word("subtitle", lang))
    st.segmented_control(
        word("language", lang),
        LANGS,
        key="lang",
        format_func=_LANG_NAMES.__getitem__,
        on_change=_lang_chosen,
        label_visibility="collapsed",
    )
    st.selectbox(
        word("find", lang),
        list(places),
        index=None,
        key="find",
        placeholder=word("find_hint", lang),
        format_func=lambda key: _entry(index, key),
        on_change=_found,
    )
    st.multiselect(
        word("leagues", lang),
        list(index.leagues),
        key="leagues",
        placeholder=word("leagues_hint", lang),
        format_func=lambda code: name_of(places[code], lang) if code in places else index.leagues[code],
        on_change=_leagues_chosen,
    )
    components.rail(key="rail_list", data=layer_list(opened, view), on_layers_change=_layers_chosen)


def layers_on(index: Index, view: View) -> tuple[str, ...]:
    """Return the ids of the layers that are on."""
    if view.layers is not None:
        return view.layers
    return tuple(layer.id for layer in index.layers if layer.shown)


def layer_list(opened: Opened, view: View) -> dict[str, Any]:
    """Return the layer list as plain data: themes, layers with symbol and count, and what each precision looks like."""
    index, lang, colours = opened.index, view.lang, palette()
    position = LANGS.index(lang)
    hidden = set(index.hidden(view.leagues))
    looks = precision_values()
    on = layers_on(index, view)
    themes: dict[str, list[dict[str, Any]]] = {theme: [] for theme in THEMES}
    for layer in index.layers:
        rows = index.features[layer.id]
        shown = sum(row.feature not in hidden for row in rows)
        values = layer_values(layer, colours)
        first = rows[0].precision if rows else Precision.MAPPED
        themes[layer.theme].append(
            {
                "id": layer.id,
                "title": getattr(layer.title, lang),
                "description": getattr(layer.pending or layer.description, lang),
                "pending": layer.pending is not None,
                "count": word("pending", lang) if layer.pending else _count(shown, len(rows)),
                "on": layer.id in on,
                "kind": values["kind"],
                "symbol": values["symbol"],
                "look": looks[str(first)],
                "cases": [{"title": case["title"][lang], "symbol": case["symbol"]} for case in values["cases"]],
            }
        )
    meta = opened.atlas.meta
    return {
        "lang": lang,
        "themes": [{"title": THEMES[theme][position], "layers": layers} for theme, layers in themes.items() if layers],
        "precision_title": word("precision", lang),
        "precisions": [
            {"title": PRECISION_TITLES[shape][position], "look": looks[str(shape)], **_SAMPLES[shape]}
            for shape in Precision
        ],
        "colophon": f"{word('built', lang)} {meta['version']} · {meta['built_from']}",
    }


def _count(shown: int, known: int) -> str:
    """Return how many features are shown, and of how many where a filter hides some."""
    return str(known) if shown == known else f"{shown} / {known}"


def _sample(kind: str, width: float = 1.4) -> dict[str, Any]:
    """Return a neutral symbol, to show what a precision does to it."""
    ink, halo, point = palette()["admin.provincial"], palette()["ground.halo"], kind == "point"
    return {
        "kind": kind,
        "symbol": {
            "stroke": halo if point else ink,
            "width": width,
            "dash": [],
            "fill": ink if point else None,
            "fillOpacity": 1,
            "marker": "circle" if point else None,
            "size": 9,
        },
    }


_SAMPLES = {
    Precision.BOUNDARY: _sample("line", 1.8),
    Precision.MAPPED: _sample("line", 1.0),
    Precision.DIGITISED: _sample("line"),
    Precision.SITE: _sample("point"),
    Precision.SEAT: _sample("point"),
    Precision.SCHEMATIC: _sample("line"),
}


def _entry(index: Index, key: str) -> str:
    """Return a line of the search: both names, so that either can be typed, and where it lies or what it is."""
    row = index.places[key]
    alone = len(row.leagues) == 1 and row.leagues[0] != row.name_zh
    where = row.leagues[0] if alone else named("type", row.type, "zh")
    return " · ".join(part for part in (row.name_zh, row.name_en, where) if part)


def _lang_chosen() -> None:
    chosen = st.session_state["lang"]
    if chosen is None:  # the chosen button was pressed again
        st.session_state["lang"] = session.view().lang
    else:
        session.show(session.view().model_copy(update={"lang": chosen}))


def _found() -> None:
    if chosen := st.session_state["find"]:
        session.show(session.view().with_place(chosen, move=True))
    st.session_state["find"] = None  # ready for the next one; what is chosen stands in the pane


def _leagues_chosen() -> None:
    session.show(session.view().with_leagues(st.session_state["leagues"]))


def _layers_chosen() -> None:
    chosen = tuple(sorted(st.session_state["rail_list"].layers or ()))
    session.show(session.view().model_copy(update={"layers": chosen}))
