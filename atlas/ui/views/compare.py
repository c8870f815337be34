"""The comparison: units side by side, what they share, the matrix as map and table, projects in ecological zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from atlas.ui import choropleth, comparing, components, session
from atlas.ui.words import word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

KEYS = ("comparison", "comparison_matrix")
UNITS = "compare.units"
_mount = components.component("compare")
_WORDS = (
    *("cmp_title", "cmp_lead", "cmp_add", "cmp_few", "cmp_side", "cmp_none", "cmp_shared", "cmp_shared_note"),
    *("cmp_colocation", "cmp_colocation_note", "mx_title", "mx_note", "mx_by", "mx_what", "mx_column", "mx_unit"),
    *("mx_map", "mx_table", "mx_said", "cmp_to_text", "cmp_take"),
)


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view."""
    view = session.view()
    if view.name != "compare":  # a link led to the map or to a text
        st.rerun()
    heard = {
        "on_units_change": _units_chosen,
        "on_place_change": _place_chosen,
        "on_provision_change": _provision_chosen,
    }
    with st.container(key="content"):
        _mount(key=KEYS[0], data=units_data(opened, view), **heard)
        # The matrix counts all units when it is first asked for, which takes seconds: what is chosen stands already.
        with st.spinner(word("mx_wait", view.lang)):
            rest = matrix_data(opened, view)
        _mount(key=KEYS[1], data=rest, on_matrix_change=_matrix_chosen, **heard)
    session.write_address()


def chosen(opened: Opened, view: View) -> tuple[str, ...]:
    """Return the units that the address names."""
    return comparing.read_units(view.get_own(UNITS), opened.atlas.gazetteer.places)


def units_data(opened: Opened, view: View) -> dict[str, Any]:
    """Return the choice of units and, of two or more, the comparison, as plain data."""
    atlas, lang = opened.atlas, view.lang
    units = chosen(opened, view)
    names = {unit: comparing.unit_name(atlas.gazetteer.places[unit], lang) for unit in units}
    enough = len(units) > 1
    return {
        "lang": lang,
        "words": {key: word(key, lang) for key in _WORDS},
        "picker": comparing.picker(atlas, lang),
        "full": word("cmp_full", lang) if len(units) == comparing.MOST_UNITS else "",
        "units": [
            {"id": unit, "name": name, "label": word("cmp_remove", lang, name=name)} for unit, name in names.items()
        ],
        "rows": comparing.side_by_side(atlas, opened.index, units, opened.governing, lang) if enough else [],
        "shared": comparing.shared(atlas, units, opened.governing, lang) if enough else [],
        "beside": [],
        "matrix": None,
    }


def matrix_data(opened: Opened, view: View) -> dict[str, Any]:
    """Return the co-location of the chosen units, and the matrix of all, as plain data."""
    units = chosen(opened, view)
    by, what, column = (view.get_own(f"compare.{part}") for part in ("by", "what", "column"))
    return {
        "lang": view.lang,
        "words": {key: word(key, view.lang) for key in _WORDS},
        "picker": None,
        "units": [],
        "rows": [],
        "shared": [],
        "beside": comparing.beside(opened.atlas, units, view.lang) if units else [],
        "matrix": choropleth.matrix_data(opened.atlas, by, what, column, units, view.lang),
    }


def _said(part: str) -> Any:
    """Return what either component says now."""
    said = (getattr(st.session_state[key], part, None) for key in KEYS if key in st.session_state)
    return next((value for value in said if value), None)


def _units_chosen() -> None:
    """Take in or out one unit."""
    change = _said("units")
    if not change:
        return
    view = session.view()
    units = [unit for unit in view.get_own(UNITS).split(",") if unit]
    code = str(change["id"])
    units = [unit for unit in units if unit != code] if code in units else [*units, code]
    session.show(view.with_own(UNITS, ",".join(units[: comparing.MOST_UNITS])))


def _matrix_chosen() -> None:
    change = _said("matrix")
    if change and change.get("part") in {"by", "what", "column"}:
        view = session.view()
        if change["part"] == "by":
            view = view.with_own("compare.column", "")
        session.show(view.with_own(f"compare.{change['part']}", str(change["id"])))


def _place_chosen() -> None:
    if place := _said("place"):
        session.show(session.view().with_name("map").with_place(str(place), move=True))


def _provision_chosen() -> None:
    if provision := _said("provision"):
        session.show(session.view().with_name("texts").with_article(str(provision)))
