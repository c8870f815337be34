"""The layer list: themes, layers with symbol, count and opacity, and what each precision looks like."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from atlas.layers import PRECISION_TITLES, THEMES, palette
from atlas.models import Precision
from atlas.ui import components, session
from atlas.ui.index import CONTEXT
from atlas.ui.listing import LIST, shown_layers
from atlas.ui.opened import Opened
from atlas.ui.packing import Base, packed
from atlas.ui.state import View
from atlas.ui.words import LANGS, Lang, word
from atlas.web.basemap import KINDS
from atlas.web.style import layer_values, precision_values

REMEMBERED = 200  # lists that are kept


def draw(opened: Opened, view: View) -> None:
    """Mount the layer list; call it in the fragment of a view."""
    components.rail(
        key="rail_list",
        data=_packed(opened, _seen(view)),
        on_layers_change=_layers_chosen,
        on_opacity_change=_opacity_set,
        on_list_change=_list_asked,
        on_base_change=_base_chosen,
    )


def _seen(view: View) -> View:
    """Return what of a view the layer list depends on."""
    seen = View(
        lang=view.lang,
        scheme=view.scheme,
        base=view.base,
        layers=view.layers,
        opacity=view.opacity,
        selection=view.selection,
    )
    return seen.with_own(LIST, view.get_own(LIST))


@lru_cache(maxsize=2)
def _base(opened: Opened, lang: Lang) -> Base:
    return components.make_base("rail", layer_list(opened, View(lang=lang)))


@lru_cache(maxsize=REMEMBERED)
def _packed(opened: Opened, seen: View) -> components.Packed:
    """Return the layer list's data, packed once for all sessions that ask the same."""
    return components.Packed(packed(layer_list(opened, seen), _base(opened, seen.lang)))


def layer_list(opened: Opened, view: View) -> dict[str, Any]:
    """Return the layer list as plain data: themes, layers with symbol and count, and what each precision looks like."""
    index, lang, colours = opened.index, view.lang, palette()
    position = LANGS.index(lang)
    kept = opened.filters.keep(view.selection)["features"]
    looks = precision_values()
    faded = dict(view.opacity)
    on = shown_layers(index, view)
    themes: dict[str, list[dict[str, Any]]] = {theme: [] for theme in THEMES}
    for layer in index.layers:
        rows = index.features[layer.id]
        shown = sum(row.feature in kept for row in rows) if layer.geometry.rule not in CONTEXT else len(rows)
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
                "opacity": faded.get(layer.id, 100),
                "opacity_label": word("opacity_of", lang, name=getattr(layer.title, lang)),
                "cases": [{"title": case["title"][lang], "symbol": case["symbol"]} for case in values["cases"]],
            }
        )
    meta = opened.atlas.meta
    return {
        "lang": lang,
        "scheme": view.scheme,
        "themes": [
            {"id": theme, "title": THEMES[theme][position], "layers": layers}
            for theme, layers in themes.items()
            if layers
        ],
        "base": _base_maps(view) if components.online() else None,
        "opacity": word("opacity", lang),
        "list_title": word("list", lang),
        "list_open": bool(view.get_own(LIST)),
        "precision_title": word("precision", lang),
        "precisions": [
            {"title": PRECISION_TITLES[shape][position], "look": looks[str(shape)], **_SAMPLES[shape]}
            for shape in Precision
        ],
        "colophon": f"{word('built', lang)} {meta['version']} · {meta['built_from']}",
    }


def _base_maps(view: View) -> dict[str, Any]:
    """Return the choice of the online base map."""
    lang = view.lang
    return {
        "title": word("base", lang),
        "note": word("base_note", lang) if view.base else "",
        "choices": [
            {"id": kind, "title": word(f"base_{kind or 'none'}", lang), "on": kind == view.base}
            for kind in ("", *KINDS)
        ],
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


def _layers_chosen() -> None:
    chosen = st.session_state["rail_list"].layers
    if chosen is not None:
        session.show(session.view().model_copy(update={"layers": tuple(sorted(map(str, chosen)))}))


def _list_asked() -> None:
    if st.session_state["rail_list"].list:
        view = session.view()
        session.show(view.with_own(LIST, "" if view.get_own(LIST) else "1"))


def _base_chosen() -> None:
    chosen = (st.session_state["rail_list"].base or {}).get("kind")
    if chosen in ("", *KINDS):
        session.show(session.view().model_copy(update={"base": chosen}))


def _opacity_set() -> None:
    if change := st.session_state["rail_list"].opacity:
        session.show(session.view().with_opacity(str(change["layer"]), int(change["percent"])))
