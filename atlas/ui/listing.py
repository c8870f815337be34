"""What the map shows, as a list: a sentence, the units by league, a table for each layer that is on. Plain data.

For whoever cannot see or point at a map: the list holds the same features, and choosing a name does what a click does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.layers import PRECISION_TITLES
from atlas.ui.content import name_of
from atlas.ui.index import CONTEXT, Feature
from atlas.ui.words import LANGS, Lang, named, word

if TYPE_CHECKING:
    from atlas.ui.index import Index
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

LIST = "map.list"  # in the address: the list stands in the pane
UNITS = "banners"


def shown_layers(index: Index, view: View) -> tuple[str, ...]:
    """Return the ids of the layers that are on."""
    if view.layers is not None:
        return view.layers
    return tuple(layer.id for layer in index.layers if layer.shown)


def list_card(opened: Opened, view: View) -> dict[str, Any]:
    """Return the list of what the map shows under the filter and the layers of the view."""
    lang, index = view.lang, opened.index
    kept = opened.filters.keep(view.selection)
    on = shown_layers(index, view)
    layers = []
    for layer in index.layers:
        rows = [row for row in index.features[layer.id] if row.feature in kept["features"]]
        if layer.id in on and layer.geometry.rule not in CONTEXT and rows:
            layers.append(
                {"id": layer.id, "title": getattr(layer.title, lang), "rows": [_row(row, index, lang) for row in rows]}
            )
    units = [row for row in index.features.get(UNITS, ()) if row.place in kept["units"]]
    leagues = []
    for code, name in index.leagues.items():
        members = [row for row in units if name in row.leagues]
        if members:
            own = index.places.get(code)
            leagues.append(
                {
                    "id": code,
                    "name": name_of(own, lang) if own else name,
                    "units": [{"id": row.place, "name": name_of(row, lang)} for row in members],
                }
            )
    numbers = {"units": len(units), "features": sum(len(layer["rows"]) for layer in layers), "layers": len(layers)}
    lead = word("list_lead", lang, **numbers)
    if view.selection != type(view.selection)():
        lead = f"{lead} {word('list_filtered', lang)}"
    return {
        "kind": "list",
        "key": "list",
        "title": word("list", lang),
        "lead": lead,
        "units_title": word("list_units", lang),
        "leagues": leagues,
        "columns": [word(key, lang) for key in ("list_name", "list_where", "list_kind", "list_precision")],
        "layers": layers,
        "close": word("close", lang),
    }


def _row(row: Feature, index: Index, lang: Lang) -> dict[str, Any]:
    codes = {name: code for code, name in index.leagues.items()}
    leagues = [index.places[codes[name]] for name in row.leagues if codes.get(name) in index.places]
    kind = [named("type", row.type, lang), named("status", row.status, lang) if row.status else ""]
    return {
        "id": row.place,
        "feature": row.feature,
        "name": name_of(row, lang),
        "cells": [
            (", " if lang == "en" else "、").join(name_of(league, lang) for league in leagues),
            " · ".join(part for part in kind if part),
            PRECISION_TITLES[row.precision][LANGS.index(lang)],
        ],
    }
